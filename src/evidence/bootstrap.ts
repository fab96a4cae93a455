/** The spread of a statistic when whole clusters of cases are drawn again. */

import { Refused } from "#text/refused.ts";
import type { ShareInterval } from "./proportion.ts";

export interface Bootstrap {
  readonly se: number;
  /** Percentile interval (Efron 1979; clusters as units: Davison & Hinkley 1997, §3.8). */
  readonly interval: ShareInterval;
  readonly clusters: number;
  readonly resamples: number;
  /** Resamples in which the statistic had no value, as when no case met its condition: left out. */
  readonly undefined: number;
}

/**
 * `statistic` is given how often each case counts. `uniform(b, i)` is draw i of resample b, in (0, 1): whoever calls keys it, so that the same
 * seed gives the same interval. Throws `Refused` for fewer than two clusters.
 */
export function clusterBootstrap(
  clusterOf: readonly string[],
  statistic: (times: Float64Array) => number,
  uniform: (resample: number, draw: number) => number,
  resamples = 2000,
  level = 0.95,
): Bootstrap {
  const names = [...new Set(clusterOf)];
  if (names.length < 2) throw new Refused("a bootstrap over clusters needs two of them at least");
  const place = new Map(names.map((name, i) => [name, i]));
  const index = clusterOf.map((name) => place.get(name) ?? 0);
  const times = new Float64Array(clusterOf.length);
  const drawn = new Float64Array(names.length);
  const values: number[] = [];
  for (let b = 0; b < resamples; b++) {
    drawn.fill(0);
    for (let i = 0; i < names.length; i++) {
      const c = Math.floor(uniform(b, i) * names.length);
      drawn[c] = (drawn[c] ?? 0) + 1;
    }
    index.forEach((c, row) => (times[row] = drawn[c] ?? 0));
    const value = statistic(times);
    if (Number.isFinite(value)) values.push(value);
  }
  const sorted = values.toSorted((a, b) => a - b);
  const tail = (1 - level) / 2;
  return {
    se: deviation(values),
    interval: { low: percentile(sorted, tail), high: percentile(sorted, 1 - tail) },
    clusters: names.length,
    resamples,
    undefined: resamples - values.length,
  };
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1));
}

/** Type 7 of Hyndman & Fan 1996. */
function percentile(sorted: readonly number[], level: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = (sorted.length - 1) * level;
  const rank = Math.floor(place);
  const low = sorted[rank] ?? Number.NaN;
  const high = sorted[Math.min(sorted.length - 1, rank + 1)] ?? low;
  return low + (place - rank) * (high - low);
}
