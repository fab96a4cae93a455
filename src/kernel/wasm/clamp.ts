/** Writes the code that keeps a pair's stocks within their ranges after a step, and counts the steps in which it moved one. */

import type { Body } from "./emit.ts";
import { canStop } from "./failing.ts";
import { get, i32, set } from "./instruction.ts";
import type { Workshop } from "./workshop.ts";
import { ROUNDING } from "../simulation.ts";

/** `n` is the local with the number of the step; `base` puts a stock's value at the step's start on the stack. */
export function clampStocks(w: Workshop, body: Body, n: number, base: (stock: number) => void): void {
  const moved = body.local("v128");
  const ranged = w.plan.stocks
    .map((stock, index) => ({ stock, index, x: -1, y: -1 }))
    .filter(({ stock }) => stock.low !== null || stock.high !== null)
    .map((one) => ({ ...one, x: body.local("v128"), y: body.local("v128") }));
  if (ranged.length === 0) return;
  body.emit({ op: "v128.const", lanes: [0n, 0n] }, set(moved));
  for (const { stock, x, y } of ranged) {
    const clamp = (): void => {
      const address = w.addressOf(stock.slot);
      body.load(address);
      body.emit({ op: "local.tee", index: x });
      if (stock.low !== null) {
        w.push(body, stock.low);
        body.emit({ op: "f64x2.pmax" });
      }
      if (stock.high !== null) {
        w.push(body, stock.high);
        body.emit({ op: "f64x2.pmin" });
      }
      body.emit(set(y));
      body.store(address, () => body.emit(get(y)));
      body.emit(get(moved), get(x), get(y), { op: "f64x2.ne" }, { op: "v128.or" }, set(moved));
    };
    if (stock.heldFrom === Infinity) clamp();
    else {
      body.emit(get(n), i32(stock.heldFrom), { op: "i32.lt_u" });
      // Both are equal where the range does not count.
      body.when(clamp, () => body.emit(get(y), set(x)));
    }
  }
  body.emit(get(moved), { op: "v128.any_true" });
  body.when(() => count(w, body, moved, ranged, base));
}

/** Rounding moves nothing: a part of a stock's size no larger than `ROUNDING`. */
function count(
  w: Workshop,
  body: Body,
  moved: number,
  ranged: readonly { readonly index: number; readonly x: number; readonly y: number }[],
  base: (stock: number) => void,
): void {
  const constant = (value: number): void => body.emit(i32(0), { op: "v128.load", offset: w.layout.constant(value) });
  body.emit({ op: "v128.const", lanes: [0n, 0n] }, set(moved));
  for (const { index, x, y } of ranged) {
    body.emit(get(moved), get(y), get(x), { op: "f64x2.sub" }, { op: "f64x2.abs" });
    constant(ROUNDING);
    base(index);
    body.emit({ op: "f64x2.abs" }, get(y), { op: "f64x2.abs" }, { op: "f64x2.pmax" }, { op: "f64x2.mul" });
    body.emit({ op: "f64x2.gt" }, { op: "v128.or" }, set(moved));
  }
  const address = w.variable("clamped");
  body.store(address, () => {
    body.load(address);
    body.emit(get(moved));
    if (canStop(w)) {
      body.load(w.variable("alive"));
      body.emit({ op: "v128.and" });
    }
    constant(1);
    body.emit({ op: "v128.and" }, { op: "f64x2.add" });
  });
}
