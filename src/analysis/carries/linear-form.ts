/** Writes a margin over figures as a constant and a weight on each figure; null where it is not linear. */

import type { Expression } from "#model/expression.ts";
import { applyBinary, applyUnary } from "#kernel/operators.ts";

export interface LinearForm {
  readonly constant: number;
  readonly weights: readonly number[];
}

export function linearForm(e: Expression, figures: number): LinearForm | null {
  const none = Array.from({ length: figures }, () => 0);
  switch (e.op) {
    case "const":
      return { constant: e.value, weights: none };
    case "figure":
      return { constant: 0, weights: none.map((_, i) => (i === e.index ? 1 : 0)) };
    case "unary": {
      const of = linearForm(e.operand, figures);
      if (of === null) return null;
      if (e.operator === "neg") return scaled(of, -1);
      return isConstant(of) ? { constant: applyUnary(e.operator, of.constant), weights: none } : null;
    }
    case "binary": {
      const left = linearForm(e.left, figures);
      const right = linearForm(e.right, figures);
      if (left === null || right === null) return null;
      if (isConstant(left) && isConstant(right))
        return { constant: applyBinary(e.operator, left.constant, right.constant), weights: none };
      switch (e.operator) {
        case "add":
          return added(left, right);
        case "sub":
          return added(left, scaled(right, -1));
        case "mul":
          return isConstant(left)
            ? scaled(right, left.constant)
            : isConstant(right)
              ? scaled(left, right.constant)
              : null;
        case "div":
          return isConstant(right) ? scaled(left, 1 / right.constant) : null;
        default:
          return null;
      }
    }
    default:
      return null;
  }
}

function isConstant({ weights }: LinearForm): boolean {
  return weights.every((w) => w === 0);
}

function scaled({ constant, weights }: LinearForm, by: number): LinearForm {
  return { constant: constant * by, weights: weights.map((w) => w * by) };
}

function added(a: LinearForm, b: LinearForm): LinearForm {
  return { constant: a.constant + b.constant, weights: a.weights.map((w, i) => w + (b.weights[i] ?? 0)) };
}
