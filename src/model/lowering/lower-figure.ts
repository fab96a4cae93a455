/** Lowers figures over runs, with what is done (`if`) and what is known (`|`), and shares of a record's rows. */

import { replaceBy } from "#text/fix.ts";
import type { ExpressionNode } from "#language/tree.ts";
import { plainNumber, quotient } from "../units/dimension.ts";
import { walk, type Expression } from "../expression.ts";
import { constant } from "./fold.ts";
import type { FunctionEntry } from "../functions.ts";
import { lowerDone } from "../argument/interventions.ts";
import { lowerConstant, lowerTruth, requireNumber } from "./lower-arithmetic.ts";
import { tellNotHere } from "./lower-name.ts";
import type { CallNode, Lowering } from "./lowering.ts";
import type { Figure, RecordFigure, Unit } from "../model.ts";
import { place, type Place } from "../scope/places.ts";
import { dimensionOf, mistaken, numberType, type Type, type Typed } from "../scope/typed.ts";
import { sourceLine, unitWords } from "../scope/wording.ts";

/** How chances and shares are shown. */
export const percentUnit: Unit = { label: "%", factor: 0.01, dimension: plainNumber };

export function lowerFigure(entry: FunctionEntry, node: CallNode, where: Place, use: Lowering): Typed {
  const { figures } = where;
  if (figures === null)
    return tellNotHere(
      `${entry.name}(…), a figure over runs,`,
      node,
      where,
      use,
      "use it in a conclusion or an expect",
    );
  const [of, second] = node.arguments;
  if (of === undefined) return mistaken;
  const inner = place("outcome", where.bindings);
  const intervention = lowerDone(node.if, where, use);
  const given = node.given === null ? null : lowerTruth(node.given, inner, use);
  if (intervention === null || (node.given !== null && given === null)) return mistaken;
  const kept = {
    intervention,
    given,
    givenIsInside: given !== null && !use.scope.isStatic && readsTheRun(given),
    givenText: node.given === null ? null : sourceLine(use.scope, node.given.span),
    text: sourceLine(use.scope, node.span),
  };
  const add = (figure: Omit<Figure, "unit">, type: Type): Typed => ({
    expression: { op: "figure", index: figures.push({ ...figure, unit: unitWords(use.scope, type) }) - 1 },
    type,
  });
  if (entry.name === "chance") {
    // Of a quantity there is a mean.
    const truth = lowerTruth(of, inner, use, [replaceBy(node.callee.span, "mean", false)]);
    // A chance is a share whatever is wrong in it, so that what it is compared with can be judged.
    return add(
      { statistic: "chance", of: truth ?? constant(0), level: null, ...kept },
      numberType(plainNumber, percentUnit),
    );
  }
  const value = { value: use.lower(of, inner), span: of.span, node: of };
  if (!requireNumber(value, use)) return mistaken;
  const type = value.value.type.kind === "truth" ? numberType(plainNumber) : value.value.type;
  if (entry.name === "mean") return add({ statistic: "mean", of: value.value.expression, level: null, ...kept }, type);
  const level = second === undefined ? 0.5 : lowerConstant(second, plainNumber, where, use, "a share");
  if (level === null) return mistaken;
  if (!(level > 0 && level < 1)) {
    use.tell("out-of-range", (second ?? node).span, { what: "the level of a quantile", least: "0%", most: "100%" });
    return mistaken;
  }
  return add({ statistic: "quantile", of: value.value.expression, level, ...kept }, type);
}

/** What was so from the start. */
const fromTheStart: ReadonlySet<Expression["op"]> = new Set([
  "const",
  "claim",
  "unknown",
  "believed",
  "chosen",
  "unary",
  "binary",
  "if",
  "lookup",
] as const);

/** True when a condition reads what happens within the run, and not only what was so from the start. */
function readsTheRun(e: Expression): boolean {
  let inside = false;
  walk(e, (part) => {
    if (!fromTheStart.has(part.op)) inside = true;
  });
  return inside;
}

/** `share(of | given)`, `rate(of, over)`, `survival(over, of, at)`, `incidence(over, of, competing, at)`: figures of a record's cases. */
export function lowerRecordFigure(entry: FunctionEntry, node: CallNode, where: Place, use: Lowering): Typed {
  const { record } = where;
  if (record === null)
    return tellNotHere(
      `${entry.name}(…), a figure of a record's cases,`,
      node,
      where,
      use,
      "use it in a 'test', or in an unknown: ~ from record …",
    );
  if (node.if !== null) {
    use.tell("if-in-record", node.if.span, {});
    return mistaken;
  }
  const inner: Place = { ...where, record: { ...record, isInside: true } };
  const truth = (n: ExpressionNode | undefined): Expression | null =>
    n === undefined ? null : lowerTruth(n, inner, use);
  const given = node.given === null ? null : truth(node.given);
  const parts = recordParts(entry.name, node.arguments, inner, truth, use);
  if (parts === null || (node.given !== null && given === null)) return mistaken;
  const { type, ...figure } = parts;
  const written = (part: ExpressionNode | null): string | null =>
    part === null ? null : sourceLine(use.scope, part.span);
  const words = { of: written(node.arguments[0] ?? null) ?? "", given: written(node.given) };
  const index = record.figures.push({ ...figure, given, text: sourceLine(use.scope, node.span), words }) - 1;
  return { expression: { op: "figure", index }, type };
}

type RecordParts = Omit<RecordFigure, "given" | "text" | "words"> & { readonly type: Type };

function recordParts(
  name: string,
  nodes: readonly ExpressionNode[],
  inner: Place,
  truth: (n: ExpressionNode | undefined) => Expression | null,
  use: Lowering,
): RecordParts | null {
  const none = { over: null, competing: null, at: null };
  const share = numberType(plainNumber, percentUnit);
  const [a, b, c, d] = nodes;
  if (name === "share") {
    const of = truth(a);
    return of === null ? null : { statistic: "share", of, ...none, type: share };
  }
  const span = name === "rate" ? b : a;
  const of = truth(name === "rate" ? a : b);
  const over = span === undefined ? null : { value: use.lower(span, inner), span: span.span, node: span };
  if (of === null || over === null || !requireNumber(over, use)) return null;
  const { expression, type } = over.value;
  const dimension = dimensionOf(type) ?? plainNumber;
  if (name === "rate")
    return { statistic: "rate", of, ...none, over: expression, type: numberType(quotient(plainNumber, dimension)) };
  const competing = name === "incidence" ? truth(c) : null;
  const moment = name === "incidence" ? d : c;
  const at = moment === undefined ? null : lowerConstant(moment, dimension, place("constant"), use);
  if (at === null || (name === "incidence" && competing === null)) return null;
  return { statistic: name === "incidence" ? name : "survival", of, over: expression, competing, at, type: share };
}
