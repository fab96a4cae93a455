/**
 * Inverse distribution functions: a resolved distribution and a uniform in (0, 1) enter, the value below which that share
 * of the distribution lies leaves. All in plain numbers, with the same bits on every engine: own arithmetic, and for gamma
 * and beta @stdlib, whose own exp, log and pow use nothing of the host's but sqrt, floor, ceil, round and abs.
 */

import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";
import gammaQuantile from "@stdlib/stats-base-dists-gamma-quantile";
import type { Resolved } from "./distribution.ts";
import { exp } from "./exponential.ts";
import { lowerBeta, lowerGamma } from "./incomplete.ts";
import { log, log1p } from "./logarithm.ts";
import { logistic } from "./math.ts";
import { normalBelow, normalQuantile } from "./normal.ts";

/** The 95 % point of the standard normal: half the width of a central 90 % interval in standard deviations. */
const NINETY = 1.6448536269514722;

/** log(p / (1 − p)). */
export function logOdds(p: number): number {
  return log(p) - log1p(-p);
}

/** The value below which a share `u` of the distribution lies; NaN where the parameters make no distribution. */
export function quantile(d: Resolved, u: number): number {
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
      return d.low <= d.high ? d.low + (d.high - d.low) * u : NaN;
    case "triangular":
      return triangular(d.low, d.mode, d.high, u);
    case "gamma":
      return d.shape > 0 && d.scale > 0 ? d.scale * gammaQuantile(u, d.shape, 1) : NaN;
    case "exponential":
      return d.mean >= 0 ? -d.mean * log1p(-u) : NaN;
    case "bernoulli":
      return d.chance >= 0 && d.chance <= 1 ? (u < d.chance ? 1 : 0) : NaN;
    case "discrete":
      return discrete(d.values, d.chances, u);
    case "interval":
      return quantile(ofInterval(d), u);
    case "truncated":
      return truncated(d.of, d.low, d.high, u);
  }
}

/** `quantile` of one distribution, for many draws: the same bits, with what does not hang on the draw worked out once. */
export function sampler(d: Resolved): (u: number) => number {
  if (d.kind === "interval") return sampler(ofInterval(d));
  if (d.kind === "logitnormal" && d.median > 0 && d.median < 1 && d.sigma >= 0) {
    const middle = logOdds(d.median);
    const { sigma } = d;
    return (u) => logistic(middle + sigma * normalQuantile(u));
  }
  if (d.kind === "truncated" && d.of.kind === "interval") {
    const inner: Resolved = { ...d, of: ofInterval(d.of) };
    return (u) => quantile(inner, u);
  }
  return (u) => quantile(d, u);
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

function triangular(low: number, mode: number, high: number, u: number): number {
  if (!(low <= mode && mode <= high)) return NaN;
  const width = high - low;
  return u * width < mode - low
    ? low + Math.sqrt(u * width * (mode - low))
    : high - Math.sqrt((1 - u) * width * (high - mode));
}

/** Values in written order; the chances need not add to exactly 1, they are taken as shares of their sum. */
function discrete(values: readonly number[], chances: readonly number[], u: number): number {
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

/** `of` given that it lies in low..high, both ends included; NaN where that has no chance. */
function truncated(of: Resolved, low: number, high: number, u: number): number {
  if (!(low <= high)) return NaN;
  switch (of.kind) {
    case "constant":
      return of.value >= low && of.value <= high ? of.value : NaN;
    case "interval":
      return truncated(ofInterval(of), low, high, u);
    case "truncated":
      return truncated(of.of, Math.max(low, of.low), Math.min(high, of.high), u);
    case "bernoulli":
      return truncated({ kind: "discrete", values: [1, 0], chances: [of.chance, 1 - of.chance] }, low, high, u);
    case "discrete": {
      const kept = of.values.map((value, i) => (value >= low && value <= high ? (of.chances[i] as number) : 0));
      return discrete(of.values, kept, u);
    }
    case "uniform":
      return quantile({ kind: "uniform", low: Math.max(low, of.low), high: Math.min(high, of.high) }, u);
    case "exponential": {
      // Without memory: what lies beyond the lower end is again exponential.
      const from = Math.max(low, 0);
      return within(low, high, from - of.mean * log1p(u * -(1 - exp(-(high - from) / of.mean))));
    }
    case "normal":
    case "lognormal":
    case "logitnormal": {
      const a = standardised(of, low),
        b = standardised(of, high);
      // Beyond the middle the upper tail is the one with digits.
      const z =
        a > 0
          ? -between(normalBelow(-b), normalBelow(-a), 1 - u, normalQuantile)
          : between(normalBelow(a), normalBelow(b), u, normalQuantile);
      return within(low, high, fromScore(of, z));
    }
    case "beta":
    case "gamma":
    case "triangular":
      return within(
        low,
        high,
        between(below(of, low), below(of, high), u, (p) => quantile(of, p)),
      );
  }
}

function between(from: number, to: number, u: number, inverse: (p: number) => number): number {
  return to > from ? inverse(from + u * (to - from)) : NaN;
}

function within(low: number, high: number, x: number): number {
  return x < low ? low : x > high ? high : x;
}

export type Normals = Extract<Resolved, { kind: "normal" | "lognormal" | "logitnormal" }>;

/** Where `x` lies on the standard normal behind the distribution. */
export function standardised(d: Normals, x: number): number {
  switch (d.kind) {
    case "normal":
      return (x - d.mean) / d.sd;
    case "lognormal":
      return x <= 0 ? -Infinity : log(x / d.median) / d.sigma;
    case "logitnormal":
      return x <= 0 ? -Infinity : x >= 1 ? Infinity : (logOdds(x) - logOdds(d.median)) / d.sigma;
  }
}

function fromScore(d: Normals, z: number): number {
  switch (d.kind) {
    case "normal":
      return d.mean + d.sd * z;
    case "lognormal":
      return d.median * exp(d.sigma * z);
    case "logitnormal":
      return logistic(logOdds(d.median) + d.sigma * z);
  }
}

/** P(X ≤ x). */
function below(d: Extract<Resolved, { kind: "beta" | "gamma" | "triangular" }>, x: number): number {
  switch (d.kind) {
    case "beta":
      return lowerBeta(d.a, d.b, x);
    case "gamma":
      return lowerGamma(d.shape, x / d.scale);
    case "triangular": {
      const { low, mode, high } = d;
      if (x <= low) return 0;
      if (x >= high) return 1;
      return x <= mode
        ? ((x - low) * (x - low)) / ((high - low) * (mode - low))
        : 1 - ((high - x) * (high - x)) / ((high - low) * (high - mode));
    }
  }
}
