/** The thread that `reading.ts` starts: reads and checks each case that it is sent, and posts what it found. */

import { parentPort } from "node:worker_threads";
import { readModel } from "#internal.ts";
import { columnsBeside } from "./load.ts";
import type { CaseReading, ReadingTask } from "./reading.ts";

parentPort?.on("message", ({ path, documents }: ReadingTask) => {
  const [model, diagnostics] = readModel(documents, columnsBeside(path));
  parentPort?.postMessage({ documents, model, diagnostics } satisfies CaseReading);
});
