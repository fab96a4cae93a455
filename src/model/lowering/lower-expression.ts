/** Lowers an expression: resolves its names, folds its units, and reports mistakes where they stand. */

import type { ExpressionNode } from "#language/tree.ts";
import { exists, timeOfDate } from "../units/calendar.ts";
import { sameDimension, timeDimension } from "../units/dimension.ts";
import { binary, constant, either, truth, unary } from "./fold.ts";
import { commonType, lowerArithmetic, requireNumber, requireTruth } from "./lower-arithmetic.ts";
import { lowerCall } from "./lower-call.ts";
import { lowerComparison } from "./lower-comparison.ts";
import { lowerIndex, lowerName, tellNotHere } from "./lower-name.ts";
import type { Lowering } from "./lowering.ts";
import { mayRead, type Place } from "../scope/places.ts";
import { dimensionOf, inUnit, mistaken, numberType, truthType, type Type, type Typed } from "../scope/typed.ts";
import { inBaseUnits, resolveUnit } from "../units/units.ts";
import { isIn, shortText } from "../scope/wording.ts";

type Node<K extends ExpressionNode["kind"]> = Extract<ExpressionNode, { readonly kind: K }>;

export function lowerExpression(node: ExpressionNode, where: Place, use: Lowering): Typed {
  switch (node.kind) {
    case "number":
      return lowerNumber(node, use);
    case "date":
      return lowerDate(node, use);
    case "boolean":
      return { expression: truth(node.value), type: truthType };
    case "name":
      return lowerName(node, where, use);
    case "member": {
      const number = lowerOptionNumber(node, where, use);
      if (number !== null) return number;
      use.tell("wrong-kind", node.span, {
        name: `${node.owner.text}.${node.name.text}`,
        kind: "the option of a policy",
        wanted: "a value",
        write: `happened(${node.owner.text}.${node.name.text})`,
      });
      return mistaken;
    }
    case "index":
      return lowerIndex(node, where, use);
    case "call":
      return lowerCall(node, where, use);
    case "unary":
      return lowerUnary(node, where, use);
    case "binary":
      switch (node.operator) {
        case "+":
        case "-":
        case "*":
        case "/":
        case "^":
          return lowerArithmetic(node, node.operator, where, use);
        case "<":
        case "<=":
        case ">":
        case ">=":
        case "=":
        case "!=":
          return lowerComparison(node, node.operator, where, use);
        case "and":
        case "or":
          return lowerLogic(node, node.operator, where, use);
      }
      break;
    case "if":
      return lowerIf(node, where, use);
    case "missing":
      return mistaken;
  }
}

function lowerNumber(node: Node<"number">, use: Lowering): Typed {
  if (!Number.isFinite(node.value)) {
    use.tell("too-large", node.span, {});
    return mistaken;
  }
  if (node.unit === null) {
    if (node.value === 0 && !node.percent) return { expression: constant(0), type: { kind: "zero" } };
    const unit = node.percent ? { label: "%", factor: 0.01, dimension: {} } : null;
    return { expression: constant(node.value), type: numberType({}, unit) };
  }
  const [unit, errors] = resolveUnit(use.scope.units, node.unit);
  for (const e of errors) use.pass(e);
  if (unit === null) return mistaken;
  const value = inBaseUnits(node.value, unit.factor);
  if (!Number.isFinite(value)) {
    use.tell("too-large", node.span, {});
    return mistaken;
  }
  return { expression: constant(value), type: inUnit(unit) };
}

function lowerDate(node: Node<"date">, use: Lowering): Typed {
  const { clock, isStatic } = use.scope;
  // One that does not exist has been told by the parser.
  if (!exists(node.date)) return mistaken;
  if (isStatic) use.tell("static-case", node.span, { what: "dates" });
  else if (clock !== null && clock.start === null) use.tell("no-calendar", node.span, {});
  else if (clock !== null && clock.start !== null)
    return {
      expression: constant(timeOfDate({ ...clock, start: clock.start }, node.date)),
      type: numberType(timeDimension),
    };
  return mistaken;
}

function lowerUnary(node: Node<"unary">, where: Place, use: Lowering): Typed {
  const operand = use.lower(node.operand, where);
  if (node.operator === "not") {
    const condition = requireTruth(operand, node.operand, use);
    return condition === null ? mistaken : { expression: unary("not", condition), type: truthType };
  }
  if (operand.type.kind === "mistaken") return mistaken;
  if (operand.type.kind === "category") {
    use.tell("not-a-number", node.operand.span, {
      text: shortText(use.scope, node.operand.span),
      is: isIn(use.scope, operand.type),
    });
    return mistaken;
  }
  const type = operand.type.kind === "truth" ? numberType({}) : operand.type;
  return { expression: unary("neg", operand.expression), type };
}

function lowerLogic(node: Node<"binary">, operator: "and" | "or", where: Place, use: Lowering): Typed {
  const left = requireTruth(use.lower(node.left, where), node.left, use);
  const right = requireTruth(use.lower(node.right, where), node.right, use);
  return left === null || right === null ? mistaken : { expression: binary(operator, left, right), type: truthType };
}

function lowerIf(node: Node<"if">, where: Place, use: Lowering): Typed {
  const condition = requireTruth(use.lower(node.condition, where), node.condition, use);
  const then = use.lower(node.then, where);
  const otherwise = use.lower(node.else, where);
  if (condition === null || then.type.kind === "mistaken" || otherwise.type.kind === "mistaken") return mistaken;
  const type = branchType(then.type, otherwise.type);
  if (type === null) {
    use.tell("units-differ", node.else.span, {
      left: shortText(use.scope, node.then.span),
      leftIs: isIn(use.scope, then.type),
      right: shortText(use.scope, node.else.span),
      rightIs: isIn(use.scope, otherwise.type),
      write: null,
    });
    return mistaken;
  }
  return { expression: either(condition, then.expression, otherwise.expression), type };
}

/** The type both branches have; null when they differ. A bare 0 fits every unit. */
function branchType(a: Type, b: Type): Type | null {
  if (a.kind === "zero") return b.kind === "category" ? null : b.kind === "truth" ? numberType({}) : b;
  if (b.kind === "zero") return branchType(b, a);
  if (a.kind === "truth" && b.kind === "truth") return truthType;
  if (a.kind === "category" || b.kind === "category")
    return a.kind === b.kind && JSON.stringify(a) === JSON.stringify(b) ? a : null;
  const left = dimensionOf(a);
  const right = dimensionOf(b);
  if (left === null || right === null || !sameDimension(left, right)) return null;
  return a.kind === "number" ? a : b;
}

/** `answer.effort`: the number that the option taken carries. Null where the owner is no choice. */
function lowerOptionNumber(node: Node<"member">, where: Place, use: Lowering): Typed | null {
  const entry = use.scope.names.byName.get(node.owner.text);
  if (entry?.node.kind !== "choice") return null;
  const { options } = entry.node;
  const number = node.name.text;
  const stated = options.map((o) => o.numbers.find((n) => n.name.text === number)?.value);
  const lacking = options.filter((_, i) => stated[i] === undefined);
  if (lacking.length > 0) {
    const names = [...new Set(options.flatMap((o) => o.numbers.map((n) => n.name.text)))];
    const parameters = {
      choice: entry.name,
      number,
      lacking: lacking.map((o) => o.name.text),
      isKnown: names.includes(number),
      near: use.near(number, () => names),
    };
    use.tell("no-option-number", node.name.span, parameters);
    return mistaken;
  }
  if (!mayRead(where, "choice")) return tellNotHere(`the choice '${entry.name}'`, node, where, use);
  const values = stated.flatMap((value) =>
    value === undefined ? [] : [{ value: use.lower(value, where), span: value.span, node: value }],
  );
  const last = values.at(-1);
  if (last === undefined || values.some((v) => !requireNumber(v, use))) return mistaken;
  let type = last.value.type;
  let { expression } = last.value;
  for (let i = values.length - 2; i >= 0; i--) {
    const next = values[i] ?? last;
    const common = commonType(next, { ...last, value: { expression, type } }, use);
    if (common === null) return mistaken;
    type = common;
    const option = options[i]?.name.text ?? "";
    expression = either({ op: "chosen", choice: entry.name, option }, next.value.expression, expression);
  }
  return { expression, type };
}
