/** What is worked out when a pair of runs has ended: statistics over recorded paths, outcomes, and all that leaves, laid in its columns. */

import type { EndPart, EventPlan } from "../plan.ts";
import { firstStepFrom, lastStepTo, nearestStep } from "../moments.ts";
import type { Columns } from "./columns.ts";
import type { Body } from "./emit.ts";
import { canStop, together, unlessStrayed } from "./failing.ts";
import { get, i32, set, type Instruction } from "./instruction.ts";
import type { Stores } from "./step.ts";
import type { Symbols } from "./symbols.ts";
import type { Workshop } from "./workshop.ts";

const at = 0;
const place = 1;

/** `end(at, place)`: `at` is where the pair lies in the columns. */
export function planEnd(w: Workshop, stores: Stores, columns: Columns): void {
  const { plan } = w;
  const parts = plan.end.map((part): ((body: Body) => void) => {
    if (part.kind === "over") return planOver(w, stores, part);
    const s = w.symbols("pair");
    s.run(part.code);
    const fails = together(s, unlessStrayed(s));
    return (body) => keep(w, body, s, fails);
  });
  const left = [...plan.outcomes.map((o) => o.slot), ...plan.finals];
  for (const slot of left) w.keep(slot);
  for (const { slots } of plan.events) {
    w.keep(slots.count);
    w.keep(slots.first);
  }
  w.add({
    name: "end",
    parameters: ["i32", "i32"],
    results: [],
    form: "pair",
    write: (body) => {
      if (canStop(w))
        for (const lane of [0, 8]) {
          const offset = w.variable("stopped at") + lane;
          body.emit(get(place), { op: "f64.load", offset }, { op: "f64.const", value: 0 }, { op: "f64.ge" });
          body.when(() => {
            body.emit(get(at), i32(lane), { op: "i32.add" }, get(place), i32(lane), { op: "i32.add" });
            body.emit({ op: "call", index: w.functionIndex("give back") });
          });
        }
      for (const write of parts) write(body);
      takeOut(w, body, columns);
    },
  });
}

/** Writes what a tape leaves for others. */
function keep(w: Workshop, body: Body, s: Symbols, fails: number | null): void {
  const needed = w.needed(s);
  const roots = [...needed.map(([, node]) => node), ...(fails === null ? [] : [fails])];
  const computation = body.begin(s.graph, roots);
  computation.need(roots);
  w.keepWritten(body, needed, computation);
  if (fails === null) return;
  const failed = w.variable("failed");
  body.store(failed, () => {
    body.load(failed);
    computation.push(fails);
    body.emit({ op: "f64x2.add" });
  });
}

/** A statistic over a path. Between dates known now it is a loop for both runs; else the host works it out, run by run. */
function planOver(
  w: Workshop,
  stores: Stores,
  part: Extract<EndPart, { readonly kind: "over" }>,
): (body: Body) => void {
  const { frame, end } = w.plan;
  const [from, to] = [part.from, part.to].map((slot) => frame.memory.constants.get(slot));
  const pathOf = (): number => stores.paths[part.path] as number;
  // Of a part that adds nothing up any address will do.
  const totalOf = (): number => stores.paths[part.integral] ?? pathOf();
  w.keep(part.slot);
  if (from !== undefined && to !== undefined)
    return (body) => body.store(w.addressOf(part.slot), () => overKnown(w, body, part, pathOf(), totalOf(), from, to));
  for (const slot of [part.from, part.to]) w.keep(slot);
  const index = end.indexOf(part);
  return (body) => {
    for (const lane of [0, 8]) {
      const dates = [part.from, part.to].map((slot): readonly Instruction[] => {
        const known = frame.memory.constants.get(slot);
        return known === undefined
          ? [get(place), { op: "f64.load", offset: w.addressOf(slot) + lane }]
          : [{ op: "f64.const", value: known }];
      });
      const addressOf = (path: number): readonly Instruction[] => [get(place), i32(path + lane), { op: "i32.add" }];
      body.emit(get(place), i32(index), ...addressOf(pathOf()), ...addressOf(totalOf()), ...dates.flat());
      body.emit({ op: "call", index: w.functionIndex("host over") });
      body.emit({ op: "f64.store", offset: w.addressOf(part.slot) + lane });
    }
  };
}

/** As `path.ts` has it. Leaves the value on the stack. */
function overKnown(
  w: Workshop,
  body: Body,
  { statistic, integral }: Extract<EndPart, { readonly kind: "over" }>,
  path: number,
  total: number,
  from: number,
  to: number,
): void {
  const { dt, steps } = w.plan.frame;
  const constant = (value: number): void => body.emit(i32(0), { op: "v128.load", offset: w.layout.constant(value) });
  const pointOf = (values: number, n: number): void =>
    body.emit(get(place), { op: "v128.load", offset: values + w.tileBytes * n });
  const point = (n: number): void => pointOf(path, n);
  if (from !== from || to !== to) return constant(NaN);
  if (statistic === "final") return point(steps);
  if (statistic === "at") return point(nearestStep(from, dt, steps));
  const first = firstStepFrom(from, dt);
  const gathered = body.local("v128");
  const until = Math.min(steps, firstStepFrom(to, dt));
  const isMean = statistic === "mean";
  if (statistic === "total" || (isMean && first < until)) {
    if (first >= until) return constant(0);
    if (integral >= 0) {
      pointOf(total, until);
      pointOf(total, first);
      body.emit({ op: "f64x2.sub" });
      if (!isMean) return;
      constant((until - first) * dt);
      return body.emit({ op: "f64x2.div" });
    }
    constant(0);
    body.emit(set(gathered));
    through(w, body, first, until, path, gathered, "f64x2.add");
    body.emit(get(gathered));
    constant(isMean ? until - first : dt);
    return body.emit({ op: isMean ? "f64x2.div" : "f64x2.mul" });
  }
  const end = lastStepTo(to, dt, steps) + 1;
  if (first >= end) return constant(NaN);
  point(first);
  body.emit(set(gathered));
  // A mean is left for a range that begins no step: of its first value.
  if (!isMean) through(w, body, first + 1, end, path, gathered, statistic === "min" ? "f64x2.pmin" : "f64x2.pmax");
  body.emit(get(gathered));
}

/** Gathers the points of steps `first` … `end` − 1. */
function through(
  w: Workshop,
  body: Body,
  first: number,
  end: number,
  path: number,
  gathered: number,
  op: "f64x2.add" | "f64x2.pmin" | "f64x2.pmax",
): void {
  if (first >= end) return;
  const point = body.local("i32");
  const last = body.local("i32");
  body.emit(get(place), i32(end * w.tileBytes), { op: "i32.add" }, set(last));
  body.emit(get(place), i32(first * w.tileBytes), { op: "i32.add" }, set(point), { op: "loop", result: null });
  body.emit(get(gathered), get(point), { op: "v128.load", offset: path }, { op }, set(gathered));
  body.emit(get(point), i32(w.tileBytes), { op: "i32.add" }, { op: "local.tee", index: point });
  body.emit(get(last), { op: "i32.lt_u" }, { op: "br_if", index: 0 }, { op: "end" });
}

/** Outcomes must be finite; finals may be what they are. */
function takeOut(w: Workshop, body: Body, columns: Columns): void {
  const { plan } = w;
  const put = (column: number, value: () => void): void => {
    body.emit(get(at));
    value();
    body.emit({ op: "v128.store", offset: column });
  };
  const failed = w.variable("failed");
  body.store(failed, () => {
    body.load(failed);
    for (const { slot } of plan.outcomes) {
      w.push(body, slot);
      w.push(body, slot);
      body.emit({ op: "f64x2.sub" }, { op: "f64x2.add" });
    }
  });
  plan.outcomes.forEach(({ slot }, i) => put(columns.outcomes[i] as number, () => w.push(body, slot)));
  plan.finals.forEach((slot, i) => put(columns.finals[i] as number, () => w.push(body, slot)));
  plan.always.forEach((_, i) => put(columns.always[i] as number, () => body.load(w.variable(`always ${i}`))));
  plan.events.forEach(({ slots }: EventPlan, e) =>
    put(columns.firstTimes[e] as number, () => {
      // All bits set, which is not a number, where it never happened.
      w.push(body, slots.first);
      w.push(body, slots.count);
      body.emit(i32(0), { op: "v128.load", offset: w.layout.constant(0) }, { op: "f64x2.eq" }, { op: "v128.or" });
    }),
  );
  put(columns.clamped, () => body.load(w.variable("clamped")));
  put(columns.failed, () => body.load(failed));
}
