/** The figures of a comparison and their runs by value in; the figures, and the errors of what is worked out from several of them, out. */

import type { Comparison, Figure, Model } from "#model/model.ts";
import { bootstrapError, type Resampled } from "./bootstrap.ts";
import { estimate, estimateError, type Estimate, type Estimated, type Observed } from "./estimate.ts";
import { slopeAt } from "./margin.ts";
import { finalOf, sampleOf, type Samples } from "#ensemble/jobs.ts";
import type { Profile } from "#ensemble/profiles.ts";
import { situationOf } from "#ensemble/situation.ts";
import { variance } from "#ensemble/statistics.ts";

/** What runs say of a comparison's figures together. */
export interface Joint {
  /** By figure. */
  readonly estimates: readonly Estimated[];
  /** How the margin's error is had. */
  readonly error: "delta" | "bootstrap";
  /** Standard error of the figure at that place. */
  readonly errorOf: (figure: number) => number;
  /** Standard error of the comparison's margin, whose slopes in the figures are those given. */
  readonly errorOfMargin: (slopes: readonly number[]) => number;
}

/** A quantile has no influence that its runs show, so what holds one is resampled. */
export function hasQuantile(c: Comparison): boolean {
  return c.figures.some((f) => f.statistic === "quantile");
}

export function jointOfRuns(
  model: Model,
  c: Comparison,
  view: string,
  stand: Profile,
  samples: Samples,
  seed: number,
): Joint {
  const observed = c.figures.map((f) => observe(model, f, view, stand, samples));
  const estimates = c.figures.map((f, i) => estimate(f.statistic, f.level, observed[i] as Observed));
  return {
    estimates,
    error: hasQuantile(c) ? "bootstrap" : "delta",
    errorOf: (i) => {
      const f = c.figures[i] as Figure;
      return f.statistic === "quantile"
        ? quantileError(resampled(f, observed[i] as Observed), seed)
        : estimateError(estimates[i] as Estimate);
    },
    errorOfMargin: (slopes) =>
      hasQuantile(c)
        ? resampledMarginError(
            c,
            c.figures.map((f, i) => resampled(f, observed[i] as Observed)),
            seed,
          )
        : deltaError(estimates, slopes),
  };
}

export function observe(model: Model, f: Figure, view: string, stand: Profile, samples: Samples): Observed {
  const sample = sampleOf(samples, view, situationOf(model, f.intervention, stand));
  return { of: finalOf(sample, f.of), given: f.given === null ? null : finalOf(sample, f.given) };
}

export function resampled(f: Figure, observed: Observed): Resampled {
  return { ...observed, statistic: f.statistic, level: f.level };
}

export function quantileError(figure: Resampled, seed: number): number {
  return bootstrapError([figure], ([v]) => v ?? Number.NaN, seed);
}

export function resampledMarginError(c: Comparison, figures: readonly Resampled[], seed: number): number {
  return bootstrapError(figures, (replicates) => slopeAt(c.margin, replicates).value, seed);
}

/** √(Var(Σ slope·influence)/n + Σ (slope·unseen)²); a slope of 0 leaves its figure out, whatever its influence. */
function deltaError(estimates: readonly Estimate[], slopes: readonly number[]): number {
  const n = estimates[0]?.outOf ?? 0;
  const joint = new Float64Array(n);
  let unseen = 0;
  estimates.forEach((e, i) => {
    const slope = slopes[i] ?? 0;
    if (slope === 0 || e.influence === null) return;
    for (let w = 0; w < n; w++) joint[w] = (joint[w] as number) + slope * (e.influence[w] as number);
    unseen += slope * slope * e.unseen * e.unseen;
  });
  return estimates.length === 0 ? 0 : Math.sqrt(variance(joint) / n + unseen);
}
