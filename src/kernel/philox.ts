/**
 * Counter-based uniforms: (seed, key, world, index) to a number strictly inside (0, 1), by Philox4x32-10
 * (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011). No stream, no state.
 */

/** A 64-bit name hash as two unsigned 32-bit halves. */
export interface Key {
  readonly low: number;
  readonly high: number;
}

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;

/** The upper 32 bits of the unsigned product of two 32-bit integers; every partial sum stays below 2^32. */
function highProduct(a: number, b: number): number {
  const a0 = a & 0xffff,
    a1 = a >>> 16,
    b0 = b & 0xffff,
    b1 = b >>> 16;
  const middle = (Math.imul(a1, b0) >>> 0) + ((Math.imul(a0, b0) >>> 0) >>> 16);
  const other = (Math.imul(a0, b1) >>> 0) + (middle & 0xffff);
  return (Math.imul(a1, b1) + (middle >>> 16) + (other >>> 16)) | 0;
}

/** One Philox4x32-10 block: fills `out` with the four unsigned words of counter (c0..c3) under key (k0, k1). */
export function philox(c0: number, c1: number, c2: number, c3: number, k0: number, k1: number, out: Uint32Array): void {
  for (let round = 0; round < 10; round++) {
    const high0 = highProduct(MULTIPLIER_0, c0),
      low0 = Math.imul(MULTIPLIER_0, c0);
    const high1 = highProduct(MULTIPLIER_1, c2),
      low1 = Math.imul(MULTIPLIER_1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + WEYL_0) | 0;
    k1 = (k1 + WEYL_1) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

// Scratch of `uniform`, overwritten by every call: a fresh array per draw would cost more than the draw.
const words = new Uint32Array(4);

/**
 * The uniform of (seed, key, world, index): counter (index, key.low, key.high, world), key (seed, 0), and
 * (w0·2^20 + ⌊w1 / 2^12⌋ + ½)·2^-52, which is never 0 nor 1. All four are taken modulo 2^32.
 */
export function uniform(seed: number, key: Key, world: number, index: number): number {
  philox(index, key.low, key.high, world, seed, 0, words);
  return ((words[0] as number) * 1048576 + ((words[1] as number) >>> 12) + 0.5) * 2 ** -52;
}

/** The key of a name such as "event fall": 64-bit FNV-1a of its UTF-8 bytes (a lone surrogate counts as U+FFFD). */
export function keyOf(name: string): Key {
  // The offset, and the prime 2^40 + 0x1b3 by which the hash is multiplied for each byte, in halves of 32 bits.
  let [low, high] = [0x84222325, 0xcbf29ce4];
  const feed = (byte: number): void => {
    const mixed = (low ^ byte) >>> 0;
    // Below 2^32 · 0x1b3, so exact.
    const product = mixed * 0x1b3;
    high = (Math.imul(high, 0x1b3) + Math.floor(product / 2 ** 32) + (mixed << 8)) >>> 0;
    low = product >>> 0;
  };
  for (const character of name) {
    const point = character.codePointAt(0) as number;
    const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
    if (code < 0x80) feed(code);
    else {
      if (code < 0x800) feed(0xc0 | (code >> 6));
      else {
        if (code < 0x10000) feed(0xe0 | (code >> 12));
        else {
          feed(0xf0 | (code >> 18));
          feed(0x80 | ((code >> 12) & 0x3f));
        }
        feed(0x80 | ((code >> 6) & 0x3f));
      }
      feed(0x80 | (code & 0x3f));
    }
  }
  return { low, high };
}
