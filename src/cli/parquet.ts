/** Reads a Parquet file as the text of a CSV, so that a record may lie in one: on a thread of its own, since damaged bytes may keep the library for ever. */

import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from "node:worker_threads";
import { Usage } from "./disk.ts";

/** What the thread is given. */
export interface ParquetTask {
  readonly bytes: Uint8Array;
  readonly called: string;
  /** Becomes 1 when the answer has been posted. */
  readonly signal: Int32Array<SharedArrayBuffer>;
  readonly port: MessagePort;
}

/** What it posts. */
export type ParquetAnswer = { readonly text: string } | { readonly refused: string } | { readonly bug: string };

/** Milliseconds that a file of the size allowed never takes. */
const usualPatience = 20_000;

/** One line of names, then one for each row. Throws `Usage` for what is no Parquet file, holds lists or records, or is too large. The caller waits. */
export function readParquet(bytes: Uint8Array, called: string, patience = usualPatience): string {
  const { port1: here, port2: port } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL("./parquet-thread.js", import.meta.url), {
    workerData: { bytes, called, signal, port } satisfies ParquetTask,
    transferList: [port],
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  worker.on("error", () => {});
  worker.unref();
  const how = Atomics.wait(signal, 0, 0, patience);
  const answer = receiveMessageOnPort(here)?.message as ParquetAnswer | undefined;
  here.close();
  void worker.terminate();
  if (how === "timed-out" || answer === undefined)
    throw new Usage(`${called} is no Parquet file that can be read: it does not come to an end; it may be damaged`);
  if ("refused" in answer) throw new Usage(answer.refused);
  if ("bug" in answer) throw new Error(answer.bug);
  return answer.text;
}
