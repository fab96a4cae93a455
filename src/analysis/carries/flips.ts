/** Finds what turns a verdict: the credence of one claim, of two, and the smallest set of claims. */

import {
  blocksOf,
  lawChance,
  conditioned,
  lawOf,
  type Beliefs,
  type ClaimBlock,
  type Pins,
} from "#ensemble/table/claim-law.ts";
import {
  figureParts,
  valuesOf,
  type FigureParts,
  type FigureValues,
  type FigurePart,
} from "#ensemble/table/table-figures.ts";
import { targetOf, type Table, type Target } from "#ensemble/table/table.ts";
import { weighted, withLaw, type WeightedFigure } from "#ensemble/table/weighted.ts";
import { playersOf } from "./attribution.ts";
import { crossings, marginAtCredence, type Crossings, type FigureLines } from "./flip-points.ts";
import { freedTarget, type FreedTarget } from "./freed-target.ts";
import {
  errorOfDifference,
  fewestPatterns,
  marginAt,
  marginOf,
  rarestCondition,
  type MarginFinding,
} from "./table-margin.ts";
import { anchoredMargin, marginOfAnswer, shiftedTarget } from "../answers/anchor.ts";
import type { ComparisonFinding } from "../figures/figures.ts";
import { slopeAt } from "../figures/margin.ts";

interface FlipPoint {
  readonly credence: number;
  readonly se: number;
  /** On which side of it the margin is at least what matters. */
  readonly holds: "above" | "below";
  /** True where the margin jumps over what matters there, rather than passing through it. */
  readonly jumps: boolean;
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

/** A claim's flip with the standard errors of what it says; NaN where they are not known. */
export interface FlippedClaim extends ClaimFlip {
  readonly offError: number;
  readonly onError: number;
  /** By place in `signs`. */
  readonly signErrors: readonly number[];
}

export interface PairFlip {
  readonly claims: readonly [string, string];
  /** The second's credences at which the margin crosses what matters, by the first's, each with its standard error. */
  readonly curve: readonly {
    readonly first: number;
    readonly second: readonly number[];
    readonly errors: readonly number[];
  }[];
  /** The margin by the first's credence and then by the second's, in steps of a tenth from 0 to 1. */
  readonly margins: readonly (readonly number[])[];
  /** The largest of the standard errors of the margin with both claims surely true or surely false. */
  readonly error: number;
}

interface FlipSet {
  readonly claims: readonly { readonly claim: string; readonly to: boolean }[];
  readonly margin: MarginFinding;
  /** Whether smaller sets were all tried, among the claims that move the margin most. */
  readonly smallest: boolean;
}

export interface FlipFinding {
  readonly target: string;
  readonly now: MarginFinding;
  readonly claims: readonly FlippedClaim[];
  readonly pairs: readonly PairFlip[];
  readonly set: FlipSet | null;
  /** Sets that could not be tried: too few patterns have them so. */
  readonly untried: number;
}

/** Claims with the largest effect that pairs and sets are looked for among. */
const candidates = 9;
const largestSet = 4;

/** With an `answer`, all is anchored at it: the margin now is the run's, and every other starts from there. */
export function flips(
  table: Table,
  target: string | Target,
  beliefs: Beliefs,
  answer: ComparisonFinding | null = null,
): FlipFinding {
  const plain = typeof target === "string" ? targetOf(table, target) : target;
  const told = marginAt(table, plain, beliefs);
  const now = answer === null ? told : marginOfAnswer(answer, told.effective);
  const found = answer === null || told.refusal !== null ? plain : shiftedTarget(plain, answer.margin - told.margin);
  const head = { target: found.name, now };
  if (now.refusal !== null || told.refusal !== null)
    return {
      ...head,
      now: now.refusal === null ? { ...now, refusal: told.refusal } : now,
      claims: [],
      pairs: [],
      set: null,
      untried: 0,
    };
  const figures = weighted(table, found, beliefs);
  const claims = playersOf(table, found).map((claim) =>
    withErrors({ table, target: found, figures, beliefs, claim, answer }),
  );
  const strongest = claims
    .filter((c) => !c.thin && Number.isFinite(c.on - c.off))
    .toSorted((a, b) => Math.abs(b.on - b.off) - Math.abs(a.on - a.off))
    .slice(0, candidates);
  const free = freedTarget(
    table,
    figures,
    strongest.map((c) => c.claim),
  );
  const freely = strongest.filter((c) => free.claims.includes(c.claim));
  return {
    ...head,
    claims: claims.toSorted((a, b) => effectOf(b) - effectOf(a)),
    pairs: pairFlips({ table, target: found, figures, beliefs, answer, free, strongest: freely }),
    ...flipSet({ table, target: found, beliefs, free, strongest: freely, now, answer }),
  };
}

/** Those that cannot be told stand last. */
function effectOf(c: ClaimFlip): number {
  return c.thin ? -1 : Math.abs(c.on - c.off);
}

/** Of each claim on its own; what a page needs while somebody moves a slider. */
export function claimFlips(
  table: Table,
  target: string | Target,
  beliefs: Beliefs,
  answer: ComparisonFinding | null = null,
): readonly ClaimFlip[] {
  const plain = typeof target === "string" ? targetOf(table, target) : target;
  const told = answer === null ? null : marginAt(table, plain, beliefs);
  const offset = answer === null || told?.refusal !== null ? 0 : answer.margin - told.margin;
  const found = shiftedTarget(plain, offset);
  const figures = weighted(table, found, beliefs);
  return playersOf(table, found).map((claim) => claimFlip({ table, target: found, figures, beliefs, claim, answer }));
}

interface KnownInput {
  readonly table: Table;
  readonly beliefs: Beliefs;
  readonly block: ClaimBlock;
  readonly law: Float64Array;
  readonly given: Pins;
  readonly own: Pins;
}

/** The law of a block with one claim known to be true or false; as if pinned where the mind gives that no chance. */
function known({ table, beliefs, block, law, given, own }: KnownInput): Float64Array {
  return Object.entries(given)
    .filter(([claim]) => block.gates.includes(claim) && !Object.hasOwn(own, claim))
    .reduce(
      (now, [claim, value]) =>
        conditioned(block, now, claim, value) ?? lawOf(table.frame, beliefs, block, { ...given, ...own }),
      law,
    );
}

/** Every figure where a claim is known to be `value`. Figures that shared their weights still do. */
function knowing(
  figures: readonly WeightedFigure[],
  claim: string,
  law: (figure: WeightedFigure, block: number) => Float64Array,
): readonly WeightedFigure[] {
  const made = new Map<Float64Array, WeightedFigure>();
  return figures.map((f) => {
    const block = f.blocks.findIndex((b) => b.gates.includes(claim));
    if (block < 0) return f;
    const shared = made.get(f.weights) ?? withLaw(f, block, law(f, block));
    made.set(f.weights, shared);
    return { ...shared, reading: f.reading };
  });
}

interface ClaimFlipInput {
  readonly table: Table;
  readonly target: Target;
  readonly figures: readonly WeightedFigure[];
  readonly beliefs: Beliefs;
  readonly claim: string;
  readonly answer: ComparisonFinding | null;
}

/** Every figure where a claim is surely true or surely false. */
function given(
  { table, beliefs, figures }: Pick<ClaimFlipInput, "table" | "beliefs" | "figures">,
  claim: string,
  value: boolean,
): readonly WeightedFigure[] {
  return knowing(figures, claim, (f, b) =>
    known({
      table,
      beliefs,
      block: f.blocks[b] as ClaimBlock,
      law: f.laws[b] as Float64Array,
      given: { [claim]: value },
      own: f.pins,
    }),
  );
}

/** The margin's standard error at such parts of its figures: the table's own, or, where it is anchored, the run's and that of the table's difference added up. */
function errorAt(
  { table, target, figures, answer }: Pick<ClaimFlipInput, "table" | "target" | "figures" | "answer">,
  parts: readonly FigureParts[],
): number {
  if (answer === null) return marginOf(target, parts, true).se;
  const now = figures.map((f) => figureParts(table, f));
  return answer.se + errorOfDifference(target, parts, now);
}

function withErrors(input: ClaimFlipInput): FlippedClaim {
  const flip = claimFlip(input);
  const { table, target, claim } = input;
  const [off, on] = [false, true].map((value) => given(input, claim, value).map((f) => figureParts(table, f)));
  if (off === undefined || on === undefined || flip.thin)
    return { ...flip, offError: Number.NaN, onError: Number.NaN, signErrors: [] };
  const lines = off.map((o, i) => linesOf(valuesIn(o), valuesIn(on[i] as FigureParts)));
  const error = (at: number): number =>
    errorAt(
      input,
      off.map((o, i) => blended(o, on[i] as FigureParts, at)),
    );
  return {
    ...flip,
    offError: error(0),
    onError: error(1),
    signErrors: flip.signs.map((at) => error(at) / Math.abs(slopeOn(target, lines, at))),
  };
}

function valuesIn({ n, d, effective }: FigureParts): FigureValues {
  return { n: n.value, d: d?.value ?? null, effective };
}

function claimFlip({ table, target, figures, beliefs, claim, answer }: ClaimFlipInput): ClaimFlip {
  const without = given({ table, beliefs, figures }, claim, false);
  const within = given({ table, beliefs, figures }, claim, true);
  const off = without.map((f) => valuesOf(table, f));
  const on = within.map((f) => valuesOf(table, f));
  const lines = off.map((o, i) => linesOf(o, on[i] as FigureValues));
  const found = crossings(target.margin, lines, target.threshold);
  const signs = target.threshold === 0 ? [] : crossings(target.margin, lines, 0).at;
  const credence = credenceOf(table, beliefs, claim);
  if (tooFew(table, off) || tooFew(table, on)) {
    const end = (parts: readonly FigureValues[], c: number): number =>
      tooFew(table, parts) ? Number.NaN : marginAtCredence(target.margin, lines, c);
    return { claim, credence, off: end(off, 0), on: end(on, 1), points: [], signs: [], how: found.how, thin: true };
  }
  return {
    claim,
    credence,
    off: marginAtCredence(target.margin, lines, 0),
    on: marginAtCredence(target.margin, lines, 1),
    points: found.at.map((at, point) => {
      const parts = without.map((o, i) =>
        blended(figureParts(table, o), figureParts(table, within[i] as WeightedFigure), at),
      );
      const slope = slopeOn(target, lines, at);
      const se = errorAt({ table, target, figures, answer }, parts);
      const jumps = found.jumps[point] ?? false;
      return { credence: at, se: se / Math.abs(slope), holds: slope > 0 ? "above" : "below", jumps };
    }),
    signs,
    how: found.how,
    thin: false,
  };
}

function tooFew(table: Table, values: readonly FigureValues[]): boolean {
  return table.design.kind === "sampled" && values.some((v) => v.effective < fewestPatterns);
}

function slopeOn(target: Target, lines: readonly FigureLines[], c: number): number {
  const step = 1e-5;
  const [low, high] = [Math.max(0, c - step), Math.min(1, c + step)];
  return (marginAtCredence(target.margin, lines, high) - marginAtCredence(target.margin, lines, low)) / (high - low);
}

/** The chance a mind gives a claim, whatever hangs on what; NaN where the table does not have it. */
export function credenceOf(table: Table, beliefs: Beliefs, claim: string): number {
  if (!table.gates.includes(claim)) return Number.NaN;
  const [block] = blocksOf(table.frame, [beliefs], [claim]);
  return block === undefined ? Number.NaN : lawChance(block, lawOf(table.frame, beliefs, block, {}), claim);
}

function linesOf(off: FigureValues, on: FigureValues): FigureLines {
  return {
    n: { zero: off.n, one: on.n },
    d: off.d === null || on.d === null ? null : { zero: off.d, one: on.d },
  };
}

function blended(off: FigureParts, on: FigureParts, c: number): FigureParts {
  const mix = (a: FigurePart, b: FigurePart): FigurePart => ({
    value: (1 - c) * a.value + c * b.value,
    units: a.units.map((v, u) => (1 - c) * v + c * (b.units[u] as number)),
  });
  return {
    n: mix(off.n, on.n),
    d: off.d === null || on.d === null ? null : mix(off.d, on.d),
    effective: Math.min(off.effective, on.effective),
    drift: { n: Math.max(off.drift.n, on.drift.n), d: Math.max(off.drift.d, on.drift.d) },
  };
}

interface PairFlipsInput extends Omit<ClaimFlipInput, "claim"> {
  readonly free: FreedTarget;
  readonly strongest: readonly ClaimFlip[];
}

function pairFlips({ free, strongest, ...input }: PairFlipsInput): readonly PairFlip[] {
  return strongest.flatMap((a, i) =>
    strongest.slice(i + 1).flatMap((b): PairFlip[] => {
      // The credences of claims that hang together cannot be moved apart.
      if (free.blockOf(a.claim) === free.blockOf(b.claim)) return [];
      const found = pairFlip(input, [a.claim, b.claim], free);
      return found === null ? [] : [found];
    }),
  );
}

const tenths = Array.from({ length: 11 }, (_, k) => k / 10);

/** Null where too few patterns have them so, or the two turn nothing. */
function pairFlip(
  input: Omit<ClaimFlipInput, "claim">,
  [a, b]: readonly [string, string],
  free: FreedTarget,
): PairFlip | null {
  const { table, target, beliefs, figures } = input;
  const ends = [
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ] as const;
  const corners = ends.map(([x, y]) =>
    free.under((block, law, pins) => known({ table, beliefs, block, law, given: { [a]: x, [b]: y }, own: pins })),
  );
  if (corners.some((c) => tooFew(table, c))) return null;
  const linesAt = (first: number): readonly FigureLines[] =>
    target.figures.map((_, f) => {
      const at = (which: "n" | "d", y: 0 | 1): number => {
        const value = (c: readonly FigureValues[] | undefined): number => c?.[f]?.[which] ?? 1;
        return (1 - first) * value(corners[y]) + first * value(corners[2 + y]);
      };
      const conditional = (corners[0]?.[f]?.d ?? null) !== null;
      return {
        n: { zero: at("n", 0), one: at("n", 1) },
        d: conditional ? { zero: at("d", 0), one: at("d", 1) } : null,
      };
    });
  const crossed = tenths.map((first) => ({
    first,
    second: crossings(target.margin, linesAt(first), target.threshold).at,
  }));
  if (crossed.every((p) => p.second.length === 0)) return null;
  const parts = ends.map(([x, y]) =>
    given({ ...input, figures: given({ table, beliefs, figures }, a, x) }, b, y).map((f) => figureParts(table, f)),
  );
  const partsAt = (first: number, second: number): readonly FigureParts[] =>
    target.figures.map((_, f) => {
      const [ff, ft, tf, tt] = parts.map((corner) => corner[f]) as FigureParts[] as [
        FigureParts,
        FigureParts,
        FigureParts,
        FigureParts,
      ];
      return blended(blended(ff, ft, second), blended(tf, tt, second), first);
    });
  return {
    claims: [a, b],
    curve: crossed.map(({ first, second }) => {
      const lines = linesAt(first);
      return {
        first,
        second,
        errors: second.map((at) => errorAt(input, partsAt(first, at)) / Math.abs(slopeOn(target, lines, at))),
      };
    }),
    margins: tenths.map((first) => {
      const lines = linesAt(first);
      return tenths.map((second) => marginAtCredence(target.margin, lines, second));
    }),
    error: Math.max(...parts.map((corner) => errorAt(input, corner))),
  };
}

interface FlipSetInput {
  readonly table: Table;
  readonly target: Target;
  readonly beliefs: Beliefs;
  readonly free: FreedTarget;
  readonly strongest: readonly ClaimFlip[];
  readonly now: MarginFinding;
  readonly answer: ComparisonFinding | null;
}

/** The fewest claims which, made surely true or surely false, bring the margin to the other side of what matters. */
function flipSet({ table, target, beliefs, free, strongest, now, answer }: FlipSetInput): {
  readonly set: FlipSet | null;
  readonly untried: number;
} {
  const holds = now.margin >= target.threshold;
  const marginWith = (pins: Pins): MarginFinding => {
    const found = marginAt(table, target, beliefs, pins);
    if (answer === null || found.refusal !== null) return found;
    const parts = [pins, {}].map((p) => weighted(table, target, beliefs, p).map((f) => figureParts(table, f)));
    const [at = [], from = []] = parts;
    return anchoredMargin(found, answer, errorOfDifference(target, at, from));
  };
  const moves = strongest.map((c) => ({ claim: c.claim, to: holds === c.on < c.off }));
  let untried = 0;
  const pinsOf = (set: readonly (typeof moves)[number][]): Pins => Object.fromEntries(set.map((s) => [s.claim, s.to]));
  /** Null where it does not turn, or cannot be told. */
  const tried = (set: readonly (typeof moves)[number][]): number | null => {
    const group = table.frame.groups.find((g) => set.filter((s) => s.to && g.claims.includes(s.claim)).length > 1);
    if (group !== undefined) return null;
    const pins = pinsOf(set);
    const values = free.under((block, law, own) =>
      set.some((s) => block.gates.includes(s.claim)) ? lawOf(table.frame, beliefs, block, { ...pins, ...own }) : law,
    );
    const isRare = values.some((v) => v.d !== null && !(v.d >= rarestCondition));
    const margin = slopeAt(
      target.margin,
      values.map((v) => v.n / (v.d ?? 1)),
    ).value;
    if (tooFew(table, values) || isRare || !Number.isFinite(margin)) {
      untried++;
      return null;
    }
    return margin >= target.threshold !== holds ? margin : null;
  };
  for (let size = 1; size <= Math.min(largestSet, moves.length); size++) {
    const [best] = subsets(moves, size)
      .flatMap((set) => {
        const margin = tried(set);
        return margin === null ? [] : [{ set, margin }];
      })
      .toSorted((a, b) => Math.abs(b.margin - target.threshold) - Math.abs(a.margin - target.threshold));
    if (best !== undefined)
      return {
        set: {
          claims: best.set,
          margin: marginWith(pinsOf(best.set)),
          smallest: untried === 0,
        },
        untried,
      };
  }
  for (let size = largestSet + 1; size <= moves.length; size++) {
    const set = moves.slice(0, size);
    if (tried(set) !== null)
      return {
        set: { claims: set, margin: marginWith(pinsOf(set)), smallest: false },
        untried,
      };
  }
  return { set: null, untried };
}

function subsets<T>(of: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return of.flatMap((first, i) => subsets(of.slice(i + 1), size - 1).map((rest) => [first, ...rest]));
}
