/** Anchors what a gate table says at what the runs found: the run's own figure, and what the table says of the difference. */

import type { Expression } from "#model/expression.ts";
import type { Target } from "#ensemble/table/table.ts";
import type { ComparisonFinding } from "../figures/figures.ts";
import { judgeComparison } from "../figures/figures.ts";
import type { MarginFinding } from "../carries/table-margin.ts";
import { judge, widthFor, wrongAtMost } from "../verdicts/verdict.ts";

/** An answer as what `explain`, `flip` and the page call the margin now: its figures, error, interval and verdict to the last digit. */
export function marginOfAnswer(answer: ComparisonFinding, effective: number): MarginFinding {
  const { margin, se, low, high, worlds, threshold, figures, refusal } = answer;
  return {
    margin,
    se,
    low,
    high,
    worlds,
    threshold,
    verdict: judgeComparison(answer),
    figures: figures.map(({ text, value, se: error }) => ({ text, value, se: error })),
    effective,
    refusal:
      refusal === null || refusal.kind === "undefined"
        ? refusal
        : { kind: "rare", figure: refusal.figure, share: refusal.runs / refusal.outOf },
  };
}

/** The target with a constant added to its margin: whatever is read of it then starts from the run's figure, and differences stay as they were. */
export function shiftedTarget(target: Target, offset: number): Target {
  if (offset === 0) return target;
  const constant: Expression = { op: "const", value: offset };
  return { ...target, margin: { op: "binary", operator: "add", left: target.margin, right: constant } };
}

/**
 * A margin that the table told, moved to where the run's figure puts it. The run's error and that of the table's difference are added up: how they hang together is not known, and
 * their sum is right however they do (Cauchy and Schwarz). `differenceError` is that of the table's margin less its margin as believed, unit by unit.
 */
export function anchoredMargin(told: MarginFinding, answer: ComparisonFinding, differenceError: number): MarginFinding {
  if (told.refusal !== null) return told;
  const se = answer.se + differenceError;
  const more = widthFor(wrongAtMost) * differenceError;
  const interval = {
    low: told.margin - (answer.margin - answer.low) - more,
    high: told.margin + (answer.high - answer.margin) + more,
  };
  return { ...told, se, ...interval, worlds: answer.worlds, verdict: judge(interval, answer) };
}
