/** Summarises each outcome of a case in each set of runs. */

import type { Model, Outcome } from "#model/model.ts";
import { sampleOf, type Sample } from "#ensemble/jobs.ts";
import type { Situation } from "#ensemble/situation.ts";
import { chanceError, mean, summarise, summariseTruth, type Summary } from "#ensemble/statistics.ts";
import { isTallied, talliedJob, type Ensemble } from "#ensemble/tally/tallies.ts";
import { chanceOf, summaryOf } from "../runs/tallied.ts";

/** A truth is told as a chance, a category as the shares of its words, a quantity by mean and quantiles. */
type OutcomeKind = "truth" | "category" | "quantity";

export interface OutcomeHead {
  readonly name: string;
  readonly label: string;
  readonly kind: OutcomeKind;
  /** Shown = value / factor. */
  readonly unit: { readonly label: string; readonly factor: number };
  /** Stands beside every verdict. */
  readonly alwaysShown: boolean;
}

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

/** One finding for each outcome of the model that is wanted, in its order. Throws when the situation was not run. */
export function outcomesIn(
  model: Model,
  ensemble: Ensemble,
  view: string,
  s: Situation,
  isWanted: (outcome: Outcome) => boolean = () => true,
): readonly OutcomeFinding[] {
  if (!isTallied(ensemble)) return outcomeFindings(model, sampleOf(ensemble, view, s), isWanted);
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

/** As `outcomesIn`, from runs kept by value. */
export function outcomeFindings(
  model: Model,
  sample: Sample,
  isWanted: (outcome: Outcome) => boolean = () => true,
): readonly OutcomeFinding[] {
  return model.outcomes.flatMap((outcome, i) => {
    if (!isWanted(outcome)) return [];
    const values = sample.outcomes[i] ?? new Float64Array();
    return {
      name: outcome.name,
      summary: outcome.isTruth ? summariseTruth(values) : summarise(values),
      shares: (outcome.categories ?? []).map((word, index) => shareOf(word, index, values)),
    };
  });
}

function shareOf(word: string, index: number, values: Float64Array): OutcomeFinding["shares"][number] {
  const is = values.map((v) => (v === index ? 1 : 0));
  return { word, chance: mean(is), se: chanceError(is) };
}
