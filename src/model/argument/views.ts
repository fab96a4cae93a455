/** Checks views, and gives each a credence for every claim and a distribution for every unknown. */

import type { CredenceNode, ViewNode } from "#language/tree.ts";
import type { BareClaim } from "./claims.ts";
import { lowerCredenceValue, drawOrder, lowerCredences, type DrawOrder } from "./credences.ts";
import { lowerDistribution } from "../lowering/distributions.ts";
import { entryNamed } from "../lowering/entry-named.ts";
import type { DeclaredEntry } from "../scope/expand.ts";
import { checkGroup, equalShare, type GroupCredences } from "./groups.ts";
import type { Lowering } from "../lowering/lowering.ts";
import type { CredenceRow, Distribution, Group, FigureProvenance, Unknown, View } from "../model.ts";
import { checkAll, checkNamed, checkView } from "../lowering/named.ts";
import { ofKind } from "../scope/names.ts";
import { inOrder } from "../order.ts";
import { place } from "../scope/places.ts";
import { declaredOf, drawnOf, isBefore, lowerProvenance, readsOf, type DrawnQuantity } from "../world/quantities.ts";

/** What a view starts from: the case's own beliefs, or those of the view it is like. */
type Beliefs = Pick<View, "credences" | "distributions" | "provenance" | "evidence">;

/** What every view is held against. */
interface Grounds {
  readonly own: Beliefs;
  readonly order: DrawOrder;
  readonly groups: readonly Group[];
  readonly drawn: DrawnQuantity;
}

export function lowerViews(
  use: Lowering,
  claims: readonly BareClaim[],
  groups: readonly Group[],
  unknowns: readonly Unknown[],
): readonly View[] {
  const entries = [...use.scope.names.views.values()];
  const likes = new Map(entries.map((e) => [e, e.node.like === null ? null : checkView(e.node.like, use)]));
  const { order, rings } = inOrder(entries, (e) => {
    const other = use.scope.names.views.get(likes.get(e) ?? "");
    return other === undefined ? [] : [other];
  });
  for (const ring of rings) {
    const [first] = ring;
    if (first !== undefined)
      use.tell("like-ring", (first.node.like ?? first.node.name).span, { ring: ring.map((e) => e.name) });
  }
  const own: Beliefs = {
    credences: Object.fromEntries(claims.map((c) => [c.name, c.credences])),
    distributions: Object.fromEntries(unknowns.map((u) => [u.name, u.distribution])),
    provenance: {},
    evidence: [],
  };
  const grounds: Grounds = {
    own,
    order: drawOrder(
      claims.map((c) => c.name),
      groups,
    ),
    groups,
    drawn: drawnOf(unknowns),
  };
  for (const { node } of ofKind(use.scope.names, "credences"))
    checkAll(node.views, "view", "the head of the table", (v) => checkView(v, use), use);
  const eyes = eyesOf(use);
  const done = new Map<string, View>();
  for (const entry of order)
    done.set(entry.name, {
      ...lowerView(entry, done.get(likes.get(entry) ?? "") ?? own, grounds, use),
      role: entry.node.role ?? (eyes.has(entry.name) ? "actor" : "reader"),
    });
  return entries.flatMap((e) => done.get(e.name) ?? []);
}

function lowerView(entry: DeclaredEntry<ViewNode>, from: Beliefs, grounds: Grounds, use: Lowering): Omit<View, "role"> {
  const { node } = entry;
  const { own, groups } = grounds;
  const credences = credencesOf(entry, from, grounds, use);
  const { distributions, provenance } = distributionsOf(entry, from, grounds, use);
  // What is wrong in a group that is only taken over has been told where it was written.
  for (const group of groups)
    if (group.claims.some((c) => credences[c] !== from.credences[c]))
      checkGroup(group, credences, groups, node.name.span, use);
  const evidence = node.evidence.flatMap((e) => checkNamed(e, "evidence", use) ?? []);
  const differs = [
    ...Object.keys(own.credences).filter(
      (c) => credences[c] !== own.credences[c] && chances(credences[c]) !== chances(own.credences[c]),
    ),
    ...Object.keys(own.distributions).filter(
      (u) =>
        distributions[u] !== own.distributions[u] &&
        JSON.stringify(distributions[u]) !== JSON.stringify(own.distributions[u]),
    ),
  ];
  return {
    ...declaredOf(entry),
    notes: node.notes.map((n) => n.text),
    evidence: [...new Set([...from.evidence, ...evidence])],
    credences,
    distributions,
    provenance,
    differs,
  };
}

/** Views that some actor sees through, falls back on, or is thought to see through. */
function eyesOf(use: Lowering): ReadonlySet<string> {
  return new Set(
    ofKind(use.scope.names, "actor").flatMap(({ node }) =>
      [node.sees?.view, node.sees?.otherwise, ...node.takes.map((t) => t.view)].flatMap((name) => name?.text ?? []),
    ),
  );
}

/** Equal for two lists of rows that say the same, in whatever words. */
function chances(rows: readonly CredenceRow[] | undefined): string {
  return JSON.stringify(rows?.map((r) => [r.credence, r.given]));
}

/** What the tables of credences say for a view. */
function rowsFor(view: string, use: Lowering): ViewNode["credences"] {
  return ofKind(use.scope.names, "credences").flatMap(({ node }) =>
    node.views.flatMap((name, column) =>
      name.text !== view
        ? []
        : node.rows.flatMap(({ claim, values, span }) => {
            const value = values[column] ?? null;
            return value === null ? [] : [{ claim, credence: { value, given: null, span } }];
          }),
    ),
  );
}

/** `every claim` first, then the tables', then what the view names. */
function credencesOf(entry: DeclaredEntry<ViewNode>, from: Beliefs, { order }: Grounds, use: Lowering): GroupCredences {
  const { node } = entry;
  const credences: Record<string, readonly CredenceRow[]> = { ...from.credences };
  const every = node.everyClaim === null ? null : lowerCredenceValue(node.everyClaim, use);
  if (every !== null) {
    for (const claim of Object.keys(credences)) {
      const group = order.groupOf.get(claim);
      const share = group === undefined ? every.credence : equalShare(group, every.credence);
      credences[claim] = [{ credence: share, given: null, word: share === every.credence ? every.word : null }];
    }
  }
  const named = new Map<string, CredenceNode[]>();
  for (const { claim, credence } of [...rowsFor(entry.name, use), ...node.credences]) {
    const name = checkNamed(claim, "claim", use);
    if (name !== null) named.set(name, [...(named.get(name) ?? []), credence]);
  }
  for (const [claim, rows] of named) credences[claim] = lowerCredences(claim, rows, order, use);
  return credences;
}

function distributionsOf(
  entry: DeclaredEntry<ViewNode>,
  from: Beliefs,
  { drawn }: Grounds,
  use: Lowering,
): Pick<View, "distributions" | "provenance"> {
  const distributions: Record<string, Distribution> = { ...from.distributions };
  const provenance: Record<string, readonly FigureProvenance[]> = { ...from.provenance };
  const seen = new Set<string>();
  for (const item of entry.node.distributions) {
    const named = entryNamed("unknown", item.unknown, place("belief"), use, () => drawn.keys());
    const unknown = named === null ? null : (drawn.get(named.name)?.unknown ?? null);
    if (unknown === null) continue;
    if (seen.has(unknown.name))
      use.tell("duplicate-item", item.unknown.span, {
        what: "unknown",
        name: unknown.name,
        of: `the view '${entry.name}'`,
      });
    seen.add(unknown.name);
    const distribution = lowerDistribution(item.distribution, unknown.unit, place("belief"), use);
    if (distribution === null) continue;
    const needed = readsOf(distribution).find((name) => !isBefore(name, unknown.name, drawn));
    if (needed !== undefined) use.tell("needs-later", item.span, { unknown: unknown.name, other: needed });
    distributions[unknown.name] = distribution;
    provenance[unknown.name] = lowerProvenance(item.provenance);
  }
  return { distributions, provenance };
}
