/** Checks credences: rows of chances, each given only what is drawn before it. */

import type { CredenceNode } from "#language/tree.ts";
import { percentMeant, shareOf } from "./case-head.ts";
import { walk, type Expression } from "../expression.ts";
import { lowerTruth } from "../lowering/lower-arithmetic.ts";
import type { Lowering } from "../lowering/lowering.ts";
import type { CredenceRow, Group } from "../model.ts";
import { place } from "../scope/places.ts";

/** The credence of a claim about which nothing is said. */
export const evenOdds: readonly CredenceRow[] = [{ credence: 0.5, given: null, word: null }];

/** The order in which claims are declared and drawn: rivals are drawn together, at the place of the last of them. */
export interface DrawOrder {
  readonly declared: ReadonlyMap<string, number>;
  readonly drawn: ReadonlyMap<string, number>;
  readonly groupOf: ReadonlyMap<string, Group>;
}

export function drawOrder(claims: readonly string[], groups: readonly Group[]): DrawOrder {
  const declared = new Map(claims.map((name, i) => [name, i]));
  const drawn = new Map(declared);
  const groupOf = new Map(groups.flatMap((g) => g.claims.map((c) => [c, g] as const)));
  for (const group of groups) {
    const last = Math.max(...group.claims.map((c) => declared.get(c) ?? 0));
    for (const claim of group.claims) drawn.set(claim, last);
  }
  return { declared, drawn, groupOf };
}

/** Rows of credences: each `given` reads earlier claims only; the last holds always, and nothing follows it. */
export function lowerCredences(
  claim: string,
  nodes: readonly CredenceNode[],
  order: DrawOrder,
  use: Lowering,
): readonly CredenceRow[] {
  const rows: CredenceRow[] = [];
  let isOpen = true;
  for (const node of nodes) {
    if (!isOpen) {
      use.tell("credence-unreachable", node.span, { claim });
      break;
    }
    const row = lowerCredence(node, claim, order, use);
    if (row !== null) rows.push(row);
    isOpen = node.given !== null;
  }
  const last = nodes.at(-1);
  if (isOpen && last !== undefined) use.tell("credence-unfinished", last.span, { claim });
  return rows.length === 0 ? evenOdds : rows;
}

function lowerCredence(node: CredenceNode, claim: string, order: DrawOrder, use: Lowering): CredenceRow | null {
  const value = lowerCredenceValue(node.value, use);
  const given = node.given === null ? null : lowerTruth(node.given, place("claims"), use);
  if (given !== null && node.given !== null) checkGiven(given, claim, node.given.span, order, use);
  if (value === null || (node.given !== null && given === null)) return null;
  return { credence: value.credence, given, word: value.word };
}

function checkGiven(
  given: Expression,
  claim: string,
  span: CredenceNode["span"],
  order: DrawOrder,
  use: Lowering,
): void {
  const seen = new Set<string>();
  const group = order.groupOf.get(claim);
  walk(given, (e) => {
    if (e.op !== "claim" || seen.has(e.name)) return;
    seen.add(e.name);
    const other = e.name;
    const others = order.groupOf.get(other);
    if (other !== claim && group !== undefined && group === others) use.tell("given-rival", span, { claim, other });
    else if ((order.declared.get(other) ?? -1) >= (order.declared.get(claim) ?? 0))
      use.tell("given-later", span, { claim, other });
    else if (others !== undefined && (order.drawn.get(other) ?? -1) >= (order.drawn.get(claim) ?? 0)) {
      const last = others.claims.find((c) => order.declared.get(c) === order.drawn.get(other)) ?? other;
      use.tell("given-undrawn", span, { claim, other, last });
    }
  });
}

/** A share, or a word of the wording; null, told, when it is neither. */
export function lowerCredenceValue(
  node: CredenceNode["value"],
  use: Lowering,
): { readonly credence: number; readonly word: string | null } | null {
  if (node.kind === "missing") return null;
  if (node.kind === "name") {
    const word = node.name.text;
    const credence = use.scope.wording.get(word);
    if (credence !== undefined) return { credence, word };
    use.tell("unknown-name", node.span, {
      wanted: `word of the wording (${[...use.scope.wording.keys()].join(", ") || "it has none"})`,
      name: word,
      near: use.near(word, () => use.scope.wording.keys()),
    });
    return null;
  }
  const credence = shareOf(node);
  if (credence !== null) return { credence, word: null };
  use.tell("bad-credence", node.span, { meant: percentMeant(node) });
  return null;
}
