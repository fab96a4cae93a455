/** Turns log likelihoods into weights, and gives the log of their mean. */

import exp from "@stdlib/math-base-special-exp";
import ln from "@stdlib/math-base-special-ln";

/** Weights of a sample, the largest 1; `logMean` is the log of the mean likelihood, the evidence's chance under the prior. */
interface Weights {
  readonly of: Float64Array;
  readonly logMean: number;
}

/** From log likelihoods, −Infinity for what cannot have been. All weights are 0, and `logMean` −Infinity, where nothing can. */
export function likelihoodWeights(logLikelihoods: Float64Array): Weights {
  let most = -Infinity;
  for (const l of logLikelihoods) most = Math.max(most, l);
  if (most === -Infinity) return { of: new Float64Array(logLikelihoods.length), logMean: -Infinity };
  const of = logLikelihoods.map((l) => (l === -Infinity ? 0 : exp(l - most)));
  return { of, logMean: most + ln(sum(of) / of.length) };
}

/**
 * Weights in which the largest of each stratum is 1, for strata whose shares are fixed: what one of them weighs against another does not count, and one that is
 * less likely by more than a number can hold is not lost.
 */
export function likelihoodsWithin(logLikelihoods: Float64Array, strata: readonly string[]): Float64Array {
  const most = new Map<string, number>();
  logLikelihoods.forEach((l, i) => {
    const stratum = strata[i] ?? "";
    most.set(stratum, Math.max(l, most.get(stratum) ?? -Infinity));
  });
  return logLikelihoods.map((l, i) => (l === -Infinity ? 0 : exp(l - (most.get(strata[i] ?? "") as number))));
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const v of values) total += v;
  return total;
}
