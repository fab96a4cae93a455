/** A model, its jobs and a number of worlds in; what they would cost in work and memory, refused by name when too much. */

import type { Model } from "#model/model.ts";
import { OverBudget } from "./budget.ts";
import type { Job } from "./jobs.ts";

/** Equations evaluated, steps × runs × equations; some minutes of one core for the reference interpreter. */
export const defaultBudget = 2e10;

/** Bytes of values kept at once. */
export const memoryLimit = 1e9;

export interface Cost {
  readonly runs: number;
  readonly steps: number;
  readonly equations: number;
  /** runs × steps × equations. */
  readonly work: number;
  readonly bytes: number;
}

export function costOf(model: Model, jobs: readonly Job[], worlds: number): Cost {
  const steps = Math.max(1, model.time?.steps ?? 1);
  const equations = Math.max(
    1,
    model.stocks.length +
      model.lets.length +
      model.shocks.length +
      model.delays.length +
      model.events.length +
      model.policies.reduce((n, p) => n + p.options.length, 0) +
      model.outcomes.length,
  );
  const runs = jobs.length * worlds;
  return { runs, steps, equations, work: runs * steps * equations, bytes: bytesOf(model, jobs, worlds, steps) };
}

/** Values by run stay until the findings are made; the paths behind the series only while their job runs. */
function bytesOf(model: Model, jobs: readonly Job[], worlds: number, steps: number): number {
  const kept = jobs.reduce((n, j) => n + model.outcomes.length + j.finals.length, 0);
  const beliefs = new Set(jobs.map((j) => JSON.stringify([j.view, j.situation.claims, j.situation.suppositions]))).size;
  const paths = Math.max(0, ...jobs.map((j) => j.series.length * (steps + 1)));
  return 8 * worlds * (kept + beliefs * (model.claims.length + model.unknowns.length) + paths);
}

/** Throws `OverBudget` when the work is over `budget` or the memory over `memoryLimit`. */
export function checkBudget(model: Model, jobs: readonly Job[], worlds: number, budget: number): void {
  const { runs, steps, equations, work, bytes } = costOf(model, jobs, worlds);
  if (work > budget) {
    throw new OverBudget({
      what: `${whole(runs)} runs × ${whole(steps)} steps × ${whole(equations)} equations = ${short(work)}`,
      limit: short(budget),
      instead: "ask for fewer worlds, views or profiles, or raise --budget",
    });
  }
  if (bytes > memoryLimit) {
    throw new OverBudget({
      what: `${short(bytes)} bytes of values to keep`,
      limit: `${short(memoryLimit)} bytes`,
      instead: "ask for fewer worlds, views, profiles or series",
    });
  }
}

function whole(n: number): string {
  return n.toLocaleString("en");
}

function short(n: number): string {
  return n.toExponential(1).replace("e+", "e");
}
