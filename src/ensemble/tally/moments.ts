/** Counts, sums and centred cross-products of columns, block by block: enough for means and joint errors. */

import { block } from "../statistics.ts";

/**
 * Moments of k columns over n runs. Merging in world order gives the same bits wherever the work was cut, since every block of 256 worlds is
 * summed by itself.
 */
export interface Moments {
  readonly runs: number;
  /** By column. */
  readonly sums: Float64Array;
  /** Σ (x − x̄)(y − ȳ) for columns i ≥ j, at place i·(i + 1)/2 + j. */
  readonly products: Float64Array;
}

export function noMoments(columns: number): Moments {
  return { runs: 0, sums: new Float64Array(columns), products: new Float64Array((columns * (columns + 1)) / 2) };
}

/** One for each block of 256 runs, in order; the last may be shorter. Two passes over each block. */
export function momentsByBlock(columns: readonly Float64Array[], runs: number): readonly Moments[] {
  return Array.from({ length: Math.ceil(runs / block) }, (_, i) =>
    momentsOfBlock(columns, i * block, Math.min(runs, (i + 1) * block)),
  );
}

function momentsOfBlock(columns: readonly Float64Array[], from: number, to: number): Moments {
  const runs = to - from;
  const found = noMoments(columns.length);
  columns.forEach((column, i) => {
    let sum = 0;
    for (let w = from; w < to; w++) sum += column[w] as number;
    found.sums[i] = sum;
  });
  const centred = columns.map((column, i) => {
    const mean = (found.sums[i] as number) / runs;
    return column.subarray(from, to).map((x) => x - mean);
  });
  centred.forEach((x, i) => {
    for (let j = 0; j <= i; j++) {
      const y = centred[j] as Float64Array;
      let sum = 0;
      for (let w = 0; w < runs; w++) sum += (x[w] as number) * (y[w] as number);
      found.products[place(i, j)] = sum;
    }
  });
  return { ...found, runs };
}

/** Of the runs of `a` and then those of `b` (Chan, Golub & LeVeque 1983, pairwise update). */
export function joinMoments(a: Moments, b: Moments): Moments {
  if (a.runs === 0) return { runs: b.runs, sums: b.sums.map((s) => 0 + s), products: b.products.slice() };
  const runs = a.runs + b.runs;
  const apart = a.sums.map((s, i) => (b.sums[i] as number) / b.runs - s / a.runs);
  const weight = (a.runs * b.runs) / runs;
  const products = a.products.map((p, at) => p + (b.products[at] as number));
  apart.forEach((x, i) => {
    for (let j = 0; j <= i; j++) {
      const at = place(i, j);
      products[at] = (products[at] as number) + weight * x * (apart[j] as number);
    }
  });
  return { runs, sums: a.sums.map((s, i) => s + (b.sums[i] as number)), products };
}

export function meanOf(m: Moments, column: number): number {
  return (m.sums[column] ?? Number.NaN) / m.runs;
}

/** Unbiased (n − 1); NaN for a single run. */
export function covarianceOf(m: Moments, a: number, b: number): number {
  return (m.products[a >= b ? place(a, b) : place(b, a)] ?? Number.NaN) / (m.runs - 1);
}

/** Variance of Σ weight·column over runs; a weight of 0 leaves its column out, whatever it holds. */
export function varianceOfSum(m: Moments, weights: readonly number[]): number {
  let total = 0;
  weights.forEach((x, i) => {
    if (x === 0) return;
    for (let j = 0; j <= i; j++) {
      const y = weights[j] as number;
      if (y !== 0) total += (i === j ? 1 : 2) * x * y * covarianceOf(m, i, j);
    }
  });
  // Columns that cancel leave rounding, on either side of 0.
  return total < 0 ? 0 : total;
}

function place(i: number, j: number): number {
  return (i * (i + 1)) / 2 + j;
}
