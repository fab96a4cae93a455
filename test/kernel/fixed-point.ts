/** Doubles in; exp, log, sine, cosine and powers to some 280 bits out, by series in whole numbers: a reference that owes nothing to any host's functions. */

/** Binary places behind the point. */
const PLACES = 320n;
const ONE = 1n << PLACES;

/** A double as an exact fraction with 1100 + 320 binary places cut to 320; exact for sizes that tests use (above 2^-250). */
export function fixed(x: number): bigint {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, x);
  const raw = bits.getBigUint64(0);
  const exponent = (raw >> 52n) & 0x7ffn;
  const fraction = raw & 0xfffffffffffffn;
  const whole = exponent === 0n ? fraction : fraction | (1n << 52n);
  const shift = (exponent === 0n ? 1n : exponent) - 1075n + PLACES;
  const size = shift >= 0n ? whole << shift : whole >> -shift;
  return raw >> 63n === 1n ? -size : size;
}

const times = (a: bigint, b: bigint): bigint => (a * b) >> PLACES;
export const over = (a: bigint, b: bigint): bigint => (a << PLACES) / b;

/** 2·atanh(1/3). */
const LN2 = 2n * atanhOf(ONE / 3n);

function atanhOf(s: bigint): bigint {
  const square = times(s, s);
  let power = s;
  let sum = 0n;
  for (let k = 1n; power !== 0n && power !== -1n; k += 2n) {
    sum += power / k;
    power = times(power, square);
  }
  return sum;
}

/** 16·atan(1/5) − 4·atan(1/239) (Machin 1706). */
const PI = 16n * atanOf(5n) - 4n * atanOf(239n);

function atanOf(inverse: bigint): bigint {
  let power = ONE / inverse;
  let sum = 0n;
  for (let k = 0n; power !== 0n; k++) {
    sum += (k % 2n === 0n ? 1n : -1n) * (power / (2n * k + 1n));
    power /= inverse * inverse;
  }
  return sum;
}

function rounded(a: bigint, b: bigint): bigint {
  const twice = 2n * a + b;
  return twice / (2n * b) - (twice < 0n && twice % (2n * b) !== 0n ? 1n : 0n);
}

/** A value in `PLACES` places times 2^exponent. */
export interface Scaled {
  readonly value: bigint;
  readonly exponent: number;
}

export function exp(x: bigint): Scaled {
  const k = rounded(x, LN2);
  const r = x - k * LN2;
  let term = ONE;
  let sum = ONE;
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    term = times(term, r) / n;
    sum += term;
  }
  return { value: sum, exponent: Number(k) };
}

/** Of value·2^exponent, positive. */
export function log(x: bigint): bigint {
  let k = 0n;
  let y = x;
  for (; y > ONE + (ONE >> 1n); k++) y >>= 1n;
  // Halving drops bits of y; start over from x with the shift known.
  for (; y < (3n * ONE) / 4n; k--) y <<= 1n;
  y = k > 0n ? x >> k : x << -k;
  return 2n * atanhOf(over(y - ONE, y + ONE)) + k * LN2;
}

/** Sine, or with a quarter turn added cosine. */
export function sine(x: bigint, quarters = 0n): bigint {
  const half = PI / 2n;
  const n = rounded(x, half);
  const r = x - n * half;
  const turn = (((n + quarters) % 4n) + 4n) % 4n;
  const square = times(r, r);
  let term = turn % 2n === 0n ? r : ONE;
  let sum = term;
  for (let k = turn % 2n === 0n ? 2n : 1n; term !== 0n && term !== -1n; k += 2n) {
    term = -times(term, square) / (k * (k + 1n));
    sum += term;
  }
  return turn >= 2n ? -sum : sum;
}

/** The angle whose tangent is x, halved until its series is short. */
export function arctangent(x: bigint): bigint {
  if (x < 0n) return -arctangent(-x);
  if (x > ONE) return PI / 2n - arctangent(over(ONE, x));
  let y = x;
  const halvings = 6n;
  for (let k = 0n; k < halvings; k++) y = over(y, ONE + root(ONE + times(y, y)));
  const square = times(y, y);
  let sum = 0n;
  let power = y;
  for (let k = 1n; power !== 0n && power !== -1n; k += 2n) {
    sum += power / k;
    power = -times(power, square);
  }
  return sum << halvings;
}

/** Square root by Newton's method. */
function root(x: bigint): bigint {
  let y = x > ONE ? x : ONE;
  for (let before = 0n; y !== before && y - before !== 1n && before - y !== 1n;) {
    before = y;
    y = (y + over(x, y)) / 2n;
  }
  return y;
}

export const one = ONE;

/** How far a double lies from the true value, in units of the last place of the true value (Goldberg 1991), among subnormals in 2^-1074. */
export function ulps(found: number, truth: Scaled): number {
  const size = truth.value < 0n ? -truth.value : truth.value;
  const top = size.toString(2).length - 1 - Number(PLACES) + truth.exponent;
  const unit = Math.max(top, -1022) - 52;
  // Both in units of 2^-1500, far below any double.
  const scale = (value: bigint, exponent: number): bigint => {
    const by = 1500 + exponent - Number(PLACES);
    return by >= 0 ? value << BigInt(by) : value >> BigInt(-by);
  };
  const difference = exactly(found) - scale(truth.value, truth.exponent);
  const distance = difference < 0n ? -difference : difference;
  return Number((distance << 20n) >> BigInt(1500 + unit)) / 2 ** 20;
}

/** A double in units of 2^-1500. */
function exactly(x: number): bigint {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, x);
  const raw = bits.getBigUint64(0);
  const exponent = (raw >> 52n) & 0x7ffn;
  const fraction = raw & 0xfffffffffffffn;
  const size = (exponent === 0n ? fraction : fraction | (1n << 52n)) << ((exponent === 0n ? 1n : exponent) + 425n);
  return raw >> 63n === 1n ? -size : size;
}
