/** Runs that stop before their time: code that keeps their state while the other run of the pair goes on, and gives it back at the end. */

import type { Body } from "./emit.ts";
import { canStop } from "./failing.ts";
import { get, i32, set, type Instruction } from "./instruction.ts";
import type { Stores } from "./step.ts";
import type { Workshop } from "./workshop.ts";

/** `set aside(n, lane)`: copies the state read at step n, and counts the run out. `give back(at, lane)`: the state again, and its paths repeated to the end; `at` is where the run, not the pair, lies in the columns. */
export function planAside(w: Workshop, stores: Stores): void {
  if (!canStop(w)) return;
  let aside = 0;
  w.add({
    name: "set aside",
    parameters: ["i32", "i32"],
    results: [],
    form: "single",
    write: (body) => {
      const [n, lane] = [0, 1] as const;
      const { begin, end } = w.state;
      aside = w.layout.reserve(end - begin);
      body.emit(get(lane), i32(0), { op: "i32.store", offset: w.variable("stopping") });
      body.emit(get(lane), { op: "i64.const", value: 0n }, { op: "i64.store", offset: w.variable("alive") });
      body.store(w.variable("stopped at"), () => body.emit(get(n), { op: "f64.convert_i32_u" }));
      copy(w, body, lane, begin, aside, end - begin);
    },
  });
  w.add({
    name: "give back",
    parameters: ["i32", "i32"],
    results: [],
    form: "single",
    write: (body) => {
      const [at, lane] = [0, 1] as const;
      const { begin, end } = w.state;
      const stopped = body.local("i32");
      copy(w, body, lane, aside, begin, end - begin);
      body.load(w.variable("stopped at"));
      body.emit({ op: "i32.trunc_sat_f64_s" }, set(stopped));
      for (const path of stores.paths) repeat(w, body, stopped, [get(lane)], path, w.tileBytes);
      w.plan.integrands.forEach((of, i) => {
        const [values, path] = [stores.paths[of], stores.paths[i]];
        if (values !== undefined && path !== undefined) goOnGrowing(w, body, stopped, lane, values, path);
      });
      for (const series of stores.series) repeat(w, body, stopped, [get(at)], series, stores.pointBytes);
    },
  });
}

/** Every value of one run of the pair. */
function copy(w: Workshop, body: Body, lane: number, from: number, to: number, bytes: number): void {
  const [place, last] = [body.local("i32"), body.local("i32")];
  body.emit(get(lane), i32(bytes), { op: "i32.add" }, set(last), get(lane), set(place), { op: "loop", result: null });
  body.emit(get(place), get(place), { op: "i64.load", offset: from }, { op: "i64.store", offset: to });
  body.emit(get(place), i32(w.tileBytes), { op: "i32.add" }, { op: "local.tee", index: place });
  body.emit(get(last), { op: "i32.lt_u" }, { op: "br_if", index: 0 }, { op: "end" });
}

/** The value at the step it stopped at, in all later ones. */
function repeat(
  w: Workshop,
  body: Body,
  stopped: number,
  base: readonly Instruction[],
  offset: number,
  pointBytes: number,
): void {
  const [n, kept] = [body.local("i32"), body.local("f64")];
  const at = (step: number): readonly Instruction[] => [
    ...([get(step), i32(pointBytes), { op: "i32.mul" }] as const),
    ...base,
    { op: "i32.add" },
  ];
  body.emit(...at(stopped), { op: "f64.load", offset }, set(kept), get(stopped), set(n));
  body.emit({ op: "block", result: null }, { op: "loop", result: null });
  body.emit(get(n), i32(1), { op: "i32.add" }, { op: "local.tee", index: n });
  body.emit(i32(w.plan.frame.steps), { op: "i32.gt_s" }, { op: "br_if", index: 1 });
  body.emit(...at(n), get(kept), { op: "f64.store", offset }, { op: "br", index: 0 }, { op: "end" }, { op: "end" });
}

/** A running total goes on with the value that the run left: each later one is the one before and that value times dt. */
function goOnGrowing(w: Workshop, body: Body, stopped: number, lane: number, values: number, path: number): void {
  const [n, by, total] = [body.local("i32"), body.local("f64"), body.local("f64")];
  const at = (step: number): readonly Instruction[] => [
    ...([get(step), i32(w.tileBytes), { op: "i32.mul" }] as const),
    ...([get(lane), { op: "i32.add" }] as const),
  ];
  body.emit(...at(stopped), { op: "f64.load", offset: values }, { op: "f64.const", value: w.plan.frame.dt });
  body.emit({ op: "f64.mul" }, set(by), ...at(stopped), { op: "f64.load", offset: path }, set(total));
  body.emit(get(stopped), set(n), { op: "block", result: null }, { op: "loop", result: null });
  body.emit(get(n), i32(1), { op: "i32.add" }, { op: "local.tee", index: n });
  body.emit(i32(w.plan.frame.steps), { op: "i32.gt_s" }, { op: "br_if", index: 1 });
  body.emit(get(total), get(by), { op: "f64.add" }, set(total));
  body.emit(...at(n), get(total), { op: "f64.store", offset: path }, { op: "br", index: 0 }, { op: "end" });
  body.emit({ op: "end" });
}
