/** The turns of one run of a pair, in a step in which somebody is due: who comes when, what it does, and what the others are charged. */

import type { HappeningPlan, HazardPlan } from "../plan.ts";
import { canBeDue, runsClock } from "./due.ts";
import type { Body } from "./emit.ts";
import { f64, get, i32, set, type Instruction } from "./instruction.ts";
import { uniformAt } from "./luck.ts";
import { planPick, type Pick } from "./pick.ts";
import type { Workshop } from "./workshop.ts";

/** Numbers that last for one run's turns in one step, by address. */
interface Scratch {
  /** How many are due, how many have had their turn, who in order of their turns (i32), and each one's part of the step (f64, by happening). */
  readonly count: number;
  readonly head: number;
  readonly order: number;
  readonly fractions: number;
  /** When the last event fired, whether any did, and whether one stopped the run. */
  readonly lastFraction: number;
  readonly hasFired: number;
  readonly isStopped: number;
}

export function planTurns(w: Workshop): void {
  const { happenings, events } = w.plan;
  if (!happenings.some(canBeDue)) return;
  const { layout } = w;
  const scratch: Scratch = {
    count: layout.reserve(16),
    head: layout.reserve(16),
    order: layout.reserve(4 * happenings.length),
    fractions: layout.reserve(8 * happenings.length),
    lastFraction: layout.reserve(16),
    hasFired: layout.reserve(16),
    isStopped: layout.reserve(16),
  };
  planAll(w, scratch);
  planInsert(w, scratch);
  if (happenings.some(comesAgain)) planAgain(w, scratch);
  planTake(w);
  happenings.forEach((h, i) => {
    if (canBeDue(h)) planTurn(w, scratch, h, i);
  });
  events.forEach((_, e) => planFire(w, scratch, e));
}

/** `turns(n, lane)`. */
function planAll(w: Workshop, scratch: Scratch): void {
  const { happenings } = w.plan;
  const [n, lane] = [0, 1] as const;
  const conditions = happenings.map((h) => (runsClock(h) && h.when !== null ? liveCondition(w, h) : null));
  w.add({
    name: "turns",
    parameters: ["i32", "i32"],
    results: [],
    form: "single",
    write: (body) => {
      const k = body.local("i32");
      putNumber(body, scratch.lastFraction, [f64(0)]);
      for (const address of [scratch.count, scratch.head, scratch.hasFired, scratch.isStopped])
        putWhole(body, address, [i32(0)]);
      happenings.forEach((h, i) => {
        if (canBeDue(h)) line(w, body, h, i);
      });
      body.emit({ op: "block", result: null }, { op: "loop", result: null }, ...whole(scratch.head), set(k));
      body.emit(get(k), ...whole(scratch.count), { op: "i32.ge_u" }, ...whole(scratch.isStopped), { op: "i32.or" });
      body.emit({ op: "br_if", index: 1 });
      putWhole(body, scratch.head, [get(k), i32(1), { op: "i32.add" }]);
      body.emit(get(k), i32(2), { op: "i32.shl" }, { op: "i32.load", offset: scratch.order }, get(n), get(lane));
      body.emit({ op: "call", index: w.functionIndex("take") });
      body.emit({ op: "br", index: 0 }, { op: "end" }, { op: "end" });
      body.emit(...whole(scratch.isStopped));
      body.when(() => {
        happenings.forEach((h, i) => {
          if (h.hazard !== null && runsClock(h)) chargeStopped(w, body, scratch, h.hazard, i);
        });
        body.emit({ op: "return" });
      });
      happenings.forEach((h, i) => {
        if (h.hazard !== null && runsClock(h)) charge(w, body, scratch, h, h.hazard, i, conditions[i] ?? null);
      });
    },
  });
}

/** Puts a happening that is due in line, at 0 when forced or dated, else where its clock is used up. */
function line(w: Workshop, body: Body, h: HappeningPlan, i: number): void {
  const [n, lane] = [0, 1] as const;
  if (comesAgain(h)) body.emit(get(lane), i32(0), { op: "i32.store", offset: w.variable(`turns taken ${i}`) });
  if (runsClock(h)) {
    body.store(w.variable(`from ${i}`), () => body.emit(f64(0)));
    body.store(w.variable(`to ${i}`), () => body.emit(f64(1)));
    for (const flag of ["done", "cancelled"]) putFlag(body, w.variable(`${flag} ${i}`), lane, 0);
  }
  body.emit(get(lane), { op: "i32.load", offset: w.variable(`due ${i}`) });
  body.when(() => {
    body.emit(i32(i));
    if (!runsClock(h)) body.emit(f64(0));
    else {
      const clock = w.variable(`clock ${i}`);
      const forced: readonly Instruction[] = h.forced === null ? [i32(0)] : flagAt(w, h.forced, n);
      body.load(clock);
      body.emit(f64(0), { op: "f64.le" }, ...forced, { op: "i32.or" }, { op: "if", result: "f64" }, f64(0), {
        op: "else",
      });
      body.load(clock);
      body.load(w.variable(`used ${i}`));
      body.emit({ op: "f64.div" }, { op: "end" });
    }
    body.emit({ op: "call", index: w.functionIndex("insert") });
  });
}

/** A hazard that ran is charged for the part of the step it ran for: where somebody fired and its condition is now false, until the last one that did. */
function charge(
  w: Workshop,
  body: Body,
  scratch: Scratch,
  h: HappeningPlan,
  { exposure, quietUntil }: HazardPlan,
  i: number,
  condition: Condition | null,
): void {
  const [n, lane] = [0, 1] as const;
  const to = body.local("f64");
  const used = body.local("f64");
  body.emit(get(lane), { op: "i32.load", offset: w.variable(`exposed ${i}`) }, { op: "i32.eqz" });
  body.emit(get(lane), { op: "i32.load", offset: w.variable(`done ${i}`) }, { op: "i32.or" }, { op: "i32.eqz" });
  body.when(() => {
    body.load(w.variable(`to ${i}`));
    body.emit(set(to));
    if (h.when !== null && condition !== null) {
      body.emit(get(lane), { op: "i32.load", offset: w.variable(`cancelled ${i}`) }, { op: "i32.eqz" });
      body.emit(...whole(scratch.hasFired), { op: "i32.and" });
      body.when(() => {
        condition(body);
        body.emit({ op: "i32.eqz" });
        body.when(() => body.emit(...number(scratch.lastFraction), set(to)));
      });
    }
    chargeUntil(w, body, { to, used, exposure, i });
    const clock = w.variable(`clock ${i}`);
    const chargeClock = (): void =>
      body.store(clock, () => {
        body.load(clock);
        body.emit(get(used), { op: "f64.sub" });
      });
    if (quietUntil === 0) return chargeClock();
    body.emit(get(n), i32(quietUntil), { op: "i32.ge_u" });
    body.when(chargeClock);
  });
}

/** Where an event stopped the run, a hazard had run up its risk until then. */
function chargeStopped(w: Workshop, body: Body, scratch: Scratch, { exposure }: HazardPlan, i: number): void {
  if (exposure < 0) return;
  const lane = 1;
  const to = body.local("f64");
  const used = body.local("f64");
  body.emit(get(lane), { op: "i32.load", offset: w.variable(`exposed ${i}`) }, { op: "i32.eqz" });
  body.emit(get(lane), { op: "i32.load", offset: w.variable(`done ${i}`) }, { op: "i32.or" }, { op: "i32.eqz" });
  body.when(() => {
    body.load(w.variable(`to ${i}`));
    body.emit(set(to), ...number(scratch.lastFraction), get(to), { op: "f64.lt" });
    body.when(() => body.emit(...number(scratch.lastFraction), set(to)));
    chargeUntil(w, body, { to, used, exposure, i });
  });
}

interface Charge {
  /** Locals: the fraction of the step until which the hazard is charged, and where what it used up is put. */
  readonly to: number;
  readonly used: number;
  readonly exposure: number;
  /** The hazard. */
  readonly i: number;
}

/** What a hazard uses up of its clock from where it began in this step, added to its exposure. */
function chargeUntil(w: Workshop, body: Body, { to, used, exposure, i }: Charge): void {
  body.emit(get(to));
  body.load(w.variable(`from ${i}`));
  body.emit({ op: "f64.sub" });
  body.load(w.variable(`used ${i}`));
  body.emit({ op: "f64.mul" }, set(used));
  addExposure(w, body, exposure, used);
}

function addExposure(w: Workshop, body: Body, exposure: number, by: number): void {
  if (exposure < 0) return;
  const address = w.addressOf(exposure);
  body.store(address, () => {
    body.load(address);
    body.emit(get(by), { op: "f64.add" });
  });
}

/** Can it have a second turn in a step: a hazard that repeats? */
function comesAgain(h: HappeningPlan): boolean {
  return h.repeats && runsClock(h);
}

/** `again(i, fraction)`: gives one that has just had its turn another, at its place among those to come. */
function planAgain(w: Workshop, scratch: Scratch): void {
  const [i, fraction, at, next, other] = [0, 1, 2, 3, 4] as const;
  const slot = (index: readonly Instruction[]): readonly Instruction[] => [...index, i32(2), { op: "i32.shl" }];
  const after: readonly Instruction[] = [get(at), i32(1), { op: "i32.add" }];
  w.add({
    name: "again",
    parameters: ["i32", "f64"],
    results: [],
    form: "single",
    write: (body) => {
      for (const type of ["i32", "i32", "f64"] as const) body.local(type);
      body.emit(get(i), i32(3), { op: "i32.shl" }, get(fraction), { op: "f64.store", offset: scratch.fractions });
      body.emit(...whole(scratch.head), i32(1), { op: "i32.sub" }, set(at));
      putWhole(body, scratch.head, [get(at)]);
      body.emit({ op: "block", result: null }, { op: "loop", result: null });
      body.emit(...after, ...whole(scratch.count), { op: "i32.ge_u" }, { op: "br_if", index: 1 });
      body.emit(...slot(after), { op: "i32.load", offset: scratch.order }, set(next));
      body.emit(get(next), i32(3), { op: "i32.shl" }, { op: "f64.load", offset: scratch.fractions }, set(other));
      body.emit(get(other), get(fraction), { op: "f64.gt" }, { op: "br_if", index: 1 });
      body.emit(get(other), get(fraction), { op: "f64.eq" }, get(next), get(i), { op: "i32.gt_u" }, { op: "i32.and" });
      body.emit({ op: "br_if", index: 1 }, ...slot([get(at)]), get(next), { op: "i32.store", offset: scratch.order });
      body.emit(...after, set(at), { op: "br", index: 0 }, { op: "end" }, { op: "end" });
      body.emit(...slot([get(at)]), get(i), { op: "i32.store", offset: scratch.order });
    },
  });
}

/** `insert(i, fraction)`: keeps those due in order of fraction, of equal ones in order of declaration. */
function planInsert(w: Workshop, scratch: Scratch): void {
  const [i, fraction, at, before, other] = [0, 1, 2, 3, 4] as const;
  const orderAt = (index: readonly Instruction[]): readonly Instruction[] => [...index, i32(2), { op: "i32.shl" }];
  const previous: readonly Instruction[] = [get(at), i32(1), { op: "i32.sub" }];
  w.add({
    name: "insert",
    parameters: ["i32", "f64"],
    results: [],
    form: "single",
    write: (body) => {
      for (const type of ["i32", "i32", "f64"] as const) body.local(type);
      body.emit(...whole(scratch.count), set(at));
      putWhole(body, scratch.count, [get(at), i32(1), { op: "i32.add" }]);
      body.emit({ op: "block", result: null }, { op: "loop", result: null }, get(at), { op: "i32.eqz" });
      body.emit(
        { op: "br_if", index: 1 },
        ...orderAt(previous),
        { op: "i32.load", offset: scratch.order },
        set(before),
      );
      body.emit(get(before), i32(3), { op: "i32.shl" }, { op: "f64.load", offset: scratch.fractions }, set(other));
      body.emit(get(other), get(fraction), { op: "f64.lt" }, { op: "br_if", index: 1 });
      body.emit(
        get(other),
        get(fraction),
        { op: "f64.eq" },
        get(before),
        get(i),
        { op: "i32.lt_u" },
        { op: "i32.and" },
      );
      body.emit({ op: "br_if", index: 1 }, ...orderAt([get(at)]), get(before), {
        op: "i32.store",
        offset: scratch.order,
      });
      body.emit(...previous, set(at), { op: "br", index: 0 }, { op: "end" }, { op: "end" });
      body.emit(...orderAt([get(at)]), get(i), { op: "i32.store", offset: scratch.order });
      body.emit(get(i), i32(3), { op: "i32.shl" }, get(fraction), { op: "f64.store", offset: scratch.fractions });
    },
  });
}

/** `take(i, n, lane)`: the turn of the happening of that index. */
function planTake(w: Workshop): void {
  const { happenings } = w.plan;
  w.add({
    name: "take",
    parameters: ["i32", "i32", "i32"],
    results: [],
    form: "single",
    write: (body) => {
      happenings.forEach(() => body.emit({ op: "block", result: null }));
      body.emit({ op: "block", result: null }, get(0), {
        op: "br_table",
        depths: [...happenings.map((_, i) => i), happenings.length],
      });
      body.emit({ op: "end" });
      happenings.forEach((h, i) => {
        if (canBeDue(h)) body.emit(get(1), get(2), { op: "call", index: w.functionIndex(`turn ${i}`) });
        body.emit({ op: "return" });
        if (i < happenings.length) body.emit({ op: "end" });
      });
    },
  });
}

/** `turn I(n, lane)`. */
function planTurn(w: Workshop, scratch: Scratch, h: HappeningPlan, i: number): void {
  const [n, lane] = [0, 1] as const;
  const condition = h.when === null ? null : liveCondition(w, h);
  const pick = h.pick === null ? null : planPick(w, h.pick);
  w.add({
    name: `turn ${i}`,
    parameters: ["i32", "i32"],
    results: [],
    form: "single",
    write: (body) => {
      const fraction = body.local("f64");
      const forced = body.local("i32");
      body.emit(i32(i << 3), { op: "f64.load", offset: scratch.fractions }, set(fraction));
      const isAgain = comesAgain(h);
      const earlier = body.local("i32");
      const turnsTaken = w.variable(`turns taken ${i}`);
      if (isAgain) body.emit(get(lane), { op: "i32.load", offset: turnsTaken }, set(earlier));
      const isFirst: readonly Instruction[] = [get(earlier), { op: "i32.eqz" }];
      if (h.forced !== null) body.emit(...flagAt(w, h.forced, n), ...isFirst, { op: "i32.and" }, set(forced));
      if (condition !== null) {
        body.emit(get(forced), { op: "i32.eqz" });
        body.when(() => {
          condition(body);
          body.emit({ op: "i32.eqz" });
          body.when(() => {
            if (runsClock(h)) {
              body.store(w.variable(`to ${i}`), () => body.emit(...number(scratch.lastFraction)));
              putFlag(body, w.variable(`cancelled ${i}`), lane, 1);
            }
            body.emit({ op: "return" });
          });
        });
      }
      const index: readonly Instruction[] = isAgain
        ? [get(n), get(earlier), i32(w.plan.frame.steps), { op: "i32.mul" }, { op: "i32.add" }]
        : [get(n)];
      const taken = pick === null ? null : pick.write(body, index, lane);
      if (isAgain)
        body.emit(get(lane), get(earlier), i32(1), { op: "i32.add" }, { op: "i32.store", offset: turnsTaken });
      body.emit(...isFirst);
      body.when(() => returnIfDone(w, body, h, pick, taken));
      if (!h.repeats) putMask(body, w.variable(`ready ${i}`), lane, false);
      if (h.isTrigger) putMask(body, w.variable(`armed ${i}`), lane, false);
      if (h.hazard !== null && runsClock(h)) {
        body.emit(get(forced), { op: "i32.eqz" });
        body.when(() => wind(w, body, h, i, fraction));
        if (isAgain) comeAgain(w, body, h.hazard, i);
      }
      const fire = (event: number): void =>
        body.emit(get(n), get(fraction), get(lane), { op: "call", index: w.functionIndex(`fire ${event}`) });
      if (pick === null) fire(h.event);
      else
        pick.events.forEach((event, k) => {
          body.emit(get(taken as number), i32(k), { op: "i32.eq" });
          body.when(() => fire(event));
        });
    },
  });
}

/** An event happens once a step. */
function returnIfDone(w: Workshop, body: Body, h: HappeningPlan, pick: Pick | null, taken: number | null): void {
  const [n, lane] = [0, 1] as const;
  const isDone = (event: number): readonly Instruction[] => [
    ...([get(lane), { op: "f64.load", offset: w.variable(`last step ${event}`) }] as const),
    ...([get(n), { op: "f64.convert_i32_u" }, { op: "f64.eq" }] as const),
  ];
  if (pick === null) body.emit(...isDone(h.event));
  else {
    body.emit(i32(0));
    pick.events.forEach((event, k) =>
      body.emit(get(taken as number), i32(k), { op: "i32.eq" }, ...isDone(event), { op: "i32.and" }, { op: "i32.or" }),
    );
  }
  body.when(() => body.emit({ op: "return" }));
}

/** A hazard that has its turn is done, or draws its next clock, which runs from here. */
function wind(w: Workshop, body: Body, h: HappeningPlan, i: number, fraction: number): void {
  const lane = 1;
  const used = body.local("f64");
  if (h.hazard !== null && h.hazard.exposure >= 0) {
    body.emit(get(fraction));
    body.load(w.variable(`from ${i}`));
    body.emit({ op: "f64.sub" });
    body.load(w.variable(`used ${i}`));
    body.emit({ op: "f64.mul" }, set(used));
    addExposure(w, body, h.hazard.exposure, used);
  }
  body.store(w.variable(`from ${i}`), () => body.emit(get(fraction)));
  if (!h.repeats || h.hazard === null) return putFlag(body, w.variable(`done ${i}`), lane, 1);
  const index = w.variable(`clock index ${i}`);
  body.emit(
    get(lane),
    get(lane),
    { op: "i32.load", offset: index },
    i32(1),
    { op: "i32.add" },
    { op: "i32.store", offset: index },
  );
  const drawn = uniformAt(w, h.hazard.key, [get(lane)], [get(lane), { op: "i32.load", offset: index }]);
  body.store(w.variable(`clock ${i}`), () =>
    body.emit(...drawn, { op: "call", index: w.functionIndex("log") }, { op: "f64.neg" }),
  );
}

/** Where its clock is used up in what is left of the step it has another turn. */
function comeAgain(w: Workshop, body: Body, { quietUntil }: HazardPlan, i: number): void {
  const [n, lane] = [0, 1] as const;
  const next = body.local("f64");
  const clock = w.variable(`clock ${i}`);
  const isExposed: readonly Instruction[] = [
    ...([get(lane), { op: "i32.load", offset: w.variable(`exposed ${i}`) }, i32(0), { op: "i32.ne" }] as const),
    ...([get(lane), { op: "i32.load", offset: w.variable(`cancelled ${i}`) }, { op: "i32.eqz" }] as const),
    ...([{ op: "i32.and" }, get(n), i32(quietUntil), { op: "i32.ge_u" }, { op: "i32.and" }] as const),
  ];
  body.emit(...isExposed);
  body.when(() => {
    body.load(clock);
    body.emit(f64(0), { op: "f64.le" }, { op: "if", result: "f64" }, f64(0), { op: "else" });
    body.load(w.variable(`from ${i}`));
    body.load(clock);
    body.load(w.variable(`used ${i}`));
    body.emit({ op: "f64.div" }, { op: "f64.add" }, { op: "end" }, set(next));
    body.emit(get(next), f64(1), { op: "f64.lt" });
    body.when(() => body.emit(i32(i), get(next), { op: "call", index: w.functionIndex("again") }));
  });
}

/** `fire E(n, fraction, lane)`: the event has happened before its effects are seen to. */
function planFire(w: Workshop, scratch: Scratch, e: number): void {
  const { events, stocks, frame } = w.plan;
  const event = events[e] as (typeof events)[number];
  const [n, fraction, lane] = [0, 1, 2] as const;
  const effects = event.effects.map((effect) => {
    const s = w.symbols("single");
    s.run(effect.code);
    return { ...effect, s, because: s.isTrue(effect.because), value: s.read(effect.value) };
  });
  w.keep(event.slots.count);
  w.keep(event.slots.first);
  // A stock is always in memory, but only what some graph reads has an address.
  for (const stock of stocks) w.keep(stock.slot);
  w.add({
    name: `fire ${e}`,
    parameters: ["i32", "f64", "i32"],
    results: [],
    form: "single",
    write: (body) => {
      const at = body.local("f64");
      const [count, first] = [w.addressOf(event.slots.count), w.addressOf(event.slots.first)];
      body.emit(get(n), { op: "f64.convert_i32_u" }, f64(frame.dt), { op: "f64.mul" });
      body.emit(get(fraction), f64(frame.dt), { op: "f64.mul" }, { op: "f64.add" }, set(at));
      putNumber(body, scratch.lastFraction, [get(fraction)]);
      putWhole(body, scratch.hasFired, [i32(1)]);
      body.store(w.variable(`last step ${e}`), () => body.emit(get(n), { op: "f64.convert_i32_u" }));
      body.load(count);
      body.emit(f64(0), { op: "f64.eq" });
      body.when(() => body.store(first, () => body.emit(get(at))));
      if (w.has(event.slots.last)) body.store(w.addressOf(event.slots.last), () => body.emit(get(at)));
      body.store(count, () => {
        body.load(count);
        body.emit(f64(1), { op: "f64.add" });
      });
      for (const { kind, stock: index, s, because, value } of effects) {
        const computation = body.begin(s.graph, kind === "stop" ? [because] : [because, value]);
        computation.need([because]);
        computation.push(because);
        body.when(() => {
          if (kind === "stop") {
            putWhole(body, scratch.isStopped, [i32(1)]);
            putFlag(body, w.variable("stopping"), lane, 1);
            return body.emit({ op: "return" });
          }
          const stock = stocks[index] as (typeof stocks)[number];
          const change = (): void => {
            const result = body.local("f64");
            computation.need([value]);
            if (kind === "add") body.load(w.addressOf(stock.slot));
            computation.push(value);
            if (kind === "add") body.emit({ op: "f64.add" });
            body.emit(set(result));
            body.store(w.addressOf(stock.slot), () => body.emit(get(result)));
            noteNumber(w, body, [get(result), get(result), { op: "f64.sub" }]);
          };
          if (stock.heldFrom === Infinity) return change();
          body.emit(get(n), i32(stock.heldFrom), { op: "i32.lt_u" });
          return body.when(change);
        });
      }
    },
  });
}

/** Adds a number, 0 while all is well, to what is kept of the run's failures. */
function noteNumber(w: Workshop, body: Body, value: readonly Instruction[]): void {
  const address = w.variable("failed");
  body.store(address, () => {
    body.load(address);
    body.emit(...value, { op: "f64.add" });
  });
}

// ---- conditions on the state as it is

/** Puts 1 or 0 on the stack. */
type Condition = (body: Body) => void;

function liveCondition(w: Workshop, h: HappeningPlan): Condition | null {
  if (h.when === null) return null;
  const s = w.symbols("single");
  s.run(h.when.live.code);
  const holds = s.isTrue(h.when.live.slot);
  return (body) => {
    const computation = body.begin(s.graph, [holds]);
    computation.need([holds]);
    computation.push(holds);
  };
}

// ---- single values in memory

function whole(address: number): readonly Instruction[] {
  return [i32(0), { op: "i32.load", offset: address }];
}

function number(address: number): readonly Instruction[] {
  return [i32(0), { op: "f64.load", offset: address }];
}

function putWhole(body: Body, address: number, value: readonly Instruction[]): void {
  body.emit(i32(0), ...value, { op: "i32.store", offset: address });
}

function putNumber(body: Body, address: number, value: readonly Instruction[]): void {
  body.emit(i32(0), ...value, { op: "f64.store", offset: address });
}

function putFlag(body: Body, address: number, lane: number, value: number): void {
  body.emit(get(lane), i32(value), { op: "i32.store", offset: address });
}

function putMask(body: Body, address: number, lane: number, value: boolean): void {
  body.emit(get(lane), { op: "i64.const", value: value ? -1n : 0n }, { op: "i64.store", offset: address });
}

/** 1 in the steps that are marked. */
function flagAt(w: Workshop, steps: Uint8Array, n: number): readonly Instruction[] {
  return [get(n), { op: "i32.load8_u", offset: w.layout.place(steps) }];
}
