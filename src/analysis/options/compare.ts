/** Compares the options of choices: outcomes side by side, what each option is worth, its regret, and the worth of knowing more. */

import type { Expression } from "#model/expression.ts";
import type { Actor, Choice, Model, Unit } from "#model/model.ts";
import { buildTable, runsOfTable, type AskedTarget, type TableRequest } from "#ensemble/table/build-table.ts";
import { checkBudget } from "#ensemble/cost.ts";
import { finalOf, job, sampleOf } from "#ensemble/jobs.ts";
import type { Lab } from "#ensemble/work/lab.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import { profiles, standing, type Profile } from "#ensemble/profiles.ts";
import { runJobs } from "#ensemble/runs.ts";
import { plainSituation } from "#ensemble/situation.ts";
import { mean, standardError, variance } from "#ensemble/statistics.ts";
import { answerOutcomes } from "../answers/answer.ts";
import { askingOf, setupOf, type Request, type Setup } from "../findings/findings.ts";
import { expectedUtilities } from "./expected-utility.ts";
import { outcomeFinding, outcomeHead, type OutcomeFinding, type OutcomeHead } from "../outcomes/outcomes.ts";
import { regretOf, type Regret } from "./regret.ts";
import { worthOfClaims, worthOfUnknowns, type Worth } from "./worth-of-knowing.ts";
import { sureness } from "../verdicts/verdict.ts";

interface CompareOption {
  readonly name: string;
  /** Of the choices compared. */
  readonly choices: Profile;
}

interface OptionOutcomes {
  readonly outcomes: readonly OutcomeFinding[];
  /** By outcome: the mean less the first option's, over the same worlds. Null for words. */
  readonly differences: readonly ({ readonly mean: number; readonly se: number } | null)[];
}

interface OptionWorth {
  readonly mean: number;
  readonly se: number;
  /** Less that of the best option. */
  readonly behind: { readonly mean: number; readonly se: number };
  readonly regret: Regret;
}

export interface ViewCompared {
  readonly view: string;
  readonly label: string;
  /** By option. */
  readonly outcomes: readonly OptionOutcomes[];
  /** By option; null where nobody's values are asked for. */
  readonly worth: readonly OptionWorth[] | null;
  readonly best: number | null;
  /** How much of the utilities' variance the regression over beliefs takes up, by option; 1 where nothing is left to luck. */
  readonly explained: readonly number[];
  readonly worthOfKnowing: {
    /** Of all claims and unknowns together. */
    readonly everything: Omit<Worth, "name">;
    readonly claims: readonly Worth[];
    /** Where claims are too many to go through, their worth is a regression estimate too. */
    readonly exactClaims: boolean;
    readonly unknowns: readonly Worth[];
  } | null;
}

/** What `compare` found: for each view, the outcomes of every option, its worth to the actor, its regret, and the worth of knowing more. Worth is in the base unit of the actor's values. */
export interface CompareFindings extends Setup {
  readonly compared: readonly { readonly name: string; readonly label: string }[];
  readonly options: readonly CompareOption[];
  readonly outcomes: readonly OutcomeHead[];
  /** Whose values are counted. */
  readonly actor: {
    readonly name: string;
    readonly label: string;
    readonly unit: string;
    readonly factor: number;
  } | null;
  /** The utility from which on an option is good enough. */
  readonly enough: number;
  readonly byView: readonly ViewCompared[];
  /** By option: one that is better under every view asked for by more than two errors, if there is. */
  readonly dominated: readonly (number | null)[];
}

interface CompareFindingsInput {
  readonly model: Model;
  readonly request: Request;
  readonly compared: readonly Choice[];
  readonly actor: Actor | null;
  readonly enough: number | null;
  readonly options: { readonly exact: number };
  readonly lab: Lab;
}

/** `compared` are the choices gone through; `actor` whose values count (null: who makes the first of them, if it has any). */
export async function compareFindings({
  model,
  request,
  compared,
  actor,
  enough,
  options,
  lab,
}: CompareFindingsInput): Promise<CompareFindings> {
  const others = model.choices.filter((c) => !compared.includes(c));
  const held = Object.fromEntries(others.map((c) => [c.name, standing(model, request.set)[c.name] ?? ""]));
  const all = profiles(model, { set: held, vary: compared.map((c) => c.name) });
  const named = all.map((p): CompareOption => {
    const choices = Object.fromEntries(compared.map((c) => [c.name, p[c.name] ?? ""]));
    return { name: Object.values(choices).join(", "), choices };
  });
  const values = actor?.values ?? null;
  const jobs = request.views.flatMap((view) =>
    all.map((p) => job(view, plainSituation(p), { finals: values === null ? [] : [values] })),
  );
  checkBudget({
    model,
    jobs,
    worlds: request.worlds,
    budget: request.budget,
    held: "values",
    further: runsOfWorth(model, request, all, values, options),
  });
  const samples = await runJobs(model, jobs, request.seed, request.worlds, lab);
  const places = request.views.flatMap((view) => all.map((p) => ({ view, situation: plainSituation(p) })));
  const { values: sides, runs: more } = await answerOutcomes(model, places, askingOf(request), lab, samples);
  let runs = jobs.length * request.worlds + more;
  const utility = (view: string): readonly Float64Array[] =>
    values === null ? [] : all.map((p) => finalOf(sampleOf(samples, view, plainSituation(p)), values));
  const means = request.views.flatMap((view) => utility(view).map(mean));
  const line = enough ?? means.reduce((a, b) => a + b, 0) / Math.max(1, means.length);
  const byView: ViewCompared[] = [];
  for (const view of request.views) {
    const own = all.map((p): readonly Float64Array[] => {
      const situation = plainSituation(p);
      const sample = sampleOf(samples, view, situation);
      return model.outcomes.map(
        (o, i) => sides(view, { situation, outcome: o.name }) ?? (sample.outcomes[i] as Float64Array),
      );
    });
    const head = {
      view,
      label: mindOf(model, view).label,
      outcomes: own.map((values) => outcomesBeside(model, values, own[0] as typeof values)),
    };
    if (values === null) {
      byView.push({ ...head, worth: null, best: null, explained: [], worthOfKnowing: null });
      continue;
    }
    const utilities = utility(view);
    const expected = expectedUtilities(model, view, request.seed, all, utilities);
    const best = indexOfMost(utilities.map(mean));
    const claims = await claimsWorth({ model, view, request, all, values, options, lab });
    runs += claims?.runs ?? 0;
    byView.push({
      ...head,
      best,
      explained: expected.explained,
      worth: utilities.map((u, i) => ({
        mean: mean(u),
        se: standardError(u),
        behind: differenceOf(u, utilities[best] as Float64Array),
        regret: regretOf(expected.values, i, line),
      })),
      worthOfKnowing: {
        everything: everythingWorth(expected.values),
        claims: claims?.worth ?? expected.claims,
        exactClaims: claims !== null,
        unknowns: worthOfUnknowns(model, request.seed, utilities),
      },
    });
  }
  return {
    ...setupOf(model, request, runs),
    compared: compared.map(({ name, label }) => ({ name, label })),
    options: named,
    outcomes: model.outcomes.map(outcomeHead),
    actor:
      actor === null || values === null
        ? null
        : {
            name: actor.name,
            label: actor.label,
            unit: actor.valuesUnit?.label ?? "number",
            factor: actor.valuesUnit?.factor ?? 1,
          },
    enough: line,
    byView,
    dominated: named.map((_, i) => dominatorOf(i, request.views.map(utility))),
  };
}

/** `values` and `first` by outcome and then by run. */
function outcomesBeside(model: Model, values: readonly Float64Array[], first: readonly Float64Array[]): OptionOutcomes {
  return {
    outcomes: model.outcomes.map((o, i) => outcomeFinding(o, values[i] as Float64Array)),
    differences: model.outcomes.map((o, i) =>
      o.categories !== null ? null : differenceOf(values[i] as Float64Array, first[i] as Float64Array),
    ),
  };
}

/**
 * Of paired runs, the one mean less the other. Where one rests on more worlds than the other, so does its mean: with n > m worlds the difference has the variance
 * Var(a)/n + Var(b)/m − 2·Cov(a, b)/n, since only m of the worlds are common to both.
 */
function differenceOf(a: Float64Array, b: Float64Array): { readonly mean: number; readonly se: number } {
  const common = Math.min(a.length, b.length);
  const apart = a.subarray(0, common).map((x, w) => x - (b[w] as number));
  if (a.length === b.length) return { mean: mean(apart), se: standardError(apart) };
  const shared = [a, b].map((x) => variance(x.subarray(0, common)));
  const covariance = (shared.reduce((s, v) => s + v, 0) - variance(apart)) / 2;
  const squared = variance(a) / a.length + variance(b) / b.length - (2 * covariance) / Math.max(a.length, b.length);
  return { mean: mean(a) - mean(b), se: Math.sqrt(Math.max(0, squared)) };
}

function indexOfMost(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}

/** The mean over beliefs of the best option there, less the option that is best on the whole: never below 0. */
function everythingWorth(expected: readonly Float64Array[]): Omit<Worth, "name"> {
  const usual = expected[indexOfMost(expected.map(mean))] ?? new Float64Array();
  const gained = usual.map((own, w) => Math.max(...expected.map((e) => e[w] as number)) - own);
  return { worth: mean(gained), se: standardError(gained) };
}

function dominatorOf(option: number, byView: readonly (readonly Float64Array[])[]): number | null {
  const count = byView[0]?.length ?? 0;
  for (let other = 0; other < count; other++) {
    if (other === option) continue;
    const better = byView.every((utilities) => {
      const d = differenceOf(utilities[other] as Float64Array, utilities[option] as Float64Array);
      return d.mean - sureness * d.se > 0;
    });
    if (better) return other;
  }
  return null;
}

const plainNumber: Unit = { label: "number", factor: 1, dimension: {} };

interface ClaimsWorthInput {
  readonly model: Model;
  readonly view: string;
  readonly request: Request;
  readonly all: readonly Profile[];
  readonly values: Expression;
  readonly options: { readonly exact: number };
  readonly lab: Lab;
}

/** From the gate table where every pattern can be gone through; null otherwise. */
async function claimsWorth({
  model,
  view,
  request,
  all,
  values,
  options,
  lab,
}: ClaimsWorthInput): Promise<{ readonly worth: readonly Worth[]; readonly runs: number } | null> {
  if (model.claims.filter((c) => c.isGate).length > options.exact) return null;
  const table = await buildTable(
    model,
    optionsAsked(all, values),
    standing(model, request.set),
    worthRequest(view, request, options),
    lab,
  );
  return { worth: worthOfClaims(table, mindOf(model, view)), runs: table.runs };
}

/** What each option is worth on average, as a target of its own. */
function optionsAsked(all: readonly Profile[], values: Expression): readonly AskedTarget[] {
  return all.map((p, i): AskedTarget => ({
    name: `option ${i}`,
    kind: "outcome",
    comparison: {
      figures: [
        {
          statistic: "mean",
          of: values,
          level: null,
          intervention: { choices: p, claims: {}, suppositions: [] },
          given: null,
          givenIsInside: false,
          givenText: null,
          unit: plainNumber,
          text: `option ${i}`,
        },
      ],
      margin: { op: "figure", index: 0 },
      threshold: 0,
      form: "difference",
      slack: 0,
      allowsEqual: false,
      unit: plainNumber,
      text: `option ${i}`,
    },
  }));
}

function worthRequest(view: string, request: Request, options: { readonly exact: number }): TableRequest {
  return {
    view,
    serves: [view],
    seed: request.seed,
    worlds: request.worlds,
    patterns: 0,
    exact: options.exact,
  };
}

/** Runs for the worth of knowing each claim exactly; none where there are too many claims for that. */
function runsOfWorth(
  model: Model,
  request: Request,
  all: readonly Profile[],
  values: Expression | null,
  options: { readonly exact: number },
): number {
  if (values === null || model.claims.filter((c) => c.isGate).length > options.exact) return 0;
  const stand = standing(model, request.set);
  const asked = optionsAsked(all, values);
  return request.views.reduce(
    (sum, view) => sum + runsOfTable(model, asked, stand, worthRequest(view, request, options)),
    0,
  );
}

/** Whose values count when nobody says: who makes the first of the choices, if it has values. */
export function chooserOf(model: Model, compared: readonly Choice[]): Actor | null {
  const by = compared[0]?.by;
  return model.actors.find((a) => a.name === by && a.values !== null) ?? null;
}
