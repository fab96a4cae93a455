/** A margin, its standard error and the margin that matters in; one of four verdicts out. */

export const verdicts = ["holds", "fails", "no material difference", "cannot tell"] as const;

export type Verdict = (typeof verdicts)[number];

/** How many standard errors count as sure, in verdicts and in ranges. */
export const sureness = 2;

/**
 * The verdict on a signed margin `m` (positive supports the statement), threshold `δ ≥ 0` and standard error `s`, all in one unit.
 * Holds: m − 2s ≥ δ (for δ = 0: > 0). Surely below δ, m + 2s < δ: fails where m ≤ −δ (for δ = 0: m < 0), otherwise no material
 * difference. All else, and anything that is not a number: cannot tell. See docs/decisions/004-verdicts.md.
 */
export function judge(margin: number, threshold: number, se: number): Verdict {
  if (!Number.isFinite(margin) || !Number.isFinite(se)) return "cannot tell";
  const low = margin - sureness * se;
  if (threshold === 0 ? low > 0 : low >= threshold) return "holds";
  if (margin + sureness * se >= threshold) return "cannot tell";
  return margin <= -threshold ? "fails" : "no material difference";
}
