/** Removes strictly dominated strategies round by round, with what dominates each. */

import { approximate, sumOf, type Field } from "./field.ts";
import { matrixValue } from "./matrix-game.ts";
import { cellsIn, payoffAt, shapeOf, strategiesAt, stridesOf, type NormalForm } from "./normal-form.ts";

export interface Dominated<T> {
  /** From 1; a strategy may fall only once others have gone. */
  readonly round: number;
  readonly player: number;
  readonly strategy: number;
  /** A mixture over the player's strategies that does better whatever the others do. */
  readonly by: readonly T[];
}

/** Strategies left to each player, by index, after all that is strictly dominated, by pure or mixed strategies, has gone. */
interface Reduction<T> {
  readonly dominated: readonly Dominated<T>[];
  readonly left: readonly (readonly number[])[];
  /** Some strategies were only held against pure ones, since looking for mixtures would have taken too long. */
  readonly isCut: boolean;
}

/**
 * Iterated strict dominance (Luce & Raiffa 1957; Pearce 1984 for mixtures). The order of deletion does not matter. Strategy s falls when the
 * zero-sum game u(k, c) − u(s, c) of its rivals k against the others' cells c has a positive value. No equilibrium uses one that falls. Payoffs lie within
 * a range of about 1. Mixtures are looked for until `mostWork` is done.
 */
export function strictDominance<T>(field: Field<T>, game: NormalForm<T>): Reduction<T> {
  let left: readonly (readonly number[])[] = game.players.map((p) => p.strategies.map((_, s) => s));
  const dominated: Dominated<T>[] = [];
  const effort: Effort = { work: 0, isCut: false };
  for (let round = 1; ; round++) {
    const now = left;
    const fallen = game.players.flatMap((_, player) =>
      (now[player] ?? []).flatMap((strategy) => {
        const by = dominator({ field, game, left: now, player, strategy, effort });
        return by === null ? [] : [{ round, player, strategy, by }];
      }),
    );
    if (fallen.length === 0) return { dominated, left, isCut: effort.isCut };
    dominated.push(...fallen);
    left = now.map((own, player) => own.filter((s) => !fallen.some((f) => f.player === player && f.strategy === s)));
  }
}

/** What the search has cost so far, and whether it was cut short. */
interface Effort {
  work: number;
  isCut: boolean;
}

interface DominatorInput<T> {
  readonly field: Field<T>;
  readonly game: NormalForm<T>;
  readonly left: readonly (readonly number[])[];
  readonly player: number;
  readonly strategy: number;
  readonly effort: Effort;
}

function dominator<T>({ field, game, left, player, strategy, effort }: DominatorInput<T>): readonly T[] | null {
  const rivals = (left[player] ?? []).filter((s) => s !== strategy);
  if (rivals.length === 0) return null;
  const others = cellsLeft(game, left, player);
  const stride = stridesOf(shapeOf(game))[player] as number;
  const payoff = (s: number, cell: number): T => payoffAt(game, player, cell + s * stride);
  const gains = rivals.map((k) => others.map((cell) => field.sub(payoff(k, cell), payoff(strategy, cell))));
  const single = gains.findIndex((row) => row.every((gain) => field.sign(gain) > 0));
  const size = game.players[player]?.strategies.length ?? 0;
  const spread = (weights: readonly T[]): readonly T[] =>
    Array.from({ length: size }, (_, s) => weights[rivals.indexOf(s)] ?? field.zero);
  if (single >= 0) return spread(rivals.map((_, i) => (i === single ? field.one : field.zero)));
  if (rivals.length === 1) return null;
  const isDoubles = typeof field.one === "number";
  const each = rivals.length * (rivals.length + others.length) * Math.min(rivals.length, others.length);
  const isAffordable = (work: number): boolean => {
    const isWithin = effort.work + work <= mostWork;
    if (isWithin) effort.work += work;
    else effort.isCut = true;
    return isWithin;
  };
  if (!isAffordable(each)) return null;
  if (!isDoubles) {
    const rough = roughDominator(field, gains);
    if (rough !== "too close") return rough === null ? null : spread(rough);
    if (!isAffordable(fractions * each)) return null;
  }
  const { value, mixture } = matrixValue(field, gains);
  return field.sign(value) > 0 ? spread(mixture) : null;
}

/** Entries of tableaux written over while mixtures are looked for: a few seconds. */
const mostWork = 4e7;
/** How many times as long as doubles exact fractions take. */
const fractions = 100;
/** Values of a game in units that doubles cannot have wrong. */
const clearly = 1e-6;

/** What doubles find, held against the exact gains: a mixture that gains in every column, or null where there is clearly none. Fractions would take hundreds of times as long to find it. */
function roughDominator<T>(field: Field<T>, gains: readonly (readonly T[])[]): readonly T[] | null | "too close" {
  const rounded = gains.map((row) => row.map((gain) => field.toNumber(gain)));
  const { value, mixture } = matrixValue(approximate(1e-9), rounded);
  if (value < -clearly) return null;
  if (value < clearly) return "too close";
  const weights = mixture.map((w) => field.of(Math.max(0, w)));
  const total = sumOf(field, weights);
  const isBetter = gains[0]?.every((_, column) => {
    const gained = weights.map((w, i) => (field.sign(w) === 0 ? field.zero : field.mul(w, gains[i]?.[column] as T)));
    return field.sign(sumOf(field, gained)) > 0;
  });
  return isBetter === true ? weights.map((w) => field.div(w, total)) : "too close";
}

/** Cells of the others' remaining strategies, with the player's own at 0. */
function cellsLeft(game: NormalForm<unknown>, left: readonly (readonly number[])[], player: number): readonly number[] {
  const shape = shapeOf(game);
  return Array.from({ length: cellsIn(shape) }, (_, cell) => cell).filter((cell) =>
    strategiesAt(shape, cell).every((s, p) => (p === player ? s === 0 : left[p]?.includes(s) === true)),
  );
}
