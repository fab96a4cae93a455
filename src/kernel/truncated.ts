/**
 * Quantiles of a distribution cut to a range, with their digits wherever the range lies: what is far out in a tail is worked out from the logarithm of
 * that tail, never from one minus a probability.
 */

import type { Resolved } from "./distribution.ts";
import { exp, expm1 } from "./exponential.ts";
import { discrete, fromScore, logOdds, ofInterval, uncutQuantile, type Normals } from "./families.ts";
import { betaTails, gammaTails, logBetaHeight, logGammaHeight } from "./incomplete.ts";
import { LARGE_SHAPE, largeGamma, largeGammaScore } from "./large-gamma.ts";
import { log, log1p } from "./logarithm.ts";
import { millsRatio, normalBelow, normalQuantile } from "./normal.ts";

/** The value below which a share `u` of `of` lies, given that it lies in low..high, both ends included; NaN where that has no chance. */
export function truncatedQuantile(of: Resolved, low: number, high: number, u: number): number {
  if (!(low <= high)) return NaN;
  switch (of.kind) {
    case "constant":
      return point(of.value, low, high);
    case "interval":
      return truncatedQuantile(ofInterval(of), low, high, u);
    case "truncated":
      return truncatedQuantile(of.of, Math.max(low, of.low), Math.min(high, of.high), u);
    case "bernoulli":
      return truncatedQuantile({ kind: "discrete", values: [1, 0], chances: [of.chance, 1 - of.chance] }, low, high, u);
    case "discrete": {
      const kept = of.values.map((value, i) => (value >= low && value <= high ? (of.chances[i] as number) : 0));
      return discrete(of.values, kept, u);
    }
    case "uniform":
      if (!(of.low <= of.high)) return NaN;
      return uncutQuantile({ kind: "uniform", low: Math.max(low, of.low), high: Math.min(high, of.high) }, u);
    case "exponential": {
      if (!(of.mean > 0)) return of.mean === 0 ? point(0, low, high) : NaN;
      if (high < 0) return NaN;
      // Without memory: what lies beyond the lower end is again exponential.
      const from = Math.max(low, 0);
      return within(low, high, from - of.mean * log1p(u * expm1(-(high - from) / of.mean)));
    }
    case "triangular":
      return truncatedTriangular(of, Math.max(low, of.low), Math.min(high, of.high), u);
    case "normal":
    case "lognormal":
    case "logitnormal": {
      const cut = cutNormal(of, low, high);
      if (cut === null) return NaN;
      return within(low, high, typeof cut === "number" ? cut : fromScore(of, scoreWithin(cut, u)));
    }
    case "gamma":
      if (!(of.shape > 0 && of.scale > 0) || high <= 0) return NaN;
      return within(low, high, of.scale * truncatedGamma(of.shape, Math.max(0, low / of.scale), high / of.scale, u));
    case "beta":
      if (!(of.a > 0 && of.b > 0) || high <= 0 || low >= 1) return NaN;
      return within(low, high, truncatedBeta(of, Math.max(0, low), Math.min(1, high), u));
  }
}

function point(value: number, low: number, high: number): number {
  return value >= low && value <= high ? value : NaN;
}

function within(low: number, high: number, x: number): number {
  return x < low ? low : x > high ? high : x;
}

// ---- normals and what is made of them

/** The scores of the ends of a range; `far`: the part of a tail in which a probability has no digits, and less than nothing further out. */
interface Cut {
  readonly from: number;
  readonly to: number;
  readonly side: "near" | "far above" | "far below";
}

/** Scores further out are reached from the end of the range, by the ratio of tails. */
const FAR = 35;

/** The cut on the standard normal behind a distribution; a number where all of it lies in one point; null where nothing of it lies in the range. */
export function cutNormal(of: Normals, low: number, high: number): Cut | number | null {
  const spread = of.kind === "normal" ? of.sd : of.sigma;
  if (!isNormal(of) || !(low <= high)) return null;
  if (spread === 0) {
    const value = fromScore(of, 0);
    return value >= low && value <= high ? value : null;
  }
  const from = standardised(of, low);
  const to = standardised(of, high);
  if (!(from < to)) return from === to && Math.abs(from) < Infinity ? low : null;
  // Beyond what a double can say how far: next to all of it lies at the nearer end.
  if (from === Infinity || to === -Infinity) return from === Infinity ? low : high;
  return { from, to, side: from > FAR ? "far above" : to < -FAR ? "far below" : "near" };
}

export function isNormal(d: Normals): boolean {
  switch (d.kind) {
    case "normal":
      return d.sd >= 0;
    case "lognormal":
      return d.median > 0 && d.sigma >= 0;
    case "logitnormal":
      return d.median > 0 && d.median < 1 && d.sigma >= 0;
  }
}

/** Where `x` lies on the standard normal behind the distribution. */
function standardised(d: Normals, x: number): number {
  switch (d.kind) {
    case "normal":
      return (x - d.mean) / d.sd;
    case "lognormal":
      if (x <= 0) return -Infinity;
      return (x / d.median > 0 && x / d.median < Infinity ? log(x / d.median) : log(x) - log(d.median)) / d.sigma;
    case "logitnormal":
      return x <= 0 ? -Infinity : x >= 1 ? Infinity : (logOdds(x) - logOdds(d.median)) / d.sigma;
  }
}

/** Probabilities of a near cut, in the lower tail: beyond the middle the upper tail is the one with digits, and the score is turned over. */
export function nearCut({ from, to }: Cut): {
  readonly from: number;
  readonly width: number;
  readonly isUpper: boolean;
} {
  const isUpper = from > 0;
  const [least, most] = isUpper ? [normalBelow(-to), normalBelow(-from)] : [normalBelow(from), normalBelow(to)];
  return { from: least, width: most - least, isUpper };
}

function scoreWithin(cut: Cut, u: number): number {
  if (cut.side === "far above") return scoreBeyond(cut.from, cut.to, u);
  if (cut.side === "far below") return -scoreBeyond(-cut.to, -cut.from, 1 - u, u);
  const { from, width, isUpper } = nearCut(cut);
  return isUpper ? -normalQuantile(from + (1 - u) * width) : normalQuantile(from + u * width);
}

/**
 * Of a standard normal in a..b, a above 0, at u: the d above a with log Q(a + d) − log Q(a) = log(1 − u·(1 − Q(b)/Q(a))), where the left side is
 * −a·d − d²/2 + log of the ratio of Mills's ratios; `rest` is 1 − u. By Newton's method from a·d alone; the left side is concave, so it comes from above and stays.
 */
function scoreBeyond(a: number, b: number, u: number, rest = 1 - u): number {
  const atA = millsRatio(a);
  const fall = (d: number): number => -d * (a + d / 2) + log(millsRatio(a + d) / atA);
  const wanted = logMixed(u, b === Infinity ? -Infinity : fall(b - a), rest);
  let d = -wanted * atA;
  for (let i = 0; i < 40; i++) {
    const next = d + (fall(d) - wanted) * millsRatio(a + d);
    if (Math.abs(next - d) <= 4e-16 * d) return a + next;
    d = next;
  }
  return a + d;
}

// ---- triangular

/** On each side of the mode the square of the distance to that side's end grows evenly. The range lies within the triangle. */
function truncatedTriangular(
  { low, mode, high }: Extract<Resolved, { kind: "triangular" }>,
  from: number,
  to: number,
  u: number,
): number {
  if (!(low <= mode && mode <= high && from <= to)) return NaN;
  const rising = (x: number): number => (x <= low ? 0 : ((x - low) / (high - low)) * ((x - low) / (mode - low)));
  const falling = (x: number): number => (x >= high ? 0 : ((high - x) / (high - low)) * ((high - x) / (high - mode)));
  const [below, above] = [from < mode ? rising(from) : null, to > mode ? falling(to) : null];
  if (below === null)
    return from === to ? from : within(from, to, high - Math.sqrt((1 - u) * (high - from) ** 2 + u * (high - to) ** 2));
  if (above === null)
    return from === to ? from : within(from, to, low + Math.sqrt((1 - u) * (from - low) ** 2 + u * (to - low) ** 2));
  const p = below + u * (1 - above - below);
  const left = (mode - low) / (high - low);
  return within(
    from,
    to,
    p < left
      ? low + Math.sqrt(p * (high - low) * (mode - low))
      : high - Math.sqrt((above + (1 - u) * (1 - above - below)) * (high - low) * (high - mode)),
  );
}

// ---- gamma and beta

function truncatedGamma(shape: number, low: number, high: number, u: number): number {
  if (shape >= LARGE_SHAPE) {
    const [from, to] = [largeGammaScore(shape, low), largeGammaScore(shape, high)];
    if (!(from < to)) return from === to ? low : NaN;
    const side = from > FAR ? "far above" : to < -FAR ? "far below" : "near";
    return largeGamma(shape, scoreWithin({ from, to, side }, u));
  }
  const tails = (x: number): Tails => {
    const { below, above } = gammaTails(shape, x);
    return { below, above, height: logGammaHeight(shape, x) };
  };
  return betweenTails(tails, low, high, u, (from, to, wanted) => solveTail(tails, "above", from, to, wanted));
}

function truncatedBeta({ a, b }: Extract<Resolved, { kind: "beta" }>, low: number, high: number, u: number): number {
  const tails = (x: number): Tails => {
    const { below, above } = betaTails(a, b, x, 1 - x);
    return { below, above, height: logBetaHeight(a, b, x, 1 - x) - log1p(-x) };
  };
  const mirrored = (y: number): Tails => {
    const { below, above } = betaTails(b, a, y, 1 - y);
    return { below, above, height: logBetaHeight(b, a, y, 1 - y) - log1p(-y) };
  };
  // The upper tail from the other end, where what is left of 1 has digits of its own.
  return betweenTails(
    tails,
    low,
    high,
    u,
    (from, to, wanted) => 1 - solveTail(mirrored, "below", 1 - to, 1 - from, wanted),
  );
}

/** Logarithms of both tails at a value, and of value × density there. */
interface Tails {
  readonly below: number;
  readonly above: number;
  readonly height: number;
}

/** Where the range lies on one side of the median its tail is solved for; across it, a probability up to a half has its digits in the lower tail, any other in the upper. */
function betweenTails(
  tails: (x: number) => Tails,
  low: number,
  high: number,
  u: number,
  solveUpper: (low: number, high: number, wanted: number) => number,
): number {
  if (low === high) return low;
  const [from, to] = [tails(low), tails(high)];
  const half = -Math.LN2;
  if (from.above <= half) return solveUpper(low, high, mixLogs(from.above, to.above, u));
  if (to.below <= half) return solveTail(tails, "below", low, high, mixLogs(from.below, to.below, u));
  const [below, above] = [exp(from.below), exp(to.above)];
  const width = 1 - above - below;
  const p = below + u * width;
  return p <= 0.5 ? solveTail(tails, "below", low, high, log(p)) : solveUpper(low, high, log(above + (1 - u) * width));
}

/** log of (1 − u)·exp(from) + u·exp(to), each of u and 1 − u with its own digits. */
function mixLogs(from: number, to: number, u: number): number {
  return from >= to ? from + logMixed(u, to - from) : to + logMixed(1 - u, from - to, u);
}

/** log((1 − u) + u·exp(l)), l ≤ 0; `rest` is 1 − u. */
function logMixed(u: number, l: number, rest = 1 - u): number {
  return u <= 0.5 ? log1p(u * expm1(l)) : log(rest + u * exp(l));
}

/**
 * The x in low..high at which the logarithm of a tail is `wanted`: Newton's method in log x for the lower tail, in x for the upper one, where these
 * curves are near to straight; a step that leaves what is known to hold the answer is replaced by its middle.
 */
function solveTail(
  tails: (x: number) => Tails,
  tail: "below" | "above",
  low: number,
  high: number,
  wanted: number,
): number {
  let [least, most] = [low, high];
  let x = tail === "above" || high === Infinity ? (low > 0 ? low : Number.MIN_VALUE) : high;
  for (let i = 0; i < 200; i++) {
    const at = tails(x);
    const off = at[tail] - wanted;
    if (off === 0) return x;
    if (off > 0 === (tail === "above")) least = x;
    else most = x;
    const steepness = exp(at.height - at[tail]);
    const step = tail === "above" ? (off * x) / steepness : x * expm1(-off / steepness);
    let next = x + step;
    if (!(next > least && next < most)) next = middle(least, most);
    if (next === x || Math.abs(next - x) <= 2e-16 * Math.abs(x)) return next;
    x = next;
  }
  return x;
}

/** In the geometric sense where the ends are far apart. */
function middle(least: number, most: number): number {
  if (most === Infinity) return least > 1 ? 2 * least : 2;
  if (least > 0 && most > 4 * least) return Math.sqrt(least) * Math.sqrt(most);
  return least === 0 && most > 1e-300 ? most / 1024 : least + (most - least) / 2;
}
