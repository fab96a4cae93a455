/** Finds a player's extreme mixtures by going through supports. */

import { compareNumbers, type Field } from "./field.ts";
import { solveLinear } from "./linear.ts";
import type { Corner } from "./tableau.ts";

/**
 * `earns[j][i]`: the opponent's payoff for its strategy j against the player's i. Goes through every support I of the player and every set J of
 * as many best replies; where exactly one mixture on I makes J equally good, and nothing beats J, it is extreme: a vertex of the best-response
 * polytope. Mixtures whose set of best replies is larger than their support (degenerate games) come out with all of it. Variables in `tight`
 * are as in `Corner`: i for a strategy not used, m + j for a best reply.
 */
export function extremeMixtures<T>(field: Field<T>, earns: readonly (readonly T[])[]): readonly Corner<T>[] {
  const m = earns[0]?.length ?? 0;
  const n = earns.length;
  const found = new Map<string, Corner<T>>();
  for (const support of subsets(m)) {
    for (const replies of subsets(n)) {
      if (replies.length !== support.length) continue;
      const mixture = mixtureOn(field, earns, support, replies, m);
      if (mixture === null) continue;
      const worth = earns.map((row) =>
        row.reduce((t, u, i) => field.add(t, field.mul(u, mixture[i] as T)), field.zero),
      );
      const best = worth[replies[0] as number] as T;
      if (worth.some((u) => compareNumbers(field, u, best) > 0)) continue;
      const tight = [
        ...mixture.flatMap((p, i) => (field.sign(p) === 0 ? [i] : [])),
        ...worth.flatMap((u, j) => (compareNumbers(field, u, best) === 0 ? [m + j] : [])),
      ];
      found.set(tight.join(" "), { point: mixture, tight });
    }
  }
  return [...found.values()];
}

/** The one mixture on exactly this support that makes these replies equally good; null where there is none or more than one. */
function mixtureOn<T>(
  field: Field<T>,
  earns: readonly (readonly T[])[],
  support: readonly number[],
  replies: readonly number[],
  m: number,
): readonly T[] | null {
  const minus = field.sub(field.zero, field.one);
  const matrix = [
    ...replies.map((j) => [...support.map((i) => earns[j]?.[i] as T), minus]),
    [...support.map(() => field.one), field.zero],
  ];
  const solution = solveLinear(field, matrix, [...replies.map(() => field.zero), field.one]);
  if (solution === null || support.some((_, k) => field.sign(solution[k] as T) <= 0)) return null;
  return Array.from({ length: m }, (_, i) => solution[support.indexOf(i)] ?? field.zero);
}

/** Every subset but the empty one of 0 … n − 1, in rising order of their bits. */
function subsets(n: number): readonly (readonly number[])[] {
  return Array.from({ length: 2 ** n - 1 }, (_, k) =>
    Array.from({ length: n }, (_unused, i) => i).filter((i) => ((k + 1) >> i) & 1),
  );
}
