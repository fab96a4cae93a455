/** Where work is done: tasks in, their results in the order asked out, on this thread or on many. */

import type { Model } from "#model/model.ts";
import { referenceEngine, type Engine } from "#kernel/engine.ts";
import { emptyShelf } from "./shelf.ts";
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
   * on, and with whatever stopped it when it was stopped.
   */
  perform<T extends Task>(model: Model, tasks: readonly T[]): Promise<readonly ResultOf<T>[]>;
}

/** Called between two tasks; whoever drives may report, wait, or stop the work by rejecting. */
export type Pause = (progress: Progress) => Promise<void>;

/** One thread, this one: nothing else happens on it while a task is done. */
export function localLab(pause: Pause, engine: Engine = referenceEngine): Lab {
  return {
    threads: 1,
    perform: async (model, tasks) => {
      const shelf = emptyShelf(engine);
      const total = tasks.reduce((n, t) => n + runsIn(t), 0);
      const results = [];
      let done = 0;
      for (const task of tasks) {
        results.push(perform(model, task, shelf));
        done += runsIn(task);
        await pause({ done, total });
      }
      return results;
    },
  };
}
