/** Keys in; code that draws their uniforms for one run of a pair out. */

import type { Key } from "../philox.ts";
import { i32, type Instruction } from "./instruction.ts";
import type { Workshop } from "./workshop.ts";

/** Puts a uniform on the stack: of this key, the world of the run at `lane` (0 or 8), and an index. */
export function uniformOf(w: Workshop, key: Key, lane: number, index: readonly Instruction[]): readonly Instruction[] {
  return uniformAt(w, key, [i32(lane)], index);
}

/** The same where the place of the run is known only when it runs. */
export function uniformAt(
  w: Workshop,
  key: Key,
  lane: readonly Instruction[],
  index: readonly Instruction[],
): readonly Instruction[] {
  return [
    i32(key.low | 0),
    i32(key.high | 0),
    ...lane,
    { op: "i32.load", offset: w.variable("world") },
    ...index,
    { op: "call", index: w.functionIndex("uniform") },
  ];
}
