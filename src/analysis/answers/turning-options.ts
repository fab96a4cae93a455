/** What a verdict depends on that nobody named: tries the other options of every choice held fixed, and finds those that turn the verdict. */

import type { Choice, Model } from "#model/model.ts";
import type { Lab } from "#ensemble/work/lab.ts";
import { heldIn, type ConclusionFinding } from "../verdicts/conclusions.ts";
import { judgeComparison, type ComparisonFinding } from "../figures/figures.ts";
import { isSettled, type Verdict } from "../verdicts/verdict.ts";
import { answerComparisons, type Asking, type Question } from "./answer.ts";
import type { Turning, TurningOption } from "./turning.ts";

/** Worlds on which another option is tried: one that leaves the verdict on the first is tried no further, nor one that has not turned it on the last. */
const trialWorlds = [256, 1024] as const;

/**
 * For each conclusion, each other option of each choice that some figure of it leaves unnamed, all else as it is. An option that turns the verdict in the trials is answered as any
 * question is. What is found of a conclusion does not depend on which others are asked about. `runs`: those made.
 */
export async function turningOptions(
  model: Model,
  found: readonly Pick<ConclusionFinding, "name" | "verdict" | "view">[],
  asking: Asking,
  lab: Lab,
): Promise<{ readonly found: readonly Turning[]; readonly runs: number }> {
  const all = found.map((): { turning: TurningOption[]; tried: number } => ({ turning: [], tried: 0 }));
  let runs = 0;
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
    let open: readonly Trial[] = asked;
    for (const [round, worlds] of trialWorlds.entries()) {
      const trial = { ...asking, set, worlds: Math.min(asking.worlds, worlds), untilSettled: false };
      const isLast = round === trialWorlds.length - 1;
      open = (await answersOn(open, trial)).filter((a) => (isLast ? isTurned(a) : !isLeft(a))).map((a) => a.trial);
      if (open.length === 0) break;
    }
    if (open.length === 0) continue;
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

function isLeft({ trial, comparison }: Answered): boolean {
  return judgeComparison(comparison) === trial.verdict;
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
