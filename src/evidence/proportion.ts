/** A share from a count, with its exact, Wilson and Jeffreys intervals. */

import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";
import erfcinv from "@stdlib/math-base-special-erfcinv";
import { Refused } from "#text/refused.ts";

export interface ShareInterval {
  readonly low: number;
  readonly high: number;
}

export interface Proportion {
  readonly count: number;
  readonly of: number;
  /** NaN where there is no trial. */
  readonly share: number;
  readonly level: number;
  readonly exact: ShareInterval;
  readonly wilson: ShareInterval;
  readonly jeffreys: ShareInterval;
}

const unknown: ShareInterval = { low: 0, high: 1 };

/** All three intervals at once; of no trial nothing is known: 0 to 1. Throws `Refused` unless 0 ≤ count ≤ of. */
export function proportion(count: number, of: number, level = 0.95): Proportion {
  check(count, of, level);
  const empty = of === 0;
  return {
    count,
    of,
    share: empty ? Number.NaN : count / of,
    level,
    exact: empty ? unknown : clopperPearson(count, of, level),
    wilson: empty ? unknown : wilson(count, of, level),
    jeffreys: empty ? unknown : jeffreys(count, of, level),
  };
}

/** Clopper & Pearson 1934: the shares that a two-sided exact test does not reject, by quantiles of the beta distribution. */
export function clopperPearson(count: number, of: number, level = 0.95): ShareInterval {
  check(count, of, level);
  const tail = (1 - level) / 2;
  return {
    low: count === 0 ? 0 : betaQuantile(tail, count, of - count + 1),
    high: count === of ? 1 : betaQuantile(1 - tail, count + 1, of - count),
  };
}

/** Wilson 1927: the shares within z standard errors, their own, of what was seen. */
export function wilson(count: number, of: number, level = 0.95): ShareInterval {
  check(count, of, level);
  const z = twoSided(level);
  const p = count / of;
  const centre = p + (z * z) / (2 * of);
  const half = z * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of));
  const below = 1 + (z * z) / of;
  return {
    low: count === 0 ? 0 : (centre - half) / below,
    high: count === of ? 1 : (centre + half) / below,
  };
}

/** Equal-tailed under Beta(½, ½), with the ends 0 and 1 kept where nothing, or everything, was seen (Brown, Cai & DasGupta 2001, §4.3). */
export function jeffreys(count: number, of: number, level = 0.95): ShareInterval {
  check(count, of, level);
  const tail = (1 - level) / 2;
  return {
    low: count === 0 ? 0 : betaQuantile(tail, count + 0.5, of - count + 0.5),
    high: count === of ? 1 : betaQuantile(1 - tail, count + 0.5, of - count + 0.5),
  };
}

/** The standard normal's point that leaves half of 1 − level above it. */
export function twoSided(level: number): number {
  return Math.SQRT2 * erfcinv(1 - level);
}

function check(count: number, of: number, level: number): void {
  if (!(count >= 0 && count <= of && Number.isFinite(of)))
    throw new Refused(`${count} of ${of} is no count among trials`);
  if (!(level > 0 && level < 1)) throw new Refused(`an interval's level lies between 0 and 1, not at ${level}`);
}
