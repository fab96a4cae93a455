/** Shocks of a plan in; code that draws them for both runs of a pair out. The quantile is the host's, of a uniform drawn here. */

import type { ShockPlan } from "../plan.ts";
import type { Body } from "./emit.ts";
import { get, i32, type Instruction } from "./instruction.ts";
import { uniformOf } from "./luck.ts";
import type { Workshop } from "./workshop.ts";

/** Parameters and the value itself lie in memory, where the host finds them. */
export function keepShocks(w: Workshop): void {
  for (const s of w.plan.shocks) {
    w.keep(s.slot);
    for (const slot of s.parameters.values()) w.keep(slot);
  }
}

/** Shock number `at`, of an index of its own, for the pair whose place is in a local. */
export function drawShock(
  w: Workshop,
  body: Body,
  shock: ShockPlan,
  at: number,
  place: number,
  index: readonly Instruction[],
): void {
  for (const lane of [0, 8]) {
    body.emit(get(place), i32(at), get(place), i32(lane), { op: "i32.add" });
    body.emit(...uniformOf(w, shock.key, place, lane, index), { op: "call", index: w.functionIndex("host shock") });
    body.emit({ op: "f64.store", offset: w.addressOf(shock.slot) + lane });
  }
}
