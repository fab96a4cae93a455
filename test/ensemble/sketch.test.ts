/** Counts in buckets against the values they count: quantiles within the stated width, the same whatever the order, room that stays small. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyOf, uniform } from "#kernel/philox.ts";
import { normalQuantile } from "#kernel/normal.ts";
import {
  bucketWidth,
  countOf,
  emptySketch,
  gridFor,
  mergedSketch,
  quantilesOfSketch,
  sketchOf,
  type SketchGrid,
} from "#ensemble/tally/sketch.ts";
import { quantileOfSorted, quartet } from "#ensemble/statistics.ts";

const levels = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1];
const key = keyOf("sketch");
const u = (i: number): number => uniform(3, key, i, 0);

/** By name, the i-th value. Heavy tails, a heap at one value, whole numbers, far from 0, both signs. */
const shapes: Readonly<Record<string, (i: number) => number>> = {
  normal: (i) => normalQuantile(u(i)),
  "far from 0": (i) => 2022 + 0.01 * normalQuantile(u(i)),
  "Cauchy's": (i) => Math.tan(Math.PI * (u(i) - 0.5)),
  "mostly 0": (i) => (u(i) < 0.97 ? 0 : 100 * u(i)),
  "whole numbers": (i) => Math.floor(20 * u(i)),
  constant: () => 7,
};

function pilotGrid(values: Float64Array, bits: number): SketchGrid {
  const pilot = values.slice(0, 4096);
  const five = quartet(pilot.toSorted());
  return gridFor(five, Math.max(...pilot.map((x) => Math.abs(x - five.q50))), bits);
}

describe("a sketch", () => {
  for (const [name, shape] of Object.entries(shapes))
    for (const bits of [6, 9])
      it(`gives quantiles of ${name} to a bucket's width, 2^-${bits} of the middle 90 %`, () => {
        const values = Float64Array.from({ length: 50_000 }, (_, i) => shape(i));
        const grid = pilotGrid(values, bits);
        let sketch = emptySketch;
        for (let from = 0; from < values.length; from += 1000)
          sketch = mergedSketch(sketch, sketchOf(values.subarray(from, from + 1000), grid));
        expect(countOf(sketch)).toBe(values.length);
        const sorted = values.toSorted();
        quantilesOfSketch(sketch, levels).forEach((found, i) => {
          const exact = quantileOfSorted(sorted, levels[i] ?? 0);
          // Two order statistics are read, each within its own bucket.
          const next = quantileOfSorted(sorted, Math.min(1, (levels[i] ?? 0) + 1 / values.length));
          expect(Math.abs(found - exact)).toBeLessThanOrEqual(
            Math.max(bucketWidth(grid, exact), bucketWidth(grid, next)) * (1 + 1e-9),
          );
        });
        // Room: what lies between, and a few dozen octaves of tail at most.
        expect(sketch.keys.length).toBeLessThan(40 * 2 ** bits);
      });

  it("gives the very values where a bucket holds one value", () => {
    const values = Float64Array.from({ length: 9000 }, (_, i) => Math.floor(20 * u(i)));
    const sketch = sketchOf(values, pilotGrid(values, 9));
    const sorted = values.toSorted();
    expect(quantilesOfSketch(sketch, levels)).toEqual(levels.map((l) => quantileOfSorted(sorted, l)));
  });

  it("is the same however the values are cut, and in whatever order", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double(), { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 1, max: 50 }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (values, size, centre) => {
          const grid: SketchGrid = { centre, width: 0.37, bits: 5 };
          const parts = Array.from({ length: Math.ceil(values.length / size) }, (_, i) =>
            sketchOf(Float64Array.from(values.slice(i * size, (i + 1) * size)), grid),
          );
          const whole = sketchOf(Float64Array.from(values), grid);
          expect(parts.reduce(mergedSketch, emptySketch)).toEqual(whole);
          expect(parts.toReversed().reduce(mergedSketch, emptySketch)).toEqual(whole);
          expect(countOf(whole)).toBe(values.length);
        },
      ),
    );
  });

  it("keeps buckets in order of value, with what is infinite at the ends", () => {
    const values = Float64Array.from([3, -Infinity, NaN, -1e300, 0, Infinity, 1e300, -2]);
    const { low, counts } = sketchOf(values, { centre: 0, width: 1, bits: 4 });
    expect([...low]).toEqual([-Infinity, -1e300, -2, 0, 3, 1e300, Infinity, NaN]);
    expect([...counts]).toEqual(Array.from({ length: 8 }, () => 1));
  });

  it("takes −0 for 0", () => {
    const { keys, low, high } = sketchOf(Float64Array.from([0, -0, 0, -0]), { centre: 0, width: 1, bits: 4 });
    expect(keys).toHaveLength(1);
    expect([low[0], high[0]]).toEqual([0, 0]);
  });

  it("tells anything from a pilot of one value, however large: buckets of 2^-20 of it, cut as finely as any others", () => {
    const one = { q05: 3e9, q50: 3e9, q95: 3e9 };
    expect(gridFor(one, 0, 6)).toEqual({ centre: 3e9, width: 3e9 / 2 ** 26, bits: 6 });
    expect(gridFor({ q05: 0, q50: 0, q95: 0 }, 0, 6)).toEqual({ centre: 0, width: 1 / 64, bits: 6 });
  });

  it("has no quantile of nothing", () => {
    expect(quantilesOfSketch(emptySketch, [0.5])).toEqual([NaN]);
  });
});
