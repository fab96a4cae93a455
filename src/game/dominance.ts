/** Removes strictly dominated strategies round by round, with what dominates each. */

import { approximate, type Field } from "./field.ts";
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
}

/**
 * Iterated strict dominance (Luce & Raiffa 1957; Pearce 1984 for mixtures). The order of deletion does not matter. Strategy s falls when the
 * zero-sum game u(k, c) − u(s, c) of its rivals k against the others' cells c has a positive value. No equilibrium uses one that falls. Payoffs lie within
 * a range of about 1. In games of more than `mostEntries` only pure strategies are tried against each other.
 */
export function strictDominance<T>(field: Field<T>, game: NormalForm<T>): Reduction<T> {
  let left: readonly (readonly number[])[] = game.players.map((p) => p.strategies.map((_, s) => s));
  const dominated: Dominated<T>[] = [];
  for (let round = 1; ; round++) {
    const now = left;
    const fallen = game.players.flatMap((_, player) =>
      (now[player] ?? []).flatMap((strategy) => {
        const by = dominator(field, game, now, player, strategy);
        return by === null ? [] : [{ round, player, strategy, by }];
      }),
    );
    if (fallen.length === 0) return { dominated, left };
    dominated.push(...fallen);
    left = now.map((own, player) => own.filter((s) => !fallen.some((f) => f.player === player && f.strategy === s)));
  }
}

function dominator<T>(
  field: Field<T>,
  game: NormalForm<T>,
  left: readonly (readonly number[])[],
  player: number,
  strategy: number,
): readonly T[] | null {
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
  if (rivals.length === 1 || rivals.length * rivals.length * others.length > mostEntries || isClearlyBest(field, gains))
    return null;
  const { value, mixture } = matrixValue(field, gains);
  return field.sign(value) > 0 ? spread(mixture) : null;
}

/** Entries of a table of gains, times its rows: what a mixture is looked for in. */
const mostEntries = 2_000_000;

/** Whether the gains' value is below 0 by more than doubles can be wrong: exact fractions take hundreds of times as long to say so. */
function isClearlyBest<T>(field: Field<T>, gains: readonly (readonly T[])[]): boolean {
  if (typeof field.one === "number") return false;
  const rounded = gains.map((row) => row.map((gain) => field.toNumber(gain)));
  return matrixValue(approximate(1e-9), rounded).value < -1e-6;
}

/** Cells of the others' remaining strategies, with the player's own at 0. */
function cellsLeft(game: NormalForm<unknown>, left: readonly (readonly number[])[], player: number): readonly number[] {
  const shape = shapeOf(game);
  return Array.from({ length: cellsIn(shape) }, (_, cell) => cell).filter((cell) =>
    strategiesAt(shape, cell).every((s, p) => (p === player ? s === 0 : left[p]?.includes(s) === true)),
  );
}
