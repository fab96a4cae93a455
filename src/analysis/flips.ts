/** A gate table, a conclusion and a mind in; the credences at which its verdict turns, alone and in pairs, and the smallest set of claims that turns it, out. */

import { chanceOf, conditioned, lawOf, type Beliefs, type Pins } from "#ensemble/claim-law.ts";
import { lawUnder, partsUnder, type FigureParts, type Law, type Part } from "#ensemble/table-figures.ts";
import { targetOf, type Table, type Target } from "#ensemble/table.ts";
import { playersOf } from "./attribution.ts";
import { crossings, marginAtCredence, type Crossings, type FigureLines } from "./flip-points.ts";
import { fewestPatterns, lawsFor, marginAt, marginOf, readingOf, type MarginFinding } from "./table-margin.ts";

export interface FlipPoint {
  readonly credence: number;
  readonly se: number;
  /** On which side of it the margin is at least what matters. */
  readonly holds: "above" | "below";
}

export interface ClaimFlip {
  readonly claim: string;
  /** How likely the mind holds it now, all its conditions in. */
  readonly credence: number;
  /** The margin when it is surely false, and surely true. */
  readonly off: number;
  readonly on: number;
  /** Where the margin crosses what matters; empty: it cannot flip the conclusion alone. */
  readonly points: readonly FlipPoint[];
  /** Where the margin changes its sign, where that is another place. */
  readonly signs: readonly number[];
  readonly how: Crossings["how"];
  /** True where too few patterns have it on, or off, to tell: then nothing is told of that side. */
  readonly thin: boolean;
}

export interface PairFlip {
  readonly claims: readonly [string, string];
  /** The second's credences at which the margin crosses what matters, by the first's. */
  readonly curve: readonly { readonly first: number; readonly second: readonly number[] }[];
  /** The margin by the first's credence and then by the second's, in steps of a tenth from 0 to 1. */
  readonly margins: readonly (readonly number[])[];
}

export interface FlipSet {
  readonly claims: readonly { readonly claim: string; readonly to: boolean }[];
  readonly margin: MarginFinding;
  /** Whether smaller sets were all tried, among the claims that move the margin most. */
  readonly smallest: boolean;
}

export interface FlipFinding {
  readonly target: string;
  readonly now: MarginFinding;
  readonly claims: readonly ClaimFlip[];
  readonly pairs: readonly PairFlip[];
  readonly set: FlipSet | null;
  /** Sets that could not be tried: too few patterns have them so. */
  readonly untried: number;
}

/** Claims with the largest effect that pairs and sets are looked for among. */
const candidates = 9;
const largestSet = 4;

export function flips(table: Table, target: string | Target, beliefs: Beliefs): FlipFinding {
  const found = typeof target === "string" ? targetOf(table, target) : target;
  const now = marginAt(table, found, beliefs);
  const head = { target: found.name, now };
  if (now.refusal !== null) return { ...head, claims: [], pairs: [], set: null, untried: 0 };
  const claims = claimFlips(table, found, beliefs);
  const strongest = claims
    .filter((c) => !c.thin && Number.isFinite(c.on - c.off))
    .toSorted((a, b) => Math.abs(b.on - b.off) - Math.abs(a.on - a.off))
    .slice(0, candidates);
  return {
    ...head,
    claims: claims.toSorted((a, b) => effectOf(b) - effectOf(a)),
    pairs: pairFlips(table, found, beliefs, strongest),
    ...flipSet(table, found, beliefs, strongest, now),
  };
}

/** Those that cannot be told stand last. */
function effectOf(c: ClaimFlip): number {
  return c.thin ? -1 : Math.abs(c.on - c.off);
}

/** Of each claim on its own; what a page needs while somebody moves a slider. */
export function claimFlips(table: Table, target: string | Target, beliefs: Beliefs): readonly ClaimFlip[] {
  const found = typeof target === "string" ? targetOf(table, target) : target;
  return playersOf(table, found).map((claim) => claimFlip(table, found, beliefs, claim));
}

/** The law of every figure with one claim known to be true or false; as if pinned where the mind gives that no chance. */
function lawsGiven(table: Table, target: Target, beliefs: Beliefs, given: Pins): readonly Law[] {
  const plain = lawsFor(table, target, beliefs, {});
  const known = new Map<Law, Law>();
  return plain.map((law, i) => {
    const own = target.figures[i]?.pins ?? {};
    const found = known.get(law) ?? conditionedLaw(law, own);
    known.set(law, found);
    return found;
  });

  function conditionedLaw(law: Law, own: Pins): Law {
    return {
      blocks: law.blocks,
      laws: law.laws.map((chances, b) => {
        const block = law.blocks[b];
        if (block === undefined) return chances;
        return Object.entries(given)
          .filter(([claim]) => block.gates.includes(claim) && !Object.hasOwn(own, claim))
          .reduce(
            (now, [claim, value]) =>
              conditioned(block, now, claim, value) ?? lawOf(table.frame, beliefs, block, { ...given, ...own }),
            chances,
          );
      }),
    };
  }
}

function partsGiven(table: Table, target: Target, beliefs: Beliefs, given: Pins): readonly FigureParts[] {
  return partsUnder(
    table,
    target.figures.map((f) => readingOf(table, f)),
    lawsGiven(table, target, beliefs, given),
  );
}

function claimFlip(table: Table, target: Target, beliefs: Beliefs, claim: string): ClaimFlip {
  const off = partsGiven(table, target, beliefs, { [claim]: false });
  const on = partsGiven(table, target, beliefs, { [claim]: true });
  const lines = off.map((o, i) => linesOf(o, on[i] as FigureParts));
  const found = crossings(target.margin, lines, target.threshold);
  const signs = target.threshold === 0 ? [] : crossings(target.margin, lines, 0).at;
  if (tooFew(table, off) || tooFew(table, on)) {
    const side = (parts: readonly FigureParts[], c: number): number =>
      tooFew(table, parts) ? Number.NaN : marginAtCredence(target.margin, lines, c);
    const credence = credenceOf(table, beliefs, claim);
    return { claim, credence, off: side(off, 0), on: side(on, 1), points: [], signs: [], how: found.how, thin: true };
  }
  return {
    claim,
    credence: credenceOf(table, beliefs, claim),
    off: marginAtCredence(target.margin, lines, 0),
    on: marginAtCredence(target.margin, lines, 1),
    points: found.at.map((credence) => {
      const parts = off.map((o, i) => blended(o, on[i] as FigureParts, credence));
      const slope = slopeOn(target, lines, credence);
      const { se } = marginOf(target, parts, true);
      return { credence, se: se / Math.abs(slope), holds: slope > 0 ? "above" : "below" };
    }),
    signs,
    how: found.how,
    thin: false,
  };
}

function tooFew(table: Table, parts: readonly FigureParts[]): boolean {
  return table.design.kind === "sampled" && Math.min(...parts.map((p) => p.effective)) < fewestPatterns;
}

function slopeOn(target: Target, lines: readonly FigureLines[], c: number): number {
  const step = 1e-5;
  const [low, high] = [Math.max(0, c - step), Math.min(1, c + step)];
  return (marginAtCredence(target.margin, lines, high) - marginAtCredence(target.margin, lines, low)) / (high - low);
}

/** The chance a mind gives a claim, whatever hangs on what. */
export function credenceOf(table: Table, beliefs: Beliefs, claim: string): number {
  const { blocks, laws } = lawUnder(table.frame, beliefs, table.gates, {});
  const at = blocks.findIndex((b) => b.gates.includes(claim));
  const [block, law] = [blocks[at], laws[at]];
  return block === undefined || law === undefined ? Number.NaN : chanceOf(block, law, claim);
}

function linesOf(off: FigureParts, on: FigureParts): FigureLines {
  return {
    n: { zero: off.n.value, one: on.n.value },
    d: off.d === null || on.d === null ? null : { zero: off.d.value, one: on.d.value },
  };
}

function blended(off: FigureParts, on: FigureParts, c: number): FigureParts {
  const mix = (a: Part, b: Part): Part => ({
    value: (1 - c) * a.value + c * b.value,
    units: a.units.map((v, u) => (1 - c) * v + c * (b.units[u] as number)),
  });
  return {
    n: mix(off.n, on.n),
    d: off.d === null || on.d === null ? null : mix(off.d, on.d),
    effective: Math.min(off.effective, on.effective),
  };
}

function pairFlips(
  table: Table,
  target: Target,
  beliefs: Beliefs,
  strongest: readonly ClaimFlip[],
): readonly PairFlip[] {
  const { blocks } = lawUnder(table.frame, beliefs, table.gates, {});
  const block = (claim: string): number => blocks.findIndex((b) => b.gates.includes(claim));
  return strongest.flatMap((a, i) =>
    strongest.slice(i + 1).flatMap((b): PairFlip[] => {
      // The credences of claims that hang together cannot be moved apart.
      if (block(a.claim) === block(b.claim)) return [];
      const corner = (x: boolean, y: boolean): readonly FigureParts[] =>
        partsGiven(table, target, beliefs, { [a.claim]: x, [b.claim]: y });
      const corners = [corner(false, false), corner(false, true), corner(true, false), corner(true, true)] as const;
      if (corners.some((c) => tooFew(table, c))) return [];
      const tenths = Array.from({ length: 11 }, (_, k) => k / 10);
      const linesAt = (first: number): readonly FigureLines[] =>
        target.figures.map((_, f) => {
          const at = (which: "n" | "d", y: 0 | 1): number => {
            const value = (c: readonly FigureParts[]): number => c[f]?.[which]?.value ?? 1;
            return (1 - first) * value(corners[y]) + first * value(corners[(2 + y) as 2 | 3]);
          };
          const conditional = (corners[0][f]?.d ?? null) !== null;
          return {
            n: { zero: at("n", 0), one: at("n", 1) },
            d: conditional ? { zero: at("d", 0), one: at("d", 1) } : null,
          };
        });
      const curve = tenths.map((first) => ({
        first,
        second: crossings(target.margin, linesAt(first), target.threshold).at,
      }));
      const margins = tenths.map((first) => {
        const lines = linesAt(first);
        return tenths.map((second) => marginAtCredence(target.margin, lines, second));
      });
      return curve.some((p) => p.second.length > 0) ? [{ claims: [a.claim, b.claim], curve, margins }] : [];
    }),
  );
}

/** The fewest claims which, made surely true or surely false, bring the margin to the other side of what matters. */
function flipSet(
  table: Table,
  target: Target,
  beliefs: Beliefs,
  strongest: readonly ClaimFlip[],
  now: MarginFinding,
): { readonly set: FlipSet | null; readonly untried: number } {
  const holds = now.margin >= target.threshold;
  const moves = strongest.map((c) => ({ claim: c.claim, to: holds === c.on < c.off }));
  let untried = 0;
  const tried = (set: readonly (typeof moves)[number][]): MarginFinding | null => {
    const group = table.frame.groups.find((g) => set.filter((s) => s.to && g.claims.includes(s.claim)).length > 1);
    if (group !== undefined) return null;
    const found = marginAt(table, target, beliefs, Object.fromEntries(set.map((s) => [s.claim, s.to])));
    if (found.refusal !== null) untried++;
    return found.refusal === null && found.margin >= target.threshold !== holds ? found : null;
  };
  for (let size = 1; size <= Math.min(largestSet, moves.length); size++) {
    const found = subsets(moves, size)
      .map((set) => ({ set, margin: tried(set) }))
      .filter((f): f is { set: (typeof moves)[number][]; margin: MarginFinding } => f.margin !== null)
      .toSorted((a, b) => Math.abs(b.margin.margin - target.threshold) - Math.abs(a.margin.margin - target.threshold));
    const [best] = found;
    if (best !== undefined) return { set: { claims: best.set, margin: best.margin, smallest: untried === 0 }, untried };
  }
  for (let size = largestSet + 1; size <= moves.length; size++) {
    const set = moves.slice(0, size);
    const margin = tried(set);
    if (margin !== null) return { set: { claims: set, margin, smallest: false }, untried };
  }
  return { set: null, untried };
}

function subsets<T>(of: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return of.flatMap((first, i) => subsets(of.slice(i + 1), size - 1).map((rest) => [first, ...rest]));
}
