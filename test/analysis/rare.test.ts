/** When a condition is met by too few runs for a figure: fewer than 30, or than 1 in 100 of those asked. */

import { expect, it } from "vitest";
import { isTooRare } from "#analysis/figures/estimate.ts";

it("asks for 30 runs and for 1 run in 100, whichever is more, of a figure that has a condition", () => {
  const rare = (runs: number, outOf: number): boolean => isTooRare({ value: 0.5, runs, outOf, unseen: 0 });
  expect([rare(29, 100), rare(30, 100)]).toEqual([true, false]);
  expect([rare(30, 3000), rare(30, 3001)]).toEqual([false, true]);
  expect([rare(99, 10_000), rare(100, 10_000)]).toEqual([true, false]);
  // Without a condition every run counts, however few there are.
  expect(rare(5, 5)).toBe(false);
});
