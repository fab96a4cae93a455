/** The values of an expression at the times of one run, 0 … steps, in; a statistic over part of them out. */

import type { OverTime } from "#model/expression.ts";
import { firstStepFrom, lastStepTo, nearestStep } from "./moments.ts";

/**
 * Over the step times in `from`..`to`, both ends included; `at` reads the value at the step nearest to `from`, `final` the last one.
 * `total` integrates as Euler's method does: the sum of the values at the steps that begin in `from`..`to`, the end left out, times `dt`.
 * Sums run in order of time. NaN where the range is empty (0 for `total`) or an end is not a number.
 */
export function overPath(statistic: OverTime, path: Float64Array, from: number, to: number, dt: number): number {
  const steps = path.length - 1;
  if (from !== from || to !== to) return NaN;
  if (statistic === "final") return path[steps] as number;
  if (statistic === "at") return path[nearestStep(from, dt, steps)] as number;
  const first = firstStepFrom(from, dt);
  if (statistic === "total") {
    const end = Math.min(steps, firstStepFrom(to, dt));
    let sum = 0;
    for (let n = first; n < end; n++) sum += path[n] as number;
    return sum * dt;
  }
  const last = lastStepTo(to, dt, steps);
  if (first > last) return NaN;
  let gathered = path[first] as number;
  for (let n = first + 1; n <= last; n++) {
    const x = path[n] as number;
    if (statistic === "min") gathered = x < gathered ? x : gathered;
    else if (statistic === "max") gathered = gathered < x ? x : gathered;
    else gathered += x;
  }
  return statistic === "mean" ? gathered / (last - first + 1) : gathered;
}
