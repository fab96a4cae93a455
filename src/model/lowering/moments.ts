/** Moments that fall on a step: from there on something holds for whole steps, whatever the method of integration. */

import type { Expression } from "../expression.ts";
import { toStep, type Clock } from "../units/calendar.ts";
import { constantOf } from "./fold.ts";

export const now: Expression = { op: "time" };

/** The time at which the step began: by Euler's method simply the time. */
export function stepTime(clock: Clock): Expression {
  return clock.method === "rk4" ? { op: "stepTime" } : now;
}

export function isOnStep(moment: Expression, clock: Clock): boolean {
  const value = constantOf(moment);
  return value !== null && toStep(clock, value).isWhole;
}

/**
 * The running time as one side of a comparison with `other`: where that is a moment on a step, the time at which the step began. Otherwise the last stage of Runge
 * and Kutta's method, whose time is the next step's, would see what holds only from that step on.
 */
export function comparedTime(side: Expression, other: Expression, clock: Clock | null): Expression {
  return side.op === "time" && clock !== null && isOnStep(other, clock) ? stepTime(clock) : side;
}
