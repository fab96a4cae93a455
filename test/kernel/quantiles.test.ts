/** Distributions against tables and closed forms: quantiles to the digits the tables print, moments by integrating the quantile function. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { betaTails, gammaTails, type LogTails } from "#kernel/incomplete.ts";
import type { Resolved } from "#kernel/distribution.ts";
import { quantile } from "#kernel/quantiles.ts";

describe("quantiles", () => {
  const normal: Resolved = { kind: "normal", mean: 0, sd: 1 };
  // Distribution, level, value, digits after the point that the source prints.
  const table: readonly (readonly [Resolved, number, number, number, string])[] = [
    [normal, 0.975, 1.959963985, 9, "Abramowitz & Stegun 1964, table 26.5"],
    [normal, 0.95, 1.644853627, 9, "the same"],
    [normal, 0.999, 3.090232306, 9, "the same"],
    [normal, 1e-9, -5.997807015, 8, "the same"],
    [normal, 0.5, 0, 12, "by symmetry"],
    [{ kind: "normal", mean: 100, sd: 15 }, 0.841344746, 115, 6, "one standard deviation"],
    [{ kind: "lognormal", median: 2, sigma: 0.5 }, 0.95, 4.552033, 5, "2·exp(0.5·1.644853627)"],
    [{ kind: "logitnormal", median: 0.5, sigma: 1 }, 0.975, 0.876534, 5, "logistic of 1.959964"],
    // Chi-square: gamma of shape k/2, scale 2. Abramowitz & Stegun 1964, table 26.8; NIST handbook §1.3.6.7.4.
    [{ kind: "gamma", shape: 5, scale: 2 }, 0.95, 18.307, 3, "chi-square, 10 degrees"],
    [{ kind: "gamma", shape: 0.5, scale: 2 }, 0.95, 3.841, 3, "chi-square, 1 degree"],
    [{ kind: "gamma", shape: 15, scale: 2 }, 0.01, 14.953, 3, "chi-square, 30 degrees"],
    [{ kind: "gamma", shape: 1, scale: 3 }, 0.5, 3 * Math.LN2, 10, "an exponential"],
    [{ kind: "exponential", mean: 4 }, 0.9, 9.210340372, 9, "4·log 10"],
    [{ kind: "beta", a: 0.5, b: 0.5 }, 0.1, Math.sin(0.05 * Math.PI) ** 2, 9, "the arcsine law"],
    [{ kind: "beta", a: 1, b: 4 }, 0.7, 1 - 0.3 ** 0.25, 10, "1 - (1-u)^(1/b)"],
    [{ kind: "beta", a: 3, b: 1 }, 0.2, 0.2 ** (1 / 3), 10, "u^(1/a)"],
    [{ kind: "beta", a: 2, b: 3 }, 0.5, 0.385727568, 8, "root of 6x² - 8x³ + 3x⁴ = 1/2"],
    // F with 4 and 6 degrees, 95 %: 4.534 (Abramowitz & Stegun, table 26.9); x = 4F/(4F + 6) is beta(2, 3).
    [{ kind: "beta", a: 2, b: 3 }, 0.95, (4 * 4.534) / (4 * 4.534 + 6), 4, "the F table"],
    [{ kind: "uniform", low: -1, high: 3 }, 0.25, 0, 12, "linear"],
    [{ kind: "triangular", low: 0, mode: 1, high: 4 }, 0.25, 1, 12, "at its mode"],
    [{ kind: "triangular", low: 0, mode: 1, high: 4 }, 0.75, 4 - Math.sqrt(3), 12, "closed form"],
    [{ kind: "bernoulli", chance: 0.3 }, 0.2999, 1, 0, "below its chance"],
    [{ kind: "bernoulli", chance: 0.3 }, 0.3001, 0, 0, "above"],
    [{ kind: "discrete", values: [5, 7, 9], chances: [0.2, 0.5, 0.3] }, 0.69, 7, 0, "steps"],
    [{ kind: "discrete", values: [5, 7, 9], chances: [0.2, 0.5, 0.3] }, 0.71, 9, 0, "steps"],
  ];
  for (const [d, u, value, digits, source] of table)
    it(`${JSON.stringify(d)} at ${u}: ${value} (${source})`, () =>
      expect(Math.abs(quantile(d, u) - value)).toBeLessThan(0.6 * 10 ** -digits + 1e-12));

  // R 4 (qgamma; the last three at the lower tail), to all digits it prints.
  const gammas: readonly (readonly [number, number, number])[] = [
    [300, 0.1, 278.027997152558],
    [500, 0.5, 499.66670620169],
    [1001, 1e-12, 794.328170365005],
    [1001, 0.1, 960.673671673745],
    [1001, 0.5, 1000.666686407217],
    [1001, 0.9, 1041.754569077644],
    [1100, 0.1, 1057.71561439269],
    [5000, 0.5, 4999.66667061757],
    [1e5, 1e-12, 97791.6358692358],
    [1e5, 0.9, 100405.4757102452],
    [9e5, 0.5, 899999.666666689],
    [0.001, 0.7, 7.04231513177943e-156],
    [0.5, 1e-100, 7.85398163397441e-201],
    [100, 1e-100, 3.95079880854006],
  ];
  for (const [shape, u, value] of gammas)
    it(`a gamma of shape ${shape} at ${u}: ${value} (R)`, () =>
      expect(Math.abs(quantile({ kind: "gamma", shape, scale: 1 }, u) / value - 1)).toBeLessThan(4e-12));

  it("the share of a gamma or a beta below its value at u is u again, whatever the shape, out to 1e-300", () => {
    const shape = fc.double({ min: -2, max: 5.9, noNaN: true }).map((power) => 10 ** power);
    const level = fc.oneof(
      fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }),
      fc.double({ min: -300, max: -1, noNaN: true }).map((power) => 10 ** power),
    );
    // What a digit of x is of the share: where that is steep, no x comes nearer.
    const near = (tails: (x: number) => LogTails, x: number, u: number): void => {
      if (!(x > 1e-300)) return;
      const off = (at: number): number => {
        const { below, above } = tails(at);
        return u < 0.5 ? below - Math.log(u) : above - Math.log1p(-u);
      };
      const digit = Math.abs(off(x * (1 + 4e-16)) - off(x * (1 - 4e-16)));
      expect(Math.abs(off(x))).toBeLessThan(1e-8 + 40 * digit);
    };
    fc.assert(
      fc.property(shape, level, (a, u) =>
        near((x) => gammaTails(a, x), quantile({ kind: "gamma", shape: a, scale: 1 }, u), u),
      ),
      { numRuns: 300, seed: 7 },
    );
    fc.assert(
      fc.property(shape, shape, level, (a, b, u) => {
        const x = quantile({ kind: "beta", a, b }, u);
        if (x < 1 - 1e-9) near((at) => betaTails(a, b, at, 1 - at), x, u);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it("an interval's ends are its 5 % and 95 % points, in every family", () => {
    for (const [family, low, high] of [
      ["normal", -3, 8],
      ["lognormal", 2, 40],
      ["logitnormal", 0.05, 0.6],
    ] as const) {
      const d: Resolved = { kind: "interval", family, low, high };
      expect(quantile(d, 0.05)).toBeCloseTo(low, 10);
      expect(quantile(d, 0.95)).toBeCloseTo(high, 10);
    }
  });

  it("a truncated one is the untruncated given its range: Φ⁻¹(Φ(a) + u·(Φ(b) - Φ(a)))", () => {
    // Of a standard normal above 0 the median is the 75 % point, 0.674489750 (table 26.5).
    expect(quantile({ kind: "truncated", of: normal, low: 0, high: Infinity }, 0.5)).toBeCloseTo(0.67448975, 8);
    // Far out, where one minus a probability has no digits left: the tail beyond 10 is nearly exponential, x ≈ 10 + log 2 / 10.
    const far = quantile({ kind: "truncated", of: normal, low: 10, high: Infinity }, 0.5);
    expect(Math.abs(far - (10 + Math.LN2 / 10))).toBeLessThan(0.002);
    const exponential: Resolved = { kind: "truncated", of: { kind: "exponential", mean: 1 }, low: 3, high: Infinity };
    expect(quantile(exponential, 0.5)).toBeCloseTo(3 + Math.LN2, 10);
    const beta: Resolved = { kind: "truncated", of: { kind: "beta", a: 3, b: 1 }, low: 0.5, high: 1 };
    expect(quantile(beta, 0.5)).toBeCloseTo((0.125 + 0.5 * 0.875) ** (1 / 3), 8);
  });

  const none: readonly Resolved[] = [
    { kind: "normal", mean: 0, sd: -1 },
    { kind: "lognormal", median: 0, sigma: 1 },
    { kind: "beta", a: 0, b: 1 },
    { kind: "uniform", low: 2, high: 1 },
    { kind: "triangular", low: 0, mode: 5, high: 4 },
    { kind: "gamma", shape: 1, scale: 0 },
    { kind: "bernoulli", chance: 1.2 },
    { kind: "discrete", values: [1, 2], chances: [1.5, -0.5] },
    { kind: "truncated", of: { kind: "uniform", low: 0, high: 1 }, low: 2, high: 3 },
  ];
  for (const d of none) it(`${JSON.stringify(d)} is no distribution`, () => expect(quantile(d, 0.4)).toBeNaN());
});

describe("moments", () => {
  /** ∫ Q(u)^k du by midpoints. */
  const moment = (d: Resolved, k: number, n = 20_000): number => {
    let total = 0;
    for (let i = 0; i < n; i++) total += quantile(d, (i + 0.5) / n) ** k;
    return total / n;
  };
  // Mean and variance in closed form (Johnson, Kotz & Balakrishnan 1994-95).
  const known: readonly (readonly [Resolved, number, number])[] = [
    [{ kind: "normal", mean: 3, sd: 2 }, 3, 4],
    [{ kind: "lognormal", median: 2, sigma: 0.5 }, 2 * Math.exp(0.125), 4 * Math.exp(0.25) * (Math.exp(0.25) - 1)],
    [{ kind: "beta", a: 4, b: 3 }, 4 / 7, 12 / (49 * 8)],
    [{ kind: "uniform", low: 2, high: 8 }, 5, 3],
    [{ kind: "triangular", low: 0, mode: 1, high: 4 }, 5 / 3, 13 / 18],
    [{ kind: "gamma", shape: 2.5, scale: 3 }, 7.5, 22.5],
    [{ kind: "exponential", mean: 4 }, 4, 16],
    [{ kind: "bernoulli", chance: 0.3 }, 0.3, 0.21],
    [{ kind: "discrete", values: [1, 2, 6], chances: [0.5, 0.25, 0.25] }, 2.5, 4.25],
    // Half-normal: mean √(2/π), variance 1 - 2/π.
    [
      { kind: "truncated", of: { kind: "normal", mean: 0, sd: 1 }, low: 0, high: Infinity },
      Math.sqrt(2 / Math.PI),
      1 - 2 / Math.PI,
    ],
  ];
  for (const [d, mean, variance] of known)
    it(`${JSON.stringify(d)}: mean ${mean.toFixed(4)}, variance ${variance.toFixed(4)}`, () => {
      const m = moment(d, 1);
      // Midpoints lose a little of an unbounded tail: 20,000 of them less than a thousandth of the spread.
      expect(Math.abs(m - mean)).toBeLessThan(1e-3 * Math.sqrt(variance));
      expect(Math.abs(moment(d, 2) - m * m - variance)).toBeLessThan(5e-3 * variance);
    });
});
