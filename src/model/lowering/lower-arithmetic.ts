/** Lowers sums, products and powers to base units, and checks their units. */

import type { Fix } from "#text/fix.ts";
import type { Span } from "#text/span.ts";
import type { ExpressionNode } from "#language/tree.ts";
import { isPlain, plainNumber, power, product, quotient, sameDimension, type Dimension } from "../units/dimension.ts";
import type { BinaryOperator, Expression } from "../expression.ts";
import { binary, constantOf } from "./fold.ts";
import type { Lowering } from "./lowering.ts";
import type { Place } from "../scope/places.ts";
import { dimensionOf, fitsDimension, mistaken, numberType, type Type, type Typed } from "../scope/typed.ts";
import { unitHint } from "./unit-hints.ts";
import { composedUnit } from "../units/units.ts";
import { isIn, shortText } from "../scope/wording.ts";

type ArithmeticOperator = "+" | "-" | "*" | "/" | "^";

/** A typed expression with the place it was written at, for messages. */
export interface WrittenOperand {
  readonly value: Typed;
  readonly span: Span;
  /** What was written, where it is one expression. */
  readonly node?: ExpressionNode;
}

const operators: Readonly<Record<ArithmeticOperator, BinaryOperator>> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "div",
  "^": "pow",
};

export function lowerArithmetic(
  node: Extract<ExpressionNode, { readonly kind: "binary" }>,
  operator: ArithmeticOperator,
  where: Place,
  use: Lowering,
): Typed {
  const left = { value: use.lower(node.left, where), span: node.left.span, node: node.left };
  const right = { value: use.lower(node.right, where), span: node.right.span, node: node.right };
  return combine(operator, left, right, use);
}

/** `left operator right`, with units. */
export function combine(
  operator: ArithmeticOperator,
  left: WrittenOperand,
  right: WrittenOperand,
  use: Lowering,
): Typed {
  const isNumber = [left, right].map((side) => requireNumber(side, use));
  if (isNumber.includes(false)) return mistaken;
  const type = typeOfResult(operator, left, right, use);
  if (type === null) return mistaken;
  return { expression: binary(operators[operator], left.value.expression, right.value.expression), type };
}

function typeOfResult(
  operator: ArithmeticOperator,
  left: WrittenOperand,
  right: WrittenOperand,
  use: Lowering,
): Type | null {
  const a = dimensionOf(left.value.type);
  const b = dimensionOf(right.value.type);
  switch (operator) {
    case "+":
    case "-":
      return commonType(left, right, use);
    case "*":
      if (a === null || b === null) return { kind: "zero" };
      return scaled(left.value.type, right.value.type) ?? numberType(product(a, b));
    case "/":
      if (constantOf(right.value.expression) === 0) {
        use.tell("division-by-zero", right.span, {});
        return null;
      }
      if (a === null || b === null) return { kind: "zero" };
      return numberType(quotient(a, b), isPlain(b) ? unitIn(left.value.type) : null);
    case "^":
      return powerType(left, right, use);
  }
}

/** The unit that survives multiplying by a plain number: 2 × 3 people are people, in which nobody need be told otherwise. */
function scaled(a: Type, b: Type): Type | null {
  const left = dimensionOf(a);
  const right = dimensionOf(b);
  if (left === null || right === null) return null;
  if (isPlain(right) && !isPlain(left)) return numberType(left, unitIn(a));
  if (isPlain(left) && !isPlain(right)) return numberType(right, unitIn(b));
  return null;
}

function unitIn(type: Type): Extract<Type, { readonly kind: "number" }>["unit"] {
  return type.kind === "number" ? type.unit : null;
}

function powerType(left: WrittenOperand, right: WrittenOperand, use: Lowering): Type | null {
  if (!requireDimension(right, plainNumber, use)) return null;
  const base = dimensionOf(left.value.type);
  if (base === null || isPlain(base)) return numberType(plainNumber);
  const exponent = constantOf(right.value.expression);
  if (exponent !== null && Number.isInteger(exponent)) return numberType(power(base, exponent));
  use.tell("power-not-whole", right.span, {
    base: shortText(use.scope, left.span),
    is: isIn(use.scope, left.value.type),
  });
  return null;
}

/** The one type of two things that are added or compared; tells when they differ. */
export function commonType(left: WrittenOperand, right: WrittenOperand, use: Lowering): Type | null {
  const a = left.value.type;
  const b = right.value.type;
  if (a.kind === "zero") return b.kind === "truth" ? numberType(plainNumber) : b;
  if (b.kind === "zero") return a.kind === "truth" ? numberType(plainNumber) : a;
  const x = dimensionOf(a);
  const y = dimensionOf(b);
  if (x === null || y === null || !sameDimension(x, y)) {
    const hint = x === null || y === null ? null : unitHint(right.node, y, x, unitIn(a)?.label ?? null, use);
    const other = x === null || y === null ? null : unitHint(left.node, x, y, unitIn(b)?.label ?? null, use);
    use.tell(
      "units-differ",
      right.span,
      {
        left: shortText(use.scope, left.span),
        leftIs: isIn(use.scope, a),
        right: shortText(use.scope, right.span),
        rightIs: isIn(use.scope, b),
        write: hint?.write ?? other?.write ?? null,
      },
      [],
      [...(hint?.fixes ?? []), ...(other?.fixes ?? [])],
    );
    return null;
  }
  return numberType(x, unitIn(a) ?? unitIn(b));
}

/** Tells when something that is no number stands where one must; silent about what has been told. */
export function requireNumber(written: WrittenOperand, use: Lowering): boolean {
  const { type } = written.value;
  if (type.kind === "mistaken") return false;
  if (type.kind !== "category") return true;
  use.tell("not-a-number", written.span, { text: shortText(use.scope, written.span), is: isIn(use.scope, type) });
  return false;
}

/** Tells when a value is not of the dimension wanted. `wanted` names the unit in the message where a better word is known. */
export function requireDimension(
  written: WrittenOperand,
  dimension: Dimension,
  use: Lowering,
  wanted?: string,
): boolean {
  if (!requireNumber(written, use)) return false;
  if (fitsDimension(written.value.type, dimension)) return true;
  const label = composedUnit(use.scope.units, dimension).label;
  const own = dimensionOf(written.value.type);
  const isLabel = wanted !== undefined && !/^an? /.test(wanted);
  const hint = own === null ? null : unitHint(written.node, own, dimension, isLabel ? wanted : null, use);
  use.tell(
    "wrong-unit",
    written.span,
    {
      text: shortText(use.scope, written.span),
      is: isIn(use.scope, written.value.type),
      wanted: wanted ?? (isPlain(dimension) ? "a plain number" : label),
      write: hint?.write ?? null,
    },
    [],
    hint?.fixes ?? [],
  );
  return false;
}

/** The expression of a truth value; null, reported with `fixes`, for anything else. */
export function requireTruth(
  value: Typed,
  node: ExpressionNode,
  use: Lowering,
  fixes: readonly Fix[] = [],
): Expression | null {
  if (value.type.kind === "truth") return value.expression;
  if (value.type.kind === "mistaken") return null;
  const parts = { text: shortText(use.scope, node.span), is: isIn(use.scope, value.type) };
  use.tell("not-a-truth", node.span, parts, [], fixes);
  return null;
}

/** Lowers what must be in a dimension. */
export function lowerIn(
  node: ExpressionNode,
  dimension: Dimension,
  where: Place,
  use: Lowering,
  wanted?: string,
): Expression | null {
  const written = { value: use.lower(node, where), span: node.span, node };
  return requireDimension(written, dimension, use, wanted) ? written.value.expression : null;
}

/** Lowers what must be a truth value. */
export function lowerTruth(
  node: ExpressionNode,
  where: Place,
  use: Lowering,
  fixes: readonly Fix[] = [],
): Expression | null {
  return requireTruth(use.lower(node, where), node, use, fixes);
}

/** Lowers what must be known before anything runs; null, told, when it is not. */
export function lowerConstant(
  node: ExpressionNode,
  dimension: Dimension,
  where: Place,
  use: Lowering,
  wanted?: string,
): number | null {
  const e = lowerIn(node, dimension, { ...where, kind: "constant" }, use, wanted);
  if (e === null) return null;
  const value = constantOf(e);
  if (value === null) use.tell("not-constant", node.span, { text: shortText(use.scope, node.span) });
  return value;
}
