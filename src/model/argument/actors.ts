/** Checks actors: through whose eyes they see and take others to see, and what they value. */

import type { ActorNode } from "#language/tree.ts";
import { lowerBody } from "../lowering/bodies.ts";
import type { DeclaredEntry } from "../scope/expand.ts";
import { lowerTruth, requireNumber } from "../lowering/lower-arithmetic.ts";
import type { Lowering } from "../lowering/lowering.ts";
import type { Actor } from "../model.ts";
import { checkActor, checkView } from "../lowering/named.ts";
import { ofKind } from "../scope/names.ts";
import { place } from "../scope/places.ts";
import { declaredOf } from "../world/quantities.ts";
import { unitWords } from "../scope/wording.ts";

export function lowerActors(use: Lowering): readonly Actor[] {
  return ofKind(use.scope.names, "actor").map((entry) => lowerActor(entry, use));
}

function lowerActor(entry: DeclaredEntry<ActorNode>, use: Lowering): Actor {
  const { node } = entry;
  const values =
    node.values === null ? null : lowerBody(node.values, `actor ${entry.name}`, place("values", entry.bindings), use);
  const isNumber = values !== null && requireNumber({ value: values, span: node.values?.span ?? node.span }, use);
  return {
    ...declaredOf(entry),
    sees: node.sees === null ? null : lowerSees(node.sees, use),
    takes: lowerTakes(entry, use),
    values: values !== null && isNumber ? values.expression : null,
    valuesUnit: values !== null && isNumber ? unitWords(use.scope, values.type) : null,
  };
}

function lowerSees(node: NonNullable<ActorNode["sees"]>, use: Lowering): Actor["sees"] {
  const view = checkView(node.view, use);
  const because = node.because === null ? null : lowerTruth(node.because, place("claims"), use);
  const otherwise = node.otherwise === null ? null : checkView(node.otherwise, use);
  return view === null ? null : { view, because, otherwise };
}

/** Each other actor at most once, and never itself: what it sees is what `sees` says. */
function lowerTakes({ name, node }: DeclaredEntry<ActorNode>, use: Lowering): Actor["takes"] {
  const found: Actor["takes"][number][] = [];
  for (const { other, view: of, span } of node.takes) {
    const actor = checkActor(other, use);
    const view = checkView(of, use);
    if (actor === null || view === null) continue;
    if (actor === name) use.tell("takes-itself", span, { actor: name, view });
    else if (found.some((t) => t.actor === actor))
      use.tell("duplicate-item", other.span, { what: "actor", name: actor, of: `what '${name}' takes others for` });
    else found.push({ actor, view });
  }
  return found;
}
