/** Compares two counts: their difference, their ratio, and Fisher's exact test. */

import exp from "@stdlib/math-base-special-exp";
import gammaln from "@stdlib/math-base-special-gammaln";
import ln from "@stdlib/math-base-special-ln";
import { Refused } from "#text/refused.ts";
import { twoSided, wilson, type ShareInterval } from "./proportion.ts";

export interface TwoGroups {
  /** First share less the second. */
  readonly difference: number;
  readonly differenceInterval: ShareInterval;
  /** First share over the second: Infinity where only the first has any, NaN where neither has. */
  readonly ratio: number;
  readonly ratioInterval: ShareInterval;
  /** Fisher's exact test, two-sided: the chance of a table no likelier than this one, if the groups were alike. */
  readonly p: number;
  readonly level: number;
}

/** Throws `Refused` where a group is empty. */
export function twoGroups(x1: number, n1: number, x2: number, n2: number, level = 0.95): TwoGroups {
  if (!(n1 > 0 && n2 > 0)) throw new Refused("a comparison of two groups needs cases in both");
  const [p1, p2] = [x1 / n1, x2 / n2];
  return {
    difference: p1 - p2,
    differenceInterval: newcombe(x1, n1, x2, n2, level),
    ratio: p1 / p2,
    ratioInterval: logRatio(x1, n1, x2, n2, level),
    // Counts that clusters have shrunk are no whole numbers.
    p: fisherExact(Math.round(x1), Math.round(n1), Math.round(x2), Math.round(n2)),
    level,
  };
}

/** Newcombe 1998, method 10: Wilson's limits of the two shares, their distances squared and added. */
function newcombe(x1: number, n1: number, x2: number, n2: number, level: number): ShareInterval {
  const [p1, p2] = [x1 / n1, x2 / n2];
  const [a, b] = [wilson(x1, n1, level), wilson(x2, n2, level)];
  const d = p1 - p2;
  return {
    low: d - Math.sqrt((p1 - a.low) ** 2 + (b.high - p2) ** 2),
    high: d + Math.sqrt((a.high - p1) ** 2 + (p2 - b.low) ** 2),
  };
}

/** The logarithm's normal interval after half a case is added to each cell (Walter 1975; Pettigrew, Gart & Thomas 1986); open where a group has none. */
function logRatio(x1: number, n1: number, x2: number, n2: number, level: number): ShareInterval {
  const z = twoSided(level);
  const log = ln((x1 + 0.5) / (n1 + 0.5)) - ln((x2 + 0.5) / (n2 + 0.5));
  const se = Math.sqrt(1 / (x1 + 0.5) - 1 / (n1 + 0.5) + 1 / (x2 + 0.5) - 1 / (n2 + 0.5));
  return {
    low: x1 === 0 ? 0 : exp(log - z * se),
    high: x2 === 0 ? Infinity : exp(log + z * se),
  };
}

/** A table this much likelier than the one seen still counts as no likelier: rounding, as in R's `fisher.test`. */
const closeness = 1 + 1e-7;

/** Two-sided: the sum of all tables with these margins that are no likelier than the one seen (Fisher 1935). */
export function fisherExact(x1: number, n1: number, x2: number, n2: number): number {
  const k = x1 + x2;
  const n = n1 + n2;
  const logChance = (x: number): number => lnChoose(n1, x) + lnChoose(n2, k - x) - lnChoose(n, k);
  const seen = exp(logChance(x1)) * closeness;
  let p = 0;
  for (let x = Math.max(0, k - n2); x <= Math.min(k, n1); x++) {
    const chance = exp(logChance(x));
    if (chance <= seen) p += chance;
  }
  return Math.min(1, p);
}

/** log of n over k. */
function lnChoose(n: number, k: number): number {
  return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1);
}
