/** The modeller's own checks, a view and the runs in; passed, failed (in which run, at which time) or cannot tell out. */

import type { Expectation, Mark, Model } from "#model/model.ts";
import { viewsOf } from "./conclusions.ts";
import { compare, jobsOfComparison, type ComparisonFinding } from "../figures/figures.ts";
import { job, type Job } from "#ensemble/jobs.ts";
import { locateBreach } from "#ensemble/locate.ts";
import { profiles, standing, type Profile, type ProfileRequest } from "#ensemble/profiles.ts";
import { keyOfSituation, situationOf, type Situation } from "#ensemble/situation.ts";
import { partOf, type Ensemble } from "#ensemble/tally/tallies.ts";
import type { Asked } from "../runs/tallied.ts";
import { judge, sureness, type Verdict } from "./verdict.ts";

export type ExpectationState = "passed" | "failed" | "cannot tell";

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

export interface ExpectationRequest extends ProfileRequest {
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

/** What the expectations compare, for a plan of runs that are not kept. */
export function askedByExpectations(model: Model, request: ExpectationRequest): readonly Asked[] {
  const stand = standing(model, request.set);
  return model.expectations.flatMap(({ check, ...e }) =>
    check.kind === "always"
      ? []
      : viewsOf(e, request.views).map((view) => ({ comparison: check.comparison, view, stand })),
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

/** In order of declaration, each under its views in turn. */
export function checkExpectations(
  model: Model,
  request: ExpectationRequest,
  ensemble: Ensemble,
): readonly ExpectationFinding[] {
  return model.expectations.flatMap((e) =>
    viewsOf(e, request.views).map((view) => checkExpectation(model, e, view, request, ensemble)),
  );
}

function checkExpectation(
  model: Model,
  e: Expectation,
  view: string,
  request: ExpectationRequest,
  ensemble: Ensemble,
): ExpectationFinding {
  const head = { name: e.name, label: e.label, mark: e.mark, view };
  const { check } = e;
  const told = (c: Parameters<typeof compare>[1]): ComparisonFinding =>
    compare(model, c, view, standing(model, request.set), ensemble, request.seed);
  switch (check.kind) {
    case "always": {
      const found = breachesOf(model, check, view, request, ensemble);
      return { ...head, text: check.text, state: found.runs === 0 ? "passed" : "failed", found };
    }
    case "in": {
      const comparison = told(check.comparison);
      const found = { kind: "in" as const, comparison, low: check.low, high: check.high };
      return { ...head, text: check.text, state: inRange(comparison, check.low, check.high), found };
    }
    case "comparison": {
      const comparison = told(check.comparison);
      const verdict = judge(comparison.margin, comparison.threshold, comparison.se);
      const found = { kind: "comparison" as const, comparison, verdict };
      return { ...head, text: check.comparison.text, state: stateOf(verdict), found };
    }
  }
}

/** Failed only when the estimate lies outside by more than two standard errors. */
function inRange(c: ComparisonFinding, low: number | null, high: number | null): ExpectationState {
  if (!Number.isFinite(c.margin) || !Number.isFinite(c.se)) return "cannot tell";
  const slack = sureness * c.se;
  const inside = (low === null || c.margin + slack >= low) && (high === null || c.margin - slack <= high);
  return inside ? "passed" : "failed";
}

function stateOf(verdict: Verdict): ExpectationState {
  switch (verdict) {
    case "holds":
      return "passed";
    case "fails":
    case "no material difference":
      return "failed";
    case "cannot tell":
      return "cannot tell";
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
