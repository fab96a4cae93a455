/** Checks what the modeller expects of the case: passed, failed (in which run, at which time), or undecided. */

import type { Expectation, Mark, Model } from "#model/model.ts";
import { viewsOf } from "./conclusions.ts";
import { judgeComparison, jobsOfComparison, type ComparisonFinding } from "../figures/figures.ts";
import { job, type Job } from "#ensemble/jobs.ts";
import { locateBreach } from "#ensemble/locate.ts";
import { profiles, standing, type Profile, type ProfileRequest } from "#ensemble/profiles.ts";
import { keyOfSituation, situationOf, type Situation } from "#ensemble/situation.ts";
import { partOf, type Ensemble } from "#ensemble/tally/tallies.ts";
import type { Question } from "../answers/answer.ts";
import type { Verdict } from "./verdict.ts";

/** `not told`: there is no figure to judge. */
export type ExpectationState = "passed" | "failed" | "too close to call" | "not told";

export interface ExpectationFinding {
  readonly name: string;
  readonly label: string;
  readonly mark: Mark | null;
  readonly view: string;
  readonly state: ExpectationState;
  /** As written. */
  readonly text: string;
  readonly found:
    /** `runs` of `outOf` broke it; `first` is the earliest run of the first situation that did. */
    | { readonly kind: "always"; readonly runs: number; readonly outOf: number; readonly first: Breach | null }
    /** The ends are in base units; null is unbounded. */
    | {
        readonly kind: "in";
        readonly comparison: ComparisonFinding;
        readonly low: number | null;
        readonly high: number | null;
      }
    | { readonly kind: "comparison"; readonly comparison: ComparisonFinding; readonly verdict: Verdict };
}

export interface Breach {
  readonly situation: Situation;
  readonly world: number;
  /** The first step at which the condition is false, and its time from the start; null where the run has no steps. */
  readonly step: number | null;
  readonly time: number | null;
}

interface ExpectationRequest extends ProfileRequest {
  readonly views: readonly string[];
  readonly seed: number;
}

/** The sets of runs the case's expectations read. `always` reads every profile: it is told of every run there is. */
export function jobsOfExpectations(model: Model, request: ExpectationRequest): readonly Job[] {
  return model.expectations.flatMap((e) =>
    viewsOf(e, request.views).flatMap((view) => {
      const { check } = e;
      if (check.kind !== "always") {
        return jobsOfComparison(model, check.comparison, view, standing(model, request.set));
      }
      return situationsOf(model, check.intervention, request).map((s) => job(view, s, { always: [check.condition] }));
    }),
  );
}

/** What the expectations compare, in order of declaration, each under its views in turn; `always` compares nothing. */
export function questionsOfExpectations(model: Model, request: ExpectationRequest): readonly Question[] {
  return model.expectations.flatMap(({ check, ...e }): Question[] =>
    check.kind === "always"
      ? []
      : viewsOf(e, request.views).map((view) => ({
          comparison: check.comparison,
          view,
          ...(check.kind === "in" && { isSettled: (found) => isSettledWithin(found, check) }),
        })),
  );
}

/** The intervention over every profile, each distinct situation once. */
function situationsOf(
  model: Model,
  intervention: Parameters<typeof situationOf>[1],
  request: ProfileRequest,
): readonly Situation[] {
  const all = profiles(model, request).map((p: Profile) => situationOf(model, intervention, p));
  return [...new Map(all.map((s) => [keyOfSituation(s), s])).values()];
}

/** In order of declaration, each under its views in turn. `answers` are those to `questionsOfExpectations`. */
export function checkExpectations(
  model: Model,
  request: ExpectationRequest,
  ensemble: Ensemble,
  answers: readonly ComparisonFinding[],
): readonly ExpectationFinding[] {
  let next = 0;
  return model.expectations.flatMap((e) =>
    viewsOf(e, request.views).map((view): ExpectationFinding => {
      const head = { name: e.name, label: e.label, mark: e.mark, view };
      const { check } = e;
      if (check.kind === "always") {
        const found = breachesOf(model, check, view, request, ensemble);
        return { ...head, text: check.text, state: found.runs === 0 ? "passed" : "failed", found };
      }
      const comparison = answers[next++];
      if (comparison === undefined) throw new RangeError(`no answer to ${e.name}`);
      return check.kind === "in"
        ? {
            ...head,
            text: check.text,
            state: stateWithin(comparison, check),
            found: { kind: "in", comparison, low: check.low, high: check.high },
          }
        : {
            ...head,
            text: check.comparison.text,
            state: stateOf(judgeComparison(comparison)),
            found: { kind: "comparison", comparison, verdict: judgeComparison(comparison) },
          };
    }),
  );
}

interface Range {
  /** In base units; null is unbounded. */
  readonly low: number | null;
  readonly high: number | null;
}

/** Failed only where the figure surely lies outside. */
function stateWithin(c: ComparisonFinding, range: Range): ExpectationState {
  if (c.refusal !== null) return "not told";
  const isOutside = (range.low !== null && c.high < range.low) || (range.high !== null && c.low > range.high);
  return isOutside ? "failed" : "passed";
}

/** Where the figure surely lies inside, or outside. */
function isSettledWithin(c: ComparisonFinding, range: Range): boolean {
  const isInside = (range.low === null || c.low >= range.low) && (range.high === null || c.high <= range.high);
  return isInside || stateWithin(c, range) === "failed";
}

function stateOf(verdict: Verdict): ExpectationState {
  switch (verdict) {
    case "holds":
      return "passed";
    case "fails":
    case "no material difference":
    case "does not hold":
      return "failed";
    case "too close to call":
    case "not told":
      return verdict;
  }
}

type AlwaysCheck = Extract<Expectation["check"], { readonly kind: "always" }>;

function breachesOf(
  model: Model,
  check: AlwaysCheck,
  view: string,
  request: ExpectationRequest,
  ensemble: Ensemble,
): Extract<ExpectationFinding["found"], { readonly kind: "always" }> {
  const key = JSON.stringify(check.condition);
  let runs = 0;
  let outOf = 0;
  let first: Breach | null = null;
  for (const situation of situationsOf(model, check.intervention, request)) {
    const sample = partOf(ensemble, view, situation);
    const breach = sample.breaches[sample.job.always.findIndex((a) => JSON.stringify(a) === key)];
    runs += breach?.runs ?? 0;
    outOf += sample.runs;
    if (breach === undefined || breach.first === null || first !== null) continue;
    first = locateBreach(model, check.condition, { view, situation, world: breach.first, seed: request.seed });
  }
  return { kind: "always", runs, outOf, first };
}
