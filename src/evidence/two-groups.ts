/** Compares two counts: their difference, their ratio, and Fisher's exact test. */

import exp from "@stdlib/math-base-special-exp";
import gammaln from "@stdlib/math-base-special-gammaln";
import { Refused } from "#text/refused.ts";
import { wilson, type ShareInterval } from "./proportion.ts";

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
    ratioInterval: ratioOfShares(x1, n1, x2, n2, level),
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

/**
 * The ratio's interval from Wilson's limits of the two shares (MOVER-R: Donner & Zou 2012; recommended by Fagerland, Lydersen & Laake 2015); from 0 where the first group
 * has none, open where the second has none.
 */
function ratioOfShares(x1: number, n1: number, x2: number, n2: number, level: number): ShareInterval {
  const [p1, p2] = [x1 / n1, x2 / n2];
  const [a, b] = [wilson(x1, n1, level), wilson(x2, n2, level)];
  const both = p1 * p2;
  const reach = (end1: number, end2: number): number =>
    both + Math.sqrt(Math.max(0, both ** 2 - end1 * (2 * p1 - end1) * end2 * (2 * p2 - end2)));
  return {
    low: x1 === 0 ? 0 : (a.low * (2 * p1 - a.low)) / reach(a.low, b.high),
    high: x2 === 0 ? Infinity : reach(a.high, b.low) / (b.low * (2 * p2 - b.low)),
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
