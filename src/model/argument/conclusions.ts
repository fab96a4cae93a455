/** Checks conclusions: what is compared, by how much, of which claims, under which views; those the case leads with come first. */

import type { ConclusionNode } from "#language/tree.ts";
import { leadingConclusions } from "./case-head.ts";
import type { DeclaredEntry } from "../scope/expand.ts";
import { lowerStatement } from "./figures.ts";
import type { Lowering } from "../lowering/lowering.ts";
import type { Conclusion } from "../model.ts";
import { checkAll, checkNamed, checkView } from "../lowering/named.ts";
import { ofKind } from "../scope/names.ts";
import { declaredOf } from "../world/quantities.ts";

export function lowerConclusions(use: Lowering): readonly Conclusion[] {
  const declared = ofKind(use.scope.names, "conclusion").flatMap((entry: DeclaredEntry<ConclusionNode>) => {
    const { node, name } = entry;
    const comparison = lowerStatement(node, use);
    const of = checkAll(node.of, "claim", `what '${name}' is concluded of`, (c) => checkNamed(c, "claim", use), use);
    const under = checkAll(node.under, "view", `the views of '${name}'`, (v) => checkView(v, use), use);
    return comparison === null ? [] : [{ ...declaredOf(entry), of, mark: node.mark, comparison, under }];
  });
  const leading = leadingConclusions(use);
  const placeOf = (name: string): number => (leading.includes(name) ? leading.indexOf(name) : leading.length);
  return declared.toSorted((a, b) => placeOf(a.name) - placeOf(b.name));
}
