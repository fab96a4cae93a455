/** A comparison of figures, a view and the runs in; its margin, error and verdict, with each figure's own, out. */

import type { Comparison, Figure, Model } from "#model/model.ts";
import { isTooRare, type Estimated } from "./estimate.ts";
import { job, type Job } from "#ensemble/jobs.ts";
import { jointOfRuns } from "./joint.ts";
import { slopeAt } from "./margin.ts";
import type { Profile } from "#ensemble/profiles.ts";
import { situationOf, type Situation } from "#ensemble/situation.ts";
import { isTallied, type Ensemble } from "#ensemble/tally/tallies.ts";
import { jointOfTallies } from "../runs/tallied.ts";

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
  /** What it is shown in. */
  readonly unit: Figure["unit"];
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
 * Evaluates a comparison on runs that have been made, kept by value or tallied. All figures share their worlds (common random numbers), so the
 * margin's error is that of the mean over worlds of Σ slope·influence: the delta method with the figures' joint covariance. With a quantile among
 * the figures it is a bootstrap over worlds.
 */
export function compare(
  model: Model,
  c: Comparison,
  view: string,
  stand: Profile,
  ensemble: Ensemble,
  seed: number,
): ComparisonFinding {
  const joint = isTallied(ensemble)
    ? jointOfTallies(model, c, view, stand, ensemble, seed)
    : jointOfRuns(model, c, view, stand, ensemble, seed);
  const { estimates } = joint;
  const figures = c.figures.map((f, i) => ({
    text: f.text,
    statistic: f.statistic,
    level: f.level,
    value: (estimates[i] as Estimated).value,
    se: joint.errorOf(i),
    runs: (estimates[i] as Estimated).runs,
    outOf: (estimates[i] as Estimated).outOf,
    situation: situationOf(model, f.intervention, stand),
    givenIsInside: f.givenIsInside,
    unit: f.unit,
  }));
  const head = {
    text: c.text,
    figures,
    threshold: c.threshold,
    unit: c.unit,
    error: joint.error,
  };
  const rare = figures[estimates.findIndex(isTooRare)];
  if (rare !== undefined) {
    const refusal = { kind: "rare" as const, figure: rare.text, runs: rare.runs, outOf: rare.outOf };
    return { ...head, margin: Number.NaN, se: Number.NaN, refusal };
  }
  const { value: margin, by } = slopeAt(
    c.margin,
    estimates.map((e) => e.value),
  );
  if (!Number.isFinite(margin)) return { ...head, margin: Number.NaN, se: Number.NaN, refusal: { kind: "undefined" } };
  return { ...head, margin, se: joint.errorOfMargin(by), refusal: null };
}
