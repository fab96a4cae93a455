/** Distributions cut to a range, far out too: against mpmath 1.3 at 60 digits, against closed forms over the whole range of doubles, and as the same law in columns. */

import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { scalarMath } from "#kernel/column-math.ts";
import type { Resolved } from "#kernel/distribution.ts";
import { largeGammaScore } from "#kernel/large-gamma.ts";
import { quantile } from "#kernel/quantiles.ts";
import { quantileColumn } from "#kernel/quantile-columns.ts";

/** Distribution, range, and the values at 1e-9, ½ and 1 − 1e-9, by bisection on mpmath's incomplete functions. */
const published: readonly (readonly [Resolved, number, number, readonly [number, number, number]])[] = [
  [{ kind: "beta", a: 10, b: 100 }, 0.5, 1, [0.5000000000054831, 0.5037834127148675, 0.6000780441446245]],
  [{ kind: "beta", a: 10, b: 100 }, 0.4, 1, [0.4000000000069069, 0.4047614850483387, 0.5237157155517479]],
  [{ kind: "beta", a: 2, b: 3 }, 0.999997, 1, [0.999997000000001, 0.9999976188987905, 0.9999999970000023]],
  [{ kind: "beta", a: 100, b: 10 }, 0, 0.2, [0.16189504805133664, 0.19858736115408449, 0.19999999999795456]],
  [
    { kind: "beta", a: 0.5, b: 0.5 },
    1e-12,
    1e-6,
    [1.0000019980013312e-12, 2.5050031249990624e-7, 9.999999980020006e-7],
  ],
  [{ kind: "beta", a: 300, b: 4 }, 0, 0.01, [0.009332480314597307, 0.009976919447114695, 0.009999999999966664]],
  [{ kind: "beta", a: 2, b: 2 }, 0.3, 0.9, [0.3000000006, 0.5630000636776135, 0.8999999986]],
  [{ kind: "beta", a: 20, b: 1000 }, 0.9, 0.99, [0.9000000000001003, 0.9000694370199932, 0.9020552416634041]],
  [{ kind: "gamma", shape: 2, scale: 1 }, 36, Infinity, [36.00000000102778, 36.71221326930416, 57.17581771784638]],
  [{ kind: "gamma", shape: 2, scale: 1 }, 800, Infinity, [800.0000000010012, 800.6940132389299, 820.7488397187395]],
  [
    { kind: "gamma", shape: 0.5, scale: 3 },
    1000.0,
    10000.0,
    [1000.0000000029955, 1002.0763395163984, 1062.079715258695],
  ],
  [{ kind: "gamma", shape: 50, scale: 2 }, 0, 1, [0.6584853721899794, 0.9860983244646695, 0.999999999979802]],
  [{ kind: "gamma", shape: 50, scale: 2 }, 0.001, 5, [3.247230459275131, 4.9276714824244126, 4.99999999989485]],
  [
    { kind: "gamma", shape: 1000, scale: 1 },
    2000,
    Infinity,
    [2000.000000001996, 2001.3830603727913, 2040.952843146095],
  ],
  [{ kind: "gamma", shape: 3, scale: 1 }, 1, 9, [1.0000000049661182, 2.82732601593471, 8.99999981723718]],
  [{ kind: "normal", mean: 0, sd: 1 }, 100, 101, [100.00000000001, 100.00693053875243, 100.20699774406722]],
  [{ kind: "normal", mean: 0, sd: 1 }, 30, Infinity, [30.000000000033296, 30.02307046782731, 30.682269371932033]],
  [{ kind: "normal", mean: 5, sd: 2 }, -1000, -500, [-500.1641154390827, -500.00549015874554, -500.0000000000079]],
  [{ kind: "normal", mean: 0, sd: 1 }, 38, 39, [38.0000000000263, 38.018223745586276, 38.54112466978851]],
  [
    { kind: "lognormal", median: 2, sigma: 0.5 },
    1000000000000.0,
    Infinity,
    [1000000000009.2775, 1006450566239.9205, 1211158895083.3699],
  ],
  [
    { kind: "lognormal", median: 2, sigma: 0.5 },
    1e-30,
    1e-20,
    [8.95217907413403e-21, 9.963003536585856e-21, 9.999999999946523e-21],
  ],
  [{ kind: "logitnormal", median: 0.3, sigma: 0.2 }, 0.99999, 1, [0.99999, 0.9999900223983132, 0.9999906467897328]],
  [
    { kind: "logitnormal", median: 0.3, sigma: 0.2 },
    1e-9,
    1e-6,
    [9.382410962525104e-7, 9.978649802545868e-7, 9.999999999969163e-7],
  ],
  [{ kind: "exponential", mean: 2 }, 3000, 3001, [3000.0000000007867, 3000.4381403927596, 3000.9999999987026]],
  [{ kind: "exponential", mean: 2 }, 0, 1e-17, [1.0000000000000002e-26, 5e-18, 9.999999990000001e-18]],
  [
    { kind: "triangular", low: 0, mode: 1, high: 4 },
    3.999999,
    4,
    [3.9999990000000003, 3.999999292893219, 3.9999999999683773],
  ],
  [
    { kind: "triangular", low: 0, mode: 1, high: 4 },
    0,
    1e-9,
    [3.1622776601683796e-14, 7.071067811865476e-10, 9.999999995e-10],
  ],
  [{ kind: "triangular", low: 0, mode: 1, high: 4 }, 0.5, 3, [0.5000000034166666, 1.5251262658470837, 2.999999994875]],
];

const levels = [1e-9, 0.5, 1 - 1e-9];

describe("cut to a range", () => {
  test.each(published)("%j in %d..%d", (of, low, high, values) => {
    levels.forEach((u, i) => {
      const value = values[i] as number;
      expect(Math.abs(quantile({ kind: "truncated", of, low, high }, u) / value - 1)).toBeLessThan(1e-13);
    });
  });

  // The same by integrating the density in mpmath and Newton's method.
  const large: readonly (readonly [number, number, number])[] = [
    [1e6, -5, 995007.9974974873],
    [1e6, 0, 999999.6666666864],
    [1e6, 3, 1003002.6668329755],
    [1e9, -5, 999841894.1169125],
    [1e9, 3, 1000094870.996477],
    [1e15, 0, 999999999999999.6],
    [1e15, 3, 1000000094868332.5],
  ];
  test.each(large)("a gamma of shape %d lies at %d standard scores where its value is %d", (shape, z, value) => {
    expect(Math.abs(largeGammaScore(shape, value) - z)).toBeLessThan(1e-14 * Math.sqrt(shape) + 1e-9);
  });
});

/** Families whose tail beyond x has a closed form, as a logarithm. */
const closed: readonly {
  readonly of: Resolved;
  readonly logAbove: (x: number) => number;
  readonly at: fc.Arbitrary<number>;
}[] = [
  { of: { kind: "exponential", mean: 2 }, logAbove: (x) => -x / 2, at: fc.double({ min: 0, max: 1e6, noNaN: true }) },
  {
    of: { kind: "gamma", shape: 1, scale: 3 },
    logAbove: (x) => -x / 3,
    at: fc.double({ min: 0, max: 1e5, noNaN: true }),
  },
  {
    of: { kind: "gamma", shape: 2, scale: 1 },
    logAbove: (x) => Math.log1p(x) - x,
    at: fc.double({ min: 0, max: 1e5, noNaN: true }),
  },
  {
    of: { kind: "beta", a: 1, b: 7 },
    logAbove: (x) => 7 * Math.log1p(-x),
    at: fc.double({ min: 0, max: 0.999999, noNaN: true }),
  },
  {
    of: { kind: "triangular", low: 0, mode: 0, high: 1 },
    logAbove: (x) => 2 * Math.log1p(-x),
    at: fc.double({ min: 0, max: 0.999999, noNaN: true }),
  },
];

describe("a share u of what is left beyond any point lies below the value at u", () => {
  test.each(closed)("$of", ({ of, logAbove, at }) => {
    fc.assert(
      fc.property(at, fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), (low, u) => {
        const x = quantile({ kind: "truncated", of, low, high: Infinity }, u);
        const found = -Math.expm1(logAbove(x) - logAbove(low));
        // An x is known to its last digit: what that is of u is the steepness there.
        const digit = Math.abs(logAbove(x * (1 - 1e-15)) - logAbove(x)) + Math.abs(logAbove(low)) * 4e-16;
        expect(Math.abs(found - u)).toBeLessThan(1e-12 + 8 * digit);
      }),
      { numRuns: 300, seed: 5 },
    );
  });
});

const anyCut: fc.Arbitrary<Resolved> = fc
  .record({
    of: fc.oneof(
      fc.record({
        kind: fc.constant("normal" as const),
        mean: fc.double({ min: -9, max: 9, noNaN: true }),
        sd: fc.double({ min: 0.01, max: 9, noNaN: true }),
      }),
      fc.record({
        kind: fc.constant("lognormal" as const),
        median: fc.double({ min: 0.01, max: 99, noNaN: true }),
        sigma: fc.double({ min: 0.01, max: 3, noNaN: true }),
      }),
      fc.record({
        kind: fc.constant("logitnormal" as const),
        median: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        sigma: fc.double({ min: 0.01, max: 3, noNaN: true }),
      }),
      fc.record({
        kind: fc.constant("gamma" as const),
        shape: fc.double({ min: 0.05, max: 500, noNaN: true }),
        scale: fc.double({ min: 0.1, max: 10, noNaN: true }),
      }),
      fc.record({
        kind: fc.constant("beta" as const),
        a: fc.double({ min: 0.05, max: 500, noNaN: true }),
        b: fc.double({ min: 0.05, max: 500, noNaN: true }),
      }),
      fc.record({ kind: fc.constant("exponential" as const), mean: fc.double({ min: 0.01, max: 99, noNaN: true }) }),
    ),
    low: fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
    width: fc.oneof(fc.double({ min: 1e-9, max: 1e6, noNaN: true }), fc.double({ min: 1e-6, max: 1, noNaN: true })),
  })
  .map(({ of, low, width }) => ({ kind: "truncated", of, low, high: low + width }));

it("the value rises with u, stays in the range, and columns have the same bits", () => {
  fc.assert(
    fc.property(anyCut, (d) => {
      if (d.kind !== "truncated") return;
      const us = [1e-15, 1e-9, 0.01, 0.3, 0.5, 0.7, 0.99, 1 - 1e-9, 1 - 1e-15];
      const xs = us.map((u) => quantile(d, u));
      expect([...quantileColumn(d, Float64Array.from(us), scalarMath)]).toEqual(xs);
      const hasSupport =
        d.of.kind === "normal" || (d.high > 0 && (d.low < 1 || (d.of.kind !== "beta" && d.of.kind !== "logitnormal")));
      if (!hasSupport) {
        expect(xs).toEqual(us.map(() => NaN));
        return;
      }
      xs.forEach((x, i) => {
        expect(x).toBeGreaterThanOrEqual(d.low);
        expect(x).toBeLessThanOrEqual(d.high);
        const before = xs[i - 1] ?? -Infinity;
        expect(x).toBeGreaterThanOrEqual(before - 1e-12 * Math.abs(before));
      });
    }),
    { numRuns: 600, seed: 8 },
  );
});

const inOnePoint: readonly (readonly [Resolved, number])[] = [
  [{ kind: "normal", mean: 3, sd: 0 }, 3],
  [{ kind: "exponential", mean: 0 }, 0],
  [{ kind: "constant", value: 2 }, 2],
];
test.each(inOnePoint)("%j is its point where the range holds it, and no distribution where not", (of, value) => {
  expect(quantile({ kind: "truncated", of, low: value - 1, high: value + 1 }, 0.3)).toBe(value);
  expect(quantile({ kind: "truncated", of, low: value + 1, high: value + 2 }, 0.3)).toBeNaN();
});
