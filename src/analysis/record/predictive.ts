/** Checks whether a model could produce what was observed, before and after it was counted. */

import type { Expression } from "#model/expression.ts";
import { finalOf, type Sample } from "#ensemble/jobs.ts";
import { shareBelow } from "#evidence/series.ts";
import { weightedMean, weightedQuantiles } from "#evidence/weights.ts";
import type { Observation } from "./observed.ts";
import { chanceWeighed } from "./posteriors.ts";

export interface Check {
  readonly evidence: string;
  readonly label: string;
  /** Null for a truth. */
  readonly time: number | null;
  /** In base units; 1 for a truth, which was so. */
  readonly observed: number;
  readonly prior: Predicted;
  /** Null for a truth: the runs are then held to it. */
  readonly posterior: Predicted | null;
}

interface Predicted {
  /** Of a truth, its chance by its date; of a point of a series, how much of what is predicted lies below it. */
  readonly below: number;
  readonly error: number;
  /** Central 90 % of what is predicted, noise and discrepancy included; null for a truth. */
  readonly range: readonly [number, number] | null;
}

/** A tail this small is surprising (two-sided 5 %). */
export const surprising = 0.025;

export function predictiveChecks(
  observations: readonly Observation[],
  prior: Sample,
  posterior: Sample,
  weights: Float64Array,
  conditionOf: (o: Observation) => Expression | null,
): readonly Check[] {
  const flat = new Float64Array(prior.runs).fill(1);
  return observations.flatMap((o): Check[] => {
    const head = { evidence: o.evidence.name, label: o.evidence.label };
    if (o.series === null) {
      const condition = conditionOf(o);
      if (condition === null) return [];
      const { value, se } = chanceWeighed(flat, finalOf(prior, condition));
      const before = { below: value, error: se, range: null };
      return [{ ...head, time: null, observed: 1, prior: before, posterior: null }];
    }
    const { series } = o;
    return series.of.map((of, i) => {
      const observed = series.values[i] ?? Number.NaN;
      const under = (sample: Sample, w: Float64Array): Predicted =>
        predicted(observed, finalOf(sample, of), finalOf(sample, series.error), finalOf(sample, series.discrepancy), w);
      return {
        ...head,
        time: series.times[i] ?? null,
        observed,
        prior: under(prior, flat),
        posterior: under(posterior, weights),
      };
    });
  });
}

/** The middles of nine equal parts of the standard normal: each run stands for nine draws of its noise. */
const scores = [-1.5932, -0.9674, -0.5895, -0.2822, 0, 0.2822, 0.5895, 0.9674, 1.5932];

function predicted(
  observed: number,
  values: Float64Array,
  error: Float64Array,
  discrepancy: Float64Array,
  w: Float64Array,
): Predicted {
  const n = w.reduce((count, x) => (x === 0 ? count : count + 1), 0);
  const below = new Float64Array(n);
  const counting = new Float64Array(n);
  const spread = new Float64Array(n * scores.length);
  const spreadWeights = new Float64Array(n * scores.length);
  let at = 0;
  for (let i = 0; i < w.length; i++) {
    if (w[i] === 0) continue;
    const [v, weight] = [values[i] as number, w[i] as number];
    const sd = Math.sqrt((error[i] as number) ** 2 + (discrepancy[i] as number) ** 2);
    below[at] = shareBelow(observed, v, sd);
    counting[at] = weight;
    for (const [k, z] of scores.entries()) {
      spread[k * n + at] = v + z * sd;
      spreadWeights[k * n + at] = weight;
    }
    at++;
  }
  const [low, high] = weightedQuantiles(spreadWeights, spread, [0.05, 0.95]);
  const { value, se } = weightedMean(counting, below);
  return { below: value, error: se, range: [low ?? Number.NaN, high ?? Number.NaN] };
}
