/** Verdicts from intervals: on, above and below every border; the interval against closed forms; what pays for looks. */

import { describe, expect, it } from "vitest";
import { intervalFor } from "#analysis/figures/interval.ts";
import { looksFor, mostWork, mostWorlds, onlyLook } from "#analysis/answers/looks.ts";
import {
  distanceFromLine,
  isSettled,
  judge,
  judgeKnown,
  judgeOnce,
  sureness,
  widthFor,
} from "#analysis/verdicts/verdict.ts";
import { normalQuantile } from "#kernel/normal.ts";
import { keyOf, uniform } from "#kernel/philox.ts";
import { checked } from "../model/checked.ts";

const by5 = { threshold: 5, allowsEqual: false };
const strict = { threshold: 0, allowsEqual: false };
const orEqual = { threshold: 0, allowsEqual: true };

describe("a verdict is given when the whole interval lies in its region", () => {
  const cases: readonly (readonly [number, number, typeof by5, string])[] = [
    [5, 9, by5, "holds"],
    [4.999, 9, by5, "too close to call"],
    [-4.999, 4.999, by5, "no material difference"],
    [-4.999, 5, by5, "too close to call"],
    [-5, 4.999, by5, "does not hold"],
    [-9, -5, by5, "fails"],
    [-9, -4.999, by5, "does not hold"],
    [-9, 9, by5, "too close to call"],
    [0.001, 1, strict, "holds"],
    [0, 1, strict, "too close to call"],
    [0, 0, strict, "no material difference"],
    [-1, 0, strict, "does not hold"],
    [-1, -0.001, strict, "fails"],
    [-1, 1, strict, "too close to call"],
    [0, 1, orEqual, "holds"],
    [0, 0, orEqual, "holds"],
    [-1, 0, orEqual, "too close to call"],
    [-1, -0.001, orEqual, "fails"],
    [Number.NaN, 1, by5, "not told"],
    [-Infinity, Infinity, by5, "not told"],
  ];
  for (const [low, high, line, wanted] of cases)
    it(`${low} to ${high}, threshold ${line.threshold}${line.allowsEqual ? ", or equal" : ""}: ${wanted}`, () =>
      expect(judge({ low, high }, line)).toBe(wanted));

  it("from an estimate: 99 in 100 of a normal lie within 2.5758 errors (tables)", () => {
    expect(widthFor(0.01)).toBeCloseTo(2.5758293, 6);
    expect(widthFor(0.05)).toBeCloseTo(1.959964, 6);
    // What every text calls two standard errors.
    expect(sureness).toBe(2);
    expect(judgeOnce(5 + 2.576, 1, by5)).toBe("holds");
    expect(judgeOnce(5 + 2.575, 1, by5)).toBe("too close to call");
    expect(judgeOnce(5 - 2.576, 1, by5)).toBe("no material difference");
    expect(judgeOnce(5 - 2.575, 1, by5)).toBe("too close to call");
    expect(judgeOnce(5 + 2 * 2.576, 2, by5)).toBe("holds");
    expect(judgeOnce(5 + 2 * 2.575, 2, by5)).toBe("too close to call");
    expect(judgeOnce(-5 - 2.576, 1, by5)).toBe("fails");
    expect(judgeOnce(-5 - 2.575, 1, by5)).toBe("does not hold");
  });

  it("of a margin known without error", () => {
    expect([6, 5, 4.9, -4.9, -5].map((m) => judgeKnown(m, 5))).toEqual([
      "holds",
      "holds",
      "no material difference",
      "no material difference",
      "fails",
    ]);
    expect([1, 0, -1].map((m) => judgeKnown(m, 0))).toEqual(["holds", "no material difference", "fails"]);
  });

  it("says what is settled, and how far from the nearest border a margin is", () => {
    expect(
      ["holds", "fails", "no material difference", "does not hold", "too close to call", "not told"].map((v) =>
        isSettled(v as never),
      ),
    ).toEqual([true, true, true, false, false, false]);
    expect([7, 4, -4, -7].map((m) => distanceFromLine(m, by5))).toEqual([2, 1, 1, 2]);
    expect(distanceFromLine(-3, strict)).toBe(3);
  });
});

describe("the interval", () => {
  /** A share k of n: every run's influence is 0 or 1 less the share. */
  const ofCount = (k: number, n: number, missed: number): { readonly low: number; readonly high: number } => {
    const p = k / n;
    const reach = k === 0 ? 1 : ((1 - p) ** 3 * p + p ** 3 * (1 - p)) / (p * (1 - p));
    const se = Math.sqrt((p * (1 - p)) / (n - 1));
    return intervalFor({ margin: p, se, tail: { reach, isEven: k === 0 }, runs: n, missed });
  };

  it("covers the exact limits of a rare count (Garwood 1936, chi-squared tables: 99 % of 0, 1, 5 and 20 events)", () => {
    for (const [k, low, high] of [
      [0, 0, 5.298],
      [1, 0.005, 7.43],
      [5, 1.078, 14.15],
      [20, 10.35, 34.67],
    ] as const) {
      const found = ofCount(k, 100_000, 0.01);
      expect(1e5 * found.high).toBeGreaterThan(high);
      expect(1e5 * found.low).toBeLessThan(low);
      expect(1e5 * found.high).toBeLessThan(high + 4);
    }
  });

  it("is the normal's where there are many runs", () => {
    const found = ofCount(50_000, 100_000, 0.05);
    expect(found.high - 0.5).toBeCloseTo(1.959964 * Math.sqrt(0.25 / 99_999), 4);
    expect(found.high + found.low).toBeCloseTo(1, 12);
  });

  it("is a point where nothing could differ", () =>
    expect(intervalFor({ margin: 3, se: 0, tail: { reach: 0, isEven: true }, runs: 10, missed: 0.01 })).toEqual({
      low: 3,
      high: 3,
    }));
});

describe("looks", () => {
  const model = checked(
    'case t "T?"\nunknown u : number ~ uniform(0, 1)\noutcome x = u < 0.5\nconclusion k "K": chance(x) > 40%\n',
  );
  const comparison = model.conclusions[0]?.comparison;
  if (comparison === undefined) throw new Error("no conclusion");

  it("double up to the cap, and spend in all what one look may", () => {
    const looks = looksFor(model, [comparison], 2048);
    expect(looks.map((l) => l.worlds)).toEqual([2048, 4096, 8192, 16_384, 32_768, 65_536]);
    expect(looks.at(-1)?.worlds).toBe(mostWorlds);
    expect(looks.reduce((s, l) => s + l.missed, 0)).toBeCloseTo(onlyLook(1).missed, 15);
    expect(looks[0]?.missed).toBeCloseTo(0.01 / 32, 15);
  });

  it("wrongly settle fewer than 1 of 100 margins that lie exactly on the line: 4,000 sequences of binomial counts", () => {
    // A chance of .3 is 10 points above .2: holds and no material difference are equally near.
    const line = { threshold: 0.1, allowsEqual: false };
    const chance = 0.3;
    const looks = looksFor(model, [comparison], 2048);
    const normal = (sequence: number, look: number): number =>
      normalQuantile(uniform(1, keyOf("sequence"), sequence, look));
    let settled = 0;
    for (let s = 0; s < 4000; s++) {
      let [count, runs] = [0, 0];
      for (const [i, { worlds, missed }] of looks.entries()) {
        const more = worlds - runs;
        count += Math.round(more * chance + normal(s, i) * Math.sqrt(more * chance * (1 - chance)));
        runs = worlds;
        const p = count / runs;
        const reach = (1 - p) ** 2 + p ** 2;
        const se = Math.sqrt((p * (1 - p)) / (runs - 1));
        const verdict = judge(intervalFor({ margin: p - 0.2, se, tail: { reach, isEven: false }, runs, missed }), line);
        if (!isSettled(verdict)) continue;
        settled++;
        break;
      }
    }
    // At most 1 of 100, and not none: looks that never settle would pass too.
    expect(settled).toBeLessThan(40);
    expect(settled).toBeGreaterThan(8);
  });

  it("stop where the work of one more would pass what is allowed", () => {
    const slow = {
      ...model,
      time: { ...checked('case t "T?"\ntime 0 to 1 by day\n').time, steps: 100_000 } as typeof model.time,
    };
    const most = looksFor(slow, [comparison], 256).at(-1)?.worlds ?? 0;
    const equations = model.unknowns.length + model.outcomes.length - 1;
    expect(most * 100_000 * equations).toBeLessThanOrEqual(mostWork);
    expect(2 * most * 100_000 * equations).toBeGreaterThan(mostWork);
  });
});
