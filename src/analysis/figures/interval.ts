/** Where a margin surely lies: an interval from its estimate, its standard error and what single runs do to it. */

import { widthFor, type Interval } from "../verdicts/verdict.ts";
import type { Tail } from "./joint.ts";

/** An estimate from `runs` runs that is to be missed in a share `missed` of cases. */
interface Estimation {
  readonly margin: number;
  readonly se: number;
  readonly tail: Tail;
  readonly runs: number;
  readonly missed: number;
}

/**
 * m ± [z·√(s² + (z·c ÷ 2n)²) + z²·c ÷ 2n], c the tail's reach. With c = 1 these are the outer ends of Wilson's interval for a rare event (Wilson 1927; for a count k over n,
 * k + z²/2 ± z·√(k + z²/4)), on both sides: an error estimated from few events is itself in doubt. It vanishes beside z·s as runs are added. Where no run moves the margin it is
 * z²·c ÷ n, above the share that n runs without an event leave open, −ln(missed ÷ 2) ÷ n.
 */
export function intervalFor({ margin, se, tail, runs, missed }: Estimation): Interval {
  const z = widthFor(missed);
  const rare = (z * tail.reach) / (2 * runs);
  const half = z * Math.hypot(se, rare) + z * rare;
  return { low: margin - half, high: margin + half };
}
