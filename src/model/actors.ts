/** Actors of the tree in; those of the model out: through whose eyes they see, and what they value. */

import type { ActorNode } from "#language/tree.ts";
import { lowerBody } from "./bodies.ts";
import type { Entry } from "./expand.ts";
import { lowerTruth, requireNumber } from "./lower-arithmetic.ts";
import type { Lowering } from "./lowering.ts";
import type { Actor } from "./model.ts";
import { checkView } from "./named.ts";
import { ofKind } from "./names.ts";
import { place } from "./places.ts";
import { declaredOf } from "./quantities.ts";
import { unitOf } from "./wording.ts";

export function lowerActors(use: Lowering): readonly Actor[] {
  return ofKind(use.scope.names, "actor").map((entry) => lowerActor(entry, use));
}

function lowerActor(entry: Entry<ActorNode>, use: Lowering): Actor {
  const { node } = entry;
  const values =
    node.values === null ? null : lowerBody(node.values, `actor ${entry.name}`, place("values", entry.bindings), use);
  const isNumber = values !== null && requireNumber({ value: values, span: node.values?.span ?? node.span }, use);
  return {
    ...declaredOf(entry),
    sees: node.sees === null ? null : lowerSees(node.sees, use),
    values: values !== null && isNumber ? values.expression : null,
    valuesUnit: values !== null && isNumber ? unitOf(use.scope, values.type) : null,
  };
}

function lowerSees(node: NonNullable<ActorNode["sees"]>, use: Lowering): Actor["sees"] {
  const view = checkView(node.view, use);
  const because = node.because === null ? null : lowerTruth(node.because, place("claims"), use);
  const otherwise = node.otherwise === null ? null : checkView(node.otherwise, use);
  return view === null ? null : { view, because, otherwise };
}
