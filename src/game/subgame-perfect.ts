/** Finds subgame-perfect equilibria: by backward induction where all is known, else by each subgame's own equilibria. */

import { valueOf } from "./behaviour.ts";
import { compareNumbers, largest, type Field } from "./field.ts";
import { childrenOf, subgameRoots, type Behaviour, type ExtensiveForm, type TreeNode } from "./extensive.ts";
import { pure } from "./normal-form.ts";
import { pureEquilibria } from "./pure-equilibria.ts";
import { chancesAt, reducedForm, type Folded } from "./reduced.ts";
import type { Complete } from "./solution.ts";
import { twoPlayerEquilibria } from "./two-players.ts";
import { treeInUnits } from "./units.ts";

interface SubgamePerfect<T> {
  readonly equilibria: readonly Behaviour<T>[];
  /**
   * `all-extreme` where only the whole game, its subgames folded, leaves mixtures between those listed. `all-pure` where somebody is indifferent in a subgame, so that
   * mixtures there may carry others further up, or where three or more decide at once. `some` where not all are kept. `why` says so.
   */
  readonly complete: Complete;
  readonly why: string | null;
}

/** Equilibria kept; where ties multiply beyond it the rest is left out, and said so. */
const mostKept = 512;
/** Cells of a subgame's reduced normal form. */
const mostCells = 20_000;

const tooManyTies = `more than ${mostKept} ways of breaking ties`;
const indifferent = "a player is indifferent in a subgame, so mixtures there may carry others";

/** What a subgame comes to: the behaviour in it by set, and what it is worth to each player. */
interface Way<T> {
  readonly moves: ReadonlyMap<number, readonly T[]>;
  readonly worth: readonly T[];
}

/**
 * Generalised backward induction (Selten 1965): the smallest subgames first, each solved whole; a player's ties are kept as so many ways. Null
 * where a subgame without smaller ones is too large to be solved whole.
 */
export function subgamePerfect<T>(field: Field<T>, given: ExtensiveForm<T>): SubgamePerfect<T> | null {
  const game = treeInUnits(field, given);
  const roots = subgameRoots(game);
  /** Of a set that nobody comes to. */
  const idle: readonly (readonly T[])[] = game.sets.map((s) => pure(field, s.actions.length, 0));
  // What keeps the list from being whole, and what keeps it from being all in pure strategies too.
  const reasons = new Set<string>();
  const losses = new Set<string>();
  let isExtreme = false;
  const mixtures = (root: TreeNode<T>, why: string): void => {
    if (root === game.root) isExtreme = true;
    else reasons.add(why);
  };
  const solve = (root: TreeNode<T>): readonly Way<T>[] | null => {
    const inner = innermost(root, roots);
    let combinations: readonly { readonly moves: Way<T>["moves"]; readonly folded: Folded<T> }[] = [
      { moves: new Map(), folded: new Map() },
    ];
    for (const node of inner) {
      const ways = solve(node);
      if (ways === null) return null;
      if (combinations.length * ways.length > mostKept) losses.add(tooManyTies);
      // No more of them than are kept: there may be hundreds of thousands.
      combinations = combinations.flatMap((c, i) =>
        ways.slice(0, Math.max(0, mostKept - i * ways.length)).map((way) => ({
          moves: new Map([...c.moves, ...way.moves]),
          folded: new Map([...c.folded, [node, way.worth] as const]),
        })),
      );
    }
    const found: Way<T>[] = [];
    for (const { moves, folded } of combinations) {
      const own = solveWhole(root, folded);
      if (own === null) return null;
      for (const way of own) {
        if (found.length === mostKept) {
          losses.add(tooManyTies);
          return found;
        }
        found.push({ worth: way.worth, moves: new Map([...moves, ...way.moves]) });
      }
    }
    return found;
  };
  const solveWhole = (root: TreeNode<T>, folded: Folded<T>): readonly Way<T>[] | null => {
    const reduced = reducedForm(field, game, mostCells, root, folded);
    if (reduced === null) return null;
    const active = reduced.plans.flatMap((p, player) => (p.length > 1 ? [player] : []));
    const [one, two] = active;
    const profiles = (() => {
      const chosen = (pick: (player: number) => readonly T[] | undefined): readonly (readonly T[])[] =>
        reduced.plans.map((p, player) => pick(player) ?? pure(field, p.length, 0));
      if (one === undefined) return [chosen(() => undefined)];
      if (two === undefined) {
        const payoffs = reduced.game.payoffs[one] ?? [];
        const best = largest(field, payoffs);
        const ties = payoffs.flatMap((u, s) => (compareNumbers(field, u, best) === 0 ? [s] : []));
        if (ties.length > 1) mixtures(root, indifferent);
        return ties.map((s) => chosen((p) => (p === one ? pure(field, payoffs.length, s) : undefined)));
      }
      if (active.length === 2) {
        const small = {
          ...reduced.game,
          players: [one, two].map((p) => reduced.game.players[p] as (typeof reduced.game.players)[number]),
          payoffs: [one, two].map((p) => reduced.game.payoffs[p] as readonly T[]),
        };
        const { equilibria, complete } = twoPlayerEquilibria(field, small);
        if (complete === "some") losses.add("a subgame is too large for all its equilibria");
        if (complete === "all-extreme") mixtures(root, indifferent);
        return equilibria.map(({ profile }) =>
          chosen((p) => (p === one ? profile[0] : p === two ? profile[1] : undefined)),
        );
      }
      reasons.add("three or more decide in one subgame, and only equilibria in pure strategies are sought there");
      return pureEquilibria(field, reduced.game).map((at) =>
        chosen((p) => pure(field, reduced.plans[p]?.length ?? 1, at[p] ?? 0)),
      );
    })();
    const here = new Set(reduced.plans.flatMap((own) => own.flatMap((plan) => [...plan.keys()])));
    return profiles.map((mixed) => {
      const behaviour = idle.slice();
      for (const set of here) {
        const { player = 0, actions = [] } = game.sets[set] ?? {};
        const own = { plans: reduced.plans[player] ?? [], mixture: mixed[player] ?? [] };
        behaviour[set] = chancesAt(field, own, set, actions.length) ?? (idle[set] as readonly T[]);
      }
      const moves = new Map([...here].map((set) => [set, behaviour[set] as readonly T[]] as const));
      return { moves, worth: valueOf(field, game.players.length, behaviour, root, folded) };
    });
  };
  const ways = solve(game.root);
  if (ways === null) return null;
  const equilibria = ways.map(({ moves }) => idle.map((own, index) => moves.get(index) ?? own));
  const why = [...losses, ...reasons].join("; ");
  return {
    equilibria,
    complete: losses.size > 0 ? "some" : reasons.size > 0 ? "all-pure" : isExtreme ? "all-extreme" : "all",
    why: why === "" ? null : why,
  };
}

/** The subgames next below `root`. */
function innermost<T>(root: TreeNode<T>, roots: ReadonlySet<TreeNode<T>>): readonly TreeNode<T>[] {
  return childrenOf(root).flatMap((child) => (roots.has(child) ? [child] : innermost(child, roots)));
}
