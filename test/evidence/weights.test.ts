/** Weighted draws and the likelihood of a series against closed forms. */

import { describe, expect, it } from "vitest";
import { logLikelihood, shareBelow } from "#evidence/series.ts";
import { likelihoodsWithin, likelihoodWeights } from "#evidence/likelihood-weights.ts";
import { effectiveSize, keptWithin, thinned, weightedMean, weightedQuantiles } from "#evidence/weights.ts";

describe("weights", () => {
  it("are worth as many draws as Kish says", () => {
    expect(effectiveSize(Float64Array.of(1, 1, 1, 1))).toBe(4);
    expect(effectiveSize(Float64Array.of(1, 0, 0, 0))).toBe(1);
    expect(effectiveSize(Float64Array.of(2, 1, 1))).toBeCloseTo(16 / 6, 12);
    expect(effectiveSize(new Float64Array(3))).toBe(0);
  });

  it("come from log likelihoods without overflow, and keep the mean", () => {
    const { of, logMean } = likelihoodWeights(Float64Array.of(-1000, -1000 + Math.log(3), -Infinity, -Infinity));
    expect([...of].map((w) => Number(w.toFixed(12)))).toEqual([0.333333333333, 1, 0, 0]);
    expect(logMean).toBeCloseTo(-1000, 9);
    expect(likelihoodWeights(Float64Array.of(-Infinity, -Infinity))).toEqual({
      of: new Float64Array(2),
      logMean: -Infinity,
    });
  });

  it("give means and quantiles", () => {
    const w = Float64Array.of(1, 2, 1);
    expect(weightedMean(w, Float64Array.of(0, 1, 2))).toEqual({ value: 1, se: Math.sqrt(2) / 4 });
    expect(weightedQuantiles(w, Float64Array.of(2, 1, 0), [0.25, 0.5, 0.76])).toEqual([0, 1, 2]);
  });

  it("kept within strata leave each its share and say what was lost", () => {
    const { of, lost } = keptWithin(Float64Array.of(9, 1, 3, 1, 0), ["a", "a", "b", "b", "c"], (s) =>
      s === "c" ? 0.2 : 0.4,
    );
    expect([...of].map((x) => Math.round(x * 1e12) / 1e12)).toEqual([0.36, 0.04, 0.3, 0.1, 0]);
    expect(lost).toBeCloseTo(0.2, 12);
  });

  it("kept within strata are numbers, however little a stratum weighs", () => {
    const { of, lost } = keptWithin(Float64Array.of(5e-324, 0, 1, 3), ["a", "a", "b", "b"], () => 0.5);
    expect([[...of], lost]).toEqual([[0.5, 0, 0.125, 0.375], 0]);
  });

  it("within strata have a scale for each, so that none is lost for being far less likely than another", () => {
    const logs = Float64Array.of(-5000, -5000 + Math.log(3), 0, -Infinity, -Infinity);
    const strata = ["a", "a", "b", "b", "c"];
    const within = likelihoodsWithin(logs, strata);
    expect([...within].map((w) => Number(w.toFixed(12)))).toEqual([0.333333333333, 1, 1, 0, 0]);
    const { of, lost } = keptWithin(within, strata, (s) => (s === "c" ? 0.2 : 0.4));
    expect([...of].map((w) => Number(w.toFixed(12)))).toEqual([0.1, 0.3, 0.4, 0, 0]);
    expect(lost).toBeCloseTo(0.2, 12);
  });

  it("thinned keep every sum in the mean, and the heavy rows for sure", () => {
    const w = Float64Array.from({ length: 200 }, (_, i) => (i % 40 === 0 ? 20 : (i % 7) / 10));
    const value = Float64Array.from(w, (_, i) => Math.cos(i));
    const wanted = w.reduce((n, x, i) => n + x * (value[i] ?? 0), 0);
    const starts = 400;
    let sum = 0;
    for (let s = 0; s < starts; s++) {
      const { rows, of } = thinned(w, 50, (s + 0.5) / starts);
      expect([0, 40, 80, 120, 160].every((i) => rows.includes(i))).toBe(true);
      expect(rows.length).toBeLessThanOrEqual(51);
      sum += rows.reduce((n, row, k) => n + (of[k] ?? 0) * (value[row] ?? 0), 0) / starts;
    }
    // Systematic over an even grid of starts: exact but for the grid's step.
    expect(Math.abs(sum - wanted)).toBeLessThan(0.05);
  });
});

describe("the likelihood of a series", () => {
  it("of one point is the normal density under both errors together", () => {
    const sd = Math.hypot(3, 4);
    expect(logLikelihood([2], 3, 4)).toBeCloseTo(-Math.log(sd * Math.sqrt(2 * Math.PI)) - 2 ** 2 / (2 * sd * sd), 12);
  });

  it("without discrepancy is the product over points", () => {
    const one = logLikelihood([1], 2, 0) + logLikelihood([-3], 2, 0);
    expect(logLikelihood([1, -3], 2, 0)).toBeCloseTo(one, 12);
  });

  it("of two points is the bivariate normal's, by hand", () => {
    // Covariance [[5, 4], [4, 5]]: determinant 9, inverse [[5, -4], [-4, 5]] / 9; residuals 1 and 2.
    const quadratic = (5 * 1 - 2 * 4 * 2 + 5 * 4) / 9;
    expect(logLikelihood([1, 2], 1, 2)).toBeCloseTo(-Math.log(2 * Math.PI) - 0.5 * Math.log(9) - 0.5 * quadratic, 12);
  });

  it("forgives a common shift that the discrepancy allows", () => {
    const fall = (d: number): number => logLikelihood([0, 0, 0, 0], 1, d) - logLikelihood([3, 3, 3, 3], 1, d);
    expect(fall(5)).toBeLessThan(fall(0) / 50);
  });

  it("knows the normal's middle and its 97.5 % point", () => {
    expect(shareBelow(2, 2, 3)).toBeCloseTo(0.5, 12);
    expect(shareBelow(1.959964, 0, 1)).toBeCloseTo(0.975, 6);
  });
});
