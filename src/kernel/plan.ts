/** A compiled program: the tapes of a run and where on them each value lies. Plain data, made once, read by every run. */

import type { Distribution } from "#model/model.ts";
import type { Expression, OverTime } from "#model/expression.ts";
import type { Frame, EventSlots } from "./frame.ts";
import type { LookupCurve } from "./operators.ts";
import type { Key } from "./philox.ts";

/** A tape and the slot in which its value lies when it has run. */
export interface Formula {
  readonly code: Int32Array;
  readonly slot: number;
}

/** A slot that must hold a finite number, and whose equation is to blame when it does not. */
export interface Watched {
  readonly slot: number;
  readonly equation: string;
}

export interface StockPlan {
  readonly name: string;
  readonly slot: number;
  /** On the start tape. */
  readonly initial: number;
  /** On the tape of flows. */
  readonly flow: number;
  /** Fixed for a run; null is unbounded. */
  readonly low: number | null;
  readonly high: number | null;
  /** The step from which it is held, or Infinity. */
  readonly heldFrom: number;
}

export interface ShockPlan {
  readonly name: string;
  readonly slot: number;
  readonly key: Key;
  readonly everySteps: number;
  readonly distribution: Distribution;
  /** Where its parameters lie, once a run. */
  readonly parameters: ReadonlyMap<Expression, number>;
}

export interface DelayPlan {
  readonly name: string;
  readonly slot: number;
  readonly steps: number;
  /** On the start tape. */
  readonly initial: number;
  /** On the tape of the step's start. */
  readonly input: number;
}

export interface EffectPlan {
  readonly kind: "set" | "add" | "stop";
  /** Index of the stock; −1 for `stop`. */
  readonly stock: number;
  /** Computes condition and value on the state as it is. */
  readonly code: Int32Array;
  /** 0 where the effect does not count. */
  readonly because: number;
  readonly value: number;
}

export interface EventPlan {
  readonly name: string;
  readonly slots: EventSlots;
  readonly effects: readonly EffectPlan[];
}

interface OptionPlan {
  readonly name: string;
  /** Index of the option's event. */
  readonly event: number;
  readonly utility: number;
  readonly isForbidden: boolean;
}

/** A policy's choice: sharpness and utilities on the state as it is. */
export interface PickPlan {
  readonly key: Key;
  readonly code: Int32Array;
  readonly sharpness: number;
  readonly options: readonly OptionPlan[];
}

export interface HazardPlan {
  readonly key: Key;
  /** On the state at the step's start. */
  readonly rate: Formula;
  /** On the tape of Runge and Kutta's stages. */
  readonly stageRate: number;
  /** From this rate on a run stops: where it repeats, firings beyond `mostFirings` a step. */
  readonly limit: number;
  /** The step before which it does not come, and its clock does not run. */
  readonly quietUntil: number;
  /** The slot of what it has run up, quiet or not; −1 where nothing reads it. */
  readonly exposure: number;
  /** The slot of what is on its first clock, once a run; −1 where that is drawn. */
  readonly clock: number;
}

/** A repeating hazard may come about so many times in one step. */
export const mostFirings = 10_000;

/** An event or a policy: whatever comes due. */
export interface HappeningPlan {
  /** `event fall`, `policy answer`. */
  readonly equation: string;
  /** Index of its event; −1 for a policy with options. */
  readonly event: number;
  readonly pick: PickPlan | null;
  readonly hazard: HazardPlan | null;
  /** By step: 1 where it is scheduled. Null for what is not dated. */
  readonly dated: Uint8Array | null;
  /** Indexes of the events after any of which it comes; empty for none. */
  readonly after: readonly number[];
  readonly isTrigger: boolean;
  /** On the state at the step's start, and on the state as it is; null is always. */
  readonly when: { readonly atStart: Formula; readonly live: Formula } | null;
  readonly repeats: boolean;
  readonly isForbidden: boolean;
  /** By step: 1 where it is forced. */
  readonly forced: Uint8Array | null;
}

/** A part of what is worked out when a run has ended: a tape, or a statistic over a recorded path. */
export type EndPart =
  | { readonly kind: "tape"; readonly code: Int32Array }
  | {
      readonly kind: "over";
      readonly statistic: OverTime;
      readonly path: number;
      /** The path of the running total, for `total` and `mean` under Runge and Kutta's method; −1 where the values are summed. */
      readonly integral: number;
      readonly from: number;
      readonly to: number;
      readonly slot: number;
    };

export interface Plan {
  readonly frame: Frame;
  readonly curves: readonly LookupCurve[];
  /** Slots of what the caller draws, in the caller's order. */
  /** Claims, then the options of the choices that are inputs. */
  readonly claims: Int32Array;
  readonly unknowns: Int32Array;
  readonly believed: Int32Array;
  /** In written order, before all else. */
  readonly setUnknowns: readonly { readonly slot: number; readonly formula: Formula }[];
  /** Once a run: static lets, the ends of ranges, parameters of shocks. */
  readonly fixed: Int32Array;
  readonly fixedLets: readonly Watched[];
  /** Before the first step, one after the other: what is set from the first step, then all initial values. */
  readonly start: readonly Int32Array[];
  readonly shocks: readonly ShockPlan[];
  readonly stocks: readonly StockPlan[];
  readonly delays: readonly DelayPlan[];
  /** Stocks set from a step after the first. */
  readonly sets: readonly { readonly step: number; readonly stock: number; readonly formula: Formula }[];
  /** A step's start: moving lets, latches, delays' inputs, what is recorded, what must always hold. */
  readonly read: Int32Array;
  readonly readWatched: readonly Watched[];
  readonly flows: Int32Array;
  /** Flows and rates on the state of a stage of Runge and Kutta's method; null under Euler's. */
  readonly stage: { readonly code: Int32Array; readonly flows: Int32Array } | null;
  readonly events: readonly EventPlan[];
  /** In order of declaration. */
  readonly happenings: readonly HappeningPlan[];
  /** Recorded at every step time for statistics over time. */
  readonly paths: Int32Array;
  /** By path: that of the values which it adds up, and by which it goes on growing when a run has stopped; −1 for a path of values. */
  readonly integrands: Int32Array;
  readonly series: Int32Array;
  readonly always: Int32Array;
  readonly end: readonly EndPart[];
  readonly outcomes: readonly Watched[];
  readonly finals: Int32Array;
}
