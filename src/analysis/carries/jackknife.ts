/** An estimate with each unit left out in turn in; its standard error (Quenouille 1949, Tukey 1958) out. */

export function jackknife(left: readonly number[]): number {
  const n = left.length;
  const mean = left.reduce((a, b) => a + b, 0) / n;
  return Math.sqrt(((n - 1) / n) * left.reduce((s, x) => s + (x - mean) ** 2, 0));
}
