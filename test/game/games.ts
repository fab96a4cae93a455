/** Textbook games as the tests need them, and regret worked out a second time, from the definition. */

import { exact, type RationalNumber } from "#game/field.ts";
import type { ExtensiveForm, TreeNode } from "#game/extensive.ts";
import type { NormalForm } from "#game/normal-form.ts";
import { rationalIn } from "#game/gambit-tokens.ts";

export const q = (text: string | number): RationalNumber => rationalIn(String(text)) ?? exact.of(Number(text));

/** Rows of `row payoff, column payoff`. */
export function bimatrix(
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
): NormalForm<RationalNumber> {
  const flat = (m: readonly (readonly number[])[]): readonly RationalNumber[] =>
    (m[0] ?? []).flatMap((_, j) => m.map((row) => q(row[j] ?? 0)));
  return {
    title: "",
    comment: "",
    players: [
      { name: "Row", strategies: a.map((_, i) => `r${i}`) },
      { name: "Column", strategies: (a[0] ?? []).map((_, j) => `c${j}`) },
    ],
    payoffs: [flat(a), flat(b)],
  };
}

/** From the definition, in doubles, sharing nothing with the solvers: the best unilateral gain over the payoff range. */
export function regretAgain(game: NormalForm<RationalNumber>, profile: readonly (readonly number[])[]): number {
  const sizes = game.players.map((p) => p.strategies.length);
  const worth = (player: number, mixed: readonly (readonly number[])[]): number => {
    let total = 0;
    const go = (p: number, cell: number, stride: number, weight: number): void => {
      if (p === sizes.length) total += weight * (game.payoffs[player]?.[cell]?.valueOf() ?? Number.NaN);
      else
        for (let s = 0; s < (sizes[p] ?? 0); s++)
          go(p + 1, cell + s * stride, stride * (sizes[p] ?? 1), weight * (mixed[p]?.[s] ?? 0));
    };
    go(0, 0, 1, 1);
    return total;
  };
  return Math.max(
    0,
    ...game.players.map((_, player) => {
      const all = (game.payoffs[player] ?? []).map((v) => v.valueOf());
      const range = Math.max(...all) - Math.min(...all);
      if (range === 0) return 0;
      const best = Math.max(
        ...Array.from({ length: sizes[player] ?? 0 }, (_unused, s) =>
          worth(
            player,
            profile.map((own, p) => (p === player ? own.map((__, k) => (k === s ? 1 : 0)) : own)),
          ),
        ),
      );
      return (best - worth(player, profile)) / range;
    }),
  );
}

export const end = (...payoffs: readonly (string | number)[]): TreeNode<RationalNumber> => ({
  kind: "terminal",
  label: "",
  payoffs: payoffs.map(q),
});
export const move = (set: number, ...next: readonly TreeNode<RationalNumber>[]): TreeNode<RationalNumber> => ({
  kind: "decision",
  label: "",
  set,
  next,
  payoffs: null,
});
export const chance = (
  ...moves: readonly (readonly [string | number, TreeNode<RationalNumber>])[]
): TreeNode<RationalNumber> => ({
  kind: "chance",
  label: "",
  payoffs: null,
  moves: moves.map(([p, next], i) => ({ label: `m${i}`, chance: q(p), next })),
});
export const tree = (
  players: number,
  sets: readonly (readonly [player: number, ...actions: readonly string[]])[],
  root: TreeNode<RationalNumber>,
): ExtensiveForm<RationalNumber> => ({
  title: "",
  comment: "",
  players: Array.from({ length: players }, (_, p) => `P${p + 1}`),
  sets: sets.map(([player, ...actions], i) => ({ player, label: `s${i}`, actions })),
  root,
});

/** Every pure plan of a player against the profile, by going through all of them: the best of them less what the profile gives, over the range. */
export function treeRegretAgain(
  game: ExtensiveForm<{ valueOf(): number }>,
  behaviour: readonly (readonly number[])[],
): number {
  const value = (node: TreeNode<{ valueOf(): number }>, player: number, b: readonly (readonly number[])[]): number => {
    const own = node.payoffs?.[player]?.valueOf() ?? 0;
    if (node.kind === "terminal") return own;
    if (node.kind === "chance")
      return own + node.moves.reduce((t, m) => t + m.chance.valueOf() * value(m.next, player, b), 0);
    return own + node.next.reduce((t, n, a) => t + (b[node.set]?.[a] ?? 0) * value(n, player, b), 0);
  };
  const ends = (node: TreeNode<{ valueOf(): number }>, player: number, sum: number): readonly number[] => {
    const own = sum + (node.payoffs?.[player]?.valueOf() ?? 0);
    return node.kind === "terminal"
      ? [own]
      : (node.kind === "chance" ? node.moves.map((m) => m.next) : node.next).flatMap((n) => ends(n, player, own));
  };
  return Math.max(
    0,
    ...game.players.map((_, player) => {
      const all = ends(game.root, player, 0);
      const range = Math.max(...all) - Math.min(...all);
      if (range === 0) return 0;
      let plans: readonly (readonly (readonly number[])[])[] = [behaviour];
      game.sets.forEach((set, h) => {
        if (set.player !== player) return;
        plans = plans.flatMap((plan) =>
          set.actions.map((_a, chosen) =>
            plan.map((own, k) => (k === h ? set.actions.map((__, a) => (a === chosen ? 1 : 0)) : own)),
          ),
        );
      });
      return (
        (Math.max(...plans.map((plan) => value(game.root, player, plan))) - value(game.root, player, behaviour)) / range
      );
    }),
  );
}
