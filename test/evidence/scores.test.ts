/** Scores against Brier's own table of 1950, Murphy's identity, and sums by hand. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brier, calibration, logScore, murphy, skill, type Scored } from "#evidence/scores.ts";

const scored = (chances: readonly number[], outcomes: readonly number[]): readonly Scored[] =>
  chances.map((chance, i) => ({ chance, outcome: outcomes[i] === 1 ? 1 : 0 }));

/** Brier 1950, table 1: ten forecasts of rain. His score sums over rain and no rain, so it is twice ours. */
const rain = scored([0.7, 0.9, 0.8, 0.4, 0.2, 0, 0, 0, 0, 0.1], [0, 1, 1, 1, 0, 0, 0, 0, 0, 0]);

describe("scores", () => {
  it("give Brier's 0.19 for his table", () => {
    expect(2 * brier(rain)).toBeCloseTo(0.19, 12);
  });

  it("give the log score by hand, and Infinity for the impossible that happened", () => {
    expect(logScore(scored([0.5, 0.25], [1, 0]))).toBeCloseTo((Math.LN2 + Math.log(4 / 3)) / 2, 12);
    expect(logScore(scored([0], [1]))).toBe(Infinity);
  });

  it("measure skill against a reference", () => {
    expect(skill(0.1, 0.25)).toBeCloseTo(0.6, 12);
    expect(skill(0.1, 0)).toBeNaN();
  });

  it("decompose as Murphy's: by hand, and adding up for any forecasts", () => {
    // Four at 20 %, one of them came; four at 80 %, all came.
    const eight = scored([0.2, 0.2, 0.2, 0.2, 0.8, 0.8, 0.8, 0.8], [1, 0, 0, 0, 1, 1, 1, 1]);
    const { reliability, resolution, uncertainty } = murphy(eight);
    expect(reliability).toBeCloseTo((0.05 ** 2 + 0.2 ** 2) / 2, 12);
    expect(resolution).toBeCloseTo(0.375 ** 2, 12);
    expect(uncertainty).toBeCloseTo((5 / 8) * (3 / 8), 12);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 10 }), fc.boolean()), { minLength: 1, maxLength: 50 }),
        (all) => {
          const some = scored(
            all.map(([k]) => k / 10),
            all.map(([, came]) => (came ? 1 : 0)),
          );
          const parts = murphy(some);
          expect(parts.reliability - parts.resolution + parts.uncertainty).toBeCloseTo(brier(some), 10);
        },
      ),
    );
  });

  it("put forecasts into stretches, with an interval of what came of them", () => {
    const bins = calibration(rain, 5);
    expect(bins.map((b) => [b.low, b.forecasts, b.came])).toEqual([
      [0, 5, 0],
      [0.2, 1, 0],
      [0.4, 1, 1],
      [0.6, 1, 0],
      [0.8, 2, 2],
    ]);
    expect(bins[0]?.interval.low).toBe(0);
    expect(calibration(scored([1], [1]))[0]).toMatchObject({ low: 0.9, share: 1 });
  });
});
