/** One step of a pair of runs: its start read and recorded, then flows, clocks, whoever is due, and ranges. `docs/decisions/001-the-step.md`. */

import type { DelayPlan, Plan, StockPlan } from "../plan.ts";
import { slotsWritten } from "../tape.ts";
import { reached, type Body, type Computation } from "./emit.ts";
import { canStop, note, noteLocal, together, telling, unlessFinite, unlessStrayed } from "./failing.ts";
import { operands, type GraphNode } from "./graph.ts";
import { get, i32, set, type Instruction } from "./instruction.ts";
import { clampStocks } from "./clamp.ts";
import { planPasses, type Passes } from "./passes.ts";
import { planDue, type Due } from "./due.ts";
import { drawShock } from "./shock.ts";
import type { Workshop } from "./workshop.ts";

/**
 * The first stage of the passes comes once, before the first step. A step of a tile is `prepare(n, place)` for each pair, the other stages for all, and `step(n, at, place)` for each, where `at` is where the pair lies in
 * the columns; it gives 1 when the pair has nothing left to do.
 */
const n = 0;
const at = 1;
const place = 2;

/** Where delays' inputs, paths' values and series lie: made before they are written. */
export interface Stores {
  readonly rings: readonly number[];
  readonly paths: readonly number[];
  readonly series: readonly number[];
  /** Bytes from one point of a series to the next. */
  readonly pointBytes: number;
}

/** Gives what plans the passes, to be called when all else is planned: only then is it known what else reads of a step. */
export function planStep(w: Workshop, stores: Stores): () => Passes {
  const { plan } = w;
  const { frame, stocks } = plan;
  const isEuler = plan.stage === null;
  const s = w.symbols("pair");
  s.run(plan.read);
  const fails = together(s, [
    ...telling(
      s,
      plan.readWatched.map(({ slot }) => s.read(slot)),
    ).map((node) => unlessFinite(s, node)),
    ...unlessStrayed(s),
  ]);
  const paths = Array.from(plan.paths, (slot) => s.read(slot));
  const series = Array.from(plan.series, (slot) => s.read(slot));
  const always = Array.from(plan.always, (slot) => s.isTrue(slot));
  const inputs = plan.delays.map((d) => s.read(d.input));
  for (const d of plan.delays) w.keep(d.slot);
  const afterRead = new Map(s.written);
  const due = planDue(w, s);
  s.run(plan.flows);
  const flows = stocks.map((stock) => s.read(stock.flow));
  const before = stocks.map((stock) => s.read(stock.slot));
  const dt = s.graph.const(frame.dt);
  const after = before.map((x, i) => s.arithmetic.add(x, s.arithmetic.mul(flows[i] as number, dt)));
  const stepFails = together(s, [
    ...(isEuler ? telling(s, after).map((x) => unlessFinite(s, x)) : []),
    ...unlessStrayed(s),
  ]);
  planSets(w);
  const atStart = [...paths, ...series, ...always, ...inputs, ...(fails === null ? [] : [fails])];
  const later = [...due.roots, ...before, ...(isEuler ? after : flows), ...(stepFails === null ? [] : [stepFails])];

  let read: readonly (readonly [number, number])[] = [];
  let passes: Passes | null = null;

  w.add({
    name: "prepare",
    parameters: ["i32", "i32"],
    results: [],
    form: "pair",
    write: (body) => {
      const place = 1;
      moveTo(w, body, [get(n), { op: "f64.convert_i32_u" }]);
      drawShocks(w, body, place);
      plan.delays.forEach((d, i) => readDelay(w, body, d, stores.rings[i] as number, place));
      plan.sets.forEach(({ step }, k) => {
        body.emit(get(n), i32(step), { op: "i32.eq" });
        body.when(() => body.emit(get(place), { op: "call", index: w.functionIndex(`set ${k}`) }));
      });
    },
  });
  w.add({
    name: "step",
    parameters: ["i32", "i32", "i32"],
    results: ["i32"],
    form: "pair",
    write: (body) => {
      const computation: Computation = { need: () => {}, push: (root) => passes?.push(body, root) };
      w.keepWritten(body, read, computation);
      const where = (bytes: number): readonly Instruction[] => [get(n), i32(bytes), { op: "i32.mul" }];
      const inFrame = (bytes: number): readonly Instruction[] => [...where(bytes), get(place), { op: "i32.add" }];
      paths.forEach((node, i) => storeAt(body, computation, node, stores.paths[i] as number, inFrame(w.tileBytes)));
      series.forEach((node, i) =>
        storeAt(body, computation, node, stores.series[i] as number, [
          ...where(stores.pointBytes),
          get(at),
          { op: "i32.add" },
        ]),
      );
      always.forEach((node, i) => hold(w, body, computation, node, i));
      plan.delays.forEach((d, i) => {
        body.emit(get(n), i32(d.steps), { op: "i32.rem_u" }, i32(w.tileBytes), { op: "i32.mul" }, get(place), {
          op: "i32.add",
        });
        computation.push(inputs[i] as number);
        body.emit({ op: "v128.store", offset: stores.rings[i] as number });
      });
      note(w, body, computation, fails);
      leave(w, body);
      note(w, body, computation, stepFails);
      const base = before.map((node) => {
        const local = body.local("v128");
        computation.push(node);
        body.emit(set(local));
        return local;
      });
      if (isEuler) {
        stocks.forEach((stock, i) => body.store(w.addressOf(stock.slot), () => computation.push(after[i] as number)));
        due.write(body, computation);
        clampStocks(w, body, n, (i) => body.emit(get(base[i] as number)));
      } else {
        rungeKutta(w, body, computation, due, before, flows);
        clampStocks(w, body, n, (i) => body.load(w.variable(`base ${i}`)));
      }
      body.emit(i32(0));
    },
  });
  return () => {
    const needed = w.readSlots();
    read = [...afterRead].filter(([slot]) => needed.has(slot));
    const first = [...atStart, ...read.map(([, node]) => node)];
    const steady = steadyNodes(s.graph.nodes, [...first, ...later], steadySlots(plan));
    passes = planPasses(w, "pass", s.graph, [steady, first, later]);
    return passes;
  };
}

/** Slots that hold the same from the first step to the last: what is drawn, and what is worked out once a run. */
function steadySlots({ claims, unknowns, believed, setUnknowns, fixed }: Plan): ReadonlySet<number> {
  return new Set([...claims, ...unknowns, ...believed, ...setUnknowns.map(({ slot }) => slot), ...slotsWritten(fixed)]);
}

/** What is the same at every step and read by something that is not, or asked for: worked out once, before the first. */
function steadyNodes(
  nodes: readonly GraphNode[],
  roots: readonly number[],
  slots: ReadonlySet<number>,
): readonly number[] {
  const isSteady = nodes.map(() => false);
  nodes.forEach((node, id) => {
    const { op } = node;
    if (op === "slot") isSteady[id] = slots.has(node.slot);
    else isSteady[id] = op === "const" || op === "truth" || operands(node).every((o) => isSteady[o]);
  });
  const asked = new Set(roots);
  for (const id of reached(nodes, roots, new Uint8Array(nodes.length)))
    if (isSteady[id] !== true) for (const o of operands(nodes[id] as GraphNode)) asked.add(o);
  const isMade = (id: number): boolean => !["const", "truth", "slot"].includes((nodes[id] as GraphNode).op);
  return [...asked].filter((id) => isSteady[id] === true && isMade(id)).toSorted((a, b) => a - b);
}

/** What is set from a step after the first, on the state as it is then. */
function planSets(w: Workshop): void {
  w.plan.sets.forEach(({ stock, formula }, k) => {
    const s = w.symbols("pair");
    s.run(formula.code);
    const value = s.read(formula.slot);
    const fails = together(s, [unlessFinite(s, value), ...unlessStrayed(s)]);
    const roots = fails === null ? [value] : [value, fails];
    w.add({
      name: `set ${k}`,
      parameters: ["i32"],
      results: [],
      form: "pair",
      write: (body) => {
        const computation = body.begin(s.graph, roots);
        computation.need(roots);
        body.store(w.addressOf((w.plan.stocks[stock] as StockPlan).slot), () => computation.push(value));
        note(w, body, computation, fails);
      },
    });
  });
}

/** Sets the time from the number of a step, which may be a half more, and the number itself. */
function moveTo(w: Workshop, body: Body, step: readonly Instruction[]): void {
  const { time, step: number, dt } = w.plan.frame;
  if (w.has(time))
    body.store(w.addressOf(time), () =>
      body.emit(...step, { op: "f64.const", value: dt }, { op: "f64.mul" }, { op: "f64x2.splat" }),
    );
  if (w.has(number)) body.store(w.addressOf(number), () => body.emit(...step, { op: "f64x2.splat" }));
}

function drawShocks(w: Workshop, body: Body, pair: number): void {
  w.plan.shocks.forEach((shock, at) => {
    const every = i32(shock.everySteps);
    body.emit(
      get(n),
      i32(0),
      { op: "i32.ne" },
      get(n),
      every,
      { op: "i32.rem_u" },
      { op: "i32.eqz" },
      { op: "i32.and" },
    );
    body.when(() => drawShock(w, body, shock, at, pair, [get(n), every, { op: "i32.div_u" }]));
  });
}

/** The initial value until the delay has passed, then what went in so many steps before. */
function readDelay(w: Workshop, body: Body, d: DelayPlan, ring: number, pair: number): void {
  body.store(w.addressOf(d.slot), () => {
    body.emit(get(n), i32(d.steps), { op: "i32.lt_u" }, { op: "if", result: "v128" });
    w.push(body, d.initial);
    body.emit({ op: "else" }, get(n), i32(d.steps), { op: "i32.rem_u" }, i32(w.tileBytes), { op: "i32.mul" });
    body.emit(get(pair), { op: "i32.add" });
    body.emit({ op: "v128.load", offset: ring }, { op: "end" });
  });
}

function storeAt(
  body: Body,
  computation: Computation,
  node: number,
  offset: number,
  where: readonly Instruction[],
): void {
  body.emit(...where);
  computation.push(node);
  body.emit({ op: "v128.store", offset });
}

function hold(w: Workshop, body: Body, computation: Computation, node: number, i: number): void {
  const address = w.variable(`always ${i}`);
  body.store(address, () => {
    body.load(address);
    computation.push(node);
    body.emit({ op: "v128.and" });
  });
}

/** Runs that an effect stopped in the step before are set aside; the step ends here when it is the last, or when both runs have stopped. */
function leave(w: Workshop, body: Body): void {
  if (canStop(w)) {
    const stopping = w.variable("stopping");
    for (const lane of [0, 8]) {
      body.emit(get(place), { op: "i32.load", offset: stopping + lane });
      body.when(() => {
        body.emit(get(n), get(place), i32(lane), { op: "i32.add" });
        body.emit({ op: "call", index: w.functionIndex("set aside") });
      });
    }
    body.load(w.variable("alive"));
    body.emit({ op: "v128.any_true" }, { op: "i32.eqz" });
    body.when(() => body.emit(i32(1), { op: "return" }));
  }
  body.emit(get(n), i32(w.plan.frame.steps), { op: "i32.eq" });
  body.when(() => body.emit(i32(1), { op: "return" }));
}

// ---- Runge and Kutta

/**
 * Stocks are placed half a step, half a step and a whole step along, flows and rates summed with weights 1, 2, 2, 1. Then they move by a
 * sixth of the sum.
 */
function rungeKutta(
  w: Workshop,
  body: Body,
  computation: Computation,
  due: Due,
  before: readonly number[],
  flows: readonly number[],
): void {
  const { stocks, frame } = w.plan;
  const { dt } = frame;
  const constant = (value: number): void => body.emit(i32(0), { op: "v128.load", offset: w.layout.constant(value) });
  stocks.forEach((_, i) => {
    body.store(w.variable(`base ${i}`), () => computation.push(before[i] as number));
    body.store(w.variable(`change ${i}`), () => computation.push(flows[i] as number));
  });
  due.keepRates(body, computation);
  const along = (length: number): void =>
    stocks.forEach((stock, i) =>
      body.store(w.addressOf(stock.slot), () => {
        body.load(w.variable(`base ${i}`));
        body.load(w.variable(`change ${i}`));
        constant(length);
        body.emit({ op: "f64x2.mul" }, { op: "f64x2.add" });
      }),
    );
  const stage = (offset: number, weight: number, next: number): void =>
    body.emit(
      ...([get(n), { op: "f64.convert_i32_u" }, { op: "f64.const", value: offset }, { op: "f64.add" }] as const),
      ...([{ op: "f64.const", value: dt }, { op: "f64.mul" }] as const),
      ...([
        { op: "f64.const", value: weight },
        { op: "f64.const", value: next },
      ] as const),
      get(place),
      { op: "call", index: w.functionIndex("stage") },
    );
  along(dt / 2);
  stage(0.5, 2, dt / 2);
  stage(0.5, 2, dt);
  stage(1, 1, 0);
  moveTo(w, body, [get(n), { op: "f64.convert_i32_u" }]);
  stocks.forEach((stock, i) => {
    const x = body.local("v128");
    body.load(w.variable(`base ${i}`));
    body.load(w.variable(`change ${i}`));
    constant(6);
    body.emit({ op: "f64x2.div" });
    constant(dt);
    body.emit({ op: "f64x2.mul" }, { op: "f64x2.add" }, set(x));
    body.store(w.addressOf(stock.slot), () => body.emit(get(x)));
    noteLocal(w, body, x);
  });
  due.write(body, computation);
}

/** `stage(time, weight, next, place)`: flows and rates on the stocks as placed, added with the weight; stocks are then placed `next` along these flows. */
export function planStage(w: Workshop): void {
  const { stage, stocks, happenings, frame } = w.plan;
  if (stage === null) return;
  const [time, weight, next] = [0, 1, 2] as const;
  const s = w.symbols("pair");
  s.run(stage.code);
  const flows = Array.from(stage.flows, (slot) => s.read(slot));
  const rates = happenings.map((h) => (h.hazard === null || h.isForbidden ? null : s.read(h.hazard.stageRate)));
  const fails = together(s, unlessStrayed(s));
  w.add({
    name: "stage",
    parameters: ["f64", "f64", "f64", "i32"],
    results: [],
    form: "pair",
    write: (body) => {
      if (w.has(frame.time)) body.store(w.addressOf(frame.time), () => body.emit(get(time), { op: "f64x2.splat" }));
      const roots = [...flows, ...rates.filter((r) => r !== null), ...(fails === null ? [] : [fails])];
      const computation = body.begin(s.graph, roots);
      computation.need(roots);
      note(w, body, computation, fails);
      const add = (address: number, node: number): void =>
        body.store(address, () => {
          body.load(address);
          body.emit(get(weight), { op: "f64x2.splat" });
          computation.push(node);
          body.emit({ op: "f64x2.mul" }, { op: "f64x2.add" });
        });
      flows.forEach((node, i) => add(w.variable(`change ${i}`), node));
      rates.forEach((node, i) => {
        if (node !== null) add(w.variable(`rate ${i}`), node);
      });
      body.emit(get(next), { op: "f64.const", value: 0 }, { op: "f64.ne" });
      body.when(() =>
        stocks.forEach((stock, i) =>
          body.store(w.addressOf(stock.slot), () => {
            body.load(w.variable(`base ${i}`));
            computation.push(flows[i] as number);
            body.emit(get(next), { op: "f64x2.splat" }, { op: "f64x2.mul" }, { op: "f64x2.add" });
          }),
        ),
      );
    },
  });
}
