/** Jobs, a seed and a number of worlds in; their samples out, one run at a time, so that whoever drives can report or stop. */

import type { Model } from "#model/model.ts";
import { prepare, type Program } from "#kernel/reference.ts";
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

/** Runs between two reports of progress. */
const stride = 8;

/**
 * Runs every job over the same worlds 0 … worlds − 1. Yields after every few runs; to stop, ask for no more. The samples do not depend
 * on the order of the jobs, nor on what else is run. Throws `StoppedRun` when a run meets a value that is not finite or a rate below zero.
 */
export function* runJobs(
  model: Model,
  jobs: readonly Job[],
  seed: number,
  worlds: number,
): Generator<Progress, Samples> {
  const samples = new Map<string, Sample>();
  const total = jobs.length * worlds;
  const beliefs = new Map<string, readonly WorldDraws[]>();
  let done = 0;
  for (const j of jobs) {
    const program = prepare(
      model,
      { choices: j.situation.choices, suppositions: itemsOf(model, j.situation.suppositions) },
      { finals: j.finals, always: j.always, series: j.series },
    );
    const worldDraws = drawsFor(model, j, program, seed, worlds, beliefs);
    const recorder = record(model, j, worlds);
    for (let world = 0; world < worlds; world++) {
      recorder.keep(world, runOne(model, program, j, worldDraws, seed, world));
      done++;
      if (done % stride === 0) yield { done, total };
    }
    samples.set(keyOfJob(j), recorder.finish());
  }
  yield { done, total };
  return samples;
}

function runOne(
  model: Model,
  program: Program,
  j: Job,
  worldDraws: readonly WorldDraws[],
  seed: number,
  world: number,
): ReturnType<Program["run"]> {
  const luckSeed = j.luck === "first" ? seed : secondSeed(seed);
  try {
    return program.run({ seed: luckSeed, world, ...(worldDraws[world] as WorldDraws) });
  } catch (error) {
    throw explained(model, j, error);
  }
}

interface Recorder {
  keep(world: number, result: ReturnType<Program["run"]>): void;
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
    keep: (world, result) => {
      outcomes.forEach((kept, i) => (kept[world] = result.outcomes[i] as number));
      finals.forEach((kept, i) => (kept[world] = result.finals[i] as number));
      breaches.forEach((breach, i) => {
        if (result.always[i] === 1) return;
        breach.runs++;
        breach.first ??= world;
      });
      series.forEach((kept, i) => {
        const path = result.series[i] as Float64Array;
        for (let t = 0; t < points; t++) kept[t * worlds + world] = path[t] as number;
      });
      clampedSteps += result.clampedSteps;
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
