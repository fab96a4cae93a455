/** Jobs, a seed and a number of worlds in; their samples out, a batch of runs at a time, so that whoever drives can report or stop. */

import type { Model } from "#model/model.ts";
import { referenceEngine, type BatchDraws, type BatchProgram, type BatchResult, type Engine } from "#kernel/engine.ts";
import { drawsFor, type WorldDraws } from "./draws.ts";
import { explained } from "./failure.ts";
import { keyOfJob, type Band, type Job, type Sample, type Samples } from "./jobs.ts";
import { secondSeed } from "./luck.ts";
import { itemsOf } from "./situation.ts";
import { quartet } from "./statistics.ts";

/** Runs done of all that were asked for. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/**
 * Runs every job over the same worlds 0 … worlds − 1. Yields after every batch of runs; to stop, ask for no more. The samples do not depend
 * on the order of the jobs, on what else is run, nor on the engine. Throws `StoppedRun` when a run meets a value that is not finite or a rate below zero.
 */
export function* runJobs(
  model: Model,
  jobs: readonly Job[],
  seed: number,
  worlds: number,
  engine: Engine = referenceEngine,
): Generator<Progress, Samples> {
  const samples = new Map<string, Sample>();
  const total = jobs.length * worlds;
  const beliefs = new Map<string, readonly WorldDraws[]>();
  let done = 0;
  for (const j of jobs) {
    const program = engine.compile(
      model,
      { choices: j.situation.choices, suppositions: itemsOf(model, j.situation.suppositions) },
      { finals: j.finals, always: j.always, series: j.series },
    );
    const worldDraws = drawsFor(model, j, program, seed, worlds, beliefs);
    const recorder = record(model, j, worlds);
    for (let from = 0; from < worlds; from += program.batch) {
      const to = Math.min(worlds, from + program.batch);
      recorder.keep(from, runBatch(model, program, j, columns(model, program, j, worldDraws, seed, from, to)));
      done += to - from;
      yield { done, total };
    }
    samples.set(keyOfJob(j), recorder.finish());
  }
  yield { done, total };
  return samples;
}

/** The draws of worlds `from` … `to` − 1, by name and then by world. */
function columns(
  model: Model,
  program: BatchProgram,
  j: Job,
  worldDraws: readonly WorldDraws[],
  seed: number,
  from: number,
  to: number,
): BatchDraws {
  const rows = worldDraws.slice(from, to);
  const by = (of: readonly unknown[], kind: keyof WorldDraws): readonly Float64Array[] =>
    of.map((_, i) => Float64Array.from(rows, (row) => row[kind][i] as number));
  return {
    seed: j.luck === "first" ? seed : secondSeed(seed),
    worlds: Uint32Array.from(rows, (_, i) => from + i),
    claims: by(model.claims, "claims"),
    unknowns: by(model.unknowns, "unknowns"),
    believed: by(program.believed, "believed"),
  };
}

function runBatch(model: Model, program: BatchProgram, j: Job, draws: BatchDraws): BatchResult {
  try {
    return program.run(draws);
  } catch (error) {
    throw explained(model, j, error);
  }
}

interface Recorder {
  /** The runs of the worlds from `from` on. */
  keep(from: number, result: BatchResult): void;
  finish(): Sample;
}

/** Keeps what the job asks for; series lie time by time, so that each time's runs can be sorted in place. */
function record(model: Model, j: Job, worlds: number): Recorder {
  const points = (model.time?.steps ?? 0) + 1;
  const outcomes = model.outcomes.map(() => new Float64Array(worlds));
  const finals = j.finals.map(() => new Float64Array(worlds));
  const series = j.series.map(() => new Float64Array(worlds * points));
  const breaches = j.always.map(() => ({ runs: 0, first: null as number | null }));
  let clampedSteps = 0;
  return {
    keep: (from, result) => {
      const runs = result.clampedSteps.length;
      outcomes.forEach((kept, i) => kept.set(result.outcomes[i] as Float64Array, from));
      finals.forEach((kept, i) => kept.set(result.finals[i] as Float64Array, from));
      breaches.forEach((breach, i) =>
        result.always[i]?.forEach((held, at) => {
          if (held === 1) return;
          breach.runs++;
          breach.first ??= from + at;
        }),
      );
      series.forEach((kept, i) => {
        const paths = result.series[i] as Float64Array;
        for (let t = 0; t < points; t++) kept.set(paths.subarray(t * runs, (t + 1) * runs), t * worlds + from);
      });
      for (const steps of result.clampedSteps) clampedSteps += steps;
    },
    finish: () => ({
      job: j,
      runs: worlds,
      outcomes,
      finals,
      breaches,
      bands: j.series.map((name, i) => bandOf(name, series[i] as Float64Array, points, worlds)),
      clampedSteps,
    }),
  };
}

function bandOf(name: string, values: Float64Array, points: number, worlds: number): Band {
  const at = Array.from({ length: points }, (_, t) => quartet(values.subarray(t * worlds, (t + 1) * worlds).sort()));
  const pick = (level: keyof (typeof at)[number]): Float64Array => Float64Array.from(at, (q) => q[level]);
  return { name, q05: pick("q05"), q25: pick("q25"), q50: pick("q50"), q75: pick("q75"), q95: pick("q95") };
}
