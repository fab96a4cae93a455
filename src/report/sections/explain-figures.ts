/** Makes the data of the pictures of what carries a conclusion and what would reverse it. */

import type { ViewExplained, ViewFlips, ExplainFindings } from "#analysis/carries/explain.ts";
import type { ClaimFlip } from "#analysis/carries/flips.ts";
import { judgeOnce, type Verdict } from "#analysis/verdicts/verdict.ts";
import type { ContributionData } from "../charts/contribution-bars.ts";
import type { FlipData } from "../charts/flip-strips.ts";
import type { MapData } from "../charts/two-way-map.ts";
import { bare } from "../words/words.ts";

/** A margin of chances is told in points of 100 runs. */
export function shownUnit(target: Pick<ExplainFindings["target"], "unit">): ContributionData["unit"] {
  return target.unit.label === "share" ? { label: "points", factor: 0.01 } : target.unit;
}

/** The `most` largest contributions; the rest, where there is any, as one. */
export function contributionsOf(
  target: Pick<ExplainFindings["target"], "unit">,
  { found, claims }: Pick<ViewExplained, "found" | "claims">,
  most = 14,
): ContributionData | null {
  if (found.refusal !== null || found.shares.length === 0) return null;
  const label = (name: string): string => bare(claims.find((c) => c.name === name)?.label ?? "");
  // Shares of a variance are drawn as parts of it.
  const isVariance = found.game === "variance";
  const by = isVariance ? found.explained : 1;
  const shares = found.shares.map((s) => ({ ...s, share: s.share / by, se: s.se / by }));
  const rest = shares.slice(most);
  const told = shares.slice(0, most).map((s) => ({ name: s.claim, label: label(s.claim), value: s.share, se: s.se }));
  const others =
    rest.length === 0
      ? []
      : [
          {
            name: "",
            label: `${rest.length} other claims together`,
            value: rest.reduce((sum, s) => sum + s.share, 0),
            // At most so much, however the errors hang together.
            se: rest.reduce((sum, s) => sum + s.se, 0),
          },
        ];
  const drawn = [...told, ...others];
  return isVariance
    ? {
        unit: { label: "per cent of the variance", factor: 0.01 },
        baseline: 0,
        baselineError: null,
        total: 1,
        totalError: null,
        claims: drawn,
      }
    : {
        unit: shownUnit(target),
        baseline: found.none.margin,
        baselineError: found.none.se,
        total: found.all.margin,
        totalError: found.all.se,
        claims: drawn,
      };
}

/** Claims that can turn it first, then the few that move it most and cannot. */
export function flipsOf(
  {
    found,
    claims,
  }: {
    readonly found: Pick<ViewFlips["found"], "now"> & { readonly claims: readonly ClaimFlip[] };
    readonly claims: ViewFlips["claims"];
  },
  most = 12,
  idle = 4,
): FlipData | null {
  const { now } = found;
  if (now.refusal !== null || found.claims.length === 0) return null;
  const label = (name: string): string => bare(claims.find((c) => c.name === name)?.label ?? "");
  const sorted = found.claims
    .filter((c) => !c.thin)
    .toSorted(
      (a, b) =>
        Number(b.points.length > 0) - Number(a.points.length > 0) || Math.abs(b.on - b.off) - Math.abs(a.on - a.off),
    );
  const turning = sorted.filter((c) => c.points.length > 0).length;
  return {
    verdict: now.verdict,
    claims: sorted.slice(0, Math.min(most, turning + idle)).map((c) => ({
      name: c.claim,
      label: label(c.claim),
      credence: c.credence,
      turns: c.points.map((p) => ({ at: p.credence, to: beyond(c, p, now.threshold) })),
    })),
  };
}

/** The verdict just beyond a turning point, as seen from where the credence is: the line itself says which, and no sampled end has a say. */
function beyond(c: ClaimFlip, point: ClaimFlip["points"][number], threshold: number): Verdict {
  if (point.credence > c.credence ? point.holds === "above" : point.holds === "below") return "holds";
  return threshold > 0 ? "no material difference" : "fails";
}

/** The pair that turns it where neither alone does, or the first; ten fields either way, each judged at its middle with the error of the margin as believed. Null where no pair was gone into. */
export function mapOf({ found, claims }: ViewFlips, threshold: number): MapData | null {
  const alone = new Set(found.claims.filter((c) => c.points.length > 0).map((c) => c.claim));
  const pair = found.pairs.find((p) => !p.claims.some((c) => alone.has(c))) ?? found.pairs[0];
  if (pair === undefined) return null;
  const axis = (name: string): MapData["across"] => ({
    name,
    label: bare(claims.find((h) => h.name === name)?.label ?? name),
    credence: found.claims.find((c) => c.claim === name)?.credence ?? Number.NaN,
  });
  const corner = (i: number, k: number): number => pair.margins[i]?.[k] ?? Number.NaN;
  const middle = (i: number, k: number): number =>
    (corner(i, k) + corner(i + 1, k) + corner(i, k + 1) + corner(i + 1, k + 1)) / 4;
  const tens = Array.from({ length: 10 }, (_, i) => i);
  return {
    across: axis(pair.claims[0]),
    up: axis(pair.claims[1]),
    fields: tens.map((up) =>
      tens.map((across) => judgeOnce(middle(across, up), found.now.se, { threshold, allowsEqual: false })),
    ),
  };
}
