/** Runs jobs on a number of worlds, cut into tasks so that threads can share them and the work can be stopped. */

import type { Model } from "#model/model.ts";
import { keyOfJob, type Band, type Job, type Sample, type Samples } from "./jobs.ts";
import { firstAlike } from "./draws/mind.ts";
import { shortenedModel } from "./shortened.ts";
import type { Lab } from "./work/lab.ts";
import type { Proposal } from "./draws/proposal.ts";
import type { RunsResult, RunsTask } from "./work/runs-task.ts";
import { quartet } from "./statistics.ts";

/** Worlds that are chosen, and how they are drawn. */
interface ChosenWorlds {
  readonly seed: number;
  readonly worlds: readonly number[];
  /** Null: the view's own law. */
  readonly proposal: Proposal | null;
  readonly given?: ReadonlyMap<string, Float64Array>;
  /** Keep the finals alone, and end each run where they read nothing more: see `runFinals`. */
  readonly finalsOnly?: boolean;
}

/** Worlds in a task: a block of the sums (see `statistics.ts`), so that no cut changes a bit. */
const shard = 256;

/**
 * Runs every job over the same worlds 0 … worlds − 1. The samples do not depend on the order of the jobs, on the lab, nor on what else is
 * run. Rejects with `StoppedRun` when a run meets a value that is not finite or a rate below zero.
 */
export async function runJobs(
  model: Model,
  jobs: readonly Job[],
  seed: number,
  worlds: number,
  lab: Lab,
): Promise<Samples> {
  return gathered({ model, jobs, tasksFor: (j) => tasksOf(j, seed, worlds), worlds, lab });
}

interface RunFinalsInput {
  readonly model: Model;
  readonly jobs: readonly Job[];
  readonly seed: number;
  readonly worlds: number;
  readonly lab: Lab;
  readonly from?: number | undefined;
}

/**
 * As `runJobs`, but of what each run leaves only the finals asked for are kept: a case has many outcomes. `from`: the first world that is run, a multiple of 256; those
 * before it have been, whole. These end where nothing more is read, so that one which could not go on after that is not seen.
 */
export async function runFinals({ model, jobs, seed, worlds, lab, from = 0 }: RunFinalsInput): Promise<Samples> {
  const tasksFor = (j: Job): readonly RunsTask[] => tasksOf(j, seed, worlds, { from, finalsOnly: true });
  const made = { model, jobs, tasksFor, worlds: worlds - from, lab };
  return from > 0 ? gatheredShort(made) : gathered(made);
}

/** As `gathered`, each job by a model whose runs end where its finals read nothing more, if there are enough of them. */
async function gatheredShort(made: GatheredInput): Promise<Samples> {
  const { model, jobs, worlds, lab } = made;
  const byProgram = new Map<string, Job[]>();
  for (const j of jobs) {
    const { steps } = shortenedModel(model, j.finals, lab).time ?? { steps: 0 };
    const key = JSON.stringify([steps, j.situation.suppositions]);
    byProgram.set(key, [...(byProgram.get(key) ?? []), j]);
  }
  const byModel = new Map<Model, Job[]>();
  for (const some of byProgram.values())
    for (const j of some) {
      const run = some.length * worlds < worthShortening ? model : shortenedModel(model, j.finals, lab);
      byModel.set(run, [...(byModel.get(run) ?? []), j]);
    }
  const samples = new Map<string, Sample>();
  for (const [run, some] of byModel)
    for (const [key, sample] of await gathered({ ...made, model: run, jobs: some })) samples.set(key, sample);
  return samples;
}

/** Fewer runs of a program than this are made whole: a shorter one is one more for every thread and its host to compile, which takes as long as half of these runs. */
const worthShortening = 16_384;

/**
 * As `runJobs`, over worlds that are chosen and may be drawn from another law than each job's view has; samples are in the order of `worlds`. `given`:
 * unknowns that are not drawn, by name a value for each of the worlds.
 */
export async function runChosen(
  model: Model,
  jobs: readonly Job[],
  { seed, worlds, proposal, given = new Map(), finalsOnly = false }: ChosenWorlds,
  lab: Lab,
): Promise<Samples> {
  const keeps: Pick<RunsTask, "finalsOnly"> = finalsOnly ? { finalsOnly } : {};
  const tasksFor = (job: Job): readonly RunsTask[] =>
    firstsOf(worlds.length).map((first) => {
      const some = worlds.slice(first, first + shard);
      const part = Object.fromEntries([...given].map(([name, all]) => [name, all.slice(first, first + shard)]));
      const chosen = { worlds: some, proposal, given: part };
      return { kind: "runs", job, seed, first, count: some.length, chosen, ...keeps };
    });
  const made = { model, jobs, tasksFor, worlds: worlds.length, lab };
  return finalsOnly ? gatheredShort(made) : gathered(made);
}

function tasksOf(
  job: Job,
  seed: number,
  worlds: number,
  { from = 0, ...keeps }: { readonly from?: number } & Pick<RunsTask, "finalsOnly"> = {},
): readonly RunsTask[] {
  return firstsOf(worlds - from).map((past) => {
    const first = from + past;
    return { kind: "runs", job, seed, first, count: Math.min(shard, worlds - first), ...keeps };
  });
}

/** The jobs that are run: of those that differ only in views which believe the same, the first. By job, the one that is run for it. */
function runFor(model: Model, jobs: readonly Job[]): ReadonlyMap<Job, Job> {
  const alike = firstAlike(
    model,
    jobs.map((j) => j.view),
  );
  const firsts = new Map<string, Job>();
  return new Map(
    jobs.map((j) => {
      const key = JSON.stringify({ ...j, view: alike.get(j.view) });
      const first = firsts.get(key) ?? j;
      firsts.set(key, first);
      return [j, first];
    }),
  );
}

/** How many of the jobs are run. */
export function countRun(model: Model, jobs: readonly Job[]): number {
  return new Set(runFor(model, jobs).values()).size;
}

function firstsOf(worlds: number): readonly number[] {
  return Array.from({ length: Math.ceil(worlds / shard) }, (_, i) => i * shard);
}

interface GatheredInput {
  readonly model: Model;
  readonly jobs: readonly Job[];
  readonly tasksFor: (job: Job) => readonly RunsTask[];
  readonly worlds: number;
  readonly lab: Lab;
}

async function gathered({ model, jobs, tasksFor, worlds, lab }: GatheredInput): Promise<Samples> {
  const firsts = firstsOf(worlds);
  const points = (model.time?.steps ?? 0) + 1;
  const samples = new Map<string, Sample>();
  // The paths behind the quantiles of series go as soon as their job is done.
  let parts: RunsResult[] = [];
  let next = 0;
  const servedBy = runFor(model, jobs);
  const made = [...new Set(servedBy.values())];
  await lab.each(model, made.flatMap(tasksFor), (result) => {
    parts.push(result);
    if (parts.length < firsts.length) return;
    const of = made[next++] as Job;
    samples.set(keyOfJob(of), joined(of, parts, worlds, points));
    parts = [];
  });
  for (const [job, first] of servedBy) samples.set(keyOfJob(job), { ...(samples.get(keyOfJob(first)) as Sample), job });
  return samples;
}

/** The parts of a job, in world order, as one sample. */
function joined(job: Job, parts: readonly RunsResult[], worlds: number, points: number): Sample {
  const columns = (pick: (part: RunsResult) => readonly Float64Array[], of: number): readonly Float64Array[] =>
    Array.from({ length: of }, (_, i) => strung(parts.map((p) => pick(p)[i] as Float64Array)));
  return {
    job,
    runs: worlds,
    outcomes: columns((p) => p.outcomes, parts[0]?.outcomes.length ?? 0),
    finals: columns((p) => p.finals, job.finals.length),
    breaches: job.always.map((_, i) => ({
      runs: parts.reduce((n, p) => n + (p.breaches[i]?.runs ?? 0), 0),
      first: parts.find((p) => (p.breaches[i]?.first ?? null) !== null)?.breaches[i]?.first ?? null,
    })),
    bands: job.series.map((name, i) =>
      bandOf(
        name,
        parts.map((p) => p.series[i] as Float64Array),
        points,
      ),
    ),
    clampedSteps: parts.reduce((n, p) => n + p.clampedSteps, 0),
  };
}

/** The parts one behind the other. */
export function strung(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Quantiles at each of `points` times; each part lies time by time, and in each time by run. */
export function bandOf(name: string, parts: readonly Float64Array[], points: number): Band {
  const at = Array.from({ length: points }, (_, t) =>
    quartet(strung(parts.map((p) => p.subarray((t * p.length) / points, ((t + 1) * p.length) / points))).sort()),
  );
  const pick = (level: keyof (typeof at)[number]): Float64Array => Float64Array.from(at, (q) => q[level]);
  return { name, q05: pick("q05"), q25: pick("q25"), q50: pick("q50"), q75: pick("q75"), q95: pick("q95") };
}
