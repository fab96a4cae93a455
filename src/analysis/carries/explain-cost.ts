/** Refuses an explanation that would take more than the budget allows, before anything runs. */

import type { Model } from "#model/model.ts";
import { askedOf, runsOfTable, type AskedTarget, type TableRequest } from "#ensemble/table/build-table.ts";
import { checkBudget, checkRuns } from "#ensemble/cost.ts";
import { job } from "#ensemble/jobs.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import { standing } from "#ensemble/profiles.ts";
import { situationOf } from "#ensemble/situation.ts";
import type { Request } from "../findings/findings.ts";
import { asksQuantiles, pilotWorlds, withoutQuantiles } from "./quantile-grid.ts";
import { runsOfSample } from "./unknown-sample.ts";

export interface TableOptions {
  /** Patterns of a sampled table. */
  readonly patterns: number;
  /** The most gates of a setting that are gone through one by one. */
  readonly exact: number;
  /** Worlds of the sample for the unknowns; 0 leaves them out. */
  readonly unknowns: number;
  /** Worlds of each pattern, where that is not what was asked for. */
  readonly worlds?: number;
}

/** Where nothing else is asked for. */
export const usualTable = { patterns: 4096, exact: 12 } as const;

/** What is asked beside the explanation itself. */
interface CostContext {
  /** Variants of what is judged. */
  readonly jitter: number;
  /** Whether it is looked for where the conclusion fails. */
  readonly scenarios: boolean;
}

/** Worlds of each pattern where no number was asked for: the table tells differences, the runs the figure. */
const tableWorlds = 400;

/** Worlds of each pattern of a table. */
export function worldsOfTable(request: Request, options: TableOptions): number {
  return options.worlds ?? (request.untilSettled === true ? tableWorlds : request.worlds);
}

/** Views that believe the same of the unknowns share a table; the first of each group stands for it. */
export function tableRequests(model: Model, request: Request, options: TableOptions): readonly TableRequest[] {
  const groups = new Map<string, string[]>();
  for (const view of request.views) {
    const key = JSON.stringify(mindOf(model, view).distributions);
    groups.set(key, [...(groups.get(key) ?? []), view]);
  }
  return [...groups.values()].map((serves) => ({
    view: serves[0] ?? "case",
    serves,
    seed: request.seed,
    worlds: worldsOfTable(request, options),
    patterns: options.patterns,
    exact: options.exact,
  }));
}

/** The table of one variant: a quarter of the worlds, so that many can be made. */
export function jitterRequest(request: Request, view: string, options: TableOptions): TableRequest {
  return {
    view,
    serves: [view],
    seed: request.seed,
    worlds: Math.max(64, Math.round(worldsOfTable(request, options) / 4)),
    patterns: options.patterns,
    exact: options.exact,
  };
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
  const told = askedOf(model, name);
  const asked = withoutQuantiles(told);
  const pilot = asksQuantiles(told) ? (request.views.length + 1) * pilotWorlds * told.comparison.figures.length : 0;
  const stand = standing(model, request.set);
  const tables = tableRequests(model, request, options).filter((t) => find(t, asked) === null);
  const views = request.views.map(
    (view) =>
      (options.unknowns === 0 ? 0 : runsOfSample(model, asked, stand, { view, worlds: options.unknowns })) +
      beside.jitter * runsOfTable(model, [asked], stand, jitterRequest(request, view, options)) +
      (beside.scenarios ? scenarioWorlds(request) * asked.comparison.figures.length : 0),
  );
  const runs = [...tables.map((t) => runsOfTable(model, [asked], stand, t)), ...views, pilot].reduce(
    (a, b) => a + b,
    0,
  );
  checkRuns(model, runs, request.budget, "ask for fewer patterns, worlds, unknowns, variants or views");
  if (!beside.scenarios) return;
  const jobs = request.views.flatMap((view) =>
    asked.comparison.figures.map((f) => job(view, situationOf(model, f.intervention, stand), { finals: [f.of] })),
  );
  checkBudget({ model, jobs, worlds: scenarioWorlds(request), budget: request.budget });
}
