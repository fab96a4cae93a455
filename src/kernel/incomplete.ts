/** The regularised incomplete gamma and beta functions, for distributions cut to a range. */

import { exp } from "./exponential.ts";
import { log, log1p } from "./logarithm.ts";

/** Half of log 2π. */
const HALF_LOG_TWO_PI = 0.9189385332046728;

/** log Γ(x), x > 0: Stirling's series (Abramowitz and Stegun 6.1.41) above 10, reached by recurrence from below. */
export function logGamma(x: number): number {
  let factor = 1;
  let y = x;
  for (; y < 10; y++) factor *= y;
  const z = 1 / (y * y);
  const series =
    (1 / 12 -
      z *
        (1 / 360 -
          z *
            (1 / 1260 - z * (1 / 1680 - z * (1 / 1188 - z * (691 / 360360 - z * (1 / 156 - z * (3617 / 122400)))))))) /
    y;
  return (y - 0.5) * log(y) - y + HALF_LOG_TWO_PI + series - log(factor);
}

const TINY = 1e-300;
const CLOSE = 1e-16;
const MOST_TERMS = 20000;

/** P(a, x) = γ(a, x)/Γ(a): the series below a + 1, Legendre's continued fraction above (Numerical Recipes §6.2). About 1e-13 relative for a up to 1e4. */
export function lowerGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  if (x === Infinity) return 1;
  const front = exp(a * log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < MOST_TERMS && term > sum * CLOSE; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return front * sum;
  }
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < MOST_TERMS; n++) {
    const an = -n * (n - a);
    b += 2;
    d = an * d + b;
    if (Math.abs(d) < TINY) d = TINY;
    c = b + an / c;
    if (Math.abs(c) < TINY) c = TINY;
    d = 1 / d;
    const change = d * c;
    h *= change;
    if (Math.abs(change - 1) < CLOSE) break;
  }
  return 1 - front * h;
}

/** Lentz's evaluation of the continued fraction of the incomplete beta function (Numerical Recipes §6.4). */
function betaFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  d = 1 / (Math.abs(d) < TINY ? TINY : d);
  let h = d;
  for (let m = 1; m < MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 + even * d;
    c = 1 + even / c;
    d = 1 / (Math.abs(d) < TINY ? TINY : d);
    if (Math.abs(c) < TINY) c = TINY;
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 + odd * d;
    c = 1 + odd / c;
    d = 1 / (Math.abs(d) < TINY ? TINY : d);
    if (Math.abs(c) < TINY) c = TINY;
    const change = d * c;
    h *= change;
    if (Math.abs(change - 1) < CLOSE) break;
  }
  return h;
}

/** I_x(a, b), the distribution function of beta(a, b). About 1e-13 relative for a and b up to 1e4. */
export function lowerBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(a, b, x)) / a : 1 - (front * betaFraction(b, a, 1 - x)) / b;
}
