/** Finds the chance that an event has happened by each step of time, with its error. */

import type { Expression } from "#model/expression.ts";
import type { Model, Outcome } from "#model/model.ts";
import { checkBudget } from "#ensemble/cost.ts";
import { finalOf, job, merged, sampleOf, type Job } from "#ensemble/jobs.ts";
import type { Lab } from "#ensemble/work/lab.ts";
import type { Profile } from "#ensemble/profiles.ts";
import { runFinals } from "#ensemble/runs.ts";
import { plainSituation } from "#ensemble/situation.ts";
import { unanimityError } from "#ensemble/statistics.ts";

interface CurveAsked {
  /** The first of these counts. */
  readonly events: readonly string[];
  readonly view: string;
  readonly choices: Profile;
  /** Runs to make, where they are not those of the others. */
  readonly worlds?: number;
}

export interface CurveFinding extends Omit<CurveAsked, "worlds"> {
  /** From the start, in the clock's unit: every step time, the end included. */
  readonly times: Float64Array;
  /** Cumulative incidence: the share of runs in which it has happened by then. A run that stopped early counts as one in which it has not. */
  readonly chance: Float64Array;
  /** Binomial; where all runs agree that of one run more that does not (see `statistics.ts`). */
  readonly se: Float64Array;
  readonly runs: number;
}

export interface CurveRequest {
  readonly seed: number;
  readonly worlds: number;
  readonly budget: number;
}

/**
 * The same worlds for all curves, the first so many, so that they compare. Every run is seen to its end, so the share of runs is the estimator of Aalen & Johansen (1978)
 * without its corrections. Empty for a case without time. Rejects as `runFindings` does.
 */
export async function curveFindings(
  model: Model,
  asked: readonly CurveAsked[],
  request: CurveRequest,
  lab: Lab,
): Promise<readonly CurveFinding[]> {
  const { time } = model;
  if (time === null || asked.length === 0) return [];
  const never = 2 * time.steps * time.dt + 1;
  const times = Float64Array.from({ length: time.steps + 1 }, (_, k) => k * time.dt);
  const found = new Map<CurveAsked, CurveFinding>();
  for (const worlds of new Set(asked.map((a) => a.worlds ?? request.worlds))) {
    const own = asked.filter((a) => (a.worlds ?? request.worlds) === worlds);
    const jobs = merged(own.map((a) => jobOf(a, never)));
    checkBudget({ model, jobs, worlds, budget: request.budget, held: "values" });
    const samples = await runFinals({ model, jobs, seed: request.seed, worlds, lab });
    for (const a of own) {
      const { events, view, choices } = a;
      const first = finalOf(sampleOf(samples, view, plainSituation(choices)), firstOf(events, never));
      found.set(a, { events, view, choices, times, ...incidence(first, times), runs: worlds });
    }
  }
  return asked.map((a) => found.get(a) as CurveFinding);
}

function jobOf({ view, choices, events }: CurveAsked, never: number): Job {
  return job(view, plainSituation(choices), { finals: [firstOf(events, never)] });
}

/** The earliest of the events' first times; `never`, beyond the end, where none happens. */
function firstOf(events: readonly string[], never: number): Expression {
  const otherwise: Expression = { op: "const", value: never };
  return events
    .map((event): Expression => ({ op: "timeOf", event, otherwise }))
    .reduce((left, right) => ({ op: "binary", operator: "min", left, right }), otherwise);
}

function incidence(first: Float64Array, times: Float64Array): Pick<CurveFinding, "chance" | "se"> {
  const sorted = first.toSorted();
  const n = sorted.length;
  // A step time reached by repeated addition may lie a rounding below k · dt.
  const slack = 1e-9 * (times.at(-1) ?? 0);
  let done = 0;
  const chance = times.map((t) => {
    while (done < n && (sorted[done] as number) <= t + slack) done++;
    return done / n;
  });
  return {
    chance,
    se: chance.map((p) => (p === 0 || p === 1 ? unanimityError(n) : Math.sqrt((p * (1 - p)) / (n - 1)))),
  };
}

/** The events an outcome is the happening of, by the end of the run: `happened(a) or happened(b)`; null for any other outcome. */
export function eventsOfOutcome(outcome: Outcome): readonly string[] | null {
  return eventsOf(outcome.value);
}

function eventsOf(e: Expression): readonly string[] | null {
  if (e.op === "happened") return e.by === null ? [e.event] : null;
  if (e.op !== "binary" || e.operator !== "or") return null;
  const [left, right] = [eventsOf(e.left), eventsOf(e.right)];
  return left === null || right === null ? null : [...left, ...right];
}
