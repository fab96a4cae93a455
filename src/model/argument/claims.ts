/** Checks claims and groups of claims: where they are made, and how far they are believed in every case. */

import type { ClaimNode } from "#language/tree.ts";
import { drawOrder, evenOdds, lowerCredences, type DrawOrder } from "./credences.ts";
import type { DeclaredEntry } from "../scope/expand.ts";
import { checkGroup, lowerGroups, shareOut } from "./groups.ts";
import type { Lowering } from "../lowering/lowering.ts";
import type { Claim, ClaimKind, Group, Locator } from "../model.ts";
import { checkNamed } from "../lowering/named.ts";
import { ofKind } from "../scope/names.ts";
import { declaredOf } from "../world/quantities.ts";

/** A claim before it is known what reads it. */
export type BareClaim = Omit<Claim, "isType" | "isGate">;

export function lowerClaims(use: Lowering): {
  readonly claims: readonly BareClaim[];
  readonly groups: readonly Group[];
} {
  const entries = ofKind(use.scope.names, "claim");
  const groups = lowerGroups(use);
  const order = drawOrder(
    entries.map((e) => e.name),
    groups,
  );
  const claims = entries.map((entry) => lowerClaim(entry, order, use));
  const own = Object.fromEntries(claims.map((c) => [c.name, c.credences]));
  const unsaid = new Set(entries.filter((e) => e.node.credences.length === 0).map((e) => e.name));
  const shared = shareOut(own, groups, unsaid);
  for (const group of groups) checkGroup(group, shared, groups, group.span, use);
  return { claims: claims.map((c) => ({ ...c, credences: shared[c.name] ?? evenOdds })), groups };
}

function lowerClaim(entry: DeclaredEntry<ClaimNode>, order: DrawOrder, use: Lowering): BareClaim {
  const { node } = entry;
  return {
    ...declaredOf(entry),
    // The parser has told of kinds that are none.
    kinds: [...new Set(node.kinds.map((k) => k.text as ClaimKind))],
    locators: node.locators.flatMap((at): Locator[] => {
      const source = checkNamed(at.source, "source", use);
      return source === null
        ? []
        : [
            {
              source,
              paragraph: at.paragraph,
              firstSentence: at.firstSentence,
              lastSentence: at.lastSentence,
              span: at.span,
            },
          ];
    }),
    credences: node.credences.length === 0 ? evenOdds : lowerCredences(entry.name, node.credences, order, use),
    side: node.side?.text ?? null,
    citations: node.citations.map((c) => c.text),
    notes: node.notes.map((n) => n.text),
  };
}
