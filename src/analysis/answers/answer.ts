/** Answers comparisons of figures: the one place where a figure, its error, its interval and the number of runs it rests on are found. */

import type { Expression } from "#model/expression.ts";
import type { Comparison, Model } from "#model/model.ts";
import { checkBudget } from "#ensemble/cost.ts";
import { firstAlike, viewNames } from "#ensemble/draws/mind.ts";
import { finalOf, job, keyOfJob, merged, sampleOf, type Job, type Sample, type Samples } from "#ensemble/jobs.ts";
import { standing, type Profile } from "#ensemble/profiles.ts";
import { countRun, runFinals, strung } from "#ensemble/runs.ts";
import { keyOfSituation, type Situation } from "#ensemble/situation.ts";
import { isTallied, tallyJobs, type Ensemble } from "#ensemble/tally/tallies.ts";
import { exactRuns } from "#ensemble/tally/tally-settings.ts";
import { onceFor, type Lab } from "#ensemble/work/lab.ts";
import { compareFigures, jobsOfComparison, type ComparisonFinding } from "../figures/figures.ts";
import { planFor } from "../runs/tallied.ts";
import { looksFor, needsAnotherLook, onlyLook, type Look } from "./looks.ts";
import { keyOfSide, kinIn, outcomeSides, type OutcomeSide, type SideValues } from "./sides.ts";

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
 * it: worlds 0 … n − 1 are the same whatever n, and n is that of the comparison and of the case's conclusions that share a side with it (see `sides.ts`). So what the lab has answered before
 * is not run again, nor what is asked under two views that believe the same. `found`: runs on `worlds` worlds that have been made. Rejects as `runJobs` does, and with `OverBudget` before
 * the first run.
 */
export async function answerComparisons(
  model: Model,
  questions: readonly Question[],
  asking: Asking,
  lab: Lab,
  found: Ensemble | null = null,
): Promise<Answers> {
  const answered = onceFor(lab, model, "answers", () => new Map<string, ComparisonFinding>());
  const keyOf = keysOfQuestions(model, asking);
  const known = (q: Question): ComparisonFinding | undefined =>
    q.isSettled === undefined ? answered.get(keyOf(q)) : undefined;
  const open = questions.filter((q) => known(q) === undefined);
  if (open.length === 0) return { findings: questions.map((q) => known(q) as ComparisonFinding), runs: 0 };
  const groups = groupsOf(model, open, asking, keyOf);
  const { findings, runs } = await runUntilSettled(model, groups, asking, lab, found);
  const now = new Map<Question | string, ComparisonFinding>();
  for (const [g, { members, asked }] of groups.entries())
    members.forEach((q, i) => {
      const finding = findings[g]?.[i] as ComparisonFinding;
      if (q.isSettled !== undefined) now.set(q, finding);
      else if (asked === null || asked === q) now.set(keyOf(q), finding);
    });
  for (const [key, finding] of now) if (typeof key === "string") answered.set(key, finding);
  const answerOf = (q: Question): ComparisonFinding =>
    (now.get(q.isSettled === undefined ? keyOf(q) : q) ?? known(q)) as ComparisonFinding;
  return { findings: questions.map(answerOf), runs };
}

/** Questions that are looked at together, under one view. */
interface Group {
  readonly members: readonly Question[];
  /** The one that is no conclusion of the case, if there is: the others are there because it shares a side with them, and their own answer does not wait for it. */
  readonly asked: Question | null;
}

/** With a number of runs that was asked for, each question alone: all rest on the same worlds as it is. */
function groupsOf(
  model: Model,
  questions: readonly Question[],
  { set, untilSettled }: Asking,
  keyOf: (q: Question) => string,
): readonly Group[] {
  const kinOf = kinIn(model, standing(model, set));
  const groups = new Map<string, Group>();
  for (const q of questions) {
    const kin = untilSettled ? kinOf(q.comparison).map((comparison) => ({ comparison, view: q.view })) : [];
    const own = keyOf(q);
    const at = q.isSettled === undefined ? kin.findIndex((k) => keyOf(k) === own) : -1;
    if (at < 0)
      groups.set(q.isSettled === undefined ? own : `${own} ${groups.size}`, { members: [...kin, q], asked: q });
    else groups.set(keyOf(kin[0] as Question), { members: kin, asked: null });
  }
  return [...groups.values()];
}

/** Equal for questions that have the same answer. */
function keysOfQuestions(model: Model, { seed, set, worlds, untilSettled }: Asking): (q: Question) => string {
  const alike = firstAlike(model, viewNames(model));
  const stand = standing(model, set);
  return ({ comparison, view }) => JSON.stringify([comparison, alike.get(view), stand, seed, worlds, untilSettled]);
}

/** Findings by group and then by member. */
async function runUntilSettled(
  model: Model,
  groups: readonly Group[],
  asking: Asking,
  lab: Lab,
  found: Ensemble | null,
): Promise<{ readonly findings: readonly (readonly ComparisonFinding[])[]; readonly runs: number }> {
  const { seed, set, worlds, untilSettled } = asking;
  const stand = standing(model, set);
  const comparedIn = ({ members }: Group): readonly Job[] =>
    members.flatMap(({ comparison, view }) => jobsOfComparison(model, comparison, view, stand));
  const jobsOf = (group: Group): readonly Job[] => [
    ...comparedIn(group),
    ...group.members.flatMap(({ comparison, view }) =>
      outcomeSides(model, comparison, stand).map((s) => job(view, s.situation, { finals: [outcomeOfName(s.outcome)] })),
    ),
  ];
  const jobs = merged(groups.flatMap(jobsOf));
  const compared = new Map(merged(groups.flatMap(comparedIn)).map((j) => [keyOfJob(j), j]));
  const lacking =
    found === null || isTallied(found) ? [] : jobs.filter((j) => !isKept(found, j, compared.get(keyOfJob(j))));
  let ensemble = await firstRunsOf(found === null ? jobs : lacking);
  let runs = countRun(model, found === null ? jobs : lacking) * worlds;
  const findings = groups.map((): ComparisonFinding[] => []);
  const looks = groups.map(({ members }) =>
    untilSettled
      ? looksFor(
          model,
          members.map((q) => q.comparison),
          worlds,
        )
      : [onlyLook(worlds)],
  );
  const { kept, keyOf } = outcomesKept(model, asking, lab);
  let open = groups.map((_, g) => g);
  for (let at = 0; open.length > 0; at++) {
    if (at > 0)
      ensemble = await grownTo(
        worlds * 2 ** at,
        open.flatMap((g) => jobsOf(groups[g] as Group)),
      );
    for (const g of open) {
      const { missed } = (looks[g] as readonly Look[])[at] as Look;
      const { members } = groups[g] as Group;
      findings[g] = members.map(({ comparison, view }) =>
        compareFigures(comparison, { model, view, stand, ensemble, seed, missed }),
      );
    }
    const before = open;
    open = open.filter((g) => {
      const [now, last] = [looks[g]?.[at], looks[g]?.at(-1)];
      if (now === undefined || last === undefined) return false;
      return groups[g]?.members.some((q, i) => isOpen(q, findings[g]?.[i] as ComparisonFinding, now, last));
    });
    if (untilSettled && !isTallied(ensemble))
      for (const g of before) if (!open.includes(g)) keepOutcomes(groups[g] as Group, ensemble);
  }
  return { findings, runs };

  async function firstRunsOf(wanted: readonly Job[]): Promise<Ensemble> {
    if (found !== null && (isTallied(found) || wanted.length === 0)) return found;
    const isExact = worlds <= exactRuns;
    checkBudget({ model, jobs: wanted, worlds, budget: asking.budget, held: isExact ? "finals" : "tallies" });
    if (isExact) return new Map([...(found ?? []), ...(await runFinals({ model, jobs: wanted, seed, worlds, lab }))]);
    const asked = groups.flatMap(({ members }) => members.map((q) => ({ ...q, stand })));
    return tallyJobs(model, planFor(model, wanted, asked, []), seed, worlds, lab);
  }

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
        return [keyOfJob(j), followedBy(model, j, first, second)];
      }),
    );
  }

  /** Of a group that is looked at no more: what its sides that are outcomes came to, where more runs were made than show the others. */
  function keepOutcomes({ members, asked }: Group, samples: Samples): void {
    for (const { comparison, view } of asked === null ? members : [])
      for (const side of outcomeSides(model, comparison, stand)) {
        const sample = sampleOf(samples, view, side.situation);
        if (sample.runs > worlds) kept.set(keyOf(view, side), valuesIn(model, sample, outcomeOfName(side.outcome)));
      }
  }
}

/** Whether a question is looked at again after one look. */
function isOpen({ isSettled }: Question, found: ComparisonFinding, now: Look, last: Look): boolean {
  return isSettled === undefined ? needsAnotherLook(found, now, last) : now !== last && !isSettled(found);
}

/**
 * An outcome that a conclusion of the case has as a side rests on the worlds which that conclusion rests on: the answer that is asked for here, of those conclusions that have a side in one of
 * the situations. `runs`: those made for it now. Rejects as `answerComparisons` does.
 */
export async function answerOutcomes(
  model: Model,
  places: readonly { readonly view: string; readonly situation: Situation }[],
  asking: Asking,
  lab: Lab,
  found: Ensemble | null = null,
): Promise<{ readonly values: SideValues; readonly runs: number }> {
  if (!asking.untilSettled) return { values: () => null, runs: 0 };
  const stand = standing(model, asking.set);
  const sides = model.conclusions.map(({ comparison }) => ({
    comparison,
    at: outcomeSides(model, comparison, stand).map((s) => keyOfSituation(s.situation)),
  }));
  const questions = places.flatMap(({ view, situation }) => {
    const key = keyOfSituation(situation);
    return sides.flatMap(({ comparison, at }) => (at.includes(key) ? [{ comparison, view }] : []));
  });
  const { runs } = await answerComparisons(model, questions, asking, lab, found);
  const { kept, keyOf } = outcomesKept(model, asking, lab);
  return { values: (view, side) => kept.get(keyOf(view, side)) ?? null, runs };
}

function outcomesKept(
  model: Model,
  { seed, worlds }: Asking,
  lab: Lab,
): { readonly kept: Map<string, Float64Array>; readonly keyOf: (view: string, side: OutcomeSide) => string } {
  const alike = firstAlike(model, viewNames(model));
  return {
    kept: onceFor(lab, model, "outcomes of conclusions", () => new Map<string, Float64Array>()),
    keyOf: (view, side) => JSON.stringify([alike.get(view), keyOfSide(side), seed, worlds]),
  };
}

function outcomeOfName(name: string): Expression {
  return { op: "outcome", name };
}

/** The values by run of what a sample kept, an outcome also where all of them were. */
function valuesIn(model: Model, sample: Sample, of: Expression): Float64Array {
  const place = of.op === "outcome" ? model.outcomes.findIndex((o) => o.name === of.name) : -1;
  return sample.outcomes[place] ?? finalOf(sample, of);
}

/** Whether all that a job keeps has been kept of such runs; an outcome that is not itself compared may be one of all outcomes. */
function isKept(samples: Samples, j: Job, compared: Job | undefined): boolean {
  const sample = samples.get(keyOfJob(j));
  if (sample === undefined) return false;
  const [kept, needed] = [sample.job.finals, compared?.finals ?? []].map(
    (all) => new Set(all.map((e) => JSON.stringify(e))),
  );
  return j.finals.every((e) => {
    const key = JSON.stringify(e);
    return kept?.has(key) === true || (needed?.has(key) === false && sample.outcomes.length > 0);
  });
}

/** The finals of a job over the worlds of one sample and then those of the next. */
function followedBy(model: Model, job: Job, first: Sample, second: Sample): Sample {
  return {
    job,
    runs: first.runs + second.runs,
    outcomes: [],
    finals: job.finals.map((e) => strung([valuesIn(model, first, e), valuesIn(model, second, e)])),
    breaches: [],
    bands: [],
    clampedSteps: first.clampedSteps + second.clampedSteps,
  };
}
