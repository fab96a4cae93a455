/** Measures how far a sampled table's fits are off at patterns that no fit saw, with luck taken out. */

import { valuesAt } from "./surrogate.ts";
import type { Fitted } from "./table.ts";

/** Units of worlds of each pattern checked: from how they differ the luck in its mean is told. */
export const driftUnits = 4;
export const checkSize = 32;

/**
 * √(V + se(V)) with V the mean over patterns of (run − fit)² less the luck in `run`, not below 0: what a fit is off at one pattern. Under a law that spreads over
 * patterns it is off by less. `values` by pattern and then by unit.
 */
export function driftOf(
  { even, odd }: Pick<Fitted, "even" | "odd">,
  patterns: Float64Array,
  places: readonly number[],
  values: Float64Array,
): number {
  const all = Array.from(patterns, (_, p) => p);
  const fits = [even, odd].map((fit) => {
    const into = new Float64Array(patterns.length);
    valuesAt(fit, patterns, places, all, into);
    return into;
  });
  const squares = all.map((p) => {
    const own = values.subarray(p * driftUnits, (p + 1) * driftUnits);
    const mean = own.reduce((a, b) => a + b, 0) / driftUnits;
    const luck = own.reduce((s, v) => s + (v - mean) ** 2, 0) / (driftUnits - 1) / driftUnits;
    const fit = fits.reduce((s, f) => s + (f[p] as number), 0) / fits.length;
    return (mean - fit) ** 2 - luck;
  });
  const mean = squares.reduce((a, b) => a + b, 0) / squares.length;
  const spread = squares.reduce((s, x) => s + (x - mean) ** 2, 0) / Math.max(1, squares.length - 1);
  return Math.sqrt(Math.max(0, mean) + Math.sqrt(spread / squares.length));
}
