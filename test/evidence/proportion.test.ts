/** Intervals and tests of counts against textbook values and SciPy 1.17 (scipy.stats), to the digits given. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bayesFactorAtLeast, chanceAtLeast } from "#evidence/beta-binomial.ts";
import { proportion, wilson } from "#evidence/proportion.ts";
import { rate as rateBy } from "#evidence/rate.ts";
import { quantile } from "#kernel/quantiles.ts";
import { fisherExact, twoGroups, type TwoGroups } from "#evidence/two-groups.ts";
import { Refused } from "#text/refused.ts";

/** The chance of x in n, by products: the coverage of an interval is a sum of these. */
function binomialChance(x: number, n: number, p: number): number {
  let chance = (1 - p) ** (n - x);
  for (let i = 1; i <= x; i++) chance *= ((n - x + i) / i) * p;
  return chance;
}

const rate = (events: number, exposure: number, level?: number): ReturnType<typeof rateBy> =>
  rateBy(events, exposure, (p, shape) => quantile({ kind: "gamma", shape, scale: 1 }, p), level);

describe("a share", () => {
  // The exact and Jeffreys ends as beta quantiles by Simpson's rule and bisection, Wilson's from its formula.
  const known: readonly (readonly [number, number, readonly number[]])[] = [
    [0, 10, [0, 0.308497, 0, 0.277533, 0, 0.217196]],
    [3, 20, [0.032071, 0.378927, 0.052369, 0.360419, 0.044131, 0.348578]],
    [7, 10, [0.347547, 0.93326, 0.396778, 0.892209, 0.394182, 0.907305]],
  ];
  for (const [x, n, ends] of known)
    it(`of ${x} in ${n} has its three intervals`, () => {
      const { exact, wilson, jeffreys } = proportion(x, n);
      const found = [exact.low, exact.high, wilson.low, wilson.high, jeffreys.low, jeffreys.high];
      found.forEach((end, i) => expect(end).toBeCloseTo(ends[i] ?? NaN, 6));
    });

  it("mirrors: what holds of x in n holds of n − x turned round", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.nat(), (n, k) => {
        const [a, b] = [proportion(k % (n + 1), n), proportion(n - (k % (n + 1)), n)];
        for (const method of ["exact", "wilson", "jeffreys"] as const) {
          expect(a[method].low).toBeCloseTo(1 - b[method].high, 9);
          expect(a[method].low).toBeLessThanOrEqual(a.share);
          expect(a[method].high).toBeGreaterThanOrEqual(a.share);
        }
      }),
    );
  });

  it("of no case is unknown, and of an impossible count an error", () => {
    expect(proportion(0, 0)).toMatchObject({ share: NaN, exact: { low: 0, high: 1 } });
    expect(() => proportion(3, 2)).toThrow(Refused);
  });
});

describe("a posterior", () => {
  it("of 'at least 95 %' after 2 of 9 and after 9 of 9", () => {
    expect(bayesFactorAtLeast(2, 9, 0.95) / 3.0496484e-8).toBeCloseTo(1, 6);
    expect(bayesFactorAtLeast(9, 9, 0.95)).toBeCloseTo(12.733469, 5);
    expect(chanceAtLeast(9, 9, 0.95)).toBeCloseTo(1 - 0.95 ** 10, 9);
  });

  it("never says of nothing that it bears anything out", () => {
    expect(bayesFactorAtLeast(0, 0, 0.3)).toBeCloseTo(1, 12);
  });
});

describe("a rate", () => {
  it("of 5 wars in 76 years, and of none in 10", () => {
    const five = rate(5, 76);
    expect(five.exact.low).toBeCloseTo(0.0213617, 6);
    expect(five.exact.high).toBeCloseTo(0.1535307, 6);
    expect(rate(5, 76, 0.9).jeffreys.low).toBeCloseTo(0.0300975, 6);
    expect(rate(5, 76, 0.9).jeffreys.high).toBeCloseTo(0.1294417, 6);
    expect(rate(0, 10).exact).toMatchObject({ low: 0 });
    expect(rate(0, 10).exact.high).toBeCloseTo(0.3688879, 6);
  });

  it("of a thousand events in 50 years, as R's qgamma has it", () => {
    const { exact, jeffreys } = rate(1000, 50);
    expect(exact.low).toBeCloseTo(18.7794603681539, 9);
    expect(exact.high).toBeCloseTo(21.279042720326, 9);
    expect(jeffreys.low).toBeCloseTo(18.7891504828834, 9);
    expect(jeffreys.high).toBeCloseTo(21.2687329111306, 9);
  });
});

describe("two groups", () => {
  it("differ as in Newcombe 1998, table II(a), method 10: 56 of 70 against 48 of 80", () => {
    const { difference, differenceInterval } = twoGroups(56, 70, 48, 80);
    expect(difference).toBeCloseTo(0.2, 12);
    expect(differenceInterval.low).toBeCloseTo(0.0524, 4);
    expect(differenceInterval.high).toBeCloseTo(0.3339, 4);
  });

  it("are tested as by Fisher: the lady's tea, and counts of war", () => {
    expect(fisherExact(3, 4, 1, 4)).toBeCloseTo(0.4857143, 7);
    expect(fisherExact(2, 9, 0, 36)).toBeCloseTo(0.0363636, 7);
    expect(fisherExact(15, 94, 6, 128)).toBeCloseTo(0.0054875, 7);
  });

  it("have the ratio of Fagerland, Lydersen & Laake 2015, MOVER-R Wilson: 7 of 34 against 1 of 34", () => {
    const { ratio, ratioInterval } = twoGroups(7, 34, 1, 34);
    expect([ratio, ratioInterval.low, ratioInterval.high].map((x) => Number(x.toPrecision(3)))).toEqual([7, 1.15, 42]);
  });

  it("have no certain ratio where all of either are so: Wilson's limit, and its inverse", () => {
    const { ratioInterval } = twoGroups(3, 3, 2, 2);
    expect(ratioInterval.low).toBeCloseTo(wilson(3, 3).low, 12);
    expect(ratioInterval.high).toBeCloseTo(1 / wilson(2, 2).low, 12);
  });

  it("have intervals of difference and ratio that hold what is true as often as they say", () => {
    const shares = [0.05, 0.2, 0.5, 0.7, 0.97];
    const sizes = [5, 20, 40];
    const chances = (n: number, p: number): readonly number[] =>
      Array.from({ length: n + 1 }, (_, x) => binomialChance(x, n, p));
    const covered = sizes.flatMap((n1) =>
      sizes.flatMap((n2) => {
        const found = Array.from({ length: (n1 + 1) * (n2 + 1) }, (_, i) =>
          twoGroups(i % (n1 + 1), n1, Math.floor(i / (n1 + 1)), n2),
        );
        return shares.flatMap((p1) =>
          shares.map((p2) => {
            const [first, second] = [chances(n1, p1), chances(n2, p2)];
            const share = (holds: (g: TwoGroups) => boolean): number =>
              found.reduce(
                (sum, g, i) =>
                  holds(g) ? sum + (first[i % (n1 + 1)] ?? 0) * (second[Math.floor(i / (n1 + 1))] ?? 0) : sum,
                0,
              );
            return [
              share(({ ratioInterval: r }) => r.low <= p1 / p2 && p1 / p2 <= r.high),
              share(({ differenceInterval: d }) => d.low <= p1 - p2 && p1 - p2 <= d.high),
            ] as const;
          }),
        );
      }),
    );
    // Of counts as small as five no interval covers exactly; Newcombe's own tables have such lows.
    for (const [which, least] of [
      [0, 0.9],
      [1, 0.88],
    ] as const) {
      const of = covered.map((c) => c[which]);
      expect(Math.min(...of)).toBeGreaterThan(least);
      expect(of.reduce((a, b) => a + b) / of.length).toBeGreaterThan(0.945);
    }
  });

  it("leave the ratio open where the second has none, and from 0 where the first has none", () => {
    expect(twoGroups(2, 9, 0, 36)).toMatchObject({ ratio: Infinity, ratioInterval: { high: Infinity } });
    expect(twoGroups(0, 9, 3, 36).ratioInterval).toMatchObject({ low: 0 });
    expect(() => twoGroups(0, 0, 1, 2)).toThrow(Refused);
  });
});
