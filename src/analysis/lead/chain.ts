/** Finds the few steps by which a model gets from what a conclusion compares to what it counts. */

import { familyOf, groupOf, partsOf, type Part } from "../causal/influences.ts";
import { arrowSign, slopesIn, type Sign } from "../causal/signs.ts";
import { itemsOf, type Situation } from "#ensemble/situation.ts";
import type { Expression } from "#model/expression.ts";
import type { Model } from "#model/model.ts";
import type { LeadPlan } from "./lead-plan.ts";

interface ChainNode {
  readonly id: string;
  readonly kind: Part["kind"];
  readonly label: string;
  /** Column from the left, and place in it from the top. */
  readonly column: number;
  readonly row: number;
  /** What is shown of it in a run, and whether that is a truth; null for a choice, and for families. */
  readonly reads: { readonly of: Expression; readonly isTruth: boolean } | null;
}

interface ChainArrow {
  readonly from: string;
  readonly to: string;
  readonly sign: Sign;
  /** Claims whose lines lie on this step, those that carry most first. */
  readonly claims: readonly string[];
}

export interface Chain {
  readonly nodes: readonly ChainNode[];
  readonly arrows: readonly ChainArrow[];
  readonly columns: number;
}

/** Both ends included. */
const mostNodes = 7;
/** A step is drawn where the way through it is at most so many arrows longer than the shortest. */
const longestDetour = 3;
/** What a claim carries is told on an arrow from this part of the weightiest claim's on. */
const faintest = 0.04;

/**
 * From `weights`, what each claim carries, whatever its sign: the steps with the weightiest claims are kept, the others folded into the arrows between.
 * Null where nothing that is compared reaches what is counted.
 */
export function chainOf(model: Model, plan: LeadPlan, weights: ReadonlyMap<string, number>): Chain | null {
  const parts = new Map(partsOf(model).map((p) => [p.id, p]));
  const target = targetOf(model, plan, parts);
  if (target === null) return null;
  const sources = sourcesOf(model, plan, parts).filter((id) => id !== target);
  const after = distances(sources, (id) => readersOf(parts, id));
  const before = distances([target], (id) => parts.get(id)?.reads ?? []);
  const starts = startsAmong(sources, before);
  if (starts.length === 0) return null;
  const length = (id: string): number => (after.get(id) ?? Infinity) + (before.get(id) ?? Infinity);
  const shortest = Math.min(...starts.map(length));
  const onPath = [...parts.keys()].filter((id) => length(id) <= shortest + longestDetour && !sources.includes(id));
  const weightOf = (claims: readonly string[]): number =>
    claims.reduce((sum, c) => sum + Math.abs(weights.get(c) ?? 0), 0);
  const room = mostNodes - 1 - starts.length;
  const waists = onPath.filter((id) => id !== target && isWaist(id, starts, target, parts, new Set(onPath)));
  const named = waists.filter((id) => isNamed(parts.get(id) as Part)).slice(0, 2);
  const plain = plainTerms(onPath, parts, target).filter((id) => !named.includes(id));
  const weighty = stepsBetween(model, onPath, parts, target, weightOf).filter((id) => !named.includes(id));
  const kept = [...named, ...weighty.slice(0, room - named.length - plain.length), ...plain];
  const place = (id: string): number =>
    starts.includes(id) ? -Infinity : id === target ? Infinity : (after.get(id) ?? 0) - (before.get(id) ?? 0);
  const ids = [...starts, ...kept, target].toSorted((a, b) => place(a) - place(b));
  const drawn = new Set(ids);
  const slopes = slopesIn(model);
  const heaviest = Math.max(0, ...[...weights.values()].map(Math.abs));
  const isOnWay = new Set([...onPath, ...ids]);
  const ways = ids.flatMap((to, at) => {
    const into = waysInto(to, parts, drawn, isOnWay);
    return ids.slice(0, at).flatMap((from) => {
      const claims = into.get(from);
      return claims === undefined || (starts.includes(from) && starts.includes(to)) ? [] : [{ from, to, claims }];
    });
  });
  const arrows = leadingOn(reduced(ways), starts, target).map(({ from, to, claims }) => ({
    from,
    to,
    sign: arrowSign(from, to, parts, slopes, (id) => drawn.has(id)),
    claims: [...claims]
      .filter((c) => weightOf([c]) >= faintest * heaviest)
      .toSorted((a, b) => weightOf([b]) - weightOf([a])),
  }));
  const linked = ids.filter((id) => arrows.some((a) => a.from === id || a.to === id));
  const columns = columnsOf(linked, arrows);
  const width = Math.max(...columns.values()) + 1;
  const nodes = linked.map((id): ChainNode => {
    const part = parts.get(id) as Part;
    const column = columns.get(id) ?? 0;
    return {
      id,
      kind: part.kind,
      label: id === target ? targetLabel(model, plan, part) : part.label,
      column,
      row: linked.filter((o) => columns.get(o) === column).indexOf(id),
      reads: id === target ? targetReads(plan) : readingOf(model, part),
    };
  });
  return { nodes, arrows, columns: width };
}

/** The nearest two; what is brought about within the run says more than the choices that go with it. */
function startsAmong(sources: readonly string[], before: ReadonlyMap<string, number>): readonly string[] {
  const reaching = sources
    .filter((id) => before.has(id))
    .toSorted((a, b) => (before.get(a) ?? 0) - (before.get(b) ?? 0));
  const brought = reaching.filter((id) => !id.startsWith("choice:"));
  return (brought.length > 0 ? brought : reaching).slice(0, 2);
}

/** What the conclusion counts, as a part of the model. */
function targetOf(model: Model, plan: LeadPlan, parts: ReadonlyMap<string, Part>): string | null {
  const of = plan.sides[0]?.figure.of;
  if (of === undefined) return null;
  if (of.op === "outcome") {
    const own = parts.get(`outcome:${of.name}`);
    const told = [...parts.values()].find((p) => p.outcomes.includes(of.name) || p.name === of.name);
    const found = own ?? told;
    if (found === undefined) return null;
    // An outcome that only says whether one part happened is that part.
    const [only] = found.reads;
    return found.kind === "outcome" && found.reads.length === 1 && only !== undefined && parts.has(only)
      ? only
      : found.id;
  }
  if (of.op === "happened") return groupOf(model, `event:${of.event}`);
  return null;
}

function targetLabel(model: Model, plan: LeadPlan, part: Part): string {
  const of = plan.sides[0]?.figure.of;
  return of?.op === "outcome" ? (model.outcomes.find((o) => o.name === of.name)?.label ?? part.label) : part.label;
}

function targetReads(plan: LeadPlan): ChainNode["reads"] {
  const figure = plan.sides[0]?.figure;
  return figure === undefined ? null : { of: figure.of, isTruth: figure.statistic === "chance" };
}

/** The parts in which the situations compared differ; where only one is told, those it sets. */
function sourcesOf(model: Model, plan: LeadPlan, parts: ReadonlyMap<string, Part>): readonly string[] {
  const [first, ...others] = plan.sides.map((s) => s.situation);
  if (first === undefined) return [];
  const found = new Set<string>();
  const touch = (a: Situation, b: Situation | null): void => {
    for (const c of model.choices)
      if (b === null ? isSet(plan, c.name) : a.choices[c.name] !== b.choices[c.name]) found.add(`choice:${c.name}`);
    for (const [claim, on] of Object.entries(a.claims))
      if (b === null || b.claims[claim] !== on)
        for (const p of parts.values()) if (p.claims.includes(claim)) found.add(p.id);
    const own = a.suppositions.filter((s) => b === null || !b.suppositions.includes(s));
    for (const item of itemsOf(model, own))
      if (item.kind === "setStock" || item.kind === "holdStock") found.add(`stock:${familyOf(item.stock)}`);
      else if (item.kind === "setLet") found.add(`let:${familyOf(item.let)}`);
      else if (item.kind === "forceEvent") found.add(groupOf(model, `event:${item.event}`));
      else if (item.kind === "setChoice") found.add(`choice:${item.choice}`);
  };
  if (others.length === 0) touch(first, null);
  for (const other of others) {
    touch(first, other);
    touch(other, first);
  }
  // Nothing is set, or nothing that differs: the argument begins where its claims do.
  if (found.size === 0)
    for (const p of parts.values()) if (p.claims.length > 0 && p.reads.length === 0) found.add(p.id);
  return [...found].filter((id) => parts.has(id));
}

function isSet(plan: LeadPlan, choice: string): boolean {
  return plan.sides.some((s) => Object.hasOwn(s.figure.intervention.choices, choice));
}

function readersOf(parts: ReadonlyMap<string, Part>, id: string): readonly string[] {
  return [...parts.values()].filter((p) => p.reads.includes(id)).map((p) => p.id);
}

/** Arrows from the nearest of `starts`, by part. */
function distances(starts: readonly string[], next: (id: string) => readonly string[]): ReadonlyMap<string, number> {
  const found = new Map(starts.map((id) => [id, 0]));
  let open = starts;
  for (let steps = 1; open.length > 0; steps++) {
    const reached = open.flatMap(next).filter((id) => !found.has(id));
    for (const id of reached) found.set(id, steps);
    open = [...new Set(reached)];
  }
  return found;
}

/** Whether the modeller gave it words of its own. */
function isNamed(part: Part): boolean {
  return part.label !== part.name.replaceAll("_", " ");
}

/** Whether every way from a start to the target leads through it. */
function isWaist(
  id: string,
  starts: readonly string[],
  target: string,
  parts: ReadonlyMap<string, Part>,
  onPath: ReadonlySet<string>,
): boolean {
  const open = distances(starts, (at) => readersOf(parts, at).filter((r) => r !== id && onPath.has(r)));
  return !open.has(target);
}

/** Steps worth drawing, the weightiest first: what a claim switches, with words of its own; what merely passes an influence on is folded away. */
function stepsBetween(
  model: Model,
  onPath: readonly string[],
  parts: ReadonlyMap<string, Part>,
  target: string,
  weightOf: (claims: readonly string[]) => number,
): readonly string[] {
  return onPath
    .flatMap((id) => {
      const part = parts.get(id);
      if (id === target || part === undefined || part.kind === "choice") return [];
      if (model.stocks.some((s) => s.name === part.name && s.hidden)) return [];
      const worth = weightOf(part.claims) * (isNamed(part) ? 1 : 0.15);
      return worth > 0 || part.claims.length > 0 ? [{ id, worth }] : [];
    })
    .toSorted((a, b) => b.worth - a.worth)
    .map((p) => p.id);
}

/** Steps that the target reads itself, with words of their own, to which no claim leads: an account does not add up without what is simply paid. At most two. */
function plainTerms(onPath: readonly string[], parts: ReadonlyMap<string, Part>, target: string): readonly string[] {
  const isClaimed = (id: string): boolean => {
    const before = distances([id], (at) => (parts.get(at)?.reads ?? []).filter((r) => onPath.includes(r)));
    return [...before.keys()].some((at) => (parts.get(at)?.claims.length ?? 0) > 0);
  };
  const isPlain = (id: string): boolean => {
    const part = parts.get(id);
    return part !== undefined && part.kind === "let" && isNamed(part) && !isClaimed(id);
  };
  return (parts.get(target)?.reads ?? []).filter((id) => onPath.includes(id) && isPlain(id)).slice(0, 2);
}

/** The drawn parts that reach `to` past folded ones, each by its shortest ways, with the claims met on them. */
function waysInto(
  to: string,
  parts: ReadonlyMap<string, Part>,
  drawn: ReadonlySet<string>,
  isOnWay: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const own = parts.get(to)?.claims ?? [];
  const seen = new Set([to]);
  let open = (parts.get(to)?.reads ?? []).map((id) => ({ id, claims: own }));
  while (open.length > 0) {
    const level = open.filter((o) => !seen.has(o.id) && (drawn.has(o.id) || isOnWay.has(o.id)));
    for (const { id, claims } of level)
      if (drawn.has(id)) found.set(id, new Set([...(found.get(id) ?? []), ...claims]));
    for (const { id } of level) seen.add(id);
    open = level
      .filter((o) => !drawn.has(o.id))
      .flatMap(({ id, claims }) =>
        (parts.get(id)?.reads ?? []).map((r) => ({ id: r, claims: [...claims, ...(parts.get(id)?.claims ?? [])] })),
      );
  }
  return found;
}

interface Way {
  readonly from: string;
  readonly to: string;
  readonly claims: ReadonlySet<string>;
}

/** Without the arrows that a chain of others tells already. */
function reduced(ways: readonly Way[]): readonly Way[] {
  let kept = ways;
  for (const way of ways) {
    const others = kept.filter((w) => w !== way);
    if (isReached(others, way.from, way.to)) kept = others;
  }
  return kept;
}

function isReached(ways: readonly Way[], from: string, to: string): boolean {
  const seen = new Set([from]);
  let open = [from];
  while (open.length > 0) {
    open = ways.filter((w) => open.includes(w.from) && !seen.has(w.to)).map((w) => w.to);
    for (const id of open) seen.add(id);
  }
  return seen.has(to);
}

/** Without what starts nowhere or leads nowhere. */
function leadingOn(ways: readonly Way[], starts: readonly string[], target: string): readonly Way[] {
  const begun = (id: string): boolean => starts.includes(id) || starts.some((s) => isReached(ways, s, id));
  return ways.filter((w) => begun(w.from) && (w.to === target || isReached(ways, w.to, target)));
}

/** The longest way from a start, by part: arrows always lead right. */
function columnsOf(ids: readonly string[], arrows: readonly ChainArrow[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const id of ids)
    found.set(id, Math.max(0, ...arrows.filter((a) => a.to === id).map((a) => (found.get(a.from) ?? 0) + 1)));
  return found;
}

/** Whether it happened, or its mean or height over a run; as an outcome of the case tells it, where one does. */
function readingOf(model: Model, part: Part): ChainNode["reads"] {
  if (part.kind === "choice") return null;
  if (part.kind === "event") {
    const [first] = part.outcomes;
    const truth = model.outcomes.find((o) => part.outcomes.includes(o.name) && o.isTruth);
    if (truth !== undefined) return { of: { op: "outcome", name: truth.name }, isTruth: true };
    const event = model.events.find((e) => e.name === part.name);
    if (event !== undefined) return { of: { op: "happened", event: event.name, by: null }, isTruth: true };
    const among = model.outcomes.find((o) => o.name === first && o.categories !== null);
    return among === undefined
      ? null
      : {
          of: {
            op: "binary",
            operator: "gt",
            left: { op: "outcome", name: among.name },
            right: { op: "const", value: 0 },
          },
          isTruth: true,
        };
  }
  if (part.kind === "outcome") {
    const outcome = model.outcomes.find((o) => o.name === part.name);
    return outcome === undefined || outcome.categories !== null
      ? null
      : { of: { op: "outcome", name: part.name }, isTruth: outcome.isTruth };
  }
  const told = model.outcomes.find((o) => part.outcomes.includes(o.name) && !o.isTruth && o.categories === null);
  if (told !== undefined) return { of: { op: "outcome", name: told.name }, isTruth: false };
  const declared = part.kind === "stock" ? model.stocks : model.lets;
  if (!declared.some((d) => d.name === part.name)) return null;
  const of: Expression = { op: part.kind, name: part.name };
  if (model.time === null) return { of, isTruth: false };
  // What builds up from nothing is told at its height, for it may be gone at the end.
  const stock = model.stocks.find((x) => part.kind === "stock" && x.name === part.name);
  const rises = stock?.initial.op === "const" && stock.initial.value === 0;
  return { of: { op: "over", statistic: rises ? "max" : "mean", of, from: null, to: null }, isTruth: false };
}
