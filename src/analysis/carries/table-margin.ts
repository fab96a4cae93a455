/** Reads a target's margin and its error off a gate table, or says why it is refused. No run is made. */

import type { Beliefs, Pins } from "#ensemble/table/claim-law.ts";
import { figureParts, type FigureParts } from "#ensemble/table/table-figures.ts";
import { targetOf, type Table, type Target } from "#ensemble/table/table.ts";
import { weighted } from "#ensemble/table/weighted.ts";
import { slopeAt } from "../figures/margin.ts";
import { judge, widthFor, wrongAtMost, type Verdict } from "../verdicts/verdict.ts";

export interface MarginFinding {
  /** In base units; positive supports the statement. NaN where refused. */
  readonly margin: number;
  readonly se: number;
  /** Where it lies for all that the verdict rests on. */
  readonly low: number;
  readonly high: number;
  /** Worlds of the runs that it is, or that it starts from; null where it is the table's alone. */
  readonly worlds: number | null;
  readonly threshold: number;
  readonly verdict: Verdict;
  readonly figures: readonly { readonly text: string; readonly value: number; readonly se: number }[];
  /** The least effective number of patterns behind a figure. */
  readonly effective: number;
  readonly refusal: MarginRefusal | null;
}

export type MarginRefusal =
  /** The condition of a figure is met too rarely. */
  | { readonly kind: "rare"; readonly figure: string; readonly share: number }
  /** Too few patterns resemble what this mind believes: run it live. */
  | { readonly kind: "thin"; readonly effective: number }
  | { readonly kind: "undefined" };

/** A condition met in fewer runs than this is refused. */
export const rarestCondition = 0.01;
/** Below so many effective patterns an answer from the table is refused. */
export const fewestPatterns = 40;

/** Claims pinned by whoever asks, over what the figures themselves pin. */
export function marginAt(table: Table, target: string | Target, beliefs: Beliefs, pins: Pins = {}): MarginFinding {
  const found = typeof target === "string" ? targetOf(table, target) : target;
  const parts = weighted(table, found, beliefs, pins).map((f) => figureParts(table, f));
  return marginOf(found, parts, table.design.kind === "exact");
}

/** The arithmetic of the margin on figures and what each unit adds to them; the delta method over units. */
export function marginOf(target: Target, parts: readonly FigureParts[], isExact: boolean): MarginFinding {
  const values = parts.map((p) => p.n.value / (p.d?.value ?? 1));
  const influences = parts.map((p, i) => influenceOf(p, values[i] as number));
  const figures = target.figures.map((f, i) => ({
    text: f.text,
    value: values[i] as number,
    se: errorOf([influences[i] as Float64Array], [1]) + driftOf(parts.slice(i, i + 1), values.slice(i, i + 1), [1]),
  }));
  const effective = Math.min(...parts.map((p) => p.effective));
  const head = { threshold: target.threshold, figures, effective };
  const refused = (refusal: MarginRefusal): MarginFinding => ({
    ...head,
    margin: Number.NaN,
    se: Number.NaN,
    low: Number.NaN,
    high: Number.NaN,
    worlds: null,
    verdict: "not told",
    refusal,
  });
  if (!isExact && effective < fewestPatterns) return refused({ kind: "thin", effective });
  const rare = parts.findIndex((p) => p.d !== null && !(p.d.value >= rarestCondition));
  if (rare >= 0)
    return refused({ kind: "rare", figure: target.figures[rare]?.text ?? "", share: parts[rare]?.d?.value ?? 0 });
  const { value: margin, by } = slopeAt(target.margin, values);
  if (!Number.isFinite(margin)) return refused({ kind: "undefined" });
  const se = errorOf(influences, by) + driftOf(parts, values, by);
  const half = widthFor(wrongAtMost) * se;
  const interval = { low: margin - half, high: margin + half };
  return { ...head, margin, se, ...interval, worlds: null, verdict: judge(interval, target), refusal: null };
}

/** Of fits that answer alone: the figures may all be off the same way. */
function driftOf(parts: readonly FigureParts[], values: readonly number[], slopes: readonly number[]): number {
  return parts.reduce(
    (sum, { drift, d }, i) =>
      sum + (Math.abs(slopes[i] as number) * (drift.n + Math.abs(values[i] as number) * drift.d)) / (d?.value ?? 1),
    0,
  );
}

/** By unit, how far it moves N/D from its value (Cochran 1977, §2.11), times the number of units. */
export function influenceOf({ n, d }: FigureParts, value: number): Float64Array {
  if (d === null) return n.units.map((v) => v - value);
  return n.units.map((v, u) => (v - value * (d.units[u] as number)) / d.value);
}

/** √(Var(Σ slope·influence) / units). */
export function errorOf(influences: readonly Float64Array[], slopes: readonly number[]): number {
  const units = influences[0]?.length ?? 0;
  let sum = 0;
  let squares = 0;
  for (let u = 0; u < units; u++) {
    let joint = 0;
    for (let i = 0; i < influences.length; i++)
      joint += (slopes[i] as number) * ((influences[i] as Float64Array)[u] as number);
    sum += joint;
    squares += joint * joint;
  }
  const mean = sum / units;
  return Math.sqrt(Math.max(0, squares / units - mean * mean) / (units - 1));
}

/** Standard error of a target's margin at some parts less its margin at others, paired unit by unit. */
export function errorOfDifference(target: Target, at: readonly FigureParts[], from: readonly FigureParts[]): number {
  const signed = (parts: readonly FigureParts[], sign: number): readonly (readonly [Float64Array, number])[] => {
    const values = parts.map((p) => p.n.value / (p.d?.value ?? 1));
    const { by } = slopeAt(target.margin, values);
    return parts.map((p, i) => [influenceOf(p, values[i] as number), sign * (by[i] as number)]);
  };
  const both = [...signed(at, 1), ...signed(from, -1)];
  return errorOf(
    both.map(([influence]) => influence),
    both.map(([, slope]) => slope),
  );
}
