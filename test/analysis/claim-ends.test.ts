/** Where a verdict turns along one claim's credence: a line's crossings, as far as the runs at both ends are sure of them. */

import { expect, it } from "vitest";
import { isOpenAtEnd, turnsOf, type ClaimEnds } from "#analysis/carries/claim-ends.ts";
import { judge } from "#analysis/verdicts/verdict.ts";

/** Known to within `half`. */
function end(margin: number, threshold: number, half = 0): ClaimEnds["on"] {
  const interval = { low: margin - half, high: margin + half };
  return { margin, se: half / 2.576, ...interval, verdict: judge(interval, { threshold, allowsEqual: false }) };
}

function ends(off: number, on: number, threshold: number, half = 0): ClaimEnds {
  return { claim: "a", credence: 0.9, off: end(off, threshold, half), on: end(on, threshold, half) };
}

it("finds the crossing of a line, and what lies beyond it", () => {
  // −0.02 + 0.1·q = 0.05 at q = 0.7.
  const [turn] = turnsOf(ends(-0.02, 0.08, 0.05), 0.05, true);
  expect(turn?.at).toBeCloseTo(0.7, 12);
  expect(turn?.to).toBe("no material difference");
});

it("finds both crossings where the verdict goes through no difference to its opposite", () => {
  // −0.1 + 0.2·q crosses 0.05 at 0.75 and −0.05 at 0.25; from 0.9 the nearer comes first.
  const turns = turnsOf(ends(-0.1, 0.1, 0.05), 0.05, true);
  expect(turns.map((t) => [Math.round(t.at * 100), t.to])).toEqual([
    [75, "no material difference"],
    [25, "fails"],
  ]);
});

it("tells a sign where anything matters", () => {
  expect(turnsOf({ ...ends(-0.02, 0.08, 0), credence: 0.1 }, 0, true)).toEqual([
    { at: expect.closeTo(0.2, 12), to: "holds" },
  ]);
});

it("tells nothing where the line does not cross, is none, or is not known", () => {
  expect(turnsOf(ends(0.06, 0.08, 0.05), 0.05, true)).toEqual([]);
  expect(turnsOf(ends(-0.02, 0.08, 0.05), 0.05, false)).toEqual([]);
  expect(turnsOf(ends(Number.NaN, 0.08, 0.05), 0.05, true)).toEqual([]);
  expect(turnsOf(ends(-0.02, -0.02, 0.05), 0.05, true)).toEqual([]);
});

it("reports no crossing that noise may have made: the whole interval of each end must lie beyond the line", () => {
  // Off 0.02 below the line, on 0.03 above it: sure to 0.015, open to 0.025 of each.
  expect(turnsOf(ends(0.03, 0.08, 0.05, 0.015), 0.05, true).length).toBe(1);
  expect(turnsOf(ends(0.03, 0.08, 0.05, 0.025), 0.05, true)).toEqual([]);
  expect(turnsOf(ends(0.08, 0.03, 0.05, 0.025), 0.05, true)).toEqual([]);
  expect(turnsOf(ends(0.02, 0.07, 0.05, 0.025), 0.05, true)).toEqual([]);
  // On the line itself nothing is established.
  expect(turnsOf(ends(0.05, 0.08, 0.05), 0.05, true)).toEqual([]);
});

it("says of which ends the runs leave open where they lie", () => {
  expect(isOpenAtEnd(ends(0.03, 0.08, 0.05, 0.015), 0.05)).toBe(false);
  expect(isOpenAtEnd(ends(0.03, 0.08, 0.05, 0.025), 0.05)).toBe(true);
  expect(isOpenAtEnd(ends(0.08, 0.03, 0.05, 0.025), 0.05)).toBe(true);
  expect(isOpenAtEnd(ends(-0.07, 0.2, 0.05, 0.025), 0.05)).toBe(true);
  expect(isOpenAtEnd(ends(-0.07, 0.2, 0, 0.025), 0)).toBe(false);
});
