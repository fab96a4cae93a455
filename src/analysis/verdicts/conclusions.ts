/** A conclusion, a view and the runs in; its verdict, with what it was judged on and what was held fixed, out. */

import type { Conclusion, Mark, Model } from "#model/model.ts";
import { compare, jobsOfComparison, type ComparisonFinding } from "../figures/figures.ts";
import type { Job } from "#ensemble/jobs.ts";
import { outcomesIn, type OutcomeFinding } from "../outcomes/outcomes.ts";
import { held, standing, type Held, type Profile } from "#ensemble/profiles.ts";
import { keyOfSituation, type Situation } from "#ensemble/situation.ts";
import type { Ensemble } from "#ensemble/tally/tallies.ts";
import type { Asked } from "../runs/tallied.ts";
import { judge, type Verdict } from "./verdict.ts";

export interface ConclusionFinding {
  readonly name: string;
  readonly label: string;
  /** Claims it is a conclusion of. */
  readonly of: readonly string[];
  readonly mark: Mark | null;
  readonly view: string;
  readonly verdict: Verdict;
  readonly comparison: ComparisonFinding;
  /** Choices that some figure does not name, and where they stood. */
  readonly held: readonly Held[];
  /** The outcomes that are always shown, in each situation the figures compare. */
  readonly beside: readonly { readonly situation: Situation; readonly outcomes: readonly OutcomeFinding[] }[];
}

/** The views a conclusion is told under: its own, or those asked for. */
export function viewsOf(told: { readonly under: readonly string[] }, asked: readonly string[]): readonly string[] {
  return told.under.length > 0 ? told.under : asked;
}

export function jobsOfConclusions(model: Model, asked: readonly string[], set: Profile): readonly Job[] {
  const stand = standing(model, set);
  return model.conclusions.flatMap((c) =>
    viewsOf(c, asked).flatMap((view) => jobsOfComparison(model, c.comparison, view, stand)),
  );
}

/** What the conclusions compare, for a plan of runs that are not kept. */
export function askedByConclusions(model: Model, asked: readonly string[], set: Profile): readonly Asked[] {
  const stand = standing(model, set);
  return model.conclusions.flatMap((c) => viewsOf(c, asked).map((view) => ({ comparison: c.comparison, view, stand })));
}

/** In order of declaration, each under its views in turn. */
export function judgeConclusions(
  model: Model,
  asked: readonly string[],
  set: Profile,
  ensemble: Ensemble,
  seed: number,
): readonly ConclusionFinding[] {
  return model.conclusions.flatMap((c) =>
    viewsOf(c, asked).map((view) => judgeConclusion(model, c, view, set, ensemble, seed)),
  );
}

function judgeConclusion(
  model: Model,
  c: Conclusion,
  view: string,
  set: Profile,
  ensemble: Ensemble,
  seed: number,
): ConclusionFinding {
  const comparison = compare(model, c.comparison, view, standing(model, set), ensemble, seed);
  const situations = new Map(comparison.figures.map((f) => [keyOfSituation(f.situation), f.situation]));
  return {
    name: c.name,
    label: c.label,
    of: c.of,
    mark: c.mark,
    view,
    verdict: judge(comparison.margin, comparison.threshold, comparison.se),
    comparison,
    held: heldIn(model, c, set),
    beside: [...situations.values()].map((situation) => ({
      situation,
      outcomes: outcomesIn(model, ensemble, view, situation, (o) => o.alwaysShown),
    })),
  };
}

/** Choices that at least one figure of the conclusion leaves unnamed. */
function heldIn(model: Model, c: Conclusion, set: Profile): readonly Held[] {
  const unnamed = model.choices.filter((choice) =>
    c.comparison.figures.some((f) => !namesChoice(model, f.intervention, choice.name)),
  );
  return unnamed.map((choice) => held(choice, set));
}

function namesChoice(
  model: Model,
  intervention: Conclusion["comparison"]["figures"][number]["intervention"],
  choice: string,
): boolean {
  if (Object.hasOwn(intervention.choices, choice)) return true;
  return model.suppositions
    .filter((s) => intervention.suppositions.includes(s.name))
    .some((s) => s.items.some((item) => item.kind === "setChoice" && item.choice === choice));
}
