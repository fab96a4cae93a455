/** Who is due in a step: conditions, rates and clocks of a plan's happenings in; code that finds them for a pair of runs, charges the others, and gives turns, out. */

import type { HappeningPlan, HazardPlan } from "../plan.ts";
import type { Body, Computation } from "./emit.ts";
import { canStop, noteMask } from "./failing.ts";
import { get, i32, set, type Instruction } from "./instruction.ts";
import type { Symbols } from "./symbols.ts";
import type { Workshop } from "./workshop.ts";

/** The number of the step and the place of the pair, parameters of whoever is written for. */
const n = 0;
const pairPlace = 2;

export interface Due {
  readonly roots: readonly number[];
  /** Under Runge and Kutta's method: keeps the first stage's rates, to which the others are added. */
  readonly keepRates: (body: Body, computation: Computation) => void;
  /** After the flows. */
  readonly write: (body: Body, computation: Computation) => void;
}

/** Nodes of one happening on the state at the step's start. */
interface Reading {
  readonly holds: number | null;
  readonly rate: number;
  /** Euler: rate · dt, and where the rate is one. */
  readonly used: number;
  readonly isRate: number;
}

/** Can it come due at all, by a clock, a date, a trigger or by force? */
export function canBeDue(h: HappeningPlan): boolean {
  return (
    h.forced !== null ||
    (!h.isForbidden && (h.hazard !== null || h.isTrigger || h.dated !== null || h.after.length > 0))
  );
}

export function runsClock(h: HappeningPlan): boolean {
  return h.hazard !== null && !h.isForbidden;
}

export function planDue(w: Workshop, s: Symbols): Due {
  const { happenings, frame, stage } = w.plan;
  const isEuler = stage === null;
  const { graph } = s;
  const readings = happenings.map((h): Reading => {
    if (h.isForbidden || !canBeDue(h)) return { holds: null, rate: -1, used: -1, isRate: -1 };
    if (h.when !== null) s.run(h.when.atStart.code);
    const holds = h.when === null ? null : s.isTrue(h.when.atStart.slot);
    if (h.hazard === null) return { holds, rate: -1, used: -1, isRate: -1 };
    s.run(h.hazard.rate.code);
    const rate = s.read(h.hazard.rate.slot);
    const isRate = graph.and(
      graph.compare("ge", rate, graph.const(0)),
      graph.compare("lt", rate, graph.const(h.hazard.limit)),
    );
    return { holds, rate, used: s.arithmetic.mul(rate, graph.const(frame.dt)), isRate };
  });
  const nodes = readings.flatMap((r) => [r.holds ?? -1, r.rate, ...(isEuler ? [r.used] : []), r.isRate]);
  return {
    roots: nodes.filter((node) => node >= 0),
    keepRates: (body, computation) =>
      readings.forEach(({ rate }, i) => {
        if (rate >= 0) body.store(w.variable(`rate ${i}`), () => computation.push(rate));
      }),
    write: (body, computation) => new DueWriter(w, body, computation, readings).write(),
  };
}

/** Locals of one happening. */
interface Places {
  readonly due: number;
  readonly exposed: number;
  readonly used: number;
}

class DueWriter {
  readonly #w: Workshop;
  readonly #body: Body;
  readonly #computation: Computation;
  readonly #readings: readonly Reading[];
  /** The local with the mask of runs in which a rate that counted was none. */
  readonly #wrong: number;

  constructor(w: Workshop, body: Body, computation: Computation, readings: readonly Reading[]) {
    this.#w = w;
    this.#body = body;
    this.#computation = computation;
    this.#readings = readings;
    this.#wrong = body.local("v128");
  }

  write(): void {
    const { happenings } = this.#w.plan;
    const body = this.#body;
    if (!happenings.some(canBeDue)) return;
    const any = body.local("v128");
    body.emit({ op: "v128.const", lanes: [0n, 0n] }, { op: "local.tee", index: any }, set(this.#wrong));
    const places = happenings.map((h, i): Places | null => {
      if (!canBeDue(h)) return null;
      const place = { due: body.local("v128"), exposed: body.local("v128"), used: body.local("v128") };
      this.#one(h, i, place);
      body.emit(get(any), get(place.due), { op: "v128.or" }, set(any));
      return place;
    });
    if (happenings.some(runsClock)) noteMask(this.#w, body, this.#wrong);
    places.forEach((place, i) => {
      const h = happenings[i] as HappeningPlan;
      if (place !== null && h.hazard !== null && runsClock(h)) this.#charge(h.hazard, i, place, any);
    });
    body.emit(get(any), { op: "v128.any_true" });
    body.when(() => this.#giveTurns(places, any));
  }

  #one(h: HappeningPlan, i: number, place: Places): void {
    const body = this.#body;
    body.emit({ op: "v128.const", lanes: [0n, 0n] }, set(place.due));
    if (!h.isForbidden) {
      if (h.hazard !== null) this.#hazard(h, i, place);
      else if (h.isTrigger) this.#trigger(h, i, place);
      else this.#dated(h, i, place);
    }
    if (h.forced === null) return;
    body.emit(get(place.due));
    this.#allOf([() => this.#flag(h.forced as Uint8Array), ...this.#canHappen(h, i)]);
    body.emit({ op: "v128.or" }, set(place.due));
  }

  /** Due when its clock is used up within the step: clock ÷ used is below 1 just when clock is below used. */
  #hazard(h: HappeningPlan, i: number, place: Places): void {
    const w = this.#w;
    const body = this.#body;
    const clock = w.variable(`clock ${i}`);
    const { holds, used, isRate } = this.#readings[i] as Reading;
    this.#allOf([...this.#canHappen(h, i), ...this.#holding(holds)]);
    body.emit(set(place.exposed));
    const wrong = body.local("v128");
    if (w.plan.stage === null) this.#computation.push(used);
    else this.#weighted(i, place, wrong, h.hazard?.limit ?? Infinity);
    body.emit(set(place.used), get(this.#wrong), get(place.exposed));
    this.#computation.push(isRate);
    body.emit({ op: "v128.andnot" });
    if (w.plan.stage !== null) body.emit(get(place.exposed), get(wrong), { op: "v128.and" }, { op: "v128.or" });
    body.emit({ op: "v128.or" }, set(this.#wrong));
    // A run whose rate is none is made again by the reference; here it must only end: at an endless rate one that repeats would never.
    body.emit(get(place.exposed), get(this.#wrong), { op: "v128.andnot" }, { op: "local.tee", index: place.exposed });
    body.load(clock);
    this.#constant(0);
    body.emit({ op: "f64x2.le" });
    body.load(clock);
    body.emit(get(place.used), { op: "f64x2.lt" }, { op: "v128.or" }, { op: "v128.and" }, set(place.due));
    const { quietUntil } = h.hazard as HazardPlan;
    if (quietUntil === 0) return;
    body.emit(get(n), i32(quietUntil), { op: "i32.lt_u" });
    body.when(() => body.emit({ op: "v128.const", lanes: [0n, 0n] }, set(place.due)));
  }

  /** A sixth of the weighted sum of stages, times dt; where that sixth is no rate. */
  #weighted(i: number, place: Places, wrong: number, limit: number): void {
    const body = this.#body;
    const rate = place.used;
    body.load(this.#w.variable(`rate ${i}`));
    this.#constant(6);
    body.emit({ op: "f64x2.div" }, set(rate), get(rate));
    this.#constant(0);
    body.emit({ op: "f64x2.ge" }, get(rate));
    this.#constant(limit);
    body.emit({ op: "f64x2.lt" }, { op: "v128.and" }, { op: "v128.not" }, set(wrong), get(rate));
    this.#constant(this.#w.plan.frame.dt);
    body.emit({ op: "f64x2.mul" });
  }

  /** Fires when its condition has come true since it was last false; a forced one waits for its next rise. */
  #trigger(h: HappeningPlan, i: number, place: Places): void {
    const w = this.#w;
    const body = this.#body;
    const armed = w.variable(`armed ${i}`);
    const { holds } = this.#readings[i] as Reading;
    const can = this.#canHappen(h, i);
    const notForced = h.forced === null ? [] : [() => this.#flag(h.forced as Uint8Array, true)];
    this.#allOf([...can, ...this.#holding(holds), () => body.load(armed), ...notForced]);
    body.emit(set(place.due));
    if (holds === null) return;
    body.store(armed, () => {
      body.load(armed);
      this.#allOf([...can, () => (this.#computation.push(holds), body.emit({ op: "v128.not" }))]);
      body.emit({ op: "v128.or" });
    });
  }

  #dated(h: HappeningPlan, i: number, place: Places): void {
    const body = this.#body;
    const notForced = h.forced === null ? [] : [() => this.#flag(h.forced as Uint8Array, true)];
    const { holds } = this.#readings[i] as Reading;
    const { dated } = h;
    const comes = (): void => {
      if (dated !== null) return this.#flag(dated);
      h.after.forEach((event, k) => {
        body.load(this.#w.variable(`last step ${event}`));
        body.emit(
          get(n),
          i32(1),
          { op: "i32.sub" },
          { op: "f64.convert_i32_s" },
          { op: "f64x2.splat" },
          { op: "f64x2.eq" },
        );
        if (k > 0) body.emit({ op: "v128.or" });
      });
    };
    this.#allOf([comes, ...this.#canHappen(h, i), ...this.#holding(holds), ...notForced]);
    body.emit(set(place.due));
  }

  /** Where nobody is due in a run, all that were exposed are charged for the whole step; where somebody is, that is left to the turns. */
  #charge({ exposure, quietUntil }: HazardPlan, i: number, place: Places, any: number): void {
    const body = this.#body;
    const addTo = (address: number, op: "f64x2.add" | "f64x2.sub"): void =>
      body.store(address, () => {
        body.load(address);
        body.emit(get(place.used), get(place.exposed), get(any), { op: "v128.andnot" }, { op: "v128.and" }, { op });
      });
    if (exposure >= 0) addTo(this.#w.addressOf(exposure), "f64x2.add");
    const chargeClock = (): void => addTo(this.#w.variable(`clock ${i}`), "f64x2.sub");
    if (quietUntil === 0) return chargeClock();
    body.emit(get(n), i32(quietUntil), { op: "i32.ge_u" });
    body.when(chargeClock);
  }

  #giveTurns(places: readonly (Places | null)[], any: number): void {
    const w = this.#w;
    const body = this.#body;
    places.forEach((place, i) => {
      if (place === null) return;
      body.store(w.variable(`due ${i}`), () => body.emit(get(place.due)));
      if (!runsClock(w.plan.happenings[i] as HappeningPlan)) return;
      body.store(w.variable(`exposed ${i}`), () => body.emit(get(place.exposed)));
      body.store(w.variable(`used ${i}`), () => body.emit(get(place.used)));
    });
    for (const [at, lane] of [0, 8].entries()) {
      body.emit(get(any), { op: "i64x2.extract_lane", lane: at }, { op: "i64.eqz" }, { op: "i32.eqz" });
      body.when(() => {
        body.emit(get(n), get(pairPlace), i32(lane), { op: "i32.add" });
        body.emit({ op: "call", index: w.functionIndex("turns") });
      });
    }
  }

  // ---- masks

  #canHappen(h: HappeningPlan, i: number): readonly (() => void)[] {
    const w = this.#w;
    const body = this.#body;
    return [
      ...(canStop(w) ? [() => body.load(w.variable("alive"))] : []),
      ...(h.repeats ? [] : [() => body.load(w.variable(`ready ${i}`))]),
    ];
  }

  #holding(holds: number | null): readonly (() => void)[] {
    return holds === null ? [] : [() => this.#computation.push(holds)];
  }

  /** True in the steps that are marked. */
  #flag(steps: Uint8Array, isNegated = false): void {
    const address = this.#w.layout.place(steps);
    const load: readonly Instruction[] = [get(n), { op: "i32.load8_u", offset: address }];
    this.#body.emit({ op: "i64.const", value: 0n }, ...load, ...(isNegated ? [{ op: "i32.eqz" } as const] : []));
    this.#body.emit({ op: "i64.extend_i32_u" }, { op: "i64.sub" }, { op: "i64x2.splat" });
  }

  #allOf(masks: readonly (() => void)[]): void {
    if (masks.length === 0) {
      const bits = 0xffffffffffffffffn;
      this.#body.emit({ op: "v128.const", lanes: [bits, bits] });
    }
    masks.forEach((push, k) => {
      push();
      if (k > 0) this.#body.emit({ op: "v128.and" });
    });
  }

  #constant(value: number): void {
    this.#body.emit(i32(0), { op: "v128.load", offset: this.#w.layout.constant(value) });
  }
}
