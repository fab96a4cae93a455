/** Threads of Node for a pool. */

import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Engine, FromWorker, PoolSettings, Thread } from "#internal.ts";

/** One for each core, as long as there is use for more. */
export const usualThreads = Math.min(availableParallelism(), 8);

/** `entry`: the compiled `worker-thread`. */
export function startThread(
  engine: Engine["name"],
  entry: URL = new URL("./worker-thread.js", import.meta.url),
): Thread {
  // What a thread says on its own, such as a warning, is not lost; it does not keep the program alive.
  const worker = new Worker(entry, { workerData: { engine } });
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => void worker.on("message", (message: FromWorker) => listener(message)),
    onError: (listener) => {
      worker.on("error", listener);
      worker.on("messageerror", listener);
      worker.on("exit", (code) => listener(new Error(`it ended with code ${code}`)));
    },
    end: () => void worker.terminate(),
  };
}

/** Milliseconds after which a thread that does not answer counts as hung: a task is a few hundred runs. */
export const patience = 300_000;

/** An alarm by Node's clock. */
export const alarm: PoolSettings["alarm"] = (milliseconds, ring) => {
  const timer = setTimeout(ring, milliseconds);
  return () => clearTimeout(timer);
};
