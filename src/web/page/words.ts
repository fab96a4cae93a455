/** The sentences and words of the page. No word of the inside without its plain name. */

import {
  statisticWords,
  bare,
  grouped,
  leadSituationWords,
  runsIn100,
  scaleOf,
  type ClaimKind,
  type ConclusionFinding,
  type FigureFinding,
  type Model,
  type Verdict,
} from "#internal.ts";

export const verdictSigns: Readonly<Record<Verdict, string>> = {
  holds: "●",
  fails: "✕",
  "no material difference": "≈",
  "does not hold": "✕",
  "too close to call": "?",
  "not told": "–",
};

export const verdictClass: Readonly<Record<Verdict, string>> = {
  holds: "holds",
  fails: "fails",
  "no material difference": "even",
  "does not hold": "fails",
  "too close to call": "unsure",
  "not told": "unsure",
};

export const verdictMeaning: Readonly<Record<Verdict, string>> = {
  holds: "the margin that would matter is passed",
  fails: "the opposite is found, by more than the margin that would matter",
  "no material difference": "any difference is too small to matter",
  "does not hold": "the margin that would matter is not reached",
  "too close to call": "the margin lies on the line even after the most runs that are made",
  "not told": "this cannot be computed",
};

export const kindWords: Readonly<Record<ClaimKind, string>> = {
  motive: "motive",
  denial: "denial",
  causal: "cause",
  premise: "premise",
  historical: "history",
  prediction: "prediction",
  prescription: "advice",
  move: "move",
};

/** A figure in a sentence: whole runs of 100 for a chance, a rounded number in its unit otherwise. */
function figureWords(figure: FigureFinding, finding: ConclusionFinding): string {
  if (figure.statistic === "chance") return `${runsIn100(figure.value)} of 100 simulated runs`;
  const scale = scaleOf([figure.value], finding.comparison.unit);
  return `${grouped(figure.value / scale.by, scale.decimals)}${scale.unit === "" ? "" : ` ${scale.unit}`}`;
}

/** `42 in 100`, or the number in its unit. */
export function figureShort(figure: FigureFinding, finding: ConclusionFinding): string {
  return figure.statistic === "chance" ? `${runsIn100(figure.value)} in 100` : figureWords(figure, finding);
}

/** Whose claims a verdict stands on. */
function whose(model: Model, view: string, isMine: boolean): string {
  if (isMine) return "with your settings";
  const found = model.views.find((v) => v.name === view);
  return found === undefined ? "with the case's own figures" : `under “${bare(found.label)}”`;
}

/** The verdict with its conditions. */
export function headingSentence(model: Model, finding: ConclusionFinding, isMine: boolean): string {
  const conditions = `In this model, ${whose(model, finding.view, isMine)}`;
  const { figures, refusal } = finding.comparison;
  const what = happening(model, finding);
  if (refusal !== null) return `${conditions}, this is not told: too few simulated runs meet its condition.`;
  const situations = figures.map((f) => f.situation);
  const [a, b] = figures;
  const statistic = a?.statistic === "chance" ? "in" : statisticWords(a?.level ?? null);
  if (a !== undefined && b !== undefined && figures.length === 2)
    return `${conditions}${what}${statistic} ${figureWords(a, finding)} with “${leadSituationWords(model, a.situation, situations)}”, against ${figureWords(b, finding)} with “${leadSituationWords(model, b.situation, situations)}”.`;
  if (a !== undefined && figures.length === 1) return `${conditions}${what}${statistic} ${figureWords(a, finding)}.`;
  return `${conditions}, on ${figures.length} figures taken together.`;
}

/** `, the bridge stands by 2032 ` where every figure is the chance of one outcome; a colon where it takes more words than a sentence bears. */
function happening(model: Model, finding: ConclusionFinding): string {
  const figures = model.conclusions.find((c) => c.name === finding.name)?.comparison.figures ?? [];
  const names = new Set(figures.map((f) => (f.of.op === "outcome" ? f.of.name : "")));
  const [name = ""] = names;
  const at = model.outcomes.findIndex((o) => o.name === name);
  const isChance = figures.every((f) => f.statistic === "chance");
  if (names.size !== 1 || at < 0 || !isChance) return ": ";
  const label = bare(fullLabel(model.outcomes, at));
  if (/[:;,]/.test(label)) return ": ";
  return `, ${/^(The|An?) /.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label} `;
}

/** A label that goes on from the one above it ("… by 2023") is told whole. */
export function fullLabel(heads: readonly { readonly label: string }[], at: number): string {
  const own = heads[at]?.label ?? "";
  if (!own.startsWith("…")) return own;
  let from = at;
  while (from > 0 && heads[from]?.label.startsWith("…") === true) from--;
  const first = heads[from]?.label ?? "";
  return `${first.replace(/ (by|until) [^ ]+$/, "")} ${own.replace(/^…\s*/, "")}`;
}
