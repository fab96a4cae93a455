/** Solves square systems of linear equations over a field; null where there is no one solution. */

import { areFractions, solveInFractions } from "./exact-linear.ts";
import { type Field, type RationalNumber } from "./field.ts";

/** Solves `matrix · x = right` by elimination: of doubles with the largest entry as pivot, of fractions in whole numbers. */
export function solveLinear<T>(
  field: Field<T>,
  matrix: readonly (readonly T[])[],
  right: readonly T[],
): readonly T[] | null {
  if (areFractions(right) && matrix.every((row) => areFractions(row)))
    return solveInFractions(matrix, right) as readonly (T & RationalNumber)[] | null;
  const n = right.length;
  const rows = matrix.map((row, i) => [...row, right[i] as T]);
  for (let column = 0; column < n; column++) {
    let best = -1;
    let size = 0;
    for (let r = column; r < n; r++) {
      const value = rows[r]?.[column] as T;
      const magnitude = Math.abs(field.toNumber(value));
      if (field.sign(value) !== 0 && (best < 0 || magnitude > size)) {
        best = r;
        size = magnitude;
      }
    }
    const pivot = rows[best];
    if (pivot === undefined) return null;
    rows[best] = rows[column] as T[];
    rows[column] = pivot;
    const head = pivot[column] as T;
    for (let k = column; k <= n; k++) pivot[k] = field.div(pivot[k] as T, head);
    for (let r = 0; r < n; r++) {
      const row = rows[r] as T[];
      const factor = row[column] as T;
      if (r === column || field.sign(factor) === 0) continue;
      for (let k = column; k <= n; k++) row[k] = field.sub(row[k] as T, field.mul(factor, pivot[k] as T));
    }
  }
  return rows.map((row) => row[n] as T);
}
