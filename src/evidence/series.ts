/** How likely an observed series is, given the series of a run. */

import erfc from "@stdlib/math-base-special-erfc";
import ln from "@stdlib/math-base-special-ln";

/**
 * log of the density of the residuals under two errors: each point's own, of standard deviation `error`, and one that all points share, of standard
 * deviation `discrepancy`, since a model that is wrong is wrong in the same direction all along. Covariance error²·I + discrepancy²·11ᵀ, inverted by
 * Sherman & Morrison 1950. The larger the discrepancy, the less a long series says of the level; a common shift then costs almost nothing.
 */
export function logLikelihood(residuals: readonly number[], error: number, discrepancy: number): number {
  const n = residuals.length;
  const [own, shared] = [error * error, discrepancy * discrepancy];
  const squares = residuals.reduce((sum, r) => sum + r * r, 0);
  const total = residuals.reduce((sum, r) => sum + r, 0);
  const distance = (squares - (shared * total * total) / (own + n * shared)) / own;
  const logDeterminant = (n - 1) * ln(own) + ln(own + n * shared);
  return -0.5 * (n * ln(2 * Math.PI) + logDeterminant + distance);
}

/** The chance that a draw from N(mean, sd²) lies at or below `value`. */
export function shareBelow(value: number, mean: number, sd: number): number {
  return 0.5 * erfc((mean - value) / (sd * Math.SQRT2));
}
