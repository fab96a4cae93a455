/** Turns a column of uniforms into the column of a distribution's quantiles, with the bits of `quantile`. */

import type { ColumnMath } from "./column-math.ts";
import type { Resolved } from "./distribution.ts";
import { logOdds, ofInterval, type Normals } from "./families.ts";
import { quantile } from "./quantiles.ts";
import { cutNormal, isNormal, nearCut } from "./truncated.ts";

/** In place of the uniforms, which it gives back. NaN where the parameters make no distribution. */
export function quantileColumn(d: Resolved, u: Float64Array, math: ColumnMath): Float64Array {
  switch (d.kind) {
    case "interval":
      return quantileColumn(ofInterval(d), u, math);
    case "normal":
    case "lognormal":
    case "logitnormal":
      if (!isNormal(d)) return u.fill(NaN);
      math.apply("score", u);
      return fromScores(d, u, math);
    case "exponential":
      if (!(d.mean >= 0)) return u.fill(NaN);
      return scaled(-d.mean, applied(math, "log1p", negated(u)));
    case "truncated":
      return truncatedColumn(d, u, math);
    case "uniform":
      return d.low <= d.high ? shifted(d.low, scaled(d.high - d.low, u)) : u.fill(NaN);
    case "constant":
    case "beta":
    case "triangular":
    case "gamma":
    case "bernoulli":
    case "discrete":
      return each(u, (x) => quantile(d, x));
  }
}

/** As `truncated.ts` cuts a normal or its kin. */
function truncatedColumn(
  d: Extract<Resolved, { readonly kind: "truncated" }>,
  u: Float64Array,
  math: ColumnMath,
): Float64Array {
  const { low, high } = d;
  const of = d.of.kind === "interval" ? ofInterval(d.of) : d.of;
  const isNormals = of.kind === "normal" || of.kind === "lognormal" || of.kind === "logitnormal";
  const cut = isNormals ? cutNormal(of, low, high) : null;
  if (!isNormals || cut === null || typeof cut === "number" || cut.side !== "near")
    return each(u, (x) => quantile({ ...d, of }, x));
  const { from, width, isUpper } = nearCut(cut);
  each(u, isUpper ? (x) => from + (1 - x) * width : (x) => from + x * width);
  math.apply("score", u);
  return each(fromScores(of, isUpper ? negated(u) : u, math), (x) => (x < low ? low : x > high ? high : x));
}

function fromScores(d: Normals, z: Float64Array, math: ColumnMath): Float64Array {
  switch (d.kind) {
    case "normal":
      return shifted(d.mean, scaled(d.sd, z));
    case "lognormal":
      return scaled(d.median, applied(math, "exp", scaled(d.sigma, z)));
    case "logitnormal":
      return applied(math, "logistic", shifted(logOdds(d.median), scaled(d.sigma, z)));
  }
}

function applied(math: ColumnMath, f: Parameters<ColumnMath["apply"]>[0], x: Float64Array): Float64Array {
  math.apply(f, x);
  return x;
}

function scaled(by: number, x: Float64Array): Float64Array {
  for (let i = 0; i < x.length; i++) x[i] = by * (x[i] as number);
  return x;
}

function shifted(by: number, x: Float64Array): Float64Array {
  for (let i = 0; i < x.length; i++) x[i] = by + (x[i] as number);
  return x;
}

function negated(x: Float64Array): Float64Array {
  for (let i = 0; i < x.length; i++) x[i] = -(x[i] as number);
  return x;
}

function each(x: Float64Array, f: (value: number) => number): Float64Array {
  for (let i = 0; i < x.length; i++) x[i] = f(x[i] as number);
  return x;
}
