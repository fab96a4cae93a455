/** Reads the rows of a record, with what is wrong by line, and feeds a model from its records. */

import { Refused } from "#text/refused.ts";
import type { CaseRecord, RecordColumn, Distribution, Model, RecordFigure, Unknown } from "#model/model.ts";
import { findColumns, type FoundColumn } from "#evidence/columns.ts";
import { readCsv, type Csv } from "#evidence/csv.ts";
import { readJsonLines } from "#evidence/json-lines.ts";
import { readRows, type ColumnSchema, type RecordRow, type RowProblem, type RecordRows } from "#evidence/rows.ts";
import { jeffreysPrior } from "#evidence/beta-binomial.ts";
import { clusteringOf, standingOf, tallyOf } from "./tally.ts";

export interface RecordTable {
  /** Name of the record. */
  readonly record: string;
  readonly rows: readonly RecordRow[];
  readonly problems: readonly RowProblem[];
}

/** What the columns of a table hold, by its own cells; null where its text cannot be read. */
export function columnsOfTable(file: string, text: string): readonly FoundColumn[] | null {
  const table = readCells(file, text);
  return table.ok ? findColumns(table.rows) : null;
}

function readCells(file: string, text: string): Csv {
  return /\.(?:jsonl|ndjson)$/i.test(file) ? readJsonLines(text) : readCsv(text);
}

/** Bad rows are left out, and told. */
export function readTable(record: CaseRecord, text: string): RecordTable {
  const csv = readCells(record.file, text);
  if (!csv.ok) {
    const problem = { line: csv.line, column: null, found: csv.why, wanted: "a table with commas, as RFC 4180 has it" };
    return { record: record.name, rows: [], problems: [problem] };
  }
  return { record: record.name, ...counted(record, readRows(csv.rows, record.columns.map(schemaOf))) };
}

/** A row counts so many cases: none where that is below 0. */
function counted({ count }: CaseRecord, { rows, problems }: RecordRows): RecordRows {
  if (count === null) return { rows, problems };
  const isWrong = (row: RecordRow): boolean => (row.values[count] ?? 0) < 0;
  const wrong = rows.filter(isWrong).map(({ line, texts }): RowProblem => ({
    line,
    column: count,
    found: `'${texts[count] ?? ""}'`,
    wanted: "a number of cases, 0 or above",
  }));
  return { rows: rows.filter((row) => !isWrong(row)), problems: [...problems, ...wrong] };
}

/**
 * Tables that were read for one text of a case, read again for another: a column of another kind or with other words is judged anew from what stands in its
 * cells. A record that was not read, of another file, or with a column that was not, has no table.
 */
export function readAgain(
  model: Pick<Model, "records">,
  tables: readonly RecordTable[],
  was: Pick<Model, "records">,
): readonly RecordTable[] {
  return model.records.flatMap((record): RecordTable[] => {
    const before = was.records.find((r) => r.name === record.name && r.file === record.file);
    const table = tables.find((t) => t.record === before?.name);
    const names = record.columns.map((c) => c.name);
    if (table === undefined || !names.every((name) => before?.columns.some((c) => c.name === name))) return [];
    const cells = table.rows.map(({ line, texts }) => ({ line, cells: names.map((name) => texts[name] ?? "") }));
    const read = readRows([{ line: 1, cells: names }, ...cells], record.columns.map(schemaOf));
    return [{ record: record.name, ...counted(record, read) }];
  });
}

function schemaOf({ name, type, unit, words, alternative }: RecordColumn): ColumnSchema {
  return { name, type, factor: unit?.factor ?? 1, words, alternative };
}

/** An unknown, or a view's belief of one, that was had from a record. */
export interface Fed {
  readonly unknown: string;
  /** Null for the case's own. */
  readonly view: string | null;
  readonly record: string;
  readonly figure: string;
  /** Cases counted, and events among them, or over the time watched. */
  readonly events: number;
  readonly of: number;
  /** Rows left out since they were known only once the evidence had begun: nothing counts twice. */
  readonly later: number;
  /** True when the record does not say when its rows were known. */
  readonly undated: boolean;
}

/**
 * The model with each `from record` replaced by its posterior under Jeffreys' prior: Beta(½ + events, ½ + others) for a share, Gamma(½ + events) /
 * time for a rate, counts as far as clusters let them. Rows known only in or after the year of the first evidence are left out. Throws `Refused` for a record without rows to count.
 */
export function feed(
  model: Model,
  tables: readonly RecordTable[],
): { readonly model: Model; readonly fed: readonly Fed[] } {
  const fed: Fed[] = [];
  const start = evidenceYear(model);
  const replace = (unknown: Unknown, view: string | null, d: Distribution): Distribution => {
    if (d.kind === "truncated") return { ...d, of: replace(unknown, view, d.of) };
    if (d.kind !== "record") return d;
    const record = model.records.find((r) => r.name === d.record);
    const table = tables.find((t) => t.record === d.record);
    if (record === undefined || table === undefined) throw new Refused(`the record '${d.record}' has not been read`);
    const known = rowsBefore(record, table.rows, start);
    const { distribution, events, of } = posterior(record, d.figure, known);
    const later = table.rows.length - known.length;
    fed.push({
      unknown: unknown.name,
      view,
      record: d.record,
      figure: d.figure.text,
      events,
      of,
      later,
      undated: record.knownBy === null,
    });
    return distribution;
  };
  const unknowns = model.unknowns.map((u) => ({ ...u, distribution: replace(u, null, u.distribution) }));
  const own = new Map(
    unknowns.map((u, i) => [u.name, { awaited: model.unknowns[i]?.distribution, had: u.distribution }]),
  );
  const views = model.views.map((view) => ({
    ...view,
    distributions: Object.fromEntries(
      Object.entries(view.distributions).map(([name, d]) => {
        const unknown = model.unknowns.find((u) => u.name === name);
        const inherited = own.get(name);
        if (unknown === undefined) return [name, d];
        // What a view takes from the case is fed once.
        if (inherited !== undefined && JSON.stringify(inherited.awaited) === JSON.stringify(d))
          return [name, inherited.had];
        return [name, replace(unknown, view.name, d)];
      }),
    ),
  }));
  return { model: { ...model, unknowns, views }, fed };
}

/** Whether anything in the model awaits a record. */
export function awaitsRecords(model: Model): boolean {
  const awaits = (d: Distribution): boolean => d.kind === "record" || (d.kind === "truncated" && awaits(d.of));
  return (
    model.unknowns.some((u) => awaits(u.distribution)) ||
    model.views.some((v) => Object.values(v.distributions).some(awaits))
  );
}

function posterior(
  record: CaseRecord,
  figure: RecordFigure,
  rows: readonly RecordRow[],
): { readonly distribution: Distribution; readonly events: number; readonly of: number } {
  const tally = tallyOf(record, figure, rows);
  if (!(tally.of > 0)) throw new Refused(`${figure.text} counts no case of the record '${record.name}'`);
  const { cluster } = record;
  // Cases of one cluster tell less than as many on their own.
  const { factor } =
    cluster === null
      ? { factor: 1 }
      : clusteringOf(
          figure,
          rows.map((row) => standingOf(record, figure, row.values)),
          rows.map((row) => row.texts[cluster] ?? ""),
        );
  const [events, of] = [factor * tally.events, factor * tally.of];
  const fixed = (value: number): { readonly op: "const"; readonly value: number } => ({ op: "const", value });
  const distribution: Distribution =
    figure.statistic === "rate"
      ? { kind: "gamma", shape: fixed(events + 0.5), scale: fixed(1 / of) }
      : { kind: "beta", a: fixed(jeffreysPrior.a + events), b: fixed(jeffreysPrior.b + of - events) };
  return { distribution, events, of };
}

/** The year of the first observation; null for a case without evidence or without a calendar. */
function evidenceYear(model: Model): number | null {
  const { time } = model;
  if (time === null || time.start === null || model.evidence.length === 0) return null;
  const first = Math.min(
    ...model.evidence.map((e) =>
      e.observation.kind === "observed" ? e.observation.time : (e.observation.times[0] ?? Infinity),
    ),
  );
  const perYear = { day: 365.2425, week: 365.2425 / 7, month: 12, quarter: 4, year: 1 }[time.unit];
  const [year = 0, month = 1] = time.start.split("-").map(Number);
  return Math.floor(year + (month - 1) / 12 + first / perYear + 1e-9);
}

function rowsBefore(record: CaseRecord, rows: readonly RecordRow[], year: number | null): readonly RecordRow[] {
  const { knownBy } = record;
  if (knownBy === null || year === null) return rows;
  return rows.filter((row) => (row.values[knownBy] ?? Infinity) < year);
}
