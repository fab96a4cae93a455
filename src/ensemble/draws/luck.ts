/** Says whether anything in a run is left to chance, and gives the seed of a second luck. */

import type { Model } from "#model/model.ts";
import type { Luck } from "../jobs.ts";

/** Whether anything within a run is left to chance. */
export function hasLuck(model: Model): boolean {
  return (
    model.shocks.length > 0 ||
    model.policies.some((p) => p.options.length > 1) ||
    model.policies.some((p) => p.timing.kind === "hazard") ||
    model.events.some((e) => e.timing.kind === "hazard")
  );
}

/** The seed of a job's luck; that of the draws of beliefs is always the run's own. */
export function luckSeed(seed: number, luck: Luck): number {
  if (luck === "first") return seed;
  if (luck === "second") return secondSeed(seed);
  return (secondSeed(seed) + Math.imul(Number(luck.slice("replicate ".length)) + 1, 0x85ebca6b)) >>> 0;
}

/** A seed for the second luck: any other number does, since every draw is keyed by it. */
export function secondSeed(seed: number): number {
  return (seed ^ 0x9e3779b9) >>> 0;
}
