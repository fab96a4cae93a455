/** A tree in; its subgame-perfect equilibria out: backward induction where all is known, each subgame's own equilibria where not. */

import { compare, largest, type Field } from "./field.ts";
import { childrenOf, subgameRoots, type Behaviour, type ExtensiveForm, type TreeNode } from "./extensive.ts";
import { pure } from "./normal-form.ts";
import { pureEquilibria } from "./pure-equilibria.ts";
import { behaviourOf, reducedForm, type Folded } from "./reduced.ts";
import { twoPlayerEquilibria } from "./two-players.ts";

export interface SubgamePerfect<T> {
  readonly equilibria: readonly Behaviour<T>[];
  /** `some` where ties or a subgame of three or more leave room for equilibria that are not listed; `why` says so. */
  readonly complete: "all" | "all-extreme" | "some";
  readonly why: string | null;
}

/** Equilibria kept; where ties multiply beyond it the rest is left out, and said so. */
const mostKept = 64;
/** Cells of a subgame's reduced normal form. */
const mostCells = 20_000;

/** What a subgame comes to: the behaviour in it by set, and what it is worth to each player. */
interface Way<T> {
  readonly moves: ReadonlyMap<number, readonly T[]>;
  readonly worth: readonly T[];
}

/**
 * Generalised backward induction (Selten 1965): the smallest subgames first, each solved whole; a player's ties are kept as so many ways. Null
 * where a subgame without smaller ones is too large to be solved whole.
 */
export function subgamePerfect<T>(field: Field<T>, game: ExtensiveForm<T>): SubgamePerfect<T> | null {
  const roots = subgameRoots(game);
  const reasons = new Set<string>();
  let isExtreme = false;
  const solve = (root: TreeNode<T>): readonly Way<T>[] | null => {
    const inner = innermost(root, roots);
    let combinations: readonly { readonly moves: Way<T>["moves"]; readonly folded: Folded<T> }[] = [
      { moves: new Map(), folded: new Map() },
    ];
    for (const node of inner) {
      const ways = solve(node);
      if (ways === null) return null;
      const grown = combinations.flatMap((c) =>
        ways.map((way) => ({
          moves: new Map([...c.moves, ...way.moves]),
          folded: new Map([...c.folded, [node, way.worth] as const]),
        })),
      );
      if (grown.length > mostKept) reasons.add(`more than ${mostKept} ways of breaking ties`);
      combinations = grown.slice(0, mostKept);
    }
    const found: Way<T>[] = [];
    for (const { moves, folded } of combinations) {
      const own = solveWhole(root, folded);
      if (own === null) return null;
      for (const way of own) found.push({ worth: way.worth, moves: new Map([...moves, ...way.moves]) });
    }
    if (found.length > mostKept) reasons.add(`more than ${mostKept} ways of breaking ties`);
    return found.slice(0, mostKept);
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
        const ties = payoffs.flatMap((u, s) => (compare(field, u, best) === 0 ? [s] : []));
        if (ties.length > 1) reasons.add("a player is indifferent somewhere, so mixtures are equilibria too");
        return ties.map((s) => chosen((p) => (p === one ? pure(field, payoffs.length, s) : undefined)));
      }
      if (active.length === 2) {
        const small = {
          ...reduced.game,
          players: [one, two].map((p) => reduced.game.players[p] as (typeof reduced.game.players)[number]),
          payoffs: [one, two].map((p) => reduced.game.payoffs[p] as readonly T[]),
        };
        const { equilibria, complete } = twoPlayerEquilibria(field, small);
        if (complete === "some") reasons.add("a subgame is too large for all its equilibria");
        if (complete === "all-extreme") isExtreme = true;
        return equilibria.map(({ profile }) =>
          chosen((p) => (p === one ? profile[0] : p === two ? profile[1] : undefined)),
        );
      }
      reasons.add("three or more decide in one subgame, and only equilibria in pure strategies are sought there");
      return pureEquilibria(field, reduced.game).map((at) =>
        chosen((p) => pure(field, reduced.plans[p]?.length ?? 1, at[p] ?? 0)),
      );
    })();
    return profiles.map((mixed) => {
      const behaviour = behaviourOf(
        field,
        game,
        reduced.plans,
        mixed,
        game.sets.map((s) => pure(field, s.actions.length, 0)),
      );
      const here = new Set(reduced.plans.flatMap((own) => own.flatMap((plan) => [...plan.keys()])));
      const moves = new Map([...here].map((set) => [set, behaviour[set] as readonly T[]] as const));
      return { moves, worth: worthIn(field, game, behaviour, root, folded) };
    });
  };
  const ways = solve(game.root);
  if (ways === null) return null;
  const equilibria = ways.map(({ moves }) =>
    game.sets.map((s, index) => moves.get(index) ?? pure(field, s.actions.length, 0)),
  );
  const why = [...reasons].join("; ");
  return {
    equilibria,
    complete: why !== "" ? "some" : isExtreme ? "all-extreme" : "all",
    why: why === "" ? null : why,
  };
}

/** The subgames next below `root`. */
function innermost<T>(root: TreeNode<T>, roots: ReadonlySet<TreeNode<T>>): readonly TreeNode<T>[] {
  return childrenOf(root).flatMap((child) => (roots.has(child) ? [child] : innermost(child, roots)));
}

function worthIn<T>(
  field: Field<T>,
  game: ExtensiveForm<T>,
  behaviour: Behaviour<T>,
  node: TreeNode<T>,
  folded: Folded<T>,
): readonly T[] {
  const known = folded.get(node);
  if (known !== undefined) return known;
  const own = node.payoffs ?? game.players.map(() => field.zero);
  const branches =
    node.kind === "terminal"
      ? []
      : node.kind === "chance"
        ? node.moves.map((m) => ({ weight: m.chance, next: m.next }))
        : node.next.map((next, a) => ({ weight: behaviour[node.set]?.[a] as T, next }));
  return branches.reduce((total: readonly T[], { weight, next }) => {
    const below = worthIn(field, game, behaviour, next, folded);
    return total.map((t, p) => field.add(t, field.mul(weight, below[p] as T)));
  }, own);
}
