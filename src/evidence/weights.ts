/** What draws say when each counts by how well it agrees with what was seen, and how many draws they are worth. */

import { ascendingOrder } from "./order.ts";

/** (ΣW)² / ΣW²: how many equally weighted draws are as good (Kish 1965; Kong, Liu & Wong 1994). 0 where all weigh nothing. */
export function effectiveSize(weights: Float64Array): number {
  let total = 0;
  let squares = 0;
  for (const w of weights) {
    total += w;
    squares += w * w;
  }
  return squares === 0 ? 0 : (total * total) / squares;
}

export interface WeightedMean {
  readonly value: number;
  /** Of the ratio ΣWy / ΣW, by the delta method: √Σ W²(y − mean)² / ΣW. */
  readonly se: number;
}

export function weightedMean(weights: Float64Array, values: Float64Array): WeightedMean {
  let total = 0;
  let above = 0;
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i] as number;
    total += w;
    if (w > 0) above += w * (values[i] ?? 0);
  }
  const value = above / total;
  let spread = 0;
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i] as number;
    if (w > 0) spread += (w * ((values[i] ?? 0) - value)) ** 2;
  }
  return { value, se: Math.sqrt(spread) / total };
}

/** The least value at or below which a share `level` of the weight lies. NaN where all weigh nothing. */
export function weightedQuantiles(
  weights: Float64Array,
  values: Float64Array,
  levels: readonly number[],
): readonly number[] {
  return levels.map(weightedQuantileOf(weights, values));
}

/** Gives the quantile at a level; the values are put in order once. */
export function weightedQuantileOf(weights: Float64Array, values: Float64Array): (level: number) => number {
  // What weighs nothing need not be put in order.
  const weighing = weights.filter((w) => w !== 0);
  const theirs = new Float64Array(weighing.length);
  let count = 0;
  for (let i = 0; i < weights.length; i++) if (weights[i] !== 0) theirs[count++] = values[i] ?? 0;
  const order = ascendingOrder(theirs);
  const total = sum(weighing);
  return (level) => {
    let passed = 0;
    for (let k = 0; k < order.length; k++) {
      const i = order[k] as number;
      passed += weighing[i] as number;
      if (passed >= level * total && passed > 0) return theirs[i] as number;
    }
    return Number.NaN;
  };
}

/**
 * Weights in which every stratum has its own share of the whole, whatever it weighed: what is learnt within a stratum counts, how well one stratum does
 * against another does not. A stratum without any weight is lost, and so is one that was never drawn; `lost` is their share. The weights sum to 1 − lost.
 */
export function keptWithin(
  weights: Float64Array,
  strata: readonly string[],
  shareOf: (stratum: string) => number,
): { readonly of: Float64Array; readonly lost: number } {
  const totals = new Map<string, number>();
  strata.forEach((s, i) => totals.set(s, (totals.get(s) ?? 0) + (weights[i] ?? 0)));
  const shares = new Map([...totals].map(([s, total]) => [s, total > 0 ? shareOf(s) : 0]));
  // Divided first: a share over the weight of a whole stratum may be larger than a number can be.
  const of = weights.map((w, i) => {
    const stratum = strata[i] ?? "";
    return w === 0 ? 0 : (w / (totals.get(stratum) as number)) * (shares.get(stratum) as number);
  });
  const kept = [...shares.values()].reduce((n, share) => n + share, 0);
  // A difference of sums of shares: what is left of rounding is no loss.
  return { of, lost: kept > 1 - 1e-9 ? 0 : 1 - kept };
}

/**
 * Rows kept at random, each with a chance in proportion to its weight as far as that goes, about `count` in all, and what each then weighs: its weight over its chance
 * (Horvitz & Thompson 1952), so that means stay unbiased. Systematic: one uniform `start` from 0 to 1 decides them all. `inverses`: 1 ÷ the chance of each.
 */
export function thinned(
  weights: Float64Array,
  count: number,
  start: number,
): { readonly rows: readonly number[]; readonly of: Float64Array; readonly inverses: Float64Array } {
  const total = sum(weights);
  const rows: number[] = [];
  const of: number[] = [];
  const inverses: number[] = [];
  let passed = start;
  weights.forEach((w, i) => {
    if (w === 0) return;
    const chance = Math.min(1, (count * w) / total);
    const before = Math.floor(passed);
    passed += chance;
    if (Math.floor(passed) === before && chance < 1) return;
    rows.push(i);
    of.push(w / chance);
    inverses.push(1 / chance);
  });
  return { rows, of: Float64Array.from(of), inverses: Float64Array.from(inverses) };
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const v of values) total += v;
  return total;
}
