/** Puts numbers in order without comparing them two by two: by their bits, eleven at a time. */

const digits = 11;
const radix = 1 << digits;
const shifts = [0, 11, 22] as const;

/** Places from the least value up; equal ones (0 and −0 too) stay in order. Nothing may be NaN. */
export function ascendingOrder(values: Float64Array): Uint32Array {
  const n = values.length;
  // As integers that stand in the order of the numbers: the sign turned, and all of a negative one.
  const doubles = new Float64Array(n);
  for (let i = 0; i < n; i++) doubles[i] = (values[i] as number) + 0;
  const words = new Uint32Array(doubles.buffer);
  for (let i = 0; i < n; i++) {
    const high = words[2 * i + 1] as number;
    const turn = high >>> 31 === 1 ? 0xffffffff : 0;
    words[2 * i] = (words[2 * i] as number) ^ turn;
    words[2 * i + 1] = high ^ (turn | 0x80000000);
  }
  let order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  let other = new Uint32Array(n);
  const starts = new Uint32Array(radix);
  for (const word of [0, 1])
    for (const shift of shifts) {
      const digitOf = (i: number): number => ((words[2 * i + word] as number) >>> shift) & (radix - 1);
      starts.fill(0);
      for (let i = 0; i < n; i++) starts[digitOf(i)] = (starts[digitOf(i)] as number) + 1;
      if (n > 0 && starts[digitOf(0)] === n) continue;
      let start = 0;
      for (let d = 0; d < radix; d++) {
        const count = starts[d] as number;
        starts[d] = start;
        start += count;
      }
      for (let k = 0; k < n; k++) {
        const i = order[k] as number;
        const d = digitOf(i);
        other[starts[d] as number] = i;
        starts[d] = (starts[d] as number) + 1;
      }
      [order, other] = [other, order];
    }
  return order;
}
