/** Games in extensive form: a tree of moves by players and by chance, with information sets. */

import type { Field } from "./field.ts";

export type TreeNode<T> =
  | { readonly kind: "terminal"; readonly label: string; readonly payoffs: readonly T[] | null }
  | {
      readonly kind: "chance";
      readonly label: string;
      readonly moves: readonly { readonly label: string; readonly chance: T; readonly next: TreeNode<T> }[];
      /** Gained on passing here, on top of what comes below; null for nothing. */
      readonly payoffs: readonly T[] | null;
    }
  | {
      readonly kind: "decision";
      readonly label: string;
      /** Index into `sets`. */
      readonly set: number;
      /** By action of the set. */
      readonly next: readonly TreeNode<T>[];
      readonly payoffs: readonly T[] | null;
    };

/** Nodes their player cannot tell apart. */
export interface InformationSet {
  readonly player: number;
  readonly label: string;
  readonly actions: readonly string[];
}

export interface ExtensiveForm<T> {
  readonly title: string;
  readonly comment: string;
  readonly players: readonly string[];
  readonly sets: readonly InformationSet[];
  readonly root: TreeNode<T>;
}

/** By information set, by action: a probability. */
export type Behaviour<T> = readonly (readonly T[])[];

export function childrenOf<T>(node: TreeNode<T>): readonly TreeNode<T>[] {
  switch (node.kind) {
    case "terminal":
      return [];
    case "chance":
      return node.moves.map((m) => m.next);
    case "decision":
      return node.next;
  }
}

/** Visits every node, parents first. */
function walkTree<T>(node: TreeNode<T>, visit: (node: TreeNode<T>) => void): void {
  visit(node);
  for (const child of childrenOf(node)) walkTree(child, visit);
}

/** The same tree with other numbers. */
export function mapTree<A, B>(node: TreeNode<A>, to: (a: A, player: number | null) => B): TreeNode<B> {
  const payoffs = node.payoffs === null ? null : node.payoffs.map((v, p) => to(v, p));
  switch (node.kind) {
    case "terminal":
      return { ...node, payoffs };
    case "chance":
      return {
        ...node,
        payoffs,
        moves: node.moves.map((m) => ({ ...m, chance: to(m.chance, null), next: mapTree(m.next, to) })),
      };
    case "decision":
      return { ...node, payoffs, next: node.next.map((n) => mapTree(n, to)) };
  }
}

/** A play from the root to an end. */
interface Play<T> {
  /** Decisions on the way, in order. */
  readonly moves: readonly { readonly set: number; readonly action: number }[];
  /** Product of the chances on the way. */
  readonly chance: T;
  /** The same without the chances of 0, and how many these are: which of two impossible plays is the less so. */
  readonly likely: T;
  readonly zeros: number;
  readonly payoffs: readonly T[];
}

/** Every play, left to right. */
export function playsOf<T>(field: Field<T>, game: ExtensiveForm<T>): readonly Play<T>[] {
  const found: Play<T>[] = [];
  const visit = (node: TreeNode<T>, play: Play<T>): void => {
    const payoffs = node.payoffs === null ? play.payoffs : plus(field, play.payoffs, node.payoffs);
    switch (node.kind) {
      case "terminal":
        found.push({ ...play, payoffs });
        return;
      case "chance":
        for (const m of node.moves) {
          const isZero = field.sign(m.chance) === 0;
          visit(m.next, {
            ...play,
            payoffs,
            chance: field.mul(play.chance, m.chance),
            likely: isZero ? play.likely : field.mul(play.likely, m.chance),
            zeros: play.zeros + (isZero ? 1 : 0),
          });
        }
        return;
      case "decision":
        node.next.forEach((next, action) =>
          visit(next, { ...play, payoffs, moves: [...play.moves, { set: node.set, action }] }),
        );
    }
  };
  visit(game.root, {
    moves: [],
    chance: field.one,
    likely: field.one,
    zeros: 0,
    payoffs: game.players.map(() => field.zero),
  });
  return found;
}

export function plus<T>(field: Field<T>, a: readonly T[], b: readonly T[]): readonly T[] {
  return a.map((v, i) => field.add(v, b[i] as T));
}

/** The payoffs of each player over all ends, for ranges; on request only over those that no chance of zero keeps from coming. */
export function endPayoffs<T>(
  field: Field<T>,
  game: ExtensiveForm<T>,
  which: "all" | "possible" = "all",
): readonly (readonly T[])[] {
  const plays = playsOf(field, game).filter((play) => which === "all" || play.zeros === 0);
  return game.players.map((_, p) => plays.map((play) => play.payoffs[p] as T));
}

/**
 * The first player, if any, who at some information set cannot recall its own earlier moves or what it knew then (Kuhn 1953): for all nodes of a
 * set the sequence of own sets and actions before must be the same. Null where all recall.
 */
export function forgetful(game: ExtensiveForm<unknown>): number | null {
  const before = new Map<number, string>();
  let found: number | null = null;
  const visit = (node: TreeNode<unknown>, own: readonly string[]): void => {
    if (node.kind === "decision") {
      const player = game.sets[node.set]?.player ?? -1;
      const mine = own[player] ?? "";
      const known = before.get(node.set);
      if (known === undefined) before.set(node.set, mine);
      else if (known !== mine) found ??= player;
      node.next.forEach((next, action) =>
        visit(
          next,
          own.map((text, p) => (p === player ? `${text} ${node.set}.${action}` : text)),
        ),
      );
    } else for (const child of childrenOf(node)) visit(child, own);
  };
  visit(
    game.root,
    game.players.map(() => ""),
  );
  return found;
}

/** True where every player always knows all that has happened. */
export function isPerfectInformation(game: ExtensiveForm<unknown>): boolean {
  const seen = new Set<number>();
  let perfect = true;
  walkTree(game.root, (node) => {
    if (node.kind !== "decision") return;
    if (seen.has(node.set)) perfect = false;
    seen.add(node.set);
  });
  return perfect;
}

/** Nodes that begin a proper subgame (Selten 1965): whoever moves below can tell that it is below. The root is always among them; ends are not. */
export function subgameRoots<T>(game: ExtensiveForm<T>): ReadonlySet<TreeNode<T>> {
  const total = new Map<number, number>();
  walkTree(game.root, (n) => {
    if (n.kind === "decision") total.set(n.set, (total.get(n.set) ?? 0) + 1);
  });
  const roots = new Set<TreeNode<T>>();
  const visit = (node: TreeNode<T>): Map<number, number> => {
    const inside = new Map<number, number>();
    if (node.kind === "decision") inside.set(node.set, 1);
    for (const child of childrenOf(node))
      for (const [set, count] of visit(child)) inside.set(set, (inside.get(set) ?? 0) + count);
    if (node.kind !== "terminal" && [...inside].every(([set, count]) => total.get(set) === count)) roots.add(node);
    return inside;
  };
  visit(game.root);
  return roots;
}
