/** Picks the parts of a model worth drawing, and folds the rest into the arrows between them. */

import { walk, type Expression } from "#model/expression.ts";
import type { Model } from "#model/model.ts";
import { partsOf, type Part } from "#analysis/causal/influences.ts";
import { arrowSign, slopesIn, type Sign } from "#analysis/causal/signs.ts";

export interface CausalNode extends Part {
  /** Claims that switch a line of its own, or of something folded away that it reads. */
  readonly switchedBy: readonly string[];
  /** Parts folded away on the way to it, by label. */
  readonly through: readonly string[];
}

export interface CausalEdge {
  readonly from: string;
  readonly to: string;
  readonly sign: Sign;
}

export interface CausalGraph {
  readonly nodes: readonly CausalNode[];
  readonly edges: readonly CausalEdge[];
  /** How many parts of the model are not drawn. */
  readonly folded: number;
}

/**
 * Keeps the `most` weightiest parts; what is folded away passes its influence and its claims on to who reads it. Arrows that a short
 * chain of others tells already are left out.
 */
export function causalGraph(model: Model, most: number, parts: readonly Part[] = partsOf(model)): CausalGraph {
  const kept = new Set(
    parts
      .map((p, i) => ({ id: p.id, weight: weightOf(model, p, parts), i }))
      .filter((p) => p.weight > 0)
      .toSorted((a, b) => b.weight - a.weight || a.i - b.i)
      .slice(0, most)
      .map((p) => p.id),
  );
  const byId = new Map(parts.map((p) => [p.id, p]));
  const reached = parts.filter((p) => kept.has(p.id)).map((p) => ({ ...p, reach: folded(p, byId, kept) }));
  const slopes = slopesIn(model);
  const isDrawn = (id: string): boolean => kept.has(id);
  const edges = arrows(reached).map((e) => ({ ...e, sign: arrowSign(e.from, e.to, byId, slopes, isDrawn) }));
  const handedOn = homeless(parts, kept, new Set(reached.flatMap((p) => p.reach.switchedBy)));
  const nodes = reached.map(({ reach, ...p }) => ({
    ...p,
    switchedBy: [...reach.switchedBy, ...(handedOn.get(p.id) ?? [])],
    through: reach.through,
  }));
  const linked = new Set(edges.flatMap((e) => [e.from, e.to]));
  const drawn = nodes.filter((n) => linked.has(n.id) || n.switchedBy.length > 0);
  return { nodes: drawn, edges, folded: parts.length - drawn.length };
}

/** Decisions that are gone through always; then what happens, what claims switch, what accumulates, what is told of at the end. */
function weightOf(model: Model, p: Part, parts: readonly Part[]): number {
  const readers = parts.filter((q) => q.reads.includes(p.id)).length;
  const told = model.outcomes.some((o) => (o.name === p.name || p.outcomes.includes(o.name)) && o.alwaysShown) ? 2 : 0;
  const own = 1.5 * Math.min(4, p.claims.length) + Math.min(3, readers / 2) + (p.outcomes.length > 0 ? 1 : 0) + told;
  switch (p.kind) {
    case "choice":
      return model.choices.find((c) => c.name === p.name)?.default === null ? 100 : 0;
    case "event":
      return 4 + own + (p.members.length > 0 ? 10 : 0);
    case "stock":
      return model.stocks.some((s) => s.name === p.name && s.hidden) ? 0 : 1 + own;
    case "let":
      if (p.reads.length === 0 && p.claims.length === 0) return 0;
      return p.claims.length > 0 || p.outcomes.length > 0 ? own : 0.1;
    case "outcome":
      return told > 0 || isConcluded(model, p.name) ? (model.events.length === 0 ? 50 : 1 + told) : 0;
  }
}

function isConcluded(model: Model, outcome: string): boolean {
  return model.conclusions.some((c) => c.comparison.figures.some((f) => readsOutcome(f.of, outcome)));
}

function readsOutcome(e: Expression, outcome: string): boolean {
  let isRead = false;
  walk(e, (part) => (isRead ||= part.op === "outcome" && part.name === outcome));
  return isRead;
}

/** Past so many folded parts an influence is too remote to be drawn as an arrow, unless a part has none nearer. */
const near = 3;

interface Reach extends Pick<CausalNode, "switchedBy" | "through"> {
  /** How many arrows lie between, by the part at the other end; 1 is direct. */
  readonly distance: ReadonlyMap<string, number>;
}

/** What a kept part hangs on among the kept ones, past all that is folded away. Claims are handed on past auxiliaries only. */
function folded(part: Part, byId: ReadonlyMap<string, Part>, kept: ReadonlySet<string>): Reach {
  const distance = new Map<string, number>();
  const claims = new Set(part.claims);
  const through = new Set<string>();
  const seen = new Set([part.id]);
  let open = part.reads.map((id) => ({ id, plain: true }));
  for (let steps = 1; open.length > 0; steps++) {
    const next: typeof open = [];
    for (const { id, plain } of open) {
      if (seen.has(id)) continue;
      seen.add(id);
      const inner = byId.get(id);
      if (kept.has(id)) distance.set(id, steps);
      else if (inner !== undefined) {
        const isPlain = plain && (inner.kind === "let" || inner.kind === "choice");
        if (isPlain) through.add(inner.label);
        if (isPlain) for (const claim of inner.claims) claims.add(claim);
        next.push(...inner.reads.map((r) => ({ id: r, plain: isPlain })));
      }
    }
    open = next;
  }
  return { distance, switchedBy: [...claims], through: [...through] };
}

/** Claims that no kept part shows, by the kept parts that are first reached from the parts they switch. */
function homeless(
  parts: readonly Part[],
  kept: ReadonlySet<string>,
  shown: ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const claim of new Set(parts.flatMap((p) => p.claims))) {
    if (shown.has(claim)) continue;
    const seen = new Set<string>();
    let at = parts.filter((p) => p.claims.includes(claim)).map((p) => p.id);
    let homes: readonly string[] = [];
    while (homes.length === 0 && at.length > 0) {
      for (const id of at) seen.add(id);
      const next = parts.filter((p) => !seen.has(p.id) && p.reads.some((r) => at.includes(r))).map((p) => p.id);
      homes = next.filter((id) => kept.has(id));
      at = next;
    }
    for (const id of homes) found.set(id, [...(found.get(id) ?? []), claim]);
  }
  return found;
}

type Way = Pick<CausalEdge, "from" | "to">;

/** The near influences of every part, the nearest one where there is none near, less those that two or three nearer ones tell already. */
function arrows(nodes: readonly { readonly id: string; readonly reach: Reach }[]): readonly Way[] {
  const all = nodes.flatMap((n) => {
    const ways = [...n.reach.distance].map(([from, length]) => ({ from, to: n.id, length }));
    const nearest = Math.min(...ways.map((w) => w.length));
    return ways.filter((w) => w.length <= Math.max(near, nearest));
  });
  let kept = all;
  for (const edge of all.toSorted((a, b) => b.length - a.length)) {
    // What an auxiliary that is drawn for its claims bears on is the point of drawing it.
    if (edge.length > 1 && !edge.from.startsWith("let:") && isTold(kept, edge)) kept = kept.filter((e) => e !== edge);
  }
  for (const edge of all.filter((e) => e.length === 1 && !e.from.startsWith("let:"))) {
    const others = kept.filter((e) => e !== edge && e.length === 1);
    if (isTold(others, edge)) kept = kept.filter((e) => e !== edge);
  }
  return kept.map(({ from, to }) => ({ from, to }));
}

/** Whether at most three other arrows, none less direct, lead from its start to its end. */
function isTold(
  kept: readonly (Way & { readonly length: number })[],
  edge: Way & { readonly length: number },
): boolean {
  let at = new Set([edge.from]);
  for (let hops = 0; hops < 3; hops++) {
    const next = new Set<string>();
    for (const e of kept)
      if (at.has(e.from) && e !== edge && e.length <= edge.length && e.to !== edge.from) next.add(e.to);
    if (next.has(edge.to)) return true;
    at = next;
  }
  return false;
}
