/** Runs on each thread that `threads.ts` starts, in Node and in browsers: takes tasks, posts their results. */

import { serve, type FromWorker, type ToWorker } from "#ensemble/work/worker.ts";
import { fastestEngine } from "./threads.ts";

interface NodePort {
  postMessage(message: FromWorker, transfer: readonly ArrayBuffer[]): void;
  on(event: "message", listener: (message: ToWorker) => void): void;
}

interface BrowserScope {
  postMessage(message: FromWorker, transfer: readonly ArrayBuffer[]): void;
  addEventListener(kind: "message", listener: (event: { readonly data: ToWorker }) => void): void;
}

const node = (
  globalThis as { readonly process?: { getBuiltinModule?: (name: string) => unknown } }
).process?.getBuiltinModule?.("node:worker_threads") as { readonly parentPort: NodePort | null } | undefined;

if (node?.parentPort !== null && node?.parentPort !== undefined) {
  const port = node.parentPort;
  serve(
    {
      post: (message, transfer) => port.postMessage(message, transfer),
      onMessage: (listener) => port.on("message", listener),
    },
    fastestEngine(),
  );
} else {
  const scope = globalThis as unknown as BrowserScope;
  serve(
    {
      post: (message, transfer) => scope.postMessage(message, transfer),
      onMessage: (listener) => scope.addEventListener("message", ({ data }) => listener(data)),
    },
    fastestEngine(),
  );
}
