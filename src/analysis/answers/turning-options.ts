/** What a verdict depends on that nobody named: tries the other options of every choice held fixed, and finds those that turn the verdict. */

import type { Model } from "#model/model.ts";
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
 * question is. What is found of a conclusion does not depend on those asked beside it. `runs`: those made.
 */
export async function turningOptions(
  model: Model,
  found: readonly Pick<ConclusionFinding, "name" | "verdict" | "view">[],
  asking: Asking,
  lab: Lab,
): Promise<{ readonly found: readonly Turning[]; readonly runs: number }> {
  const all = found.map((): { turning: TurningOption[]; tried: number } => ({ turning: [], tried: 0 }));
  let runs = 0;
  for (const { choice, option, asked } of trialsOf(model, found, asking)) {
    const own = model.choices.find((c) => c.name === choice);
    const stands = asked[0]?.stands ?? "";
    for (const { at } of asked) (all[at] as { tried: number }).tried++;
    const set = { ...asking.set, [choice]: option.name };
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
        choice,
        label: own?.label ?? choice,
        option: stands,
        instead: option.name,
        insteadLabel: option.label,
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
  /** Where the choice stands. */
  readonly stands: string;
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
  readonly choice: string;
  readonly option: Model["choices"][number]["options"][number];
  readonly asked: readonly Trial[];
}[] {
  const holding = found.map(({ name, verdict }) => {
    const conclusion = model.conclusions.find((c) => c.name === name);
    return conclusion === undefined || !isSettled(verdict) ? [] : heldIn(model, conclusion, asking.set);
  });
  return model.choices.flatMap((choice) => {
    const asked = found.flatMap(({ name, view, verdict }, at): Trial[] => {
      const held = holding[at]?.find((h) => h.choice === choice.name);
      const comparison = model.conclusions.find((c) => c.name === name)?.comparison;
      if (held === undefined || comparison === undefined) return [];
      return [{ at, question: { comparison, view }, verdict, stands: held.option }];
    });
    return choice.options
      .filter((option) => asked.length > 0 && option.name !== asked[0]?.stands)
      .map((option) => ({ choice: choice.name, option, asked }));
  });
}
