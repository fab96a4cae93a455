/** A model and what is asked of it in; everything `run` and `test` tell, as plain data in base units, out. */

import { sidesOf, type SideCount } from "#model/coverage.ts";
import type { Model } from "#model/model.ts";
import { judgeConclusions, jobsOfConclusions, type ConclusionFinding } from "./conclusions.ts";
import { checkBudget } from "#ensemble/cost.ts";
import { checkExpectations, jobsOfExpectations, type ExpectationFinding } from "./expectations.ts";
import { job, merged, sampleOf, type Band, type Job, type Samples } from "#ensemble/jobs.ts";
import { mindOf } from "#ensemble/mind.ts";
import { outcomeFindings, outcomeHead, type OutcomeFinding, type OutcomeHead } from "./outcomes.ts";
import { enumerated, held, profiles, type Held, type Profile } from "#ensemble/profiles.ts";
import type { Lab } from "#ensemble/lab.ts";
import { hasLuck } from "#ensemble/luck.ts";
import { runJobs } from "#ensemble/runs.ts";
import { plain } from "#ensemble/situation.ts";
import { spreads, type Spread } from "./spread.ts";

export interface Request {
  /** At least one, by name. */
  readonly views: readonly string[];
  readonly seed: number;
  /** Simulated runs of each profile. */
  readonly worlds: number;
  readonly set: Profile;
  readonly vary: readonly string[];
  /** Stocks and lets whose course is told by profile. */
  readonly series: readonly string[];
  /** Steps × runs × equations allowed. */
  readonly budget: number;
}

export interface ChoiceHead {
  readonly name: string;
  readonly label: string;
  readonly options: readonly { readonly name: string; readonly label: string }[];
}

export interface ProfileFinding {
  readonly view: string;
  readonly choices: Profile;
  readonly outcomes: readonly OutcomeFinding[];
  readonly bands: readonly Band[];
  /** Share of run-steps in which a clamp moved a stock. */
  readonly clamped: number;
}

export interface ViewHead {
  readonly name: string;
  readonly label: string;
}

/** What both verbs tell of how they were made. */
export interface Setup {
  readonly request: Request;
  readonly views: readonly ViewHead[];
  /** Choices that are gone through. */
  readonly enumerated: readonly ChoiceHead[];
  /** Choices that are not, and where they stand. */
  readonly held: readonly Held[];
  /** Simulated runs made in all. */
  readonly runs: number;
  /** What the claims of each side switch. */
  readonly sides: readonly SideCount[];
}

export interface RunFindings extends Setup {
  readonly outcomes: readonly OutcomeHead[];
  readonly profiles: readonly ProfileFinding[];
  readonly conclusions: readonly ConclusionFinding[];
  /** By view, in the first profile; empty where nothing is left to luck. */
  readonly spread: readonly { readonly view: string; readonly outcomes: readonly Spread[] }[];
}

export interface TestFindings extends Setup {
  readonly expectations: readonly ExpectationFinding[];
}

/** All that `casus run` tells. Rejects with `OverBudget` before the first run, `StoppedRun` at a run that cannot go on. */
export async function runFindings(model: Model, request: Request, lab: Lab): Promise<RunFindings> {
  const all = profiles(model, request);
  const first = plain(all[0] ?? {});
  const asked: Job[] = request.views.flatMap((view) => [
    ...all.map((p) => job(view, plain(p), { series: request.series })),
    ...(hasLuck(model) ? [job(view, first, { luck: "second" })] : []),
  ]);
  const jobs = merged([...asked, ...jobsOfConclusions(model, request.views, request.set)]);
  const samples = await allRuns(model, jobs, request, lab);
  return {
    ...setupOf(model, request, jobs.length),
    outcomes: model.outcomes.map(outcomeHead),
    profiles: request.views.flatMap((view) => all.map((p) => profileFinding(model, view, p, samples))),
    conclusions: judgeConclusions(model, request.views, request.set, samples, request.seed),
    spread: hasLuck(model)
      ? request.views.map((view) => ({
          view,
          outcomes: spreads(model, sampleOf(samples, view, first), sampleOf(samples, view, first, "second")),
        }))
      : [],
  };
}

/** All that `casus test` tells; rejects as `runFindings` does. */
export async function testFindings(model: Model, request: Request, lab: Lab): Promise<TestFindings> {
  const jobs = merged(jobsOfExpectations(model, request));
  const samples = await allRuns(model, jobs, request, lab);
  return {
    ...setupOf(model, request, jobs.length),
    expectations: checkExpectations(model, request, samples),
  };
}

async function allRuns(model: Model, jobs: readonly Job[], request: Request, lab: Lab): Promise<Samples> {
  checkBudget(model, jobs, request.worlds, request.budget);
  return runJobs(model, jobs, request.seed, request.worlds, lab);
}

function setupOf(model: Model, request: Request, jobs: number): Setup {
  const free = enumerated(model, request);
  return {
    request,
    views: request.views.map((v) => ({ name: v, label: mindOf(model, v).label })),
    enumerated: free.map(({ name, label, options }) => ({ name, label, options })),
    held: model.choices.filter((c) => !free.includes(c)).map((c) => held(c, request.set)),
    runs: jobs * request.worlds,
    sides: sidesOf(model),
  };
}

function profileFinding(model: Model, view: string, choices: Profile, samples: Samples): ProfileFinding {
  const sample = sampleOf(samples, view, plain(choices));
  const runSteps = sample.runs * Math.max(1, model.time?.steps ?? 1);
  return {
    view,
    choices,
    outcomes: outcomeFindings(model, sample),
    bands: sample.bands,
    clamped: sample.clampedSteps / runSteps,
  };
}
