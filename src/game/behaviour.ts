/** Works out what behaviour in a tree is worth, and what each player could still gain. */

import { compareNumbers, largest, type Field } from "./field.ts";
import { endPayoffs, playsOf, type Behaviour, type ExtensiveForm, type TreeNode } from "./extensive.ts";
import { rangesOf } from "./normal-form.ts";
import type { Folded } from "./reduced.ts";

/** Expected payoff of each player from `node` on; nodes in `folded` count for what they are worth there. */
export function valueOf<T>(
  field: Field<T>,
  players: number,
  behaviour: Behaviour<T>,
  node: TreeNode<T>,
  folded: Folded<T> = new Map(),
): readonly T[] {
  const known = folded.get(node);
  if (known !== undefined) return known;
  const none = Array.from({ length: players }, () => field.zero);
  const own = node.payoffs ?? none;
  const branches =
    node.kind === "terminal"
      ? []
      : node.kind === "chance"
        ? node.moves.map((m) => ({ weight: m.chance, next: m.next }))
        : node.next.map((next, a) => ({ weight: behaviour[node.set]?.[a] as T, next }));
  return branches.reduce((total: readonly T[], { weight, next }) => {
    if (field.sign(weight) === 0) return total;
    const below = valueOf(field, players, behaviour, next, folded);
    return total.map((t, p) => field.add(t, field.mul(weight, below[p] as T)));
  }, own);
}

/**
 * The most a player with perfect recall can get against what the others do, from `root` on. Its sets are decided last first, each for the action
 * best on the average of its nodes weighted by chance and the others' moves.
 */
export function bestValueOf<T>(
  field: Field<T>,
  game: ExtensiveForm<T>,
  behaviour: Behaviour<T>,
  player: number,
  root: TreeNode<T> = game.root,
): T {
  const nodes = new Map<number, { readonly node: TreeNode<T> & { readonly kind: "decision" }; readonly weight: T }[]>();
  const collect = (node: TreeNode<T>, weight: T): void => {
    switch (node.kind) {
      case "terminal":
        return;
      case "chance":
        for (const m of node.moves) collect(m.next, field.mul(weight, m.chance));
        return;
      case "decision": {
        const isOwn = game.sets[node.set]?.player === player;
        if (isOwn) nodes.set(node.set, [...(nodes.get(node.set) ?? []), { node, weight }]);
        node.next.forEach((next, a) =>
          collect(next, isOwn ? weight : field.mul(weight, behaviour[node.set]?.[a] as T)),
        );
      }
    }
  };
  collect(root, field.one);
  const decided = new Map<number, number>();
  const decide = (set: number): number => {
    const known = decided.get(set);
    if (known !== undefined) return known;
    const here = nodes.get(set) ?? [];
    const worth = (game.sets[set]?.actions ?? []).map((_, a) =>
      here.reduce((t, { node, weight }) => {
        if (field.sign(weight) === 0) return t;
        return field.add(t, field.mul(weight, value(node.next[a] as TreeNode<T>)));
      }, field.zero),
    );
    let best = 0;
    worth.forEach((w, a) => (best = compareNumbers(field, w, worth[best] as T) > 0 ? a : best));
    decided.set(set, best);
    return best;
  };
  const value = (node: TreeNode<T>): T => {
    const own = node.payoffs?.[player] ?? field.zero;
    switch (node.kind) {
      case "terminal":
        return own;
      case "chance":
        return node.moves.reduce((t, m) => field.add(t, field.mul(m.chance, value(m.next))), own);
      case "decision": {
        if (game.sets[node.set]?.player === player)
          return field.add(own, value(node.next[decide(node.set)] as TreeNode<T>));
        return node.next.reduce((t, next, a) => {
          const weight = behaviour[node.set]?.[a] as T;
          return field.sign(weight) === 0 ? t : field.add(t, field.mul(weight, value(next)));
        }, own);
      }
    }
  };
  return value(root);
}

interface RegretInput<T> {
  readonly field: Field<T>;
  readonly game: ExtensiveForm<T>;
  readonly behaviour: Behaviour<T>;
  /** Where the subgame begins, unless at the root of the game. */
  readonly root?: TreeNode<T>;
  /** By player, over the ends of the whole game; worked out unless given. */
  readonly ranges?: readonly T[];
}

/** The largest over players of (best value − value) ÷ its range, in the subgame from `root` on. 0 in an equilibrium. */
export function treeRegret<T>({ field, game, behaviour, root = game.root, ranges: known }: RegretInput<T>): T {
  const ranges = known ?? rangesOf(field, endPayoffs(field, game));
  const own = valueOf(field, game.players.length, behaviour, root);
  const regrets = game.players.map((_, p) => {
    const range = ranges[p] as T;
    if (compareNumbers(field, range, field.zero) <= 0) return field.zero;
    return field.div(field.sub(bestValueOf(field, game, behaviour, p, root), own[p] as T), range);
  });
  return largest(field, [field.zero, ...regrets]);
}

/** The chance of each play, and its payoffs: what the behaviour leads to. */
export function playChances<T>(field: Field<T>, game: ExtensiveForm<T>, behaviour: Behaviour<T>): readonly T[] {
  return playsOf(field, game).map((play) =>
    play.moves.reduce((w, { set, action }) => field.mul(w, behaviour[set]?.[action] as T), play.chance),
  );
}

/** By information set, the chance that it is reached. */
export function reachOf<T>(field: Field<T>, game: ExtensiveForm<T>, behaviour: Behaviour<T>): readonly T[] {
  const reach: T[] = game.sets.map(() => field.zero);
  const visit = (node: TreeNode<T>, weight: T): void => {
    switch (node.kind) {
      case "terminal":
        return;
      case "chance":
        for (const m of node.moves) visit(m.next, field.mul(weight, m.chance));
        return;
      case "decision":
        reach[node.set] = field.add(reach[node.set] as T, weight);
        node.next.forEach((next, a) => visit(next, field.mul(weight, behaviour[node.set]?.[a] as T)));
    }
  };
  visit(game.root, field.one);
  return reach;
}
