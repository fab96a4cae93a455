/** Scores a model's forecasts: the chances that the text and each view gave, and what came. */

import type { Expression } from "#model/expression.ts";
import type { Forecast, Model } from "#model/model.ts";
import { timeAt } from "#model/units/dates.ts";
import { checkBudget } from "#ensemble/cost.ts";
import { finalOf, job, merged, sampleOf, type Job } from "#ensemble/jobs.ts";
import type { Lab } from "#ensemble/work/lab.ts";
import { mindOf, ownView } from "#ensemble/draws/mind.ts";
import { standing, type Profile } from "#ensemble/profiles.ts";
import { runJobs } from "#ensemble/runs.ts";
import { situationOf, type Situation } from "#ensemble/situation.ts";
import { chanceError, mean } from "#ensemble/statistics.ts";
import {
  brier,
  calibration,
  fewestForCalibration,
  logScore,
  murphy,
  skill,
  type CalibrationBin,
  type Decomposition,
  type Scored,
} from "#evidence/scores.ts";
import { setupOf, type Setup } from "../findings/findings.ts";
import { posteriorChances, type TooFewAgree } from "./learn.ts";
import { countedLabels, evidenceOf, unknownsIn } from "./observed.ts";
import { seenBy } from "./seen-by.ts";

export { fewestForCalibration };

interface ScoreRequest {
  readonly views: readonly string[];
  readonly seed: number;
  readonly worlds: number;
  readonly set: Profile;
  readonly budget: number;
  /** Forecasts that were laid down earlier; their chances of then are the ones that count. */
  readonly frozen: readonly Frozen[];
}

/** A forecast as it was laid down. */
export interface Frozen {
  readonly name: string;
  readonly fingerprint: string;
  /** SHA-256 of the case's text then. */
  readonly caseHash: string;
  /** ISO date. */
  readonly on: string;
  readonly reading: number | null;
  readonly base: number;
  /** By view: after what it counts as seen by then, where it counts anything. */
  readonly views: Readonly<Record<string, number>>;
  /** By view that has no chance here: why. */
  readonly untold?: Readonly<Record<string, string>> | undefined;
  /** Observations that were counted. */
  readonly evidence?: readonly string[] | undefined;
}

interface Chance {
  readonly value: number;
  readonly se: number;
}

export interface ForecastFinding {
  readonly name: string;
  readonly label: string;
  readonly claim: string;
  /** As written. */
  readonly text: string;
  readonly by: number;
  readonly state: Forecast["state"];
  readonly resolvedOn: string | null;
  readonly reason: string | null;
  /** The modeller's stated reading of the text. */
  readonly reading: number | null;
  readonly situation: Situation;
  /** With every claim off, in the case's own figures: the base rate. */
  readonly base: Chance;
  readonly views: readonly { readonly view: string; readonly chance: Chance }[];
  /** Equal for forecasts that say the same: what it says, of what, by when, if what, at which reading. */
  readonly fingerprint: string;
  /** As it was laid down first, word for word the same; null where it was not. */
  readonly frozen: Frozen | null;
  /** Laid down under this name, and worded otherwise since: a new forecast. */
  readonly isChanged: boolean;
}

/** The scores of one source of chances. Infinity is what an impossible thing that happened costs. */
interface SourceScore {
  readonly source: string;
  readonly label: string;
  readonly kind: "reading" | "view" | "base";
  readonly scored: number;
  readonly brier: number;
  readonly logScore: number;
  /** What either may be off by, since chances are had from runs: one standard error, 0 where none is. The errors of single forecasts are added up, which is right however they hang together. */
  readonly brierError: number;
  readonly logScoreError: number;
  /** 1 − Brier ÷ that of the base rates on the same forecasts. */
  readonly skill: number;
  /** Of the skill, from the errors of both scores. */
  readonly skillError: number;
  /** Both null below `fewestForCalibration` independent forecasts. */
  readonly decomposition: Decomposition | null;
  readonly calibration: readonly CalibrationBin[] | null;
}

/** What `score` found: every forecast with its state and its chance under each view, and the Brier and log scores of each source. */
export interface ScoreFindings {
  readonly request: ScoreRequest;
  readonly forecasts: readonly ForecastFinding[];
  readonly scores: readonly SourceScore[];
  /** Settled forecasts, and of how many different claims: those of one claim are not independent. */
  readonly settled: number;
  readonly independent: number;
  /** Unknowns that the runs read and that were known only after the case's own date: scored in hindsight. */
  readonly hindsight: readonly string[];
  /** Unknowns without a date by which they were known: what they owe to hindsight cannot be told. */
  readonly undated: number;
  /** Labels of observations that a view counts: the chances here are those before them. */
  readonly uncounted: readonly string[];
  readonly runs: number;
  readonly setup: Setup;
}

/** Rejects with `OverBudget` before the first run and `StoppedRun` as every run. */
export async function scoreFindings(model: Model, request: ScoreRequest, lab: Lab): Promise<ScoreFindings> {
  const jobs = merged(model.forecasts.flatMap((f) => jobsOf(model, f, request)));
  checkBudget({ model, jobs, worlds: request.worlds, budget: request.budget });
  const samples = await runJobs(model, jobs, request.seed, request.worlds, lab);
  const forecasts = model.forecasts.map((f): ForecastFinding => {
    const condition = conditionOf(model, f);
    const situation = courseOf(model, f, request);
    const chance = (view: string, where: Situation): Chance => {
      const values = finalOf(sampleOf(samples, view, where), condition);
      return { value: mean(values), se: chanceError(values) };
    };
    const fingerprint = fingerprintOf(f);
    const frozen = request.frozen.find((x) => x.name === f.name && x.fingerprint === fingerprint) ?? null;
    return {
      name: f.name,
      label: f.label,
      claim: f.of,
      text: f.text,
      by: f.by,
      state: f.state,
      resolvedOn: f.resolvedOn,
      reason: f.reason,
      reading: f.reading,
      situation,
      base: chance(ownView, withoutClaims(model, situation)),
      views: request.views.map((view) => ({ view, chance: chance(view, situation) })),
      fingerprint,
      frozen,
      isChanged: frozen === null && request.frozen.some((x) => x.name === f.name),
    };
  });
  const settled = forecasts.filter(isForecastSettled);
  const independent = new Set(settled.map((f) => f.claim)).size;
  const read = unknownsIn({ ...model, unknowns: [], evidence: [], records: [], tests: [] });
  return {
    request,
    forecasts,
    scores: scoresOf(model, request, settled, independent),
    settled: settled.length,
    independent,
    hindsight: model.unknowns
      .filter((u) => model.asOf !== null && u.knownBy !== null && u.knownBy > model.asOf && read.has(u.name))
      .map((u) => u.name),
    undated: model.unknowns.filter((u) => u.knownBy === null).length,
    uncounted: countedLabels(model, request.views),
    runs: jobs.length * request.worlds,
    setup: setupOf(model, { ...request, vary: [], series: [] }, jobs.length * request.worlds),
  };
}

export function isForecastSettled(f: Pick<ForecastFinding, "state">): boolean {
  return f.state === "came true" || f.state === "came false";
}

function jobsOf(model: Model, f: Forecast, request: ScoreRequest): readonly Job[] {
  const finals = [conditionOf(model, f)];
  const situation = courseOf(model, f, request);
  return [
    ...request.views.map((view) => job(view, situation, { finals })),
    job(ownView, withoutClaims(model, situation), { finals }),
  ];
}

function conditionOf(model: Model, f: Forecast): Expression {
  return seenBy(model, f.condition, f.by);
}

function courseOf(model: Model, f: Forecast, request: ScoreRequest): Situation {
  return situationOf(model, f.intervention, standing(model, request.set));
}

/** Every claim false: what the record alone would say. */
function withoutClaims(model: Model, situation: Situation): Situation {
  // In a group of which exactly one is true not all can be off; those keep their own credences.
  const free = new Set(model.groups.filter((g) => !g.neither).flatMap((g) => g.claims));
  const off = Object.fromEntries(model.claims.filter((c) => !free.has(c.name)).map((c) => [c.name, false]));
  return { ...situation, claims: { ...off, ...situation.claims } };
}

/** When forecasts are laid down, and of which text. */
interface LayingDown {
  /** SHA-256 of the case's text. */
  readonly caseHash: string;
  /** ISO date: what was seen by then counts. */
  readonly on: string;
}

interface LaidDown {
  readonly fresh: readonly Frozen[];
  /** Views that lay down nothing, and why: what they count as seen left too few effective worlds. */
  readonly untold: Readonly<Record<string, string>>;
}

/**
 * Lays down the forecasts that are open and were not laid down yet of this version of the case, with each view's chance after what it counts as seen by that date. The base rate is
 * that of the record and learns nothing. Rejects as `learnFindings` does.
 */
export async function layDown(
  model: Model,
  { forecasts, request }: Pick<ScoreFindings, "forecasts" | "request">,
  { caseHash, on }: LayingDown,
  lab: Lab,
): Promise<LaidDown> {
  const open = forecasts.filter(
    (f) =>
      f.state === "open" && !request.frozen.some((x) => x.fingerprint === f.fingerprint && x.caseHash === caseHash),
  );
  const asked = open.map((f) => ({ situation: f.situation, condition: conditionOf(model, named(model, f.name)) }));
  const until = timeAt(model.time, on);
  const learn = { ...request, until, untilDate: on, motives: false, conclusions: false };
  const after = new Map<string, readonly number[]>();
  const untold: Record<string, string> = {};
  const counted = new Set<string>();
  for (const view of open.length === 0 ? [] : request.views) {
    const evidence = evidenceOf(model, view, until);
    for (const e of evidence) counted.add(e.name);
    const found = evidence.length === 0 ? null : await posteriorChances(model, view, asked, learn, lab);
    if (found !== null && "floor" in found) untold[view] = tooFewText(found);
    else after.set(view, found?.map((c) => c.value) ?? open.map((f) => chanceUnder(f, view)));
  }
  const fresh = open.map((f, i) => ({
    name: f.name,
    fingerprint: f.fingerprint,
    caseHash,
    on,
    reading: f.reading,
    base: f.base.value,
    views: Object.fromEntries([...after].map(([view, chances]) => [view, chances[i] as number])),
    ...(Object.keys(untold).length === 0 ? {} : { untold }),
    evidence: [...counted],
  }));
  return { fresh, untold };
}

function tooFewText({ effective, floor, worlds }: TooFewAgree): string {
  return `of ${worlds} simulated runs made, those that agree with what was seen are worth ${Math.floor(effective)}; ${floor} are needed`;
}

function named(model: Model, name: string): Forecast {
  const found = model.forecasts.find((f) => f.name === name);
  if (found === undefined) throw new Error(`no forecast '${name}'`);
  return found;
}

function chanceUnder(f: ForecastFinding, view: string): number {
  return f.views.find((v) => v.view === view)?.chance.value ?? Number.NaN;
}

/** Open forecasts that were laid down of another version of the case last, or never. */
export function staleForecasts(model: Model, frozen: readonly Frozen[], caseHash: string): readonly string[] {
  const isLaid = (f: Forecast): boolean =>
    frozen.some((x) => x.fingerprint === fingerprintOf(f) && x.caseHash === caseHash);
  return model.forecasts.filter((f) => f.state === "open" && !isLaid(f)).map((f) => f.name);
}

/** JSON of what a forecast says, its state and sources aside. */
function fingerprintOf(f: Forecast): string {
  const { name, of, by, condition, reading, intervention } = f;
  return JSON.stringify({ name, of, by, condition, reading, intervention });
}

function scoresOf(
  model: Model,
  request: ScoreRequest,
  settled: readonly ForecastFinding[],
  independent: number,
): readonly SourceScore[] {
  // A chance had from n runs is scored as (n·chance + ½) / (n + 1): none came is not impossible.
  const sampled = (x: number): number => (x * request.worlds + 0.5) / (request.worlds + 1);
  const baseOf = (f: ForecastFinding): number => f.frozen?.base ?? sampled(f.base.value);
  const viewOf = (f: ForecastFinding, view: string): number | null => {
    if (f.frozen !== null) return f.frozen.views[view] ?? null;
    const now = f.views.find((v) => v.view === view)?.chance.value;
    return now === undefined ? null : sampled(now);
  };
  const outcome = (f: ForecastFinding): 0 | 1 => (f.state === "came true" ? 1 : 0);
  // What was laid down is a stated chance, and no more in doubt than the text's own.
  const errorIn = (f: ForecastFinding, chance: Chance | undefined): number =>
    f.frozen === null ? (chance?.se ?? 0) : 0;
  const by = (
    chanceOf: (f: ForecastFinding) => number | null,
    errorOf: (f: ForecastFinding) => number,
  ): readonly ScoredChance[] =>
    settled.flatMap((f) => {
      const chance = chanceOf(f);
      const base = { base: baseOf(f), baseError: errorIn(f, f.base) };
      return chance === null ? [] : [{ chance, se: errorOf(f), outcome: outcome(f), ...base }];
    });
  const told = (
    source: string,
    label: string,
    kind: SourceScore["kind"],
    all: readonly ScoredChance[],
  ): SourceScore => {
    const isEnough = independent >= fewestForCalibration;
    const own = brier(all);
    const reference = brier(all.map((s) => ({ chance: s.base, outcome: s.outcome })));
    const ownError = meanOver(all, (s) => 2 * Math.abs(s.chance - s.outcome) * s.se);
    const referenceError = all.reduce((sum, s) => sum + 2 * Math.abs(s.base - s.outcome) * s.baseError, 0) / all.length;
    // Where every run without claims came out as the world did, what the base rates miss is how many runs were made, and no measure for others.
    const isMeasure = all.some((s) => Math.abs(s.base - s.outcome) > 1 / request.worlds);
    return {
      source,
      label,
      kind,
      scored: all.length,
      brier: own,
      logScore: logScore(all),
      brierError: ownError,
      logScoreError: meanOver(all, (s) => s.se / (s.outcome === 1 ? s.chance : 1 - s.chance)),
      skill: isMeasure ? skill(own, reference) : Number.NaN,
      skillError: isMeasure ? (ownError + (own / reference) * referenceError) / reference : Number.NaN,
      decomposition: isEnough ? murphy(all) : null,
      calibration: isEnough ? calibration(all) : null,
    };
  };
  if (settled.length === 0) return [];
  return [
    told(
      "reading",
      "the text, in the modeller's reading",
      "reading",
      by(
        (f) => f.frozen?.reading ?? f.reading,
        () => 0,
      ),
    ),
    ...request.views.map((view) =>
      told(
        view,
        mindOf(model, view).label,
        "view",
        by(
          (f) => viewOf(f, view),
          (f) => errorIn(f, f.views.find((v) => v.view === view)?.chance),
        ),
      ),
    ),
    told(
      "base",
      "the base rates: every claim off",
      "base",
      by(baseOf, (f) => errorIn(f, f.base)),
    ),
  ];
}

/** A chance that is scored, with its standard error. */
interface ScoredChance extends Scored {
  readonly se: number;
  readonly base: number;
  readonly baseError: number;
}

/** A chance without error counts for nothing, whatever its slope. */
function meanOver(all: readonly ScoredChance[], error: (s: ScoredChance) => number): number {
  return all.reduce((sum, s) => sum + (s.se === 0 ? 0 : error(s)), 0) / all.length;
}
