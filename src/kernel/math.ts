/**
 * The functions of the language on numbers, with the same bits on every engine: only + − × ÷, sqrt, floor and comparisons,
 * never the host's exp, log, pow or sin, whose last bits differ between engines.
 */

import { exp, expm1 } from "./exponential.ts";

export { exp, expm1 } from "./exponential.ts";
export { log, log1p } from "./logarithm.ts";
export { pow } from "./power.ts";
export { arctan, cos, sin } from "./trigonometry.ts";

/** 1 / (1 + exp(−x)), for x < 0 as exp(x) / (1 + exp(x)), so that nothing overflows and small values keep their digits. */
export function logistic(x: number): number {
  const e = exp(x < 0 ? x : -x);
  return (x < 0 ? e : 1) / (1 + e);
}

/** Hyperbolic tangent through expm1; odd by construction. */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size > 22) return x < 0 ? -1 : 1;
  const t = expm1(-2 * size);
  const y = -t / (t + 2);
  return x < 0 ? -y : x === 0 ? x : y;
}

/** The nearest integer; halves go up, towards +Infinity: round(2.5) = 3, round(−2.5) = −2. */
export function round(x: number): number {
  const floor = Math.floor(x);
  return x - floor >= 0.5 ? floor + 1 : floor;
}

/** a − b·⌊a/b⌋: the remainder with the sign of the divisor; NaN for a divisor of 0. */
export function mod(a: number, b: number): number {
  return a - b * Math.floor(a / b);
}
