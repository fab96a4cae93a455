/** A model, its evidence and a request in; what each view comes to believe of claims, unknowns, outcomes and conclusions, and what moved it, out. */

import type { Expression } from "#model/expression.ts";
import type { Figure, Model } from "#model/model.ts";
import { checkBudget } from "#ensemble/cost.ts";
import { finalOf, job, merged, sampleOf, type Job, type Sample } from "#ensemble/jobs.ts";
import type { Lab } from "#ensemble/lab.ts";
import { mindOf } from "#ensemble/mind.ts";
import { standing, type Profile } from "#ensemble/profiles.ts";
import { runJobs } from "#ensemble/runs.ts";
import { situationOf, type Situation } from "#ensemble/situation.ts";
import { effectiveSize, keptWithin, weightedMean, weightedQuantiles, weightsOf } from "#evidence/weights.ts";
import { viewsOf } from "./conclusions.ts";
import {
  conditionedModel,
  conditionedSituation,
  finalsFor,
  holdingOf,
  keyOfHolding,
  logLikelihoods,
} from "./conditioned.ts";
import { jobsOfComparison } from "./figures.ts";
import { setupOf, type Setup } from "./findings.ts";
import { slopeAt } from "./margin.ts";
import { at, courseOf, evidenceOf, observationOf, unknownsIn, type Observation } from "./observed.ts";
import { predictiveChecks, type Check } from "./predictive.ts";
import { judge, type Verdict } from "./verdict.ts";

export interface LearnRequest {
  /** At least one, by name. */
  readonly views: readonly string[];
  readonly seed: number;
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
}

/** A posterior on fewer effective worlds than this is refused. */
export const leastWorlds = 100;
/** A claim, a condition or one side of a claim told on fewer is left out. */
export const leastOfClaim = 10;

export interface Told {
  readonly value: number;
  readonly se: number;
}

export interface ClaimPosterior {
  readonly claim: string;
  readonly label: string;
  readonly prior: number;
  /** Null where the effective worlds in which it is true, or false, are too few: see `effective`. */
  readonly posterior: Told | null;
  /** The smaller of the effective worlds on either side. */
  readonly effective: number;
  /** A motive kept at its prior. */
  readonly isHeld: boolean;
  /** By observation, in order: the posterior with all of them less that without this one; NaN where that is not known. */
  readonly moved: readonly number[];
}

export interface UnknownPosterior {
  readonly unknown: string;
  readonly label: string;
  readonly unit: { readonly label: string; readonly factor: number };
  /** 5 %, 50 % and 95 % points, in base units. */
  readonly prior: readonly number[];
  readonly posterior: readonly number[];
  /** The median's move in standard deviations of the prior. */
  readonly shift: number;
}

export interface OutcomePosterior {
  readonly outcome: string;
  readonly label: string;
  readonly unit: { readonly label: string; readonly factor: number };
  readonly isTruth: boolean;
  readonly prior: Told;
  readonly posterior: Told;
}

export interface ConclusionPosterior {
  readonly conclusion: string;
  readonly label: string;
  readonly prior: { readonly margin: number; readonly se: number; readonly verdict: Verdict };
  readonly posterior: { readonly margin: number; readonly se: number; readonly verdict: Verdict };
  readonly threshold: number;
  readonly unit: { readonly label: string; readonly factor: number };
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
  /** (ΣW)² / ΣW² over worlds. */
  readonly effective: number;
  /** Mean likelihood, as a log: what the view, this model and this course gave to all that was seen. */
  readonly logEvidence: number;
  /** Share of the prior whose motives no run reconciles with the evidence; left out. */
  readonly lost: number;
  /** Why nothing is told; null where it is. */
  readonly refusal: Refusal | null;
  readonly claims: readonly ClaimPosterior[];
  readonly unknowns: readonly UnknownPosterior[];
  readonly outcomes: readonly OutcomePosterior[];
  readonly conclusions: readonly ConclusionPosterior[];
  readonly checks: readonly Check[];
  /** Unknowns known only after `until`, which the model reads: the posterior is had in hindsight. */
  readonly hindsight: readonly string[];
}

export interface Refusal {
  readonly effective: number;
  readonly floor: number;
  /** Worlds that would do, if they are worth as much as these; null where none agrees at all. */
  readonly worldsNeeded: number | null;
  /** The observation whose absence would help most. */
  readonly hardest: string | null;
}

export interface LearnFindings {
  readonly request: LearnRequest;
  readonly views: readonly Learnt[];
  readonly runs: number;
  readonly setup: Setup;
}

/** Rejects with `OverBudget` before the first run, `EvidenceConflict` where the evidence names two courses, `StoppedRun` as every run. */
export async function learnFindings(model: Model, request: LearnRequest, lab: Lab): Promise<LearnFindings> {
  const plans = request.views.map((view) => planOf(model, view, request));
  // Views are learnt one after another, and each keeps its own runs only while it is: the budget is a view's.
  for (const p of plans)
    checkBudget(model, [...p.sets.flatMap((set) => set.jobs), ...p.priors], request.worlds, request.budget);
  const views: Learnt[] = [];
  for (const plan of plans) views.push(await learnt(model, plan, request, lab));
  const jobs = plans.reduce((n, p) => n + p.sets.length + p.priors.length, 0);
  return {
    request,
    views,
    runs: jobs * request.worlds,
    setup: setupOf(model, { ...request, vary: [], series: [] }, jobs * request.worlds),
  };
}

/** A set of observations and the runs that are held to them. */
interface HeldRuns {
  readonly observations: readonly Observation[];
  readonly key: string;
  readonly model: Model;
  readonly situation: Situation;
  readonly jobs: readonly Job[];
}

interface Plan {
  readonly view: string;
  readonly observations: readonly Observation[];
  readonly course: Situation;
  /** All observations first, then all but each. Sets held to the same events share their runs. */
  readonly subsets: readonly { readonly observations: readonly Observation[]; readonly key: string }[];
  readonly sets: readonly HeldRuns[];
  /** Runs as they would be, nothing seen: the course, and what conclusions compare. */
  readonly priors: readonly Job[];
}

function planOf(model: Model, view: string, request: LearnRequest): Plan {
  const evidence = evidenceOf(model, view, request.until);
  const course = courseOf(model, evidence, request.set);
  const observations = evidence.map((e) => observationOf(model, e));
  const subsets = [observations, ...observations.map((o) => observations.filter((x) => x !== o))].map((some) => ({
    observations: some,
    key: keyOfHolding(holdingOf(model, some)),
  }));
  const kept = keptOf(model);
  const sets = [...new Map(subsets.map((s) => [s.key, s])).values()].map(({ key, observations: held }): HeldRuns => {
    const holding = holdingOf(model, held);
    const same = subsets.filter((s) => s.key === key);
    const finals = same.flatMap((s) => finalsFor(model, s.observations, holding));
    const situation = conditionedSituation(course, holding);
    return {
      observations: held,
      key,
      model: conditionedModel(model, holding),
      situation,
      jobs: merged([job(view, situation, { finals: [...kept, ...finals] })]),
    };
  });
  const stand = standing(model, request.set);
  const compared = conclusionsOf(model, view, request).flatMap((c) =>
    jobsOfComparison(model, c.comparison, view, stand),
  );
  const checks = observations.flatMap((o) => [
    ...o.truths,
    ...conditionAt(model, o),
    ...(o.series === null ? [] : [...o.series.of, o.series.error, o.series.discrepancy]),
  ]);
  return {
    view,
    observations,
    course,
    subsets,
    sets,
    priors: merged([job(view, course, { finals: [...kept, ...checks] }), ...compared]),
  };
}

function conclusionsOf(model: Model, view: string, { conclusions }: LearnRequest): Model["conclusions"] {
  return conclusions ? model.conclusions.filter((c) => viewsOf(c, [view]).includes(view)) : [];
}

/** The whole of what was observed, as a truth at its time. */
function conditionAt(model: Model, { evidence: { observation } }: Observation): readonly Expression[] {
  if (observation.kind === "series") return [];
  const dt = model.time?.dt ?? 1;
  return [at(model, observation.condition, observation.time + (observation.preposition === "at" ? dt : 0))];
}

function keptOf(model: Model): readonly Expression[] {
  return [
    ...model.claims.map((c): Expression => ({ op: "claim", name: c.name })),
    ...model.unknowns.map((u): Expression => ({ op: "unknown", name: u.name })),
  ];
}

async function learnt(model: Model, plan: Plan, request: LearnRequest, lab: Lab): Promise<Learnt> {
  const { seed, worlds } = request;
  const samples = new Map<string, Sample>();
  for (const set of plan.sets) {
    const run = await runJobs(set.model, set.jobs, seed, worlds, lab);
    samples.set(set.key, sampleOf(run, plan.view, set.situation));
  }
  const priors = await runJobs(model, plan.priors, seed, worlds, lab);
  const prior = sampleOf(priors, plan.view, plan.course);
  const motives = request.motives ? [] : model.claims.filter((c) => c.kinds.includes("motive")).map((c) => c.name);
  const strata = strataOf(prior, motives);
  const weighed = plan.subsets.map(({ observations, key }) => {
    const sample = samples.get(key);
    if (sample === undefined) throw new RangeError("not run");
    const { of, logMean } = weightsOf(logLikelihoods(model, observations, holdingOf(model, observations), sample));
    const kept = motives.length === 0 ? { of, lost: 0 } : keptWithin(of, strata);
    return { ...kept, logMean, effective: effectiveSize(kept.of) };
  });
  const [full, ...without] = weighed;
  const sample = samples.get(plan.subsets[0]?.key ?? "");
  if (full === undefined || sample === undefined) throw new RangeError("not run");
  const refusal = refusalOf(plan, full, without, worlds);
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
    effective: full.effective,
    logEvidence: full.logMean,
    lost: full.lost,
    refusal,
    hindsight: hindsightOf(model, plan, request),
  };
  if (refusal !== null) return { ...head, claims: [], unknowns: [], outcomes: [], conclusions: [], checks: [] };
  const w = full.of;
  return {
    ...head,
    claims: claimPosteriors(model, sample, w, without, motives),
    unknowns: unknownPosteriors(model, sample, w),
    outcomes: outcomePosteriors(model, prior, sample, w),
    conclusions: conclusionPosteriors(model, plan, priors, w, request),
    checks: predictiveChecks(plan.observations, prior, sample, w, (o) => conditionAt(model, o)[0] ?? null),
  };
}

/** Which motives are on, by run. */
function strataOf(sample: Sample, motives: readonly string[]): readonly string[] {
  const columns = motives.map((name) => finalOf(sample, { op: "claim", name }));
  return Array.from({ length: sample.runs }, (_, w) => columns.map((c) => c[w]).join(""));
}

function refusalOf(
  plan: Plan,
  full: { readonly effective: number },
  without: readonly { readonly effective: number }[],
  worlds: number,
): Refusal | null {
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

function claimPosteriors(
  model: Model,
  sample: Sample,
  w: Float64Array,
  without: readonly { readonly of: Float64Array; readonly effective: number }[],
  motives: readonly string[],
): readonly ClaimPosterior[] {
  const flat = new Float64Array(sample.runs).fill(1);
  return model.claims.map((c) => {
    const truth = finalOf(sample, { op: "claim", name: c.name });
    const prior = weightedMean(flat, truth).value;
    const on = effectiveSize(w.map((x, i) => x * (truth[i] as number)));
    const off = effectiveSize(w.map((x, i) => x * (1 - (truth[i] as number))));
    const effective = Math.min(on, off);
    const isSettled = prior === 0 || prior === 1;
    const posterior = isSettled || effective >= leastOfClaim ? weightedMean(w, truth) : null;
    return {
      claim: c.name,
      label: c.label,
      prior,
      posterior,
      effective,
      isHeld: motives.includes(c.name),
      moved: without.map((x) =>
        x.effective < leastWorlds || posterior === null
          ? Number.NaN
          : posterior.value - weightedMean(x.of, truth).value,
      ),
    };
  });
}

const levels = [0.05, 0.5, 0.95];

function unknownPosteriors(model: Model, sample: Sample, w: Float64Array): readonly UnknownPosterior[] {
  const flat = new Float64Array(sample.runs).fill(1);
  return model.unknowns.map((u) => {
    const values = finalOf(sample, { op: "unknown", name: u.name });
    const prior = weightedQuantiles(flat, values, levels);
    const posterior = weightedQuantiles(w, values, levels);
    const spread = weightedMean(flat, values).se * Math.sqrt(sample.runs);
    return {
      unknown: u.name,
      label: u.label,
      unit: { label: u.unit.label, factor: u.unit.factor },
      prior,
      posterior,
      shift: spread > 0 ? ((posterior[1] ?? 0) - (prior[1] ?? 0)) / spread : 0,
    };
  });
}

function outcomePosteriors(model: Model, prior: Sample, sample: Sample, w: Float64Array): readonly OutcomePosterior[] {
  const flat = new Float64Array(prior.runs).fill(1);
  return model.outcomes.flatMap((o, i): OutcomePosterior[] => {
    if (o.categories !== null) return [];
    return [
      {
        outcome: o.name,
        label: o.label,
        unit: { label: o.unit.label, factor: o.unit.factor },
        isTruth: o.isTruth,
        prior: weightedMean(flat, prior.outcomes[i] ?? flat),
        posterior: weightedMean(w, sample.outcomes[i] ?? flat),
      },
    ];
  });
}

// ---- conclusions, weighed

/** Blocks of worlds left out in turn for a margin's error. */
const blocks = 20;

function conclusionPosteriors(
  model: Model,
  plan: Plan,
  samples: ReadonlyMap<string, Sample>,
  w: Float64Array,
  request: LearnRequest,
): readonly ConclusionPosterior[] {
  const stand = standing(model, request.set);
  const flat = new Float64Array(w.length).fill(1);
  return conclusionsOf(model, plan.view, request).map((c) => {
    const { figures, margin, threshold, unit } = c.comparison;
    const seen = figures.map((f) => {
      const sample = sampleOf(samples, plan.view, situationOf(model, f.intervention, stand));
      return { of: finalOf(sample, f.of), given: f.given === null ? null : finalOf(sample, f.given) };
    });
    const told = (weights: Float64Array): ConclusionPosterior["prior"] => {
      const value = (some: Float64Array): number =>
        slopeAt(
          margin,
          figures.map((f, i) => figureUnder(f, seen[i], some)),
        ).value;
      const whole = value(weights);
      const se = jackknife(weights, value);
      return { margin: whole, se, verdict: judge(whole, threshold, se) };
    };
    return {
      conclusion: c.name,
      label: c.label,
      prior: told(flat),
      posterior: told(w),
      threshold,
      unit: { label: unit.label, factor: unit.factor },
    };
  });
}

function figureUnder(
  f: Figure,
  seen: { readonly of: Float64Array; readonly given: Float64Array | null } | undefined,
  weights: Float64Array,
): number {
  if (seen === undefined) return Number.NaN;
  const { of, given } = seen;
  const w = given === null ? weights : weights.map((x, i) => (given[i] === 0 ? 0 : x));
  if (effectiveSize(w) < leastOfClaim) return Number.NaN;
  return f.statistic === "quantile"
    ? (weightedQuantiles(w, of, [f.level ?? 0.5])[0] ?? Number.NaN)
    : weightedMean(w, of).value;
}

/** Delete-a-group jackknife (Kott 2001): √((B − 1)/B · Σ (without one block − their mean)²). */
function jackknife(weights: Float64Array, value: (weights: Float64Array) => number): number {
  const n = weights.length;
  const parts = Array.from({ length: blocks }, (_, b) =>
    value(weights.map((x, i) => (Math.floor((i * blocks) / n) === b ? 0 : x))),
  );
  const mean = parts.reduce((a, x) => a + x, 0) / blocks;
  return Math.sqrt(((blocks - 1) / blocks) * parts.reduce((s, x) => s + (x - mean) ** 2, 0));
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
