/** Gives the single runs as a table, a stretch of rows at a time, for other tools. */

import type { Model, Unit } from "#model/model.ts";
import { checkBudget } from "#ensemble/cost.ts";
import type { Request } from "../findings/findings.ts";
import { job, type Job } from "#ensemble/jobs.ts";
import type { Lab } from "#ensemble/work/lab.ts";
import { profiles, type Profile } from "#ensemble/profiles.ts";
import type { RowsResult, RowsTask } from "#ensemble/work/rows-task.ts";
import { plainSituation } from "#ensemble/situation.ts";

/** A column of the table; its name is its kind and the model's own name. */
export interface RawColumn {
  readonly name: string;
  /** What it is in the model. */
  readonly of: "view" | "profile" | "world" | "seed" | "choice" | "claim" | "unknown" | "outcome";
  readonly values: "text" | "truth" | "number" | "whole number";
  readonly label: string;
  /** What the numbers are in; a share is a fraction of 1. Null where there are none. */
  readonly unit: string | null;
}

/** Values by row, of each column in its order. */
export type RawValues = readonly string[] | readonly boolean[] | Float64Array;

/** A row for each run of each profile under each view: what `runFindings` tells of, run by run. */
export function rawColumns(model: Model): readonly RawColumn[] {
  const own = (of: RawColumn["of"], values: RawColumn["values"], label: string): RawColumn => ({
    name: of,
    of,
    values,
    label,
    unit: null,
  });
  return [
    own("view", "text", "the view whose credences and distributions were drawn from"),
    own("profile", "whole number", "the combination of choices, from 0"),
    own("world", "whole number", "the draw: equal in all profiles and views"),
    own("seed", "whole number", "of every draw"),
    ...model.choices.map((c) => named("choice", c.name, "text", c.label, null)),
    ...model.claims.map((c) => named("claim", c.name, "truth", c.label, null)),
    ...model.unknowns.map((u) => named("unknown", u.name, "number", u.label, u.unit)),
    ...model.outcomes.map((o) => {
      const values = o.categories !== null ? "text" : o.isTruth ? "truth" : "number";
      return named("outcome", o.name, values, o.label, values === "number" ? o.unit : null);
    }),
  ];
}

function named(
  of: RawColumn["of"],
  name: string,
  values: RawColumn["values"],
  label: string,
  unit: Unit | null,
): RawColumn {
  return { name: `${of}_${name}`, of, values, label, unit: unit === null ? null : unit.label || "number" };
}

/** Rows in a task: whole blocks, and small enough to stop soon. */
const stretch = 1024;

/** Throws `OverBudget` before anything runs. */
export function checkRawRuns(model: Model, request: Request): void {
  checkBudget({
    model,
    jobs: situations(model, request),
    worlds: request.worlds,
    budget: request.budget,
    held: "tallies",
  });
}

/**
 * Hands over the table a stretch at a time: views in turn, in each the profiles, in each the worlds. Few stretches are held at once, however many
 * rows there are. Rejects as `runFindings` does.
 */
export async function rawRuns(
  model: Model,
  request: Request,
  lab: Lab,
  take: (values: readonly RawValues[], rows: number) => void,
): Promise<void> {
  const { seed, worlds } = request;
  const jobs = situations(model, request);
  const perView = jobs.length / request.views.length;
  const tasks = jobs.flatMap((j): RowsTask[] =>
    Array.from({ length: Math.ceil(worlds / stretch) }, (_, i) => ({
      kind: "rows",
      job: j,
      seed,
      first: i * stretch,
      count: Math.min(stretch, worlds - i * stretch),
    })),
  );
  await lab.each(model, tasks, (result, at) => {
    const task = tasks[at] as RowsTask;
    take(valuesOf(model, task, jobs.indexOf(task.job) % perView, result), task.count);
  });
}

function situations(model: Model, request: Request): readonly Job[] {
  return request.views.flatMap((view) => profiles(model, request).map((p) => job(view, plainSituation(p))));
}

function valuesOf(model: Model, task: RowsTask, profile: number, result: RowsResult): readonly RawValues[] {
  const { job: of, seed, first, count } = task;
  const choices: Profile = of.situation.choices;
  const same = <T>(value: T): T[] => Array.from({ length: count }, () => value);
  return [
    same(of.view),
    new Float64Array(count).fill(profile),
    Float64Array.from({ length: count }, (_, i) => first + i),
    new Float64Array(count).fill(seed),
    ...model.choices.map((c) => same(choices[c.name] ?? "")),
    ...result.claims.map(truths),
    ...result.unknowns.map((values, i) => shown(values, model.unknowns[i]?.unit)),
    ...result.outcomes.map((values, i) => {
      const outcome = model.outcomes[i];
      if (outcome?.categories) return Array.from(values, (v) => outcome.categories?.[v] ?? "");
      return outcome?.isTruth === true ? truths(values) : shown(values, outcome?.unit);
    }),
  ];
}

function truths(values: Float64Array | Uint8Array): readonly boolean[] {
  return Array.from(values, (v) => v !== 0);
}

/** In the unit it is told in. */
function shown(values: Float64Array, unit: Unit | undefined): Float64Array {
  const factor = unit?.factor ?? 1;
  return factor === 1 ? values : values.map((v) => v / factor);
}
