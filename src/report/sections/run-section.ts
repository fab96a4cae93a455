/** The sections of a run, in the order in which a stranger asks: the question, the verdicts, the figures, what it rests on. */

import { aside, gap, heading, inGroups, say, type Block, type BlockEntry } from "./blocks.ts";
import type { ConclusionFinding } from "#analysis/verdicts/conclusions.ts";
import { judgeComparison } from "#analysis/figures/figures.ts";
import type { RunFindings } from "#analysis/findings/findings.ts";
import { bits } from "#ensemble/tally/tally-settings.ts";
import { distanceFromLine, verdicts } from "#analysis/verdicts/verdict.ts";
import { notRunOf, type NotRun } from "#analysis/findings/not-run.ts";
import type { Model } from "#model/model.ts";
import { outcomeBlock, told, verdictBlock } from "./case-figures.ts";
import {
  grouped,
  inScale,
  listed,
  plural,
  scaleApart,
  scaleOf,
  tenths,
  withSpan,
  type Scale,
} from "../words/numbers.ts";
import { outcomeLegend, outcomeTables } from "./outcome-tables.ts";
import { provenanceText, type Provenance } from "../words/provenance.ts";
import { besideSentence, figuresSentence, hasFigureWords } from "../words/sentences.ts";
import { bare, capital, hangingTexts, markText, sideText, spaced, verdictTone } from "../words/words.ts";

interface RunLayout {
  /** Each conclusion's figures under several views too, not only its verdicts. */
  readonly figures: boolean;
  /** Every outcome in every profile, not only those that are always shown. */
  readonly outcomes: boolean;
}

/** With its title and where it comes from. */
export function runBlocks(
  model: Model,
  findings: RunFindings,
  provenance: Provenance,
  layout: RunLayout,
): readonly Block[] {
  const isTold = findings.conclusions.length > 0 && (findings.request.views.length === 1 || layout.figures);
  return inGroups([
    head(provenance, findings),
    verdictBlocks(findings, provenance),
    isTold
      ? [heading("What each verdict rests on"), conclusionEntries(model, findings, findings.conclusions)]
      : hangingBlocks(findings),
    alwaysShown(findings, provenance),
    ...(layout.outcomes ? findings.request.views.map((view) => allOutcomes(findings, view)) : [hint(findings)]),
    heldBlocks(findings),
    sideLines(findings.sides),
    luckBlocks(
      findings,
      findings.outcomes.filter((o) => o.alwaysShown).map((o) => o.name),
    ),
    notRunLines(notRunOf(model)),
    provenance.leavesOut.length === 0
      ? []
      : [heading("What this leaves out"), { kind: "list", items: provenance.leavesOut }],
    countedLines(findings),
    [aside(provenanceText(provenance, findings))],
  ]);
}

function head(p: Provenance, findings: RunFindings): readonly Block[] {
  const views =
    findings.views.length === 1 ? `under ${viewName(findings, 0)}` : `under ${plural(findings.views.length, "view")}`;
  const text = `What follows in this model, with its claims as we read them, ${views}. ${plural(findings.request.worlds, "simulated run")} of each combination of choices, with the same luck in each.${findings.request.untilSettled === true ? " A verdict that these leave open gets more runs, and so do the outcomes that it compares." : ""}`;
  return [heading(p.title), gap, say(text)];
}

function viewName(findings: RunFindings, index: number): string {
  const view = findings.views[index];
  return view === undefined ? "" : view.name === "case" ? view.label : `the view “${view.label}”`;
}

/** Conclusions down, views across; how many have which verdict, and what the verdicts mean. */
export function verdictBlocks(findings: RunFindings, p: Provenance): readonly Block[] {
  if (findings.conclusions.length === 0) return [say("The case draws no conclusion.")];
  const views = [...new Set(findings.conclusions.map((c) => c.view))];
  const labels = findings.views.filter((v) => views.includes(v.name)).map((v) => `${spaced(v.name)}: ${bare(v.label)}`);
  return [
    verdictBlock(findings, p),
    gap,
    ...tally(findings, views),
    say(
      `After each verdict stands the margin found. holds: it passes the margin that matters; fails: the opposite is found; no difference: it is too small to matter; does not hold: fails or no difference, open which; too close: it lies on the line even after the most runs that are made; not told: not asked under that view, or too few runs meet its condition. A verdict is wrong in at most 1 case of 100. Views: ${labels.join("; ")}.`,
    ),
  ];
}

/** How many conclusions have each verdict, under each view. */
function tally(findings: RunFindings, views: readonly string[]): readonly Block[] {
  return views.flatMap((view) => {
    const of = findings.conclusions.filter((c) => c.view === view);
    const counts = verdicts.flatMap((verdict) => {
      const count = of.filter((c) => c.verdict === verdict && c.builtIn === null).length;
      return count === 0 ? [] : [`${verdict} ${count}`];
    });
    const built = of.filter((c) => c.builtIn !== null).length;
    if (built > 0) counts.push(`built into the model, only its size a finding ${built}`);
    return [say(`${spaced(view)}: ${plural(of.length, "conclusion")}: ${listed(counts)}.`)];
  });
}

/** Each conclusion with its verdict, its figures in a sentence, its margin and what must be known with it. */
export function conclusionEntries(
  model: Model,
  findings: RunFindings,
  conclusions: readonly ConclusionFinding[],
): Extract<Block, { readonly kind: "entries" }> {
  const isViewTold = new Set(conclusions.map((c) => c.view)).size > 1;
  return { kind: "entries", entries: conclusions.map((c) => conclusionEntry(model, findings, c, isViewTold)) };
}

/** Where the figures cannot be put into a sentence, the margin alone is said, once. */
function conclusionEntry(model: Model, findings: RunFindings, c: ConclusionFinding, isViewTold: boolean): BlockEntry {
  const isRefused = c.comparison.refusal !== null;
  const isMarginAlone = !isRefused && !hasFigureWords(findings, c);
  const notes = [
    ...(isRefused || isMarginAlone ? [] : [marginText(c.comparison)]),
    ...c.comparison.figures.flatMap((f) =>
      f.runs === f.outOf ? [] : [`${f.text}: ${plural(f.runs, "run")} of ${grouped(f.outOf, 0)} meet its condition`],
    ),
    ...hangingTexts(c),
    besideSentence(findings, c),
  ];
  return {
    title: `${bare(c.label)}${c.mark === null ? "" : ` (${markText(c.mark)})`}${isViewTold ? `, ${spaced(c.view)}` : ""}`,
    badge: isRefused ? "not told" : c.verdict,
    text: isMarginAlone ? marginText(c.comparison) : figuresSentence(model, findings, c),
    notes: notes.filter((t) => t !== ""),
    tone: verdictTone(c.verdict),
  };
}

/** Where conclusions are not shown one by one: those whose verdicts are built in, hold with every claim off or turn on a default, by the views they are found under. */
function hangingBlocks({ conclusions }: RunFindings): readonly Block[] {
  const by = new Map<string, string[]>();
  for (const c of conclusions)
    for (const text of hangingTexts(c)) {
      const key = `${bare(c.label)}: ${text}`;
      by.set(key, [...(by.get(key) ?? []), spaced(c.view)]);
    }
  if (by.size === 0) return [];
  return [
    heading("Built in, not resting on the argument, or turned by a choice left at its default"),
    { kind: "list", items: [...by].map(([text, views]) => `${text} (${listed(views)})`) },
  ];
}

function marginText(comparison: ConclusionFinding["comparison"]): string {
  const { margin, low, high, threshold, slack, form } = comparison;
  const line = form === "difference" ? threshold : slack;
  const scale = scaleApart(scaleOf([margin, threshold], comparison.unit), [low, high, line]);
  const unit = scale.unit === "" ? "" : ` ${scale.unit}`;
  return `Margin ${withSpan(margin, low, high, scale)}${unit}, ${lineText(comparison, scale)}; ${plural(comparison.worlds, "run")} of each situation.`;
}

/** What the margin is judged against; where it is too close to call, how far from it. */
function lineText(c: ConclusionFinding["comparison"], scale: Scale): string {
  const line =
    c.form === "difference"
      ? `${inScale(c.threshold, scale)} would matter`
      : `what is left of the ${inScale(c.slack, scale)} allowed`;
  if (c.isEven) return `${line}; both sides came out the same in every run`;
  const isClose = judgeComparison(c) === "too close to call";
  return isClose ? `${line}, ${inScale(distanceFromLine(c.margin, c), scale)} away` : line;
}

/** What is always shown with the verdicts: in the first view, by the options of the choice that moves it most, other choices as in the first profile. */
function alwaysShown(findings: RunFindings, p: Provenance): readonly Block[] {
  const shown = outcomeBlock(findings, p, "always shown");
  const said = firstSentence(findings, told(findings).profiles);
  if (shown === null) return [];
  const legend = outcomeLegend(findings.outcomes.filter((o) => o.alwaysShown && o.kind !== "category"));
  return [shown, legend, ...(said.length === 0 ? [] : [gap, ...said])];
}

/** The first truth among the outcomes that are always shown, in words. */
function firstSentence(findings: RunFindings, columns: RunFindings["profiles"]): readonly Block[] {
  const head = findings.outcomes.find((o) => o.alwaysShown && o.kind === "truth");
  if (head === undefined) return [];
  const chances = columns.flatMap((p) => p.outcomes.find((o) => o.name === head.name)?.summary.mean ?? []);
  const [low, high] = [Math.min(...chances), Math.max(...chances)];
  const range = tenths(low) === tenths(high) ? tenths(low) : `${tenths(low)} to ${tenths(high)}`;
  return [say(`${bare(head.label)}: in ${range}, by what is chosen.`)];
}

function allOutcomes(findings: RunFindings, view: string): readonly Block[] {
  const label = findings.views.find((v) => v.name === view)?.label ?? view;
  return [heading(`Outcomes by choice: ${label}`), ...outcomeTables(findings, view)];
}

function hint(findings: RunFindings): readonly Block[] {
  const more = [
    `--outcomes shows ${plural(findings.outcomes.length, "outcome")} in ${plural(findings.profiles.length / Math.max(1, findings.request.views.length), "combination")} of choices`,
  ];
  if (findings.request.views.length > 1) more.push("--figures what each verdict rests on");
  return [aside(`More: ${listed([...more, "--json everything"])}.`, { indent: 2 })];
}

/** Said only where it is so. */
function countedLines(findings: RunFindings): readonly Block[] {
  return findings.quantiles === "exact"
    ? []
    : [
        say(
          `These runs are too many to keep, so they were counted: ranges and middle runs are right to 1 part in ${2 ** bits.ranked} of the range of 90 runs in 100.`,
        ),
      ];
}

/** Choices held fixed, where they stand and why. */
export function heldBlocks({ held }: Pick<RunFindings, "held">): readonly Block[] {
  if (held.length === 0) return [];
  const texts = held.map((h) => `${bare(h.label)}: ${spaced(bare(h.optionLabel))} (${h.because})`);
  return [
    say(
      `Held fixed: ${texts.join("; ")}. A choice that a conclusion does not name is held at its first option unless another was asked for.`,
    ),
  ];
}

/** Nobody's claims should outweigh another's unseen. One side alone says nothing. */
function sideLines(sides: RunFindings["sides"]): readonly Block[] {
  if (sides.length < 2) return [];
  const parts = sides.map(
    (s) => `${sideText(s.side)}: ${s.gates} of ${plural(s.claims, "claim")}, on ${plural(s.lines, "line")}`,
  );
  return [
    heading("Whose claims switch something"),
    say(`${capital(parts.join("; "))}. A line may depend on claims of several sides.`),
  ];
}

/** Of `names`: how much of an outcome's spread is luck, and how much is what nobody knows. */
export function luckBlocks(findings: RunFindings, names: readonly string[]): readonly Block[] {
  const rows = (findings.spread[0]?.outcomes ?? []).filter((s) => names.includes(s.outcome));
  if (rows.length === 0) return [];
  return [
    {
      kind: "table",
      table: {
        caption:
          "How much of an outcome's spread over runs is luck, in 100, in the first combination of choices. Luck is what could turn out either way with the same beliefs; the rest is what is not known",
        columns: ["Outcome", "Luck", "Not known"],
        rows: rows.map((s) => [
          bare(findings.outcomes.find((o) => o.name === s.outcome)?.label ?? spaced(s.outcome)),
          partText(s.luck),
          partText(s.unknown),
        ]),
      },
      indent: 2,
    },
  ];
}

/** The square of values near the end of the doubles is beyond them. */
function partText(part: number): string {
  return Number.isFinite(part) ? grouped(100 * part, 0) : "not told (too large to be squared)";
}

function notRunLines(n: NotRun): readonly Block[] {
  const parts = [
    ...(n.records > 0 ? [plural(n.records, "record")] : []),
    ...(n.tests > 0 ? [plural(n.tests, "test")] : []),
    ...(n.evidence > 0 ? [`${plural(n.evidence, "piece")} of evidence`] : []),
    ...(n.forecasts > 0 ? [plural(n.forecasts, "forecast")] : []),
    ...(n.players > 1 ? [`the game between ${n.players} actors`] : []),
  ];
  const verbs = [
    ...(n.tests > 0 ? ["casus test"] : []),
    ...(n.evidence > 0 ? ["casus learn"] : []),
    ...(n.forecasts > 0 ? ["casus score"] : []),
  ];
  const where = verbs.length === 0 ? "" : ` See ${listed(verbs)}.`;
  return parts.length === 0 ? [] : [say(`Read and checked, but not run: ${listed(parts)}.${where}`)];
}
