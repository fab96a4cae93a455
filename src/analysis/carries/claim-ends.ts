/** Finds how far a claim would have to be believed for a verdict to turn, from the margins with the claim surely false and surely true. */

import { judgeKnown, type Verdict } from "../verdicts/verdict.ts";

export interface ClaimEnds {
  readonly claim: string;
  /** How far it is believed now. */
  readonly credence: number;
  /** The margin, in base units, with the claim false and with it true, all else as believed; NaN where it could not be had. */
  readonly off: number;
  readonly on: number;
  /** Standard error of `on` − `off`, on the same worlds. */
  readonly se: number;
}

interface Turn {
  readonly at: number;
  readonly to: Verdict;
}

/**
 * Where the margin crosses what matters (`threshold`) and its opposite, as the claim's credence goes from 0 to 1 and all else stays. A margin that is a
 * difference of means is linear in one credence (the law of total expectation), so the crossings are those of a line; for other margins
 * (`isLinear` false) nothing is told. `to` is the verdict on the far side as seen from where the claim is now.
 */
export function turnsOf(ends: ClaimEnds, threshold: number, isLinear: boolean): readonly Turn[] {
  const { off, on, credence } = ends;
  if (!isLinear || !Number.isFinite(off) || !Number.isFinite(on) || off === on) return [];
  const levels = threshold === 0 ? [0] : [threshold, -threshold];
  return levels
    .map((level) => (level - off) / (on - off))
    .filter((at) => at > 0 && at < 1)
    .toSorted((a, b) => Math.abs(a - credence) - Math.abs(b - credence))
    .map((at) => {
      const beyond = at > credence ? Math.min(1, at + 1e-6) : Math.max(0, at - 1e-6);
      return { at, to: judgeKnown(off + beyond * (on - off), threshold) };
    });
}
