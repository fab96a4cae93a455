/** A comparison of figures, a view and the runs in; its margin, error and verdict, with each figure's own, out. */

import type { Comparison, Figure, Model } from "#model/model.ts";
import { bootstrapError } from "./bootstrap.ts";
import { estimate, estimateError, isTooRare, type Estimate, type Observed } from "./estimate.ts";
import { finalOf, job, sampleOf, type Job, type Samples } from "#ensemble/jobs.ts";
import { slopeAt } from "./margin.ts";
import type { Profile } from "#ensemble/profiles.ts";
import { situationOf, type Situation } from "#ensemble/situation.ts";
import { variance } from "#ensemble/statistics.ts";

/** One figure of a comparison, in base units. */
export interface FigureFinding {
  /** As written. */
  readonly text: string;
  readonly statistic: Figure["statistic"];
  readonly level: number | null;
  readonly value: number;
  readonly se: number;
  /** Runs that count, and runs in all: they differ where the figure has a condition. */
  readonly runs: number;
  readonly outOf: number;
  readonly situation: Situation;
  /** Conditions on something inside the model: who got there, not what bringing it about would do. */
  readonly givenIsInside: boolean;
}

export interface ComparisonFinding {
  /** As written. */
  readonly text: string;
  readonly figures: readonly FigureFinding[];
  /** In base units, positive where it supports the statement. NaN where it could not be had: see `refusal`. */
  readonly margin: number;
  readonly se: number;
  readonly threshold: number;
  readonly unit: Comparison["unit"];
  /** How the error was had. */
  readonly error: "delta" | "bootstrap";
  /** Why there is no margin. */
  readonly refusal: Refusal | null;
}

export type Refusal =
  /** Too few runs meet a figure's condition. */
  | { readonly kind: "rare"; readonly figure: string; readonly runs: number; readonly outOf: number }
  /** The arithmetic over the figures has no finite value. */
  | { readonly kind: "undefined" };

/** The sets of runs a comparison reads under one view. `stand` says what choices stand at where a figure names none. */
export function jobsOfComparison(model: Model, c: Comparison, view: string, stand: Profile): readonly Job[] {
  return c.figures.map((f) =>
    job(view, situationOf(model, f.intervention, stand), {
      finals: f.given === null ? [f.of] : [f.of, f.given],
    }),
  );
}

/**
 * Evaluates a comparison on runs that have been made. All figures share their worlds (common random numbers), so the margin's error is that of
 * the mean over worlds of Σ slope·influence: the delta method with the figures' joint covariance. With a quantile among
 * the figures it is a bootstrap over worlds.
 */
export function compare(
  model: Model,
  c: Comparison,
  view: string,
  stand: Profile,
  samples: Samples,
  seed: number,
): ComparisonFinding {
  const observed = c.figures.map((f) => observe(model, f, view, stand, samples));
  const estimates = c.figures.map((f, i) => estimate(f.statistic, f.level, observed[i] as Observed));
  const hasQuantile = c.figures.some((f) => f.statistic === "quantile");
  const figures = c.figures.map((f, i) => ({
    text: f.text,
    statistic: f.statistic,
    level: f.level,
    value: (estimates[i] as Estimate).value,
    se: figureError(f, observed[i] as Observed, estimates[i] as Estimate, seed),
    runs: (estimates[i] as Estimate).runs,
    outOf: (estimates[i] as Estimate).outOf,
    situation: situationOf(model, f.intervention, stand),
    givenIsInside: f.givenIsInside,
  }));
  const head = {
    text: c.text,
    figures,
    threshold: c.threshold,
    unit: c.unit,
    error: hasQuantile ? ("bootstrap" as const) : ("delta" as const),
  };
  const rare = figures[estimates.findIndex(isTooRare)];
  if (rare !== undefined) {
    const refusal = { kind: "rare" as const, figure: rare.text, runs: rare.runs, outOf: rare.outOf };
    return { ...head, margin: Number.NaN, se: Number.NaN, refusal };
  }
  const values = estimates.map((e) => e.value);
  const { value: margin, by } = slopeAt(c.margin, values);
  if (!Number.isFinite(margin)) return { ...head, margin: Number.NaN, se: Number.NaN, refusal: { kind: "undefined" } };
  const se = hasQuantile
    ? bootstrapError(
        c.figures.map((f, i) => ({ ...(observed[i] as Observed), statistic: f.statistic, level: f.level })),
        (replicates) => slopeAt(c.margin, replicates).value,
        seed,
      )
    : deltaError(estimates, by);
  return { ...head, margin, se, refusal: null };
}

function observe(model: Model, f: Figure, view: string, stand: Profile, samples: Samples): Observed {
  const sample = sampleOf(samples, view, situationOf(model, f.intervention, stand));
  return { of: finalOf(sample, f.of), given: f.given === null ? null : finalOf(sample, f.given) };
}

function figureError(f: Figure, observed: Observed, e: Estimate, seed: number): number {
  if (f.statistic !== "quantile") return estimateError(e);
  return bootstrapError([{ ...observed, statistic: f.statistic, level: f.level }], ([v]) => v ?? Number.NaN, seed);
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
