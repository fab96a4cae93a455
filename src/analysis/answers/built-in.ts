/** Built in or found: whether the direction of a comparison that switches a claim follows from the wiring, so that only its size is a finding. */

import type { Comparison, Model } from "#model/model.ts";
import type { Profile } from "#ensemble/profiles.ts";
import { situationOf } from "#ensemble/situation.ts";
import { signOfClaim } from "../causal/claim-sign.ts";
import type { ComparisonFinding } from "../figures/figures.ts";

/** The direction of a comparison is built in. */
export interface BuiltIn {
  /** Claims that the two sides have otherwise. */
  readonly claims: readonly string[];
  /** Runs of each side, of which none goes the other way. */
  readonly runs: number;
  /** Whether the signs of the equations say so too. */
  readonly isBySigns: boolean;
}

/** Fewer runs than this do not show that none goes the other way. */
const enoughRuns = 1000;

/**
 * Of a comparison of one figure with the same figure where claims are switched and nothing else is: built in where no run of any world goes against it, on the same worlds and the same
 * luck. That the equations' signs agree is told beside it. Null for any other comparison, and where some run goes the other way.
 */
export function builtInto(
  model: Model,
  comparison: Comparison,
  stand: Profile,
  found: ComparisonFinding,
): BuiltIn | null {
  const claims = switchedBy(model, comparison, stand);
  if (claims.length === 0 || found.refusal !== null || found.isEven) return null;
  if (found.opposite !== 0 || found.worlds < enoughRuns) return null;
  const [first, second] = comparison.figures;
  if (first === undefined || second === undefined) return null;
  const on = situationOf(model, first.intervention, stand).claims;
  const ways = claims.map((claim) => {
    const sign = signOfClaim(model, claim, first.of);
    return sign === undefined ? 0 : sign === null ? null : sign * (on[claim] === true ? 1 : -1);
  });
  const isBySigns = ways.some((w) => w === 1 || w === -1) && new Set(ways.filter((w) => w !== 0)).size === 1;
  return { claims, runs: found.worlds, isBySigns };
}

/** The claims that the two sides of a comparison have otherwise, where they differ in nothing else; empty otherwise. */
function switchedBy(model: Model, { figures }: Comparison, stand: Profile): readonly string[] {
  const [a, b] = figures;
  if (figures.length !== 2 || a === undefined || b === undefined) return [];
  if (JSON.stringify([a.of, a.given, a.statistic, a.level]) !== JSON.stringify([b.of, b.given, b.statistic, b.level]))
    return [];
  const [x, y] = [a, b].map((f) => situationOf(model, f.intervention, stand));
  if (x === undefined || y === undefined) return [];
  const isSame = JSON.stringify([x.choices, x.suppositions]) === JSON.stringify([y.choices, y.suppositions]);
  const names = [...new Set([...Object.keys(x.claims), ...Object.keys(y.claims)])];
  return isSame ? names.filter((n) => x.claims[n] !== y.claims[n]) : [];
}
