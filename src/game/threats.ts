/** Finds the threats that equilibria rest on, and what carrying each out would cost. */

import { bestValueOf, reachOf, treeRegret, valueOf } from "./behaviour.ts";
import { approximate } from "./field.ts";
import { endPayoffs, subgameRoots, type Behaviour, type ExtensiveForm, type TreeNode } from "./extensive.ts";
import { pure, rangesOf } from "./normal-form.ts";
import { tolerance } from "./solution.ts";
import { treeInUnits } from "./units.ts";

/** What a player says it would do where it never comes to it, and would not do if it did. */
export interface EmptyThreat {
  readonly set: number;
  readonly player: number;
  /** Actions that the profile uses there. */
  readonly actions: readonly number[];
  /** Own payoff the player would forgo by doing so rather than its best, in that subgame; above 0. */
  readonly cost: number;
}

/**
 * Off the path of `behaviour`, where a subgame begins with a move that its player would not make, and the equilibrium is none once the player makes its best
 * move there instead. Largest cost, over the player's range, first.
 */
export function emptyThreats(game: ExtensiveForm<number>, behaviour: Behaviour<number>): readonly EmptyThreat[] {
  const unit = treeInUnits(approximate(0), game);
  const field = approximate(0);
  const reach = reachOf(field, game, behaviour);
  const ranges = rangesOf(field, endPayoffs(field, game));
  const found = [...subgameRoots(game)].flatMap((root: TreeNode<number>) => {
    if (root.kind !== "decision" || (reach[root.set] ?? 0) > 0) return [];
    const player = game.sets[root.set]?.player as number;
    const own = valueOf(field, game.players.length, behaviour, root)[player] as number;
    const cost = bestValueOf(field, game, behaviour, player, root) - own;
    if (!(cost > tolerance * (ranges[player] ?? 1))) return [];
    const worth = root.next.map((next) => bestValueOf(field, game, behaviour, player, next));
    const best = worth.indexOf(Math.max(...worth));
    const believed = behaviour.map((own, set) => (set === root.set ? pure(field, own.length, best) : own));
    if (treeRegret({ field, game: unit, behaviour: believed }) <= tolerance) return [];
    const actions = (behaviour[root.set] ?? []).flatMap((p, a) => (p > 0 ? [a] : []));
    return [{ set: root.set, player, actions, cost }];
  });
  return found.toSorted((a, b) => b.cost / (ranges[b.player] ?? 1) - a.cost / (ranges[a.player] ?? 1));
}
