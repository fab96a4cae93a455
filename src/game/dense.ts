/** Solves square systems of linear equations in doubles; null where the matrix is singular to working precision. */

/** Gaussian elimination with partial pivoting; rows are scaled by their largest entry. Overwrites both arguments. */
export function solveDense(rows: readonly Float64Array[], right: Float64Array): Float64Array | null {
  const n = right.length;
  const order = Array.from(rows);
  order.forEach((row, i) => {
    const size = row.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
    if (size === 0) return;
    for (let k = 0; k < n; k++) row[k] = (row[k] as number) / size;
    right[i] = (right[i] as number) / size;
  });
  for (let c = 0; c < n; c++) {
    let best = c;
    for (let r = c + 1; r < n; r++)
      if (Math.abs(order[r]?.[c] as number) > Math.abs(order[best]?.[c] as number)) best = r;
    const pivot = order[best] as Float64Array;
    const head = pivot[c] as number;
    if (!(Math.abs(head) > 1e-14)) return null;
    order[best] = order[c] as Float64Array;
    order[c] = pivot;
    const value = right[best] as number;
    right[best] = right[c] as number;
    right[c] = value;
    for (let r = c + 1; r < n; r++) {
      const row = order[r] as Float64Array;
      const factor = (row[c] as number) / head;
      if (factor === 0) continue;
      for (let k = c; k < n; k++) row[k] = (row[k] as number) - factor * (pivot[k] as number);
      right[r] = (right[r] as number) - factor * value;
    }
  }
  const x = new Float64Array(n);
  for (let r = n - 1; r >= 0; r--) {
    const row = order[r] as Float64Array;
    let total = right[r] as number;
    for (let k = r + 1; k < n; k++) total -= (row[k] as number) * (x[k] as number);
    x[r] = total / (row[r] as number);
  }
  return x.every(Number.isFinite) ? x : null;
}
