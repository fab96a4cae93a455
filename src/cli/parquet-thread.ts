/** The thread that `parquet.ts` starts: reads one Parquet file and posts its text. */

import { parentPort, workerData } from "node:worker_threads";
import { Usage } from "./disk.ts";
import { csvOfParquet } from "./parquet-rows.ts";
import type { ParquetAnswer, ParquetTask } from "./parquet.ts";

const { bytes, called, signal, port } = workerData as ParquetTask;

function answer(): ParquetAnswer {
  try {
    return { text: csvOfParquet(bytes, called) };
  } catch (error) {
    if (error instanceof Usage) return { refused: error.reason };
    return { bug: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

if (parentPort !== null) {
  port.postMessage(answer());
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
}
