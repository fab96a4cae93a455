/** Conclusions of the tree in; those of the model out: what is compared, by how much, of which claims, under which views. */

import type { ConclusionNode } from "#language/tree.ts";
import type { Entry } from "../scope/expand.ts";
import { lowerComparison } from "./figures.ts";
import type { Lowering } from "../lowering/lowering.ts";
import type { Conclusion } from "../model.ts";
import { checkAll, checkNamed, checkView } from "../lowering/named.ts";
import { ofKind } from "../scope/names.ts";
import { declaredOf } from "../world/quantities.ts";

export function lowerConclusions(use: Lowering): readonly Conclusion[] {
  return ofKind(use.scope.names, "conclusion").flatMap((entry: Entry<ConclusionNode>) => {
    const { node, name } = entry;
    const comparison = lowerComparison(node.statement, node.by, use);
    const of = checkAll(node.of, "claim", `what '${name}' is concluded of`, (c) => checkNamed(c, "claim", use), use);
    const under = checkAll(node.under, "view", `the views of '${name}'`, (v) => checkView(v, use), use);
    return comparison === null ? [] : [{ ...declaredOf(entry), of, mark: node.mark, comparison, under }];
  });
}
