/** Judges a conclusion under a view: its verdict, what it was judged on, and what was held fixed. */

import type { Conclusion, Figure, Mark, Model } from "#model/model.ts";
import { compareFigures, judgeComparison, jobsOfComparison, type ComparisonFinding } from "../figures/figures.ts";
import type { Job } from "#ensemble/jobs.ts";
import { outcomesIn, type OutcomeFinding } from "../outcomes/outcomes.ts";
import { held, standing, type Held, type Profile } from "#ensemble/profiles.ts";
import { readBy } from "#ensemble/table/gates-read.ts";
import { keyOfSituation, type Situation } from "#ensemble/situation.ts";
import type { Ensemble } from "#ensemble/tally/tallies.ts";
import type { Question } from "../answers/answer.ts";
import type { SideValues } from "../answers/sides.ts";
import { builtInto, type BuiltIn } from "../answers/built-in.ts";
import { notTried, type Turning } from "../answers/turning.ts";
import { wrongAtMost, type Verdict } from "./verdict.ts";

/** What was found of a conclusion, and what it depends on that nobody named. */
export interface ConclusionFinding extends Turning {
  readonly name: string;
  readonly label: string;
  /** Claims it is a conclusion of. */
  readonly of: readonly string[];
  readonly mark: Mark | null;
  readonly view: string;
  readonly verdict: Verdict;
  readonly comparison: ComparisonFinding;
  /** Where the direction of the comparison follows from the wiring, so that only its size is a finding. */
  readonly builtIn: BuiltIn | null;
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

/** What the conclusions compare, in order of declaration, each under its views in turn. */
export function questionsOfConclusions(model: Model, asked: readonly string[]): readonly Question[] {
  return model.conclusions.flatMap((c) => viewsOf(c, asked).map((view) => ({ comparison: c.comparison, view })));
}

interface JudgeConclusionsInput {
  readonly model: Model;
  readonly asked: readonly string[];
  readonly set: Profile;
  readonly ensemble: Ensemble;
  readonly seed: number;
  readonly missed?: number | undefined;
}

/** Each conclusion under each view, judged at one look at runs that have been made; the other options of choices held fixed are not tried. */
export function judgeConclusions({
  model,
  asked,
  set,
  ensemble,
  seed,
  missed = wrongAtMost,
}: JudgeConclusionsInput): readonly ConclusionFinding[] {
  const stand = standing(model, set);
  return model.conclusions.flatMap((c) =>
    viewsOf(c, asked).map((view) => {
      const comparison = compareFigures(c.comparison, { model, view, stand, ensemble, seed, missed });
      return { ...concludeFrom({ model, c, view, set, comparison, ensemble, values: () => null }), ...notTried };
    }),
  );
}

interface ConcludeFromInput {
  readonly model: Model;
  readonly c: Conclusion;
  readonly view: string;
  readonly set: Profile;
  readonly comparison: ComparisonFinding;
  readonly ensemble: Ensemble;
  readonly values: SideValues;
}

/** A conclusion's finding from the answer to its comparison; `ensemble` has the outcomes of the situations compared. */
export function concludeFrom({
  model,
  c,
  view,
  set,
  comparison,
  ensemble,
  values,
}: ConcludeFromInput): Omit<ConclusionFinding, keyof Turning> {
  const situations = new Map(comparison.figures.map((f) => [keyOfSituation(f.situation), f.situation]));
  return {
    name: c.name,
    label: c.label,
    of: c.of,
    mark: c.mark,
    view,
    verdict: judgeComparison(comparison),
    comparison,
    builtIn: builtInto(model, c.comparison, standing(model, set), comparison),
    held: heldIn(model, c, set),
    beside: [...situations.values()].map((situation) => ({
      situation,
      outcomes: outcomesIn({ model, ensemble, view, situation, values, isWanted: (o) => o.alwaysShown }),
    })),
  };
}

/** Whether the intervention itself, or what it supposes, says whether some claim is true. */
export function namesClaim(model: Model, { claims, suppositions }: Figure["intervention"]): boolean {
  const supposed = model.suppositions.filter((s) => suppositions.includes(s.name));
  return Object.keys(claims).length > 0 || supposed.some((s) => s.items.some((item) => item.kind === "setClaim"));
}

/** Conclusions that nothing a claim switches can reach, whatever is chosen; none of a case without claims. */
export function conclusionsApart(model: Model): readonly Conclusion[] {
  if (model.claims.length === 0) return [];
  return model.conclusions.filter(({ comparison }) => {
    const jobs = jobsOfComparison(model, comparison, "case", standing(model, {}));
    return comparison.figures.every(
      ({ intervention }, i) =>
        !namesClaim(model, intervention) && readBy(model, intervention, jobs[i]?.finals ?? []).claims.length === 0,
    );
  });
}

/** Choices that at least one figure of the conclusion leaves unnamed. */
export function heldIn(model: Model, c: Conclusion, set: Profile): readonly Held[] {
  const unnamed = model.choices.filter((choice) =>
    c.comparison.figures.some((f) => !namesChoice(model, f.intervention, choice.name)),
  );
  return unnamed.map((choice) => held(choice, set));
}

/** Whether the intervention itself, or what it supposes, says which option the choice has. */
export function namesChoice(
  model: Model,
  intervention: Conclusion["comparison"]["figures"][number]["intervention"],
  choice: string,
): boolean {
  if (Object.hasOwn(intervention.choices, choice)) return true;
  return model.suppositions
    .filter((s) => intervention.suppositions.includes(s.name))
    .some((s) => s.items.some((item) => item.kind === "setChoice" && item.choice === choice));
}
