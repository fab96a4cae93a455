/** The posterior of a share from a prior and a count, and how far the count supports a stated figure. */

import betainc from "@stdlib/math-base-special-betainc";
import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";
import exp from "@stdlib/math-base-special-exp";
import gammaln from "@stdlib/math-base-special-gammaln";
import ln from "@stdlib/math-base-special-ln";
import type { ShareInterval } from "./proportion.ts";

interface Beta {
  readonly a: number;
  readonly b: number;
}

/** No share likelier than another: the prior that Bayes factors here are told against. */
const flat: Beta = { a: 1, b: 1 };
/** Jeffreys' prior: what a share from the record is given as an unknown. */
export const jeffreysPrior: Beta = { a: 0.5, b: 0.5 };

interface BetaPosterior extends Beta {
  readonly mean: number;
  readonly sd: number;
  /** Equal-tailed. */
  readonly interval: ShareInterval;
}

export function betaPosterior(count: number, of: number, prior: Beta = flat, level = 0.95): BetaPosterior {
  const [a, b] = [prior.a + count, prior.b + of - count];
  const tail = (1 - level) / 2;
  return {
    a,
    b,
    mean: a / (a + b),
    sd: Math.sqrt((a * b) / ((a + b) ** 2 * (a + b + 1))),
    interval: { low: betaQuantile(tail, a, b), high: betaQuantile(1 - tail, a, b) },
  };
}

/** How many times likelier the count is if the share is drawn from the prior than if it is `share`: Beta-binomial over binomial. */
export function bayesFactorAgainstPoint(count: number, of: number, share: number, prior: Beta = flat): number {
  const marginal = lnBeta(prior.a + count, prior.b + of - count) - lnBeta(prior.a, prior.b);
  const point = (count === 0 ? 0 : count * ln(share)) + (count === of ? 0 : (of - count) * ln(1 - share));
  return exp(marginal - point);
}

/**
 * How many times likelier the count is if the share is at least `share` than if it is below, each half of the prior on its own: posterior odds
 * over prior odds (Klugkist, Laudy & Hoijtink 2005). Above 1 the count speaks for 'at least'.
 */
export function bayesFactorAtLeast(count: number, of: number, share: number, prior: Beta = flat): number {
  const above = (a: number, b: number): number => betainc(share, a, b, true, true);
  const below = (a: number, b: number): number => betainc(share, a, b, true, false);
  const [a, b] = [prior.a + count, prior.b + of - count];
  return above(a, b) / below(a, b) / (above(prior.a, prior.b) / below(prior.a, prior.b));
}

/** The posterior chance that the share is at least `share`. */
export function chanceAtLeast(count: number, of: number, share: number, prior: Beta = flat): number {
  return betainc(share, prior.a + count, prior.b + of - count, true, true);
}

function lnBeta(a: number, b: number): number {
  return gammaln(a) + gammaln(b) - gammaln(a + b);
}
