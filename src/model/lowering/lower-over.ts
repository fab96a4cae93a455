/** Lowers aggregates over a family, and statistics over the time of a run. */

import { replaceBy } from "#text/fix.ts";
import { product, sameDimension, timeDimension } from "../units/dimension.ts";
import type { ExpressionNode } from "#language/tree.ts";
import type { Expression, OverTime } from "../expression.ts";
import { balanced, binary, constant, constantOf } from "./fold.ts";
import type { FunctionEntry } from "../functions.ts";
import { checkHorizon } from "./horizon.ts";
import { commonType, lowerIn, requireNumber, type WrittenOperand } from "./lower-arithmetic.ts";
import { lowerRead, openIndex, refer, tellNotHere, type FamilyReference, type OpenIndex } from "./lower-name.ts";
import type { CallNode, Lowering } from "./lowering.ts";
import { mayRead, place, type Place } from "../scope/places.ts";
import { sourceLine } from "../scope/wording.ts";
import { dimensionOf, mistaken, numberType, type Type, type Typed } from "../scope/typed.ts";

/** sum, mean, min or max over the elements of a family that are still open. */
export function lowerFamily(
  name: string,
  reference: FamilyReference,
  node: CallNode,
  where: Place,
  use: Lowering,
): Typed {
  const { family, prefix } = reference;
  const members = family.members.filter((m) => prefix.every((element, i) => [...m.bindings.values()][i] === element));
  if (!use.spend(members.length, node.span)) return mistaken;
  if (family.kind === "event" || family.kind === "policy") {
    const [of] = node.arguments;
    const written = of === undefined ? family.base : sourceLine(use.scope, of.span);
    const write = name === "sum" ? `count(${written})` : `${name}(happened(${written}))`;
    const kind = `a family of ${family.kind === "event" ? "events" : "policies"}`;
    use.tell(
      "wrong-kind",
      node.span,
      { name: written, kind, wanted: "values", write },
      [],
      [replaceBy(node.span, write)],
    );
    return mistaken;
  }
  const parts = members.map((m): WrittenOperand => ({
    value: lowerRead(m, node.arguments[0] ?? node, where, use),
    span: node.span,
  }));
  return gathered(name, parts, use);
}

/** The same of an expression in which a family stands open, worked out for each element: `sum(weight * happened(fail))`. */
export function lowerOverFamily(name: string, open: OpenIndex, node: CallNode, where: Place, use: Lowering): Typed {
  const [argument] = node.arguments;
  if (argument === undefined) return mistaken;
  const partsOver = ({ variable, elements }: OpenIndex, at: Place): readonly WrittenOperand[] | null => {
    if (!use.spend(elements.length, node.span)) return null;
    const parts = elements.map((element): readonly WrittenOperand[] | null => {
      const inner = { ...at, bindings: new Map(at.bindings).set(variable, element) };
      const further = openFamily(argument, inner, use);
      return further === null ? [{ value: use.lower(argument, inner), span: node.span }] : partsOver(further, inner);
    });
    return parts.includes(null) ? null : parts.flatMap((p) => p ?? []);
  };
  const parts = partsOver(open, where);
  return parts === null ? mistaken : gathered(name, parts, use);
}

/** The first open index in an expression: see `openIndex`. */
export function openFamily(node: ExpressionNode, where: Place, use: Lowering): OpenIndex | null {
  switch (node.kind) {
    case "number":
    case "date":
    case "boolean":
    case "missing":
      return null;
    case "member":
      return openFamily({ kind: "name", name: node.owner, span: node.owner.span }, where, use);
    case "name":
    case "index": {
      const reference = refer(node, where, use.quiet());
      if (reference.kind !== "family") return node.kind === "index" ? openFamily(node.of, where, use) : null;
      return openIndex(reference, where);
    }
    case "call":
      // A call that gathers by itself leaves nothing open.
      return node.arguments.length === 1 && gathering.has(node.callee.text)
        ? null
        : firstOpen(node.arguments, where, use);
    case "unary":
      return openFamily(node.operand, where, use);
    case "binary":
      return firstOpen([node.left, node.right], where, use);
    case "if":
      return firstOpen([node.condition, node.then, node.else], where, use);
  }
}

const gathering: ReadonlySet<string> = new Set(["sum", "mean", "min", "max"]);

function firstOpen(nodes: readonly ExpressionNode[], where: Place, use: Lowering): OpenIndex | null {
  for (const node of nodes) {
    const open = openFamily(node, where, use);
    if (open !== null) return open;
  }
  return null;
}

/** sum, mean, min or max of several values of one unit. */
function gathered(name: string, parts: readonly WrittenOperand[], use: Lowering): Typed {
  const [first, ...rest] = parts;
  if (first === undefined || parts.some((p) => p.value.type.kind === "mistaken")) return mistaken;
  if (parts.some((p) => !requireNumber(p, use))) return mistaken;
  const operator = name === "min" || name === "max" ? name : "add";
  let type: Type = asNumber(first.value.type);
  for (const part of rest) {
    const common = commonType({ value: { expression: first.value.expression, type }, span: first.span }, part, use);
    if (common === null) return mistaken;
    type = common;
  }
  const expression = balanced(
    operator,
    parts.map((p) => p.value.expression),
  );
  return { expression: name === "mean" ? binary("div", expression, constant(parts.length)) : expression, type };
}

function asNumber(type: Type): Type {
  return type.kind === "truth" ? numberType({}) : type;
}

/** True when a call means time: final, at, total always; min, max, mean of one thing, or of a thing and two dates, in an outcome. */
export function isOverTime(node: CallNode, where: Place, use: Lowering): boolean {
  const name = node.callee.text;
  if (name === "final" || name === "at" || name === "total") return true;
  if (!mayRead(where, "overTime") || name === "sum") return false;
  if (name === "mean" || node.arguments.length === 1) return true;
  const [of, from, to] = node.arguments.map((a) => quietType(a, where, use));
  return node.arguments.length === 3 && of !== undefined && !isTime(of) && isTime(from) && isTime(to);
}

function quietType(node: CallNode["arguments"][number], where: Place, use: Lowering): Type {
  return use.quiet().lower(node, where).type;
}

function isTime(type: Type | undefined): boolean {
  return type?.kind === "number" && sameDimension(type.dimension, timeDimension);
}

export function lowerOverTime(entry: FunctionEntry, node: CallNode, where: Place, use: Lowering): Typed {
  const [of, first, second] = node.arguments;
  if (!mayRead(where, "overTime"))
    return tellNotHere(`${entry.name}(…), which looks over the whole run,`, node, where, use, "declare an outcome");
  if (use.scope.isStatic) {
    use.tell("static-case", node.span, { what: `${entry.name}(…) over time` });
    return mistaken;
  }
  if (of === undefined || (entry.name !== "at" && node.arguments.length === 2)) {
    use.tell("wrong-arguments", node.span, {
      name: entry.name,
      usage: `${entry.name}(x, from, to)`,
      found: node.arguments.length,
    });
    return mistaken;
  }
  const inner = place("run", where.bindings, where.believer);
  const value = { value: use.lower(of, inner), span: of.span, node: of };
  const from = first === undefined ? null : dateIn(first, where, use);
  const to = second === undefined ? null : dateIn(second, where, use);
  if (from === "mistaken" || to === "mistaken" || !requireNumber(value, use)) return mistaken;
  const a = from === null ? null : constantOf(from);
  const b = to === null ? null : constantOf(to);
  if (a !== null && b !== null && a > b) {
    use.tell("empty-range", node.span, { what: `the time of ${entry.name}(…)` });
    return mistaken;
  }
  const statistic = entry.name as OverTime;
  return {
    expression: { op: "over", statistic, of: value.value.expression, from, to },
    type: overType(statistic, value.value.type),
  };
}

function overType(statistic: OverTime, type: Type): Type {
  if (statistic === "total") return numberType(product(dimensionOf(type) ?? {}, timeDimension));
  if (statistic === "final" || statistic === "at") return type;
  if (type.kind === "truth" && statistic !== "mean") return type;
  return asNumber(type);
}

function dateIn(node: CallNode["arguments"][number], where: Place, use: Lowering): Expression | "mistaken" {
  const date = lowerIn(node, timeDimension, where, use, "a date");
  const value = date === null ? null : constantOf(date);
  if (date === null || (value !== null && !checkHorizon("a date", value, node.span, use))) return "mistaken";
  return date;
}
