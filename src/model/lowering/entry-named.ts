/** Finds the declaration of one kind that an expression must name, or reports what was written instead. */

import type { ExpressionNode } from "#language/tree.ts";
import { wordFor, type DeclaredEntry } from "../scope/expand.ts";
import { refer, tellFamily, withArticle } from "./lower-name.ts";
import type { Lowering } from "./lowering.ts";
import { ofKind } from "../scope/names.ts";
import type { Place } from "../scope/places.ts";
import { sourceLine } from "../scope/wording.ts";

/** `names` are those that may be meant where the name is not known. */
export function entryNamed(
  kind: "stock" | "unknown",
  node: ExpressionNode,
  where: Place,
  use: Lowering,
  names: () => Iterable<string> = () => ofKind(use.scope.names, kind).map((e) => e.name),
): DeclaredEntry | null {
  if (node.kind === "missing") return null;
  const reference = refer(node, where, use);
  switch (reference.kind) {
    case "mistaken":
      return null;
    case "family":
      tellFamily(reference, node, where, use, true);
      return null;
    case "other": {
      const name = sourceLine(use.scope, node.span);
      use.tell("unknown-name", node.span, { wanted: kind, name, near: use.near(name, names) });
      return null;
    }
    case "entry": {
      const { entry } = reference;
      if (entry.node.kind === kind) return entry;
      use.tell("wrong-kind", node.span, {
        name: entry.name,
        kind: withArticle(wordFor(entry.node.kind)),
        wanted: withArticle(kind),
        write: null,
      });
      return null;
    }
  }
}
