/** Least squares, with the error of what it predicts. */

interface Regression {
  readonly coefficients: Float64Array;
  /** The prediction at a row of terms, and its standard error. */
  readonly at: (row: Float64Array) => { readonly value: number; readonly se: number };
}

/** By the normal equations and Cholesky's factor; a column without a say of its own gets nothing (its pivot is lifted). */
export function regress(rows: readonly Float64Array[], values: Float64Array): Regression {
  const terms = rows[0]?.length ?? 0;
  const normal = new Float64Array(terms * terms);
  const right = new Float64Array(terms);
  rows.forEach((row, r) => {
    for (let a = 0; a < terms; a++) {
      const x = row[a] as number;
      right[a] = (right[a] as number) + x * (values[r] as number);
      for (let b = 0; b <= a; b++) normal[a * terms + b] = (normal[a * terms + b] as number) + x * (row[b] as number);
    }
  });
  for (let a = 0; a < terms; a++) normal[a * terms + a] = (normal[a * terms + a] as number) * (1 + 1e-9) + 1e-12;
  const l = normal;
  for (let a = 0; a < terms; a++)
    for (let b = 0; b <= a; b++) {
      let sum = l[a * terms + b] as number;
      for (let k = 0; k < b; k++) sum -= (l[a * terms + k] as number) * (l[b * terms + k] as number);
      l[a * terms + b] = a === b ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (l[b * terms + b] as number);
    }
  const forward = (x: Float64Array): Float64Array => {
    const out = x.slice();
    for (let a = 0; a < terms; a++) {
      let sum = out[a] as number;
      for (let k = 0; k < a; k++) sum -= (l[a * terms + k] as number) * (out[k] as number);
      out[a] = sum / (l[a * terms + a] as number);
    }
    return out;
  };
  const coefficients = forward(right);
  for (let a = terms - 1; a >= 0; a--) {
    let sum = coefficients[a] as number;
    for (let k = a + 1; k < terms; k++) sum -= (l[k * terms + a] as number) * (coefficients[k] as number);
    coefficients[a] = sum / (l[a * terms + a] as number);
  }
  const predicted = (row: Float64Array): number => row.reduce((s, x, a) => s + x * (coefficients[a] as number), 0);
  // The variance of the values about the fit, unbiased.
  const residual =
    rows.reduce((s, row, r) => s + ((values[r] as number) - predicted(row)) ** 2, 0) / Math.max(1, rows.length - terms);
  return {
    coefficients,
    at: (row) => ({
      value: predicted(row),
      se: Math.sqrt(residual * forward(row).reduce((s, x) => s + x * x, 0)),
    }),
  };
}
