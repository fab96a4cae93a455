/** Writes the code that draws the uniforms of given keys for one run of a pair. */

import type { Key } from "../philox.ts";
import { get, i32, type Instruction } from "./instruction.ts";
import type { Workshop } from "./workshop.ts";

/** Puts a uniform on the stack: of this key, the world of the run at `lane` (0 or 8) of the pair whose place is in a local, and an index. */
export function uniformOf(
  w: Workshop,
  key: Key,
  place: number,
  lane: number,
  index: readonly Instruction[],
): readonly Instruction[] {
  return uniformAt(w, key, [get(place), i32(lane), { op: "i32.add" }], index);
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
