/** Checks what the modeller expects of the case. */

import type { ExpectNode } from "#language/tree.ts";
import { shortNumber } from "../units/calendar.ts";
import { plainNumber } from "../units/dimension.ts";
import type { Bindings, DeclaredEntry } from "../scope/expand.ts";
import { lowerStatement, lowerSingle } from "./figures.ts";
import { lowerDone } from "./interventions.ts";
import { lowerConstant, lowerTruth } from "../lowering/lower-arithmetic.ts";
import type { Lowering } from "../lowering/lowering.ts";
import type { Expectation } from "../model.ts";
import { checkAll, checkView } from "../lowering/named.ts";
import { ofKind } from "../scope/names.ts";
import { place } from "../scope/places.ts";
import { declaredOf } from "../world/quantities.ts";
import { dimensionOf } from "../scope/typed.ts";
import { sourceLine } from "../scope/wording.ts";

type In = Extract<ExpectNode["expectation"], { readonly kind: "in" }>;

export function lowerExpectations(use: Lowering): readonly Expectation[] {
  return ofKind(use.scope.names, "expect").flatMap((entry: DeclaredEntry<ExpectNode>) => {
    const { node, name } = entry;
    const check = lowerCheck(node.expectation, entry.bindings, use);
    const under = checkAll(node.under, "view", `the views of '${name}'`, (v) => checkView(v, use), use);
    return check === null ? [] : [{ ...declaredOf(entry), mark: node.mark, under, check }];
  });
}

function lowerCheck(node: ExpectNode["expectation"], bindings: Bindings, use: Lowering): Expectation["check"] | null {
  switch (node.kind) {
    case "always": {
      const condition = lowerTruth(node.condition, place("run", bindings), use);
      const intervention = lowerDone(node.if, place("statement", bindings), use);
      return condition === null || intervention === null
        ? null
        : { kind: "always", condition, intervention, text: sourceLine(use.scope, node.condition.span) };
    }
    case "comparison": {
      const comparison = lowerStatement(node, use, bindings);
      return comparison === null ? null : { kind: "comparison", comparison };
    }
    case "in":
      return lowerWithin(node, bindings, use);
  }
}

function lowerWithin(node: In, bindings: Bindings, use: Lowering): Expectation["check"] | null {
  const single = lowerSingle(node.figure, use, bindings);
  if (single === null) return null;
  const dimension = dimensionOf(single.type) ?? plainNumber;
  const end = (e: In["range"]["low"]): number | null =>
    e === null ? null : lowerConstant(e, dimension, place("constant"), use);
  const low = end(node.range.low);
  const high = end(node.range.high);
  if ((node.range.low !== null && low === null) || (node.range.high !== null && high === null)) return null;
  if (low !== null && high !== null && !(low <= high)) {
    use.tell("bad-interval", node.range.span, { low: shortNumber(low), high: shortNumber(high) });
    return null;
  }
  return { kind: "in", comparison: single.comparison, low, high, text: sourceLine(use.scope, node.span) };
}
