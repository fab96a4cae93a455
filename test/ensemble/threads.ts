/** Threads for tests of the pool: in this process, each message on its own turn of the loop, with faults where a test wants them. */

import { referenceEngine } from "#kernel/engine.ts";
import { pool, type Pool, type PoolSettings, type Thread, type ThreadLost } from "#ensemble/work/pool.ts";
import type { Task } from "#ensemble/work/task.ts";
import { serve, type FromWorker, type ToWorker } from "#ensemble/work/worker.ts";

/** What becomes of the n-th task that any thread is given, from 0. */
export type Fault = (nth: number) => "crash" | "hang" | "late" | null;

export interface Faulty {
  readonly pool: Pool;
  readonly losses: ThreadLost[];
  /** Started, ended, and tasks given out. */
  readonly count: { started: number; ended: number; given: number };
  /** By thread: what it was given, in order. */
  readonly given: Task[][];
}

export function faultyPool(threads: number, fault: Fault = () => null, more: Partial<PoolSettings> = {}): Faulty {
  const losses: ThreadLost[] = [];
  // The pool sets the alarm of a task before it gives the task out.
  let alarmOfTask: () => void = () => {};
  const count = { started: 0, ended: 0, given: 0 };
  const given: Task[][] = [];
  const start = (): Thread => {
    count.started++;
    const own: Task[] = [];
    given.push(own);
    let isOver = false;
    let answer: (message: FromWorker) => void = () => {};
    let crash: (error: unknown) => void = () => {};
    let work: (message: ToWorker) => void = () => {};
    serve(
      {
        post: (message) => !isOver && answer(structuredClone(message)),
        onMessage: (listener) => (work = listener),
      },
      referenceEngine,
    );
    return {
      post: (message) => {
        if (message.kind === "task") own.push(message.task);
        const what = message.kind === "task" ? fault(count.given++) : null;
        if (what === "hang") return void setImmediate(alarmOfTask);
        const then = (): void => (what === "crash" ? crash(new Error("it broke")) : work(structuredClone(message)));
        // Late: after everything else that is under way, and never before what was posted earlier.
        setImmediate(() => {
          if (what === "late") setTimeout(() => !isOver && then(), 30);
          else if (!isOver) then();
        });
      },
      onMessage: (listener) => (answer = listener),
      onError: (listener) => (crash = listener),
      end: () => {
        if (!isOver) count.ended++;
        isOver = true;
      },
    };
  };
  const made = pool({
    threads,
    start,
    onProgress: () => {},
    onLoss: (loss) => void losses.push(loss),
    alarm: (_, ring) => {
      let isSilenced = false;
      alarmOfTask = () => {
        if (!isSilenced) ring();
      };
      return () => void (isSilenced = true);
    },
    patience: 1000,
    ...more,
  });
  return { pool: made, losses, count, given };
}
