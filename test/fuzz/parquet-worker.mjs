/** The thread of `parquet-reader.mjs`: says that it is ready, then answers each file's bytes with its text, null where it is refused, or the stack of a bug. */

import { parentPort } from "node:worker_threads";
import { Refused } from "../../dist/text/refused.js";
import { csvOfParquet } from "../../dist/cli/parquet-rows.js";

parentPort.on("message", (bytes) => {
  try {
    parentPort.postMessage({ text: csvOfParquet(bytes, "fuzz.parquet") });
  } catch (error) {
    if (error instanceof Refused) parentPort.postMessage({ text: null });
    else parentPort.postMessage({ text: null, bug: String(error?.stack) });
  }
});
parentPort.postMessage("ready");
