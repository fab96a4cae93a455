/** A piece of work that any thread can do alone, and what it leaves: plain data, both ways, so that it can be posted to a worker. */

import type { Model } from "#model/model.ts";
import { performRows, type RowsResult, type RowsTask } from "./rows-task.ts";
import { performRuns, type RunsResult, type RunsTask } from "./runs-task.ts";
import { performPick, type PickResult, type PickTask } from "./pick-task.ts";
import type { Shelf } from "./shelf.ts";
import { performSweep, type SweepResult, type SweepTask } from "./sweep-task.ts";
import { performTally, type TallyResult, type TallyTask } from "./tally-task.ts";

/** One kind for each sort of work. What a task leaves depends on the model and the task alone, to the last bit. */
export type Task = RowsTask | RunsTask | SweepTask | TallyTask | PickTask;

type AnyResult = RowsResult | RunsResult | SweepResult | TallyResult | PickResult;

/** What a task of that kind leaves. Its arrays belong to whoever asked. */
export type ResultOf<T extends Task> = Extract<AnyResult, { readonly kind: T["kind"] }>;

/** Simulated runs in a task, for progress and for sharing work out evenly. */
export function runsIn(task: Task): number {
  switch (task.kind) {
    case "rows":
    case "runs":
      return task.count;
    case "sweep":
      return task.patterns.length * task.size * task.settings.length;
    case "tally":
      return task.count * task.reading.jobs.length;
    case "pick":
      return (3 + task.groups.length) * task.count * task.settings.length;
  }
}

/** What tasks that are best done by one thread have in common: the worlds whose draws they share. Null where a task shares none. */
export function sharedBy(task: Task): string | null {
  return task.kind === "runs" || task.kind === "rows" ? String(task.first) : null;
}

/** The program that a task runs, as far as tasks of one model can have different ones; null for one that runs several, or none of its own. */
export function programKey(task: Task): string | null {
  if (task.kind !== "runs") return null;
  const { situation, always, series } = task.job;
  return JSON.stringify([situation.suppositions, always, series]);
}

/** Does the work. `shelf` keeps what tasks of one model share (compiled programs); it changes no result. Throws `StoppedRun`. */
export function perform<T extends Task>(model: Model, task: T, shelf: Shelf): ResultOf<T> {
  return performAny(model, task, shelf) as ResultOf<T>;
}

function performAny(model: Model, task: Task, shelf: Shelf): ResultOf<Task> {
  switch (task.kind) {
    case "rows":
      return performRows(model, task, shelf);
    case "runs":
      return performRuns(model, task, shelf);
    case "sweep":
      return performSweep(model, task, shelf);
    case "tally":
      return performTally(model, task, shelf);
    case "pick":
      return performPick(model, task, shelf);
  }
}
