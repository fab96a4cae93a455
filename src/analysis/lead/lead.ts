/** All that a page's first screen needs of a conclusion: what is compared, the chain that leads there, what each view finds, and how it follows the claims. */

import type { Beliefs } from "#ensemble/table/claim-law.ts";
import { distinctViews, mindOf } from "#ensemble/draws/mind.ts";
import { standing } from "#ensemble/profiles.ts";
import type { Lab } from "#ensemble/work/lab.ts";
import type { Model } from "#model/model.ts";
import { Refused } from "#text/refused.ts";
import { answerComparisons, answerOutcomes, type Asking } from "../answers/answer.ts";
import { explainFindings } from "../carries/explain.ts";
import { usualTable } from "../carries/claims-table.ts";
import { builtInto } from "../answers/built-in.ts";
import { notTried, type Turning } from "../answers/turning.ts";
import { turningOptions } from "../answers/turning-options.ts";
import { judgeComparison, type ComparisonFinding } from "../figures/figures.ts";
import type { ConclusionFinding } from "../verdicts/conclusions.ts";
import { slopeAt } from "../figures/margin.ts";
import { chainOf, type Chain } from "./chain.ts";
import { leadPictures, type LeadPicture } from "./lead-picture.ts";
import { leadPlanOf, type LeadPlan } from "./lead-plan.ts";
import { makeLeadSheet, type LeadSheet, type OpenSheet } from "./lead-sheet.ts";
import { leadTargets, type LeadTarget } from "./lead-targets.ts";

type Hanging = Pick<ConclusionFinding, "builtIn" | keyof Turning>;

/** Plain data. */
export interface Lead {
  readonly plan: LeadPlan;
  /** Null for the whole. Else these are first figures, of so many runs of each situation, and nothing is concluded from them. */
  readonly firstRuns: number | null;
  readonly chain: Chain | null;
  /** One for each view that a reader may take, in the case's order. */
  readonly pictures: readonly LeadPicture[];
  /** By picture: what is found under its view, as it is found everywhere. */
  readonly answers: readonly ComparisonFinding[];
  /** By picture: whether that is built in, and what it depends on that nobody named. */
  readonly hanging: readonly Hanging[];
  /** What each claim contributes under the view of each picture, as `explain` has it. */
  readonly carried: readonly Carried[];
  /** Null where no claim moves anything, or the figures are no means over runs. */
  readonly follows: { readonly sheet: LeadSheet; readonly places: readonly LeadTarget["at"][] } | null;
}

/** By claim that does anything, in base units of the margin. */
interface Carried {
  readonly view: string;
  readonly shares: readonly { readonly claim: string; readonly share: number }[];
}

interface LeadRequest {
  readonly seed: number;
  readonly worlds: number;
  /** As in `Request`. */
  readonly untilSettled: boolean;
  readonly budget: number;
}

/** Views that believe something of their own and are a reader's to take. */
export function readerViews(model: Model): readonly string[] {
  const known = new Set<string>();
  const isReaders = (name: string): boolean =>
    (model.views.find((v) => v.name === name)?.role ?? "reader") === "reader";
  const views = distinctViews(model).filter(isReaders);
  return (views.length > 0 ? views : distinctViews(model)).filter((view) => {
    const { credences, distributions } = mindOf(model, view);
    const key = JSON.stringify([credences, distributions]);
    return !known.has(key) && known.add(key);
  });
}

/** Null for a conclusion that the case does not have. Rejects as `runJobs` does. */
export async function makeLead(model: Model, conclusion: string, request: LeadRequest, lab: Lab): Promise<Lead | null> {
  const plan = leadPlanOf(model, conclusion);
  const comparison = model.conclusions.find((c) => c.name === conclusion)?.comparison;
  const views = readerViews(model);
  const [view] = views;
  if (plan === null || comparison === undefined || view === undefined) return null;
  const sheetOf = async (targets: readonly LeadTarget[]): Promise<LeadSheet | null> => {
    if (!model.claims.some((c) => c.isGate)) return null;
    try {
      return await makeLeadSheet(model, targets, { view, serves: views, seed: request.seed }, lab);
    } catch (error) {
      // More claims than a table holds, say: the page then makes its own runs.
      if (error instanceof Refused) return null;
      throw error;
    }
  };
  const carried = await carriedIn({ model, conclusion, views, request, lab });
  const weights = new Map((carried[0]?.shares ?? []).map((s) => [s.claim, s.share]));
  const chain = chainOf(model, plan, weights);
  const questions = views.map((v) => ({ comparison, view: v }));
  const asking = { ...request, set: {} };
  const { findings: answers } = await answerComparisons(model, questions, asking, lab);
  const pictures = await picturesOf({ model, plan, chain, views, answers, asking, lab });
  const found = answers.map((a, i) => ({ name: conclusion, view: views[i] ?? view, verdict: judgeComparison(a) }));
  const turning = await turningOptions(model, found, asking, lab);
  const stand = standing(model, {});
  const targets = leadTargets(model, plan, chain);
  const sheet = await sheetOf(targets);
  return {
    plan,
    firstRuns: null,
    chain,
    pictures,
    answers,
    hanging: answers.map((a, i) => ({
      builtIn: builtInto(model, comparison, stand, a),
      ...(turning.found[i] ?? notTried),
    })),
    carried,
    follows: sheet === null ? null : { sheet, places: targets.map((t) => t.at) },
  };
}

interface CarriedInput {
  readonly model: Model;
  readonly conclusion: string;
  readonly views: readonly string[];
  readonly request: LeadRequest;
  readonly lab: Lab;
}

/** Nothing where `explain` refuses: a conclusion over figures that no table tells. */
async function carriedIn({ model, conclusion, views, request, lab }: CarriedInput): Promise<readonly Carried[]> {
  if (!model.claims.some((c) => c.isGate)) return [];
  try {
    const asked = { ...request, views, set: {}, vary: [], series: [] };
    const options = { ...usualTable, unknowns: 0 };
    const found = await explainFindings({ model, name: conclusion, request: asked, game: "removal", options, lab });
    return found.explained.flatMap(({ view, found: { refusal, shares } }) =>
      refusal === null ? [{ view, shares: shares.map(({ claim, share }) => ({ claim, share })) }] : [],
    );
  } catch (error) {
    if (error instanceof Refused) return [];
    throw error;
  }
}

interface PicturesInput {
  readonly model: Model;
  readonly plan: LeadPlan;
  readonly chain: Chain | null;
  readonly views: readonly string[];
  readonly answers: readonly ComparisonFinding[];
  readonly asking: Asking;
  readonly lab: Lab;
}

/** Each on the runs of its answer, so that what is drawn ends where the figure stands; the steps of the chain are outcomes like others. */
async function picturesOf({
  model,
  plan,
  chain,
  views,
  answers,
  asking,
  lab,
}: PicturesInput): Promise<readonly LeadPicture[]> {
  const { seed, worlds, budget } = asking;
  const places =
    chain === null ? [] : views.flatMap((view) => plan.sides.map(({ situation }) => ({ view, situation })));
  const { values } = await answerOutcomes(model, places, asking, lab);
  const by = views.map((view, i) => ({ view, runs: answers[i]?.worlds ?? worlds }));
  return leadPictures(model, plan, chain, { views: by, seed, budget, shown: { worlds, values } }, lab);
}

/** Runs of each situation behind first figures. */
const firstRuns = 256;

/** The picture without what carries it, of few runs: what is shown while the whole is being made. As `makeLead` otherwise. */
export async function makeFirstLead(
  model: Model,
  conclusion: string,
  { seed, budget }: Pick<LeadRequest, "seed" | "budget">,
  lab: Lab,
): Promise<Lead | null> {
  const plan = leadPlanOf(model, conclusion);
  const comparison = model.conclusions.find((c) => c.name === conclusion)?.comparison;
  const views = readerViews(model);
  if (plan === null || comparison === undefined) return null;
  const request = { seed, worlds: firstRuns, untilSettled: false, budget };
  const questions = views.map((view) => ({ comparison, view }));
  const asking = { ...request, set: {} };
  const { findings: answers } = await answerComparisons(model, questions, asking, lab);
  const pictures = await picturesOf({ model, plan, chain: null, views, answers, asking, lab });
  return { plan, firstRuns, chain: null, pictures, answers, hanging: [], carried: [], follows: null };
}

/**
 * What each claim carries of the margin: Shapley values of taking claims out, exact for the sheet's polynomial; of a margin that is no sum of figures, along its
 * slope where it stands. `sheet` begins with the sides' own figures, or `own` says where they are.
 */
export function marginShares(
  model: Model,
  plan: LeadPlan,
  sheet: OpenSheet,
  beliefs: Beliefs,
  own: readonly number[] = plan.sides.map((_, i) => i),
): ReadonlyMap<string, number> {
  const conclusion = model.conclusions.find((c) => c.name === plan.conclusion);
  if (conclusion === undefined || plan.sides.length < conclusion.comparison.figures.length) return new Map();
  const values = sheet.values(beliefs);
  const { by } = slopeAt(
    conclusion.comparison.margin,
    own.map((i) => values[i] ?? Number.NaN),
  );
  const shares = new Map<string, number>();
  own.forEach((reading, side) => {
    for (const [claim, share] of sheet.shares(reading, beliefs))
      shares.set(claim, (shares.get(claim) ?? 0) + (by[side] ?? 0) * share);
  });
  return shares;
}
