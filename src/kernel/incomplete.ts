/**
 * The tails of the gamma and beta distributions as logarithms, which keep their digits where the probability itself would round to 0 or 1. Each
 * function is accurate to about 1e-13 of its value, or of the tail where the logarithm is near 0, for parameters up to 1e7.
 */

import { exp, expm1 } from "./exponential.ts";
import { log, log1p } from "./logarithm.ts";

/** Half of log 2π. */
const HALF_LOG_TWO_PI = 0.9189385332046728;

/** log Γ(x) less Stirling's leading terms (x − ½) log x − x + ½ log 2π; x > 0. Abramowitz and Stegun 6.1.41 above 10, recurrence below. */
function stirlingRest(x: number): number {
  if (x >= 10) return stirlingSeries(x);
  let factor = 1;
  let y = x;
  for (; y < 10; y++) factor *= y;
  return (y - 0.5) * log(y) - y + stirlingSeries(y) - log(factor) - ((x - 0.5) * log(x) - x);
}

function stirlingSeries(y: number): number {
  const z = 1 / (y * y);
  return (
    (1 / 12 -
      z *
        (1 / 360 -
          z *
            (1 / 1260 - z * (1 / 1680 - z * (1 / 1188 - z * (691 / 360360 - z * (1 / 156 - z * (3617 / 122400)))))))) /
    y
  );
}

/** log(1 + x) − x without cancellation; x > −1. With r = x/(2 + x): 2r³(1/3 + r²/5 + …) − r·x. */
export function log1pLess(x: number): number {
  if (x < -0.6 || x > 0.6) return log1p(x) - x;
  const r = x / (2 + x);
  const square = r * r;
  let power = 2 * r * square;
  let sum = 0;
  for (let k = 3; k < 60; k += 2) {
    const next = sum + power / k;
    if (next === sum) break;
    sum = next;
    power *= square;
  }
  return sum - r * x;
}

/** log r − (r − 1), given r and, with the digits it has there, its distance from 1. */
function logLess(ratio: number, off: number): number {
  return off < -0.6 || off > 0.6 ? log(ratio) - off : log1pLess(off);
}

const TINY = 1e-300;
const CLOSE = 1e-16;
const MOST_TERMS = 100_000;

/** Logarithms of P(X ≤ x) and P(X > x). */
export interface LogTails {
  readonly below: number;
  readonly above: number;
}

/** log(1 − exp(l)) for l ≤ 0 (Mächler 2012): each form where it has its digits. */
function complement(l: number): number {
  return l > -0.7 ? log(-expm1(l)) : log1p(-exp(l));
}

/** log of x·density at x, of a gamma distribution of shape `a` and scale 1: x^a e^−x / Γ(a). */
export function logGammaHeight(a: number, x: number): number {
  return a * logLess(x / a, (x - a) / a) + 0.5 * log(a) - HALF_LOG_TWO_PI - stirlingRest(a);
}

/** Of a gamma distribution of shape `a` and scale 1: the series below a + 1, Legendre's continued fraction above (Numerical Recipes §6.2). */
export function gammaTails(a: number, x: number): LogTails {
  if (x <= 0) return { below: -Infinity, above: 0 };
  if (x === Infinity) return { below: 0, above: -Infinity };
  const height = logGammaHeight(a, x);
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < MOST_TERMS && term > sum * CLOSE; n++) {
      term *= x / (a + n);
      sum += term;
    }
    const below = Math.min(0, height + log(sum));
    return { below, above: complement(below) };
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
  const above = Math.min(0, height + log(h));
  return { below: complement(above), above };
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

/** log of x^a y^b / B(a, b), with y = 1 − x given as well, since near 1 it has the digits: x·y·density at x. */
export function logBetaHeight(a: number, b: number, x: number, y: number): number {
  const all = a + b;
  // Of x and y the smaller is the exact one.
  const off = x <= y ? x - a / all : b / all - y;
  return (
    a * logLess((x * all) / a, (off * all) / a) +
    b * logLess((y * all) / b, (-off * all) / b) +
    0.5 * (log(a) + log(b) - log(all)) -
    HALF_LOG_TWO_PI +
    stirlingRest(all) -
    stirlingRest(a) -
    stirlingRest(b)
  );
}

/** Of beta(a, b), at x with y = 1 − x. */
export function betaTails(a: number, b: number, x: number, y: number): LogTails {
  if (x <= 0) return { below: -Infinity, above: 0 };
  if (y <= 0) return { below: 0, above: -Infinity };
  const height = logBetaHeight(a, b, x, y);
  if (x < (a + 1) / (a + b + 2)) {
    const below = Math.min(0, height + log(betaFraction(a, b, x) / a));
    return { below, above: complement(below) };
  }
  const above = Math.min(0, height + log(betaFraction(b, a, y) / b));
  return { below: complement(above), above };
}
