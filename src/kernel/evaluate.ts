/** Evaluates an expression outside a run, once: claims' conditions, distribution parameters, margins over figures. */

import type { Expression } from "#model/expression.ts";
import { applyBinary, lookup, applyUnary, type LookupCurve } from "./operators.ts";

/** An expression that names something, whose value the caller must know. */
type Leaf = Extract<
  Expression,
  | {
      op:
        | "time"
        | "stepTime"
        | "believed"
        | "chosen"
        | "happened"
        | "timeOf"
        | "since"
        | "count"
        | "exposure"
        | "first"
        | "over"
        | "figure"
        | "column";
    }
  | { op: "stock" | "let" | "unknown" | "claim" | "shock" | "delay" | "latch" | "outcome" }
>;

/** The value of `e`, with `leaf` giving the value of every name in it and `curve` its tables. */
export function evaluate(e: Expression, leaf: (leaf: Leaf) => number, curve: (table: string) => LookupCurve): number {
  switch (e.op) {
    case "const":
      return e.value;
    case "unary":
      return applyUnary(e.operator, evaluate(e.operand, leaf, curve));
    case "binary":
      return applyBinary(e.operator, evaluate(e.left, leaf, curve), evaluate(e.right, leaf, curve));
    case "if":
      return evaluate(evaluate(e.condition, leaf, curve) !== 0 ? e.then : e.else, leaf, curve);
    case "lookup":
      return lookup(curve(e.table), evaluate(e.at, leaf, curve));
    case "time":
    case "stepTime":
    case "believed":
    case "chosen":
    case "happened":
    case "timeOf":
    case "since":
    case "count":
    case "exposure":
    case "first":
    case "over":
    case "figure":
    case "column":
    case "stock":
    case "let":
    case "unknown":
    case "claim":
    case "shock":
    case "delay":
    case "latch":
    case "outcome":
      return leaf(e);
  }
}
