/** The thread that does the work: goes through inputs one after another and says which, so that whoever watches knows where it hangs. */

import { parentPort, workerData } from "node:worker_threads";
import { inputsOf } from "./inputs.mjs";
import { kinds } from "./targets.mjs";

const { seed, first, count, shared } = workerData;
const at = new Int32Array(shared);
const inputOf = inputsOf(seed);
const met = {};
// From here on it is an input that takes the time, not the start.
Atomics.store(at, 1, 1);
for (let index = first; index < first + count; index++) {
  Atomics.store(at, 0, index);
  const { kind, input } = inputOf(index);
  const started = performance.now();
  try {
    const how = `${kind}: ${await kinds[kind](input)}`;
    met[how] = (met[how] ?? 0) + 1;
  } catch (error) {
    parentPort.postMessage({
      what: "fault",
      index,
      kind,
      input,
      name: error.name,
      message: String(error.message),
      stack: String(error.stack),
    });
  }
  const took = performance.now() - started;
  if (took > 2000) parentPort.postMessage({ what: "slow", index, kind, input, took });
  if ((index + 1) % 500 === 0) {
    parentPort.postMessage({ what: "done", next: index + 1, met: { ...met } });
    for (const key of Object.keys(met)) delete met[key];
  }
}
parentPort.postMessage({ what: "done", next: first + count, met });
