/** The standard errors of figures, and of arithmetic over them, by resampling whole runs. */

import type { Figure } from "#model/model.ts";
import { keyOf, uniform } from "#kernel/philox.ts";
import type { Observed } from "./estimate.ts";
import { variance } from "#ensemble/statistics.ts";

/** Resamples drawn; the error of a standard error from 400 is about 3.5 % of it. */
const resamples = 400;

export interface Resampled extends Observed {
  readonly statistic: Figure["statistic"];
  readonly level: number | null;
}

export interface ResampledErrors {
  /** By figure. */
  readonly figures: readonly number[];
  readonly margin: number;
}

/**
 * Standard errors of the figures and of `margin(figures)` by the bootstrap (Efron 1979). Run `w` of every figure is drawn together, so that common random
 * numbers stay paired. Draws are keyed `bootstrap` by resample and place. Replicates that are not finite are left out.
 */
export function bootstrapErrors(
  figures: readonly Resampled[],
  margin: (values: readonly number[]) => number,
  seed: number,
): ResampledErrors {
  const n = figures[0]?.of.length ?? 0;
  const key = keyOf("bootstrap");
  const orders = figures.map((f) => (f.statistic === "quantile" ? rising(f) : null));
  const times = new Float64Array(n);
  const replicates = figures.map((): number[] => []);
  const margins: number[] = [];
  for (let b = 0; b < resamples; b++) {
    times.fill(0);
    for (let i = 0; i < n; i++) {
      const w = Math.floor(uniform(seed, key, b, i) * n);
      times[w] = (times[w] as number) + 1;
    }
    const values = figures.map((f, j) => replicate(f, orders[j] ?? null, times));
    values.forEach((value, j) => (replicates[j] as number[]).push(value));
    margins.push(margin(values));
  }
  return { figures: replicates.map(spreadOf), margin: spreadOf(margins) };
}

function spreadOf(replicates: readonly number[]): number {
  return Math.sqrt(variance(Float64Array.from(replicates.filter(Number.isFinite))));
}

/** The runs that meet the condition, by rising value. */
function rising(f: Resampled): readonly number[] {
  const kept: number[] = [];
  for (let w = 0; w < f.of.length; w++) if (f.given === null || f.given[w] !== 0) kept.push(w);
  return kept.sort((a, b) => (f.of[a] as number) - (f.of[b] as number));
}

function replicate(f: Resampled, order: readonly number[] | null, times: Float64Array): number {
  if (order !== null) return quantileOf(f.of, order, times, f.level ?? 0.5);
  let above = 0;
  let below = 0;
  for (let w = 0; w < times.length; w++) {
    const weight = (times[w] as number) * (f.given === null ? 1 : (f.given[w] as number));
    above += weight * (f.of[w] as number);
    below += weight;
  }
  return above / below;
}

/** Type 7 over values that each count `times` often. */
function quantileOf(values: Float64Array, order: readonly number[], times: Float64Array, level: number): number {
  let count = 0;
  for (const w of order) count += times[w] as number;
  const place = (count - 1) * level;
  const rank = Math.floor(place);
  let passed = 0;
  let low = Number.NaN;
  for (const w of order) {
    passed += times[w] as number;
    if (Number.isNaN(low) && passed > rank) low = values[w] as number;
    if (passed > rank + 1 || (passed > rank && place === rank)) {
      return low + (place - rank) * ((values[w] as number) - low);
    }
  }
  return low;
}
