/** Answers comparisons of figures: the one place where a figure, its error, its interval and the number of runs it rests on are found. */

import type { Comparison, Model } from "#model/model.ts";
import { checkBudget } from "#ensemble/cost.ts";
import { firstAlike } from "#ensemble/draws/mind.ts";
import { finalOf, keyOfJob, merged, sampleOf, type Job, type Sample, type Samples } from "#ensemble/jobs.ts";
import { standing, type Profile } from "#ensemble/profiles.ts";
import { countRun, runFinals, strung } from "#ensemble/runs.ts";
import { isTallied, tallyJobs, type Ensemble } from "#ensemble/tally/tallies.ts";
import { exactRuns } from "#ensemble/tally/tally-settings.ts";
import { onceFor, type Lab } from "#ensemble/work/lab.ts";
import { compareFigures, jobsOfComparison, type ComparisonFinding } from "../figures/figures.ts";
import { planFor } from "../runs/tallied.ts";
import { looksFor, needsAnotherLook, onlyLook, type Look } from "./looks.ts";

/** A comparison to be told under a view of the model. */
export interface Question {
  readonly comparison: Comparison;
  readonly view: string;
  /** What counts as settled, where that is not the verdict. */
  readonly isSettled?: (found: ComparisonFinding) => boolean;
}

interface Answers {
  /** By question. */
  readonly findings: readonly ComparisonFinding[];
  /** Simulated runs made for them now, besides those that were there. */
  readonly runs: number;
}

/** What is the same for all questions asked at once. */
export interface Asking {
  readonly seed: number;
  /** Choices pinned to an option. */
  readonly set: Profile;
  /** Worlds run at the first look; the only one unless `untilSettled`. */
  readonly worlds: number;
  /** Whether worlds are added until the verdict is settled; see `looks.ts`. */
  readonly untilSettled: boolean;
  readonly budget: number;
}

/**
 * One finding for each question, in order. What a question is answered with depends on the model, the question, the seed and what is pinned, and on nothing that is asked beside
 * it: worlds 0 … n − 1 are the same whatever n, and n is the comparison's own. So what the lab has answered before is not run again, nor what is asked under two views that believe
 * the same. `found`: runs of at least what the questions read, on `worlds` worlds, where they have been made. Rejects as `runJobs` does, and with `OverBudget` before the first run.
 */
export async function answerComparisons(
  model: Model,
  questions: readonly Question[],
  asking: Asking,
  lab: Lab,
  found: Ensemble | null = null,
): Promise<Answers> {
  const answered = onceFor(lab, model, "answers", () => new Map<string, ComparisonFinding>());
  const keys = keysOfQuestions(model, questions, asking);
  const open = new Map<string, Question>();
  questions.forEach((q, i) => {
    const key = keys[i] as string;
    if (q.isSettled !== undefined || !answered.has(key)) open.set(key, q);
  });
  if (open.size === 0) return { findings: keys.map((key) => answered.get(key) as ComparisonFinding), runs: 0 };
  const { findings, runs } = await runUntilSettled(model, [...open.values()], asking, lab, found);
  const now = new Map([...open.keys()].map((key, i) => [key, findings[i] as ComparisonFinding]));
  for (const [key, q] of open) if (q.isSettled === undefined) answered.set(key, now.get(key) as ComparisonFinding);
  return { findings: keys.map((key) => (now.get(key) ?? answered.get(key)) as ComparisonFinding), runs };
}

/** Equal for questions that have the same answer; one that has a measure of its own for what is settled is equal to none. */
function keysOfQuestions(
  model: Model,
  questions: readonly Question[],
  { seed, set, worlds, untilSettled }: Asking,
): readonly string[] {
  const alike = firstAlike(
    model,
    questions.map((q) => q.view),
  );
  const stand = standing(model, set);
  return questions.map(({ comparison, view, isSettled }, i) =>
    JSON.stringify([
      comparison,
      alike.get(view),
      stand,
      seed,
      worlds,
      untilSettled,
      ...(isSettled === undefined ? [] : [i]),
    ]),
  );
}

async function runUntilSettled(
  model: Model,
  questions: readonly Question[],
  asking: Asking,
  lab: Lab,
  found: Ensemble | null,
): Promise<Answers> {
  const { seed, worlds, untilSettled } = asking;
  const stand = standing(model, asking.set);
  const jobsOf = (q: Question): readonly Job[] => jobsOfComparison(model, q.comparison, q.view, stand);
  const jobs = merged(questions.flatMap(jobsOf));
  let ensemble = found ?? (await firstRunsOf(model, jobs, questions, asking, lab));
  let runs = found === null ? countRun(model, jobs) * worlds : 0;
  const findings: ComparisonFinding[] = [];
  const looks = questions.map((q) => (untilSettled ? looksFor(model, q.comparison, worlds) : [onlyLook(worlds)]));
  let open = questions.map((_, i) => i);
  for (let at = 0; open.length > 0; at++) {
    if (at > 0)
      ensemble = await grownTo(
        worlds * 2 ** at,
        open.flatMap((i) => jobsOf(questions[i] as Question)),
      );
    for (const i of open) {
      const { comparison, view } = questions[i] as Question;
      const { missed } = (looks[i] as readonly Look[])[at] as Look;
      findings[i] = compareFigures(comparison, { model, view, stand, ensemble, seed, missed });
    }
    open = open.filter((i) => {
      const [now, last] = [looks[i]?.[at], looks[i]?.at(-1)];
      if (now === undefined || last === undefined) return false;
      const found = findings[i] as ComparisonFinding;
      const { isSettled } = questions[i] as Question;
      return isSettled === undefined ? needsAnotherLook(found, now, last) : now !== last && !isSettled(found);
    });
  }
  return { findings, runs };

  async function grownTo(count: number, wanted: readonly Job[]): Promise<Samples> {
    if (isTallied(ensemble)) throw new RangeError("tallied runs do not grow");
    const before = ensemble;
    const keys = new Set(wanted.map(keyOfJob));
    const these = jobs.filter((j) => keys.has(keyOfJob(j)));
    runs += countRun(model, these) * (count / 2);
    const more = await runFinals({ model, jobs: these, seed, worlds: count, lab, from: count / 2 });
    return new Map(
      these.map((j) => {
        const [first, second] = [before, more].map((s) => sampleOf(s, j.view, j.situation)) as [Sample, Sample];
        return [keyOfJob(j), followedBy(j, first, second)];
      }),
    );
  }
}

async function firstRunsOf(
  model: Model,
  jobs: readonly Job[],
  questions: readonly Question[],
  { seed, set, worlds, budget }: Asking,
  lab: Lab,
): Promise<Ensemble> {
  const isExact = worlds <= exactRuns;
  checkBudget({ model, jobs, worlds, budget, held: isExact ? "finals" : "tallies" });
  if (isExact) return runFinals({ model, jobs, seed, worlds, lab });
  const stand = standing(model, set);
  const plan = planFor(
    model,
    jobs,
    questions.map((q) => ({ ...q, stand })),
    [],
  );
  return tallyJobs(model, plan, seed, worlds, lab);
}

/** The finals of a job over the worlds of one sample and then those of the next. */
function followedBy(job: Job, first: Sample, second: Sample): Sample {
  return {
    job,
    runs: first.runs + second.runs,
    outcomes: [],
    finals: job.finals.map((e) => strung([finalOf(first, e), finalOf(second, e)])),
    breaches: [],
    bands: [],
    clampedSteps: first.clampedSteps + second.clampedSteps,
  };
}
