/**
 * Inverse distribution functions of whole families, uncut: a resolved distribution and a uniform in (0, 1) enter, the value below which that share of it
 * lies leaves. All in plain numbers, with the same bits on every engine: own arithmetic, and for gamma
 * and beta @stdlib, whose own exp, log and pow use nothing of the host's but sqrt, floor, ceil, round and abs.
 */

import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";
import gammaln from "@stdlib/math-base-special-gammaln";
import gammaQuantile from "@stdlib/stats-base-dists-gamma-quantile";
import type { Resolved } from "./distribution.ts";
import { exp } from "./exponential.ts";
import { log, log1p } from "./logarithm.ts";
import { logistic } from "./math.ts";
import { gammaTails, logGammaHeight } from "./incomplete.ts";
import { largeGamma } from "./large-gamma.ts";
import { normalQuantile } from "./normal.ts";

/** The 95 % point of the standard normal: half the width of a central 90 % interval in standard deviations. */
const NINETY = 1.6448536269514722;

/** From this shape on @stdlib's quantile of a gamma distribution is up to 0.6 % off (against R's qgamma): it is not used. */
const STDLIB_SHAPE = 300;
/** From this shape on Temme's expansion has twelve digits. */
const BENT_SHAPE = 1e5;

/** log(p / (1 − p)). */
export function logOdds(p: number): number {
  return log(p) - log1p(-p);
}

/** Any distribution but one cut to a range. */
type Uncut = Exclude<Resolved, { readonly kind: "truncated" }>;

/** The value below which a share `u` of the distribution lies; NaN where the parameters make no distribution. */
export function uncutQuantile(d: Uncut, u: number): number {
  switch (d.kind) {
    case "constant":
      return d.value;
    case "normal":
      return d.sd >= 0 ? fromScore(d, normalQuantile(u)) : NaN;
    case "lognormal":
      return d.median > 0 && d.sigma >= 0 ? fromScore(d, normalQuantile(u)) : NaN;
    case "logitnormal":
      return d.median > 0 && d.median < 1 && d.sigma >= 0 ? fromScore(d, normalQuantile(u)) : NaN;
    case "beta":
      return d.a > 0 && d.b > 0 ? betaQuantile(u, d.a, d.b) : NaN;
    case "uniform":
      return d.low <= d.high ? mix(d.low, d.high, u) : NaN;
    case "triangular":
      return triangular(d.low, d.mode, d.high, u);
    case "gamma":
      return d.shape > 0 && d.scale > 0 ? d.scale * standardGamma(d.shape, u) : NaN;
    case "exponential":
      return d.mean >= 0 ? -d.mean * log1p(-u) : NaN;
    case "bernoulli":
      return d.chance >= 0 && d.chance <= 1 ? (u < d.chance ? 1 : 0) : NaN;
    case "discrete":
      return discrete(d.values, d.chances, u);
    case "interval":
      return uncutQuantile(ofInterval(d), u);
  }
}

/** The family member whose 5 % and 95 % points are `low` and `high`, in logs or log odds where the family lives there. */
export function ofInterval(
  d: Extract<Resolved, { kind: "interval" }>,
): Extract<Resolved, { kind: "normal" | "lognormal" | "logitnormal" }> {
  const { family, low, high } = d;
  if (family === "normal") return { kind: family, mean: (low + high) / 2, sd: (high - low) / (2 * NINETY) };
  const from = family === "lognormal" ? log(low) : logOdds(low);
  const to = family === "lognormal" ? log(high) : logOdds(high);
  const middle = (from + to) / 2;
  return {
    kind: family,
    median: family === "lognormal" ? exp(middle) : logistic(middle),
    sigma: (to - from) / (2 * NINETY),
  };
}

/** `low` + `u` of the way to `high`, also where the way is longer than any double. */
function mix(low: number, high: number, u: number): number {
  const width = high - low;
  return width < Infinity ? low + width * u : low * (1 - u) + high * u;
}

/** Of scale 1. */
function standardGamma(shape: number, u: number): number {
  if (shape >= BENT_SHAPE) return largeGamma(shape, normalQuantile(u));
  if (shape >= STDLIB_SHAPE) return refinedGamma(shape, largeGamma(shape, normalQuantile(u)), u);
  const x = gammaQuantile(u, shape, 1);
  if (u < 1e-15 && shape >= 1) return refinedGamma(shape, x, u);
  // Next to 0 the share below x is x^shape / Γ(shape + 1), also where @stdlib finds 0.
  return x < 1e-100 && shape < 1 ? exp((log(u) + gammaln(shape + 1)) / shape) : x;
}

/** Newton's method on the logarithm of the smaller tail, from a value that has half the digits already. */
function refinedGamma(shape: number, from: number, u: number): number {
  let x = from;
  for (let i = 0; i < 4; i++) {
    const { below, above } = gammaTails(shape, x);
    const height = logGammaHeight(shape, x);
    const change = u < 0.5 ? (below - log(u)) * exp(below - height) : (log1p(-u) - above) * exp(above - height);
    x -= x * change;
    if (Math.abs(change) < 1e-10) break;
  }
  return x;
}

function triangular(low: number, mode: number, high: number, u: number): number {
  if (!(low <= mode && mode <= high)) return NaN;
  const width = high - low;
  return u * width < mode - low
    ? low + Math.sqrt(u * width * (mode - low))
    : high - Math.sqrt((1 - u) * width * (high - mode));
}

/** Values in written order; the chances need not add to exactly 1, they are taken as shares of their sum. */
export function discrete(values: readonly number[], chances: readonly number[], u: number): number {
  let total = 0;
  for (const chance of chances) {
    if (!(chance >= 0)) return NaN;
    total += chance;
  }
  let reached = 0;
  let value = NaN;
  for (const [i, chance] of chances.entries()) {
    if (chance === 0) continue;
    value = values[i] as number;
    reached += chance;
    if (u * total < reached) break;
  }
  return value;
}

export type Normals = Extract<Resolved, { kind: "normal" | "lognormal" | "logitnormal" }>;

export function fromScore(d: Normals, z: number): number {
  switch (d.kind) {
    case "normal":
      return d.mean + d.sd * z;
    case "lognormal":
      return d.median * exp(d.sigma * z);
    case "logitnormal":
      return logistic(logOdds(d.median) + d.sigma * z);
  }
}
