/** Evaluates arithmetic over figures, with its slope in each figure for the delta method. */

import type { BinaryOperator, Expression, UnaryOperator } from "#model/expression.ts";
import { cos, exp, log, logistic, pow, sin, tanh } from "#kernel/math.ts";
import { evaluate } from "#kernel/evaluate.ts";
import { applyBinary, applyUnary } from "#kernel/operators.ts";

/** A value with its partial derivatives by figure (forward differentiation). */
interface Slope {
  readonly value: number;
  readonly by: readonly number[];
}

/**
 * Evaluates `e`, whose leaves are constants and `figure` nodes, at `figures`, with the exact derivative by each figure.
 * At a kink (abs, min, max, if) the slope is that of the branch taken; floor, round and truths are flat.
 * Throws on a node that no checked comparison holds.
 */
export function slopeAt(e: Expression, figures: readonly number[]): Slope {
  switch (e.op) {
    case "const":
      return { value: e.value, by: figures.map(() => 0) };
    case "figure":
      return { value: figures[e.index] ?? Number.NaN, by: figures.map((_, i) => (i === e.index ? 1 : 0)) };
    case "unary": {
      const x = slopeAt(e.operand, figures);
      const slope = slopeOfUnary(e.operator, x.value);
      return { value: applyUnary(e.operator, x.value), by: x.by.map((d) => times(slope, d)) };
    }
    case "binary": {
      const a = slopeAt(e.left, figures);
      const b = slopeAt(e.right, figures);
      const [inA, inB] = slopesOfBinary(e.operator, a.value, b.value);
      return {
        value: applyBinary(e.operator, a.value, b.value),
        by: a.by.map((d, i) => times(inA, d) + times(inB, b.by[i] ?? 0)),
      };
    }
    case "if":
      return slopeAt(slopeAt(e.condition, figures).value !== 0 ? e.then : e.else, figures);
    default:
      throw new Error(`a comparison of figures holds a '${e.op}'`);
  }
}

/** The value alone, without slopes. */
export function marginValue(e: Expression, figures: readonly number[]): number {
  return evaluate(
    e,
    (leaf) => (leaf.op === "figure" ? (figures[leaf.index] ?? Number.NaN) : Number.NaN),
    () => {
      throw new Error("a comparison of figures reads a table");
    },
  );
}

/** A figure that a part does not read has slope 0 there, even where the part's own slope is not finite. */
function times(outer: number, inner: number): number {
  return inner === 0 ? 0 : outer * inner;
}

function slopeOfUnary(operator: UnaryOperator, x: number): number {
  switch (operator) {
    case "neg":
      return -1;
    case "abs":
      return x < 0 ? -1 : 1;
    case "exp":
      return exp(x);
    case "log":
      return 1 / x;
    case "sqrt":
      return 0.5 / Math.sqrt(x);
    case "sin":
      return cos(x);
    case "cos":
      return -sin(x);
    case "arctan":
      return 1 / (1 + x * x);
    case "tanh":
      return 1 - tanh(x) * tanh(x);
    case "logistic":
      return logistic(x) * (1 - logistic(x));
    case "not":
    case "floor":
    case "round":
      return 0;
  }
}

/** The slopes in the left and in the right operand. */
function slopesOfBinary(operator: BinaryOperator, a: number, b: number): readonly [number, number] {
  switch (operator) {
    case "add":
      return [1, 1];
    case "sub":
      return [1, -1];
    case "mul":
      return [b, a];
    case "div":
      return [1 / b, -a / (b * b)];
    case "pow":
      return [b * pow(a, b - 1), pow(a, b) * log(a)];
    case "mod":
      return [1, -Math.floor(a / b)];
    case "min":
      return b < a ? [0, 1] : [1, 0];
    case "max":
      return a < b ? [0, 1] : [1, 0];
    case "lt":
    case "le":
    case "gt":
    case "ge":
    case "eq":
    case "ne":
    case "and":
    case "or":
      return [0, 0];
  }
}
