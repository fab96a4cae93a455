/** Builds the game each actor sees when actors take each other for what they are not, and finds what is then played. */

import type { Behaviour, ExtensiveForm } from "#game/extensive.ts";
import type { Solution } from "#game/solution.ts";
import { solveTree, treeSolution } from "#game/solve-tree.ts";
import { fieldInUnits } from "#game/units.ts";
import type { CaseGame } from "./case-game.ts";
import { chosenOf } from "./played.ts";

/** By actor of the game, by actor of the game: the view it thinks that one sees through; its own on the diagonal. Where nothing is said, it knows. */
export function viewsAsSeen(game: CaseGame, views: readonly string[]): readonly (readonly string[])[] {
  return game.players.map((by) =>
    game.players.map((other, j) => by.takes.find((t) => t.actor === other.name)?.view ?? (views[j] as string)),
  );
}

/** True where some actor is mistaken, or may be, about another. */
export function isSecondOrder(game: CaseGame, views: readonly string[]): boolean {
  return viewsAsSeen(game, views).some((own) => own.some((view, j) => view !== views[j]));
}

interface PlayedApart {
  /** What is played: each actor's part of the solution of the game it sees. Its regret is that of the game in which each has its own payoffs. */
  readonly solution: Solution;
  /** By actor: what it thinks everybody does. */
  readonly plans: readonly Behaviour<number>[];
}

/**
 * A hypergame of the first level (Bennett 1977) on a tree. `payoffs[i][j][profile]`: what actor i thinks the profile is worth to j. Null where some
 * actor's game has no solution.
 */
export function playedApart(
  game: CaseGame,
  payoffs: readonly (readonly (readonly number[])[])[],
  truth: ExtensiveForm<number>,
): PlayedApart | null {
  const plans = payoffs.map(
    (seen) => chosenOf(solveTree(fieldInUnits(seen), game.filled(seen), null, []))?.profile ?? null,
  );
  const solved = plans.flatMap((p) => p ?? []);
  if (plans.some((p) => p === null)) return null;
  const own = plans.map((p) => p as Behaviour<number>);
  const together = game.sets.map((set, h) => own[set.player]?.[h] ?? solved[h] ?? []);
  const means = payoffs.map((seen, i) => seen[i] as readonly number[]);
  return {
    solution: treeSolution({
      field: fieldInUnits(means),
      game: truth,
      behaviour: together,
      kind: "nash",
      writing: null,
      component: null,
    }),
    plans: own,
  };
}
