/** What a verdict hangs on that nobody named: the other options of every choice held fixed, tried; those that turn the verdict. */

import type { Model } from "#model/model.ts";
import type { Lab } from "#ensemble/work/lab.ts";
import { heldIn, type ConclusionFinding } from "../verdicts/conclusions.ts";
import { judgeComparison, type ComparisonFinding } from "../figures/figures.ts";
import { isSettled, type Verdict } from "../verdicts/verdict.ts";
import { answerComparisons, type Asking } from "./answer.ts";

export interface TurningOption {
  readonly choice: string;
  readonly label: string;
  /** Where the choice stands, and where it would have to stand. */
  readonly option: string;
  readonly instead: string;
  readonly insteadLabel: string;
  /** What is found then. */
  readonly verdict: Verdict;
  readonly comparison: ComparisonFinding;
}

/** Worlds on which another option is tried at first; what is not settled there is answered in full. */
const trialWorlds = 1024;

/**
 * Each other option of each choice that some figure of the conclusion leaves unnamed, all else as it is. An option that leaves the verdict on `trialWorlds` worlds, or does not
 * settle it there, is passed over; one that turns it is answered as any question is. `runs`: those made.
 */
export async function turningOptions(
  model: Model,
  name: string,
  found: Pick<ConclusionFinding, "verdict" | "view">,
  asking: Asking,
  lab: Lab,
): Promise<{ readonly options: readonly TurningOption[]; readonly tried: number; readonly runs: number }> {
  const conclusion = model.conclusions.find((c) => c.name === name);
  if (conclusion === undefined || !isSettled(found.verdict)) return { options: [], tried: 0, runs: 0 };
  const question = { comparison: conclusion.comparison, view: found.view };
  const options: TurningOption[] = [];
  let tried = 0;
  let runs = 0;
  for (const held of heldIn(model, conclusion, asking.set)) {
    const choice = model.choices.find((c) => c.name === held.choice);
    for (const option of choice?.options ?? []) {
      if (option.name === held.option) continue;
      tried++;
      const set = { ...asking.set, [held.choice]: option.name };
      const trial = { ...asking, set, worlds: Math.min(asking.worlds, trialWorlds), untilSettled: false };
      const first = await answerComparisons(model, [question], trial, lab);
      runs += first.runs;
      const isTurned = (c: ComparisonFinding | undefined): c is ComparisonFinding =>
        c !== undefined && isSettled(judgeComparison(c)) && judgeComparison(c) !== found.verdict;
      if (!isTurned(first.findings[0])) continue;
      const whole = await answerComparisons(model, [question], { ...asking, set }, lab);
      runs += whole.runs;
      const [comparison] = whole.findings;
      if (isTurned(comparison))
        options.push({
          choice: held.choice,
          label: held.label,
          option: held.option,
          instead: option.name,
          insteadLabel: option.label,
          verdict: judgeComparison(comparison),
          comparison,
        });
    }
  }
  return { options, tried, runs };
}
