/** Finds how far sampling noise may move a solution, by resampling the worlds behind all payoffs together. */

import { subgameRegret } from "#game/solve-tree.ts";
import type { Behaviour } from "#game/extensive.ts";
import { tolerance } from "#game/solution.ts";
import { fieldInUnits } from "#game/units.ts";
import { keyOf, uniform } from "#kernel/philox.ts";
import { quantileOfSorted } from "#ensemble/statistics.ts";
import type { CaseGame } from "./case-game.ts";

export interface Sampling {
  readonly resamples: number;
  /** Share of resamples in which it is an equilibrium in every subgame. */
  readonly share: number;
  /** Middle 90 % of its largest regret in any subgame. */
  readonly low: number;
  readonly high: number;
}

/** How often the worlds are drawn again. */
export const resamples = 200;

/**
 * The bootstrap over worlds (Efron 1979): world w of every actor and profile is drawn together, so that common random numbers stay paired. This is
 * noise of the simulation alone; what is not known is told apart. A mixed profile is an equilibrium of almost no resample: its regret tells more.
 */
export function samplingOf(
  game: Pick<CaseGame, "filled">,
  worths: readonly (readonly Float64Array[])[],
  behaviour: Behaviour<number>,
  seed: number,
): Sampling {
  const n = worths[0]?.[0]?.length ?? 0;
  const key = keyOf("bootstrap");
  const times = new Float64Array(n);
  const regrets = new Float64Array(resamples);
  let kept = 0;
  for (let b = 0; b < resamples; b++) {
    times.fill(0);
    for (let i = 0; i < n; i++) {
      const w = Math.floor(uniform(seed, key, b, i) * n);
      times[w] = (times[w] as number) + 1;
    }
    const means = worths.map((all) => all.map((values) => resampledMean(values, times)));
    const regret = subgameRegret(fieldInUnits(means), game.filled(means), behaviour);
    regrets[b] = regret;
    if (regret <= tolerance) kept++;
  }
  regrets.sort();
  return {
    resamples,
    share: kept / resamples,
    low: quantileOfSorted(regrets, 0.05),
    high: quantileOfSorted(regrets, 0.95),
  };
}

/** World w counts `times[w]` times. */
function resampledMean(values: Float64Array, times: Float64Array): number {
  let total = 0;
  for (let w = 0; w < values.length; w++) total += (values[w] as number) * (times[w] as number);
  return total / values.length;
}
