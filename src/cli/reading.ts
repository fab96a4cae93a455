/** Reads cases for the language server on a thread of its own, so that no answer waits until a case has been read and checked. */

import { Worker } from "node:worker_threads";
import type { Diagnostic, Document, Model } from "#internal.ts";

/** What the thread is asked to read. */
export interface ReadingTask {
  readonly path: string;
  readonly documents: readonly Document[];
}

/** What it posts: the documents read, and what they say or what is wrong in them. */
export interface CaseReading {
  readonly documents: readonly Document[];
  readonly model: Model | null;
  readonly diagnostics: readonly Diagnostic[];
}

export type ReadCase = (task: ReadingTask) => Promise<CaseReading>;

interface Asked {
  readonly task: ReadingTask;
  readonly answer: (reading: CaseReading) => void;
  readonly fail: (error: Error) => void;
}

/** Starts the thread when it is first asked. One case is read after another; of what waits, the newest text of each case stands for the older ones. */
export function readingThread(): { readonly read: ReadCase; readonly close: () => void } {
  let worker: Worker | null = null;
  let now: readonly Asked[] = [];
  let waiting: Asked[] = [];

  const failAll = (error: Error): void => {
    worker = null;
    const all = [...now, ...waiting];
    now = [];
    waiting = [];
    for (const { fail } of all) fail(error);
  };
  const started = (): Worker => {
    const thread = new Worker(new URL("./reading-thread.js", import.meta.url));
    thread.on("message", (reading: CaseReading) => {
      for (const { answer } of now) answer(reading);
      now = [];
      next();
    });
    thread.on("error", failAll);
    thread.unref();
    return thread;
  };
  const next = (): void => {
    const last = waiting.at(-1);
    if (now.length > 0 || last === undefined) return;
    now = waiting.filter(({ task }) => task.path === last.task.path);
    waiting = waiting.filter(({ task }) => task.path !== last.task.path);
    worker ??= started();
    worker.postMessage(last.task);
  };
  return {
    read: (task) =>
      new Promise((answer, fail) => {
        waiting.push({ task, answer, fail });
        next();
      }),
    close: () => void worker?.terminate(),
  };
}
