/** Finds the logit equilibrium of a tree in which everybody always knows what has happened: there is one for each λ, and it follows from the ends back. */

import type { PayoffScale } from "./agents.ts";
import type { Behaviour, ExtensiveForm, TreeNode } from "./extensive.ts";

interface InductionRequest {
  /** Of perfect information. */
  readonly game: ExtensiveForm<number>;
  /** By player; those for what a chance of 0 keeps from coming apart. */
  readonly scales: readonly PayoffScale[];
  readonly scalesOfNever: readonly PayoffScale[];
  /** λ × payoff range. */
  readonly lambda: number;
}

/**
 * The agents' logit equilibrium (McKelvey & Palfrey 1998): the last to move errs about known payoffs, one who moves earlier about what is then expected. With
 * imperfect information what an action is worth depends on moves elsewhere in the tree, and a path has to be followed instead.
 */
export function logitByInduction({ game, scales, scalesOfNever, lambda }: InductionRequest): Behaviour<number> {
  const behaviour: (readonly number[])[] = game.sets.map(() => []);
  const none = game.players.map(() => 0);
  /** By player, what comes at the end, from `node` on, with `before` gained on the way. */
  const visit = (node: TreeNode<number>, before: readonly number[], isNever: boolean): readonly number[] => {
    const here = node.payoffs === null ? before : before.map((v, p) => v + (node.payoffs?.[p] ?? 0));
    switch (node.kind) {
      case "terminal":
        return here.map((v, p) => {
          const { low, scale } = (isNever ? scalesOfNever : scales)[p] as PayoffScale;
          return (v - low) * scale;
        });
      case "chance": {
        const below = node.moves.map((m) => visit(m.next, here, isNever || m.chance === 0));
        return weighed(
          node.moves.map((m) => m.chance),
          below,
        );
      }
      case "decision": {
        const below = node.next.map((next) => visit(next, here, isNever));
        const player = game.sets[node.set]?.player ?? 0;
        const own = chancesAt(
          lambda,
          below.map((worth) => worth[player] ?? 0),
        );
        behaviour[node.set] = own;
        return weighed(own, below);
      }
    }
  };
  const weighed = (weights: readonly number[], worths: readonly (readonly number[])[]): readonly number[] =>
    none.map((_, p) => worths.reduce((t, worth, i) => t + (weights[i] ?? 0) * (worth[p] ?? 0), 0));
  visit(game.root, none, false);
  return behaviour;
}

/** In proportion to exp(λ · worth). */
function chancesAt(lambda: number, worth: readonly number[]): readonly number[] {
  const top = worth.reduce((a, b) => Math.max(a, b));
  const weights = worth.map((v) => Math.exp(lambda * (v - top)));
  const total = weights.reduce((a, b) => a + b);
  return weights.map((w) => w / total);
}
