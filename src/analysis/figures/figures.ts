/** Evaluates a comparison of figures on runs: its margin and error, and each figure with its own. */

import type { Comparison, Figure, Model } from "#model/model.ts";
import { isTooRare, type Estimated } from "./estimate.ts";
import { intervalFor } from "./interval.ts";
import { job, type Job } from "#ensemble/jobs.ts";
import { jointOfRuns, rounding, sizeOfMargin, type Joint } from "./joint.ts";
import { slopeAt } from "./margin.ts";
import type { Profile } from "#ensemble/profiles.ts";
import { situationOf, type Situation } from "#ensemble/situation.ts";
import { isSettled, judge, type Verdict } from "../verdicts/verdict.ts";
import { isTallied, type Ensemble } from "#ensemble/tally/tallies.ts";
import { jointOfTallies } from "../runs/tallied.ts";

/** One figure of a comparison, in base units. */
export interface FigureFinding {
  /** As written. */
  readonly text: string;
  readonly statistic: Figure["statistic"];
  readonly level: number | null;
  /** The outcome that it is of, where it is of one alone. */
  readonly outcome: string | null;
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

/** What was found of a comparison: its figures, the margin with its standard error, and where the margin surely lies. All in base units. */
export interface ComparisonFinding {
  /** As written. */
  readonly text: string;
  readonly figures: readonly FigureFinding[];
  /** In base units, positive where it supports the statement. NaN where it could not be had: see `refusal`. */
  readonly margin: number;
  readonly se: number;
  /** Where the margin lies for all that the verdict rests on: wider than two errors, since it pays for every look at the runs. */
  readonly low: number;
  readonly high: number;
  readonly threshold: number;
  /** What the margin is; see `Comparison`. */
  readonly form: Comparison["form"];
  /** In a statement of how far apart at most: that distance. */
  readonly slack: number;
  readonly allowsEqual: boolean;
  /** Worlds run in each situation that is compared. */
  readonly worlds: number;
  /** Whether both sides came out the same in every single run. */
  readonly isEven: boolean;
  /** Of one figure against another: runs in which the difference goes against the margin. Null where it is no such comparison, or runs were counted and not kept. */
  readonly opposite: number | null;
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

/** The outcome that a figure is of, where it is of one alone and not of arithmetic over several. */
export function outcomeOf(figure: Pick<Figure, "of">): string | null {
  return figure.of.op === "outcome" ? figure.of.name : null;
}

/** The sets of runs a comparison reads under one view. `stand` says what choices stand at where a figure names none. */
export function jobsOfComparison(model: Model, c: Comparison, view: string, stand: Profile): readonly Job[] {
  return c.figures.map((f) =>
    job(view, situationOf(model, f.intervention, stand), {
      finals: f.given === null ? [f.of] : [f.of, f.given],
    }),
  );
}

/** What a comparison is evaluated on. */
interface Compared {
  readonly model: Model;
  readonly view: string;
  /** What choices stand at where a figure names none. */
  readonly stand: Profile;
  readonly ensemble: Ensemble;
  readonly seed: number;
  /** How often the interval may miss what is true. */
  readonly missed: number;
}

/**
 * Evaluates a comparison on runs that have been made, kept by value or tallied. All figures share their worlds (common random numbers), so the
 * margin's error is that of the mean over worlds of Σ slope·influence: the delta method with the figures' joint covariance. With a quantile among
 * the figures it is a bootstrap over worlds.
 */
export function compareFigures(
  c: Comparison,
  { model, view, stand, ensemble, seed, missed }: Compared,
): ComparisonFinding {
  const joint = isTallied(ensemble)
    ? jointOfTallies({ model, c, view, stand, tallies: ensemble, seed })
    : jointOfRuns({ model, c, view, stand, samples: ensemble, seed });
  const { estimates } = joint;
  const figures = c.figures.map((f, i) => ({
    text: f.text,
    statistic: f.statistic,
    level: f.level,
    outcome: outcomeOf(f),
    value: (estimates[i] as Estimated).value,
    se: joint.errorOf(i),
    runs: (estimates[i] as Estimated).runs,
    outOf: (estimates[i] as Estimated).outOf,
    situation: situationOf(model, f.intervention, stand),
    givenIsInside: f.givenIsInside,
    unit: f.unit,
  }));
  const worlds = figures[0]?.outOf ?? 0;
  const { text, threshold, form, slack, allowsEqual, unit } = c;
  const head = { text, figures, threshold, form, slack, allowsEqual, worlds, unit, error: joint.error };
  const none = { margin: Number.NaN, se: Number.NaN, low: Number.NaN, high: Number.NaN, isEven: false, opposite: null };
  const rare = figures[estimates.findIndex(isTooRare)];
  if (rare !== undefined) {
    const refusal = { kind: "rare" as const, figure: rare.text, runs: rare.runs, outOf: rare.outOf };
    return { ...head, ...none, refusal };
  }
  const { value, by } = slopeAt(
    c.margin,
    estimates.map((e) => e.value),
  );
  if (!Number.isFinite(value)) return { ...head, ...none, refusal: { kind: "undefined" } };
  const bounded = boundMargin(value, joint, by, worlds, missed);
  return { ...head, ...bounded, opposite: joint.opposite(by, bounded.margin), refusal: null };
}

/** A margin of that value with its error and where it lies, from what `runs` runs say of its figures together; `slopes` are the margin's in them. */
export function boundMargin(
  value: number,
  joint: Pick<Joint, "estimates" | "tailOf" | "errorOfMargin">,
  slopes: readonly number[],
  runs: number,
  missed: number,
): Pick<ComparisonFinding, "margin" | "se" | "low" | "high" | "isEven"> {
  const tail = joint.tailOf(slopes);
  const isEven = tail.isEven && Math.abs(value) <= rounding * sizeOfMargin(joint.estimates, slopes);
  const margin = isEven ? 0 : value;
  // Two chances of 1 in all runs are known to be equal in all runs, whatever else each may be.
  const se = isEven ? 0 : joint.errorOfMargin(slopes);
  return { margin, se, ...intervalFor({ margin, se, tail, runs, missed }), isEven };
}

/** Fewer runs in which both sides came out the same leave it open whether they always do. */
const evenRuns = 1000;

/** The verdict on what runs found. */
export function judgeComparison(c: ComparisonFinding): Verdict {
  return c.refusal === null ? judgeBounded(c) : "not told";
}

/** Both sides alike in every one of at least a thousand runs are taken to be equal; the interval says what that leaves open. */
export function judgeBounded(
  c: Pick<ComparisonFinding, "low" | "high" | "isEven" | "worlds" | "threshold" | "allowsEqual">,
): Verdict {
  const isEqual = c.isEven && c.worlds >= evenRuns && c.threshold === 0;
  return judge(isEqual ? { low: 0, high: 0 } : c, c);
}

/** Whether more runs could change nothing but the digits. */
export function isComparisonSettled(c: ComparisonFinding): boolean {
  if (c.refusal?.kind === "undefined") return true;
  return isSettled(judgeComparison(c));
}
