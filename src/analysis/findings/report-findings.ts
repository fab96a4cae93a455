/** Finds all that a printed report shows: the findings of a run, courses over time, and curves of events. */

import { walk, type Expression } from "#model/expression.ts";
import type { Model } from "#model/model.ts";
import type { Lab } from "#ensemble/work/lab.ts";
import { checkBudget } from "#ensemble/cost.ts";
import { job, sampleOf } from "#ensemble/jobs.ts";
import { profiles, type Profile } from "#ensemble/profiles.ts";
import { runJobs } from "#ensemble/runs.ts";
import { plainSituation } from "#ensemble/situation.ts";
import { exactRuns } from "#ensemble/tally/tally-settings.ts";
import { outcomeOf } from "../figures/figures.ts";
import { curveFindings, eventsOfOutcome, type CurveFinding, type CurveRequest } from "../outcomes/curves.ts";
import { furtherFindings, type Further, type FurtherRequest } from "./further.ts";
import { runFindings, type Request, type RunFindings } from "./findings.ts";

interface OutcomeCurves {
  /** The outcome that it is the happening of. */
  readonly outcome: string;
  /** By option of the choice, all else as in the first profile, in the first view. */
  readonly choice: string | null;
  readonly curves: readonly CurveFinding[];
}

/** What `report` found: all that `run` finds, the courses over time of what is drawn, and what the further questions found. */
export interface ReportFindings {
  readonly run: RunFindings;
  readonly curves: readonly OutcomeCurves[];
  readonly further: Further;
}

/** Pictures of this many outcomes and courses are drawn at most. */
const mostCurves = 3;
const mostSeries = 3;

/** `telling` picks the choice along which curves are drawn; rejects as `runFindings` does. */
export async function reportFindings(
  model: Model,
  request: Request,
  telling: (run: RunFindings) => string | null,
  want: FurtherRequest,
  lab: Lab,
): Promise<ReportFindings> {
  const found = await runFindings(model, request, lab);
  const choice = telling(found);
  const [view] = request.views;
  const drawn = view === undefined ? [] : alongProfiles(model, request, choice);
  // More than four curves cannot be kept apart.
  const along = drawn.slice(0, 4);
  const outcomes = outcomesToCurve(model);
  const settings = { seed: request.seed, worlds: Math.min(request.worlds, exactRuns), budget: request.budget };
  const asked = outcomes.flatMap(({ outcome, events }) =>
    along.map((choices) => {
      const shown = found.profiles.find((p) => p.view === view && isSameProfile(choices, p.choices));
      const { runs = settings.worlds } = shown?.outcomes.find((o) => o.name === outcome)?.summary ?? {};
      // A curve ends where the outcome stands.
      return { events, view: view ?? "case", choices, worlds: Math.min(runs, exactRuns) };
    }),
  );
  const run = await withCourses(model, found, drawn, settings, lab);
  const incidence = await curveFindings(model, asked, settings, lab);
  const curves = outcomes.map(({ outcome }, i) => ({
    outcome,
    choice,
    curves: incidence.slice(i * along.length, (i + 1) * along.length),
  }));
  return {
    run,
    curves: curves.filter((c) => c.curves.length > 0),
    further: await furtherFindings(model, request, want, lab),
  };
}

/** The run with the courses that are drawn: every run's would be most of what there is to post and to sort. Where some were asked for, every profile has them already. */
async function withCourses(
  model: Model,
  run: RunFindings,
  along: readonly Profile[],
  { seed, worlds, budget }: CurveRequest,
  lab: Lab,
): Promise<RunFindings> {
  const [view] = run.request.views;
  const series = seriesOf(model);
  if (run.request.series.length > 0 || series.length === 0 || view === undefined) return run;
  const jobs = along.map((choices) => job(view, plainSituation(choices), { series }));
  checkBudget({ model, jobs, worlds, budget, held: "values" });
  const samples = await runJobs(model, jobs, seed, worlds, lab);
  const profiles = run.profiles.map((p) => {
    const isDrawn = p.view === view && along.some((choices) => isSameProfile(choices, p.choices));
    return isDrawn ? { ...p, bands: sampleOf(samples, view, plainSituation(p.choices)).bands } : p;
  });
  return { ...run, request: { ...run.request, series }, profiles };
}

function isSameProfile(a: Profile, b: Profile): boolean {
  return Object.entries(a).every(([choice, option]) => b[choice] === option);
}

/** The first profile, and those that differ from it in the choice alone. */
function alongProfiles(model: Model, request: Request, choice: string | null): readonly Profile[] {
  const all = profiles(model, request);
  const first = all[0] ?? {};
  return all.filter((p) => Object.entries(p).every(([c, option]) => c === choice || first[c] === option));
}

/** Those that conclusions speak of first. */
function outcomesToCurve(model: Model): readonly { readonly outcome: string; readonly events: readonly string[] }[] {
  const spoken = (name: string): number =>
    model.conclusions.filter((c) => c.comparison.figures.some((f) => outcomeOf(f) === name)).length;
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
