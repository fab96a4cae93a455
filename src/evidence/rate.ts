/** A rate from events over time watched, with its exact and Jeffreys intervals. */

import { Refused } from "#text/refused.ts";
import type { ShareInterval } from "./proportion.ts";

interface Rate {
  readonly events: number;
  /** In the unit of time that the rate is told in. */
  readonly exposure: number;
  readonly rate: number;
  readonly level: number;
  readonly exact: ShareInterval;
  readonly jeffreys: ShareInterval;
}

/**
 * Events per unit of exposure, as of a Poisson process. Exact: Garwood 1936, by quantiles of the gamma distribution. Jeffreys:
 * Gamma(events + ½) / exposure. `gammaQuantile`: of a shape, at scale 1. Throws `Refused` unless events ≥ 0 and exposure > 0.
 */
export function rate(
  events: number,
  exposure: number,
  gammaQuantile: (p: number, shape: number) => number,
  level = 0.95,
): Rate {
  if (!(events >= 0 && exposure > 0 && Number.isFinite(exposure)))
    throw new Refused(`${events} events over ${exposure} is no rate`);
  const tail = (1 - level) / 2;
  const at = (p: number, shape: number): number => gammaQuantile(p, shape) / exposure;
  return {
    events,
    exposure,
    rate: events / exposure,
    level,
    exact: { low: events === 0 ? 0 : at(tail, events), high: at(1 - tail, events + 1) },
    jeffreys: { low: events === 0 ? 0 : at(tail, events + 0.5), high: at(1 - tail, events + 0.5) },
  };
}
