/** Checks outcomes, and keeps them in the order written. */

import type { OutcomeNode } from "#language/tree.ts";
import type { DeclaredEntry } from "../scope/expand.ts";
import { walk } from "../expression.ts";
import { requireDimension } from "../lowering/lower-arithmetic.ts";
import type { Lowering } from "../lowering/lowering.ts";
import type { Outcome } from "../model.ts";
import { ofKind } from "../scope/names.ts";
import { inOrder } from "../order.ts";
import { declaredOf } from "./quantities.ts";
import type { Typed } from "../scope/typed.ts";
import { resolveUnit } from "../units/units.ts";
import { unitWords } from "../scope/wording.ts";

/** `valueOf` gives the lowered value of an outcome, once. */
export function lowerOutcomes(
  use: Lowering,
  valueOf: (entry: DeclaredEntry<OutcomeNode>) => Typed,
): readonly Outcome[] {
  const found = ofKind(use.scope.names, "outcome").flatMap((entry) => lowerOutcome(entry, valueOf(entry), use) ?? []);
  const byName = new Map(found.map((o) => [o.name, o]));
  const { rings } = inOrder(found, (o) => {
    const names = new Set<string>();
    walk(o.value, (e) => {
      if (e.op === "outcome") names.add(e.name);
    });
    return [...names].flatMap((name) => byName.get(name) ?? []);
  });
  for (const ring of rings) {
    const [first] = ring;
    if (first !== undefined) use.tell("ring", first.span, { what: "outcomes", ring: ring.map((o) => o.name) });
  }
  return found;
}

function lowerOutcome(entry: DeclaredEntry<OutcomeNode>, value: Typed, use: Lowering): Outcome | null {
  const { node } = entry;
  if (value.type.kind === "mistaken") return null;
  const written = node.unit === null ? null : resolveUnit(use.scope.units, node.unit)[0];
  if (
    written !== null &&
    !requireDimension(
      { value, span: node.expression.span, node: node.expression },
      written.dimension,
      use,
      written.label,
    )
  )
    return null;
  return {
    ...declaredOf(entry),
    unit: written ?? unitWords(use.scope, value.type),
    value: value.expression,
    categories: value.type.kind === "category" ? value.type.words : null,
    isTruth: value.type.kind === "truth" && written === null,
    alwaysShown: node.alwaysShown,
  };
}
