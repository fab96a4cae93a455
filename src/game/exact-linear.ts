/** Solves square systems of linear equations in exact fractions, by whole numbers alone: fractions that are reduced at every step take hundreds of times as long. */

import Fraction from "fraction.js";

/** Elimination without fractions (Bareiss 1968): what is divided by is always a divisor. Null where there is no one solution. */
export function solveInFractions(
  matrix: readonly (readonly Fraction[])[],
  right: readonly Fraction[],
): readonly Fraction[] | null {
  const n = right.length;
  const rows = matrix.map((row, i) => inWholes([...row, right[i] as Fraction]));
  let before = 1n;
  for (let c = 0; c < n; c++) {
    const at = rows.findIndex((row, r) => r >= c && row[c] !== 0n);
    if (at < 0) return null;
    const pivot = rows[at] as bigint[];
    rows[at] = rows[c] as bigint[];
    rows[c] = pivot;
    const head = pivot[c] as bigint;
    for (let r = 0; r < n; r++) {
      if (r === c) continue;
      const row = rows[r] as bigint[];
      const factor = row[c] as bigint;
      for (let k = 0; k <= n; k++) row[k] = (head * (row[k] as bigint) - factor * (pivot[k] as bigint)) / before;
    }
    before = head;
  }
  return rows.map((row, i) => new Fraction(row[n] as bigint, 1n).div(new Fraction(row[i] as bigint, 1n)));
}

export function areFractions(values: readonly unknown[]): values is readonly Fraction[] {
  return values.every((v) => v instanceof Fraction);
}

/** The same equation, times the least number that leaves no fraction. */
function inWholes(row: readonly Fraction[]): bigint[] {
  const times = row.reduce((t, { d }) => (t / divisor(t, d)) * d, 1n);
  return row.map(({ s, n, d }) => s * n * (times / d));
}

function divisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : divisor(b, a % b);
}
