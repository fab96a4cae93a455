/** Compiles a model in a setting into the tapes of a run. */

import { walk, type Expression } from "#model/expression.ts";
import type { Model } from "#model/model.ts";
import { parameters } from "./distribution.ts";
import { compileEnd, integralKey, isAdded, pathKey, withIntegrals, type Path, type Paths } from "./compile-end.ts";
import { compileEvents, compileHappenings, type StageRates } from "./compile-happenings.ts";
import { formula, heldWriter, indexOf, liveWriter, type Lets } from "./formulas.ts";
import { found, Frame } from "./frame.ts";
import { movingLets } from "./moving.ts";
import { fixedNames, readNames, startNames } from "./names.ts";
import { curveOf } from "./operators.ts";
import { keyOf } from "./philox.ts";
import type { DelayPlan, Plan, ShockPlan, StockPlan, Watched } from "./plan.ts";
import { sorted, type Setting } from "./supposed.ts";
import { Writer } from "./writer.ts";

/** What to keep of each run beside the outcomes. */
export interface Watch {
  /** Evaluated when the run has ended; may read outcomes, statistics over time and what happened. */
  readonly finals: readonly Expression[];
  /** Each is told to have held when it was true at every step time. */
  readonly always: readonly Expression[];
  /** Stocks or lets, recorded at each of steps + 1 times. */
  readonly series: readonly string[];
}

export function compile(given: Model, setting: Setting, watch: Watch): Plan {
  const { model, stocks: integrals } = withIntegrals(given, watch.finals);
  const frame = new Frame(model, sorted(setting));
  const setUnknowns = frame.supposed.unknowns.map(({ unknown, value }) => ({
    slot: found(frame.unknowns, unknown, "unknown"),
    formula: formula(new Writer(frame, (w) => fixedNames(frame, w)), value),
  }));
  const fixed = compileFixed(frame);
  const start = compileStart(frame, fixed.lets);
  const read = compileRead(frame, fixed.lets, watch, integrals);
  const lets: Lets = { fixed: fixed.lets, read: read.lets };
  const { flows, stage, stageRates } = compileFlows(frame, lets);
  const ending = compileEnd(frame, read.lets, read.paths, watch.finals);
  const stocks = model.stocks.map((s, i): StockPlan => ({
    name: s.name,
    slot: found(frame.stocks, s.name, "stock"),
    initial: start.stocks[i] as number,
    flow: flows.slots[i] as number,
    low: fixed.ranges[i]?.low ?? null,
    high: fixed.ranges[i]?.high ?? null,
    heldFrom: frame.supposed.heldFrom.get(s.name) ?? Infinity,
  }));
  const delays = model.delays.map((d, i): DelayPlan => ({
    name: d.name,
    slot: found(frame.delays, d.name, "delay"),
    steps: d.steps,
    initial: start.delays[i] as number,
    input: read.inputs[i] as number,
  }));
  const sets = frame.supposed.stocks
    .filter((s) => s.fromStep > 0)
    .map((s) => ({
      step: s.fromStep,
      stock: indexOf(model.stocks, s.stock),
      formula: formula(liveWriter(frame, lets), s.value),
    }));
  // When all else is compiled: what has been asked for by then is kept.
  const happenings = compileHappenings(frame, lets, stageRates);
  return {
    frame,
    curves: model.tables.map(curveOf),
    claims: Int32Array.from([...frame.claims.values(), ...frame.options.values()]),
    unknowns: Int32Array.from(frame.unknowns.values()),
    setUnknowns,
    fixed: fixed.code,
    fixedLets: fixed.watched,
    start: start.codes,
    shocks: fixed.shocks,
    stocks,
    delays,
    sets,
    read: read.code,
    readWatched: read.watched,
    flows: flows.code,
    stage,
    events: compileEvents(frame, lets),
    happenings,
    paths: Int32Array.from(read.paths.values(), (p) => p.slot),
    integrands: Int32Array.from(read.paths.values(), (p) => p.integrand ?? -1),
    series: Int32Array.from(watch.series, (name) => frame.stocks.get(name) ?? found(read.lets, name, "stock or let")),
    always: Int32Array.from(read.always),
    ...ending,
    // Last, since any expression may have asked for a belief.
    believed: Int32Array.from(frame.believedSlots),
  };
}

function compileFixed(frame: Frame): {
  readonly code: Int32Array;
  readonly lets: ReadonlyMap<string, number>;
  readonly watched: readonly Watched[];
  readonly ranges: readonly { readonly low: number | null; readonly high: number | null }[];
  readonly shocks: readonly ShockPlan[];
} {
  const { model } = frame;
  const writer = new Writer(frame, (w) => fixedNames(frame, w));
  const moving = movingLets(model, frame.supposed);
  const still = model.lets.filter((l) => !moving.has(l.name));
  const lets = new Map(still.map((l) => [l.name, writer.value({ op: "let", name: l.name })]));
  const end = (e: Expression | null): number | null => (e === null ? null : writer.value(e));
  const ranges = model.stocks.map((s) => ({ low: end(s.low), high: end(s.high) }));
  const shocks = model.shocks.map((s): ShockPlan => ({
    name: s.name,
    slot: found(frame.shocks, s.name, "shock"),
    key: keyOf(`shock ${s.name}`),
    everySteps: s.everySteps,
    distribution: s.distribution,
    parameters: new Map(parameters(s.distribution).map((e) => [e, writer.value(e)])),
  }));
  const watched = [...lets].map(([name, slot]): Watched => ({ slot, equation: `let ${name}` }));
  for (const [event, value] of frame.supposed.clocks) frame.clockSlots.set(event, writer.value(value));
  return { code: writer.finish(), lets, watched, ranges, shocks };
}

/**
 * Initial values. A stock set from the first step is set before anything reads it; its supposed value itself is worked out on the
 * start as it would have been, with what earlier suppositions set.
 */
function compileStart(
  frame: Frame,
  fixed: ReadonlyMap<string, number>,
): {
  readonly codes: readonly Int32Array[];
  readonly stocks: readonly number[];
  readonly delays: readonly number[];
} {
  const { model, supposed } = frame;
  const set = new Map<string, number>();
  const codes: Int32Array[] = [];
  for (const { stock, value, fromStep } of supposed.stocks) {
    if (fromStep > 0) continue;
    const before = new Map(set);
    const { code, slot } = formula(new Writer(frame, (w) => startNames(frame, w, fixed, before)), value);
    set.set(stock, slot);
    codes.push(code);
  }
  const writer = new Writer(frame, (w) => startNames(frame, w, fixed, set));
  const stocks = model.stocks.map((s) => writer.value({ op: "stock", name: s.name }));
  const delays = model.delays.map((d) => writer.value({ op: "delay", name: d.name }));
  return { codes: [...codes, writer.finish()], stocks, delays };
}

/** A step's start: every let that moves, every latch, what goes into delays, what is recorded and what must always hold. */
function compileRead(
  frame: Frame,
  fixed: ReadonlyMap<string, number>,
  watch: Watch,
  integrals: ReadonlyMap<string, string>,
): {
  readonly code: Int32Array;
  readonly lets: ReadonlyMap<string, number>;
  readonly watched: readonly Watched[];
  readonly inputs: readonly number[];
  readonly paths: Paths;
  readonly always: readonly number[];
} {
  const { model } = frame;
  const writer = new Writer(frame, (w) => readNames(frame, w, fixed));
  const lets = new Map(model.lets.map((l) => [l.name, writer.value({ op: "let", name: l.name })]));
  const latches = model.latches.map((l) => ({ slot: writer.value({ op: "latch", name: l.name }), equation: l.name }));
  const inputs = model.delays.map((d) => writer.value(d.input));
  const paths = new Map<string, Path>();
  for (const e of [...model.outcomes.map((o) => o.value), ...watch.finals])
    walk(e, (part) => {
      if (part.op !== "over" || part.statistic === "final") return;
      const key = pathKey(part.of);
      if (!paths.has(key)) paths.set(key, { index: paths.size, slot: writer.value(part.of), integrand: null });
      const total = integrals.get(integralKey(part.of));
      if (total === undefined || !isAdded(part) || paths.has(integralKey(part.of))) return;
      const integrand = found(paths, key, "path").index;
      paths.set(integralKey(part.of), { index: paths.size, slot: found(frame.stocks, total, "stock"), integrand });
    });
  const always = watch.always.map((e) => writer.value(e));
  const watched: readonly Watched[] = [
    ...[...lets].filter(([name]) => !fixed.has(name)).map(([name, slot]) => ({ slot, equation: `let ${name}` })),
    ...latches,
    ...model.delays.map((d, i) => ({ slot: inputs[i] as number, equation: d.name })),
  ];
  return { code: writer.finish(), lets, watched, inputs, paths, always };
}

/** Flows at the step's start, and flows and rates at a stage. A held stock's flow counts as 0. */
function compileFlows(
  frame: Frame,
  lets: Lets,
): {
  readonly flows: { readonly code: Int32Array; readonly slots: readonly number[] };
  readonly stage: Plan["stage"];
  readonly stageRates: StageRates;
} {
  const { model } = frame;
  const netFlows = (writer: Writer): readonly number[] =>
    model.stocks.map((s) => {
      const flow = writer.value(s.flow);
      const from = frame.supposed.heldFrom.get(s.name);
      if (from === undefined) return flow;
      const isHeld = writer.tape.binary("ge", frame.step, writer.constant(from));
      return writer.tape.choose(
        isHeld,
        () => writer.constant(0),
        () => flow,
      );
    });
  const writer = heldWriter(frame, lets);
  const slots = netFlows(writer);
  const flows = { code: writer.finish(), slots };
  if (model.time?.method !== "rk4") return { flows, stage: null, stageRates: new Map() };
  const stageWriter = liveWriter(frame, lets);
  const stageFlows = Int32Array.from(netFlows(stageWriter));
  const hazards = [...model.events, ...model.policies].flatMap(({ name, timing }) =>
    timing.kind === "hazard" ? [[name, stageWriter.value(timing.rate)] as const] : [],
  );
  return { flows, stage: { code: stageWriter.finish(), flows: stageFlows }, stageRates: new Map(hazards) };
}
