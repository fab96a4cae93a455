/** The words of a page's first screen: who asks what, what is found, by how much, and what it rests on. */

import type { LeadPlan } from "#analysis/lead/lead-plan.ts";
import { judge, type Verdict } from "#analysis/verdicts/verdict.ts";
import type { ComparisonFinding } from "#analysis/figures/figures.ts";
import { slopeAt } from "#analysis/figures/margin.ts";
import type { Situation } from "#ensemble/situation.ts";
import type { Figure, Model, Outcome } from "#model/model.ts";
import {
  gapInScale,
  grouped,
  inScale,
  listed,
  readable,
  scaleOf,
  type ShownGap,
  type ShownUnit,
} from "../words/numbers.ts";
import { bare, capital, spaced } from "../words/words.ts";

/** A chance as people say it: whole runs in 100. */
export function runsIn100(chance: number): string {
  if (!Number.isFinite(chance)) return "–";
  const runs = Math.round(100 * chance);
  if (runs === 0 && chance > 0) return "under 1";
  if (runs === 100 && chance < 1) return "over 99";
  return String(runs);
}

/** What the option of a choice is called. */
export function leadOptionWords(model: Model, choice: string, option: string): string {
  const found = model.choices.find((c) => c.name === choice)?.options.find((o) => o.name === option);
  return found === undefined || found.label === found.name ? capital(spaced(option)) : bare(found.label);
}

/** What sets a situation apart from the others, itself among them, in the case's own words; of a single one, what it departs in from the case. */
export function leadSituationWords(model: Model, s: Situation, others: readonly Situation[]): string {
  const isAlone = others.length < 2;
  const supposed = s.suppositions
    .filter((name) => isAlone || others.some((x) => !x.suppositions.includes(name)))
    .map((name) => bare(model.suppositions.find((x) => x.name === name)?.label ?? spaced(name)));
  const choices = Object.entries(s.choices)
    .filter(([c, o]) =>
      isAlone ? model.choices.find((x) => x.name === c)?.default !== o : others.some((x) => x.choices[c] !== o),
    )
    .map(([c, o]) => leadOptionWords(model, c, o));
  const claims = Object.entries(s.claims)
    .filter(([c, on]) => isAlone || others.some((x) => x.claims[c] !== on))
    .map(([c, on]) => `${on ? "True" : "Not so"}: ${claimWords(model, c)}`);
  // What is supposed says more than the choices that go with it.
  const parts = [...(supposed.length > 0 ? supposed : choices), ...claims];
  return parts.length > 0 ? parts.join(", ") : isAlone ? "As the case stands" : "Otherwise";
}

/** What is set where one figure stands alone. */
function aloneWords(model: Model, figure: Figure): string {
  const { suppositions, choices, claims } = figure.intervention;
  const parts = [
    ...suppositions.map((name) => bare(model.suppositions.find((x) => x.name === name)?.label ?? spaced(name))),
    ...(suppositions.length > 0 ? [] : Object.entries(choices).map(([c, o]) => leadOptionWords(model, c, o))),
    ...Object.entries(claims).map(([c, on]) => `${on ? "true" : "not so"}: ${claimWords(model, c)}`),
  ];
  return parts.length === 0 ? "As the case stands" : listed(parts);
}

export function sideLabels(model: Model, plan: LeadPlan): readonly string[] {
  const situations = plan.sides.map((s) => s.situation);
  return plan.sides.map(({ figure, situation }) => {
    const where =
      plan.sides.length === 1 ? aloneWords(model, figure) : leadSituationWords(model, situation, situations);
    const given = figure.given === null ? "" : givenWords(model, figure);
    return `${where}${given === "" ? "" : `, among runs where ${given}`}`;
  });
}

function givenWords(model: Model, figure: Figure): string {
  if (figure.given?.op === "outcome") {
    const { name } = figure.given;
    return small(bare(model.outcomes.find((o) => o.name === name)?.label ?? spaced(name)));
  }
  return spaced(figure.givenText ?? "");
}

/** Of which run a figure is, by its level; null of a mean. */
export function statisticWords(level: number | null): string {
  if (level === null) return "on average";
  return level === 0.5 ? "in the middle run" : `in run ${Number((100 * level).toPrecision(6))} of 100, by size`;
}

/** A claim in its own words, without a full stop. */
export function claimWords(model: Model, claim: string): string {
  return bare(model.claims.find((c) => c.name === claim)?.label ?? claim);
}

/** What is counted, where every figure counts the same. */
function countedOutcome(model: Model, plan: LeadPlan): Outcome | null {
  const names = new Set(plan.sides.map(({ figure }) => (figure.of.op === "outcome" ? figure.of.name : "")));
  const [name] = names;
  return names.size === 1 ? (model.outcomes.find((o) => o.name === name) ?? null) : null;
}

/** The same in the case's words; the conclusion's own where figures count different things. */
export function countedWords(model: Model, plan: LeadPlan): string {
  const outcome = countedOutcome(model, plan);
  return outcome === null ? conclusionWords(model, plan) : bare(outcome.label);
}

/** The unit that figures of the picture are told in. */
export function leadUnit(model: Model, plan: LeadPlan): ShownUnit {
  if (plan.sides.every((s) => s.figure.statistic === "chance")) return { label: "in 100", factor: 0.01 };
  return readable(countedOutcome(model, plan)?.unit ?? plan.sides[0]?.figure.unit ?? { label: "", factor: 1 });
}

/** `49`, or `27 thousand people`. */
export function figureValue(model: Model, plan: LeadPlan, value: number, beside: readonly number[] = []): string {
  if (plan.sides[0]?.figure.statistic === "chance") return runsIn100(value);
  const scale = scaleOf([value, ...beside], leadUnit(model, plan));
  return `${inScale(value, scale)}${scale.unit === "" ? "" : ` ${scale.unit}`}`;
}

/** Whole runs in 100. */
const wholeRuns = { by: 0.01, decimals: 0, unit: "in 100" } as const;

/** Null where the figures leave no gap; the unit is empty where there is none to say. */
function leadGap(
  model: Model,
  plan: LeadPlan,
  values: readonly number[],
): (ShownGap & { readonly unit: string }) | null {
  const [a, b] = values;
  if (!plan.isGap || a === undefined || b === undefined) return null;
  const scale = plan.sides[0]?.figure.statistic === "chance" ? wholeRuns : scaleOf([a, b], leadUnit(model, plan));
  const gap = gapInScale(a, b, scale);
  const points = gap.size === "1" ? "point" : "points";
  return { ...gap, unit: scale.unit === "per cent" ? points : scale.unit };
}

/** The size of the gap; null where the figures leave none. */
export function gapWords(model: Model, plan: LeadPlan, values: readonly number[]): string | null {
  const gap = leadGap(model, plan, values);
  return gap === null ? null : `${gap.size} ${gap.unit}`.trim();
}

/** The size of a gap of chances, as it is shown; null where there is none. */
export function gapInRuns(model: Model, plan: LeadPlan, values: readonly number[]): number | null {
  return leadUnit(model, plan).label === "in 100" ? (leadGap(model, plan, values)?.shown ?? null) : null;
}

/** What stands over the gaps that each reading finds. */
export const readingsTitle = "The same question, by each reading";

/** On the button that hides the answer until a reader has guessed. */
export const guessWords = "Guess before you look";

/** A margin and what it means. */
export interface LeadVerdict {
  readonly margin: number;
  readonly verdict: Verdict;
}

/** The verdict on figures that a hand is moving: as sure as what was found last, until the table is read. */
export function leadVerdict(
  model: Model,
  plan: LeadPlan,
  values: readonly number[],
  found: Pick<ComparisonFinding, "margin" | "low" | "high">,
): LeadVerdict | null {
  const comparison = model.conclusions.find((c) => c.name === plan.conclusion)?.comparison;
  if (comparison === undefined || values.length < comparison.figures.length) return null;
  const { value } = slopeAt(comparison.margin, values);
  if (!Number.isFinite(value)) return null;
  const interval = { low: value - (found.margin - found.low), high: value + (found.high - found.margin) };
  return { margin: value, verdict: judge(interval, comparison) };
}

/** Runs of text, some of which stand out: `side` gives the colour of one of the things compared, −1 the gap's. */
export interface Phrase {
  readonly text: string;
  readonly side?: number;
}

/** What is found, in a sentence that says what is counted. */
export function leadSentence(model: Model, plan: LeadPlan, values: readonly number[]): readonly Phrase[] {
  const labels = sideLabels(model, plan);
  const isChance = plan.sides.every((s) => s.figure.statistic === "chance");
  const what = countedWords(model, plan);
  const statistic = statisticWords(plan.sides[0]?.figure.level ?? null);
  const value = (i: number): Phrase => ({ text: figureValue(model, plan, values[i] ?? NaN, values), side: i });
  const quoted = (i: number): Phrase => ({ text: `“${labels[i] ?? ""}”`, side: i });
  if (plan.sides.length > 2 || plan.sides.length < 1)
    return [{ text: `${conclusionWords(model, plan)}: ${plan.sides.length} figures taken together.` }];
  const first: readonly Phrase[] = isChance
    ? [{ text: `${what} in ` }, value(0), { text: " of 100 simulated runs" }]
    : [{ text: `${what}: ` }, value(0), { text: ` ${statistic}` }];
  if (plan.sides.length === 1) {
    const held =
      plan.line === null ? [] : [{ text: `; the line is at ${figureValue(model, plan, plan.line.value, values)}` }];
    return [...first, { text: " with " }, quoted(0), ...held, { text: "." }];
  }
  const gap = gapWithWay(model, plan, values);
  // The gap is rounded by itself, like the two figures: what a reader subtracts may be one off.
  const rounded = leadGap(model, plan, values)?.addsUp === false ? ", before rounding" : "";
  return [
    ...first,
    { text: " with " },
    quoted(0),
    { text: isChance ? ", and in " : "; " },
    value(1),
    { text: " with " },
    quoted(1),
    ...(gap === null
      ? [{ text: "." }]
      : [
          { text: ": " },
          { text: gap, side: -1 },
          { text: `${gap === noDifference ? " to speak of" : ""}${rounded}.` },
        ]),
  ];
}

const noDifference = "no difference";

/** `8 fewer`, `4 more`, `no difference`: the gap with the way it goes; null where the figures leave none. */
export function gapWithWay(model: Model, plan: LeadPlan, values: readonly number[]): string | null {
  const gap = leadGap(model, plan, values);
  const [a, b] = values;
  if (gap === null || a === undefined || b === undefined) return null;
  if (gap.shown === 0) return noDifference;
  const isChance = plan.sides[0]?.figure.statistic === "chance";
  return `${isChance ? gap.size : `${gap.size} ${gap.unit}`.trim()} ${moreOrLess(isChance, a, b)}`;
}

function moreOrLess(isChance: boolean, a: number, b: number): string {
  return isChance ? (a >= b ? "more" : "fewer") : a >= b ? "more" : "less";
}

export function conclusionWords(model: Model, plan: LeadPlan): string {
  return bare(model.conclusions.find((c) => c.name === plan.conclusion)?.label ?? plan.conclusion);
}

/** `“An attack brings the fall nearer” holds: 14 in 100, where 5 would matter.` */
export function verdictLine(model: Model, plan: LeadPlan, found: LeadVerdict | null): string {
  const comparison = model.conclusions.find((c) => c.name === plan.conclusion)?.comparison;
  if (found === null || comparison === undefined)
    return `“${conclusionWords(model, plan)}” is not told: too few simulated runs meet its condition.`;
  const matters =
    comparison.threshold === 0 ? "" : `; ${amountWords(comparison.threshold, comparison.unit)} would matter`;
  return `“${conclusionWords(model, plan)}”: ${verdictPlain[found.verdict]}${matters}.`;
}

/** In place of a verdict, while only first figures are there. */
export function firstFiguresLine(runs: number): string {
  return `First figures, from ${grouped(runs, 0)} simulated runs of each situation. The verdict, and what carries it, follow when all runs are made.`;
}

const verdictPlain: Readonly<Record<Verdict, string>> = {
  holds: "it holds in this model",
  fails: "it fails in this model: the opposite is found",
  "no material difference": "no difference that matters in this model",
  "does not hold": "it does not hold in this model",
  "too close to call": "too close to call in this model",
  "not told": "it cannot be told",
};

function amountWords(value: number, unit: ShownUnit): string {
  const scale = scaleOf([value], unit);
  return `${inScale(value, scale).replace(/\.0+$/, "")} ${scale.unit === "points" ? "in 100" : scale.unit === "per cent" ? (Math.abs(value / scale.by) === 1 ? "point" : "points") : scale.unit}`.trim();
}

/** Who says so, in the first lines; what the case says of itself where no source is named. */
export function byline(model: Model): string {
  const [source] = model.sources;
  const author = source?.author ?? null;
  const title = source?.title ?? null;
  const year = source?.year ?? null;
  const work = title === null ? "" : `“${title}”`;
  const named = [author, work].filter((t) => t !== null && t !== "").join(", ");
  if (named === "") return model.notes[0] ?? "";
  const readings = model.views.filter((v) => v.role === "reader").length;
  return `${named}${year === null ? "" : ` (${year})`}. ${readings > 1 ? "The argument and its rivals, run on one model." : "The argument, run on a model."}`;
}

export function small(text: string): string {
  return /^(The|An?|It|Its|This|That) /.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
