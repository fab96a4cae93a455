/** Works out an option's regret over beliefs, and how often it is good enough. */

import { chanceError, mean, quantileError, standardError } from "#ensemble/statistics.ts";

export interface Regret {
  /** Over beliefs, in base units of the utility. */
  readonly mean: number;
  readonly q90: number;
  /** The largest of the beliefs drawn: more of them can only raise it, so it has no error. */
  readonly max: number;
  /** Share of beliefs in which it is the best, or among the best. */
  readonly best: number;
  /** Share of beliefs in which it is good enough (Simon 1956). */
  readonly satisficing: number;
  /** Standard errors over the beliefs drawn. */
  readonly meanError: number;
  readonly q90Error: number;
  readonly bestError: number;
  readonly satisficingError: number;
}

/** Regret (Savage 1951): what the best option in that belief is worth, less what this one is. `expected` by option, then by belief. */
export function regretOf(expected: readonly Float64Array[], option: number, enough: number): Regret {
  const own = expected[option] as Float64Array;
  const regrets = own.map((u, w) => Math.max(...expected.map((e) => e[w] as number)) - u);
  const sorted = regrets.toSorted();
  const n = regrets.length;
  const isBest = regrets.map((r) => (r === 0 ? 1 : 0));
  const isEnough = own.map((u) => (u >= enough ? 1 : 0));
  const at = (level: number): number => sorted[Math.max(0, Math.min(n - 1, Math.ceil(level * n) - 1))] as number;
  return {
    mean: mean(regrets),
    q90: at(0.9),
    max: sorted[n - 1] as number,
    best: mean(isBest),
    satisficing: mean(isEnough),
    meanError: standardError(regrets),
    q90Error: quantileError(at, 0.9, n),
    bestError: chanceError(isBest),
    satisficingError: chanceError(isEnough),
  };
}
