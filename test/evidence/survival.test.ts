/** Survival against R's `aml` example (survival package: survfit, survdiff; the log-rank also by SciPy 1.17) and closed forms. */

import { describe, expect, it } from "vitest";
import { incidenceAt } from "#evidence/competing.ts";
import { kaplanMeier, logRank, survivalAt, type WatchedCase } from "#evidence/survival.ts";
import { Refused } from "#text/refused.ts";

const watched = (times: readonly number[], causes: readonly number[]): readonly WatchedCase[] =>
  times.map((time, i) => ({ time, cause: causes[i] ?? 0, weight: 1 }));

/** Acute myelogenous leukaemia, weeks (Miller 1981): maintained and not. */
const maintained = watched([9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161], [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0]);
const not = watched([5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45], [1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1]);

describe("survival", () => {
  it("steps as survfit does, with Greenwood's errors", () => {
    const steps = kaplanMeier(maintained);
    expect(steps.map((s) => [s.time, s.atRisk])).toEqual([
      [9, 11],
      [13, 10],
      [18, 8],
      [23, 7],
      [31, 5],
      [34, 4],
      [48, 2],
    ]);
    const survival = [0.909, 0.818, 0.716, 0.614, 0.491, 0.368, 0.184];
    const errors = [0.0867, 0.1163, 0.1397, 0.1526, 0.1642, 0.1627, 0.1535];
    steps.forEach((s, i) => {
      expect(s.survival).toBeCloseTo(survival[i] ?? NaN, 3);
      expect(s.se).toBeCloseTo(errors[i] ?? NaN, 4);
    });
  });

  it("has R's binom.test(0, 10) where nothing happened to ten", () => {
    const ten = watched(
      Array.from({ length: 10 }, () => 5),
      [],
    );
    expect(survivalAt(ten, 4).interval.low).toBeCloseTo(1 - 0.3084971, 6);
    expect(survivalAt(ten, 4, 0.9).interval.low).toBeCloseTo(1 - 0.2588656, 6);
    expect(survivalAt(ten, 6).interval).toEqual({ low: 0, high: 1 });
  });

  it("has the log(−log) interval of SciPy at 18 and 48 weeks", () => {
    const at18 = survivalAt(maintained, 20);
    expect(at18.interval.low).toBeCloseTo(0.3501904, 6);
    expect(at18.interval.high).toBeCloseTo(0.899024, 6);
    expect(at18.atRisk).toBe(7);
    expect(survivalAt(maintained, 48).interval.low).toBeCloseTo(0.0117385, 6);
    expect(survivalAt(maintained, 5)).toMatchObject({ value: 1, se: 0 });
  });

  it("differs between the groups: chi-squared 3.39639, p 0.0653", () => {
    const test = logRank(maintained, not);
    expect(test.chiSquared).toBeCloseTo(3.39639, 5);
    expect(test.p).toBeCloseTo(0.0653393, 6);
    expect(test.groups.map((g) => g.observed)).toEqual([7, 11]);
    expect(test.groups[0]?.expected).toBeCloseTo(10.69, 2);
  });

  it("counts a case of weight 3 as three", () => {
    const three = maintained.flatMap((c) => [c, c, c]);
    const weighted = maintained.map((c) => ({ ...c, weight: 3 }));
    expect(survivalAt(weighted, 30)).toEqual(survivalAt(three, 30));
  });

  it("counts as at risk beyond a time only those watched longer than that, each by its weight", () => {
    // Of 11, one is watched to 9 and two to 13.
    expect(survivalAt(maintained, 13).atRisk).toBe(8);
    expect(survivalAt(maintained, 12).atRisk).toBe(10);
    expect(survivalAt(maintained, 161).atRisk).toBe(0);
    const double = maintained.map((c) => ({ ...c, weight: 2 }));
    expect(survivalAt(double, 13).atRisk).toBe(16);
    expect(incidenceAt(double, 1, 13).atRisk).toBe(16);
    expect(incidenceAt(maintained, 1, 12).atRisk).toBe(10);
    // Just before 13 all but the one of week 9 are.
    expect(kaplanMeier(double)[1]).toMatchObject({ time: 13, atRisk: 20 });
  });

  it("has nothing to compare where nothing happened", () => {
    expect(() => logRank(watched([1, 2], [0, 0]), watched([3], [0]))).toThrow(Refused);
  });
});

describe("incidence", () => {
  it("with nothing in its way is one less survival, and its error Greenwood's", () => {
    for (const time of [9, 20, 33]) {
      const [f, s] = [incidenceAt(maintained, 1, time), survivalAt(maintained, time)];
      expect(f.value).toBeCloseTo(1 - s.value, 12);
      expect(f.se).toBeCloseTo(s.se, 12);
      expect(f.interval.low).toBeCloseTo(1 - s.interval.high, 12);
    }
  });

  it("of competing causes adds up to all that happened, and by hand to 1/5 + 3/5·1/2", () => {
    // Five cases: cause 1 at 1, cause 2 at 2, cut off at 2, cause 1 at 3, cut off at 4.
    const cases = watched([1, 2, 2, 3, 4], [1, 2, 0, 1, 0]);
    expect(incidenceAt(cases, 1, 3).value).toBeCloseTo(1 / 5 + (3 / 5) * (1 / 2), 12);
    expect(incidenceAt(cases, 2, 3).value).toBeCloseTo((4 / 5) * (1 / 4), 12);
    expect(incidenceAt(cases, 1, 3).value + incidenceAt(cases, 2, 3).value + survivalAt(cases, 3).value).toBeCloseTo(
      1,
      12,
    );
  });

  it("without cutting off has the binomial's error", () => {
    const cases = watched([1, 1, 2, 2, 3, 3, 4, 4, 5, 5], [1, 2, 1, 1, 2, 2, 1, 2, 1, 1]);
    // Four of ten by time 2.5, one of them of cause 2.
    expect(incidenceAt(cases, 1, 2.5).value).toBeCloseTo(0.3, 12);
    expect(incidenceAt(cases, 1, 2.5).se).toBeCloseTo(Math.sqrt((0.3 * 0.7) / 10), 9);
  });
});
