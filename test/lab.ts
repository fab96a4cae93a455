/** A lab on this thread with the compiled engine: the same bits as the reference, many times quicker. */

import { localLab, type Lab, type Pause } from "#ensemble/work/lab.ts";
import { engineNamed } from "#kernel/wasm/engine.ts";

/** `pause` is called between two tasks. */
export function quickLab(pause: Pause = async () => {}): Lab {
  return localLab(
    pause,
    engineNamed("wasm", globalThis, () => {}),
  );
}
