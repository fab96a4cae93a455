/**
 * Gamma distributions of a large shape as a bent normal: Temme's uniform expansion (1992, The Asymptotic Inversion of Incomplete Gamma Functions,
 * Mathematics of Computation 58, §3) to its first correction. Its error in the score is of the order 1/a², so next to nothing from a shape of 1e6 on,
 * in the tails too.
 */

import { exp } from "./exponential.ts";
import { log1pLess } from "./incomplete.ts";
import { log } from "./logarithm.ts";

/** The shape from which the expansion is used. */
export const LARGE_SHAPE = 1e6;

/** The value of a gamma distribution of shape `a` and scale 1 that lies as far out as `z` does on the standard normal. */
export function largeGamma(a: number, z: number): number {
  const eta = z / Math.sqrt(a);
  const corrected = eta + correction(eta, muOf(eta)) / a;
  return a * (1 + muOf(corrected));
}

/** The standard normal's value that lies as far out as `x` does; the inverse of `largeGamma`. */
export function largeGammaScore(a: number, x: number): number {
  if (!(x > 0 && x < Infinity)) return x > 0 ? Infinity : -Infinity;
  const mu = (x - a) / a;
  const eta = etaOf(mu);
  return Math.sqrt(a) * (eta - correction(eta, mu) / a);
}

/** η with ½η² = μ − log(1 + μ), of the sign of μ. */
function etaOf(mu: number): number {
  const eta = Math.sqrt(-2 * log1pLess(mu));
  return mu < 0 ? -eta : eta;
}

/** μ of an η: Newton's method on μ − log(1 + μ), from the series η + η²/3 + η³/36 (Temme's equation 3.6). */
function muOf(eta: number): number {
  const wanted = 0.5 * eta * eta;
  let mu = Math.abs(eta) < 1 ? eta * (1 + eta * (1 / 3 + eta / 36)) : eta > 0 ? wanted + eta : -1 + exp(-1 - wanted);
  if (Math.abs(eta) < 1e-5) return mu;
  for (let i = 0; i < 30; i++) {
    const step = ((-log1pLess(mu) - wanted) * (1 + mu)) / mu;
    const next = mu - step <= -1 ? (mu - 1) / 2 : mu - step;
    if (Math.abs(next - mu) <= 2e-16 * Math.abs(next)) return next;
    mu = next;
  }
  return mu;
}

/** ε₁(η) = log(η/μ) / η, the first correction; −1/3 at the middle (equation 3.5). */
function correction(eta: number, mu: number): number {
  return Math.abs(eta) < 1e-4 ? -1 / 3 + eta / 36 : log(eta / mu) / eta;
}
