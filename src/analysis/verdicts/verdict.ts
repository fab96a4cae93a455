/** Judges a margin: from where it surely lies and the margin that matters to one of six verdicts. */

import type { Comparison } from "#model/model.ts";
import { normalQuantile } from "#kernel/normal.ts";

export const verdicts = [
  "holds",
  "no material difference",
  "fails",
  "does not hold",
  "too close to call",
  "not told",
] as const;

/** `not told`: there is no margin, since a figure's condition is met too rarely or its arithmetic has no finite value. */
export type Verdict = (typeof verdicts)[number];

/** How many standard errors count as sure where ranks and ranges are shown. */
export const sureness = 2;

/** A verdict that the runs settled is wrong in at most so many cases. */
export const wrongAtMost = 0.01;

/** Half the width, in standard errors, of an interval that misses what is true in a share `missed` of cases. */
export function widthFor(missed: number): number {
  return normalQuantile(1 - missed / 2);
}

/** Where the margin lies, both ends included. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** What a margin is judged against, all in one unit. */
type Line = Pick<Comparison, "threshold" | "allowsEqual">;

/**
 * The verdict on a margin that lies in the interval, positive supporting the statement. A threshold δ > 0 parts the line in three: at least δ holds, at most −δ fails, between
 * is no material difference; at most δ, and open which of the last two, does not hold. Without a threshold any difference counts, and one border parts the line. An
 * interval across a border settles nothing. See docs/decisions/004-verdicts.md.
 */
export function judge({ low, high }: Interval, { threshold, allowsEqual }: Line): Verdict {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return "not told";
  if (threshold > 0) {
    if (low >= threshold) return "holds";
    if (high <= -threshold) return "fails";
    if (high >= threshold) return "too close to call";
    return low > -threshold ? "no material difference" : "does not hold";
  }
  if (low > 0 || (low === 0 && allowsEqual)) return "holds";
  if (high < 0) return "fails";
  if (high > 0 || allowsEqual) return "too close to call";
  return low === 0 ? "no material difference" : "does not hold";
}

/** The verdict on an estimate from a fixed number of runs: one look. */
export function judgeOnce(margin: number, se: number, line: Line): Verdict {
  const half = widthFor(wrongAtMost) * se;
  return judge({ low: margin - half, high: margin + half }, line);
}

/** The verdict on a margin that is known without error. */
export function judgeKnown(margin: number, threshold: number): Verdict {
  return judge({ low: margin, high: margin }, { threshold, allowsEqual: false });
}

/** Whether more runs could change nothing but the digits. */
export function isSettled(verdict: Verdict): boolean {
  return verdict === "holds" || verdict === "fails" || verdict === "no material difference";
}

/** How far a margin lies from the nearest border between verdicts. */
export function distanceFromLine(margin: number, { threshold }: Line): number {
  return Math.min(Math.abs(margin - threshold), Math.abs(margin + threshold));
}
