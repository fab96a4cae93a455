/** The range of an expression of figures: between which ends its value lies, as far as it reads no more than figures. */

import type { Expression } from "../expression.ts";

/** The least and the greatest value. */
export type FigureRange = readonly [number, number];

/** Whatever claims and choices its conditions read. `leaf` gives the range of a name that is read; null where nobody knows, and so of all that reads it. */
export function rangeOfFigures(
  e: Expression,
  leaf: (e: Expression) => FigureRange | null = () => null,
): FigureRange | null {
  const of = (part: Expression): FigureRange | null => rangeOfFigures(part, leaf);
  if (e.op === "const") return [e.value, e.value];
  if (e.op === "unary" && e.operator === "neg") {
    const operand = of(e.operand);
    return operand === null ? null : [-operand[1], -operand[0]];
  }
  if (e.op !== "if" && e.op !== "binary") return leaf(e);
  const [left, right] = e.op === "if" ? [of(e.then), of(e.else)] : [of(e.left), of(e.right)];
  if (left === null || right === null) return null;
  const [a, b] = left;
  const [c, d] = right;
  if (e.op === "if") return [Math.min(a, c), Math.max(b, d)];
  const products = (x: number, y: number): FigureRange => [
    Math.min(a * x, a * y, b * x, b * y),
    Math.max(a * x, a * y, b * x, b * y),
  ];
  switch (e.operator) {
    case "add":
      return [a + c, b + d];
    case "sub":
      return [a - d, b - c];
    case "mul":
      return products(c, d);
    case "div":
      return c > 0 || d < 0 ? products(1 / d, 1 / c) : null;
    case "min":
      return [Math.min(a, c), Math.min(b, d)];
    case "max":
      return [Math.max(a, c), Math.max(b, d)];
    case "mod":
      return a === b && c === d && c > 0 ? [a - c * Math.floor(a / c), a - c * Math.floor(a / c)] : null;
    default:
      return null;
  }
}
