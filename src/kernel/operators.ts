/** The operators of expressions on numbers: one meaning for the evaluator, the tape and constant folding. Truth is 1 or 0. */

import type { BinaryOperator, UnaryOperator } from "#model/expression.ts";
import type { LookupTable } from "#model/model.ts";
import { arctan, cos, exp, log, logistic, mod, pow, round, sin, tanh } from "./math.ts";

export function applyUnary(operator: UnaryOperator, x: number): number {
  switch (operator) {
    case "neg":
      return -x;
    case "not":
      return x !== 0 ? 0 : 1;
    case "abs":
      return Math.abs(x);
    case "exp":
      return exp(x);
    case "log":
      return log(x);
    case "sqrt":
      return Math.sqrt(x);
    case "sin":
      return sin(x);
    case "cos":
      return cos(x);
    case "arctan":
      return arctan(x);
    case "tanh":
      return tanh(x);
    case "logistic":
      return logistic(x);
    case "floor":
      return Math.floor(x);
    case "round":
      return round(x);
  }
}

/** min and max are `b < a ? b : a` and `a < b ? b : a`, so that signed zeros and NaN fall the same way on every engine. */
export function applyBinary(operator: BinaryOperator, a: number, b: number): number {
  switch (operator) {
    case "add":
      return a + b;
    case "sub":
      return a - b;
    case "mul":
      return a * b;
    case "div":
      return a / b;
    case "pow":
      return pow(a, b);
    case "mod":
      return mod(a, b);
    case "min":
      return b < a ? b : a;
    case "max":
      return a < b ? b : a;
    case "lt":
      return a < b ? 1 : 0;
    case "le":
      return a <= b ? 1 : 0;
    case "gt":
      return a > b ? 1 : 0;
    case "ge":
      return a >= b ? 1 : 0;
    case "eq":
      return a === b ? 1 : 0;
    case "ne":
      return a !== b ? 1 : 0;
    case "and":
      return a !== 0 && b !== 0 ? 1 : 0;
    case "or":
      return a !== 0 || b !== 0 ? 1 : 0;
  }
}

/** The points of a table with the slope of each piece worked out once. */
export interface LookupCurve {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly slope: Float64Array;
}

export function curveOf(table: LookupTable): LookupCurve {
  const { x, y } = table;
  const slope = Float64Array.from(x, (from, i) => {
    const to = x[i + 1];
    return to === undefined ? 0 : ((y[i + 1] as number) - (y[i] as number)) / (to - from);
  });
  return { x: Float64Array.from(x), y: Float64Array.from(y), slope };
}

/** Piecewise linear: y_i + (at − x_i)·slope_i on its piece, flat beyond the ends; NaN for NaN. */
export function lookup(curve: LookupCurve, at: number): number {
  const { x, y, slope } = curve;
  const last = x.length - 1;
  if (at !== at) return NaN;
  if (at <= (x[0] as number)) return y[0] as number;
  if (at >= (x[last] as number)) return y[last] as number;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((x[middle] as number) <= at) low = middle;
    else high = middle;
  }
  return (y[low] as number) + (at - (x[low] as number)) * (slope[low] as number);
}
