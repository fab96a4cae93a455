/** Draws and how well each agrees with what was seen in; what they say when they count by that, and how many they are worth, out. */

import exp from "@stdlib/math-base-special-exp";
import ln from "@stdlib/math-base-special-ln";

/** Weights of a sample, the largest 1; `logMean` is the log of the mean likelihood, the evidence's chance under the prior. */
export interface Weights {
  readonly of: Float64Array;
  readonly logMean: number;
}

/** From log likelihoods, −Infinity for what cannot have been. All weights are 0, and `logMean` −Infinity, where nothing can. */
export function weightsOf(logLikelihoods: Float64Array): Weights {
  let most = -Infinity;
  for (const l of logLikelihoods) most = Math.max(most, l);
  if (most === -Infinity) return { of: new Float64Array(logLikelihoods.length), logMean: -Infinity };
  const of = logLikelihoods.map((l) => (l === -Infinity ? 0 : exp(l - most)));
  return { of, logMean: most + ln(sum(of) / of.length) };
}

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
  weights.forEach((w, i) => {
    total += w;
    if (w > 0) above += w * (values[i] ?? 0);
  });
  const value = above / total;
  let spread = 0;
  weights.forEach((w, i) => {
    if (w > 0) spread += (w * ((values[i] ?? 0) - value)) ** 2;
  });
  return { value, se: Math.sqrt(spread) / total };
}

/** The least value at or below which a share `level` of the weight lies. NaN where all weigh nothing. */
export function weightedQuantiles(
  weights: Float64Array,
  values: Float64Array,
  levels: readonly number[],
): readonly number[] {
  const order = Array.from(values, (_, i) => i).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const total = sum(weights);
  return levels.map((level) => {
    let passed = 0;
    for (const i of order) {
      passed += weights[i] ?? 0;
      if (passed >= level * total && passed > 0) return values[i] ?? Number.NaN;
    }
    return Number.NaN;
  });
}

/** The share of the weight that lies at or below `value`, half of what lies on it: the rank of a true value among a posterior's draws. */
export function weightedRank(weights: Float64Array, values: Float64Array, value: number): number {
  let below = 0;
  let total = 0;
  weights.forEach((w, i) => {
    const v = values[i] ?? 0;
    total += w;
    below += v < value ? w : v === value ? w / 2 : 0;
  });
  return below / total;
}

/**
 * Weights in which every stratum keeps the share of the draws it has: what is learnt within a stratum counts, how well one stratum does
 * against another does not. A stratum without any weight is lost; `lost` is its share of the draws.
 */
export function keptWithin(
  weights: Float64Array,
  strata: readonly string[],
): { readonly of: Float64Array; readonly lost: number } {
  const totals = new Map<string, { draws: number; weight: number }>();
  strata.forEach((s, i) => {
    const known = totals.get(s) ?? { draws: 0, weight: 0 };
    totals.set(s, { draws: known.draws + 1, weight: known.weight + (weights[i] ?? 0) });
  });
  const of = weights.map((w, i) => {
    const t = totals.get(strata[i] ?? "");
    return t === undefined || t.weight === 0 ? 0 : (w * t.draws) / t.weight;
  });
  const lost = [...totals.values()].reduce((n, t) => n + (t.weight === 0 ? t.draws : 0), 0);
  return { of, lost: strata.length === 0 ? 0 : lost / strata.length };
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const v of values) total += v;
  return total;
}
