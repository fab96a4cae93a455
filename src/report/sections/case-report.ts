/** Makes the printed report of a case, section by section in the order in which a stranger asks. */

import type { RecordTestFinding } from "#analysis/record/record-tests.ts";
import type { ReportFindings } from "#analysis/findings/report-findings.ts";
import type { Claim, Model } from "#model/model.ts";
import { causalBlock, curveBlocks, fanBlocks, outcomeBlock, told } from "./case-figures.ts";
import type { Block, ReportDocument, Section } from "./blocks.ts";
import { forecastBlocks } from "./score-section.ts";
import { gameBlocks } from "./play-section.ts";
import { learnBlocks } from "./learn-section.ts";
import { listed, plural } from "../words/numbers.ts";
import { dateLabel } from "../picture/time-axis.ts";
import { provenanceText, type Provenance } from "../words/provenance.ts";
import { restingBlocks } from "./resting-section.ts";
import { jitterBlocks, scenarioBlocks } from "./scenario-section.ts";
import { recordBlocks } from "./record-section.ts";
import { conclusionEntries, heldBlocks, luckBlocks, verdictBlocks } from "./run-section.ts";
import { mindText, sayBox } from "../words/sentences.ts";
import { bare, spaced } from "../words/words.ts";

/** What `reportFindings` draws its curves along. */
export function tellingChoice(run: ReportFindings["run"]): string | null {
  return told(run).choice;
}

/** `records` holds what each test found, or is empty where no table was read. */
export function caseReport(
  model: Model,
  findings: ReportFindings,
  records: readonly RecordTestFinding[],
  p: Provenance,
): ReportDocument {
  const { run, further } = findings;
  const { carries, game, scenarios, jitter, learnt, scores } = further;
  const target = carries?.target;
  const sections: readonly Section[] = [
    section("verdicts", "The question, and what the model says to it", verdicts(model, findings, p)),
    section("claims", "The claims, in the author's order", claims(model, findings, records)),
    section("causes", "What moves what", [causalBlock(model, p)]),
    section("follows", "What follows", follows(model, findings, p)),
    section("rests", "What it rests on, and what would reverse it", restingBlocks(model, further, p)),
    section(
      "fails",
      "When it fails",
      target === undefined || scenarios === null ? [] : scenarioBlocks(model, target, scenarios),
    ),
    section(
      "ours",
      "Which of our choices matter",
      target === undefined || jitter === null ? [] : jitterBlocks(model, target, jitter),
    ),
    section("game", "The choices as a game", game === null ? [] : gameBlocks(model, game, p)),
    section("record", "What the record says", recordBlocks(model, records, p)),
    section("forecasts", "The forecasts, and how they fared", forecastBlocks(model, scores, run, p)),
    section("seen", "What has been seen since", learnt === null ? [] : learnBlocks(model, learnt, p)),
    section("say", "What may be said", say(findings)),
    section("leaves-out", "What this leaves out", leavesOut(model, findings, p)),
    section("corrections", "Corrections, and where to reply", corrections(model, p)),
  ];
  return {
    title: p.title,
    lead: lead(run, p),
    sections: sections.filter((s) => s.blocks.length > 0),
    provenance: provenanceText(p, run),
  };
}

function section(id: string, title: string, blocks: readonly (Block | null)[]): Section {
  return { id, title, blocks: blocks.filter((b) => b !== null) };
}

function lead(run: ReportFindings["run"], p: Provenance): readonly string[] {
  const minds = listed(run.views.map((v) => (v.name === "case" ? v.label : `“${bare(v.label)}”`)));
  return [
    `What follows in a model of the argument, under ${run.views.length === 1 ? "one view" : plural(run.views.length, "view")}: ${minds}. ${plural(run.request.worlds, "simulated run")} of each combination of choices, with the same luck in each.`,
    `These are statements about a model${p.asOf === null ? "" : `, made with what was known by ${dateLabel(p.asOf.replace(/-01$/, ""))}`}, not a forecast. What is unknown and what is luck are kept apart; no range given here covers the form of the model.`,
  ];
}

/** The text's own conclusions in sentences, under the first view; all of them under every view in the picture. */
function verdicts(model: Model, { run }: ReportFindings, p: Provenance): readonly (Block | null)[] {
  const [view = "case"] = run.request.views;
  const own = run.conclusions.filter((c) => c.view === view);
  const texts = own.some((c) => c.mark === "text") ? own.filter((c) => c.mark === "text") : own;
  if (own.length === 0) return verdictBlocks(run, p);
  return [
    {
      kind: "paragraph",
      text: `First the conclusions that are ${own.length === texts.length ? "drawn" : "the text's own"}, ${mindText(run, view)}; then all of them under every view.`,
    },
    conclusionEntries(model, run, texts),
    outcomeBlock(run, p, "always shown"),
    ...verdictBlocks(run, p),
    ...heldBlocks(run),
  ];
}

/** The claims in words, side by side as the case has them, and then how far each view believes them. */
function claims(model: Model, { run }: ReportFindings, records: readonly RecordTestFinding[]): readonly Block[] {
  const views = run.views.map((v) => v.name);
  const sides = [...new Set(model.claims.map((c) => c.side))];
  const words = sides.flatMap((side): readonly Block[] => [
    ...(side === null ? [] : [{ kind: "paragraph" as const, text: `Claims of the side “${spaced(side)}”` }]),
    {
      kind: "entries",
      entries: model.claims
        .filter((c) => c.side === side)
        .map((c) => ({
          title: `${spaced(c.name)}  ${bare(c.label)}`,
          badge: evidenceText(model, c, records),
          text: "",
          notes: [[c.kinds.join(", "), whereText(c)].filter((t) => t !== "").join("; "), ...c.notes].filter(
            (t) => t !== "",
          ),
        })),
    },
  ]);
  const table = {
    caption: "How far each claim is believed under each view, in 100",
    columns: ["Claim", ...views.map(spaced)],
    rows: model.claims.map((c) => [spaced(c.name), ...views.map((v) => credenceText(model, c, v))]),
  };
  return model.claims.length === 0 ? [] : [...words, { kind: "table", table }];
}

function whereText(c: Claim): string {
  const places = c.locators.map((l) => {
    const sentences =
      l.firstSentence === null
        ? ""
        : l.lastSentence === null || l.lastSentence === l.firstSentence
          ? `, sentence ${l.firstSentence}`
          : `, sentences ${l.firstSentence} to ${l.lastSentence}`;
    return `paragraph ${l.paragraph}${sentences}`;
  });
  return listed(places);
}

/** What the claim has been held against, in a few words; more stands in the sections on the record and the forecasts. */
function evidenceText(model: Model, c: Claim, records: readonly RecordTestFinding[]): string {
  const own = records.filter((t) => t.of === c.name);
  const verdicts = [...new Set(own.map((t) => t.verdict))];
  const tests = model.tests.filter((t) => t.of === c.name).length;
  const settled = model.forecasts.filter(
    (f) => f.of === c.name && (f.state === "came true" || f.state === "came false"),
  );
  const parts = [
    ...(verdicts.length > 0
      ? [`record: ${listed(verdicts)}`]
      : tests > 0
        ? [`${plural(tests, "test")} on the record`]
        : []),
    ...settled.map((f) => `foretold: ${f.state}`),
    ...(c.citations.length > 0 ? [`rests on ${plural(c.citations.length, "citation")}`] : []),
  ];
  return parts.join("; ") || (c.isGate ? "a reading alone" : "switches nothing here");
}

function credenceText(model: Model, c: Claim, view: string): string {
  const rows =
    (view === "case" ? c.credences : model.views.find((v) => v.name === view)?.credences[c.name]) ?? c.credences;
  const values = rows.map((r) => String(Math.round(1000 * r.credence) / 10));
  return rows.length > 1 ? `${values.join(" or ")}, by others` : (values[0] ?? "–");
}

function follows(model: Model, findings: ReportFindings, p: Provenance): readonly (Block | null)[] {
  const { run } = findings;
  return [
    ...curveBlocks(model, findings, p),
    ...fanBlocks(model, run, p),
    findings.curves.length === 0 ? outcomeBlock(run, p, "chances") : null,
    ...luckBlocks(
      run,
      run.outcomes.map((o) => o.name),
    ),
  ];
}

function say({ run }: ReportFindings): readonly Block[] {
  const { safe, notSupported } = sayBox(run);
  return [
    ...(safe.length > 0
      ? [{ kind: "box" as const, title: "Safe to say, with the conditions in the sentence", items: safe }]
      : []),
    { kind: "box", title: "Not supported", items: notSupported },
  ];
}

/** What the case leaves out, and what this report does. */
function leavesOut(model: Model, { further }: ReportFindings, p: Provenance): readonly Block[] {
  const untold = further.leftOut.map((l) => `Not in this report: ${l.what}. Why: ${bare(l.why)}.`);
  return [
    ...(p.leavesOut.length > 0 ? [{ kind: "list" as const, items: p.leavesOut }] : []),
    ...(untold.length > 0 ? [{ kind: "list" as const, items: untold }] : []),
    ...model.notes.map((text) => ({ kind: "paragraph" as const, text })),
  ];
}

function corrections(model: Model, p: Provenance): readonly Block[] {
  const log = model.corrections.map((c) => `${c.date}: ${c.text}`);
  const how = "Say which claim or line, and the version and hash below.";
  return [
    log.length > 0
      ? { kind: "list", items: log }
      : {
          kind: "paragraph",
          text: `No correction of this version${p.version === null ? "" : ` (${p.version})`} is recorded.`,
        },
    model.reply === null
      ? { kind: "paragraph", text: `The case gives no address for replies. ${how}` }
      : { kind: "link", before: "Replies and corrections go to ", target: model.reply, after: `. ${how}` },
  ];
}
