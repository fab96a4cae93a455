/** A picture as it stands, made ready to draw: the figure, the chain, the claims that carry most, and the other readings beside it. */

import type { Lead } from "#analysis/lead/lead.ts";
import type { LeadState } from "#analysis/lead/lead-moves.ts";
import type { LeadPlan } from "#analysis/lead/lead-plan.ts";
import type { LeadPicture } from "#analysis/lead/lead-picture.ts";
import type { RunFindings } from "#analysis/findings/findings.ts";
import { judgeComparison, type ComparisonFinding } from "#analysis/figures/figures.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import type { Model, Unit } from "#model/model.ts";
import type { ChainChartData } from "../charts/chain-chart.ts";
import type { LeadChartData } from "../charts/lead-chart.ts";
import { valueAxis, type Axis } from "../picture/axis.ts";
import { inScale, plural, scaleOf, type Scale } from "../words/numbers.ts";
import { bare, brief, capital, spaced } from "../words/words.ts";
import {
  conclusionWords,
  countedWords,
  figureValue,
  gapInRuns,
  gapWithWay,
  gapWords,
  leadSentence,
  leadUnit,
  leadOptionWords,
  runsIn100,
  sideLabels,
  type LeadVerdict,
} from "./lead-words.ts";

/** The figures found of a view's conclusion. */
export interface LeadFound {
  readonly figures: readonly number[];
  /** What they rest on; null where it could not be had, and the figures are the picture's own. */
  readonly comparison: ComparisonFinding | null;
  readonly verdict: LeadVerdict | null;
}

export function toldFigures(findings: RunFindings | null, lead: Lead, picture: LeadPicture): LeadFound {
  const found =
    findings?.conclusions.find((c) => c.name === lead.plan.conclusion && c.view === picture.view)?.comparison ??
    lead.answers[lead.pictures.indexOf(picture)];
  if (found !== undefined && found.refusal === null) {
    const told = foundFigures(found, lead);
    return lead.firstRuns === null ? told : { ...told, verdict: null };
  }
  return {
    figures: picture.sides.map((s) =>
      lead.plan.shape.kind === "dots"
        ? s.middle.reduce((sum, v) => sum + v, 0) / s.middle.length
        : (s.middle.at(-1) ?? Number.NaN),
    ),
    comparison: null,
    verdict: null,
  };
}

/** What is found of a conclusion that has a finding, for its picture. */
export function foundFigures(comparison: ComparisonFinding, { plan }: Lead): LeadFound {
  return {
    figures: comparison.figures.slice(0, plan.sides.length).map((f) => f.value),
    comparison,
    verdict: { margin: comparison.margin, verdict: judgeComparison(comparison) },
  };
}

interface LeadLook {
  /** The pictures of other readings, drawn faintly. */
  readonly others: readonly LeadPicture[];
  readonly guess: number | null;
  readonly isCovered: boolean;
}

export function leadChartData(
  model: Model,
  lead: Lead,
  state: LeadState,
  times: readonly number[],
  look: LeadLook,
): LeadChartData {
  const { plan } = lead;
  const labels = sideLabels(model, plan);
  const sentence = leadSentence(model, plan, state.figures)
    .map((p) => p.text)
    .join("");
  return {
    id: "lead",
    title: conclusionWords(model, plan),
    description: look.isCovered ? "" : sentence,
    clock: plan.shape.kind === "dots" ? null : model.time,
    times,
    isChance: plan.sides.every((s) => s.figure.statistic === "chance"),
    unit: leadUnit(model, plan),
    sides: state.sides.map((s, i) => ({
      label: labels[i] ?? "",
      value: figureValue(model, plan, state.figures[i] ?? Number.NaN, state.figures),
      level: state.figures[i] ?? Number.NaN,
      middle: s.middle,
      range: s.range,
      half: s.half,
    })),
    line: plan.line === null ? null : { value: plan.line.value, label: lineWords(model, plan, plan.line) },
    gap: plan.shape.kind === "curves" ? gapWords(model, plan, state.figures) : null,
    faint: plan.shape.kind === "curves" ? look.others.map((p) => p.sides.map((s) => s.middle)) : [],
    guess: look.guess,
    isCovered: look.isCovered,
  };
}

function lineWords(model: Model, plan: LeadPlan, line: NonNullable<LeadPlan["line"]>): string {
  return `claimed: ${line.claimed} ${figureValue(model, plan, line.value)}`;
}

/** What is told of the picture's axis, above it. */
export function axisWords(model: Model, lead: Lead): string {
  const { plan } = lead;
  if (plan.shape.kind === "bands")
    return `The middle of the simulated runs, and the ranges of 50 and of 90 in 100${unitTail(leadUnit(model, plan).label)}`;
  const isChance = plan.sides.every((s) => s.figure.statistic === "chance");
  if (plan.shape.kind === "dots")
    return isChance
      ? "Each dot is 1 of 100 simulated runs"
      : "Each dot is 1 of 100 simulated runs, where its figure lies";
  return `${countedWords(model, plan)}: simulated runs in 100, by date${lead.pictures.length > 1 ? ". Grey: by other readings" : ""}`;
}

function unitTail(label: string): string {
  return label === "" || label === "number" ? "" : `, in ${label}`;
}

/** A claim with what it carries, most first. */
interface CarryingClaim {
  readonly claim: string;
  /** In base units. */
  readonly share: number;
  /** `carries 13 of the 22`. */
  readonly words: string;
}

/** Three to five: those that carry most, as far as they carry a tenth of what the first does. */
export function carryingClaims(
  model: Model,
  lead: Lead,
  { shares, figures }: Pick<LeadState, "shares" | "figures">,
): readonly CarryingClaim[] {
  const sorted = [...shares].toSorted((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
  const most = Math.abs(sorted[0]?.[1] ?? 0);
  const kept = sorted.filter(([, s], i) => i < 3 || Math.abs(s) >= 0.15 * most).slice(0, 5);
  return kept
    .filter(([, s]) => Math.abs(s) > 1e-9)
    .map(([claim, share]) => ({ claim, share, words: shareWords(model, lead, share, figures) }));
}

/** What it carries of the margin, and which way: `carries 13 of the 22`, `takes off 3 in 100`. */
export function shareWords(model: Model, lead: Lead, share: number, figures: readonly number[]): string {
  const { size, unit } = shareSize(model, lead, share);
  if (!/[1-9]/.test(size)) return "carries next to nothing";
  const whole = share > 0 && unit === "in 100" ? gapInRuns(model, lead.plan, figures) : null;
  if (whole !== null && 100 * share <= whole) return `carries ${size} of the ${whole}`;
  return `${share > 0 ? "carries" : "takes off"} ${size} ${unit}`.trim();
}

interface ShareSize {
  readonly size: string;
  readonly unit: string;
  /** The word for thousands and more, where there is little room: `k`. */
  readonly multiple: string;
}

function shareSize(model: Model, lead: Lead, share: number): ShareSize {
  const unit = leadUnit(model, lead.plan);
  if (unit.label === "in 100") {
    const points = 100 * Math.abs(share);
    return { size: points.toFixed(points < 0.95 ? 1 : 0), unit: "in 100", multiple: "" };
  }
  const scale = scaleOf([share], unit);
  const size = inScale(Math.abs(share), scale);
  const points = size === "1" ? "point" : "points";
  return { size, unit: scale.unit === "per cent" ? points : scale.unit, multiple: scale.short ?? "" };
}

/** The same where there is room for a number alone: `13`, `−3`, `27k`. */
function shareNumber(model: Model, lead: Lead, share: number): string {
  const { size, multiple } = shareSize(model, lead, share);
  return /[1-9]/.test(size) ? `${share < 0 ? "−" : ""}${size}${multiple}` : "";
}

export function chainChartData(
  model: Model,
  lead: Lead,
  state: LeadState,
  lit: readonly string[],
): ChainChartData | null {
  const { chain, plan } = lead;
  if (chain === null) return null;
  const carried = (claims: readonly string[]): number => claims.reduce((sum, c) => sum + (state.shares.get(c) ?? 0), 0);
  const size = (claims: readonly string[]): number =>
    claims.reduce((sum, c) => sum + Math.abs(state.shares.get(c) ?? 0), 0);
  const most = Math.max(1e-12, ...chain.arrows.map((a) => size(a.claims)));
  const arrows = chain.arrows.map((a) => {
    const sum = carried(a.claims);
    return {
      from: a.from,
      to: a.to,
      sign: a.sign,
      weight: Math.min(1, size(a.claims) / most),
      words: Math.abs(sum) < 0.02 * most ? "" : shareNumber(model, lead, sum),
      claims: a.claims,
      isLit: lit.length > 0 && a.claims.some((c) => lit.includes(c)),
    };
  });
  const nodes = chain.nodes.map((n, i) => {
    const choice = n.kind === "choice" ? model.choices.find((c) => `choice:${c.name}` === n.id) : undefined;
    const compared = choice === undefined ? [] : comparedOptions(model, plan.sides, choice.name);
    const [first, second] = compared;
    return {
      id: n.id,
      label: compared.length > 0 ? compared.join(" / ") : choice === undefined ? stepWords(n) : bare(choice.label),
      options:
        first === undefined || second === undefined || plan.sides.length !== 2 ? null : ([first, second] as const),
      column: n.column,
      row: n.row,
      values: nodeValues(model, lead, state, i),
    };
  });
  return {
    id: "chain",
    title: "How it gets there",
    description: `From ${nodes[0]?.label ?? ""} to ${nodes.at(-1)?.label ?? ""}, in ${plural(chain.columns - 1, "step")}.`,
    columns: chain.columns,
    nodes,
    arrows,
  };
}

/** What the numbers of a chain are; empty where it has none. */
export function chainNote(model: Model, lead: Lead, chain: ChainChartData): string {
  const { label } = leadUnit(model, lead.plan);
  const named = label === "in 100" ? "100 runs" : label === "share" ? "points" : label;
  const unit = label === "" || label === "number" ? "" : `, in ${named}`;
  const isNumbered = chain.arrows.some((a) => a.words !== "");
  const isMeasured = chain.nodes.slice(0, -1).some((n) => n.values.some((v) => v !== null));
  return [
    ...(isNumbered
      ? [`On an arrow: what the claims that work along it carry${unit}; a claim may work along several.`]
      : []),
    ...(isMeasured ? ["In a box: the average of all runs, by what is compared."] : []),
  ].join(" ");
}

/** The modeller's words; where there are none, the name as people write it. */
function stepWords({ id, label }: NonNullable<Lead["chain"]>["nodes"][number]): string {
  return capital(id.endsWith(`:${label}`) ? spaced(label) : brief(label));
}

/** What is compared, where it is a choice: an option, or one for each of two sides; empty where it is more. */
function comparedOptions(model: Model, sides: Lead["plan"]["sides"], choice: string): readonly string[] {
  const options = [
    ...new Set(
      sides.flatMap(({ situation: { choices } }) => (Object.hasOwn(choices, choice) ? (choices[choice] ?? []) : [])),
    ),
  ];
  return options.length > 2 ? [] : options.map((o) => leadOptionWords(model, choice, o));
}

/** By side, as people read them: on one scale for both. */
export function nodeValues(model: Model, lead: Lead, state: LeadState, node: number): readonly (string | null)[] {
  const found = lead.chain?.nodes[node];
  // What is counted is told by the figure that is judged.
  const isTarget = node === (lead.chain?.nodes.length ?? 0) - 1;
  const values = isTarget ? lead.plan.sides.map((_, i) => state.figures[i] ?? null) : (state.nodes[node] ?? []);
  if (found === undefined || found.reads === null) return values.map(() => null);
  if (found.reads.isTruth) return values.map((v) => (v === null ? null : runsIn100(v)));
  const unit = nodeUnit(model, found);
  const scale = scaleOf(
    values.filter((v) => v !== null),
    unit,
  );
  // A number without a unit, and a rate, say nothing to those who did not write the model.
  if (scale.unit === "" || (unit.dimension["time"] ?? 0) < 0) return values.map(() => null);
  return values.map((v) => (v === null ? null : v === 0 ? "0" : `${inScale(v, scale)}${unitTailOf(scale)}`));
}

/** A unit after a figure, in a box. */
function unitTailOf({ unit, short = "" }: Scale): string {
  return unit === "per cent" ? " %" : short !== "" ? short : ` ${unit}`;
}

function nodeUnit(model: Model, node: NonNullable<Lead["chain"]>["nodes"][number]): Unit {
  const none: Unit = { label: "", factor: 1, dimension: {} };
  const of = node.reads?.of;
  if (of === undefined) return none;
  const name =
    of.op === "over" && (of.of.op === "stock" || of.of.op === "let")
      ? of.of.name
      : of.op === "outcome" || of.op === "let"
        ? of.name
        : "";
  if (of.op === "outcome") return model.outcomes.find((o) => o.name === name)?.unit ?? none;
  return [...model.stocks, ...model.lets].find((x) => x.name === name)?.unit ?? none;
}

/** A reading beside the one looked at. */
interface ReadingRow {
  readonly view: string;
  readonly label: string;
  readonly figures: readonly number[];
  readonly gap: string | null;
  readonly verdict: LeadVerdict | null;
}

export function readingRows(model: Model, lead: Lead, findings: RunFindings | null): readonly ReadingRow[] {
  return lead.pictures.map((picture) => {
    const { figures, verdict } = toldFigures(findings, lead, picture);
    return {
      view: picture.view,
      label: viewLabel(model, picture.view),
      figures,
      gap: gapWithWay(model, lead.plan, figures),
      verdict,
    };
  });
}

/** What the readings' bars are measured on, in hundredths of their length; it holds nought and every figure. About as many ticks as a phone has room for. */
export function readingsAxis(model: Model, { plan }: Lead, figures: readonly number[]): Axis {
  return valueAxis({ values: [0, ...figures], unit: leadUnit(model, plan), from: 0, to: 100, ticks: 3 });
}

export function viewLabel(model: Model, view: string): string {
  const label = bare(mindOf(model, view).label);
  return label.charAt(0).toUpperCase() + label.slice(1);
}

/** Where the claim is found in its source, in a word: `¶9`. */
export function claimPlace(model: Model, claim: string): string {
  const locator = model.claims.find((c) => c.name === claim)?.locators[0];
  return locator === undefined ? "" : `¶${locator.paragraph}`;
}
