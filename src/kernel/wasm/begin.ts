/** What comes before the first step, for a pair of runs: what stands for the whole run, first clocks and shocks, initial values. */

import type { EventPlan, HappeningPlan } from "../plan.ts";
import type { Columns } from "./columns.ts";
import type { Body, Computation } from "./emit.ts";
import { canStop, note, together, unlessFinite, unlessNot, unlessStrayed } from "./failing.ts";
import { get, i32 } from "./instruction.ts";
import { uniformOf } from "./luck.ts";
import { drawShock, keepShocks } from "./shock.ts";
import type { Symbols } from "./symbols.ts";
import type { Workshop } from "./workshop.ts";

/** `begin(at, place)`: `at` is where the pair lies in the columns. */
export function planBegin(w: Workshop, columns: Columns): void {
  const { plan } = w;
  keepShocks(w);
  const fixed = w.symbols("pair");
  for (const { slot, formula } of plan.setUnknowns) {
    fixed.run(formula.code);
    fixed.write(slot, fixed.read(formula.slot));
  }
  fixed.run(plan.fixed);
  const fixedFails = together(fixed, [
    ...plan.setUnknowns.map(({ slot }) => unlessFinite(fixed, fixed.read(slot))),
    ...plan.fixedLets.map(({ slot }) => unlessFinite(fixed, fixed.read(slot))),
    ...unlessStrayed(fixed),
  ]);
  const start = w.symbols("pair");
  for (const code of plan.start) start.run(code);
  const initials = plan.stocks.map((s) => start.read(s.initial));
  plan.stocks.forEach((s, i) => start.write(s.slot, initials[i] as number));
  for (const d of plan.delays) w.keep(d.initial);
  for (const { hazard } of plan.happenings)
    for (const slot of [hazard?.clock ?? -1, hazard?.exposure ?? -1]) if (slot >= 0) w.keep(slot);
  const ends = plan.stocks.flatMap((s) => [s.low, s.high].filter((end) => end !== null));
  for (const end of ends) w.keep(end);
  const startFails = together(start, [
    ...initials.map((node) => unlessFinite(start, node)),
    ...plan.delays.map((d) => unlessFinite(start, start.read(d.initial))),
    ...ends.map((end) => unlessNot(start, start.graph.compare("ne", start.read(end), start.read(end)))),
    ...unlessStrayed(start),
  ]);
  w.add({
    name: "begin",
    parameters: ["i32", "i32"],
    results: [],
    form: "pair",
    write: (body) => {
      reset(w, body);
      layIn(w, body, columns);
      const first = computed(body, w, fixed, fixedFails);
      note(w, body, first, fixedFails);
      w.keepWritten(body, w.needed(fixed), first);
      plan.shocks.forEach((shock, at) => drawShock(w, body, shock, at, 1, [i32(0)]));
      plan.happenings.forEach((h, i) => drawClock(w, body, h, i));
      const second = computed(body, w, start, startFails);
      note(w, body, second, startFails);
      w.keepWritten(body, w.needed(start), second);
    },
  });
}

function computed(body: Body, w: Workshop, s: Symbols, fails: number | null): Computation {
  const roots = [...w.needed(s).map(([, node]) => node), ...(fails === null ? [] : [fails])];
  const computation = body.begin(s.graph, roots);
  computation.need(roots);
  return computation;
}

/** The draws of the pair; an unknown must be finite. */
function layIn(w: Workshop, body: Body, columns: Columns): void {
  const { plan } = w;
  const take = (column: number): void => body.emit(get(0), { op: "v128.load", offset: column });
  body.store(w.variable("world"), () => take(columns.worlds));
  for (const what of ["claims", "unknowns", "believed"] as const)
    plan[what].forEach((slot, i) => {
      if (w.has(slot)) body.store(w.addressOf(slot), () => take(columns[what][i] as number));
    });
  const set = new Set(plan.setUnknowns.map(({ slot }) => slot));
  const failed = w.variable("failed");
  body.store(failed, () => {
    body.load(failed);
    plan.unknowns.forEach((slot, i) => {
      if (set.has(slot)) return;
      take(columns.unknowns[i] as number);
      take(columns.unknowns[i] as number);
      body.emit({ op: "f64x2.sub" }, { op: "f64x2.add" });
    });
  });
}

/** Nothing has happened, nothing has failed. */
function reset(w: Workshop, body: Body): void {
  const { plan, layout } = w;
  const put = (address: number, value: number): void =>
    body.store(address, () => body.emit(i32(0), { op: "v128.load", offset: layout.constant(value) }));
  const truth = (address: number, value: boolean): void =>
    body.store(address, () => {
      const bits = value ? 0xffffffffffffffffn : 0n;
      body.emit({ op: "v128.const", lanes: [bits, bits] });
    });
  put(w.variable("failed"), 0);
  put(w.variable("clamped"), 0);
  if (canStop(w)) {
    truth(w.variable("alive"), true);
    truth(w.variable("stopping"), false);
    put(w.variable("stopped at"), -1);
  }
  for (const slot of [plan.frame.time, plan.frame.step]) if (w.has(slot)) put(w.addressOf(slot), 0);
  plan.always.forEach((_, i) => truth(w.variable(`always ${i}`), true));
  plan.events.forEach(({ slots }: EventPlan, e) => {
    for (const [slot, value] of [
      [slots.count, 0],
      [slots.first, Infinity],
      [slots.last, Infinity],
    ] as const)
      if (w.has(slot)) put(w.addressOf(slot), value);
    put(w.variable(`last step ${e}`), -2);
  });
  plan.happenings.forEach((h, i) => {
    if (!h.repeats) truth(w.variable(`ready ${i}`), true);
    if (h.isTrigger) truth(w.variable(`armed ${i}`), true);
    if (h.hazard !== null && h.hazard.exposure >= 0) put(w.addressOf(h.hazard.exposure), 0);
    if (h.hazard !== null && h.repeats) truth(w.variable(`clock index ${i}`), false);
  });
}

function drawClock(w: Workshop, body: Body, h: HappeningPlan, i: number): void {
  if (h.hazard === null || h.isForbidden) return;
  const { key, clock } = h.hazard;
  if (clock >= 0) return body.store(w.variable(`clock ${i}`), () => w.push(body, clock));
  const [first, second] = [0, 8].map((lane) => uniformOf(w, key, 1, lane, [i32(0)])) as [
    ReturnType<typeof uniformOf>,
    ReturnType<typeof uniformOf>,
  ];
  body.store(w.variable(`clock ${i}`), () => {
    body.emit(...first, { op: "f64x2.splat" }, ...second, { op: "f64x2.replace_lane", lane: 1 });
    body.emit({ op: "call", index: w.functionIndex("log", "pair") }, { op: "f64x2.neg" });
  });
}
