/** Checks that names of actors, claims, views and the like are declared. */

import type { Name } from "#language/tree.ts";
import { wordFor } from "../scope/expand.ts";
import { withArticle } from "./lower-name.ts";
import type { Lowering } from "./lowering.ts";

/** A name that must be that of a declaration of some kind; null, told, when it is not. A missing name has been told by the parser. */
export function checkNamed(
  name: Name,
  kind: "actor" | "claim" | "conclusion" | "source" | "record" | "evidence",
  use: Lowering,
): string | null {
  if (name.text === "") return null;
  const declared = use.scope.names.byName.get(name.text);
  if (declared?.node.kind === kind) return name.text;
  if (declared === undefined) {
    const possible = (): readonly string[] =>
      use.scope.names.entries.filter((e) => e.node.kind === kind).map((e) => e.name);
    use.tell("unknown-name", name.span, { wanted: kind, name: name.text, near: use.near(name.text, possible) });
  } else
    use.tell("wrong-kind", name.span, {
      name: name.text,
      kind: withArticle(wordFor(declared.node.kind)),
      wanted: withArticle(kind),
      write: null,
    });
  return null;
}

export function checkActor(name: Name, use: Lowering): string | null {
  return checkNamed(name, "actor", use);
}

/** Views have names of their own. */
export function checkView(name: Name, use: Lowering): string | null {
  if (name.text === "") return null;
  if (use.scope.names.views.has(name.text)) return name.text;
  use.tell("unknown-name", name.span, {
    wanted: "view",
    name: name.text,
    near: use.near(name.text, () => use.scope.names.views.keys()),
  });
  return null;
}

/** Several names, each of which must be there and may stand only once. */
export function checkAll(
  names: readonly Name[],
  what: "claim" | "conclusion" | "view",
  of: string,
  check: (name: Name) => string | null,
  use: Lowering,
): readonly string[] {
  const found: string[] = [];
  for (const name of names) {
    const known = check(name);
    if (known === null) continue;
    if (found.includes(known)) use.tell("duplicate-item", name.span, { what, name: known, of });
    else found.push(known);
  }
  return found;
}
