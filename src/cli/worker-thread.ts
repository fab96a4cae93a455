/** What runs on each thread of the command line: tasks in from the main thread, results out. */

import { parentPort } from "node:worker_threads";
import { referenceEngine, serve } from "#casus.ts";

if (parentPort === null) throw new Error("worker-thread is started by the command line, as a thread");
const port = parentPort;
serve(
  {
    post: (message, transfer) => port.postMessage(message, transfer),
    onMessage: (listener) => void port.on("message", listener),
  },
  referenceEngine,
);
