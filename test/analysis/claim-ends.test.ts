/** Where a verdict turns along one claim's credence: a line's crossings. */

import { expect, it } from "vitest";
import { turnsOf } from "#analysis/carries/claim-ends.ts";

const ends = { claim: "a", credence: 0.9, off: -0.02, on: 0.08, se: 0 };

it("finds the crossing of a line, and what lies beyond it", () => {
  // −0.02 + 0.1·q = 0.05 at q = 0.7.
  const [turn] = turnsOf(ends, 0.05, true);
  expect(turn?.at).toBeCloseTo(0.7, 12);
  expect(turn?.to).toBe("no material difference");
});

it("finds both crossings where the verdict goes through no difference to its opposite", () => {
  // −0.1 + 0.2·q crosses 0.05 at 0.75 and −0.05 at 0.25; from 0.9 the nearer comes first.
  const turns = turnsOf({ ...ends, off: -0.1, on: 0.1 }, 0.05, true);
  expect(turns.map((t) => [Math.round(t.at * 100), t.to])).toEqual([
    [75, "no material difference"],
    [25, "fails"],
  ]);
});

it("tells a sign where anything matters", () => {
  expect(turnsOf({ ...ends, credence: 0.1 }, 0, true)).toEqual([{ at: expect.closeTo(0.2, 12), to: "holds" }]);
});

it("tells nothing where the line does not cross, is none, or is not known", () => {
  expect(turnsOf({ ...ends, off: 0.06 }, 0.05, true)).toEqual([]);
  expect(turnsOf(ends, 0.05, false)).toEqual([]);
  expect(turnsOf({ ...ends, off: Number.NaN }, 0.05, true)).toEqual([]);
  expect(turnsOf({ ...ends, on: -0.02 }, 0.05, true)).toEqual([]);
});
