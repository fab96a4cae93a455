/** Counts what a model holds that was read and checked but takes no part in any run. */

import type { Model } from "#model/model.ts";

export interface NotRun {
  readonly records: number;
  readonly tests: number;
  readonly evidence: number;
  readonly forecasts: number;
  /** Actors with values and a choice of their own: the game between them is not solved. */
  readonly players: number;
}

export function notRunOf(model: Model): NotRun {
  return {
    records: model.records.length,
    tests: model.tests.length,
    evidence: model.evidence.length,
    forecasts: model.forecasts.length,
    players: model.actors.filter((a) => a.values !== null && model.choices.some((c) => c.by === a.name)).length,
  };
}
