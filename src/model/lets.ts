/** Lets of the tree in; those of the model out, in an order in which each needs only earlier ones. */

import type { LetNode } from "#language/tree.ts";
import type { Entry } from "./expand.ts";
import { walk, type Expression } from "./expression.ts";
import type { Lowering } from "./lowering.ts";
import type { Let } from "./model.ts";
import { ofKind } from "./names.ts";
import { needsOf } from "./needs.ts";
import { inOrder } from "./order.ts";
import { declaredOf, provenanceOf } from "./quantities.ts";
import type { Typed } from "./typed.ts";
import { unitOf } from "./wording.ts";

/** `bodyOf` gives the lowered body of a let, once. */
export function lowerLets(use: Lowering, bodyOf: (entry: Entry<LetNode>) => Typed): readonly Let[] {
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
    const moves = changesInRun(value, thatMove);
    if (moves) thatMove.add(entry.name);
    return {
      ...declaredOf(entry),
      unit: unitOf(use.scope, use.typeOf(entry)),
      value,
      provenance: provenanceOf(entry.node.provenance),
      isStatic: !moves,
    };
  });
}

/** What may have another value later in the run. */
const moving: ReadonlySet<Expression["op"]> = new Set([
  "time",
  "stock",
  "shock",
  "delay",
  "latch",
  "happened",
  "timeOf",
  "since",
  "count",
  "first",
] as const);

/** True when an expression changes within a run; `letsThatMove` are the lets of which that is known. */
function changesInRun(e: Expression, letsThatMove: ReadonlySet<string>): boolean {
  let moves = false;
  walk(e, (part) => {
    if (moving.has(part.op) || (part.op === "let" && letsThatMove.has(part.name))) moves = true;
  });
  return moves;
}
