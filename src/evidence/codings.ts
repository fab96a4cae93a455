/** The least and the greatest value of a figure over all codings of disputed cases. */

/** What one case adds to each running total, coded one way. All of a table's cases have the same length. */
export type Contribution = readonly number[];

export interface CodingRange {
  readonly low: number;
  readonly high: number;
  /** Ways to code the table that differ in what they add: the product of each case's. */
  readonly codings: number;
  /** Cases whose coding changes a total. */
  readonly disputed: number;
}

/** Distinct totals that are kept apart; beyond it a range is not told. */
const mostTotals = 200_000;

/**
 * Exact: a figure that depends on totals alone takes one value for each reachable vector of totals, and these are few even where the codings
 * are many. Null where there are more than `mostTotals`, or no coding gives a value.
 */
export function overCodings(
  cases: readonly (readonly Contribution[])[],
  value: (totals: readonly number[]) => number,
): CodingRange | null {
  let codings = 1;
  let disputed = 0;
  let base: readonly number[] = [];
  const open: (readonly Contribution[])[] = [];
  for (const ways of cases) {
    const distinct = [...new Map(ways.map((w) => [w.join(), w])).values()];
    codings *= Math.max(1, distinct.length);
    const [only] = distinct;
    if (distinct.length > 1) {
      disputed++;
      open.push(distinct);
    } else if (only !== undefined) base = plus(base, only);
  }
  let reached = new Map<string, readonly number[]>([[base.join(), base]]);
  for (const ways of open) {
    const next = new Map<string, readonly number[]>();
    for (const totals of reached.values())
      for (const way of ways) {
        const sum = plus(totals, way);
        next.set(sum.join(), sum);
      }
    if (next.size > mostTotals) return null;
    reached = next;
  }
  let low = Infinity;
  let high = -Infinity;
  for (const totals of reached.values()) {
    const v = value(totals);
    // Where no case meets its condition, the figure has no value under that coding.
    if (Number.isNaN(v)) continue;
    low = Math.min(low, v);
    high = Math.max(high, v);
  }
  return low > high ? null : { low, high, codings, disputed };
}

function plus(a: readonly number[], b: readonly number[]): readonly number[] {
  return a.length === 0 ? b : a.map((x, i) => x + (b[i] ?? 0));
}
