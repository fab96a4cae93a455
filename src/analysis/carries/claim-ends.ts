/** Finds how far a claim would have to be believed for a verdict to turn, from what runs find with the claim surely false and surely true. */

import { judgeKnown, type Interval, type Verdict } from "../verdicts/verdict.ts";

/** What runs find of the margin with a claim at one end, in base units; NaN where it could not be had. */
interface ClaimEnd extends Interval {
  readonly margin: number;
  readonly se: number;
  readonly verdict: Verdict;
}

export interface ClaimEnds {
  readonly claim: string;
  /** How far it is believed now. */
  readonly credence: number;
  /** With the claim false and with it true, all else as believed, on the same worlds. */
  readonly off: ClaimEnd;
  readonly on: ClaimEnd;
}

interface Turn {
  readonly at: number;
  readonly to: Verdict;
}

/**
 * Where the margin crosses what matters (`threshold`) and its opposite, as the claim's credence goes from 0 to 1 and all else stays: only where the intervals of both ends lie beyond the line, on
 * different sides. A margin that is a difference of means is linear in one credence (the law of total expectation), so the crossings are those of a line; for other margins
 * (`isLinear` false) there is none. `to` is the verdict just beyond, as seen from where the claim is now.
 */
export function turnsOf(ends: ClaimEnds, threshold: number, isLinear: boolean): readonly Turn[] {
  const { off, on, credence } = ends;
  if (!isLinear) return [];
  return linesOf(threshold)
    .filter((line) => (off.high < line && on.low > line) || (off.low > line && on.high < line))
    .map((line) => (line - off.margin) / (on.margin - off.margin))
    .toSorted((a, b) => Math.abs(a - credence) - Math.abs(b - credence))
    .map((at) => {
      const beyond = at > credence ? Math.min(1, at + 1e-6) : Math.max(0, at - 1e-6);
      return { at, to: judgeKnown(off.margin + beyond * (on.margin - off.margin), threshold) };
    });
}

/** Whether the runs leave open on which side of what matters, or of its opposite, the margin lies at an end. */
export function isOpenAtEnd({ off, on }: ClaimEnds, threshold: number): boolean {
  return linesOf(threshold).some((line) => [off, on].some(({ low, high }) => low <= line && line <= high));
}

function linesOf(threshold: number): readonly number[] {
  return threshold === 0 ? [0] : [threshold, -threshold];
}
