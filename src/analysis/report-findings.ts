/** A model and a request in; all that a printed report tells: what a run finds, courses over time and curves of events, out. */

import { walk, type Expression } from "#model/expression.ts";
import type { Model } from "#model/model.ts";
import type { Lab } from "#ensemble/lab.ts";
import { profiles, type Profile } from "#ensemble/profiles.ts";
import type { Table } from "#ensemble/table.ts";
import { exactRuns } from "#ensemble/tally-settings.ts";
import {
  explainFindings,
  flipFindings,
  noShelf,
  type ExplainFindings,
  type FlipFindings,
  type TableShelf,
} from "./explain.ts";
import { curveFindings, eventsOfOutcome, type CurveFinding } from "./curves.ts";
import { playFindings, Unplayable, type PlayFindings } from "./play.ts";
import { runFindings, type Request, type RunFindings } from "./findings.ts";

export interface OutcomeCurves {
  /** The outcome that it is the happening of. */
  readonly outcome: string;
  /** By option of the choice, all else as in the first profile, in the first view. */
  readonly choice: string | null;
  readonly curves: readonly CurveFinding[];
}

export interface ReportFindings {
  readonly run: RunFindings;
  readonly curves: readonly OutcomeCurves[];
  /** Of the leading conclusion, in the first view; null where there is none, or no table can answer for it. */
  readonly carries: ExplainFindings | null;
  readonly reverses: FlipFindings | null;
  /** The choices solved as a game, in the first view; null where nobody's values stand behind one. */
  readonly game: PlayFindings | null;
}

/** Pictures of this many outcomes and courses are drawn at most. */
const mostCurves = 3;
const mostSeries = 3;

/** `telling` picks the choice along which curves are drawn; rejects as `runFindings` does. */
export async function reportFindings(
  model: Model,
  request: Request,
  telling: (run: RunFindings) => string | null,
  lab: Lab,
): Promise<ReportFindings> {
  const series = request.series.length > 0 ? request.series : seriesOf(model);
  const run = await runFindings(model, { ...request, series }, lab);
  const choice = telling(run);
  const [view] = request.views;
  const along = view === undefined ? [] : alongProfiles(model, request, choice);
  const outcomes = outcomesToCurve(model);
  const asked = outcomes.flatMap(({ events }) => along.map((choices) => ({ events, view: view ?? "case", choices })));
  const worlds = Math.min(request.worlds, exactRuns);
  const found = await curveFindings(model, asked, { seed: request.seed, worlds, budget: request.budget }, lab);
  const curves = outcomes.map(({ outcome }, i) => ({
    outcome,
    choice,
    curves: found.slice(i * along.length, (i + 1) * along.length),
  }));
  return {
    run,
    curves: curves.filter((c) => c.curves.length > 0),
    ...(await resting(model, request, lab)),
    game: await gameIn(model, request, lab),
  };
}

/** Patterns of claims run for what a conclusion rests on; each on at least a few worlds. */
const patterns = 2048;
/** Claims gone through one by one up to here. */
const exactGates = 10;

/** What the leading conclusion rests on, both questions answered from one table. */
async function resting(
  model: Model,
  request: Request,
  lab: Lab,
): Promise<Pick<ReportFindings, "carries" | "reverses">> {
  const name = leading(model);
  if (name === null || model.claims.every((c) => !c.isGate)) return { carries: null, reverses: null };
  let made: Table | null = null;
  const shelf: TableShelf = {
    ...noShelf,
    find: () => made,
    keep: (_, __, table) => (made = table),
  };
  const first = { ...request, views: request.views.slice(0, 1), series: [], worlds: Math.min(request.worlds, 512) };
  const options = { patterns, exact: exactGates, unknowns: 0 };
  try {
    const carries = await explainFindings(model, name, first, "removal", options, lab, shelf);
    return { carries, reverses: await flipFindings(model, name, first, options, lab, shelf) };
  } catch (error) {
    // A conclusion over quantiles, say: the table answers for means alone.
    if (error instanceof RangeError) return { carries: null, reverses: null };
    throw error;
  }
}

/** λ × payoff range of the equilibrium that is drawn; see `play.ts`. */
const sharpness = 10;

async function gameIn(model: Model, request: Request, lab: Lab): Promise<PlayFindings | null> {
  const views = request.views.slice(0, 1);
  const worlds = Math.min(request.worlds, 512);
  try {
    return await playFindings(
      model,
      {
        ...request,
        views,
        series: [],
        worlds,
        patterns: 1,
        beliefs: 0,
        lambda: sharpness,
        correct: false,
        informed: null,
      },
      lab,
    );
  } catch (error) {
    if (error instanceof Unplayable) return null;
    throw error;
  }
}

/** The last of the text's own conclusions of the claim that the first of them is of: of several dates, the last. */
function leading(model: Model): string | null {
  const own = model.conclusions.filter((c) => c.mark === "text");
  const [first] = own.length > 0 ? own : model.conclusions;
  if (first === undefined) return null;
  const same = (own.length > 0 ? own : [first]).filter((c) => c.of[0] === first.of[0] && first.of.length > 0);
  return (same.at(-1) ?? first).name;
}

/** The first profile, and those that differ from it in the choice alone; four at most, since no more can be told apart. */
function alongProfiles(model: Model, request: Request, choice: string | null): readonly Profile[] {
  const all = profiles(model, request);
  const first = all[0] ?? {};
  return all.filter((p) => Object.entries(p).every(([c, option]) => c === choice || first[c] === option)).slice(0, 4);
}

/** Those that conclusions speak of first. */
function outcomesToCurve(model: Model): readonly { readonly outcome: string; readonly events: readonly string[] }[] {
  const spoken = (name: string): number =>
    model.conclusions.filter((c) =>
      c.comparison.figures.some((f) => f.text.includes(`(${name} `) || f.text.includes(`(${name})`)),
    ).length;
  return model.outcomes
    .flatMap((o) => {
      const events = eventsOfOutcome(o);
      return events === null ? [] : [{ outcome: o.name, events, weight: spoken(o.name) + (o.alwaysShown ? 1 : 0) }];
    })
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, mostCurves)
    .map(({ outcome, events }) => ({ outcome, events }));
}

/** Stocks that an outcome reads over time, those of outcomes that are always shown first. */
function seriesOf(model: Model): readonly string[] {
  if (model.time === null) return [];
  return model.outcomes
    .toSorted((a, b) => Number(b.alwaysShown) - Number(a.alwaysShown))
    .flatMap((o) => stocksOver(o.value))
    .filter((name, i, all) => all.indexOf(name) === i)
    .slice(0, mostSeries);
}

function stocksOver(value: Expression): readonly string[] {
  const found: string[] = [];
  walk(value, (e) => {
    if (e.op === "over" && e.of.op === "stock") found.push(e.of.name);
  });
  return found;
}
