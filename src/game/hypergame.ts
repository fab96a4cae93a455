/** Finds what is played when each player follows the game it sees, and how each is surprised. */

import { type Field } from "./field.ts";
import { payoffsAgainst, type Mixed, type NormalForm } from "./normal-form.ts";

interface Surprise<T> {
  /** What the player thought it would get: in its own game, if all played that game's solution. */
  readonly expected: T;
  /** What it gets in the true game from what is played. */
  readonly comes: T;
}

/**
 * A hypergame of the first level (Bennett 1977): each player solves the game it sees and plays its part of the solution; the true game pays.
 * `solve` picks one equilibrium of a game. All games have the same players and strategies.
 */
export function playedTogether<T>(
  field: Field<T>,
  seen: readonly NormalForm<T>[],
  truth: NormalForm<T>,
  solve: (game: NormalForm<T>) => Mixed<T>,
): { readonly profile: Mixed<T>; readonly surprises: readonly Surprise<T>[] } {
  const plans = seen.map(solve);
  const profile = seen.map((_, p) => plans[p]?.[p] as readonly T[]);
  const worth = (game: NormalForm<T>, player: number, of: Mixed<T>): T =>
    payoffsAgainst(field, game, player, of).reduce(
      (t, u, s) => field.add(t, field.mul(u, of[player]?.[s] as T)),
      field.zero,
    );
  return {
    profile,
    surprises: seen.map((game, p) => ({
      expected: worth(game, p, plans[p] as Mixed<T>),
      comes: worth(truth, p, profile),
    })),
  };
}
