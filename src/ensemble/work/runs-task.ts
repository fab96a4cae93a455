/** Gives the values of each run of a job on some of its worlds. */

import type { Model } from "#model/model.ts";
import type { BatchDraws, BatchProgram, BatchResult } from "#kernel/engine.ts";
import { sharedColumns, worldsFrom } from "../draws/draws.ts";
import { explained } from "../failure.ts";
import type { Job, Sample } from "../jobs.ts";
import type { Proposal } from "../draws/proposal.ts";
import { luckSeed } from "../draws/luck.ts";
import type { Shelf } from "./shelf.ts";

/** A job on some of its worlds: `first` and the `count` − 1 after it, or those that are chosen. */
export interface RunsTask {
  readonly kind: "runs";
  readonly job: Job;
  readonly seed: number;
  readonly first: number;
  readonly count: number;
  /** Whether the outcomes are left out, and only what the job names is kept. */
  readonly finalsOnly?: true;
  /** Other worlds, in any order, and the law they are drawn from where it is not the view's own. */
  readonly chosen?: {
    readonly worlds: readonly number[];
    readonly proposal: Proposal | null;
    /** Unknowns that are not drawn: by name, a value for each world. */
    readonly given: Readonly<Record<string, Float64Array>>;
  };
}

/** By run of the task, in world order. */
export interface RunsResult {
  readonly kind: "runs";
  readonly outcomes: readonly Float64Array[];
  readonly finals: readonly Float64Array[];
  /** By series: its values time by time, and in each time by run. */
  readonly series: readonly Float64Array[];
  readonly breaches: Sample["breaches"];
  readonly clampedSteps: number;
}

/** Does one task. The result does not depend on the engine of the shelf. Throws `StoppedRun`. */
export function performRuns(model: Model, task: RunsTask, shelf: Shelf): RunsResult {
  const { job, seed, first, count, chosen } = task;
  const program = shelf.programOf(model, job);
  const worlds = chosen === undefined ? worldsFrom(first, count) : Uint32Array.from(chosen.worlds);
  const proposal = chosen?.proposal ?? null;
  const drawn = sharedColumns(model, job, program, seed, worlds, shelf.math, shelf.drawn(), proposal);
  const unknowns = drawn.unknowns.map((column, i) => chosen?.given[model.unknowns[i]?.name ?? ""] ?? column);
  const draws: BatchDraws = { seed: luckSeed(seed, job.luck), worlds, ...drawn, unknowns };
  const recorder = record(
    job,
    task.finalsOnly === true ? 0 : model.outcomes.length,
    task,
    (model.time?.steps ?? 0) + 1,
  );
  for (let from = 0; from < count; from += program.batch) {
    const to = Math.min(count, from + program.batch);
    recorder.keep(from, runBatch(model, program, job, between(draws, from, to)));
  }
  return recorder.finish();
}

/** The draws at places `from` … `to` − 1 of the task. */
function between(all: BatchDraws, from: number, to: number): BatchDraws {
  const cut = (columns: readonly Float64Array[]): readonly Float64Array[] => columns.map((c) => c.subarray(from, to));
  return {
    seed: all.seed,
    worlds: all.worlds.subarray(from, to),
    claims: cut(all.claims),
    unknowns: cut(all.unknowns),
    believed: cut(all.believed),
  };
}

function runBatch(model: Model, program: BatchProgram, job: Job, draws: BatchDraws): BatchResult {
  try {
    return program.run(draws);
  } catch (error) {
    throw explained(model, job, error);
  }
}

interface Recorder {
  /** The runs at place `from` of the task and after it. */
  keep(from: number, result: BatchResult): void;
  finish(): RunsResult;
}

/** Keeps the first `shown` outcomes and what the job asks for; series lie time by time, so that each time's runs can be sorted in place. */
function record(
  job: Job,
  shown: number,
  { first, count: runs }: Pick<RunsTask, "first" | "count">,
  points: number,
): Recorder {
  // In one buffer, since what is posted to another thread costs by the buffer.
  const values = new Float64Array(runs * (shown + job.finals.length));
  const column = (i: number): Float64Array => values.subarray(i * runs, (i + 1) * runs);
  const outcomes = Array.from({ length: shown }, (_, i) => column(i));
  const finals = job.finals.map((_, i) => column(shown + i));
  const series = job.series.map(() => new Float64Array(runs * points));
  const breaches = job.always.map(() => ({ runs: 0, first: null as number | null }));
  let clampedSteps = 0;
  return {
    keep: (from, result) => {
      const some = result.clampedSteps.length;
      outcomes.forEach((kept, i) => kept.set(result.outcomes[i] as Float64Array, from));
      finals.forEach((kept, i) => kept.set(result.finals[i] as Float64Array, from));
      breaches.forEach((breach, i) =>
        result.always[i]?.forEach((held, at) => {
          if (held === 1) return;
          breach.runs++;
          breach.first ??= first + from + at;
        }),
      );
      series.forEach((kept, i) => {
        const paths = result.series[i] as Float64Array;
        for (let t = 0; t < points; t++) kept.set(paths.subarray(t * some, (t + 1) * some), t * runs + from);
      });
      for (const steps of result.clampedSteps) clampedSteps += steps;
    },
    finish: () => ({ kind: "runs", outcomes, finals, series, breaches, clampedSteps }),
  };
}
