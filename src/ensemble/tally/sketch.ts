/** Counts values in buckets that add up in any order, and from which quantiles can be read to a stated error. */

import { makeColumn, pickColumn } from "#kernel/column.ts";

/**
 * How fine the buckets are. Up to 2 · 2^bits widths from the centre each is one `width` wide; beyond, every one is at most 2^−bits of its distance
 * from the centre (the buckets of a floating-point number; cf. the HDR histogram of Tene 2014).
 */
export interface SketchGrid {
  readonly centre: number;
  readonly width: number;
  readonly bits: number;
}

/** Buckets that hold anything, by rising value. Plain data: two sketches of the same values are equal, however they were put together. */
export interface Sketch {
  readonly keys: Int32Array;
  readonly counts: Float64Array;
  /** The least and the greatest value in each bucket: where they are equal, the bucket is exact. */
  readonly low: Float64Array;
  readonly high: Float64Array;
}

export const emptySketch: Sketch = {
  keys: new Int32Array(),
  counts: new Float64Array(),
  low: new Float64Array(),
  high: new Float64Array(),
};

/** Keys of what has no bucket; NaN sorts last, as in a sorted Float64Array. */
const infinite = 0x7ffffff0;
const noNumber = 0x7fffffff;

/**
 * A grid for values like those of a pilot, given by its quantiles: 2^bits widths to the middle 90 %. Where that is nothing, to the
 * farthest value; where all are the same, fine enough to tell anything else apart.
 */
export function gridFor(
  pilot: Readonly<Record<"q05" | "q50" | "q95", number>>,
  farthest: number,
  bits: number,
): SketchGrid {
  const centre = Number.isFinite(pilot.q50) ? pilot.q50 : 0;
  const spread =
    [pilot.q95 - pilot.q05, farthest, Math.abs(centre) / 2 ** 20].find((s) => s > 0 && Number.isFinite(s)) ?? 1;
  return { centre, width: spread / 2 ** bits, bits };
}

/** How far a quantile read near `x` may be from the exact one: the width of the bucket there. */
export function bucketWidth(grid: SketchGrid, x: number): number {
  const away = Math.abs(x - grid.centre);
  return Math.max(grid.width, away / 2 ** grid.bits);
}

export function sketchOf(values: Float64Array, grid: SketchGrid): Sketch {
  // Adding 0 makes −0 into 0, which sorts apart from it.
  const sorted = values.map((x) => x + 0).sort();
  const keys: number[] = [];
  const starts: number[] = [];
  for (let i = 0; i < sorted.length; i++) {
    const x = sorted[i] as number;
    // Values that are the same have the same bucket: of a truth there are two.
    if (i > 0 && x === sorted[i - 1]) continue;
    const key = keyOf(grid, x);
    if (key === keys.at(-1)) continue;
    keys.push(key);
    starts.push(i);
  }
  const end = (k: number): number => starts[k + 1] ?? sorted.length;
  return {
    keys: Int32Array.from(keys),
    counts: makeColumn(starts.length, (k) => end(k) - (starts[k] as number)),
    low: pickColumn(sorted, starts),
    high: makeColumn(starts.length, (k) => sorted[end(k) - 1] as number),
  };
}

/** Rises with `x`. Exact arithmetic but for one subtraction and one division, so the same on every engine. */
function keyOf({ centre, width, bits }: SketchGrid, x: number): number {
  if (x !== x) return noNumber;
  const y = (x - centre) / width;
  const key = magnitude(Math.abs(y), 2 ** bits);
  return y < 0 ? -1 - key : key;
}

function magnitude(y: number, unit: number): number {
  if (y === Number.POSITIVE_INFINITY) return infinite;
  let m = y;
  let octaves = 0;
  while (m >= 2 * unit) {
    m /= 2;
    octaves++;
  }
  return Math.floor(m) + octaves * unit;
}

/** The sketch of both sets of values; neither order nor grouping changes it. Both have the same grid. */
export function mergedSketch(a: Sketch, b: Sketch): Sketch {
  const room = a.keys.length + b.keys.length;
  const to = {
    keys: new Int32Array(room),
    counts: new Float64Array(room),
    low: new Float64Array(room),
    high: new Float64Array(room),
  };
  let i = 0;
  let j = 0;
  let n = 0;
  while (i < a.keys.length || j < b.keys.length) {
    const ka = i < a.keys.length ? (a.keys[i] as number) : Number.POSITIVE_INFINITY;
    const kb = j < b.keys.length ? (b.keys[j] as number) : Number.POSITIVE_INFINITY;
    to.keys[n] = Math.min(ka, kb);
    to.counts[n] = (ka <= kb ? (a.counts[i] as number) : 0) + (kb <= ka ? (b.counts[j] as number) : 0);
    const fromA = ka <= kb;
    const fromB = kb <= ka;
    to.low[n] =
      fromA && fromB ? Math.min(a.low[i] as number, b.low[j] as number) : ((fromA ? a.low[i] : b.low[j]) as number);
    to.high[n] =
      fromA && fromB ? Math.max(a.high[i] as number, b.high[j] as number) : ((fromA ? a.high[i] : b.high[j]) as number);
    if (fromA) i++;
    if (fromB) j++;
    n++;
  }
  return {
    keys: to.keys.slice(0, n),
    counts: to.counts.slice(0, n),
    low: to.low.slice(0, n),
    high: to.high.slice(0, n),
  };
}

export function countOf(sketch: Sketch): number {
  return sketch.counts.reduce((n, c) => n + c, 0);
}

/** Quantiles of type 7, as `quantileOfSorted`, of order statistics that lie evenly between the ends of their bucket. */
export function quantilesOfSketch(sketch: Sketch, levels: readonly number[]): readonly number[] {
  const runs = countOf(sketch);
  return levels.map((level) => {
    if (runs === 0) return Number.NaN;
    const place = (runs - 1) * level;
    const below = Math.floor(place);
    const low = ranked(sketch, below);
    return place === below ? low : low + (place - below) * (ranked(sketch, Math.min(below + 1, runs - 1)) - low);
  });
}

/** The value of a rank, from 0. */
function ranked(sketch: Sketch, rank: number): number {
  let passed = 0;
  let k = 0;
  while (passed + (sketch.counts[k] as number) <= rank) passed += sketch.counts[k++] as number;
  const [low, high, count] = [sketch.low[k] as number, sketch.high[k] as number, sketch.counts[k] as number];
  return low === high || count === 1 ? low : low + ((high - low) * (rank - passed)) / (count - 1);
}
