/** The room's door: what every engine offers, a program that runs many worlds at a time. */

import type { Model } from "#model/model.ts";
import { scalarMath, type ColumnMath } from "./column-math.ts";
import type { Watch } from "./compile.ts";
import type { Pair } from "./frame.ts";
import { prepare, type Program } from "./reference.ts";
import type { RunResult } from "./simulation.ts";
import type { Setting } from "./supposed.ts";

export { RunFailure } from "./failure.ts";
export type { Watch } from "./compile.ts";
export type { Setting } from "./supposed.ts";

/** All engines give the same bits; they differ in how fast they are. */
export interface Engine {
  readonly name: "reference" | "wasm";
  /**
   * Compiles once for every pattern of claims: claims, unknowns and beliefs are inputs of each run, suppositions are constants; so are options, unless the
   * setting leaves them to the draws. Throws for a model that no checker would pass.
   */
  readonly compile: (model: Model, setting: Setting, watch: Watch) => BatchProgram;
  /** What draws are made with. */
  readonly math: ColumnMath;
}

export interface BatchProgram {
  /** What `BatchDraws.believed` must hold: unknowns as views believe them, as far as anything reads them. */
  readonly believed: readonly Pair[];
  /** Runs to ask for at a time: enough that a call costs nothing beside them, few enough to report and stop in between. */
  readonly batch: number;
  /**
   * A run for each world. A run's values do not depend on what else is in the batch. Throws the `RunFailure` of the first world that fails, in
   * order of the batch, and throws when the draws are not those of this program. What it gives is there until the program runs again, and is then written
   * over: memory that is new costs as much as a tenth of the runs.
   */
  readonly run: (draws: BatchDraws) => BatchResult;
}

/** Columns: a value for each world, in order of `worlds`. */
export interface BatchDraws {
  /** Keys the luck. */
  readonly seed: number;
  readonly worlds: Uint32Array;
  /** By claim of the model; 1 or 0. Where the setting leaves choices to the draws, then `optionColumns`. */
  readonly claims: readonly Float64Array[];
  /** By unknown of the model. */
  readonly unknowns: readonly Float64Array[];
  /** By pair of the program's `believed`. */
  readonly believed: readonly Float64Array[];
}

/** By option of each choice of the model: 1 where it is the one taken, in so many runs. */
export function optionColumns(
  model: Model,
  choices: Readonly<Record<string, string>>,
  runs: number,
): readonly Float64Array[] {
  const [not, taken] = [new Float64Array(runs), new Float64Array(runs).fill(1)];
  return model.choices.flatMap((c) => c.options.map((o) => (choices[c.name] === o.name ? taken : not)));
}

/** Columns by world, in order of the batch. */
export interface BatchResult {
  /** By outcome of the model. */
  readonly outcomes: readonly Float64Array[];
  /** By final of the watch; these alone may be infinite or not a number. */
  readonly finals: readonly Float64Array[];
  /** By `always` of the watch: 1 where it was true at every step time. */
  readonly always: readonly Uint8Array[];
  /** By series of the watch, time by time: the value at step t of the run at place w is at t · runs + w; steps + 1 times. */
  readonly series: readonly Float64Array[];
  /** By event of the model: its first time from the start, or NaN. */
  readonly firstTimes: readonly Float64Array[];
  /** Steps in which a range moved a stock by more than rounding. */
  readonly clampedSteps: Uint32Array;
}

/** The slow one, which is the oracle of the other. */
export const referenceEngine: Engine = {
  name: "reference",
  compile: (model, setting, watch) => batched(model, prepare(model, setting, watch), watch),
  math: scalarMath,
};

/** A program of one run at a time, run world by world. */
export function batched(model: Model, program: Program, watch: Watch): BatchProgram {
  const points = (model.time?.steps ?? 0) + 1;
  return {
    believed: program.believed,
    batch: 8,
    run: (draws) => {
      const { worlds } = draws;
      const result = emptyResult(model, watch, worlds.length);
      worlds.forEach((world, at) =>
        put(result, at, program.run({ ...drawsAt(draws, at), seed: draws.seed, world }), points),
      );
      return result;
    },
  };
}

/** The draws of the world at a place of a batch. */
function drawsAt(
  draws: BatchDraws,
  at: number,
): { readonly claims: Float64Array; readonly unknowns: Float64Array; readonly believed: Float64Array } {
  const row = (columns: readonly Float64Array[]): Float64Array => Float64Array.from(columns, (c) => c[at] as number);
  return { claims: row(draws.claims), unknowns: row(draws.unknowns), believed: row(draws.believed) };
}

/** Columns to be filled. */
export function emptyResult(model: Model, watch: Watch, runs: number): BatchResult {
  const points = (model.time?.steps ?? 0) + 1;
  // Side by side in one buffer: one for each of some hundred columns takes three times as long to make and to collect.
  const values = new Float64Array(runs * (model.outcomes.length + watch.finals.length + model.events.length));
  const columns = (of: readonly unknown[], before: number): readonly Float64Array[] =>
    of.map((_, i) => values.subarray((before + i) * runs, (before + i + 1) * runs));
  return {
    outcomes: columns(model.outcomes, 0),
    finals: columns(watch.finals, model.outcomes.length),
    always: watch.always.map(() => new Uint8Array(runs)),
    series: watch.series.map(() => new Float64Array(runs * points)),
    firstTimes: columns(model.events, model.outcomes.length + watch.finals.length),
    clampedSteps: new Uint32Array(runs),
  };
}

function put(to: BatchResult, at: number, one: RunResult, points: number): void {
  const runs = to.clampedSteps.length;
  to.outcomes.forEach((column, i) => (column[at] = one.outcomes[i] as number));
  to.finals.forEach((column, i) => (column[at] = one.finals[i] as number));
  to.always.forEach((column, i) => (column[at] = one.always[i] as number));
  to.firstTimes.forEach((column, i) => (column[at] = one.firstTimes[i] as number));
  to.series.forEach((column, i) => {
    const path = one.series[i] as Float64Array;
    for (let t = 0; t < points; t++) column[t * runs + at] = path[t] as number;
  });
  to.clampedSteps[at] = one.clampedSteps;
}
