/** How far a count supports a stated share: against the opposite, and as a chance. From a flat prior, but for a share that becomes an unknown. */

import betainc from "@stdlib/math-base-special-betainc";

/** Jeffreys' prior: what a share from the record is given as an unknown. */
export const jeffreysPrior = { a: 0.5, b: 0.5 };

/**
 * How many times likelier the count is if the share is at least `share` than if it is below, each half of the flat prior on its own: posterior odds
 * over prior odds (Klugkist, Laudy & Hoijtink 2005). Above 1 the count speaks for 'at least'.
 */
export function bayesFactorAtLeast(count: number, of: number, share: number): number {
  const [a, b] = [1 + count, 1 + of - count];
  const above = betainc(share, a, b, true, true);
  const below = betainc(share, a, b, true, false);
  return above / below / ((1 - share) / share);
}

/** The posterior chance that the share is at least `share`. */
export function chanceAtLeast(count: number, of: number, share: number): number {
  return betainc(share, 1 + count, 1 + of - count, true, true);
}
