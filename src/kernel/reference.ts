/** The reference engine, slow and simple, which every other engine is held to: runs one world at a time. */

import type { Model } from "#model/model.ts";
import { compile, type Watch } from "./compile.ts";
import type { Pair } from "./frame.ts";
import { Simulation, type Draws, type RunResult } from "./simulation.ts";
import type { Setting } from "./supposed.ts";

export { RunFailure } from "./failure.ts";
export type { Watch } from "./compile.ts";
export type { Draws, RunResult } from "./simulation.ts";
export type { Setting } from "./supposed.ts";

export interface Program {
  readonly model: Model;
  /** What `Draws.believed` must hold: unknowns as views believe them, as far as anything reads them. */
  readonly believed: readonly Pair[];
  /**
   * One run. It depends on nothing but its draws. Throws `RunFailure` at a value that is not finite or a rate below 0, and throws
   * when the draws are not those of this program.
   */
  run(draws: Draws): RunResult;
}

/**
 * Compiles once for many runs. What `setting` supposes of claims and unknowns stands in every run, whatever is drawn. Throws
 * for a model that no checker would pass: a name it does not have, a value that needs itself, a choice without an option.
 */
export function prepare(model: Model, setting: Setting, watch: Watch): Program {
  const plan = compile(model, setting, watch);
  const simulation = new Simulation(plan);
  return { model, believed: plan.frame.believed, run: (draws) => simulation.run(draws) };
}
