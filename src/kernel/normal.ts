/** The standard normal distribution: its quantile and its distribution function. */

// The coefficients are written as they were published, with more digits than a double keeps.
/* oxlint-disable no-loss-of-precision */

import { exp } from "./exponential.ts";
import { log } from "./logarithm.ts";

/** A ratio of two polynomials: coefficients, lowest first. */
export interface Rational {
  readonly over: readonly number[];
  readonly under: readonly number[];
}

/**
 * AS241's PPND16 (Wichura 1988, Applied Statistics 37, 477–484). With q = u − ½: `centre` in 0.180625 − q² where |q| ≤ 0.425, times q; beyond, `tail` in t − 1.6
 * and, where t > 5, `far` in t − 5, with t = √(−log min(u, 1 − u)).
 */
export const as241: Readonly<Record<"centre" | "tail" | "far", Rational>> = {
  centre: {
    over: [
      3.387132872796366608, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
      4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
    ],
    under: [
      1, 4.2313330701600911252e1, 6.871870074920579083e2, 5.3941960214247511077e3, 2.1213794301586595867e4,
      3.930789580009271061e4, 2.8729085735721942674e4, 5.226495278852854561e3,
    ],
  },
  tail: {
    over: [
      1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
      1.27045825245236838258, 2.4178072517745061177e-1, 2.27238449892691845833e-2, 7.7454501427834140764e-4,
    ],
    under: [
      1, 2.05319162663775882187, 1.6763848301838038494, 6.8976733498510000455e-1, 1.4810397642748007459e-1,
      1.51986665636164571966e-2, 5.475938084995344946e-4, 1.05075007164441684324e-9,
    ],
  },
  far: {
    over: [
      6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 2.9656057182850489123e-1,
      2.6532189526576123093e-2, 1.2426609473880784386e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ],
    under: [
      1, 5.9983220655588793769e-1, 1.3692988092273580531e-1, 1.48753612908506148525e-2, 7.868691311456132591e-4,
      1.8463183175100546818e-5, 1.4215117583164446887e-7, 2.04426310338993978564e-15,
    ],
  },
};

function valueOf({ over, under }: Rational, r: number): number {
  return horner(over, r) / horner(under, r);
}

/** Of eight coefficients, lowest first. */
function horner(c: readonly number[], r: number): number {
  let value = c[7] as number;
  for (let i = 6; i >= 0; i--) value = value * r + (c[i] as number);
  return value;
}

/** The quantile of the standard normal; u in (0, 1). */
export function normalQuantile(u: number): number {
  const q = u - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * horner(as241.centre.over, r)) / horner(as241.centre.under, r);
  }
  const t = Math.sqrt(-log(q < 0 ? u : 1 - u));
  const z = t <= 5 ? valueOf(as241.tail, t - 1.6) : valueOf(as241.far, t - 5);
  return q < 0 ? -z : z;
}

// Coefficients of Cody's ANORM (1969, Mathematics of Computation 23, 631–637; TOMS 715, 1993), lowest first, the leading one last.
const CENTRE = [
  2.2352520354606839287, 161.02823106855587881, 1067.6894854603709582, 18154.981253343561249, 0.065682337918207449113,
];
const CENTRE_BELOW = [47.20258190468824187, 976.09855173777669322, 10260.932208618978205, 45507.789335026729956];
const MIDDLE = [
  0.39894151208813466764, 8.8831497943883759412, 93.506656132177855979, 597.27027639480026226, 2494.5375852903726711,
  6848.1904505362823326, 11602.651437647350124, 9842.7148383839780218, 1.0765576773720192317e-8,
];
const MIDDLE_BELOW = [
  22.266688044328115691, 235.38790178262499861, 1519.377599407554805, 6485.558298266760755, 18615.571640885098091,
  34900.952721145977266, 38912.003286093271411, 19685.429676859990727,
];
const TAIL = [
  0.21589853405795699, 0.1274011611602473639, 0.022235277870649807, 0.001421619193227893466, 2.9112874951168792e-5,
  0.02307344176494017303,
];
const TAIL_BELOW = [
  1.28426009614491121, 0.468238212480865118, 0.0659881378689285515, 0.00378239633202758244, 7.29751555083966205e-5,
];

/** The ratio of two polynomials in x in Cody's nested form. */
function ratio(above: readonly number[], below: readonly number[], x: number): number {
  const last = below.length - 1;
  let numerator = (above[last + 1] as number) * x;
  let denominator = x;
  for (let i = 0; i < last; i++) {
    numerator = (numerator + (above[i] as number)) * x;
    denominator = (denominator + (below[i] as number)) * x;
  }
  return (numerator + (above[last] as number)) / (denominator + (below[last] as number));
}

/** P(Z ≤ x) for a standard normal Z, accurate in the lower tail too (Cody). For the upper tail ask for −x. */
export function normalBelow(x: number): number {
  const y = Math.abs(x);
  if (y <= 0.67448975) return 0.5 + x * ratio(CENTRE, CENTRE_BELOW, x * x);
  let height: number;
  if (y <= 5.656854249492381) height = ratio(MIDDLE, MIDDLE_BELOW, y);
  else {
    const square = 1 / (x * x);
    height = (0.3989422804014327 - square * ratio(TAIL, TAIL_BELOW, square)) / y;
  }
  // exp(−y²/2) with y² split so that its leading part is exact.
  const coarse = Math.floor(y * 16) / 16;
  const tail = y > 40 ? 0 : exp(-0.5 * coarse * coarse) * exp(-0.5 * (y - coarse) * (y + coarse)) * height;
  return x > 0 ? 1 - tail : tail;
}

/** Q(z)/φ(z), the upper tail of the standard normal over its density, z ≥ 30: Laplace's series 1/z − 1/z³ + 3/z⁵ − 15/z⁷ … */
export function millsRatio(z: number): number {
  const square = 1 / (z * z);
  let [term, sum] = [1, 1];
  for (let k = 1; k <= 15; k += 2) {
    term *= -k * square;
    sum += term;
  }
  return sum / z;
}
