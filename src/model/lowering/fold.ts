/** Builds expressions with what is constant already worked out. */

import type { BinaryOperator, Expression, UnaryOperator } from "../expression.ts";

/** JSON has no negative zero, so neither has a model. */
export function constant(value: number): Expression {
  return { op: "const", value: value === 0 ? 0 : value };
}

export const zero: Expression = constant(0);
export const one: Expression = constant(1);

export function constantOf(e: Expression): number | null {
  return e.op === "const" ? e.value : null;
}

/** A truth value as the model counts it. */
export function truth(value: boolean): Expression {
  return value ? one : zero;
}

export function binary(operator: BinaryOperator, left: Expression, right: Expression): Expression {
  const a = constantOf(left);
  const b = constantOf(right);
  if (operator === "and") {
    if (a !== null) return a === 0 ? zero : right;
    if (b !== null) return b === 0 ? zero : left;
  }
  if (operator === "or") {
    if (a !== null) return a === 0 ? right : one;
    if (b !== null) return b === 0 ? left : one;
  }
  if (a !== null && b !== null) {
    const value = work(operator, a, b);
    if (value !== null && Number.isFinite(value)) return constant(value);
  }
  return { op: "binary", operator, left, right };
}

/** Only what every engine rounds alike; null where the engine must do it. */
function work(operator: BinaryOperator, a: number, b: number): number | null {
  switch (operator) {
    case "add":
      return a + b;
    case "sub":
      return a - b;
    case "mul":
      return a * b;
    case "div":
      return b === 0 ? null : a / b;
    case "min":
      return b < a ? b : a;
    case "max":
      return b > a ? b : a;
    case "lt":
      return Number(a < b);
    case "le":
      return Number(a <= b);
    case "gt":
      return Number(a > b);
    case "ge":
      return Number(a >= b);
    case "eq":
      return Number(a === b);
    case "ne":
      return Number(a !== b);
    case "pow":
      return Number.isInteger(b) && Math.abs(b) <= 64 ? wholePower(a, b) : null;
    case "and":
    case "or":
    case "mod":
      return null;
  }
}

/** `base` to a whole power, by repeated squaring. */
function wholePower(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let n = Math.abs(exponent); n >= 1; n = Math.floor(n / 2)) {
    if (n % 2 === 1) result *= square;
    square *= square;
  }
  return exponent < 0 ? 1 / result : result;
}

/** By halves, so that no large family makes an expression too deep to walk. */
export function balanced(operator: "min" | "max" | "add", parts: readonly Expression[]): Expression {
  const [first, second] = parts;
  if (first === undefined || second === undefined) return first ?? constant(0);
  const half = Math.ceil(parts.length / 2);
  return binary(operator, balanced(operator, parts.slice(0, half)), balanced(operator, parts.slice(half)));
}

export function unary(operator: UnaryOperator, operand: Expression): Expression {
  const a = constantOf(operand);
  if (a !== null && operator === "neg") return constant(-a);
  if (a !== null && operator === "abs") return constant(Math.abs(a));
  if (a !== null && operator === "not") return truth(a === 0);
  if (a !== null && operator === "floor") return constant(Math.floor(a));
  return { op: "unary", operator, operand };
}

export function either(condition: Expression, then: Expression, otherwise: Expression): Expression {
  const c = constantOf(condition);
  if (c !== null) return c === 0 ? otherwise : then;
  // oxlint-disable-next-line unicorn/no-thenable -- nobody awaits an expression
  return { op: "if", condition, then, else: otherwise };
}

/** All of the conditions that are there; null when there is none. */
export function allOf(conditions: readonly (Expression | null)[]): Expression | null {
  const given = conditions.filter((c) => c !== null);
  return given.length === 0 ? null : given.reduce((a, b) => binary("and", a, b));
}
