/** A piece of work that any thread can do alone, and what it leaves: plain data, both ways, so that it can be posted to a worker. */

import type { Model } from "#model/model.ts";
import { performRuns, type RunsResult, type RunsTask } from "./runs-task.ts";
import type { Shelf } from "./shelf.ts";
import { performSweep, type SweepResult, type SweepTask } from "./sweep-task.ts";

/** One kind for each sort of work. What a task leaves depends on the model and the task alone, to the last bit. */
export type Task = RunsTask | SweepTask;

/** What a task of that kind leaves. */
export type ResultOf<T extends Task> = Extract<RunsResult | SweepResult, { readonly kind: T["kind"] }>;

/** Simulated runs in a task, for progress and for sharing work out evenly. */
export function runsIn(task: Task): number {
  switch (task.kind) {
    case "runs":
      return task.count;
    case "sweep":
      return task.patterns.length * task.size * task.settings.length;
  }
}

/** Does the work. `shelf` keeps what tasks of one model share (compiled programs); it changes no result. Throws `StoppedRun`. */
export function perform<T extends Task>(model: Model, task: T, shelf: Shelf): ResultOf<T> {
  switch (task.kind) {
    case "runs":
      return performRuns(model, task, shelf) as ResultOf<T>;
    case "sweep":
      return performSweep(model, task, shelf) as ResultOf<T>;
  }
}
