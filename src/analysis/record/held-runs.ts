/** Runs worlds that are held to what was observed, and weighs each of them. */

import type { Expression } from "#model/expression.ts";
import type { Model } from "#model/model.ts";
import { pickColumn } from "#kernel/column.ts";
import { blocksOf, lawChance, chanceOfTruths, lawOf, truthsOf, type Pins } from "#ensemble/table/claim-law.ts";
import { finalOf, job, keyOfJob, merged, sampleOf, type Job, type Sample, type Samples } from "#ensemble/jobs.ts";
import { onceFor, type Lab } from "#ensemble/work/lab.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import { logRatios, type Proposal } from "#ensemble/draws/proposal.ts";
import { runChosen, strung } from "#ensemble/runs.ts";
import type { Situation } from "#ensemble/situation.ts";
import { frameOf } from "#ensemble/table/table.ts";
import { likelihoodsWithin, likelihoodWeights } from "#evidence/likelihood-weights.ts";
import { effectiveSize, keptWithin } from "#evidence/weights.ts";
import {
  clockedModel,
  clocksOf,
  conditionedModel,
  conditionedSituation,
  finalsFor,
  holdingOf,
  keyOfHolding,
  logLikelihoods,
  type Holding,
  type KnownTerms,
} from "./conditioned.ts";
import type { Observation } from "./observed.ts";

/** Runs held to the same events; they serve every set of observations that asks for just those. */
export interface HeldRuns {
  readonly key: string;
  /** As it is, without what it is held to. */
  readonly model: Model;
  readonly holding: Holding;
  readonly situation: Situation;
  readonly jobs: readonly Job[];
}

/** All observations first, then all but each. */
export interface HeldRun {
  readonly subsets: readonly { readonly observations: readonly Observation[]; readonly key: string }[];
  readonly sets: readonly HeldRuns[];
}

export function heldTo(
  model: Model,
  view: string,
  course: Situation,
  observations: readonly Observation[],
  kept: readonly Expression[],
): HeldRun {
  const subsets = [observations, ...observations.map((o) => observations.filter((x) => x !== o))].map((some) => ({
    observations: some,
    key: keyOfHolding(holdingOf(some)),
  }));
  const sets = [...new Map(subsets.map((s) => [s.key, s])).values()].map(({ key, observations: held }): HeldRuns => {
    const holding = holdingOf(held);
    const same = subsets.filter((s) => s.key === key);
    const finals = same.flatMap((s) => finalsFor(model, s.observations, holding));
    const situation = conditionedSituation(course, holding);
    return {
      key,
      model,
      holding,
      situation,
      // What is reported is read from the runs held to all of them.
      jobs: merged([job(view, situation, { finals: key === subsets[0]?.key ? [...kept, ...finals] : finals })]),
    };
  });
  return { subsets, sets };
}

/** Worlds, and the law they are drawn from where it is not the view's own. */
export interface Draw {
  readonly seed: number;
  readonly worlds: readonly number[];
  readonly proposal: Proposal | null;
}

/** What the observations are weighed by; no outcomes, and no run goes on past what has been seen. */
export async function runHeld(set: HeldRuns, view: string, draw: Draw, lab: Lab): Promise<Sample> {
  return runUnderHolding(set, view, { ...draw, finalsOnly: true }, lab);
}

interface RunToTheEndInput {
  readonly set: HeldRuns;
  readonly view: string;
  readonly draw: Draw;
  /** Places in the draw's worlds. */
  readonly rows: readonly number[];
  readonly finals: readonly Expression[];
  readonly lab: Lab;
}

/** Rows that were held to observations, run to the end, with the outcomes and these finals of each. */
export async function runToTheEnd({ set, view, draw, rows, finals, lab }: RunToTheEndInput): Promise<Sample> {
  const worlds = rows.map((row) => draw.worlds[row] as number);
  return runUnderHolding({ ...set, jobs: [job(view, set.situation, { finals })] }, view, { ...draw, worlds }, lab);
}

async function runUnderHolding(
  { model, key, holding, jobs, situation }: HeldRuns,
  view: string,
  chosen: Draw & { readonly finalsOnly?: boolean },
  lab: Lab,
): Promise<Sample> {
  const held = onceFor(lab, model, `held to ${key}`, () => conditionedModel(model, holding));
  return sampleOf(await runChosen(held, jobs, chosen, lab), view, situation);
}

/**
 * Runs of other courses in the worlds of some rows that were held to observations, each with the clocks that these fix: under the jobs' own keys, in
 * order of `rows`.
 */
export async function runAbducted(
  model: Model,
  jobs: readonly Job[],
  observations: readonly Observation[],
  { sample, draw, rows }: { readonly sample: Sample; readonly draw: Draw; readonly rows: readonly number[] },
  lab: Lab,
): Promise<Samples> {
  const holding = holdingOf(observations);
  const given = clocksOf(model, holding, sample, draw);
  const known = onceFor(lab, model, `clocks of ${keyOfHolding(holding)}`, () => clockedModel(model, holding));
  const worlds = rows.map((row) => draw.worlds[row] as number);
  const kept = new Map([...given].map(([name, all]) => [name, pickColumn(all, rows)]));
  const held = jobs.map((j): Job => ({ ...j, situation: conditionedSituation(j.situation, holding) }));
  const samples = await runChosen(known, held, { ...draw, worlds, given: kept }, lab);
  return new Map(jobs.map((j, i) => [keyOfJob(j), samples.get(keyOfJob(held[i] as Job)) as Sample]));
}

/** Two of `runHeld`, one after the other. */
export function appended(a: Sample, b: Sample): Sample {
  return {
    ...a,
    runs: a.runs + b.runs,
    finals: a.finals.map((column, i) => strung([column, b.finals[i] as Float64Array])),
    clampedSteps: a.clampedSteps + b.clampedSteps,
  };
}

/** What a view makes of its claims before anything is seen, exactly. Throws `Refused` where too many claims hang together. */
export interface ClaimPrior {
  /** By claim of the model. */
  readonly chances: readonly number[];
  /** Of a way the motives fall, 0 and 1 in order of `motives`. */
  readonly ofMotives: (truths: string) => number;
}

export function claimPrior(model: Model, view: string, pins: Pins, motives: readonly string[]): ClaimPrior {
  const mind = mindOf(model, view);
  const frame = frameOf(model);
  const names = model.claims.map((c) => c.name);
  const chances = new Map(
    blocksOf(frame, [mind], names).flatMap((block) => {
      const law = lawOf(frame, mind, block, pins);
      return block.gates.map((gate) => [gate, lawChance(block, law, gate)] as const);
    }),
  );
  return {
    chances: names.map((name) => chances.get(name) ?? Number.NaN),
    ofMotives: chanceOfTruths(frame, mind, motives, pins),
  };
}

/** Rows and what each weighs; the weights have no scale of their own. */
export interface Weighed {
  readonly sample: Sample;
  readonly of: Float64Array;
  /** Share of the prior whose motives no row reconciles with the evidence. */
  readonly lost: number;
  /** Mean likelihood, as a log. */
  readonly logMean: number;
  readonly effective: number;
}

/** Whose law rows are weighed by. */
export interface Weigher {
  readonly model: Model;
  readonly view: string;
  readonly pins: Pins;
  /** Claims that keep their prior. */
  readonly motives: readonly string[];
  readonly prior: ClaimPrior;
}

/** Rows, and what hangs on their claims alone: the same whatever they are held to. */
export interface DrawnRuns {
  readonly by: Weigher;
  readonly sample: Sample;
  /** By row, log of the view's own law over the one it was drawn from; null where they are the same. */
  readonly ratios: Float64Array | null;
  /** By row, which motives are on. */
  readonly strata: readonly string[];
}

export function rowsOf(by: Weigher, sample: Sample, draw: Draw): DrawnRuns {
  const { model, view, pins, motives } = by;
  const truth = (name: string): Float64Array => finalOf(sample, { op: "claim", name });
  const own = (proposal: Proposal): Float64Array => {
    const claims = model.claims.map((c) => truth(c.name));
    return logRatios(model, mindOf(model, view), pins, proposal, draw.seed, draw.worlds, claims);
  };
  return {
    by,
    sample,
    ratios: draw.proposal === null ? null : own(draw.proposal),
    strata: truthsOf(motives.map(truth)),
  };
}

/** Weighs rows by how likely what was observed is on them, times the view's own law over the one they were drawn from. `known`: as in `logLikelihoods`. */
export function weighed(
  observations: readonly Observation[],
  { by, sample, ratios, strata }: DrawnRuns,
  known: KnownTerms = new Map(),
): Weighed {
  const logs = logLikelihoods(by.model, observations, holdingOf(observations), sample, known);
  ratios?.forEach((r, w) => (logs[w] = (logs[w] as number) + r));
  const { of, logMean } = likelihoodWeights(logs);
  const kept =
    by.motives.length === 0 ? { of, lost: 0 } : keptWithin(likelihoodsWithin(logs, strata), strata, by.prior.ofMotives);
  return { sample, ...kept, logMean, effective: effectiveSize(kept.of) };
}
