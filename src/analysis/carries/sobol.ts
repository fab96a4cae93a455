/** Works out first-order and total Sobol indices of each group of unknowns, with luck and claims averaged out. */

export interface SobolIndex {
  readonly unknowns: readonly string[];
  /** Share of the variance that goes when this group alone is known. */
  readonly first: number;
  readonly firstError: number;
  /** Share that stays when all but this group is known. */
  readonly total: number;
  readonly totalError: number;
}

export interface SobolFinding {
  /** Variance of the expected margin over the unknowns, in squared base units. */
  readonly variance: number;
  readonly varianceError: number;
  readonly indices: readonly SobolIndex[];
}

/** `a1`, `a2` and `mixed` as in `UnknownSample`. */
interface SobolSample {
  readonly a1: Float64Array;
  readonly a2: Float64Array;
  readonly b3: Float64Array;
  readonly mixed: readonly Float64Array[];
  readonly groups: readonly (readonly string[])[];
}

/**
 * Of E[Y | unknowns]. Two evaluations that share unknowns and nothing else have as their covariance what is due to those unknowns (Sobol 1993): V from A with
 * two lucks; Vⱼ = E[Y(B,3)·(Y(ABⱼ,2) − Y(A,2))] and Tⱼ = E[Y(A,1)·(Y(A,2) − Y(ABⱼ,2))] (Saltelli et al. 2010, with luck drawn anew between the
 * factors), the differences on the same luck. Indices are ratios of means; errors by the delta method. They may come out below 0 or above 1 by sampling.
 */
export function sobolIndices({ a1, a2, b3, mixed, groups }: SobolSample): SobolFinding {
  const n = a1.length;
  const centre = (mean(a1) + mean(a2) + mean(b3)) / 3;
  const v = Float64Array.from(a1, (y, w) => (y - centre) * ((a2[w] as number) - centre));
  const variance = mean(v);
  const ratio = (top: Float64Array): { readonly value: number; readonly error: number } => {
    const value = mean(top) / variance;
    const spread = top.map((t, w) => (t - value * (v[w] as number)) / variance);
    return { value, error: Math.sqrt(varianceOf(spread) / n) };
  };
  return {
    variance,
    varianceError: Math.sqrt(varianceOf(v) / n),
    indices: groups.map((unknowns, j) => {
      const ab = mixed[j] as Float64Array;
      const first = ratio(b3.map((y, w) => (y - centre) * ((ab[w] as number) - (a2[w] as number))));
      const total = ratio(a1.map((y, w) => (y - centre) * ((a2[w] as number) - (ab[w] as number))));
      return {
        unknowns,
        first: first.value,
        firstError: first.error,
        total: total.value,
        totalError: total.error,
      };
    }),
  };
}

function mean(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function varianceOf(values: Float64Array): number {
  const m = mean(values);
  return values.reduce((s, x) => s + (x - m) ** 2, 0) / (values.length - 1);
}
