/** Estimates the figures of a comparison together, and the errors of what is worked out from several of them. */

import type { Comparison, Figure, Model } from "#model/model.ts";
import { bootstrapErrors, type Resampled, type ResampledErrors } from "./bootstrap.ts";
import { estimate, estimateError, type Estimate, type Estimated, type Observed } from "./estimate.ts";
import { slopeAt } from "./margin.ts";
import { finalOf, sampleOf, type Samples } from "#ensemble/jobs.ts";
import type { Profile } from "#ensemble/profiles.ts";
import { situationOf } from "#ensemble/situation.ts";
import { pilotRuns } from "#ensemble/tally/tally-settings.ts";
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
  /** What single runs do to that margin. */
  readonly tailOf: (slopes: readonly number[]) => Tail;
  /** Of one figure against another: the runs in which the difference goes against the margin. Null where that cannot be counted. */
  readonly opposite: (slopes: readonly number[], margin: number) => number | null;
}

/** How unevenly a margin's error is made up of single runs; see `interval.ts`. */
export interface Tail {
  /**
   * How far a run of weight moves the margin, times the number of runs: Σ|d|³ ÷ Σd² over the runs' influences d, 1 for a difference of chances. Where none moves it, how far
   * one could where that is known: of a chance. 0 for a quantile.
   */
  readonly reach: number;
  /** Whether no run moves it at all, but for rounding. */
  readonly isEven: boolean;
}

/** What two figures that should be equal may differ by in their last digits, as a share of their size. */
export const rounding = 1e-12;

/** What a margin is a sum of: Σ |slope·figure|. */
export function sizeOfMargin(estimates: readonly Estimated[], slopes: readonly number[]): number {
  return estimates.reduce((s, e, i) => s + Math.abs((slopes[i] ?? 0) * e.value), 0);
}

/** A quantile has no influence that its runs show, so what holds one is resampled. */
export function hasQuantile(c: Comparison): boolean {
  return c.figures.some((f) => f.statistic === "quantile");
}

interface JointOfRunsInput {
  readonly model: Model;
  readonly c: Comparison;
  readonly view: string;
  readonly stand: Profile;
  readonly samples: Samples;
  readonly seed: number;
}

export function jointOfRuns({ model, c, view, stand, samples, seed }: JointOfRunsInput): Joint {
  const observed = c.figures.map((f) => observe(model, f, view, stand, samples));
  const estimates = c.figures.map((f, i) => estimate(f.statistic, f.level, observed[i] as Observed));
  const errors = errorsByResampling(c, () => c.figures.map((f, i) => resampled(f, observed[i] as Observed)), seed);
  return {
    estimates,
    error: hasQuantile(c) ? "bootstrap" : "delta",
    errorOf: (i) =>
      c.figures[i]?.statistic === "quantile"
        ? (errors().figures[i] as number)
        : estimateError(estimates[i] as Estimate),
    errorOfMargin: (slopes) => (hasQuantile(c) ? errors().margin : deltaError(estimates, slopes)),
    opposite: (slopes, margin) => countOpposite(observed, slopes, margin),
    tailOf: (slopes) =>
      hasQuantile(c)
        ? { reach: 0, isEven: false }
        : tailOfInfluences(
            estimates,
            c.figures.map((f) => f.statistic === "chance"),
            slopes,
          ),
  };
}

/** Runs in which the one figure's value less the other's has the margin's opposite sign, beyond rounding. */
function countOpposite(observed: readonly Observed[], slopes: readonly number[], margin: number): number | null {
  const [a, b] = observed;
  if (observed.length !== 2 || a === undefined || b === undefined || a.given !== null || b.given !== null) return null;
  const [x = 0, y = 0] = slopes;
  if (x !== -y || x === 0) return null;
  let count = 0;
  for (let w = 0; w < a.of.length; w++) {
    const [v, u] = [a.of[w] as number, b.of[w] as number];
    const difference = x * (v - u);
    if (Math.abs(difference) > rounding * (Math.abs(v) + Math.abs(u)) && difference * margin < 0) count++;
  }
  return count;
}

export function tailOfInfluences(
  estimates: readonly Estimate[],
  areChances: readonly boolean[],
  slopes: readonly number[],
): Tail {
  const joint = jointInfluence(estimates, slopes);
  let squares = 0;
  let cubes = 0;
  for (const d of joint) {
    squares += d * d;
    cubes += Math.abs(d) ** 3;
  }
  /** Of each chance, all that one run can do. */
  const whole = estimates.map((e, i) => (areChances[i] === true ? (Math.abs(slopes[i] ?? 0) * e.outOf) / e.runs : 0));
  const unanimous = whole.map((r, i) => ((estimates[i] as Estimate).unseen > 0 ? r : 0));
  const slight = (rounding * sizeOfMargin(estimates, slopes)) ** 2;
  if (squares > joint.length * slight) return { reach: Math.max(cubes / squares, ...unanimous), isEven: false };
  return { reach: Math.max(0, ...whole), isEven: true };
}

export function observe(model: Model, f: Figure, view: string, stand: Profile, samples: Samples): Observed {
  const sample = sampleOf(samples, view, situationOf(model, f.intervention, stand));
  return { of: finalOf(sample, f.of), given: f.given === null ? null : finalOf(sample, f.given) };
}

export function resampled(f: Figure, observed: Observed): Resampled {
  return { ...observed, statistic: f.statistic, level: f.level };
}

/** The errors of a comparison's figures and margin, resampled when one is first asked for. Of more runs than a pilot has: the pilot's, made smaller by √(pilot ÷ runs), as of runs that are tallied. */
export function errorsByResampling(
  c: Comparison,
  observed: () => readonly Resampled[],
  seed: number,
): () => ResampledErrors {
  let found: ResampledErrors | null = null;
  return () => (found ??= resampledErrors(c, observed(), seed));
}

function resampledErrors(c: Comparison, figures: readonly Resampled[], seed: number): ResampledErrors {
  const runs = figures[0]?.of.length ?? 0;
  const margin = (values: readonly number[]): number => slopeAt(c.margin, values).value;
  if (runs <= pilotRuns) return bootstrapErrors(figures, margin, seed);
  const first = figures.map((f) => ({
    ...f,
    of: f.of.subarray(0, pilotRuns),
    given: f.given?.subarray(0, pilotRuns) ?? null,
  }));
  const errors = bootstrapErrors(first, margin, seed);
  const share = Math.sqrt(pilotRuns / runs);
  return { figures: errors.figures.map((e) => e * share), margin: errors.margin * share };
}

/** √(Var(Σ slope·influence)/n + Σ (slope·unseen)²); a slope of 0 leaves its figure out, whatever its influence. */
export function deltaError(estimates: readonly Estimate[], slopes: readonly number[]): number {
  if (estimates.length === 0) return 0;
  const joint = jointInfluence(estimates, slopes);
  const unseen = estimates.reduce((s, e, i) => s + ((slopes[i] ?? 0) * e.unseen) ** 2, 0);
  return Math.sqrt(variance(joint) / joint.length + unseen);
}

/** Σ slope·influence by run. */
function jointInfluence(estimates: readonly Estimate[], slopes: readonly number[]): Float64Array {
  const joint = new Float64Array(estimates[0]?.outOf ?? 0);
  estimates.forEach((e, i) => {
    const slope = slopes[i] ?? 0;
    if (slope === 0 || e.influence === null) return;
    for (let w = 0; w < joint.length; w++) joint[w] = (joint[w] as number) + slope * (e.influence[w] as number);
  });
  return joint;
}
