/** Works out what jobs would cost in work and memory, and refuses what is too much. */

import type { Model } from "#model/model.ts";
import { OverBudget } from "./budget.ts";
import type { Job } from "./jobs.ts";
import { workOfRun } from "./run-cost.ts";
import { bits, pilotRuns } from "./tally/tally-settings.ts";

/**
 * Equations evaluated, or what takes as long: about five minutes of one core, which does a thousand million a second in WebAssembly (the first case,
 * measured: docs/performance.md). Where only the reference interpreter runs, thirty times as long. A page sets a smaller one.
 */
export const defaultBudget = 3e11;

/** Bytes kept at once under the default budget; a larger or smaller budget allows as much more or less, but never under a hundredth. */
const memoryLimit = 1e9;

/** Whether every run's values stay until the findings are made, only the finals asked for, or only what is tallied of them. */
type HeldBytes = "values" | "finals" | "tallies";

interface Cost {
  readonly runs: number;
  /** Equations of all runs, draws counted as so many as take as long; see `workOfRun`. */
  readonly work: number;
  readonly bytes: number;
}

export function costOf(model: Model, jobs: readonly Job[], worlds: number, held: HeldBytes = "values"): Cost {
  const steps = Math.max(1, model.time?.steps ?? 1);
  const runs = jobs.length * worlds;
  const bytes =
    held === "tallies"
      ? bytesOfTallies(model, jobs, steps)
      : bytesOfValues(model, jobs, worlds, steps, held === "values" ? model.outcomes.length : 0);
  return { runs, work: runs * workOfRun(model), bytes };
}

/** A bucket of a sketch is 28 bytes; a column fills about 1.5 times as many as its grid has to the middle 90 %. */
function bytesOfTallies(model: Model, jobs: readonly Job[], steps: number): number {
  const columns = jobs.reduce((n, j) => n + model.outcomes.length + j.finals.length, 0);
  const points = jobs.reduce((n, j) => n + j.series.length * (steps + 1), 0);
  const buckets = 1.5 * (columns * 2 ** bits.ranked + points * 2 ** bits.series);
  return bytesOfValues(model, jobs, pilotRuns, steps) + 28 * buckets;
}

/** Values by run stay until the findings are made; the paths behind the series only while their job runs. */
function bytesOfValues(
  model: Model,
  jobs: readonly Job[],
  worlds: number,
  steps: number,
  outcomes = model.outcomes.length,
): number {
  const kept = jobs.reduce((n, j) => n + outcomes + j.finals.length, 0);
  const beliefs = new Set(jobs.map((j) => JSON.stringify([j.view, j.situation.claims, j.situation.suppositions]))).size;
  const paths = Math.max(0, ...jobs.map((j) => j.series.length * (steps + 1)));
  return 8 * worlds * (kept + beliefs * (model.claims.length + model.unknowns.length) + paths);
}

interface CheckBudgetInput {
  readonly model: Model;
  readonly jobs: readonly Job[];
  readonly worlds: number;
  readonly budget: number;
  readonly held?: HeldBytes | undefined;
  readonly further?: number | undefined;
  readonly otherWork?: number | undefined;
}

/**
 * Throws `OverBudget` when the work is over `budget`, or the memory over what goes with that budget: `memoryLimit` times its share of the default
 * one, so that raising a budget raises both and a page may have a smaller one. `further`: runs that may follow, of which nothing is kept. `otherWork`: work that is no run,
 * in equations.
 */
export function checkBudget(input: CheckBudgetInput): void {
  const { model, jobs, worlds, budget, held = "values", further = 0, otherWork = 0 } = input;
  const { bytes, ...asked } = costOf(model, jobs, worlds, held);
  const instead = "ask for fewer worlds, views or profiles";
  checkRuns(model, asked.runs + further, budget, instead);
  const work = (asked.runs + further) * workOfRun(model) + otherWork;
  if (work > budget)
    throw new OverBudget({
      what: `the work of ${short(work)} equations, of which ${short(otherWork)} are for solving after the runs`,
      limit: short(budget),
      instead,
      work,
    });
  const limit = memoryLimit * Math.max(0.01, budget / defaultBudget);
  if (bytes > limit) {
    throw new OverBudget({
      what: `${short(bytes)} bytes of values to keep`,
      limit: `${short(limit)} bytes`,
      instead: "ask for fewer worlds, views, profiles or series",
    });
  }
}

/** For work that keeps little of each run: throws `OverBudget` when so many runs are over `budget`. */
export function checkRuns(model: Model, runs: number, budget: number, instead: string): void {
  const each = workOfRun(model);
  const work = runs * each;
  if (work > budget)
    throw new OverBudget({
      what: `the work of ${short(work)} equations (${whole(runs)} runs of ${whole(Math.ceil(each))} each)`,
      limit: short(budget),
      instead,
      work,
    });
}

function whole(n: number): string {
  return n.toLocaleString("en");
}

function short(n: number): string {
  return n.toExponential(1).replace("e+", "e");
}
