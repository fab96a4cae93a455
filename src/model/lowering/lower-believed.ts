/** Lowers `believed(mind, unknown)`: the unknown as an actor or a view sees it. */

import { wordFor } from "../scope/expand.ts";
import { refer, tellFamily, tellNotHere, withArticle } from "./lower-name.ts";
import type { CallNode, Lowering } from "./lowering.ts";
import { mayRead, type Place } from "../scope/places.ts";
import { mistaken, type Typed } from "../scope/typed.ts";
import { sourceLine } from "../scope/wording.ts";

/** Where a view and an actor share a name, the actor is meant: what it sees may hang on a claim. */
export function lowerBelieved(node: CallNode, where: Place, use: Lowering): Typed {
  const [mind, what] = node.arguments;
  if (mind === undefined || what === undefined) return mistaken;
  if (!mayRead(where, "believed")) return tellNotHere("believed(…)", node, where, use);
  const { names } = use.scope;
  const name = mind.kind === "name" ? mind.name.text : sourceLine(use.scope, mind.span);
  const isActor = names.byName.get(name)?.node.kind === "actor";
  if (!isActor && !names.views.has(name)) {
    const actors = names.entries.filter((e) => e.node.kind === "actor").map((e) => e.name);
    use.tell("unknown-name", mind.span, {
      wanted: "actor or view",
      name,
      near: use.near(name, () => [...actors, ...names.views.keys()]),
    });
    return mistaken;
  }
  const reference = refer(what, where, use);
  if (reference.kind === "mistaken") return mistaken;
  if (reference.kind === "family") return tellFamily(reference, what, where, use);
  if (reference.kind === "other") {
    const unknowns = names.entries.filter((e) => e.node.kind === "unknown").map((e) => e.name);
    const written = sourceLine(use.scope, what.span);
    use.tell("unknown-name", what.span, { wanted: "unknown", name: written, near: use.near(written, () => unknowns) });
    return mistaken;
  }
  const { entry } = reference;
  if (entry.node.kind !== "unknown") {
    use.tell("wrong-kind", what.span, {
      name: entry.name,
      kind: withArticle(wordFor(entry.node.kind)),
      wanted: "an unknown",
      write: null,
    });
    return mistaken;
  }
  const type = use.typeOf(entry);
  if (isActor && !use.seesView(name)) return { expression: { op: "unknown", name: entry.name }, type };
  return { expression: { op: "believed", by: { kind: isActor ? "actor" : "view", name }, unknown: entry.name }, type };
}
