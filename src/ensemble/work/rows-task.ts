/** Gives what each run met and how it ended, run by run, for a table of raw runs. */

import type { Model } from "#model/model.ts";
import { sharedColumns, worldsFrom } from "../draws/draws.ts";
import { performRuns, type RunsTask } from "./runs-task.ts";
import type { Shelf } from "./shelf.ts";

export interface RowsTask extends Omit<RunsTask, "kind"> {
  readonly kind: "rows";
}

/** Columns by run, in world order and base units. */
export interface RowsResult {
  readonly kind: "rows";
  /** By claim of the model: 1 or 0. */
  readonly claims: readonly Uint8Array[];
  /** By unknown of the model, as the job's view draws it. */
  readonly unknowns: readonly Float64Array[];
  /** By outcome of the model. */
  readonly outcomes: readonly Float64Array[];
}

/** Throws `StoppedRun`. */
export function performRows(model: Model, task: RowsTask, shelf: Shelf): RowsResult {
  const { job, seed, first, count } = task;
  const worlds = worldsFrom(first, count);
  // The same draws that the runs meet: the shelf has them for both.
  const program = shelf.programOf(model, job);
  const draws = sharedColumns(model, job, program, seed, worlds, shelf.math, shelf.drawn());
  const { outcomes } = performRuns(model, { ...task, kind: "runs" }, shelf);
  return {
    kind: "rows",
    claims: draws.claims.map((column) => Uint8Array.from(column)),
    unknowns: draws.unknowns.map((column) => column.slice()),
    outcomes,
  };
}
