/** Means, errors and quantiles of runs: against values by hand, at and beside every edge. */

import { describe, expect, it } from "vitest";
import {
  chanceError,
  mean,
  quantileError,
  quantileOfSorted,
  summariseTruth,
  sum,
  unanimityError,
  variance,
} from "#ensemble/statistics.ts";

const of = (...values: number[]): Float64Array => Float64Array.from(values);

describe("quantiles of type 7 (Hyndman & Fan 1996)", () => {
  it("lie on the order statistics at their places, and on the line between them elsewhere", () => {
    const sorted = of(10, 20, 40, 80, 160);
    expect([0, 0.25, 0.5, 0.75, 1].map((level) => quantileOfSorted(sorted, level))).toEqual([10, 20, 40, 80, 160]);
    expect(quantileOfSorted(sorted, 0.25 - 1 / 16)).toBeCloseTo(17.5, 12);
    expect(quantileOfSorted(sorted, 0.25 + 1 / 16)).toBeCloseTo(25, 12);
    expect(quantileOfSorted(of(7), 0.9)).toBe(7);
    expect(quantileOfSorted(of(), 0.5)).toBeNaN();
  });

  it("of truths are those of their zeros and ones", () => {
    const { q05, q25, q50, q75, q95 } = summariseTruth(of(1, 0, 0, 1, 1));
    // Sorted 0 0 1 1 1: places .2, 1, 2, 3, 3.8.
    expect([q05, q25, q50, q75, q95]).toEqual([0, 0, 1, 1, 1]);
    expect(summariseTruth(of(0, 0, 1)).q75).toBe(0.5);
  });
});

describe("errors", () => {
  it("divide by n − 1", () => {
    expect(variance(of(1, 2, 3, 4))).toBeCloseTo(5 / 3, 15);
    expect(variance(of(5))).toBeNaN();
  });

  it("of a chance are those of a count, until all runs agree: then of one more that does not", () => {
    expect(chanceError(of(1, 0, 0, 0))).toBeCloseTo(Math.sqrt(0.1875 / 3), 15);
    expect(chanceError(of(0, 0, 0, 0))).toBe(unanimityError(4));
    expect(chanceError(of(1, 1, 1, 1))).toBe(unanimityError(4));
    expect(chanceError(of(1, 1, 1, 0))).not.toBe(unanimityError(4));
    // A share of 1 in 5, of 4 runs.
    expect(unanimityError(4)).toBeCloseTo(Math.sqrt((0.2 * 0.8) / 4), 15);
  });

  it("of sums are the same however many blocks they span", () => {
    const values = Float64Array.from({ length: 513 }, (_, i) => i);
    expect(sum(values)).toBe((512 * 513) / 2);
    expect(mean(values)).toBe(256);
    // By blocks of 256: added to 10^16, whose neighbours lie 2 apart, the ones of the first block are lost; 256 and 88 are not.
    expect(sum(Float64Array.from({ length: 600 }, (_, i) => (i === 0 ? 1e16 : 1)))).toBe(1e16 + 256 + 88);
    // n(n + 1)/12 for 0 … n − 1.
    expect(variance(values)).toBeCloseTo((513 * 514) / 12, 6);
  });
});

describe("the error of a quantile", () => {
  it("of an even spread from 0 to 1 is that of the share below it: √(p(1 − p) ÷ n)", () => {
    for (const level of [0.05, 0.5, 0.9])
      expect(quantileError((p) => p, level, 400)).toBeCloseTo(Math.sqrt((level * (1 - level)) / 400), 12);
    expect(quantileError((p) => p, 0.5, 1)).toBeNaN();
  });

  it("of 400 exponential draws is near √(p ÷ ((1 − p)·n)), the error by its density", () => {
    // Half of −log(1 − p − s) + log(1 − p + s), s = √(p(1 − p) ÷ n), is s ÷ (1 − p) to the second order of s.
    const read = (p: number): number => -Math.log(1 - p);
    expect(quantileError(read, 0.5, 400) / Math.sqrt(1 / 400)).toBeCloseTo(1, 2);
  });
});
