/** Disputed codings: the range found is that of trying every coding, and clusters are drawn whole. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusterBootstrap } from "#evidence/bootstrap.ts";
import { overCodings, type Contribution } from "#evidence/codings.ts";
import { Refused } from "#text/refused.ts";

const share = ([x, n]: readonly number[]): number => (x ?? 0) / (n ?? 0);

/** Tries them one by one. */
function enumerated(cases: readonly (readonly Contribution[])[]): readonly number[] {
  const all = cases.reduce<readonly (readonly number[])[]>(
    (totals, ways) => totals.flatMap((t) => ways.map((w) => [(t[0] ?? 0) + (w[0] ?? 0), (t[1] ?? 0) + (w[1] ?? 0)])),
    [[0, 0]],
  );
  return all.map(share).filter((v) => !Number.isNaN(v));
}

describe("codings in dispute", () => {
  const way = fc.constantFrom<Contribution>([0, 0], [0, 1], [1, 1]);
  it("span exactly what trying every one of them spans", () => {
    fc.assert(
      fc.property(fc.array(fc.array(way, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 7 }), (cases) => {
        const values = enumerated(cases);
        const range = overCodings(cases, share);
        expect(range === null ? [] : [range.low, range.high]).toEqual(
          values.length === 0 ? [] : [Math.min(...values), Math.max(...values)],
        );
        expect(range?.codings ?? 0).toBe(
          values.length === 0 ? 0 : cases.reduce((n, ways) => n * new Set(ways.map(String)).size, 1),
        );
        expect(range?.disputed ?? 0).toBe(
          values.length === 0 ? 0 : cases.filter((ways) => new Set(ways.map(String)).size > 1).length,
        );
      }),
    );
  });

  it("stay exact for 60 disputes, where the codings are 2^60", () => {
    const cases = Array.from({ length: 60 }, (): readonly Contribution[] => [
      [0, 1],
      [1, 1],
    ]);
    expect(overCodings(cases, share)).toMatchObject({ low: 0, high: 1, codings: 2 ** 60, disputed: 60 });
  });
});

describe("a bootstrap over clusters", () => {
  // A fixed sequence of low discrepancy in place of luck.
  const uniform = (b: number, i: number): number => (0.5 + (b * 7919 + i * 104729) * 0.6180339887498949) % 1;
  const clusters = ["a", "a", "a", "b", "c", "c", "d", "e", "e", "f"];
  const values = [1, 1, 1, 0, 1, 1, 0, 0, 0, 1];
  const mean = (times: Float64Array): number => {
    const total = times.reduce((a, b) => a + b, 0);
    return times.reduce((sum, t, i) => sum + t * (values[i] ?? 0), 0) / total;
  };

  it("counts all of a cluster's cases alike and gives the same twice", () => {
    const seen = clusterBootstrap(
      clusters,
      (times) => {
        expect(times[0]).toBe(times[2]);
        expect(times[4]).toBe(times[5]);
        return mean(times);
      },
      uniform,
      200,
    );
    expect(seen).toEqual(clusterBootstrap(clusters, mean, uniform, 200));
    expect(seen.clusters).toBe(6);
    expect(seen.interval.low).toBeLessThan(0.6);
    expect(seen.interval.high).toBeGreaterThan(0.6);
  });

  it("of clusters of one case each has the binomial's error, within 5 %", () => {
    const n = 40;
    const single = Array.from({ length: n }, (_, i) => `${i}`);
    const se = clusterBootstrap(
      single,
      (times) => times.reduce((sum, t, i) => sum + (i < 12 ? t : 0), 0) / n,
      // Hash of Jenkins' kind: well mixed, and the same everywhere.
      (b, i) => {
        let h = Math.imul(b + 1, 0x9e3779b1) ^ Math.imul(i + 1, 0x85ebca77);
        h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
        h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
        return ((h ^ (h >>> 15)) >>> 0) / 2 ** 32;
      },
      4000,
    ).se;
    expect(se / Math.sqrt((0.3 * 0.7) / n)).toBeCloseTo(1, 1);
  });

  it("needs two clusters", () => {
    expect(() => clusterBootstrap(["a", "a"], mean, uniform)).toThrow(Refused);
  });
});
