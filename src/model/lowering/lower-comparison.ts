/** Lowers comparisons, also of choices, elements and events by name. */

import type { ExpressionNode } from "#language/tree.ts";
import type { BinaryOperator } from "../expression.ts";
import { binary, constant, truth, unary } from "./fold.ts";
import { commonType, requireNumber, type WrittenOperand } from "./lower-arithmetic.ts";
import { refer, tellNotHere } from "./lower-name.ts";
import { comparedTime } from "./moments.ts";
import type { Lowering } from "./lowering.ts";
import { mayRead, type Place } from "../scope/places.ts";
import { mistaken, truthType, type Typed } from "../scope/typed.ts";
import { shortText, sourceLine } from "../scope/wording.ts";

type ComparisonOperator = "<" | "<=" | ">" | ">=" | "=" | "!=";

const operators: Readonly<Record<ComparisonOperator, BinaryOperator>> = {
  "<": "lt",
  "<=": "le",
  ">": "gt",
  ">=": "ge",
  "=": "eq",
  "!=": "ne",
};

export function lowerComparison(
  node: Extract<ExpressionNode, { readonly kind: "binary" }>,
  operator: ComparisonOperator,
  where: Place,
  use: Lowering,
): Typed {
  if (operator === "=" || operator === "!=") {
    const named = byName(node.left, node.right, where, use) ?? byName(node.right, node.left, where, use);
    if (named !== null) {
      if (named.type.kind === "mistaken" || operator === "=") return named;
      return { expression: unary("not", named.expression), type: truthType };
    }
  }
  const left = { value: use.lower(node.left, where), span: node.left.span, node: node.left };
  const right = { value: use.lower(node.right, where), span: node.right.span, node: node.right };
  return lowerCompared(operator, left, right, use);
}

function lowerCompared(
  operator: ComparisonOperator,
  left: WrittenOperand,
  right: WrittenOperand,
  use: Lowering,
): Typed {
  if (left.value.type.kind === "mistaken" || right.value.type.kind === "mistaken") return mistaken;
  const isSameList =
    left.value.type.kind === "category" && JSON.stringify(left.value.type) === JSON.stringify(right.value.type);
  const isFine = (isSameList && (operator === "=" || operator === "!=")) || bothNumbers(left, right, use);
  if (!isFine) return mistaken;
  const [a, b] = [left.value.expression, right.value.expression];
  const { clock } = use.scope;
  const expression = binary(operators[operator], comparedTime(a, b, clock), comparedTime(b, a, clock));
  return { expression, type: truthType };
}

function bothNumbers(left: WrittenOperand, right: WrittenOperand, use: Lowering): boolean {
  const isLeft = requireNumber(left, use);
  const isRight = requireNumber(right, use);
  return isLeft && isRight && commonType(left, right, use) !== null;
}

/** `thing = word` where the thing has words of its own: a variable of `each`, a choice, the first of several events, a column. Null otherwise. */
function byName(thing: ExpressionNode, word: ExpressionNode, where: Place, use: Lowering): Typed | null {
  if (thing.kind === "name" && where.bindings.has(thing.name.text)) return elementIs(thing.name.text, word, where, use);
  const column = thing.kind === "name" ? where.record?.columns.find((c) => c.name === thing.name.text) : undefined;
  if (column !== undefined) {
    if (column.type !== "words") return null;
    return wordIs(thing, word, where, use);
  }
  if (thing.kind === "call" && thing.callee.text === "first") return wordIs(thing, word, where, use);
  const reference = thing.kind === "name" || thing.kind === "index" ? refer(thing, where, use.quiet()) : null;
  if (reference === null || reference.kind !== "entry") return null;
  const { node, name } = reference.entry;
  if (node.kind === "choice") {
    const options = node.options.map((o) => o.name.text);
    const option = word.kind === "name" ? word.name.text : null;
    if (!mayRead(where, "choice")) return tellNotHere(`the choice '${name}'`, thing, where, use);
    if (option === null || !options.includes(option)) return tellWord(word, name, options, use);
    return { expression: { op: "chosen", choice: name, option }, type: truthType };
  }
  const hasWords = (node.kind === "let" || node.kind === "outcome") && use.typeOf(reference.entry).kind === "category";
  return hasWords ? wordIs(thing, word, where, use) : null;
}

function elementIs(variable: string, word: ExpressionNode, where: Place, use: Lowering): Typed {
  const own = where.bindings.get(variable);
  const written = word.kind === "name" ? word.name.text : null;
  const other = written === null ? undefined : where.bindings.get(written);
  if (other !== undefined) return { expression: truth(own === other), type: truthType };
  const elements = use.scope.elements.get(variable) ?? [];
  if (written === null || !elements.includes(written)) {
    const element = sourceLine(use.scope, word.span);
    use.tell("unknown-element", word.span, {
      element,
      of: variable,
      elements,
      near: use.near(element, () => elements),
    });
    return mistaken;
  }
  return { expression: truth(own === written), type: truthType };
}

function wordIs(thing: ExpressionNode, word: ExpressionNode, where: Place, use: Lowering): Typed | null {
  const value = use.lower(thing, where);
  if (value.type.kind !== "category") return mistaken;
  const written =
    word.kind === "name"
      ? word.name.text
      : word.kind === "member"
        ? `${word.owner.text}.${word.name.text}`
        : sourceLine(use.scope, word.span);
  const place = value.type.words.indexOf(written);
  if (place >= 0) return { expression: binary("eq", value.expression, constant(place)), type: truthType };
  const other = word.kind === "name" && where.record?.columns.some((c) => c.name === word.name.text) === true;
  return other ? null : tellWord(word, shortText(use.scope, thing.span), value.type.words, use);
}

function tellWord(word: ExpressionNode, of: string, options: readonly string[], use: Lowering): Typed {
  const name = sourceLine(use.scope, word.span);
  use.tell("unknown-option", word.span, { name, of, options, near: use.near(name, () => options) });
  return mistaken;
}
