/** The section on what past cases say of claims: each test as a verdict, what it was judged on, and the shares as a picture. */

import type { RecordFindings, RecordTestFinding, RecordVerdict } from "#analysis/record/record-tests.ts";
import type { Model } from "#model/model.ts";
import { gap, heading, say, type Block, type BlockEntry, type Tone } from "./blocks.ts";
import { recordCaption, pictureBlock } from "./figures.ts";
import { recordChart, recordTable, type RecordData } from "../charts/record-chart.ts";
import { plural } from "../words/numbers.ts";
import type { Provenance } from "../words/provenance.ts";
import {
  badRowTexts,
  recordCount,
  recordSentences,
  recordVerdictSentence,
  recordShareWords,
} from "../words/record-words.ts";
import { bare, spaced } from "../words/words.ts";

/** In a report: the records and where they come from, the shares as a picture, and each test. */
export function recordBlocks(model: Model, records: readonly RecordTestFinding[], p: Provenance): readonly Block[] {
  if (model.records.length === 0) return [];
  const sources = model.records.map((r) =>
    say(`${bare(r.label)} (${r.file}). ${r.citations.map((c) => `${bare(c)}.`).join(" ")}`),
  );
  const picture = recordBlock(records, p);
  return [
    ...sources,
    ...(picture === null ? [] : [picture]),
    records.length > 0
      ? { kind: "entries", entries: records.map(recordEntry) }
      : { kind: "list", items: model.tests.map((t) => `${t.of}: ${bare(t.label)}. ${t.text}.`) },
  ];
}

function recordEntry(t: RecordTestFinding): BlockEntry {
  return {
    title: `${t.of}  ${bare(t.label)}`,
    badge: t.verdict,
    text: recordVerdictSentence(t),
    notes: [...recordSentences(t), ...t.notes],
  };
}

/** With the case's own checks: each test in full, then what the model has from its records. */
export function recordTestBlocks({ tests, tables, fed }: RecordFindings): readonly Block[] {
  if (tests.length === 0 && fed.length === 0) return [];
  return [
    heading("What the record says"),
    say(
      "These are past cases, not the model. None is a causal estimate: what happened in them was not decided by lot.",
    ),
    gap,
    ...tests.flatMap((t) => [
      say(`${t.of}: ${bare(t.label)}. ${recordVerdictSentence(t)}`, { indent: 2, tone: toneOf(t.verdict) }),
      ...recordSentences(t).map((text) => say(text, { indent: 4 })),
      ...t.notes.map((n) => say(`Note: ${n}`, { indent: 4, tone: "faint" })),
      gap,
    ]),
    ...(tests.length === 0 ? [] : [say(`Of ${plural(tests.length, "test")}: ${recordCount(tests)}.`)]),
    ...(fed.length === 0
      ? []
      : [gap, heading("Unknowns computed from records: each is the posterior from Jeffreys' prior")]),
    ...fed.map((f) => say(fedText(f), { indent: 2 })),
    ...badRowTexts(tables).map((text) => say(`${text}; the row is left out.`, { tone: "bad" })),
  ];
}

/** What the model has from a record, and from which rows. */
function fedText(f: RecordFindings["fed"][number]): string {
  return (
    `${spaced(f.unknown)}${f.view === null ? "" : ` (${spaced(f.view)})`}: ${f.figure} of ${spaced(f.record)}, ${plural(f.events, "event")} counted` +
    (f.later > 0 ? `; ${plural(f.later, "row")} left out, known only after the evidence had begun` : "") +
    (f.undated ? "; the record does not say when its rows were known" : "") +
    "."
  );
}

function toneOf(verdict: RecordVerdict): Tone {
  switch (verdict) {
    case "borne out":
      return "good";
    case "contradicted":
      return "bad";
    case "leans for":
    case "leans against":
    case "does not tell":
    case "hangs on the coding":
    case "too few":
    case "not watched so long":
      return "unsure";
  }
}

/** Shares of past cases that tests ask for, each once, with the range over the codings in dispute under it; null where they ask for none. */
export function recordDataOf(tests: readonly RecordTestFinding[]): RecordData | null {
  const shares = tests
    .flatMap((t) => t.figures)
    .filter((f, i, all) => f.share !== null && f.tally.of > 0 && all.findIndex((g) => g.text === f.text) === i);
  const stated = new Set(tests.flatMap((t) => (t.asserted === null ? [] : [t.asserted.figure])));
  const [figure] = [...stated];
  if (shares.length === 0) return null;
  return {
    intervalIs: "95 in 100 (Jeffreys)",
    claimed: stated.size === 1 && figure !== undefined ? { share: figure, words: "what is claimed" } : null,
    rows: shares.flatMap((f) => [
      {
        label: recordShareWords(f),
        coding: "first coding",
        isFirstCoding: true,
        count: { hits: f.tally.events, cases: f.tally.of },
        low: f.jeffreys?.low ?? f.interval.low,
        high: f.jeffreys?.high ?? f.interval.high,
      },
      ...(f.range === null || f.range.low === f.range.high
        ? []
        : [
            {
              label: recordShareWords(f),
              coding: `over all ${plural(f.range.codings, "coding")} of ${plural(f.range.disputed, "disputed case")}`,
              isFirstCoding: false,
              count: null,
              low: f.range.low,
              high: f.range.high,
            },
          ]),
    ]),
  };
}

/** The shares of past cases as a picture; null where the tests ask for none. */
function recordBlock(tests: readonly RecordTestFinding[], p: Provenance): Block | null {
  const data = recordDataOf(tests);
  if (data === null) return null;
  const head = {
    id: "record-picture",
    title: "What the record says",
    subtitle: "Cases in 100; the line is the 95 % interval (Jeffreys), or the range over codings",
    caption: recordCaption(p),
  };
  return pictureBlock(head, (h, w) => recordChart(data, h, w), recordTable(data));
}
