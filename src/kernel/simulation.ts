/** Runs one world step by step, as docs/decisions/001-the-step.md has it: outcomes, finals and series. */

import { resolve, type Resolved } from "./distribution.ts";
import { RunFailure } from "./failure.ts";
import { overPath } from "./path.ts";
import { uniform } from "./philox.ts";
import type { DelayPlan, EndPart, EventPlan, Plan, ShockPlan, StockPlan, Watched } from "./plan.ts";
import { quantile } from "./quantiles.ts";
import { execute } from "./tape.ts";
import { Turns, type State } from "./turns.ts";

/** One world: beliefs drawn by the caller, and the numbers that key its luck. */
export interface Draws {
  readonly seed: number;
  readonly world: number;
  /** 1 or 0, in order of the model. */
  readonly claims: Float64Array;
  /** In order of the model. */
  readonly unknowns: Float64Array;
  /** In order of the program's `believed`. */
  readonly believed: Float64Array;
}

export interface RunResult {
  /** In order of the model. */
  readonly outcomes: Float64Array;
  /** In order of the watch; these alone may be infinite or not a number. */
  readonly finals: Float64Array;
  /** 1 where it was true at every step time. */
  readonly always: Uint8Array;
  /** steps + 1 values each. */
  readonly series: readonly Float64Array[];
  /** By event of the model, its first time from the start, or NaN. */
  readonly firstTimes: Float64Array;
  /** Steps in which a range moved a stock by more than rounding. */
  readonly clampedSteps: number;
}

/** A move of this part of a stock's size, or less, is rounding. */
export const ROUNDING = 1e-12;

export class Simulation {
  readonly #plan: Plan;
  readonly #dt: number;
  readonly #steps: number;
  readonly #blank: Float64Array;
  readonly #state: State;
  readonly #turns: Turns;
  readonly #shocks: Resolved[] = [];
  /** Each delay's inputs, a ring as long as the delay. */
  readonly #rings: readonly Float64Array[];
  readonly #paths: readonly Float64Array[];
  /** Stocks at the step's start, their flows summed over stages, and the flows of one stage. */
  readonly #base: Float64Array;
  readonly #flows: Float64Array;
  readonly #change: Float64Array;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#dt = plan.frame.dt;
    this.#steps = plan.frame.steps;
    this.#blank = plan.frame.memory.create();
    this.#state = { v: plan.frame.memory.create(), seed: 0, world: 0, step: 0, time: 0 };
    this.#turns = new Turns(plan, this.#state);
    this.#rings = plan.delays.map((d) => new Float64Array(Math.min(d.steps, this.#steps + 1)));
    this.#paths = Array.from(plan.paths, () => new Float64Array(this.#steps + 1));
    this.#base = new Float64Array(plan.stocks.length);
    this.#change = new Float64Array(plan.stocks.length);
    this.#flows = new Float64Array(plan.stocks.length);
  }

  run(draws: Draws): RunResult {
    const plan = this.#plan;
    const steps = this.#steps;
    const series = Array.from(plan.series, () => new Float64Array(steps + 1));
    const always = new Uint8Array(plan.always.length).fill(1);
    let clampedSteps = 0;
    this.#begin(draws);
    for (let n = 0; ; n++) {
      this.#read(n);
      this.#record(n, series, always);
      if (n === steps) break;
      if (this.#turns.isStopped) {
        for (const kept of [...series, ...this.#paths]) kept.fill(kept[n] as number, n + 1);
        this.#goOnGrowing(n);
        break;
      }
      this.#turns.read();
      this.#advance();
      if (this.#clamp()) clampedSteps++;
    }
    return this.#finish({ series, always, clampedSteps });
  }

  /** A running total goes on with the value that a run left. */
  #goOnGrowing(stopped: number): void {
    const { integrands } = this.#plan;
    for (let i = 0; i < integrands.length; i++) {
      if ((integrands[i] as number) < 0) continue;
      const path = this.#paths[i] as Float64Array;
      const by = ((this.#paths[integrands[i] as number] as Float64Array)[stopped] as number) * this.#dt;
      for (let n = stopped + 1; n <= this.#steps; n++) path[n] = (path[n - 1] as number) + by;
    }
  }

  // ---- before the first step

  #begin(draws: Draws): void {
    const plan = this.#plan;
    const state = this.#state;
    const { v } = state;
    v.set(this.#blank);
    state.seed = draws.seed;
    state.world = draws.world;
    this.#moveTo(0);
    this.#lay(plan.claims, draws.claims, "claims");
    this.#lay(plan.unknowns, draws.unknowns, "unknowns");
    this.#lay(plan.believed, draws.believed, "believed");
    for (const { slot, formula } of plan.setUnknowns) {
      execute(formula.code, v, plan.curves);
      v[slot] = v[formula.slot] as number;
    }
    plan.unknowns.forEach((slot, i) => this.#check(slot, () => `unknown ${plan.frame.model.unknowns[i]?.name}`));
    execute(plan.fixed, v, plan.curves);
    this.#checkAll(plan.fixedLets);
    this.#turns.reset();
    this.#prepareShocks();
    this.#drawShocks(0);
    for (const code of plan.start) execute(code, v, plan.curves);
    for (const s of plan.stocks) {
      v[s.slot] = v[s.initial] as number;
      this.#checkStock(s);
      for (const end of [s.low, s.high]) if (end !== null && v[end] !== v[end]) this.#fail(`stock ${s.name}`, NaN);
    }
    for (const d of plan.delays) this.#check(d.initial, () => d.name);
  }

  #lay(slots: Int32Array, values: Float64Array, what: string): void {
    if (slots.length !== values.length) throw new Error(`${values.length} ${what} drawn, ${slots.length} wanted`);
    for (let i = 0; i < slots.length; i++) this.#state.v[slots[i] as number] = values[i] as number;
  }

  #prepareShocks(): void {
    const { shocks } = this.#plan;
    const { v } = this.#state;
    for (let i = 0; i < shocks.length; i++) {
      const { distribution, parameters } = shocks[i] as ShockPlan;
      this.#shocks[i] = resolve(distribution, (e) => v[parameters.get(e) as number] as number);
    }
  }

  // ---- the start of a step

  #read(n: number): void {
    const plan = this.#plan;
    const { v } = this.#state;
    this.#moveTo(n);
    if (n > 0) this.#drawShocks(n);
    for (let i = 0; i < plan.delays.length; i++) {
      const { slot, steps, initial } = plan.delays[i] as DelayPlan;
      const ring = this.#rings[i] as Float64Array;
      v[slot] = n < steps ? (v[initial] as number) : (ring[n % steps] as number);
    }
    for (const { step, stock, formula } of plan.sets) {
      if (step !== n) continue;
      const s = plan.stocks[stock] as StockPlan;
      execute(formula.code, v, plan.curves);
      v[s.slot] = v[formula.slot] as number;
      this.#checkStock(s);
    }
    execute(plan.read, v, plan.curves);
    this.#checkAll(plan.readWatched);
    for (let i = 0; i < plan.delays.length; i++) {
      const { steps, input } = plan.delays[i] as DelayPlan;
      const ring = this.#rings[i] as Float64Array;
      if (n % steps < ring.length) ring[n % steps] = v[input] as number;
    }
  }

  #moveTo(n: number): void {
    const { time, step } = this.#plan.frame;
    const state = this.#state;
    state.step = n;
    state.time = n * this.#dt;
    state.v[time] = state.time;
    state.v[step] = n;
  }

  #drawShocks(n: number): void {
    const { shocks } = this.#plan;
    const { v, seed, world } = this.#state;
    for (let i = 0; i < shocks.length; i++) {
      const { slot, key, everySteps, name } = shocks[i] as ShockPlan;
      if (n % everySteps !== 0) continue;
      const value = quantile(this.#shocks[i] as Resolved, uniform(seed, key, world, n / everySteps));
      if (value - value !== 0) this.#fail(`shock ${name}`, value);
      v[slot] = value;
    }
  }

  #record(n: number, series: readonly Float64Array[], always: Uint8Array): void {
    const plan = this.#plan;
    const { v } = this.#state;
    for (let i = 0; i < series.length; i++) (series[i] as Float64Array)[n] = v[plan.series[i] as number] as number;
    for (let i = 0; i < this.#paths.length; i++)
      (this.#paths[i] as Float64Array)[n] = v[plan.paths[i] as number] as number;
    for (let i = 0; i < always.length; i++) if (v[plan.always[i] as number] === 0) always[i] = 0;
  }

  // ---- through the step

  /** Flows, then turns. Euler: x + k·dt. Runge and Kutta: x + ((k1 + 2·k2 + 2·k3 + k4) / 6)·dt, summed from the left, rates likewise. */
  #advance(): void {
    const plan = this.#plan;
    const { stocks, stage } = plan;
    const { v } = this.#state;
    const base = this.#base;
    const change = this.#change;
    const dt = this.#dt;
    execute(plan.flows, v, plan.curves);
    for (let i = 0; i < stocks.length; i++) {
      const { slot, flow } = stocks[i] as StockPlan;
      base[i] = v[slot] as number;
      change[i] = v[flow] as number;
    }
    let totalWeight = 1;
    if (stage !== null) {
      totalWeight = 6;
      this.#placeStocks(change, dt / 2);
      this.#stage(stage, 0.5, 2, dt / 2);
      this.#stage(stage, 0.5, 2, dt);
      this.#stage(stage, 1, 1, 0);
      for (let i = 0; i < stocks.length; i++) change[i] = (change[i] as number) / 6;
      this.#moveTo(this.#state.step);
    }
    this.#placeStocks(change, dt);
    for (let i = 0; i < stocks.length; i++) this.#checkStock(stocks[i] as StockPlan);
    this.#turns.take(totalWeight);
  }

  /** Stocks at the step's start plus their flows for a length of time. */
  #placeStocks(flows: Float64Array, length: number): void {
    const { stocks } = this.#plan;
    const { v } = this.#state;
    for (let i = 0; i < stocks.length; i++)
      v[(stocks[i] as StockPlan).slot] = (this.#base[i] as number) + (flows[i] as number) * length;
  }

  /** Flows and rates on the stocks as placed, at `offset` of the step; then stocks are placed for the next stage, `next` along these flows. */
  #stage(stage: NonNullable<Plan["stage"]>, offset: number, weight: number, next: number): void {
    const { curves, stocks, frame } = this.#plan;
    const { v, step } = this.#state;
    v[frame.time] = (step + offset) * this.#dt;
    execute(stage.code, v, curves);
    for (let i = 0; i < stocks.length; i++)
      this.#change[i] = (this.#change[i] as number) + weight * (v[stage.flows[i] as number] as number);
    this.#turns.addStage(weight);
    if (next === 0) return;
    // A flow may lie in another stock's own slot, so all are read before any stock is placed.
    for (let i = 0; i < stocks.length; i++) this.#flows[i] = v[stage.flows[i] as number] as number;
    this.#placeStocks(this.#flows, next);
  }

  /** True when a stock was moved by more than rounding. Held stocks keep their value. */
  #clamp(): boolean {
    const { stocks } = this.#plan;
    const { v, step } = this.#state;
    let hasMoved = false;
    for (let i = 0; i < stocks.length; i++) {
      const { slot, low, high, heldFrom } = stocks[i] as StockPlan;
      if ((low === null && high === null) || step >= heldFrom) continue;
      const x = v[slot] as number;
      let y = x;
      if (low !== null && y < (v[low] as number)) y = v[low] as number;
      if (high !== null && (v[high] as number) < y) y = v[high] as number;
      if (y === x) continue;
      v[slot] = y;
      if (Math.abs(y - x) > ROUNDING * Math.max(Math.abs(this.#base[i] as number), Math.abs(y))) hasMoved = true;
    }
    return hasMoved;
  }

  // ---- after the last step

  #finish(kept: Pick<RunResult, "series" | "always" | "clampedSteps">): RunResult {
    const plan = this.#plan;
    const { v } = this.#state;
    for (const part of plan.end) this.#workOut(part);
    this.#checkAll(plan.outcomes);
    return {
      ...kept,
      outcomes: Float64Array.from(plan.outcomes, (o) => v[o.slot] as number),
      finals: Float64Array.from(plan.finals, (slot) => v[slot] as number),
      firstTimes: Float64Array.from(plan.events, ({ slots }: EventPlan) =>
        v[slots.count] === 0 ? NaN : (v[slots.first] as number),
      ),
    };
  }

  #workOut(part: EndPart): void {
    const { v } = this.#state;
    if (part.kind === "tape") return execute(part.code, v, this.#plan.curves);
    const { statistic, path, integral, from, to, slot } = part;
    const values = this.#paths[path] as Float64Array;
    v[slot] = overPath(statistic, values, v[from] as number, v[to] as number, this.#dt, this.#paths[integral] ?? null);
  }

  // ---- what must be finite

  #checkAll(all: readonly Watched[]): void {
    const { v } = this.#state;
    for (let i = 0; i < all.length; i++) {
      const x = v[(all[i] as Watched).slot] as number;
      if (x - x !== 0) this.#fail((all[i] as Watched).equation, x);
    }
  }

  #checkStock(stock: StockPlan): void {
    const x = this.#state.v[stock.slot] as number;
    if (x - x !== 0) this.#fail(`stock ${stock.name}`, x);
  }

  #check(slot: number, equation: () => string): void {
    const x = this.#state.v[slot] as number;
    if (x - x !== 0) this.#fail(equation(), x);
  }

  #fail(equation: string, value: number): never {
    throw new RunFailure(equation, this.#state.step, this.#state.world, value);
  }
}
