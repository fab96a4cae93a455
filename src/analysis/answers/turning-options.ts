/** What a verdict depends on: tries the other options of every choice held fixed, and finds those that turn it; tries it with every claim off. */

import type { Choice, Figure, Model } from "#model/model.ts";
import { standing, type Profile } from "#ensemble/profiles.ts";
import { readerOfChoice } from "#ensemble/table/gates-read.ts";
import { keyOfSituation } from "#ensemble/situation.ts";
import { onceFor, type Lab } from "#ensemble/work/lab.ts";
import { heldIn, namesChoice, namesClaim, type ConclusionFinding } from "../verdicts/conclusions.ts";
import { jobsOfComparison, judgeComparison, type ComparisonFinding } from "../figures/figures.ts";
import { isSettled, type Verdict } from "../verdicts/verdict.ts";
import { answerComparisons, type Asking, type Question } from "./answer.ts";
import { chanceToTurn, onlyLook, slightChance } from "./looks.ts";
import type { Turning, TurningOption } from "./turning.ts";

/** Worlds on which another option is tried: on the first, to see whether it may turn the verdict; where it may, on the last, to see whether it has. */
const trialWorlds = [256, 1024] as const;

/**
 * For each conclusion, each other option of each choice that some figure of it leaves unnamed, all else as it is. One that nothing in the figures can depend on is not run, and one that
 * the first trial shows hardly able to turn the verdict is run no further (`chanceToTurn`). An option that turns the verdict in the trials is answered as any question is. What is found of
 * a conclusion does not depend on which others are asked about. `tried` counts all; `runs`: those made.
 */
export async function turningOptions(
  model: Model,
  found: readonly Pick<ConclusionFinding, "name" | "verdict" | "view">[],
  asking: Asking,
  lab: Lab,
): Promise<{ readonly found: readonly Turning[]; readonly runs: number }> {
  const without = await withoutClaims(model, found, asking, lab);
  const all = found.map(
    (_, i): { turning: TurningOption[]; tried: number; withoutClaims: ComparisonFinding | null } => ({
      turning: [],
      tried: 0,
      withoutClaims: without.found[i] ?? null,
    }),
  );
  let { runs } = without;
  for (const { choice, option, instead, asked } of trialsOf(model, found, asking)) {
    for (const { at } of asked) (all[at] as { tried: number }).tried++;
    const set = { ...asking.set, [choice.name]: instead.name };
    const answersOn = async (open: readonly Trial[], how: Asking): Promise<readonly Answered[]> => {
      const answers = await answerComparisons(
        model,
        open.map((t) => t.question),
        how,
        lab,
      );
      runs += answers.runs;
      return open.map((trial, i) => ({ trial, comparison: answers.findings[i] as ComparisonFinding }));
    };
    const trialOn = (worlds: number): Asking => ({ ...asking, set, worlds, untilSettled: false });
    const [few, more] = trialWorlds.map((worlds) => Math.min(asking.worlds, worlds)) as [number, number];
    const readers = asked.filter((t) => readsIt(model, choice.name, t.question, standing(model, set), lab));
    const mayTurn = ({ trial, comparison }: Answered): boolean =>
      chanceToTurn(comparison, trial.verdict, onlyLook(few), onlyLook(more)) >= slightChance;
    let open = (await answersOn(readers, trialOn(few))).filter(mayTurn).map((a) => a.trial);
    open = (await answersOn(open, trialOn(more))).filter(isTurned).map((a) => a.trial);
    for (const answered of (await answersOn(open, { ...asking, set })).filter(isTurned))
      all[answered.trial.at]?.turning.push({
        choice: choice.name,
        label: choice.label,
        option,
        instead: instead.name,
        insteadLabel: instead.label,
        verdict: judgeComparison(answered.comparison),
        comparison: answered.comparison,
      });
  }
  return { found: all, runs };
}

/**
 * Of each conclusion that holds, what is found with every claim off, where it holds then too; null elsewhere, and for one that itself says which claims are true: that is about them. One
 * look at as many worlds as an option's last trial.
 */
async function withoutClaims(
  model: Model,
  found: readonly Pick<ConclusionFinding, "name" | "verdict" | "view">[],
  asking: Asking,
  lab: Lab,
): Promise<{ readonly found: readonly (ComparisonFinding | null)[]; readonly runs: number }> {
  const off = Object.fromEntries(model.claims.map((c) => [c.name, false]));
  const asked = found.flatMap(({ name, view, verdict }, at) => {
    const comparison = model.conclusions.find((c) => c.name === name)?.comparison;
    if (verdict !== "holds" || comparison === undefined || model.claims.length === 0) return [];
    if (comparison.figures.some((f) => namesClaim(model, f.intervention))) return [];
    const figures = comparison.figures.map((f) => ({ ...f, intervention: { ...f.intervention, claims: off } }));
    return [{ at, question: { comparison: { ...comparison, figures }, view } }];
  });
  const answers = await answerComparisons(
    model,
    asked.map((a) => a.question),
    { ...asking, worlds: Math.min(asking.worlds, trialWorlds[1]), untilSettled: false },
    lab,
  );
  const holding = new Map(
    asked.flatMap(({ at }, i) => {
      const comparison = answers.findings[i] as ComparisonFinding;
      return judgeComparison(comparison) === "holds" ? [[at, comparison] as const] : [];
    }),
  );
  return { found: found.map((_, at) => holding.get(at) ?? null), runs: answers.runs };
}

/** A conclusion to be asked again with a choice at another option. */
interface Trial {
  /** Its place among those asked of. */
  readonly at: number;
  readonly question: Question;
  readonly verdict: Verdict;
}

interface Answered {
  readonly trial: Trial;
  readonly comparison: ComparisonFinding;
}

function isTurned({ trial, comparison }: Answered): boolean {
  const verdict = judgeComparison(comparison);
  return isSettled(verdict) && verdict !== trial.verdict;
}

/** Whether any figure that leaves the choice unnamed can depend on what option it has. */
function readsIt(model: Model, choice: string, { comparison, view }: Question, stand: Profile, lab: Lab): boolean {
  const jobs = jobsOfComparison(model, comparison, view, stand);
  return jobs.some(({ situation, finals }, i) => {
    if (namesChoice(model, (comparison.figures[i] as Figure).intervention, choice)) return false;
    const rest = { ...situation, claims: {}, choices: { ...situation.choices, [choice]: "" } };
    const key = JSON.stringify(["reads", choice, keyOfSituation(rest)]);
    return onceFor(lab, model, key, () => readerOfChoice(model, situation, choice))(finals);
  });
}

/** Each other option of each choice that some conclusion with a settled verdict is held at, with the conclusions that are. */
function trialsOf(
  model: Model,
  found: readonly Pick<ConclusionFinding, "name" | "verdict" | "view">[],
  asking: Asking,
): readonly {
  readonly choice: Choice;
  /** At which the choice is held. */
  readonly option: string;
  readonly instead: Choice["options"][number];
  readonly asked: readonly Trial[];
}[] {
  const holding = found.map(({ name, verdict }) => {
    const conclusion = model.conclusions.find((c) => c.name === name);
    return conclusion === undefined || !isSettled(verdict) ? [] : heldIn(model, conclusion, asking.set);
  });
  return model.choices.flatMap((choice) => {
    const option = holding.flat().find((h) => h.choice === choice.name)?.option;
    if (option === undefined) return [];
    const asked = found.flatMap(({ name, view, verdict }, at): Trial[] => {
      const isHeld = holding[at]?.some((h) => h.choice === choice.name) === true;
      const comparison = model.conclusions.find((c) => c.name === name)?.comparison;
      return isHeld && comparison !== undefined ? [{ at, question: { comparison, view }, verdict }] : [];
    });
    return choice.options
      .filter((instead) => instead.name !== option)
      .map((instead) => ({ choice, option, instead, asked }));
  });
}
