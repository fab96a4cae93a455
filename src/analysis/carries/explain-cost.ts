/** Refuses an explanation that would take more than the budget allows, before anything runs. */

import type { Model } from "#model/model.ts";
import { askedOf, runsOfTable, type AskedTarget, type TableRequest } from "#ensemble/table/build-table.ts";
import { checkBudget, checkRuns } from "#ensemble/cost.ts";
import { job } from "#ensemble/jobs.ts";
import { standing } from "#ensemble/profiles.ts";
import { situationOf } from "#ensemble/situation.ts";
import type { Request } from "../findings/findings.ts";
import { mostGates, tablesOfRequest, worldsOfTable, type TableOptions } from "./claims-table.ts";
import { asksQuantiles, pilotWorlds, withoutQuantiles } from "./quantile-grid.ts";
import { runsOfSample } from "./unknown-sample.ts";

/** What is asked beside the explanation itself. */
interface CostContext {
  /** Variants of what is judged. */
  readonly jitter: number;
  /** Whether it is looked for where the conclusion fails. */
  readonly scenarios: boolean;
}

/** The table of one variant: a quarter of the worlds, so that many can be made. */
export function jitterRequest(
  request: Request,
  view: string,
  { patterns, exact }: Pick<TableOptions, "patterns" | "exact">,
): TableRequest {
  const worlds = Math.max(64, Math.round(worldsOfTable(request) / 4));
  return { view, serves: [view], seed: request.seed, worlds, patterns, exact: exact ?? mostGates };
}

/** Worlds of a search for where a conclusion fails: fewer tell little of so many features. */
export function scenarioWorlds(request: Request): number {
  return Math.max(1000, request.worlds);
}

interface CheckExplainedInput {
  readonly model: Model;
  readonly name: string;
  readonly request: Request;
  readonly options: TableOptions;
  readonly beside: CostContext;
  readonly find: (request: TableRequest, asked: AskedTarget) => object | null;
}

/** Throws `OverBudget`. Tables that `find` has are not counted. */
export function checkExplained({ model, name, request, options, beside, find }: CheckExplainedInput): void {
  const target = askedOf(model, name);
  const asked = withoutQuantiles(target);
  const stand = standing(model, request.set);
  const tables = tablesOfRequest(model, [target], stand, request, options).map((t) => t.wanted);
  const pilots = asksQuantiles(target) ? tables.map((t) => (t.serves.length + 1) * pilotWorlds) : [];
  const pilot = pilots.reduce((a, b) => a + b, 0) * target.comparison.figures.length;
  const made = tables.filter((t) => find(t, asked) === null);
  const views = request.views.map(
    (view) =>
      (options.unknowns === 0 ? 0 : runsOfSample(model, asked, stand, { view, worlds: options.unknowns })) +
      beside.jitter * runsOfTable(model, [asked], stand, jitterRequest(request, view, options)) +
      (beside.scenarios ? scenarioWorlds(request) * asked.comparison.figures.length : 0),
  );
  const runs = [...made.map((t) => runsOfTable(model, [asked], stand, t)), ...views, pilot].reduce((a, b) => a + b, 0);
  checkRuns(model, runs, request.budget, "ask for fewer patterns, worlds, unknowns, variants or views");
  if (!beside.scenarios) return;
  const jobs = request.views.flatMap((view) =>
    asked.comparison.figures.map((f) => job(view, situationOf(model, f.intervention, stand), { finals: [f.of] })),
  );
  checkBudget({ model, jobs, worlds: scenarioWorlds(request), budget: request.budget });
}
