/** A piece of work that any thread can do alone, and what it leaves: plain data, both ways, so that it can be posted to a worker. */

import type { Model } from "#model/model.ts";
import { performRuns, type RunsResult, type RunsTask } from "./runs-task.ts";
import type { Shelf } from "./shelf.ts";

/** One kind for each sort of work. What a task leaves depends on the model and the task alone, to the last bit. */
export type Task = RunsTask;

/** What a task of that kind leaves. */
export type ResultOf<T extends Task> = Extract<RunsResult, { readonly kind: T["kind"] }>;

/** Simulated runs in a task, for progress and for sharing work out evenly. */
export function runsIn(task: Task): number {
  return task.count;
}

/** Does the work. `shelf` keeps what tasks of one model share (compiled programs); it changes no result. Throws `StoppedRun`. */
export function perform<T extends Task>(model: Model, task: T, shelf: Shelf): ResultOf<T> {
  return performRuns(model, task, shelf) as ResultOf<T>;
}
