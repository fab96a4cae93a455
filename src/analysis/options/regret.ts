/** Works out an option's regret over beliefs, and how often it is good enough. */

export interface Regret {
  /** Over beliefs, in base units of the utility. */
  readonly mean: number;
  readonly q90: number;
  readonly max: number;
  /** Share of beliefs in which it is the best, or among the best. */
  readonly best: number;
  /** Share of beliefs in which it is good enough (Simon 1956). */
  readonly satisficing: number;
}

/** Regret (Savage 1951): what the best option in that belief is worth, less what this one is. `expected` by option, then by belief. */
export function regretOf(expected: readonly Float64Array[], option: number, enough: number): Regret {
  const own = expected[option] as Float64Array;
  const regrets = own.map((u, w) => Math.max(...expected.map((e) => e[w] as number)) - u);
  const sorted = regrets.toSorted();
  const n = regrets.length;
  const share = (holds: (w: number) => boolean): number => {
    let count = 0;
    for (let w = 0; w < n; w++) if (holds(w)) count++;
    return count / n;
  };
  return {
    mean: regrets.reduce((a, b) => a + b, 0) / n,
    q90: sorted[Math.min(n - 1, Math.ceil(0.9 * n) - 1)] as number,
    max: sorted[n - 1] as number,
    best: share((w) => regrets[w] === 0),
    satisficing: share((w) => (own[w] as number) >= enough),
  };
}
