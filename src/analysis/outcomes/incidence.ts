/** Counts the share of runs in which something has happened, at each time. */

import type { Expression } from "#model/expression.ts";
import type { Model, Outcome } from "#model/model.ts";

/**
 * The events of which an outcome says that one of them has happened by the end: `happened(a) or happened(b)`. Null for any other outcome.
 */
export function eventsOf(outcome: Outcome): readonly string[] | null {
  return outcome.isTruth ? eventsIn(outcome.value) : null;
}

function eventsIn(e: Expression): readonly string[] | null {
  if (e.op === "happened") return e.by === null ? [e.event] : null;
  if (e.op === "over" && e.statistic === "final") return eventsIn(e.of);
  if (e.op !== "binary" || e.operator !== "or") return null;
  const left = eventsIn(e.left);
  const right = eventsIn(e.right);
  return left === null || right === null ? null : [...left, ...right];
}

/**
 * The cumulative incidence of the first of `events`: at each of steps + 1 times, the share of runs in which one has come by then. Nothing is censored
 * before the end, so this is the plain empirical share; one less it is the survival curve. `firstTimes` by event of the model, then by run, NaN for never.
 */
export function incidence(model: Model, events: readonly string[], firstTimes: readonly Float64Array[]): Float64Array {
  const columns = events.map((name) => firstTimes[model.events.findIndex((e) => e.name === name)] as Float64Array);
  const runs = columns[0]?.length ?? 0;
  const points = (model.time?.steps ?? 0) + 1;
  const dt = model.time?.dt ?? 1;
  const shares = new Float64Array(points);
  for (let run = 0; run < runs; run++) {
    let first = Infinity;
    for (const column of columns) {
      const time = column[run] as number;
      if (time < first) first = time;
    }
    const step = Math.ceil(first / dt - 1e-9);
    if (step < points) shares[Math.max(0, step)] = (shares[Math.max(0, step)] as number) + 1;
  }
  let sum = 0;
  for (let t = 0; t < points; t++) {
    sum += shares[t] as number;
    shares[t] = sum / runs;
  }
  return shares;
}
