/** Estimates one figure from its runs, with what each run adds to its error. */

import type { Figure } from "#model/model.ts";
import { effectiveSize, weightedMean } from "#evidence/weights.ts";
import { quantileOfSorted, standardError, sum, unanimityError } from "#ensemble/statistics.ts";

/** What one set of runs says of a figure: `of` by run, and `given` as 0 or 1 by run (null: every run counts). */
export interface Observed {
  readonly of: Float64Array;
  readonly given: Float64Array | null;
}

/** A figure, whichever way its runs were kept. */
export interface Estimated {
  readonly value: number;
  /** Runs that count: those that meet the condition. */
  readonly runs: number;
  /** Runs in all. */
  readonly outOf: number;
  /** A further error that no run shows: of a chance that came out 0 or 1 in all runs. */
  readonly unseen: number;
}

export interface Estimate extends Estimated {
  /**
   * By run, how far it alone moves the value (its influence, times the number of runs): the value's error is their mean's.
   * Null for a quantile, whose error comes from `bootstrap.ts`.
   */
  readonly influence: Float64Array | null;
}

/** A condition met by fewer runs than this is refused. */
const rareRuns = 30;
/** So is one met by a smaller share of runs than this. */
const rareShare = 0.01;

export function isTooRare(estimate: Estimated): boolean {
  return estimate.runs < estimate.outOf && (estimate.runs < rareRuns || estimate.runs < rareShare * estimate.outOf);
}

/**
 * A chance or mean is N/D with N = Σ given·of and D = Σ given over runs; its influence is (n/D)·given·(of − N/D), the delta method for
 * a ratio of means (Cochran 1977, §2.11). A quantile is type 7 over the runs that meet the condition.
 */
export function estimate(statistic: Figure["statistic"], level: number | null, observed: Observed): Estimate {
  const { of, given } = observed;
  const outOf = of.length;
  const runs = given === null ? outOf : sum(given);
  if (statistic === "quantile") {
    const kept = given === null ? of : of.filter((_, i) => given[i] !== 0);
    const value = quantileOfSorted(kept.toSorted(), level ?? 0.5);
    return { value, runs, outOf, influence: null, unseen: 0 };
  }
  const value = (given === null ? sum(of) : sum(of.map((v, i) => v * (given[i] as number)))) / runs;
  const weight = outOf / runs;
  const influence = of.map((v, i) => weight * (given === null ? 1 : (given[i] as number)) * (v - value));
  return { value, runs, outOf, influence, unseen: unseenError(statistic, value, runs) };
}

/**
 * A chance or mean of weighed runs, ΣWy ÷ ΣW over those that count, with the same influences as runs that all weigh the same have. `runs` are those it is worth, (ΣW)² ÷ ΣW²: where all that
 * count say the same, no more than so many do.
 */
export function estimateWeighed(
  statistic: Exclude<Figure["statistic"], "quantile">,
  { of, given }: Observed,
  weights: Float64Array,
): Estimate {
  const counting = countingWeights(given, weights);
  const { value } = weightedMean(counting, of);
  const runs = effectiveSize(counting);
  const scale = counting.length / sum(counting);
  const influence = of.map((v, i) => scale * (counting[i] as number) * (v - value));
  return { value, runs, outOf: of.length, influence, unseen: unseenError(statistic, value, runs) };
}

/** What each run weighs where only those count of which the condition holds. */
export function countingWeights(given: Float64Array | null, weights: Float64Array): Float64Array {
  return given === null ? weights : weights.map((w, i) => (given[i] === 0 ? 0 : w));
}

export function unseenError(statistic: Figure["statistic"], value: number, runs: number): number {
  return statistic === "chance" && (value === 0 || value === 1) ? unanimityError(runs) : 0;
}

/** Standard error of a figure that is not a quantile. NaN for a single run. */
export function estimateError(estimate: Estimate): number {
  return estimate.influence === null ? Number.NaN : Math.hypot(standardError(estimate.influence), estimate.unseen);
}
