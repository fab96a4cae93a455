/** Works out what each player could still gain by switching alone. */

import { type Field, compareNumbers, largest, sumOf } from "./field.ts";
import { payoffsAgainst, rangesOf, type Mixed, type NormalForm } from "./normal-form.ts";

/**
 * By player: (best payoff against the others − own payoff) ÷ the player's payoff range. 0 in an equilibrium, at most 1; 0 for a player whose
 * payoff never varies.
 */
function regretsOf<T>(field: Field<T>, game: NormalForm<T>, profile: Mixed<T>): readonly T[] {
  const ranges = rangesOf(field, game.payoffs);
  return game.players.map((_, player) => {
    const against = payoffsAgainst(field, game, player, profile);
    const own = sumOf(
      field,
      against.map((u, s) => field.mul(u, profile[player]?.[s] as T)),
    );
    const range = ranges[player] as T;
    return compareNumbers(field, range, field.zero) > 0
      ? field.div(field.sub(largest(field, against), own), range)
      : field.zero;
  });
}

/** The largest of the players' regrets: how far the profile is from an equilibrium. */
export function profileRegret<T>(field: Field<T>, game: NormalForm<T>, profile: Mixed<T>): T {
  return largest(field, [field.zero, ...regretsOf(field, game, profile)]);
}
