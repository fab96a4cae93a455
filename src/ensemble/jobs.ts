/** The distinct sets of runs that serve several findings, and their values afterwards. */

import type { Expression } from "#model/expression.ts";
import { keyOfSituation, type Situation } from "./situation.ts";

/** `first`: each world's own. The others meet the same beliefs with luck of their own. */
export type Luck = "first" | "second" | `replicate ${number}`;

/** One set of runs and what to keep of each run. */
export interface Job {
  readonly view: string;
  readonly situation: Situation;
  /** By view, another one that is seen through in its place, by whoever's rules see through it. The worlds stay the job's view's. */
  readonly eyes: Readonly<Record<string, string>>;
  /** `first`: each world's own luck. `second`: the same beliefs met by other luck, to tell the two apart. */
  readonly luck: Luck;
  /** Kept by run, beside the outcomes, which always are. */
  readonly finals: readonly Expression[];
  readonly always: readonly Expression[];
  /** Stocks and lets whose quantiles over runs are kept at each step. */
  readonly series: readonly string[];
}

/** A job with only what differs from keeping nothing but the outcomes. */
export function job(view: string, situation: Situation, keep: Partial<Omit<Job, "view" | "situation">> = {}): Job {
  return { view, situation, eyes: {}, luck: "first", finals: [], always: [], series: [], ...keep };
}

export function keyOfJob(j: Pick<Job, "view" | "situation" | "luck"> & Partial<Pick<Job, "eyes">>): string {
  const eyes = Object.entries(j.eyes ?? {});
  return JSON.stringify([j.view, j.luck, keyOfSituation(j.situation), ...(eyes.length === 0 ? [] : [eyes])]);
}

/** One job for each distinct (view, situation, eyes, luck), keeping what any of them keeps. In order of first mention. */
export function merged(jobs: readonly Job[]): readonly Job[] {
  const found = new Map<string, Job>();
  for (const j of jobs) {
    const key = keyOfJob(j);
    const known = found.get(key);
    found.set(
      key,
      known === undefined
        ? { ...j, finals: distinct([], j.finals), always: distinct([], j.always), series: [...new Set(j.series)] }
        : {
            ...known,
            finals: distinct(known.finals, j.finals),
            always: distinct(known.always, j.always),
            series: [...new Set([...known.series, ...j.series])],
          },
    );
  }
  return [...found.values()];
}

function distinct(some: readonly Expression[], more: readonly Expression[]): readonly Expression[] {
  const seen = new Map(some.map((e) => [JSON.stringify(e), e]));
  for (const e of more) if (!seen.has(JSON.stringify(e))) seen.set(JSON.stringify(e), e);
  return [...seen.values()];
}

/** Quantiles over runs at each of steps + 1 times. */
export interface Band {
  readonly name: string;
  readonly q05: Float64Array;
  readonly q25: Float64Array;
  readonly q50: Float64Array;
  readonly q75: Float64Array;
  readonly q95: Float64Array;
}

/** What a job left. Arrays over runs are in world order. */
export interface Sample {
  readonly job: Job;
  readonly runs: number;
  /** By outcome of the model, then by run. */
  readonly outcomes: readonly Float64Array[];
  /** By final of the job, then by run. */
  readonly finals: readonly Float64Array[];
  /** By `always` of the job: the runs in which it was false at some step, and the first of them. */
  readonly breaches: readonly { readonly runs: number; readonly first: number | null }[];
  readonly bands: readonly Band[];
  /** Steps in which a clamp moved a stock, over all runs. */
  readonly clampedSteps: number;
}

/** Finished jobs by key. */
export type Samples = ReadonlyMap<string, Sample>;

/** Throws when it was not run: whoever reads must have asked before. */
export function sampleOf(
  samples: Samples,
  view: string,
  situation: Situation,
  luck: Job["luck"] = "first",
  eyes: Job["eyes"] = {},
): Sample {
  const key = keyOfJob({ view, situation, luck, eyes });
  const found = samples.get(key);
  if (found === undefined) throw new Error(`not run: ${key}`);
  return found;
}

/** The values by run of an expression the sample's job kept. */
export function finalOf(sample: Sample, expression: Expression): Float64Array {
  const key = JSON.stringify(expression);
  const index = sample.job.finals.findIndex((e) => JSON.stringify(e) === key);
  const values = sample.finals[index];
  if (values === undefined) throw new Error(`not kept: ${key}`);
  return values;
}
