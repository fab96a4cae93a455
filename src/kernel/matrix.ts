/** Rows of numbers in; their products, and factors of these, out. The order of operations is fixed, so engines differ in speed and not in a bit. */

export interface MatrixMath {
  /** Σ row·rowᵀ of rows of so many terms: the lower half, row by row; what lies above it is nobody's. */
  readonly products: (rows: readonly Float64Array[], terms: number) => Float64Array;
  /** Puts Cholesky's factor of a matrix, of which the lower half is given row by row, in its place; a pivot below 10⁻¹² counts as 10⁻¹². */
  readonly factorise: (matrix: Float64Array, size: number) => void;
}

/** What a pivot is at least. */
export const leastPivot = 1e-12;

/** Rows are added four at a time. */
export const rowsAtOnce = 4;

/** Four rows of those from `first` on, rows of zeros where there are no more. */
export function fourRows(
  rows: readonly Float64Array[],
  first: number,
  none: Float64Array,
): readonly [Float64Array, Float64Array, Float64Array, Float64Array] {
  const at = (k: number): Float64Array => rows[first + k] ?? none;
  return [at(0), at(1), at(2), at(3)];
}

/** One number after the other: the oracle of any other. */
export const scalarMatrixMath: MatrixMath = {
  products: (rows, terms) => {
    const sums = new Float64Array(terms * terms);
    const none = new Float64Array(terms);
    for (let r = 0; r < rows.length; r += rowsAtOnce) {
      const [p, q, s, t] = fourRows(rows, r, none);
      for (let a = 0; a < terms; a++) {
        const [pa, qa, sa, ta] = [p[a] as number, q[a] as number, s[a] as number, t[a] as number];
        const base = a * terms;
        for (let b = 0; b <= a; b++)
          sums[base + b] =
            (sums[base + b] as number) +
            (pa * (p[b] as number) + qa * (q[b] as number) + (sa * (s[b] as number) + ta * (t[b] as number)));
      }
    }
    return sums;
  },
  factorise: (l, size) => {
    for (let a = 0; a < size; a++) {
      for (let b = 0; b <= a; b++) {
        let sum = l[a * size + b] as number;
        for (let k = 0; k < b; k++) sum -= (l[a * size + k] as number) * (l[b * size + k] as number);
        l[a * size + b] = a === b ? Math.sqrt(Math.max(sum, leastPivot)) : sum / (l[b * size + b] as number);
      }
    }
  },
};
