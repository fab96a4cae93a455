/** Runs on each thread of the command line: takes tasks from the main thread, posts their results. */

import { parentPort, workerData } from "node:worker_threads";
import { engineNamed, serve, type Engine } from "#internal.ts";

if (parentPort === null) throw new Error("worker-thread is started by the command line, as a thread");
const port = parentPort;

const told = new Set<string>();
/** Once a thread, however many programs it concerns. */
function tell(note: string): void {
  if (!told.has(note)) process.stderr.write(`casus: ${note}\n`);
  told.add(note);
}

serve(
  {
    post: (message, transfer) => port.postMessage(message, transfer),
    onMessage: (listener) => void port.on("message", listener),
  },
  engineNamed((workerData as { readonly engine: Engine["name"] }).engine, globalThis, tell),
);
