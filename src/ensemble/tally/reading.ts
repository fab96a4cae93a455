/** What is to be kept of many runs without keeping the runs: jobs, columns whose moments count, columns whose quantiles do. */

import { keyOfJob, type Job } from "../jobs.ts";
import type { SketchGrid } from "./sketch.ts";

/** A value for each run, of the job at place `job` of the plan. Finals are places in that job's `finals`. */
export type TallyColumn =
  | { readonly kind: "outcome"; readonly job: number; readonly outcome: number }
  /** 1 where a category is the word at that place, otherwise 0. */
  | { readonly kind: "is"; readonly job: number; readonly outcome: number; readonly word: number }
  | { readonly kind: "final"; readonly job: number; readonly of: number }
  /** `given` · `of`: what a conditional figure sums. */
  | { readonly kind: "product"; readonly job: number; readonly of: number; readonly given: number };

/** A column whose quantiles are wanted, over the runs where the final `given` of its job is not 0 (null: all). */
export interface Ranked {
  readonly column: TallyColumn;
  readonly given: number | null;
}

export interface TallyPlan {
  readonly jobs: readonly Job[];
  /** Columns whose joint moments are wanted. */
  readonly groups: readonly (readonly TallyColumn[])[];
  readonly ranked: readonly Ranked[];
}

/** A plan with how fine to count: by ranked column; and by job, series and time. */
export interface TallyReading extends TallyPlan {
  readonly grids: readonly SketchGrid[];
  readonly seriesGrids: readonly (readonly (readonly SketchGrid[])[])[];
}

/** The place of a job in a plan. Throws when the plan has not got it. */
export function placeOf(plan: Pick<TallyPlan, "jobs">, job: Pick<Job, "view" | "situation" | "luck">): number {
  const key = keyOfJob(job);
  const place = plan.jobs.findIndex((j) => keyOfJob(j) === key);
  if (place < 0) throw new Error(`not run: ${key}`);
  return place;
}

/** A plan in which nothing is asked for twice. */
export function planOf(
  jobs: readonly Job[],
  groups: readonly (readonly TallyColumn[])[],
  ranked: readonly Ranked[],
): TallyPlan {
  return { jobs, groups: distinct(groups), ranked: distinct(ranked) };
}

function distinct<T>(all: readonly T[]): readonly T[] {
  return [...new Map(all.map((x) => [JSON.stringify(x), x])).values()];
}
