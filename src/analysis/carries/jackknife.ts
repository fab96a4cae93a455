/** The standard error of an estimate from the same estimate with each unit left out (Quenouille 1949, Tukey 1958). */

export function jackknife(left: readonly number[]): number {
  const n = left.length;
  const mean = left.reduce((a, b) => a + b, 0) / n;
  return Math.sqrt(((n - 1) / n) * left.reduce((s, x) => s + (x - mean) ** 2, 0));
}
