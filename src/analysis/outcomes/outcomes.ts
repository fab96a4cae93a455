/** Summarises each outcome of a case in each set of runs. */

import type { Model, Outcome } from "#model/model.ts";
import { sampleOf, type Sample } from "#ensemble/jobs.ts";
import type { Situation } from "#ensemble/situation.ts";
import { mean, summarise, summariseTruth, type Summary } from "#ensemble/statistics.ts";
import { isTallied, talliedJob, type Ensemble } from "#ensemble/tally/tallies.ts";
import type { SideValues } from "../answers/sides.ts";
import { estimate, estimateError } from "../figures/estimate.ts";
import { chanceOf, summaryOf } from "../runs/tallied.ts";

/** A truth is told as a chance, a category as the shares of its words, a quantity by mean and quantiles. */
type OutcomeKind = "truth" | "category" | "quantity";

/** What an outcome is called, and the unit it is shown in. */
export interface OutcomeHead {
  readonly name: string;
  readonly label: string;
  readonly kind: OutcomeKind;
  /** Shown = value / factor. */
  readonly unit: { readonly label: string; readonly factor: number };
  /** Stands beside every verdict. */
  readonly alwaysShown: boolean;
}

/** What an outcome came to over the runs of one combination of choices: mean, standard error and quantiles. */
export interface OutcomeFinding {
  readonly name: string;
  /** In base units. */
  readonly summary: Summary;
  /** Of a category: the chance of each word, in order. Empty otherwise. */
  readonly shares: readonly { readonly word: string; readonly chance: number; readonly se: number }[];
}

export function outcomeHead(outcome: Outcome): OutcomeHead {
  return {
    name: outcome.name,
    label: outcome.label,
    kind: kindOf(outcome),
    unit: { label: outcome.unit.label, factor: outcome.unit.factor },
    alwaysShown: outcome.alwaysShown,
  };
}

function kindOf(outcome: Outcome): OutcomeKind {
  if (outcome.categories !== null) return "category";
  return outcome.isTruth ? "truth" : "quantity";
}

interface OutcomesIn {
  readonly model: Model;
  readonly ensemble: Ensemble;
  readonly view: string;
  readonly situation: Situation;
  /** Of outcomes that conclusions have as sides; see `answerOutcomes`. */
  readonly values: SideValues;
  readonly isWanted?: (outcome: Outcome) => boolean;
}

/** One finding for each outcome of the model that is wanted, in its order. Throws when the situation was not run. */
export function outcomesIn({
  model,
  ensemble,
  view,
  situation: s,
  values,
  isWanted = () => true,
}: OutcomesIn): readonly OutcomeFinding[] {
  if (!isTallied(ensemble))
    return model.outcomes.flatMap((o, i) => {
      if (!isWanted(o)) return [];
      const own = sampleOf(ensemble, view, s).outcomes[i] ?? new Float64Array();
      return outcomeFinding(o, values(view, { situation: s, outcome: o.name }) ?? own);
    });
  const part = talliedJob(ensemble, view, s);
  return model.outcomes.flatMap((outcome, i) =>
    isWanted(outcome)
      ? {
          name: outcome.name,
          summary: summaryOf(ensemble, part, outcome, i),
          shares: (outcome.categories ?? []).map((word, index) => ({ word, ...chanceOf(ensemble, part, i, index) })),
        }
      : [],
  );
}

/** Every outcome of the model, as one sample has them. */
export function outcomeFindings(model: Model, sample: Sample): readonly OutcomeFinding[] {
  return model.outcomes.map((o, i) => outcomeFinding(o, sample.outcomes[i] ?? new Float64Array()));
}

/** An outcome from its values by run. The errors are those of a comparison's figures, to the last digit. */
export function outcomeFinding(outcome: Outcome, values: Float64Array): OutcomeFinding {
  const { name, isTruth, categories } = outcome;
  const summary = isTruth ? summariseTruth(values) : summarise(values);
  return {
    name,
    summary: { ...summary, se: errorOf(isTruth ? "chance" : "mean", values) },
    shares: (categories ?? []).map((word, index) => {
      const is = values.map((v) => (v === index ? 1 : 0));
      return { word, chance: mean(is), se: errorOf("chance", is) };
    }),
  };
}

function errorOf(statistic: "chance" | "mean", of: Float64Array): number {
  return estimateError(estimate(statistic, null, { of, given: null }));
}
