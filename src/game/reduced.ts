/** Makes the reduced normal form of a tree: plans without what a player's own moves rule out. */

import type { Field } from "./field.ts";
import { childrenOf, plus, type Behaviour, type ExtensiveForm, type TreeNode } from "./extensive.ts";
import { cellsIn, strategiesAt, type Mixed, type NormalForm } from "./normal-form.ts";

/** Action by information set, for the sets that the plan itself does not rule out. */
type ReducedPlan = ReadonlyMap<number, number>;

export interface Reduced<T> {
  readonly game: NormalForm<T>;
  /** By player, by strategy of `game`. Players without a move have the empty plan. */
  readonly plans: readonly (readonly ReducedPlan[])[];
}

/** Where a subgame is folded into what it is worth. */
export type Folded<T> = ReadonlyMap<TreeNode<T>, readonly T[]>;

/**
 * Of the tree from `root` on, the nodes in `folded` taken for ends of that worth. Null when it has more than `most` cells. Needs perfect recall.
 */
export function reducedForm<T>(
  field: Field<T>,
  game: ExtensiveForm<T>,
  most: number,
  root: TreeNode<T> = game.root,
  folded: Folded<T> = new Map(),
): Reduced<T> | null {
  const plans: (readonly ReducedPlan[])[] = [];
  let cells = 1;
  for (let player = 0; player < game.players.length; player++) {
    const own = plansOf(game, player, root, folded, most / cells);
    if (own === null) return null;
    plans.push(own);
    cells *= own.length;
  }
  if (cells > most) return null;
  const shape = plans.map((p) => p.length);
  const payoffs: T[][] = game.players.map(() => []);
  for (let cell = 0; cell < cellsIn(shape); cell++) {
    const at = strategiesAt(shape, cell).map((s, p) => plans[p]?.[s] as ReducedPlan);
    const worth = worthOf(field, game, at, root, folded);
    worth.forEach((v, p) => payoffs[p]?.push(v));
  }
  return {
    plans,
    game: {
      title: game.title,
      comment: game.comment,
      players: game.players.map((name, p) => ({
        name,
        strategies: (plans[p] ?? []).map((plan) => wordsOf(game, plan)),
      })),
      payoffs,
    },
  };
}

/** A plan in words: its actions in order of the sets; those of a set that stands alone without its label. */
function wordsOf(game: ExtensiveForm<unknown>, plan: ReducedPlan): string {
  const parts = [...plan].map(([set, action]) => {
    const { label, actions } = game.sets[set] as ExtensiveForm<unknown>["sets"][number];
    return plan.size > 1 && label !== "" ? `${label}: ${actions[action] ?? ""}` : (actions[action] ?? "");
  });
  return parts.join("; ");
}

function worthOf<T>(
  field: Field<T>,
  game: ExtensiveForm<T>,
  plans: readonly ReducedPlan[],
  node: TreeNode<T>,
  folded: Folded<T>,
): readonly T[] {
  const known = folded.get(node);
  if (known !== undefined) return known;
  const own = node.payoffs ?? game.players.map(() => field.zero);
  switch (node.kind) {
    case "terminal":
      return own;
    case "chance":
      return node.moves.reduce((total, m) => {
        const below = worthOf(field, game, plans, m.next, folded);
        return total.map((t, p) => field.add(t, field.mul(m.chance, below[p] as T)));
      }, own);
    case "decision": {
      const player = game.sets[node.set]?.player as number;
      const next = node.next[plans[player]?.get(node.set) ?? 0] as TreeNode<T>;
      return plus(field, own, worthOf(field, game, plans, next, folded));
    }
  }
}

/** Null when there are more than `most`. */
function plansOf<T>(
  game: ExtensiveForm<T>,
  player: number,
  root: TreeNode<T>,
  folded: Folded<T>,
  most: number,
): readonly ReducedPlan[] | null {
  // Own sets that follow directly on an own move, `set.action`; the first ones on "".
  const after = new Map<string, number[]>();
  const visit = (node: TreeNode<T>, last: string): void => {
    if (folded.has(node)) return;
    if (node.kind === "decision" && game.sets[node.set]?.player === player) {
      const own = after.get(last) ?? [];
      if (!own.includes(node.set)) after.set(last, [...own, node.set]);
      node.next.forEach((next, a) => visit(next, `${node.set}.${a}`));
    } else for (const child of childrenOf(node)) visit(child, last);
  };
  visit(root, "");
  const from = (last: string): readonly (readonly (readonly [number, number])[])[] | null => {
    let found: readonly (readonly (readonly [number, number])[])[] = [[]];
    for (const set of after.get(last) ?? []) {
      const grown: (readonly (readonly [number, number])[])[] = [];
      for (let action = 0; action < (game.sets[set]?.actions.length ?? 0); action++) {
        const below = from(`${set}.${action}`);
        if (below === null || found.length * below.length + grown.length > most) return null;
        for (const plan of found) for (const rest of below) grown.push([...plan, [set, action], ...rest]);
      }
      found = grown;
    }
    return found;
  };
  return from("")?.map((pairs) => new Map(pairs)) ?? null;
}

/**
 * The behaviour that a mixture of plans amounts to (Kuhn 1953): at each set, actions in proportion to the plans that come there and take them.
 * Sets no plan in use comes to by itself stand as in `otherwise`.
 */
export function behaviourOf<T>(
  field: Field<T>,
  game: ExtensiveForm<T>,
  plans: readonly (readonly ReducedPlan[])[],
  mixed: Mixed<T>,
  otherwise: Behaviour<T>,
): Behaviour<T> {
  return game.sets.map((set, index) => {
    const own = { plans: plans[set.player] ?? [], mixture: mixed[set.player] ?? [] };
    return chancesAt(field, own, index, set.actions.length) ?? (otherwise[index] as readonly T[]);
  });
}

/** A player's plans and a mixture of them. */
interface MixedPlans<T> {
  readonly plans: readonly ReducedPlan[];
  readonly mixture: readonly T[];
}

/** By action of a set of the player's; null where no plan in use comes there. */
export function chancesAt<T>(
  field: Field<T>,
  { plans, mixture }: MixedPlans<T>,
  set: number,
  actions: number,
): readonly T[] | null {
  const weights: T[] = Array.from({ length: actions }, () => field.zero);
  plans.forEach((plan, s) => {
    const action = plan.get(set);
    if (action === undefined) return;
    weights[action] = field.add(weights[action] as T, mixture[s] as T);
  });
  const total = weights.reduce((a, b) => field.add(a, b), field.zero);
  return field.sign(total) === 0 ? null : weights.map((w) => field.div(w, total));
}
