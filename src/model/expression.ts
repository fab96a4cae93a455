/** Expressions of a checked model: every name resolved, every unit folded into constants, `because` lowered to `if`. */

export type UnaryOperator =
  | "neg"
  | "not"
  | "abs"
  | "exp"
  | "log"
  | "sqrt"
  | "sin"
  | "cos"
  | "arctan"
  | "tanh"
  | "logistic"
  | "floor"
  | "round";

export type BinaryOperator =
  | "add"
  | "sub"
  | "mul"
  | "div"
  | "pow"
  | "mod"
  | "min"
  | "max"
  | "lt"
  | "le"
  | "gt"
  | "ge"
  | "eq"
  | "ne"
  | "and"
  | "or";

/** A statistic over the times of one run. */
export type OverTime = "final" | "at" | "min" | "max" | "mean" | "total";

export type Expression =
  | { readonly op: "const"; readonly value: number }
  /** Time since the start; at a stage of Runge and Kutta's method, the time of the stage. */
  | { readonly op: "time" }
  /** Time since the start at the beginning of the step, the same at each of its stages. */
  | { readonly op: "stepTime" }
  | {
      readonly op: "stock" | "let" | "unknown" | "claim" | "shock" | "delay" | "latch" | "outcome";
      readonly name: string;
    }
  /** The unknown as `by` sees it: a view, or an actor (whose view may hang on a claim). Same uniform, that view's quantile. */
  | {
      readonly op: "believed";
      readonly by: { readonly kind: "view" | "actor"; readonly name: string };
      readonly unknown: string;
    }
  /** 1 when this option is taken. */
  | { readonly op: "chosen"; readonly choice: string; readonly option: string }
  /** 1 once the event has happened; with `by`, once it has happened by that time from the start. */
  | { readonly op: "happened"; readonly event: string; readonly by: Expression | null }
  /** Time from the start of the first occurrence; `otherwise` while it has not happened. */
  | { readonly op: "timeOf"; readonly event: string; readonly otherwise: Expression }
  /** Time since the last occurrence, never negative; `otherwise` while it has not happened. */
  | { readonly op: "since"; readonly event: string; readonly otherwise: Expression }
  /** Times the event has happened. */
  | { readonly op: "count"; readonly event: string }
  /** What a hazard has run up while it was at risk: its rate summed over time. Only software asks: no text can. */
  | { readonly op: "exposure"; readonly event: string }
  /** Which of the events happened first: its place from 1, or 0. */
  | { readonly op: "first"; readonly events: readonly string[] }
  | { readonly op: "unary"; readonly operator: UnaryOperator; readonly operand: Expression }
  | { readonly op: "binary"; readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression }
  | { readonly op: "if"; readonly condition: Expression; readonly then: Expression; readonly else: Expression }
  | { readonly op: "lookup"; readonly table: string; readonly at: Expression }
  /** Outcomes only: over the step times in `from`..`to` (the whole run where null); `at` reads the time in `from`. */
  | {
      readonly op: "over";
      readonly statistic: OverTime;
      readonly of: Expression;
      readonly from: Expression | null;
      readonly to: Expression | null;
    }
  /** Conclusions only: the owner's figure of that index. */
  | { readonly op: "figure"; readonly index: number }
  /** Tests of records only: a column's value, words as their index. */
  | { readonly op: "column"; readonly name: string };

/** Visits `e` and all below it, parents first. */
export function walk(e: Expression, visit: (e: Expression) => void): void {
  visit(e);
  for (const child of children(e)) walk(child, visit);
}

/** The direct parts of an expression, in written order. */
export function children(e: Expression): readonly Expression[] {
  switch (e.op) {
    case "const":
    case "time":
    case "stepTime":
    case "stock":
    case "let":
    case "unknown":
    case "claim":
    case "shock":
    case "delay":
    case "latch":
    case "outcome":
    case "believed":
    case "chosen":
    case "count":
    case "exposure":
    case "first":
    case "figure":
    case "column":
      return [];
    case "happened":
      return e.by === null ? [] : [e.by];
    case "timeOf":
    case "since":
      return [e.otherwise];
    case "unary":
      return [e.operand];
    case "binary":
      return [e.left, e.right];
    case "if":
      return [e.condition, e.then, e.else];
    case "lookup":
      return [e.at];
    case "over":
      return [e.of, ...(e.from ? [e.from] : []), ...(e.to ? [e.to] : [])];
  }
}
