/** The sections of a run, in the order in which a stranger asks: the question, the verdicts, the figures, what it rests on. */

import { aside, gap, heading, inGroups, say, tableOf, type Block } from "./blocks.ts";
import type { ConclusionFinding } from "#analysis/verdicts/conclusions.ts";
import { judgeComparison, type FigureFinding } from "#analysis/figures/figures.ts";
import type { RunFindings } from "#analysis/findings/findings.ts";
import { bits } from "#ensemble/tally/tally-settings.ts";
import { distanceFromLine, verdicts } from "#analysis/verdicts/verdict.ts";
import type { NotRun } from "#analysis/findings/not-run.ts";
import { grouped, inScale, listed, ofHundred, plural, scaleOf, tenths, type Scale } from "../words/numbers.ts";
import { optionHead, outcomeTables, outcomeText } from "./outcome-tables.ts";
import { provenanceText, type Provenance } from "../words/provenance.ts";
import { alongChoice, mostTelling } from "../words/telling.ts";
import {
  bare,
  givenCaveat,
  hangingTexts,
  markText,
  refusalText,
  shortVerdict,
  sideText,
  situationText,
  spaced,
  verdictTone,
} from "../words/words.ts";

export interface RunLayout {
  /** Tell each conclusion's figures, not only its verdicts. */
  readonly figures: boolean;
  /** Tell every outcome in every profile, not only those that are always shown. */
  readonly outcomes: boolean;
}

export function runBlocks(
  findings: RunFindings,
  provenance: Provenance,
  notRun: NotRun,
  options: RunLayout,
): readonly Block[] {
  const parts: (readonly Block[])[] = [head(provenance, findings), verdictRows(findings)];
  if (findings.request.views.length === 1 || options.figures) parts.push(conclusionLines(findings));
  else parts.push(hangingLines(findings));
  parts.push(alwaysShown(findings));
  if (options.outcomes) for (const view of findings.request.views) parts.push(allOutcomes(findings, view));
  else parts.push(hint(findings));
  parts.push(
    heldLines(findings),
    sideLines(findings.sides),
    spreadLines(findings),
    notRunLines(notRun),
    leavesOut(provenance),
  );
  parts.push(countedLines(findings));
  parts.push([aside(provenanceText(provenance, findings))]);
  return inGroups(parts);
}

function head(p: Provenance, findings: RunFindings): readonly Block[] {
  const views =
    findings.views.length === 1
      ? `under the view ${viewName(findings, 0)}`
      : `under ${plural(findings.views.length, "view")}`;
  const text = `What follows in this model, with its claims as we read them, ${views}. ${plural(findings.request.worlds, "simulated run")} of each combination of choices; the same luck in all of them.${findings.request.untilSettled === true ? " Each verdict rests on as many as settle it." : ""}`;
  return [heading(p.title), gap, say(text)];
}

function viewName(findings: RunFindings, index: number): string {
  const view = findings.views[index];
  return view === undefined ? "" : view.name === "case" ? view.label : `“${view.label}”`;
}

/** Conclusions down, views across. */
function verdictRows(findings: RunFindings): readonly Block[] {
  const { conclusions } = findings;
  if (conclusions.length === 0) return [say("The case draws no conclusion.")];
  const names = [...new Set(conclusions.map((c) => c.name))];
  const views = [...new Set(conclusions.map((c) => c.view))];
  const byKey = new Map(conclusions.map((c) => [`${c.name} ${c.view}`, c]));
  const rows = names.map((name) => {
    const all = conclusions.filter((c) => c.name === name);
    const [first] = all;
    const of = first === undefined || first.of.length === 0 ? "" : ` [${first.of.join(", ")}]`;
    const cells = views.map((view) => {
      const found = byKey.get(`${name} ${view}`);
      return found === undefined
        ? "·"
        : {
            text: found.comparison.refusal === null ? shortVerdict(found.verdict) : "not told",
            tone: verdictTone(found.verdict),
          };
    });
    return { head: `${bare(first?.label ?? name)}${of}`, cells };
  });
  const grid = [tableOf({ heads: ["", ...views.map(spaced)], rows, align: "left" }, 2)];
  return [heading("Does it hold?"), ...grid, gap, ...tally(findings, views), ...legend(findings, views)];
}

/** How many conclusions stand, under each view. */
function tally(findings: RunFindings, views: readonly string[]): readonly Block[] {
  return views.flatMap((view) => {
    const of = findings.conclusions.filter((c) => c.view === view);
    const counts = verdicts.flatMap((verdict) => {
      const count = of.filter((c) => c.verdict === verdict && c.builtIn === null).length;
      return count === 0 ? [] : [`${verdict} ${count}`];
    });
    const built = of.filter((c) => c.builtIn !== null).length;
    if (built > 0) counts.push(`built into the model, only its size a finding ${built}`);
    return [say(`${spaced(view)}: ${plural(of.length, "conclusion")}: ${listed(counts)}.`, { indent: 2 })];
  });
}

function legend(findings: RunFindings, views: readonly string[]): readonly Block[] {
  const labels = findings.views.filter((v) => views.includes(v.name)).map((v) => `${spaced(v.name)}: ${v.label}`);
  return [
    say(
      `holds: the margin that matters is passed; fails: the opposite is found; no differ.: a difference too small to matter; does not hold: one of these two, and open which; too close: after as many runs as are made, the margin still lies on the line. A verdict is wrong in at most 1 case of 100. ` +
        `In brackets the claims concluded from. Views: ${labels.join("; ")}.`,
      { indent: 2 },
    ),
  ];
}

/** Each conclusion with its margin and figures, under each view. */
function conclusionLines(findings: RunFindings): readonly Block[] {
  if (findings.conclusions.length === 0) return [];
  return [
    heading("What each verdict rests on"),
    ...findings.conclusions.flatMap((c) => [gap, ...oneConclusion(c, findings.views.length > 1)]),
  ];
}

/** Where conclusions are not shown one by one: those whose verdicts are built in or turn on a default, by the views they are found under. */
function hangingLines(findings: RunFindings): readonly Block[] {
  const by = new Map<string, string[]>();
  for (const c of findings.conclusions)
    for (const text of hangingTexts(c)) {
      const key = `${bare(c.label)}: ${text}`;
      by.set(key, [...(by.get(key) ?? []), spaced(c.view)]);
    }
  if (by.size === 0) return [];
  const lines = [...by].map(([text, views]) => say(`${text} (${listed(views)})`, { indent: 2, lead: "· " }));
  return [heading("Built in, or turned by what stands at a default"), ...lines];
}

function oneConclusion(c: ConclusionFinding, tellView: boolean): readonly Block[] {
  const { comparison } = c;
  const head = `${bare(c.label)} (${markText(c.mark)})${tellView ? `, ${spaced(c.view)}` : ""}: ${c.verdict}`;
  const lines = [say(head, { indent: 2, tone: verdictTone(c.verdict) })];
  if (comparison.refusal !== null) return [...lines, say(refusalText(comparison.refusal), { indent: 4 })];
  const scale = scaleOf([comparison.margin, comparison.threshold], comparison.unit);
  const unit = scale.unit === "" ? "" : ` ${scale.unit}`;
  const margin = `margin ${inScale(comparison.margin, scale)} (${inScale(comparison.low, scale)} to ${inScale(comparison.high, scale)})${unit}, ${lineText(comparison, scale)}; ${plural(comparison.worlds, "run")} of each situation`;
  const situations = comparison.figures.map((f) => f.situation);
  const figures = comparison.figures.map((f) => {
    const own = figureText(f);
    return `${f.text} = ${own} (${situationText(f.situation, situations)}; ${plural(f.runs, "run")})`;
  });
  const caveat = givenCaveat(comparison.figures);
  return [
    ...lines,
    say(margin, { indent: 4 }),
    ...figures.map((f) => say(f, { indent: 4, hang: 6 })),
    ...(caveat === null ? [] : [say(caveat, { indent: 4 })]),
    ...hangingTexts(c).map((t) => say(t, { indent: 4 })),
  ];
}

/** What the margin is judged against; where it is too close to call, how far from it. */
function lineText(c: ConclusionFinding["comparison"], scale: Scale): string {
  const line =
    c.form === "difference"
      ? `${inScale(c.threshold, scale)} would matter`
      : `what is left of ${inScale(c.slack, scale)}`;
  if (c.isEven) return `${line}; both sides came out the same in every run`;
  const isClose = judgeComparison(c) === "too close to call";
  return isClose ? `${line}, ${inScale(distanceFromLine(c.margin, c), scale)} away` : line;
}

/** A chance as runs in 100, anything else in its unit. */
function figureText({ statistic, value, unit }: FigureFinding): string {
  if (statistic === "chance") return `${ofHundred(value)} in 100`;
  const scale = scaleOf([value], unit);
  return `${inScale(value, scale)} ${scale.unit}`.trim();
}

/** What must stand beside every verdict: in the first view, by the options of the choice that moves it most, others as in the first profile. */
function alwaysShown(findings: RunFindings): readonly Block[] {
  const shown = findings.outcomes.filter((o) => o.alwaysShown);
  const [view] = findings.request.views;
  if (shown.length === 0 || view === undefined) return [];
  const profiles = findings.profiles.filter((p) => p.view === view);
  const first = profiles[0];
  if (first === undefined) return [];
  const choice = mostTelling(
    findings.enumerated,
    profiles,
    first,
    shown.map((o) => o.name),
  );
  const columns = choice === undefined ? [first] : alongChoice(profiles, first, choice);
  const rows = shown.map((head) => {
    const found = columns.map((p) => p.outcomes.find((o) => o.name === head.name));
    const scale = scaleOf(
      found.flatMap((o) => (o === undefined ? [] : [o.summary.q50, o.summary.q95])),
      head.unit,
    );
    const unit = head.kind === "quantity" ? scale.unit : "runs in 100";
    return {
      head: `${bare(head.label)}${unit === "" ? "" : `, ${unit}`}`,
      cells: found.map((o) => (o === undefined ? "" : outcomeText(head, o, scale))),
    };
  });
  const heads = [
    choice === undefined ? "" : bare(choice.label),
    ...columns.map((p) => (choice === undefined ? "" : optionHead(choice, p.choices[choice.name] ?? ""))),
  ];
  const others = findings.enumerated
    .filter((c) => c !== choice)
    .map((c) => `${bare(c.label)}: ${optionHead(c, first.choices[c.name] ?? "")}`);
  const under = `${others.length > 0 ? `${others.join("; ")}. ` : ""}View: ${spaced(view)}. Quantities are the middle run, in brackets the range of 90 runs in 100.`;
  return [
    heading("What stands beside every verdict"),
    tableOf({ heads, rows, align: "right" }, 2),
    gap,
    say(under, { indent: 2 }),
    ...firstSentence(findings, columns),
  ];
}

/** The first truth among the outcomes that are always shown, in words. */
function firstSentence(findings: RunFindings, columns: RunFindings["profiles"]): readonly Block[] {
  const head = findings.outcomes.find((o) => o.alwaysShown && o.kind === "truth");
  if (head === undefined) return [];
  const chances = columns.flatMap((p) => p.outcomes.find((o) => o.name === head.name)?.summary.mean ?? []);
  const [low, high] = [Math.min(...chances), Math.max(...chances)];
  const range = tenths(low) === tenths(high) ? tenths(low) : `${tenths(low)} to ${tenths(high)}`;
  return [say(`${bare(head.label)}: in ${range}, by what is chosen.`, { indent: 2 })];
}

function allOutcomes(findings: RunFindings, view: string): readonly Block[] {
  const label = findings.views.find((v) => v.name === view)?.label ?? view;
  return [heading(`Outcomes by choice: ${label}`), ...outcomeTables(findings, view)];
}

function hint(findings: RunFindings): readonly Block[] {
  const more = [
    `--outcomes tells ${plural(findings.outcomes.length, "outcome")} in ${plural(findings.profiles.length / Math.max(1, findings.request.views.length), "combination")} of choices`,
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
          `So many runs are counted, not kept: ranges and middle runs are right to 1 part in ${2 ** bits.ranked} of the range of 90 runs in 100.`,
        ),
      ];
}

function heldLines(findings: RunFindings): readonly Block[] {
  if (findings.held.length === 0) return [];
  const held = findings.held.map((h) => `${bare(h.label)}: ${bare(h.optionLabel)} (${h.because})`);
  return [
    heading("Held fixed"),
    say(
      `${held.join("; ")}. A choice that a conclusion does not name stands at its first option unless --set says otherwise.`,
      { indent: 2 },
    ),
  ];
}

/** Nobody's claims should outweigh another's unseen. One side alone says nothing. */
function sideLines(sides: RunFindings["sides"]): readonly Block[] {
  if (sides.length < 2) return [];
  const parts = sides.map(
    (s) => `${sideText(s.side)} ${s.gates} of ${plural(s.claims, "claim")}, on ${plural(s.lines, "line")}`,
  );
  return [
    heading("Whose claims switch something"),
    say(`${listed(parts)}. A line may hang on claims of several sides.`, { indent: 2 }),
  ];
}

function spreadLines(findings: RunFindings): readonly Block[] {
  const [first] = findings.spread;
  if (first === undefined) return [];
  const shown = first.outcomes.filter((s) => findings.outcomes.some((o) => o.name === s.outcome && o.alwaysShown));
  if (shown.length === 0) return [];
  const parts = shown.map(
    (s) =>
      `${bare(findings.outcomes.find((o) => o.name === s.outcome)?.label ?? s.outcome)} ${grouped(100 * s.luck, 0)}`,
  );
  return [
    heading("Luck and not knowing"),
    say(
      `Of the spread of an outcome over runs, so much in 100 is luck (it would turn out otherwise with the same beliefs); the rest is what is not known: ${parts.join("; ")}.`,
      { indent: 2 },
    ),
  ];
}

function notRunLines(n: NotRun): readonly Block[] {
  const parts = [
    ...(n.records > 0 ? [plural(n.records, "record")] : []),
    ...(n.tests > 0 ? [plural(n.tests, "test")] : []),
    ...(n.evidence > 0 ? [`${n.evidence} pieces of evidence`] : []),
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

function leavesOut(p: Provenance): readonly Block[] {
  return p.leavesOut.length === 0
    ? []
    : [heading("What this leaves out"), ...p.leavesOut.map((t) => say(t, { indent: 2, lead: "· " }))];
}
