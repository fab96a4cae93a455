/** Finds what each view comes to believe of claims, unknowns, outcomes and conclusions after the evidence, and what moved it. */

import type { Expression } from "#model/expression.ts";
import type { Model } from "#model/model.ts";
import { pickColumn } from "#kernel/column.ts";
import { keyOf, uniform } from "#kernel/philox.ts";
import { OverBudget } from "#ensemble/budget.ts";
import { checkBudget } from "#ensemble/cost.ts";
import { finalOf, job, merged, sampleOf, type Job, type Sample } from "#ensemble/jobs.ts";
import { totalRuns, type Lab } from "#ensemble/work/lab.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import { standing, type Profile } from "#ensemble/profiles.ts";
import type { Proposal } from "#ensemble/draws/proposal.ts";
import { runJobs } from "#ensemble/runs.ts";
import type { Situation } from "#ensemble/situation.ts";
import { thinned } from "#evidence/weights.ts";
import { adaptedTo } from "./adapted.ts";
import { answerComparisons, answerOutcomes, type Asking } from "../answers/answer.ts";
import { viewsOf } from "../verdicts/conclusions.ts";
import { jobsOfComparison, type ComparisonFinding } from "../figures/figures.ts";
import { setupOf, type Setup } from "../findings/findings.ts";
import {
  appended,
  claimPrior,
  type ClaimPrior,
  heldTo,
  rowsOf,
  runAbducted,
  runHeld,
  runToTheEnd,
  weighed,
  type Draw,
  type DrawnRuns,
  type HeldRun,
  type HeldRuns,
  type Weighed,
  type Weigher,
} from "./held-runs.ts";
import type { KnownTerms } from "./conditioned.ts";
import { courseOf, evidenceOf, observationOf, truthOf, unknownsIn, type Observation } from "./observed.ts";
import {
  chanceWeighed,
  claimPosteriors,
  conclusionBefore,
  rarelySeen,
  conclusionPosteriors,
  leastWorlds,
  outcomePosteriors,
  unknownPosteriors,
  type ClaimPosterior,
  type ConclusionPosterior,
  type OutcomePosterior,
  type RowsRunOn,
  type ToldPosterior,
  type UnknownPosterior,
  type WeighedRuns,
} from "./posteriors.ts";
import { predictiveChecks, type Check } from "./predictive.ts";

export interface LearnRequest {
  /** At least one, by name. */
  readonly views: readonly string[];
  readonly seed: number;
  /** To begin with; more are made where they leave too few effective ones: see `mostFold`. */
  readonly worlds: number;
  readonly set: Profile;
  /** Only what was seen by this time from the start; null for all. */
  readonly until: number | null;
  /** The same as an ISO date, for what was known by then. */
  readonly untilDate: string | null;
  /** Let motives be updated too: an actor knows its own, and what it did is then taken to tell them. */
  readonly motives: boolean;
  /** Judge the conclusions too, before and after: most of the runs go there. */
  readonly conclusions: boolean;
  readonly budget: number;
  /** Runs behind what is reported before anything was seen: those that every other question has. `worlds` of them where it is left out. */
  readonly before?: Pick<Asking, "worlds" | "untilSettled">;
}

export interface Learnt {
  readonly view: string;
  readonly label: string;
  /** Observations counted, in order. */
  readonly evidence: readonly {
    readonly name: string;
    readonly label: string;
    readonly text: string;
    /** Effective worlds if all but this one counted. */
    readonly effectiveWithout: number;
    /** log of the chance (or density) of this observation given the others. */
    readonly logPredictive: number;
  }[];
  readonly course: Situation;
  /** Worlds behind the posterior. */
  readonly worlds: number;
  /** What they were drawn from; null where it was the view's own law. */
  readonly proposal: Proposal | null;
  /** (ΣW)² / ΣW² over worlds. */
  readonly effective: number;
  /** Mean likelihood, as a log: what the view, this model and this course gave to all that was seen. */
  readonly logEvidence: number;
  /** Share of the prior whose motives no run reconciles with the evidence; left out. */
  readonly lost: number;
  /** Why nothing is told; null where it is. */
  readonly refusal: LearnRefusal | null;
  readonly claims: readonly ClaimPosterior[];
  readonly unknowns: readonly UnknownPosterior[];
  readonly outcomes: readonly OutcomePosterior[];
  readonly conclusions: readonly ConclusionPosterior[];
  readonly checks: readonly Check[];
  /** Unknowns known only after `until`, which the model reads: the posterior is had in hindsight. */
  readonly hindsight: readonly string[];
}

interface LearnRefusal {
  readonly effective: number;
  readonly floor: number;
  /** Worlds that would do, if they are worth as much as these; null where none agrees at all. */
  readonly worldsNeeded: number | null;
  /** The observation whose absence would help most. */
  readonly hardest: string | null;
}

/** What `learn` found: for each view, the credences and distributions before and after, the effective number of runs they rest on, and the conclusions before and after. */
export interface LearnFindings {
  readonly request: LearnRequest;
  readonly views: readonly Learnt[];
  readonly runs: number;
  readonly setup: Setup;
}

/** Runs that evidence is weighed on to begin with, where nobody says. */
export const learnWorlds = 4000;

/** Where so many effective worlds are left the view's own law will do, and no more are made. */
export const amply = 400;
/** At most so many times the worlds asked for are made. */
export const mostFold = 32;

/** Rejects with `OverBudget` before the first run, `EvidenceConflict` where the evidence names two courses, `StoppedRun` as every run. */
export async function learnFindings(model: Model, request: LearnRequest, lab: Lab): Promise<LearnFindings> {
  const plans = request.views.map((view) => planOf(model, view, request));
  // Views are learnt one after another, and each keeps its own runs only while it is: the budget is a view's.
  for (const p of plans)
    checkBudget({
      model,
      jobs: [...p.held.sets.flatMap((set) => set.jobs), p.prior, ...p.compared],
      worlds: request.worlds,
      budget: request.budget,
    });
  const views: Learnt[] = [];
  const counted = counting(lab);
  for (const plan of plans) views.push(await learnt(model, plan, request, counted.lab));
  const runs = counted.runs();
  return { request, views, runs, setup: setupOf(model, { ...request, vary: [], series: [] }, runs) };
}

/** A condition of a run, in a course of the world. */
interface Conditioned {
  readonly situation: Situation;
  readonly condition: Expression;
}

/** What a view counts as seen leaves too few effective worlds to say anything. */
export interface TooFewAgree {
  readonly effective: number;
  readonly floor: number;
  /** Worlds made. */
  readonly worlds: number;
}

/**
 * How likely each condition is after what a view counts as seen, each course in the worlds of the posterior and with the clocks that the evidence fixes. Null where nothing has been
 * seen by `until`. Rejects as `learnFindings` does.
 */
export async function posteriorChances(
  model: Model,
  view: string,
  asked: readonly Conditioned[],
  request: LearnRequest,
  lab: Lab,
): Promise<readonly ToldPosterior[] | TooFewAgree | null> {
  const jobs = asked.map(({ situation, condition }) => job(view, situation, { finals: [condition] }));
  const plan = { ...planOf(model, view, { ...request, conclusions: false }), compared: merged(jobs) };
  if (plan.observations.length === 0) return null;
  checkBudget({
    model,
    jobs: [...wholeOf(plan).set.jobs, ...plan.compared],
    worlds: request.worlds,
    budget: request.budget,
  });
  const motives = heldMotives(model, request);
  const chances = claimPrior(model, view, plan.course.claims, motives);
  const by: Weigher = { model, view, pins: plan.course.claims, motives, prior: chances };
  const { full, draw } = await enough(plan, request, by, lab);
  if (!(full.effective >= leastWorlds))
    return { effective: full.effective, floor: leastWorlds, worlds: draw.worlds.length };
  const { samples, of } = await comparedAgain(model, plan, full, draw, lab);
  return asked.map(({ situation, condition }) =>
    chanceWeighed(of, finalOf(sampleOf(samples, view, situation), condition)),
  );
}

/** Motives that what an actor did does not tell of. */
function heldMotives(model: Model, { motives }: LearnRequest): readonly string[] {
  return motives ? [] : model.claims.filter((c) => c.kinds.includes("motive")).map((c) => c.name);
}

function counting(lab: Lab): { readonly lab: Lab; readonly runs: () => number } {
  let runs = 0;
  return {
    lab: {
      ...lab,
      perform: (model, tasks) => {
        runs += totalRuns(tasks);
        return lab.perform(model, tasks);
      },
      each: (model, tasks, take) => {
        runs += totalRuns(tasks);
        return lab.each(model, tasks, take);
      },
    },
    runs: () => runs,
  };
}

interface Plan {
  readonly view: string;
  readonly observations: readonly Observation[];
  readonly course: Situation;
  readonly held: HeldRun;
  /** Runs as they would be, nothing seen: the course, and what conclusions compare. */
  readonly prior: Job;
  readonly compared: readonly Job[];
}

function planOf(model: Model, view: string, request: LearnRequest): Plan {
  const evidence = evidenceOf(model, view, request.until);
  const course = courseOf(model, evidence, request.set);
  const observations = evidence.map((e) => observationOf(model, e));
  const kept = model.claims.map((c): Expression => ({ op: "claim", name: c.name }));
  const stand = standing(model, request.set);
  const checks = observations.flatMap((o) => [
    ...o.truths,
    ...[truthOf(model, o)].filter((truth) => truth !== null),
    ...(o.series === null ? [] : [...o.series.of, o.series.error, o.series.discrepancy]),
  ]);
  return {
    view,
    observations,
    course,
    held: heldTo(model, view, course, observations, kept),
    prior: job(view, course, { finals: [...kept, ...unknownsOf(model), ...checks] }),
    compared: merged(
      conclusionsOf(model, view, request).flatMap((c) => jobsOfComparison(model, c.comparison, view, stand)),
    ),
  };
}

function conclusionsOf(model: Model, view: string, { conclusions }: LearnRequest): Model["conclusions"] {
  return conclusions ? model.conclusions.filter((c) => viewsOf(c, [view]).includes(view)) : [];
}

function unknownsOf(model: Model): readonly Expression[] {
  return model.unknowns.map(({ name }) => ({ op: "unknown", name }));
}

async function learnt(model: Model, plan: Plan, request: LearnRequest, lab: Lab): Promise<Learnt> {
  const { seed, worlds, set, budget } = request;
  const motives = heldMotives(model, request);
  const chances = claimPrior(model, plan.view, plan.course.claims, motives);
  const asked = request.before ?? { worlds, untilSettled: false };
  const prior = sampleOf(await runJobs(model, [plan.prior], seed, asked.worlds, lab), plan.view, plan.course);
  const conclusions = conclusionsOf(model, plan.view, request);
  const questions = conclusions.map(({ comparison }) => ({ comparison, view: plan.view }));
  const asking = { seed, set, budget, ...asked };
  const before = await answerComparisons(model, questions, asking, lab);
  const place = { view: plan.view, situation: plan.course };
  const { values: sides } = await answerOutcomes(model, [place], asking, lab);
  const outcomes = model.outcomes.map(
    (o, i) => sides(plan.view, { ...place, outcome: o.name }) ?? (prior.outcomes[i] as Float64Array),
  );
  if (plan.observations.length === 0)
    return untouched({ model, plan, request, chances, prior, outcomes, conclusions, answers: before.findings });
  const by: Weigher = { model, view: plan.view, pins: plan.course.claims, motives, prior: chances };
  const { rows, full, draw } = await enough(plan, request, by, lab);
  const without = await leavingOneOut(plan, rows, draw, lab);
  const refusal = refusalOf(plan, full, without, draw.worlds.length);
  const head = {
    view: plan.view,
    label: mindOf(model, plan.view).label,
    evidence: plan.observations.map((o, i) => ({
      name: o.evidence.name,
      label: o.evidence.label,
      text: o.evidence.text,
      effectiveWithout: without[i]?.effective ?? Number.NaN,
      logPredictive: full.logMean - (without[i]?.logMean ?? Number.NaN),
    })),
    course: plan.course,
    worlds: draw.worlds.length,
    proposal: draw.proposal,
    effective: full.effective,
    logEvidence: full.logMean,
    lost: full.lost,
    refusal,
    hindsight: hindsightOf(model, plan, request),
  };
  if (refusal !== null) return { ...head, claims: [], unknowns: [], outcomes: [], conclusions: [], checks: [] };
  const after = await runOn(plan, full, draw, lab);
  return {
    ...head,
    claims: claimPosteriors(model, chances, full, without, motives),
    unknowns: unknownPosteriors(model, prior, after),
    outcomes: outcomePosteriors(model, outcomes, after),
    conclusions: conclusionPosteriors({
      model,
      view: plan.view,
      set,
      conclusions,
      before: before.findings,
      after: await comparedAgain(model, plan, full, draw, lab),
    }),
    checks: predictiveChecks(plan.observations, prior, full.sample, full.of, (o) => truthOf(model, o)),
  };
}

interface UntouchedInput {
  readonly model: Model;
  readonly plan: Plan;
  readonly request: LearnRequest;
  readonly chances: ClaimPrior;
  readonly prior: Sample;
  /** By outcome and then by run, before anything is seen. */
  readonly outcomes: readonly Float64Array[];
  readonly conclusions: Model["conclusions"];
  readonly answers: readonly ComparisonFinding[];
}

/** Where nothing has been seen: the posterior is the prior, and what is reported of it is what every other question gets. */
function untouched({ model, plan, request, chances, prior, outcomes, conclusions, answers }: UntouchedInput): Learnt {
  const own = { sample: prior, of: new Float64Array(prior.runs).fill(1), lost: 0, logMean: 0, effective: prior.runs };
  return {
    view: plan.view,
    label: mindOf(model, plan.view).label,
    evidence: [],
    course: plan.course,
    worlds: prior.runs,
    proposal: null,
    effective: prior.runs,
    logEvidence: 0,
    lost: 0,
    refusal: null,
    hindsight: hindsightOf(model, plan, request),
    claims: claimPosteriors(model, chances, own, [], heldMotives(model, request)).map((c) => ({
      ...c,
      posterior: { value: c.prior, se: 0 },
    })),
    unknowns: unknownPosteriors(model, prior, own),
    outcomes: outcomePosteriors(model, outcomes, null),
    conclusions: conclusions.map((c, i) => {
      const now = conclusionBefore(model, c, request.set, answers[i] as ComparisonFinding);
      return { ...now, posterior: now.prior };
    }),
    checks: [],
  };
}

/** Each of a pilot's rounds, and what is told from, meets worlds of its own, so that what was adapted owes nothing to what it is used on. */
const stretch = 2 ** 30;

/**
 * Rows with enough effective worlds, or as many rows as may be made. The view's own law first; where that leaves too few, or too few on one side of a claim, a law adapted to it in two rounds, then twice
 * as many worlds of that again and again.
 */
async function enough(plan: Plan, request: LearnRequest, by: Weigher, lab: Lab): Promise<Enough> {
  const { model, prior } = by;
  const { seed, worlds } = request;
  const { set, observations } = wholeOf(plan);
  const weigh = (sample: Sample, draw: Draw): Enough => {
    const rows = rowsOf(by, sample, draw);
    return { rows, full: weighed(observations, rows), draw };
  };
  const run = async (draw: Draw): Promise<Enough> => weigh(await runHeld(set, plan.view, draw, lab), draw);
  const stretchOf = (round: number, from: number, count: number): readonly number[] =>
    Array.from({ length: count }, (_, i) => round * stretch + from + i);
  let now = await run({ seed, worlds: stretchOf(0, 0, worlds), proposal: null });
  if (now.full.effective >= amply && rarelySeen(model, prior, now.full).length === 0) return now;
  for (const round of [1, 2, 3]) {
    const { full, draw } = now;
    const rare = rarelySeen(model, prior, full);
    const proposal = full.effective > 0 ? adaptedTo(model, plan.view, full, draw, rare) : null;
    now = await run({ seed, worlds: stretchOf(round, 0, worlds), proposal });
  }
  while (now.full.effective < amply && 2 * now.draw.worlds.length <= mostFold * worlds) {
    const { full, draw } = now;
    const made = draw.worlds.length;
    if (!fits(model, [...set.jobs, ...plan.held.sets.flatMap((s) => s.jobs)], 2 * made, request.budget)) break;
    const more: Draw = { ...draw, worlds: stretchOf(3, made, made) };
    const sample = appended(full.sample, await runHeld(set, plan.view, more, lab));
    now = weigh(sample, { ...draw, worlds: [...draw.worlds, ...more.worlds] });
  }
  return now;
}

interface Enough {
  readonly rows: DrawnRuns;
  /** The rows weighed by all that was seen. */
  readonly full: Weighed;
  readonly draw: Draw;
}

function wholeOf({ held }: Plan): { readonly set: HeldRuns; readonly observations: readonly Observation[] } {
  const [first] = held.subsets;
  const set = held.sets.find((s) => s.key === first?.key);
  if (first === undefined || set === undefined) throw new Error("nothing was planned");
  return { set, observations: first.observations };
}

function fits(model: Model, jobs: readonly Job[], worlds: number, budget: number): boolean {
  try {
    checkBudget({ model, jobs, worlds, budget });
    return true;
  } catch (error) {
    if (error instanceof OverBudget) return false;
    throw error;
  }
}

/** By observation, the same worlds without it: run again where it holds an event. */
async function leavingOneOut(plan: Plan, rows: DrawnRuns, draw: Draw, lab: Lab): Promise<readonly Weighed[]> {
  const samples = new Map([[wholeOf(plan).set.key, rows.sample]]);
  for (const set of plan.held.sets)
    if (!samples.has(set.key)) samples.set(set.key, await runHeld(set, plan.view, draw, lab));
  const known = new Map([...samples.keys()].map((key): [string, KnownTerms] => [key, new Map()]));
  return plan.held.subsets.slice(1).map(({ observations, key }) => {
    const sample = samples.get(key);
    if (sample === undefined) throw new Error("not run");
    return weighed(observations, { ...rows, sample }, known.get(key));
  });
}

/** Rows of the posterior that conclusions are judged on, since each costs a run of everything compared. */
const judgedOn = 4000;
/** Rows that outcomes and unknowns are read from, since each has to be run to the end. */
const readOn = 16_384;

/** Rows that count, and the weight of each: where there are more than `most` they are thinned without bias. */
function rowsThatCount(
  { of }: Weighed,
  { seed }: Draw,
  most: number,
): { readonly rows: readonly number[]; readonly of: Float64Array } {
  const rows = [...of.keys()].filter((row) => of[row] !== 0);
  return rows.length <= most
    ? { rows, of: pickColumn(of, rows) }
    : thinned(of, most, uniform(seed, keyOf("thinned"), 0, 0));
}

/** Rows of the posterior from what has been seen to the end. */
async function runOn(plan: Plan, full: Weighed, draw: Draw, lab: Lab): Promise<RowsRunOn> {
  const { rows, of } = rowsThatCount(full, draw, readOn);
  const { set } = wholeOf(plan);
  return { of, sample: await runToTheEnd({ set, view: plan.view, draw, rows, finals: unknownsOf(set.model), lab }) };
}

/** What conclusions compare, in the worlds of the posterior and with the clocks that the evidence fixes in each. */
async function comparedAgain(model: Model, plan: Plan, full: Weighed, draw: Draw, lab: Lab): Promise<WeighedRuns> {
  const kept = rowsThatCount(full, draw, judgedOn);
  const { observations } = wholeOf(plan);
  const held = { sample: full.sample, draw, rows: kept.rows };
  return { samples: await runAbducted(model, plan.compared, observations, held, lab), of: kept.of };
}

function refusalOf(
  plan: Plan,
  full: { readonly effective: number },
  without: readonly { readonly effective: number }[],
  worlds: number,
): LearnRefusal | null {
  const { effective } = full;
  if (effective >= leastWorlds) return null;
  const most = Math.max(...without.map((x) => x.effective));
  const hardest = most > effective ? plan.observations[without.findIndex((x) => x.effective === most)] : undefined;
  return {
    effective,
    floor: leastWorlds,
    worldsNeeded: effective < 1 ? null : Math.ceil((1.2 * worlds * leastWorlds) / effective / 100) * 100,
    hardest: hardest?.evidence.name ?? null,
  };
}

/** Figures that could not be known by the date, and that the runs or the evidence counted read all the same. */
function hindsightOf(model: Model, plan: Plan, { untilDate }: LearnRequest): readonly string[] {
  if (untilDate === null) return [];
  const rest = { ...model, evidence: [], forecasts: [], records: [], tests: [] };
  const read = new Set([
    ...unknownsIn({ ...rest, unknowns: [] }),
    ...unknownsIn(plan.observations.map((o) => o.evidence.observation)),
  ]);
  return model.unknowns
    .filter((u) => u.knownBy !== null && u.knownBy > untilDate && read.has(u.name))
    .map((u) => u.name);
}
