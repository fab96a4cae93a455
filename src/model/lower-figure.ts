/** Figures over runs in: chance, mean, median, quantile, with what is done (`if`) and what is known (`|`); and shares of a record's rows. */

import { plain } from "./dimension.ts";
import { walk, type Expression } from "./expression.ts";
import type { FunctionEntry } from "./functions.ts";
import { lowerIntervention, noIntervention } from "./interventions.ts";
import { lowerConstant, lowerTruth, requireNumber } from "./lower-arithmetic.ts";
import { tellNotHere } from "./lower-name.ts";
import type { CallNode, Lowering } from "./lowering.ts";
import type { Figure, Unit } from "./model.ts";
import { place, type Place } from "./places.ts";
import { mistaken, numberType, type Type, type Typed } from "./typed.ts";
import { textOf } from "./wording.ts";

/** How chances and shares are shown. */
export const percentUnit: Unit = { label: "%", factor: 0.01, dimension: plain };

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
  const intervention = node.if === null ? noIntervention : lowerIntervention(node.if, where, use);
  const given = node.given === null ? null : lowerTruth(node.given, inner, use);
  if (intervention === null || (node.given !== null && given === null)) return mistaken;
  const kept = {
    intervention,
    given,
    givenIsInside: given !== null && !use.scope.isStatic && readsTheRun(given),
    text: textOf(use.scope, node.span),
  };
  const add = (figure: Figure, type: Type): Typed => ({
    expression: { op: "figure", index: figures.push(figure) - 1 },
    type,
  });
  if (entry.name === "chance") {
    const truth = lowerTruth(of, inner, use);
    return truth === null
      ? mistaken
      : add({ statistic: "chance", of: truth, level: null, ...kept }, numberType(plain, percentUnit));
  }
  const value = { value: use.lower(of, inner), span: of.span };
  if (!requireNumber(value, use)) return mistaken;
  const type = value.value.type.kind === "truth" ? numberType(plain) : value.value.type;
  if (entry.name === "mean") return add({ statistic: "mean", of: value.value.expression, level: null, ...kept }, type);
  const level = second === undefined ? 0.5 : lowerConstant(second, plain, where, use, "a share");
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

/** `share(of | given)`: a share of a record's rows. */
export function lowerShare(node: CallNode, where: Place, use: Lowering): Typed {
  const { record } = where;
  if (record === null)
    return tellNotHere("share(…), a share of a record's rows,", node, where, use, "use it in a 'test'");
  if (node.if !== null) {
    use.tell("if-in-record", node.if.span, {});
    return mistaken;
  }
  const [of] = node.arguments;
  const inner: Place = { ...where, record: { ...record, isInside: true } };
  const truth = of === undefined ? null : lowerTruth(of, inner, use);
  const given = node.given === null ? null : lowerTruth(node.given, inner, use);
  if (truth === null || (node.given !== null && given === null)) return mistaken;
  const index = record.figures.push({ of: truth, given, text: textOf(use.scope, node.span) }) - 1;
  return { expression: { op: "figure", index }, type: numberType(plain, percentUnit) };
}
