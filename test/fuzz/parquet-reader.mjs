/**
 * Reads Parquet files as `src/cli/parquet.ts` does, one after another on one thread: starting a thread costs a hundred times what most damaged files do. A file that keeps the thread
 * ends it, and counts as refused, as it does there; `test/cli/parquet.test.ts` holds the product's own way.
 */

import { Worker } from "node:worker_threads";

/** Milliseconds after which a file counts as one that does not end. */
const patience = 3000;

/** The thread that stands, once it is ready: its start is no file's time. */
let thread = null;

function startThread() {
  const started = new Worker(new URL("./parquet-worker.mjs", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  return new Promise((resolve, reject) => {
    started.once("error", reject);
    started.once("message", () => {
      started.removeAllListeners("error");
      resolve(started);
    });
  });
}

/** The file's text, or null where it is refused or does not end. Throws what the reader throws, other than refusals. */
export async function readOnThread(bytes) {
  thread ??= startThread();
  const own = await thread;
  return await new Promise((resolve, reject) => {
    const end = () => {
      own.removeAllListeners();
      own.on("error", () => {});
      void own.terminate();
      thread = null;
      resolve(null);
    };
    const timer = setTimeout(end, patience);
    own.once("error", () => {
      clearTimeout(timer);
      end();
    });
    own.once("message", ({ text, bug }) => {
      clearTimeout(timer);
      own.removeAllListeners("error");
      own.unref();
      if (bug === undefined) resolve(text);
      else reject(new Error(bug));
    });
    own.ref();
    own.postMessage(bytes);
  });
}
