/** Decides which table of runs shows what claims carry: the same for every verb, for all conclusions of a case, and for all views that believe the same of the unknowns. */

import { Refused } from "#text/refused.ts";
import type { Model } from "#model/model.ts";
import { askedOf, planned, widestOf, type AskedTarget, type TableRequest } from "#ensemble/table/build-table.ts";
import { mindOf, viewNames, type Mind } from "#ensemble/draws/mind.ts";
import type { Profile } from "#ensemble/profiles.ts";
import { gateLimit, gatesOf, targetOf, type Table } from "#ensemble/table/table.ts";
import type { Request } from "../findings/findings.ts";
import { asksQuantiles, withoutQuantiles } from "./quantile-grid.ts";

export interface TableOptions {
  /** Patterns of a sampled table. */
  readonly patterns: number;
  /** The most gates of a setting that are gone through one by one; null: `mostGates`, where the table of all conclusions of the case is then short enough for a page. */
  readonly exact: number | null;
  /** Worlds of the sample for the unknowns; 0 leaves them out. */
  readonly unknowns: number;
}

/** Where nothing else is asked for. */
export const usualTable = { patterns: 4096, exact: null, unknowns: 512 } as const satisfies TableOptions;

/** Every pattern of so many claims is run by default. */
export const mostGates = 12;

/** Bytes that a page may load as its table. */
export const mostBytes = 1_000_000;

/** Worlds of each pattern where no number was asked for: the table gives differences, the runs give the figure. */
const tableWorlds = 400;

/** Worlds of each pattern of a table. */
export function worldsOfTable({ worlds, untilSettled }: Pick<Request, "worlds" | "untilSettled">): number {
  return untilSettled === true ? tableWorlds : worlds;
}

/** Whether two minds hold the same of every unknown: then one table serves both, whatever they think of the claims. */
export function believeAlike(a: Pick<Mind, "distributions">, b: Pick<Mind, "distributions">): boolean {
  return JSON.stringify(a.distributions) === JSON.stringify(b.distributions);
}

/** All views of the case that believe of the unknowns what this one does, in the case's order. */
function viewsServed(model: Model, view: string): readonly string[] {
  const own = mindOf(model, view);
  return viewNames(model).filter((name) => believeAlike(mindOf(model, name), own));
}

interface TableRequestInput {
  readonly model: Model;
  readonly view: string;
  readonly asked: readonly AskedTarget[];
  readonly stand: Profile;
  readonly request: Pick<Request, "seed" | "worlds" | "untilSettled">;
  readonly options: Pick<TableOptions, "patterns" | "exact">;
}

/**
 * The table under a view. It depends on the case, the view, the standing choices and the seed, and on the number of worlds where one was asked for. It does not depend on which conclusions of the
 * case, or which other views, are asked about. An outcome that is asked about for itself has a table of its own.
 */
export function tableRequest({
  model,
  view,
  asked,
  stand,
  request,
  options: { patterns, exact },
}: TableRequestInput): TableRequest {
  const serves = viewsServed(model, view);
  const gates = model.claims.filter((c) => c.isGate).map((c) => c.name);
  const isThrough = asked.some((a) => a.kind === "outcome") || goesThrough(model, stand);
  return {
    view: serves[0] ?? view,
    serves,
    seed: request.seed,
    worlds: worldsOfTable(request),
    patterns,
    exact: exact ?? (isThrough ? mostGates : 0),
    ...(gates.length > gateLimit ? {} : { gates }),
  };
}

/** A table, and the views of a request that are read from it. */
interface ViewsOfTable {
  readonly wanted: TableRequest;
  readonly views: readonly string[];
}

/** One for each group of views that believe the same of the unknowns. */
export function tablesOfRequest(
  model: Model,
  asked: readonly AskedTarget[],
  stand: Profile,
  request: Request,
  options: TableOptions,
): readonly ViewsOfTable[] {
  const groups = new Map<string, string[]>();
  for (const view of request.views) {
    const [first = view] = viewsServed(model, view);
    groups.set(first, [...(groups.get(first) ?? []), view]);
  }
  return [...groups].map(([first, views]) => ({
    wanted: tableRequest({ model, view: first, asked, stand, request, options }),
    views,
  }));
}

/** Whether every pattern of the claims is run for every conclusion of a case. */
function goesThrough(model: Model, stand: Profile): boolean {
  const all = model.conclusions.flatMap(({ name }) => {
    try {
      return [askedOf(model, name)];
    } catch (error) {
      if (error instanceof Refused) return [];
      throw error;
    }
  });
  if (all.some((asked) => widestOf(model, planned(model, [withoutQuantiles(asked)], stand).settings) > mostGates))
    return false;
  const { settings } = planned(
    model,
    all.filter((asked) => !asksQuantiles(asked)),
    stand,
  );
  const numbers = settings.flatMap((s) => s.readings.map((r) => (r.given === null ? 1 : 2) * 2 ** r.gates.length));
  return exactBytes(tableWorlds, numbers) <= mostBytes;
}

/** Bytes of a table in which each of these many numbers is known by batch of 16 worlds. */
export function exactBytes(worlds: number, numbers: readonly number[]): number {
  return (worlds / 16) * 8 * numbers.reduce((sum, n) => sum + n, 0);
}

/** How the figures of one conclusion or outcome were had. */
export interface TableHead {
  readonly kind: Table["design"]["kind"];
  readonly gates: number;
  /** Patterns run, and worlds of each. */
  readonly patterns: number;
  readonly worlds: number;
  readonly runs: number;
  readonly reused: boolean;
}

/** Of one target of a table. `runs`: those that its figures rest on. */
export function tableHead(table: Table, name: string, runs: number, reused: boolean): TableHead {
  const { design } = table;
  const target = targetOf(table, name);
  const readings = target.figures.map((f) => table.readings[f.reading]?.gates.length ?? 0);
  return {
    kind: design.kind,
    gates: gatesOf(table, target).length,
    patterns: design.kind === "sampled" ? design.patterns.length : 2 ** Math.max(0, ...readings),
    worlds: design.kind === "sampled" ? design.size : design.batches * design.size,
    runs,
    reused,
  };
}
