/** The words of `casus explain` and `casus flip`. */

import type { TableHead } from "#analysis/carries/claims-table.ts";
import type { ClaimHead, TargetHead } from "#analysis/carries/explain.ts";
import type { MarginFinding, MarginRefusal } from "#analysis/carries/table-margin.ts";
import { printable } from "../render/lines.ts";
import {
  grouped,
  inScale,
  listed,
  plural,
  scaleApart,
  scaleOf,
  signed,
  slackText,
  withSpan,
  type Scale,
} from "./numbers.ts";
import { bare, spaced } from "./words.ts";

/** A scale fine enough for an error beside the figure. */
export function fineScale(values: readonly number[], target: TargetHead): Scale {
  const scale = scaleOf(values, target.unit);
  return { ...scale, decimals: Math.max(scale.decimals, 1) };
}

export function withError(value: number, se: number, scale: Scale): string {
  return `${signedIn(value, scale)} ${slackText({ value, se }, scale)}`;
}

export function signedIn(value: number, scale: Scale): string {
  return Number.isFinite(value) ? signed(value / scale.by, scale.decimals) : "–";
}

export function unitOf(scale: Scale): string {
  return scale.unit === "" ? "" : ` ${scale.unit}`;
}

export function marginText(m: MarginFinding, target: TargetHead, shown: Scale): string {
  if (m.refusal !== null) return refusedText(m.refusal);
  const ends = m.worlds === null ? [m.margin - 2 * m.se, m.margin + 2 * m.se] : [m.low, m.high];
  const scale = scaleApart(shown, target.kind === "conclusion" ? [...ends, target.threshold] : ends);
  const matters =
    target.kind === "conclusion" ? `; ${inScale(target.threshold, scale)} would matter: ${m.verdict}` : "";
  const span = m.worlds === null ? withError(m.margin, m.se, scale) : withSpan(m.margin, m.low, m.high, scale);
  return `the margin is ${span}${unitOf(scale)}${matters}`;
}

export function refusedText(r: MarginRefusal): string {
  switch (r.kind) {
    case "rare":
      return `not told: the condition of ${printable(r.figure)} is met in ${grouped(100 * r.share, 2)} runs of 100; at least 1 must`;
    case "thin":
      return `not told: only ${grouped(r.effective, 0)} of the patterns run resemble what this view believes; at least 40 must (more --patterns)`;
    case "undefined":
      return "not told: its arithmetic has no finite value here";
  }
}

/** What is said first where views count observations that the answer does not. */
export function uncountedText(uncounted: readonly string[]): string {
  return `These are the views before the evidence: what has been seen is not counted here (${printable(listed(uncounted.map(bare)))}). casus learn counts it.`;
}

/** `A18, article ¶9 s1, believed 95 in 100: …`. */
export function claimText(name: string, claims: readonly ClaimHead[]): string {
  const head = claims.find((c) => c.name === name);
  if (head === undefined) return printable(name);
  const parts = [
    printable(name),
    ...(head.passages.length > 0 ? [printable(head.passages.join(", "))] : []),
    ...(Number.isFinite(head.credence) ? [`believed ${grouped(100 * head.credence, 0)} %`] : []),
  ];
  return `${parts.join(", ")}: ${bare(head.label)}`;
}

export function tableText(t: TableHead, isFitAlone = false): string {
  const made = t.reused ? "read from a table made before" : "run for this";
  const inAll = `(${plural(t.runs, "run")} in all, ${made})`;
  if (t.kind === "exact")
    return `${t.gates === 1 ? "The one claim that it depends on, true and false" : `Every pattern of the ${plural(t.gates, "claim")} that it depends on`}, each on the same ${plural(t.worlds, "simulated run")} ${inAll}.`;
  const fit = isFitAlone
    ? "The figures are those of a fit of second order: what three claims do only together is left out."
    : "The figures are those of a fit of second order, corrected by the weighted rest, so that nothing is biased.";
  return `It depends on ${plural(t.gates, "claim")}, too many to run every pattern: ${plural(t.patterns, "pattern")} of the case's claims are sampled, each on ${plural(t.worlds, "simulated run")} of its own ${inAll}. ${fit}`;
}

export function viewText(view: string, label: string): string {
  return view === "case" ? label : `“${printable(label)}” (${spaced(view)})`;
}

/** `2,048 patterns of 11 claims, 8 simulated runs of each`. */
export function runsText(table: TableHead): string {
  return table.kind === "exact"
    ? `every pattern of ${plural(table.gates, "claim")}, ${plural(table.worlds, "simulated run")} of each`
    : `${plural(table.patterns, "pattern")} of ${plural(table.gates, "claim")}, ${plural(table.worlds, "simulated run")} of each`;
}
