/** Finds the value of a zero-sum game and a mixture that secures it. */

import { type Field, compareNumbers } from "./field.ts";

interface MatrixValue<T> {
  readonly value: T;
  /** Of the rows, whose player maximises. */
  readonly mixture: readonly T[];
}

/**
 * By linear programming (Dantzig 1951): with all entries positive, max Σ y over M y ≤ 1, y ≥ 0 is 1 ÷ value, and the dual variables times the
 * value are the rows' mixture. Bland's rule, so that it always ends. `matrix` has at least one row and one column.
 */
export function matrixValue<T>(field: Field<T>, matrix: readonly (readonly T[])[]): MatrixValue<T> {
  const m = matrix.length;
  const n = matrix[0]?.length ?? 0;
  let low = matrix[0]?.[0] as T;
  for (const row of matrix) for (const v of row) if (compareNumbers(field, v, low) < 0) low = v;
  const shift = field.sub(field.one, low);
  // Tableau: columns y_1..y_n, slacks, right side; the last row holds the reduced costs.
  const rows: T[][] = matrix.map((row, i) => [
    ...row.map((v) => field.add(v, shift)),
    ...Array.from({ length: m }, (_, k) => (k === i ? field.one : field.zero)),
    field.one,
  ]);
  const cost: T[] = [...Array.from({ length: n }, () => field.one), ...Array.from({ length: m + 1 }, () => field.zero)];
  const basis = Array.from({ length: m }, (_, i) => n + i);
  for (;;) {
    const entering = cost.findIndex((c, k) => k < n + m && field.sign(c) > 0);
    if (entering < 0) break;
    let leaving = -1;
    let ratio = field.zero;
    rows.forEach((row, r) => {
      if (field.sign(row[entering] as T) <= 0) return;
      const here = field.div(row[n + m] as T, row[entering] as T);
      const order = leaving < 0 ? -1 : compareNumbers(field, here, ratio);
      if (order < 0 || (order === 0 && (basis[r] as number) < (basis[leaving] as number))) {
        leaving = r;
        ratio = here;
      }
    });
    if (leaving < 0) throw new Error("a matrix game with positive entries is bounded");
    const pivot = rows[leaving] as T[];
    const head = pivot[entering] as T;
    pivot.forEach((v, k) => (pivot[k] = field.div(v, head)));
    for (const row of [...rows, cost]) {
      const factor = row[entering] as T;
      if (row === pivot || field.sign(factor) === 0) continue;
      row.forEach((v, k) => (row[k] = field.sub(v, field.mul(factor, pivot[k] as T))));
    }
    basis[leaving] = entering;
  }
  const total = field.sub(field.zero, cost[n + m] as T);
  const scale = field.div(field.one, total);
  const mixture = Array.from({ length: m }, (_, i) => field.mul(field.sub(field.zero, cost[n + i] as T), scale));
  return { value: field.sub(scale, shift), mixture };
}
