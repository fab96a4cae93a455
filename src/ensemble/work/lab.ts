/** Does tasks and gives their results in the order asked, on this thread or on many. */

import type { Model } from "#model/model.ts";
import { referenceEngine, type Engine } from "#kernel/engine.ts";
import { workOfRun } from "../run-cost.ts";
import { emptyShelf, type Shelf } from "./shelf.ts";
import { perform, runsIn, type ResultOf, type Task } from "./task.ts";

/** Runs done of all that were asked for. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

export interface Lab {
  /** Threads at work: how many tasks are worth cutting the work into. */
  readonly threads: number;
  /**
   * Does every task; results stand in the order of the tasks, whoever did them and whenever. Rejects with `StoppedRun` when a run cannot go
   * on (that of the first task which meets one), and with whatever stopped it when it was stopped.
   */
  perform<T extends Task>(model: Model, tasks: readonly T[]): Promise<readonly ResultOf<T>[]>;
  /** As `perform`, but hands each result over in the order of the tasks and keeps none: few more results than threads are held at a time. */
  each<T extends Task>(model: Model, tasks: readonly T[], take: Take<T>): Promise<void>;
  /** What has been found or made of a model with this lab, by what was asked: see `onceFor`. It lasts as long as the model does. */
  found(model: Model): Map<string, unknown>;
}

/** What `make` gives, made once for each key of a model: a variant of a model, say, that is then known to the threads when it comes again. */
export function onceFor<T>(lab: Lab, model: Model, key: string, make: () => T): T {
  const found = lab.found(model);
  if (!found.has(key)) found.set(key, make());
  return found.get(key) as T;
}

/** Takes the result of the task at a place. The next one comes when it has settled; rejecting ends the work. */
export type Take<T extends Task> = (result: ResultOf<T>, at: number) => Promise<void> | void;

/** Called between two tasks; whoever drives may report, wait, or stop the work by rejecting. */
export type Pause = (progress: Progress) => Promise<void>;

/** One thread, this one: nothing else happens on it while a task is done. The reference runs where no engine is given, since nothing here knows the host. */
export function localLab(pause: Pause, engine: Engine = referenceEngine): Lab {
  const shelves = new WeakMap<Model, Shelf>();
  return labOf(1, async (model, tasks, take) => {
    const shelf = shelves.get(model) ?? emptyShelf(engine);
    shelves.set(model, shelf);
    shelf.forgetDraws();
    const total = totalRuns(tasks);
    let done = 0;
    for (const [at, task] of tasks.entries()) {
      await take(perform(model, task, shelf), at);
      done += runsIn(task);
      await pause({ done, total });
    }
  });
}

/** A lab that can do `each` can `perform`. */
export function labOf(threads: number, each: Lab["each"]): Lab {
  const findings = new WeakMap<Model, Map<string, unknown>>();
  return {
    threads,
    each,
    found: (model) => {
      const known = findings.get(model) ?? new Map<string, unknown>();
      findings.set(model, known);
      return known;
    },
    perform: async <T extends Task>(model: Model, tasks: readonly T[]) => {
      const results: ResultOf<T>[] = [];
      await each(model, tasks, (result) => void results.push(result));
      return results;
    },
  };
}

/** Equations that a task costs besides its runs: compiling what it runs, at first slowly. */
const begun = 250_000;

/** What tasks cost, in equations as `workOfRun` counts them. */
export function workOfTasks(model: Model, tasks: readonly Task[]): number {
  return totalRuns(tasks) * workOfRun(model) + begun * tasks.length;
}

export function totalRuns(tasks: readonly Task[]): number {
  return tasks.reduce((n, t) => n + runsIn(t), 0);
}
