/** Keeps a set of runs while a view moves, and runs again only the worlds that a move changed. */

import type { Model } from "#model/model.ts";
import type { ColumnMath } from "#kernel/column-math.ts";
import type { BatchDraws, BatchProgram, BatchResult, Engine } from "#kernel/engine.ts";
import { claimColumns } from "./draws/claims.ts";
import { drawColumns, worldsFrom } from "./draws/draws.ts";
import { explained } from "./failure.ts";
import type { Job, Sample } from "./jobs.ts";
import { secondSeed } from "./draws/luck.ts";
import { mindOf } from "./draws/mind.ts";
import { bandOf } from "./runs.ts";
import { itemsOf } from "./situation.ts";
import { ownUniforms } from "./table/stratified.ts";

/**
 * A world's run depends on which claims are true in it and on the distributions of the unknowns, so a move of one credence from p to q touches only
 * the worlds whose uniform lies between them. What stands after the last step is bit for bit what `runJobs` makes of the same view, seed and worlds.
 */
export interface Standing {
  /** Moves to a view of `model`, which may differ in its views alone from the one it stands on, and to a number of worlds. Returns how many are to be run. */
  aim(model: Model, view: string, worlds: number): number;
  /** Runs at most `most` of them, in world order; returns how many are left. Throws `StoppedRun`. */
  step(most: number): number;
  /** The runs as they are: of the last view in part, while some are left. Worlds never run yet are left out from the first on. */
  sample(): Sample;
  /** By event of the model, its first time by world, or NaN. */
  firstTimes(): readonly Float64Array[];
}

/** `capacity` is the most worlds it will be asked for. */
export function standingRuns(model: Model, job: Job, seed: number, capacity: number, engine: Engine): Standing {
  const { situation, finals, always, series } = job;
  const setting = { choices: situation.choices, suppositions: itemsOf(model, situation.suppositions) };
  const program = engine.compile(model, setting, { finals, always, series });
  const kept = emptyRows(model, job, capacity);
  const claims = new Uint8Array(capacity * model.claims.length);
  const beliefs = new Int32Array(capacity).fill(-1);
  const known = new Map<string, number>();
  let now = { model, job };
  let belief = 0;
  let stale: readonly number[] = [];
  let at = 0;
  let worlds = 0;

  return {
    aim: (moved, view, count) => {
      now = { model: moved, job: { ...job, view } };
      worlds = Math.min(count, capacity);
      const mind = mindOf(moved, view);
      const text = JSON.stringify(mind.distributions);
      belief = known.get(text) ?? known.size;
      known.set(text, belief);
      const draw = claimColumns(moved, mind, situation.claims, ownUniforms(engine.math));
      const truths = draw(seed, worldsFrom(0, worlds));
      const changed: number[] = [];
      for (let world = 0; world < worlds; world++) {
        const from = world * truths.length;
        let same = beliefs[world] === belief;
        truths.forEach((truth, i) => {
          const t = truth[world] as number;
          same &&= claims[from + i] === t;
          claims[from + i] = t;
        });
        // A world that is still to be run stays so, whatever else moved.
        if (!same) beliefs[world] = -1;
        if (beliefs[world] === -1) changed.push(world);
      }
      stale = changed;
      at = 0;
      return stale.length;
    },
    step: (most) => {
      const some = stale.slice(at, at + most);
      for (let from = 0; from < some.length; from += program.batch) {
        const list = some.slice(from, from + program.batch);
        kept.put(list, runWorlds({ model: now.model, program, job: now.job, seed, worlds: list, math: engine.math }));
        for (const world of list) beliefs[world] = belief;
      }
      at += some.length;
      return stale.length - at;
    },
    sample: () => kept.sample(now.job, worlds),
    firstTimes: () => kept.firstTimes(worlds),
  };
}

interface RunWorldsInput {
  readonly model: Model;
  readonly program: BatchProgram;
  readonly job: Job;
  readonly seed: number;
  readonly worlds: readonly number[];
  readonly math: ColumnMath;
}

function runWorlds({ model, program, job, seed, worlds, math }: RunWorldsInput): BatchResult {
  const list = Uint32Array.from(worlds);
  const draws: BatchDraws = {
    seed: job.luck === "first" ? seed : secondSeed(seed),
    worlds: list,
    ...drawColumns(model, job, program, seed, list, math),
  };
  try {
    return program.run(draws);
  } catch (error) {
    throw explained(model, job, error);
  }
}

interface Rows {
  put(worlds: readonly number[], result: BatchResult): void;
  /** Of the first `worlds`, as far as they have ever been run. */
  sample(job: Job, worlds: number): Sample;
  firstTimes(worlds: number): readonly Float64Array[];
}

/** What is kept of each world, in columns with a place for every world there may be. */
function emptyRows(model: Model, job: Job, capacity: number): Rows {
  const points = (model.time?.steps ?? 0) + 1;
  const columns = (of: readonly unknown[], size = capacity): Float64Array[] => of.map(() => new Float64Array(size));
  const outcomes = columns(model.outcomes);
  const finals = columns(job.finals);
  const always = columns(job.always);
  const series = columns(job.series, capacity * points);
  const times = columns(model.events);
  const clamped = new Uint32Array(capacity);
  // Worlds are first run in order, so that those that have ever been run are the first so many.
  let done = 0;
  const first = (column: Float64Array, worlds: number): Float64Array => column.slice(0, Math.min(worlds, done));
  return {
    put: (worlds, result) => {
      const some = worlds.length;
      const pairs = [
        [outcomes, result.outcomes],
        [finals, result.finals],
        [always, result.always],
        [times, result.firstTimes],
      ] as const;
      worlds.forEach((world, at) => {
        for (const [to, from] of pairs) to.forEach((column, i) => (column[world] = from[i]?.[at] as number));
        series.forEach((column, i) => {
          const paths = result.series[i] as Float64Array;
          for (let t = 0; t < points; t++) column[t * capacity + world] = paths[t * some + at] as number;
        });
        clamped[world] = result.clampedSteps[at] as number;
        done = Math.max(done, world + 1);
      });
    },
    sample: (now, worlds) => {
      const runs = Math.min(worlds, done);
      return {
        job: now,
        runs,
        outcomes: outcomes.map((c) => first(c, worlds)),
        finals: finals.map((c) => first(c, worlds)),
        breaches: always.map((c) => ({
          runs: first(c, worlds).filter((held) => held === 0).length,
          first: runs === 0 ? null : nullable(first(c, worlds).indexOf(0)),
        })),
        bands: job.series.map((name, i) =>
          bandOf(name, [across(series[i] as Float64Array, capacity, runs, points)], points),
        ),
        clampedSteps: clamped.subarray(0, runs).reduce((a, b) => a + b, 0),
      };
    },
    firstTimes: (worlds) => times.map((c) => first(c, worlds)),
  };
}

/** The first `runs` of every time, time by time. */
function across(column: Float64Array, capacity: number, runs: number, points: number): Float64Array {
  const packed = new Float64Array(runs * points);
  for (let t = 0; t < points; t++) packed.set(column.subarray(t * capacity, t * capacity + runs), t * runs);
  return packed;
}

function nullable(index: number): number | null {
  return index < 0 ? null : index;
}
