/** Checks lets, and orders them so that each needs only earlier ones. */

import type { LetNode } from "#language/tree.ts";
import type { DeclaredEntry } from "../scope/expand.ts";
import type { Lowering } from "../lowering/lowering.ts";
import type { Let } from "../model.ts";
import { changesInRun } from "./moving.ts";
import { ofKind } from "../scope/names.ts";
import { needsOf } from "./needs.ts";
import { inOrder } from "../order.ts";
import { declaredOf, lowerProvenance } from "./quantities.ts";
import type { Typed } from "../scope/typed.ts";
import { unitWords } from "../scope/wording.ts";

/** `bodyOf` gives the lowered body of a let, once. */
export function lowerLets(use: Lowering, bodyOf: (entry: DeclaredEntry<LetNode>) => Typed): readonly Let[] {
  const drafts = ofKind(use.scope.names, "let").map((entry) => ({ entry, value: bodyOf(entry).expression }));
  const byName = new Map(drafts.map((d) => [d.entry.name, d]));
  const { order, rings } = inOrder(drafts, ({ value }) =>
    needsOf(value, use.memory).lets.flatMap((name) => byName.get(name) ?? []),
  );
  for (const ring of rings) {
    const [first] = ring;
    if (first !== undefined)
      use.tell("ring", first.entry.node.name.span, { what: "lets", ring: ring.map((d) => d.entry.name) });
  }
  const thatMove = new Set<string>();
  return order.map(({ entry, value }): Let => {
    const moves = changesInRun(value, (name) => thatMove.has(name));
    if (moves) thatMove.add(entry.name);
    return {
      ...declaredOf(entry),
      unit: unitWords(use.scope, use.typeOf(entry)),
      value,
      provenance: lowerProvenance(entry.node.provenance),
      isStatic: !moves,
    };
  });
}
