/** Finds the first step of a run at which a condition is false. */

import type { Expression } from "#model/expression.ts";
import type { Model } from "#model/model.ts";
import { prepare } from "#kernel/reference.ts";
import { drawsFor } from "./draws/draws.ts";
import { job } from "./jobs.ts";
import { itemsOf, type Situation } from "./situation.ts";

interface BreachPlace {
  readonly view: string;
  readonly situation: Situation;
  readonly world: number;
  readonly seed: number;
}

/** Runs that one world again and reads the condition at every step. A static case has no step to tell. */
export function locateBreach(
  model: Model,
  condition: Expression,
  place: BreachPlace,
): { situation: Situation; world: number; step: number | null; time: number | null } {
  const { view, situation, world, seed } = place;
  const { time } = model;
  if (time === null) return { situation, world, step: null, time: null };
  const at = Array.from({ length: time.steps + 1 }, (_, n): Expression => ({
    op: "over",
    statistic: "at",
    of: condition,
    from: { op: "const", value: n * time.dt },
    to: null,
  }));
  const program = prepare(
    model,
    { choices: situation.choices, suppositions: itemsOf(model, situation.suppositions) },
    { finals: at, always: [], series: [] },
  );
  const [draws] = drawsFor(model, job(view, situation), program, seed, [world]);
  if (draws === undefined) return { situation, world, step: null, time: null };
  const { finals } = program.run({ seed, world, ...draws });
  const step = finals.findIndex((v) => v === 0);
  return step < 0 ? { situation, world, step: null, time: null } : { situation, world, step, time: step * time.dt };
}
