/** Works out what each claim contributes to a margin, from a gate table: contributions with errors, ranks and interactions. */

import type { Beliefs, Pins } from "#ensemble/table/claim-law.ts";
import type { Game } from "#ensemble/table/removal.ts";
import { targetOf, unitsOf, type Table, type Target } from "#ensemble/table/table.ts";
import { variance } from "#ensemble/statistics.ts";
import { keyOf, uniform } from "#kernel/philox.ts";
import { coalitionMargins } from "./coalition-margins.ts";
import { coalitionParts } from "./coalitions.ts";
import { jackknife } from "./jackknife.ts";
import { linearForm } from "./linear-form.ts";
import { anchoredMargin, marginOfAnswer, shiftedTarget } from "../answers/anchor.ts";
import type { ComparisonFinding } from "../figures/figures.ts";
import { figureParts, type FigureParts } from "#ensemble/table/table-figures.ts";
import { weighted } from "#ensemble/table/weighted.ts";
import { errorOfDifference, marginAt, type MarginFinding, type MarginRefusal } from "./table-margin.ts";
import { pathShares, type ClaimShare, type PairShare } from "./path-shares.ts";
import { gameValues, shapleyBySampling, type GameValues } from "./shapley.ts";
import { varianceShares } from "./variance-shares.ts";
import { sureness } from "../verdicts/verdict.ts";

/** What a coalition of claims is worth: the margin where they are not removed, or are asserted; or the variance that goes when they are known. */
export type ExplainGame = Game | "variance";

export interface AttributionFinding {
  readonly target: string;
  readonly game: ExplainGame;
  /** The margin with every claim at its credence, and with every claim off (removal); asserted, and as believed (assertion); as believed, both (variance). */
  readonly all: MarginFinding;
  readonly none: MarginFinding;
  /** What the shares add up to: all − none, or the variance of the margin over the claims in squared base units. */
  readonly explained: number;
  /** By falling size of share; claims that do nothing stand apart. */
  readonly shares: readonly ClaimShare[];
  /** Claims with no say in the target, whatever the others. */
  readonly idle: readonly string[];
  readonly pairs: readonly PairShare[];
  /** |Σ shares − explained|: what is left unexplained; told, and checked against rounding. */
  readonly gap: number;
  /** How the shares were had. */
  readonly method: "exact" | "path" | "orders" | "fit";
  readonly refusal: MarginFinding["refusal"];
}

/** Beyond so many players the coalitions are not gone through one by one. */
const mostPlayers = 16;

/**
 * Shapley values of the target's margin over its claims. With every pattern at hand, by the Möbius transform of all coalitions; from sampled patterns a
 * margin linear in its figures by Owen's path integral, which is exact for the surrogate and unbiased for the rest; any other by random orders
 * and their reverses over values read off the table. Errors from what each unit adds, so that differences are paired. With an `answer` the margins are anchored at it.
 */
export function attribution(
  table: Table,
  target: string | Target,
  beliefs: Beliefs,
  game: ExplainGame = "removal",
  answer: ComparisonFinding | null = null,
): AttributionFinding {
  const plain = typeof target === "string" ? targetOf(table, target) : target;
  const now = answer === null ? null : marginAt(table, plain, beliefs);
  const isAnchored = answer !== null && now !== null && now.refusal === null && answer.refusal === null;
  const found = isAnchored ? shiftedTarget(plain, answer.margin - now.margin) : plain;
  const players = playersOf(table, found);
  const pinned = (value: boolean): Record<string, boolean> => Object.fromEntries(players.map((c) => [c, value]));
  /** As believed, it is the run's own finding; elsewhere it starts from there. */
  const marginUnder = (pins: Pins): MarginFinding => {
    if (answer !== null && Object.keys(pins).length === 0) {
      const own = marginOfAnswer(answer, now?.effective ?? Number.NaN);
      return own.refusal === null && now?.refusal ? { ...own, refusal: now.refusal } : own;
    }
    const margin = marginAt(table, found, beliefs, pins);
    if (!isAnchored || margin.refusal !== null) return margin;
    const [at, from] = [pins, {}].map((p) => weighted(table, found, beliefs, p).map((f) => figureParts(table, f))) as [
      FigureParts[],
      FigureParts[],
    ];
    return anchoredMargin(margin, answer, errorOfDifference(found, at, from));
  };
  const all = marginUnder(game === "assertion" ? pinned(true) : {});
  const none = marginUnder(game === "removal" ? pinned(false) : {});
  const head = { target: found.name, game, all, none };
  const refusal = all.refusal ?? none.refusal;
  if (refusal !== null) return untold(head, "exact", refusal);
  const { shares, method, pairs, explained, size } = valuesOf({
    table,
    target: found,
    beliefs,
    game,
    players,
    all,
    none,
  });
  const sum = shares.reduce((s, x) => s + x.share, 0);
  // A ratio whose condition no pattern of some coalition meets has no value there.
  if (!Number.isFinite(sum)) return untold(head, method, { kind: "undefined" });
  const gap = Math.abs(sum - explained);
  if (!(gap <= 1e-6 * size)) throw new Error(`the shares of ${found.name} miss what they explain by ${gap}`);
  const told = ranked(shares.filter((s) => Math.abs(s.share) > 1e-12 || s.se > 1e-12));
  return {
    ...head,
    explained,
    shares: told,
    idle: shares.filter((s) => !told.some((t) => t.claim === s.claim)).map((s) => s.claim),
    pairs: pairs.toSorted((a, b) => Math.abs(b.interaction) - Math.abs(a.interaction)),
    gap,
    method,
    refusal: null,
  };
}

function untold(
  head: Pick<AttributionFinding, "target" | "game" | "all" | "none">,
  method: AttributionFinding["method"],
  refusal: MarginRefusal,
): AttributionFinding {
  return { ...head, explained: Number.NaN, shares: [], idle: [], pairs: [], gap: Number.NaN, method, refusal };
}

/** Claims that any figure of the target reads and does not itself switch. */
export function playersOf(table: Table, target: Target): readonly string[] {
  const read = (claim: string): boolean =>
    target.figures.some(
      (f) => !Object.hasOwn(f.pins, claim) && (table.readings[f.reading]?.gates.includes(claim) ?? false),
    );
  return table.frame.claims.map((c) => c.name).filter(read);
}

/** `size` is that of the figures that `explained` comes from: its rounding is measured by it. */
interface Explained extends Values {
  readonly explained: number;
  readonly size: number;
}

interface Values {
  readonly shares: readonly Omit<ClaimShare, "rank">[];
  readonly pairs: readonly PairShare[];
  readonly method: AttributionFinding["method"];
}

interface ValuesOfInput {
  readonly table: Table;
  readonly target: Target;
  readonly beliefs: Beliefs;
  readonly game: ExplainGame;
  readonly players: readonly string[];
  readonly all: MarginFinding;
  readonly none: MarginFinding;
}

function valuesOf({ table, target, beliefs, game, players, all, none }: ValuesOfInput): Explained {
  // Figures of which next to nothing is left in the margin are rounded as they are, not as what is left.
  const sizes = [all, none].flatMap((m) => [m.margin, ...m.figures.map((f) => f.value)]);
  const size = Math.max(...sizes.map(Math.abs), 1e-300);
  if (game === "variance") {
    const found = varianceShares(table, target, beliefs, players);
    return { ...found, explained: found.variance, size: Math.max(Math.abs(found.variance), 1e-6 * size ** 2, 1e-300) };
  }
  return { ...marginShares(table, target, beliefs, game, players), explained: all.margin - none.margin, size };
}

function marginShares(table: Table, target: Target, beliefs: Beliefs, game: Game, players: readonly string[]): Values {
  if (table.design.kind === "exact" && players.length <= mostPlayers)
    return byCoalitions(table, target, beliefs, game, players);
  const linear = linearForm(target.margin, target.figures.length);
  if (
    table.design.kind === "sampled" &&
    linear !== null &&
    target.figures.every((f) => table.readings[f.reading]?.d === null)
  )
    return { ...pathShares(table, target, linear, beliefs, game, players), method: "path" };
  return byOrders(table, target, beliefs, game, players);
}

/** Every coalition; the jackknife over units (Quenouille 1949, Tukey 1958), which for a linear margin is the error of their mean. */
function byCoalitions(table: Table, target: Target, beliefs: Beliefs, game: Game, players: readonly string[]): Values {
  const parts = coalitionParts(table, target, beliefs, game, players);
  const units = unitsOf(table);
  const without = (left: number | null): GameValues => gameValues(parts.margins(left));
  const whole = without(null);
  const left = Array.from({ length: units }, (_, u) => without(u));
  return {
    method: "exact",
    shares: players.map((claim, i) => ({
      claim,
      share: whole.shares[i] as number,
      se: jackknife(left.map((l) => l.shares[i] as number)),
    })),
    pairs: pairsOf(players).map((claims, p) => ({
      claims,
      interaction: whole.pairs[p] as number,
      se: jackknife(left.map((l) => l.pairs[p] as number)),
    })),
  };
}

function pairsOf(players: readonly string[]): readonly (readonly [string, string])[] {
  return players.flatMap((a, i) => players.slice(i + 1).map((b) => [a, b] as const));
}

/** Groups of units whose share of a share is kept, for the table's part of its error: that error is then known to a twelfth. */
const groups = 64;

/** Random orders and their reverses over values read off the table; the error of the orders, and of the table by what groups of units add. */
function byOrders(table: Table, target: Target, beliefs: Beliefs, game: Game, players: readonly string[]): Values {
  const told = coalitionMargins(table, target, beliefs, game, players);
  const known = new Map<string, Float64Array>();
  /** The margin, then what each group adds to it. */
  const worth = (coalition: readonly boolean[]): Float64Array => {
    const key = coalition.map(Number).join("");
    const found = known.get(key);
    if (found !== undefined) return found;
    const { value, units } = told(coalition);
    const made = new Float64Array(1 + groups);
    made[0] = value;
    units.forEach((x, u) => (made[1 + (u % groups)] = (made[1 + (u % groups)] as number) + x / units.length));
    known.set(key, made);
    return made;
  };
  const key = keyOf("orders");
  const [all = 0, none = 0] = [true, false].map((isIn) => worth(players.map(() => isIn))[0] as number);
  const sampled = shapleyBySampling(players.length, worth, (order, place) => uniform(table.seed, key, order, place), {
    error: Math.max(1e-9, 0.01 * Math.abs(all - none)),
    least: 8,
    most: 64,
  });
  return {
    method: "orders",
    shares: players.map((claim, i) => ({
      claim,
      share: sampled.shares[i] as number,
      se: Math.hypot(sampled.errors[i] as number, errorOfSum(sampled.beside[i] as Float64Array)),
    })),
    pairs: [],
  };
}

/** Standard error of a sum of independent parts, each as likely as the others to be what it is. */
function errorOfSum(parts: Float64Array): number {
  return Math.sqrt(parts.length * variance(parts));
}

/** By falling size; the best and the worst place each may have. */
function ranked(shares: readonly Omit<ClaimShare, "rank">[]): readonly ClaimShare[] {
  const sorted = shares.toSorted((a, b) => Math.abs(b.share) - Math.abs(a.share));
  const low = (s: (typeof sorted)[number]): number => Math.max(0, Math.abs(s.share) - sureness * s.se);
  const high = (s: (typeof sorted)[number]): number => Math.abs(s.share) + sureness * s.se;
  return sorted.map((s) => ({
    ...s,
    rank: [
      1 + sorted.filter((o) => o !== s && low(o) > high(s)).length,
      sorted.length - sorted.filter((o) => o !== s && high(o) < low(s)).length,
    ],
  }));
}
