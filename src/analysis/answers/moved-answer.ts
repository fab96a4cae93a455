/** Moves an answer with the credences of its claims: the run's own figures and what a table says of the difference, continuous in every credence. */

import { blocksOf, lawOf, type Beliefs } from "#ensemble/table/claim-law.ts";
import { figureParts, type FigureParts } from "#ensemble/table/table-figures.ts";
import { gatesOf, roughly, targetOf, type Table, type Target } from "#ensemble/table/table.ts";
import { weighted } from "#ensemble/table/weighted.ts";
import { errorOf, fewestPatterns, influenceOf, rarestCondition } from "../carries/table-margin.ts";
import type { ComparisonFinding } from "../figures/figures.ts";
import { slopeAt } from "../figures/margin.ts";
import { widthFor, wrongAtMost } from "../verdicts/verdict.ts";

/**
 * The answer that runs gave under `from`, moved to `to`: each figure is the run's and (the table under `to` − the table under `from`), a chance kept within 0 and 1. Under `from` itself it
 * is the answer, to the last digit. Errors are added up, as in `anchoredMargin`. Null where the table was made of another comparison.
 */
export function movedAnswer(
  table: Table,
  conclusion: string,
  answer: ComparisonFinding,
  from: Beliefs,
  to: Beliefs,
): ComparisonFinding | null {
  const target = targetOf(table, conclusion);
  if (answer.refusal !== null || target.figures.length !== answer.figures.length) return null;
  const [before, after] = [readingAt(table, target, from), readingAt(table, target, to)];
  const rare = after.shares.findIndex((share) => !(share >= rarestCondition));
  if (rare >= 0) return refused(answer, rare, after.shares[rare] ?? 0);
  const values = answer.figures.map((f, i) => {
    const difference = (after.values[i] as number) - (before.values[i] as number);
    const value = f.value + difference;
    return f.statistic === "chance" && difference !== 0 ? Math.min(1, Math.max(0, value)) : value;
  });
  const isSame = values.every((v, i) => v === answer.figures[i]?.value);
  const { value, by } = slopeAt(target.margin, values);
  const margin = isSame ? answer.margin : value;
  if (!Number.isFinite(margin)) return { ...answer, ...untold, refusal: { kind: "undefined" } };
  const apart = distanceOf(table, target, from, to);
  const errorAt = (slopes: readonly number[]): number =>
    errorOf([...after.influences, ...before.influences], [...slopes, ...slopes.map((s) => -s)]) +
    slopes.reduce(
      (s, slope, i) => s + Math.abs(slope) * 2 * apart * Math.max(after.drift[i] ?? 0, before.drift[i] ?? 0),
      0,
    );
  const more = apart === 0 ? 0 : errorAt(by);
  const wider = widthFor(wrongAtMost) * more;
  return {
    ...answer,
    figures: answer.figures.map((f, i) => ({
      ...f,
      value: values[i] as number,
      se: apart === 0 ? f.se : f.se + errorAt(values.map((_, j) => (i === j ? 1 : 0))),
    })),
    margin,
    se: answer.se + more,
    low: margin - (answer.margin - answer.low) - wider,
    high: margin + (answer.high - answer.margin) + wider,
    isEven: answer.isEven && apart === 0,
    // With a claim believed otherwise the runs are others, but a comparison that switches it is of the same two.
    opposite: answer.opposite,
  };
}

const untold = {
  margin: Number.NaN,
  se: Number.NaN,
  low: Number.NaN,
  high: Number.NaN,
  isEven: false,
  opposite: null,
} as const;

function refused(answer: ComparisonFinding, figure: number, share: number): ComparisonFinding {
  const { text = "", outOf = 0 } = answer.figures[figure] ?? {};
  return { ...answer, ...untold, refusal: { kind: "rare", figure: text, runs: Math.round(share * outOf), outOf } };
}

interface Reading {
  /** By figure. */
  readonly values: readonly number[];
  /** By figure and then by unit. */
  readonly influences: readonly Float64Array[];
  /** By figure: how far the fits may be off, as far as they answer alone. */
  readonly drift: readonly number[];
  /** By figure: how often its condition is met; 1 where it has none. */
  readonly shares: readonly number[];
}

/** From so many effective patterns on, the table's weighted rest counts in full; at `fewestPatterns` the fits answer alone, and between in proportion, so that nothing jumps. */
const amplePatterns = 2 * fewestPatterns;

function readingAt(table: Table, target: Target, beliefs: Beliefs): Reading {
  const partsIn = (of: Table): readonly FigureParts[] => weighted(of, target, beliefs).map((f) => figureParts(of, f));
  const whole = partsIn(table);
  const effective = Math.min(...whole.map((p) => p.effective));
  const isSampled = table.design.kind === "sampled" && !table.rough;
  const share = isSampled
    ? Math.min(1, Math.max(0, (effective - fewestPatterns) / (amplePatterns - fewestPatterns)))
    : 1;
  const full = told(whole);
  if (share === 1) return full;
  const fits = told(partsIn(roughly(table)));
  const mix = (a: number, b: number): number => share * a + (1 - share) * b;
  return {
    values: full.values.map((v, i) => mix(v, fits.values[i] as number)),
    influences: full.influences.map((units) => units.map((v) => share * v)),
    drift: fits.drift.map((d) => (1 - share) * d),
    shares: full.shares.map((s, i) => mix(s, fits.shares[i] as number)),
  };
}

function told(parts: readonly FigureParts[]): Reading {
  const values = parts.map((p) => p.n.value / (p.d?.value ?? 1));
  return {
    values,
    influences: parts.map((p, i) => influenceOf(p, values[i] as number)),
    drift: parts.map((p, i) => (p.drift.n + Math.abs(values[i] as number) * p.drift.d) / (p.d?.value ?? 1)),
    shares: parts.map((p) => p.d?.value ?? 1),
  };
}

/** How far two minds are apart over the claims a target reads: at least the share of patterns that one expects and the other does not (total variation), at most 1. */
function distanceOf(table: Table, target: Target, a: Beliefs, b: Beliefs): number {
  let sum = 0;
  for (const block of blocksOf(table.frame, [a, b], gatesOf(table, target))) {
    const [p, q] = [lawOf(table.frame, a, block, {}), lawOf(table.frame, b, block, {})];
    for (let i = 0; i < p.length; i++) sum += Math.abs((p[i] as number) - (q[i] as number)) / 2;
  }
  return Math.min(1, sum);
}
