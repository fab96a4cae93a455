/** Runs an imported case once, by the reference interpreter, with its constants as they are. */

import type { CarriedSeries } from "#interchange/dynamics/write-case.ts";
import { prepare } from "#kernel/reference.ts";
import type { Model } from "#model/model.ts";

export interface Run {
  readonly times: readonly number[];
  /** By name in the case, at a step. */
  readonly values: ReadonlyMap<string, (step: number) => number>;
}

/** One run of a case without claims, choices and luck: every figure of the model at every step. */
export function runOnce(model: Model, series: readonly CarriedSeries[]): Run {
  const { time } = model;
  if (time === null) throw new Error("the case has no time");
  const watched = series.filter((s) => s.kind !== "unknown").map((s) => s.name);
  const constants = model.unknowns.map((u) => {
    const d = u.distribution;
    if (d.kind !== "constant" || d.value.op !== "const") throw new Error(`${u.name} is no constant`);
    return d.value.value;
  });
  const program = prepare(model, { choices: {}, suppositions: [] }, { finals: [], always: [], series: watched });
  const result = program.run({
    seed: 1,
    world: 0,
    claims: new Float64Array(0),
    unknowns: Float64Array.from(constants),
    believed: new Float64Array(0),
  });
  const values = new Map<string, (step: number) => number>();
  watched.forEach((name, i) => values.set(name, (step) => result.series[i]?.[step] ?? NaN));
  model.unknowns.forEach((u, i) => values.set(u.name, () => constants[i] ?? NaN));
  return { times: Array.from({ length: time.steps + 1 }, (_, i) => time.origin + i * time.dt), values };
}
