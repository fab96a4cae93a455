/** Writes verdicts as sentences with their conditions, as a reader may repeat them, and lists what must not be said. */

import type { ConclusionFinding } from "#analysis/verdicts/conclusions.ts";
import type { FigureFinding } from "#analysis/figures/figures.ts";
import type { RunFindings } from "#analysis/findings/findings.ts";
import type { OutcomeHead } from "#analysis/outcomes/outcomes.ts";
import type { Choice, Model } from "#model/model.ts";
import { grouped, inScale, listed, ofHundred, scaleApart, scaleOf, scaleOfPair, slackText, tenths } from "./numbers.ts";
import { bare, givenCaveat, hangingTexts, refusalText, spaced } from "./words.ts";

/** Whose claims: `with the claims of “The article, as we read it”`; never the reader's own unless they are. */
export function mindText(findings: Pick<RunFindings, "views">, view: string): string {
  if (view === "yours") return "with your settings";
  const label = findings.views.find((v) => v.name === view)?.label ?? spaced(view);
  return view === "case" ? "with the case's own figures" : `with the claims of “${bare(label)}”`;
}

/**
 * `In this model, with …, “A charge empties the roads” holds. The queue is gone by 2032: in about 4 runs in 10 where …; ….` It stands alone.
 *
 * @example
 * ```ts
 * const { findings } = await run(argument);
 * for (const found of findings.conclusions) console.log(verdictSentence(argument.model, findings, found));
 * ```
 */
export function verdictSentence(model: Model, findings: RunFindings, c: ConclusionFinding): string {
  const head = `In this model, ${mindText(findings, c.view)}, “${bare(c.label)}” ${verdictWords(c)}.`;
  return [head, figuresSentence(model, findings, c), ...hangingTexts(c), besideSentence(findings, c)]
    .filter((t) => t !== "")
    .join(" ");
}

function verdictWords(c: ConclusionFinding): string {
  if (c.comparison.refusal !== null) return "is not told";
  switch (c.verdict) {
    case "holds":
      return "holds";
    case "fails":
      return "fails";
    case "no material difference":
      return "makes no difference that matters";
    case "does not hold":
      return "does not hold";
    case "too close to call":
      return "is too close to call";
    case "not told":
      return "is not told";
  }
}

/** Figures of one outcome share its name; each says in which situation. Arithmetic over figures is told by its margin alone. */
export function figuresSentence(model: Model, findings: RunFindings, c: ConclusionFinding): string {
  if (c.comparison.refusal !== null) return refusalText(c.comparison.refusal);
  if (!hasFigureWords(findings, c)) return marginSentence(c);
  const { figures } = c.comparison;
  const told = figures.map((f) => ({ f, head: findings.outcomes.find((o) => o.name === f.outcome) }));
  const heads = new Set(told.map((t) => t.head?.name));
  const parts = told.map(({ f, head }) => {
    const where = situationWords(model, f, figures);
    const value = figureText(f, head, figures);
    return `${heads.size > 1 ? `${bare(head?.label ?? "")}: ` : ""}${value}${where === "" ? "" : ` ${where}`}`;
  });
  const first = heads.size === 1 ? `${bare(told[0]?.head?.label ?? "")}: ` : "";
  const caveat = givenCaveat(figures);
  return `${first}${parts.join("; ")}.${caveat === null ? "" : ` ${caveat}`}`;
}

/** Whether a conclusion compares one or two figures of outcomes, which a sentence can name. */
export function hasFigureWords(
  { outcomes }: Pick<RunFindings, "outcomes">,
  { comparison }: ConclusionFinding,
): boolean {
  const { figures } = comparison;
  return (
    (figures.length === 1 || figures.length === 2) && figures.every((f) => outcomes.some((o) => o.name === f.outcome))
  );
}

function marginSentence(c: ConclusionFinding): string {
  const { margin, se, threshold, unit } = c.comparison;
  const scale = scaleApart(scaleOf([margin, threshold], unit), [margin - 2 * se, margin + 2 * se, threshold]);
  return `The margin is ${inScale(margin, scale)} ${slackText({ value: margin, se }, scale)} ${scale.unit}; ${inScale(threshold, scale)} would matter.`;
}

/** Two amounts of one outcome are written so that they are as far apart as the margin, which follows, says. */
function figureText(f: FigureFinding, head: OutcomeHead | undefined, figures: readonly FigureFinding[]): string {
  if (f.statistic === "chance") return `in ${tenths(f.value)}`;
  const unit = head?.unit ?? { label: "", factor: 1 };
  const [a, b] = figures;
  const isPair = a !== undefined && b !== undefined && a.outcome === b.outcome && a.statistic === b.statistic;
  const scale = isPair ? scaleOfPair(a.value, b.value, unit) : scaleOf([f.value], unit);
  return `${inScale(f.value, scale)}${scale.unit === "" ? "" : ` ${scale.unit}`} on average`;
}

/** What sets a figure's situation apart from that of the others, in the case's own words. */
function situationWords(model: Model, f: FigureFinding, figures: readonly FigureFinding[]): string {
  const others = figures.filter((o) => o !== f).map((o) => o.situation);
  const differs = <T>(value: T, of: (s: FigureFinding["situation"]) => T): boolean =>
    others.length === 0 || others.some((o) => of(o) !== value);
  const choices = Object.entries(f.situation.choices)
    .filter(([name, option]) => others.length > 0 && differs(option, (s) => s.choices[name] ?? ""))
    .map(([name, option]) => optionWords(model.choices, name, option));
  const claims = Object.entries(f.situation.claims)
    .filter(([name, on]) => differs(on, (s) => s.claims[name] ?? !on))
    .map(([name, on]) => `${name} is ${on ? "true" : "false"}`);
  const supposed = f.situation.suppositions
    .filter((name) => differs(true, (s) => s.suppositions.includes(name)))
    .map((name) => `“${bare(model.suppositions.find((s) => s.name === name)?.label ?? spaced(name))}”`);
  const parts = [...supposed, ...(supposed.length > 0 ? [] : choices), ...claims];
  return parts.length === 0 ? (others.length > 0 ? "otherwise" : "") : `where ${listed(parts)}`;
}

function optionWords(choices: readonly Choice[], name: string, option: string): string {
  const label = choices.find((c) => c.name === name)?.options.find((o) => o.name === option)?.label ?? spaced(option);
  return `“${bare(label)}”`;
}

/** Outcomes that are always shown with a verdict, each over the situations that it compares. */
export function besideSentence(findings: RunFindings, c: ConclusionFinding): string {
  const parts = findings.outcomes
    .filter((o) => o.alwaysShown && o.kind !== "category")
    .flatMap((head) => {
      const found = c.beside.flatMap((b) => b.outcomes.filter((o) => o.name === head.name).map((o) => o.summary));
      if (found.length === 0) return [];
      if (head.kind === "truth")
        return [
          `${bare(head.label)}: ${range(
            found.map((s) => s.mean),
            ofHundred,
          )} runs in 100`,
        ];
      const middles = found.map((s) => s.q50);
      const scale = scaleOf(middles.some((v) => v !== 0) ? middles : found.map((s) => s.q95), head.unit);
      const amount = `${range(middles, (v) => inScale(v, scale))} ${scale.unit}`.trim();
      return [`${bare(head.label)}: ${amount} in the middle run`];
    });
  return parts.length === 0 ? "" : `Over the options compared: ${parts.join("; ")}.`;
}

function range(values: readonly number[], words: (value: number) => string): string {
  const [low, high] = [words(Math.min(...values)), words(Math.max(...values))];
  return low === high ? low : `${low} to ${high}`;
}

/** What may be repeated, each with its conditions, and what must not. */
interface SayBox {
  readonly safe: readonly string[];
  readonly notSupported: readonly string[];
}

export function sayBox(findings: RunFindings): SayBox {
  const names = [...new Set(findings.conclusions.map((c) => c.name))];
  const safe: string[] = [];
  const notSupported: string[] = [];
  for (const name of names) {
    const all = findings.conclusions.filter((c) => c.name === name && c.comparison.refusal === null);
    const label = bare(findings.conclusions.find((c) => c.name === name)?.label ?? name);
    const of = (verdict: ConclusionFinding["verdict"]): readonly ConclusionFinding[] =>
      all.filter((c) => c.verdict === verdict);
    const minds = (some: readonly ConclusionFinding[]): string =>
      some.length === all.length && all.length > 1
        ? `with the claims of every view told (${all.length})`
        : listed(some.map((c) => mindText(findings, c.view)));
    const [holding, fails, even] = [of("holds"), of("fails"), of("no material difference")];
    const [built, holds] = [holding.filter((c) => c.builtIn !== null), holding.filter((c) => c.builtIn === null)];
    const [not, close] = [of("does not hold"), of("too close to call")];
    if (holds.length > 0) safe.push(`In this model, ${minds(holds)}: ${label}.`);
    if (built.length > 0)
      notSupported.push(
        `“${label}” as a finding ${minds(built)}: it is built into the model, and only its size is found.`,
      );
    if (fails.length > 0) notSupported.push(`“${label}”: the opposite is found ${minds(fails)}.`);
    if (even.length > 0) notSupported.push(`“${label}”: no difference that matters ${minds(even)}.`);
    if (not.length > 0) notSupported.push(`“${label}”: it does not hold ${minds(not)}.`);
    if (close.length > 0) notSupported.push(`“${label}”: too close to call ${minds(close)}.`);
  }
  return { safe, notSupported: [...notSupported, ...neverSupported] };
}

/** What no result of a model supports, whatever it is. */
const neverSupported: readonly string[] = [
  "That any of this will happen. The figures are statements about a model, not a forecast.",
  "That the model's form is right. The ranges come from the claims and unknowns you see; the form of the model is not in them.",
  "What an author believes. The claims are paraphrases in our words, and how firmly each is held is our reading.",
];

/** `under 5 views`, for heads and captions. */
export function viewsPhrase(findings: Pick<RunFindings, "views">): string {
  const { views } = findings;
  const [only] = views;
  return views.length === 1 && only !== undefined
    ? only.name === "case"
      ? "the case's own figures"
      : `“${bare(only.label)}”`
    : `${grouped(views.length, 0)} views`;
}
