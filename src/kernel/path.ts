/** Computes a statistic over part of a run from the values of an expression at its step times, 0 … steps. */

import type { OverTime } from "#model/expression.ts";
import { firstStepFrom, lastStepTo, nearestStep } from "./moments.ts";

/**
 * `min` and `max` over the step times in `from`..`to`, both ends included; `at` reads the value at the step nearest to `from`, `final` the last one.
 * `total` is what a stock would gather with this inflow over the steps that begin in `from`..`to`, the end left out, and `mean` that over their
 * time: under Euler's method the sum of the values at their starts, times `dt`; under Runge and Kutta's what its stages gathered, which `integral`
 * holds. Where no step begins in the range but one of its times lies in it, the mean is the value there. Sums run in order of time. NaN
 * where the range is empty (0 for `total`) or an end is not a number.
 */
export function overPath(
  statistic: OverTime,
  path: Float64Array,
  from: number,
  to: number,
  dt: number,
  integral: Float64Array | null,
): number {
  const steps = path.length - 1;
  if (from !== from || to !== to) return NaN;
  if (statistic === "final") return path[steps] as number;
  if (statistic === "at") return path[nearestStep(from, dt, steps)] as number;
  const first = firstStepFrom(from, dt);
  const end = Math.min(steps, firstStepFrom(to, dt));
  if (statistic === "total" || (statistic === "mean" && first < end)) {
    if (first >= end) return 0;
    const isMean = statistic === "mean";
    if (integral !== null) {
      const gained = (integral[end] as number) - (integral[first] as number);
      return isMean ? gained / ((end - first) * dt) : gained;
    }
    let sum = 0;
    for (let n = first; n < end; n++) sum += path[n] as number;
    return isMean ? sum / (end - first) : sum * dt;
  }
  const last = lastStepTo(to, dt, steps);
  if (first > last) return NaN;
  if (statistic === "mean") return path[first] as number;
  let gathered = path[first] as number;
  for (let n = first + 1; n <= last; n++) {
    const x = path[n] as number;
    if (statistic === "min") gathered = x < gathered ? x : gathered;
    else gathered = gathered < x ? x : gathered;
  }
  return gathered;
}
