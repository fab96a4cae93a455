/** Finds everything that `run` and `test` report, as plain data in base units. */

import { sidesOf, type SideCount } from "#model/coverage.ts";
import type { Model } from "#model/model.ts";
import {
  concludeFrom,
  questionsOfConclusions,
  jobsOfConclusions,
  viewsOf,
  type ConclusionFinding,
} from "../verdicts/conclusions.ts";
import { answerComparisons, answerOutcomes, type Asking } from "../answers/answer.ts";
import type { SideValues } from "../answers/sides.ts";
import { notTried } from "../answers/turning.ts";
import { turningOptions } from "../answers/turning-options.ts";
import type { ComparisonFinding } from "../figures/figures.ts";
import { checkBudget } from "#ensemble/cost.ts";
import {
  checkExpectations,
  questionsOfExpectations,
  jobsOfExpectations,
  type ExpectationFinding,
} from "../verdicts/expectations.ts";
import { job, merged, type Band, type Job } from "#ensemble/jobs.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import { outcomeHead, outcomesIn, type OutcomeFinding, type OutcomeHead } from "../outcomes/outcomes.ts";
import { enumerated, held, profiles, standing, type Held, type Profile } from "#ensemble/profiles.ts";
import type { Lab } from "#ensemble/work/lab.ts";
import { hasLuck } from "#ensemble/draws/luck.ts";
import { countRun, runJobs } from "#ensemble/runs.ts";
import type { TallyPlan } from "#ensemble/tally/reading.ts";
import { plainSituation } from "#ensemble/situation.ts";
import { exactRuns } from "#ensemble/tally/tally-settings.ts";
import { isTallied, partOf, tallyJobs, type Ensemble } from "#ensemble/tally/tallies.ts";
import { spreads, type Spread } from "../outcomes/spread.ts";
import { planFor } from "../runs/tallied.ts";

export interface Request {
  /** At least one, by name. */
  readonly views: readonly string[];
  readonly seed: number;
  /** Simulated runs of each profile. */
  readonly worlds: number;
  /** Whether verdicts get as many more as they need to be settled; see `answers/`. */
  readonly untilSettled?: boolean;
  readonly set: Profile;
  readonly vary: readonly string[];
  /** Stocks and lets whose course is told by profile. */
  readonly series: readonly string[];
  /** Equations allowed in all runs and steps; `checkBudget` says how memory goes with it. */
  readonly budget: number;
}

export interface ChoiceHead {
  readonly name: string;
  readonly label: string;
  readonly options: readonly { readonly name: string; readonly label: string }[];
}

/** Every outcome under one view and one combination of choices. */
export interface ProfileFinding {
  readonly view: string;
  readonly choices: Profile;
  readonly outcomes: readonly OutcomeFinding[];
  readonly bands: readonly Band[];
  /** Share of run-steps in which a clamp moved a stock. */
  readonly clamped: number;
}

interface ViewHead {
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

/** What `run` found: every outcome under each view and combination of choices, and each conclusion with its verdict. Figures are in base units. */
export interface RunFindings extends Setup {
  /** `counted`: from buckets, to 1 ÷ 2^`bits` of the middle 90 % of runs; see `tally-settings.ts`. */
  readonly quantiles: "exact" | "counted";
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
  const first = plainSituation(all[0] ?? {});
  const asked: Job[] = request.views.flatMap((view) => [
    ...all.map((p) => job(view, plainSituation(p), { series: request.series })),
    ...(hasLuck(model) ? [job(view, first, { luck: "second" })] : []),
  ]);
  const jobs = merged([...asked, ...jobsOfConclusions(model, request.views, request.set)]);
  const stand = standing(model, request.set);
  const questions = questionsOfConclusions(model, request.views);
  const comparisons = questions.map((q) => ({ ...q, stand }));
  const pairs = hasLuck(model)
    ? request.views.map((view) => [job(view, first), job(view, first, { luck: "second" })] as const)
    : [];
  const ensemble = await allRuns(model, planFor(model, jobs, comparisons, pairs), request, lab);
  const answers = await answerComparisons(model, questions, askingOf(request), lab, ensemble);
  const places = request.views.flatMap((view) => all.map((p) => ({ view, situation: plainSituation(p) })));
  const compared = questions.flatMap(({ view }, i) =>
    (answers.findings[i]?.figures ?? []).map(({ situation }) => ({ view, situation })),
  );
  const { values, runs: more } = await answerOutcomes(
    model,
    [...places, ...compared],
    askingOf(request),
    lab,
    ensemble,
  );
  const conclusions = model.conclusions
    .flatMap((c) => viewsOf(c, request.views).map((view) => ({ c, view })))
    .map(({ c, view }, i) =>
      concludeFrom({
        model,
        c,
        view,
        set: request.set,
        comparison: answers.findings[i] as ComparisonFinding,
        ensemble,
        values,
      }),
    );
  const turning = await turningOptions(model, conclusions, askingOf(request), lab);
  return {
    ...setupOf(model, request, runsOf(model, jobs, request) + answers.runs + more + turning.runs),
    quantiles: isTallied(ensemble) ? "counted" : "exact",
    outcomes: model.outcomes.map(outcomeHead),
    profiles: request.views.flatMap((view) =>
      all.map((p) => profileFinding({ model, view, choices: p, ensemble, values })),
    ),
    conclusions: conclusions.map((c, i) => ({ ...c, ...(turning.found[i] ?? notTried) })),
    spread: hasLuck(model)
      ? request.views.map((view) => ({
          view,
          outcomes: spreads(model, ensemble, view, first),
        }))
      : [],
  };
}

/** All that `casus test` tells; rejects as `runFindings` does. */
export async function testFindings(model: Model, request: Request, lab: Lab): Promise<TestFindings> {
  const jobs = merged(jobsOfExpectations(model, request));
  const plan = planFor(
    model,
    jobs,
    questionsOfExpectations(model, request).map((q) => ({ ...q, stand: standing(model, request.set) })),
    [],
  );
  const ensemble = await allRuns(model, plan, request, lab);
  const answers = await answerComparisons(
    model,
    questionsOfExpectations(model, request),
    askingOf(request),
    lab,
    ensemble,
  );
  return {
    ...setupOf(model, request, runsOf(model, jobs, request) + answers.runs),
    expectations: checkExpectations(model, request, ensemble, answers.findings),
  };
}

export function askingOf({ seed, set, worlds, untilSettled, budget }: Request): Asking {
  return { seed, set, worlds, untilSettled: untilSettled === true, budget };
}

/** Runs that `allRuns` makes. */
function runsOf(model: Model, jobs: readonly Job[], { worlds }: Request): number {
  return worlds * (worlds <= exactRuns ? countRun(model, jobs) : jobs.length);
}

/** By value up to `exactRuns` worlds, tallied above. */
async function allRuns(model: Model, plan: TallyPlan, request: Request, lab: Lab): Promise<Ensemble> {
  const { worlds, seed, budget } = request;
  const isExact = worlds <= exactRuns;
  checkBudget({ model, jobs: plan.jobs, worlds, budget, held: isExact ? "values" : "tallies" });
  return isExact ? runJobs(model, plan.jobs, seed, worlds, lab) : tallyJobs(model, plan, seed, worlds, lab);
}

/** `runs` are those made in all. */
export function setupOf(model: Model, request: Request, runs: number): Setup {
  const free = enumerated(model, request);
  return {
    request,
    views: request.views.map((v) => ({ name: v, label: mindOf(model, v).label })),
    enumerated: free.map(({ name, label, options }) => ({ name, label, options })),
    held: model.choices.filter((c) => !free.includes(c)).map((c) => held(c, request.set)),
    runs,
    sides: sidesOf(model),
  };
}

interface ProfileFindingInput {
  readonly model: Model;
  readonly view: string;
  readonly choices: Profile;
  readonly ensemble: Ensemble;
  readonly values: SideValues;
}

function profileFinding({ model, view, choices, ensemble, values }: ProfileFindingInput): ProfileFinding {
  const part = partOf(ensemble, view, plainSituation(choices));
  const runSteps = part.runs * Math.max(1, model.time?.steps ?? 1);
  return {
    view,
    choices,
    outcomes: outcomesIn({ model, ensemble, view, situation: plainSituation(choices), values }),
    bands: part.bands,
    clamped: part.clampedSteps / runSteps,
  };
}
