/** Checks records and their tests; the analysis runs them. */

import type { ColumnNode, RecordNode, TestNode } from "#language/tree.ts";
import { isPlain } from "../units/dimension.ts";
import type { DeclaredEntry } from "../scope/expand.ts";
import { lowerMargin } from "./figures.ts";
import type { Lowering } from "../lowering/lowering.ts";
import type { CaseRecord, RecordColumn, RecordFigure, Test } from "../model.ts";
import { checkNamed } from "../lowering/named.ts";
import { ofKind } from "../scope/names.ts";
import { place } from "../scope/places.ts";
import { declaredOf } from "../world/quantities.ts";
import { resolveUnit } from "../units/units.ts";
import { sourceLine } from "../scope/wording.ts";

export function lowerRecords(use: Lowering): readonly CaseRecord[] {
  return ofKind(use.scope.names, "record").flatMap((entry) => lowerRecord(entry, use) ?? []);
}

export function lowerRecord(entry: DeclaredEntry<RecordNode>, use: Lowering): CaseRecord | null {
  const { node } = entry;
  if (node.file === null) {
    use.tell("record-without-file", node.name.span, { record: entry.name });
    return null;
  }
  const file = node.file.text;
  // Only from the case's own folder, whatever system reads it.
  if (
    file === "" ||
    /^([/\\]|[A-Za-z]:)/.test(file) ||
    file.split(/[/\\]/).includes("..") ||
    !/\.(?:csv|jsonl|ndjson|parquet)$/i.test(file)
  ) {
    use.tell("record-path", node.file.span, { file });
    return null;
  }
  const names = node.columns.map((c) => c.name.text);
  const seen = new Set<string>();
  for (const column of node.columns) {
    if (seen.has(column.name.text))
      use.tell("duplicate-item", column.name.span, {
        what: "column",
        name: column.name.text,
        of: `the record '${entry.name}'`,
      });
    seen.add(column.name.text);
  }
  const named = (
    name: { readonly text: string; readonly span: DeclaredEntry["node"]["span"] } | null,
  ): string | null => {
    if (name === null || names.includes(name.text)) return name?.text ?? null;
    use.tell("unknown-name", name.span, { wanted: "column", name: name.text, near: use.near(name.text, () => names) });
    return null;
  };
  const columns = node.columns.map((column): RecordColumn => ({
    ...columnType(column, use),
    name: column.name.text,
    alternative: named(column.alternative),
  }));
  for (const [i, column] of columns.entries()) {
    const other = columns.find((c) => c.name === column.alternative);
    const span = node.columns[i]?.alternative?.span;
    if (other !== undefined && span !== undefined && (other === column || !isAlike(column, other)))
      use.tell("alternative-differs", span, { column: column.name, other: other.name });
  }
  const typed = (name: RecordNode["count"], type: RecordColumn["type"], wanted: string): string | null => {
    const found = columns.find((c) => c.name === named(name));
    if (name === null || found === undefined) return null;
    if (found.type === type && (found.unit === null || isPlain(found.unit.dimension))) return found.name;
    use.tell("column-type", name.span, { column: found.name, wanted });
    return null;
  };
  return {
    ...declaredOf(entry),
    file,
    columns,
    cluster: named(node.cluster),
    count: typed(node.count, "number", "a plain number"),
    knownBy: typed(node.knownBy, "year", "a year"),
    citations: node.citations.map((c) => c.text),
  };
}

/** A disputed coding can only stand in for one of its own kind, words and unit. */
function isAlike(a: RecordColumn, b: RecordColumn): boolean {
  return (
    a.type === b.type &&
    JSON.stringify([a.words, a.unit?.dimension, a.unit?.factor]) ===
      JSON.stringify([b.words, b.unit?.dimension, b.unit?.factor])
  );
}

function columnType({ type }: ColumnNode, use: Lowering): Pick<RecordColumn, "type" | "unit" | "words"> {
  switch (type.kind) {
    case "text":
      return { type: "text", unit: null, words: [] };
    case "year":
      return { type: "year", unit: null, words: [] };
    case "words": {
      const words = type.words.map((w) => w.text);
      type.words.forEach((w, i) => {
        if (words.indexOf(w.text) < i)
          use.tell("duplicate-item", w.span, { what: "word", name: w.text, of: "the column" });
      });
      return { type: "words", unit: null, words };
    }
    case "unit": {
      const [unit, problems] = resolveUnit(use.scope.units, type.unit);
      for (const p of problems) use.pass(p);
      return { type: "number", unit, words: [] };
    }
  }
}

export function lowerTests(use: Lowering, records: readonly CaseRecord[]): readonly Test[] {
  return ofKind(use.scope.names, "test").flatMap((entry) => lowerTest(entry, records, use) ?? []);
}

function lowerTest(entry: DeclaredEntry<TestNode>, records: readonly CaseRecord[], use: Lowering): Test | null {
  const { node } = entry;
  const of = checkNamed(node.of, "claim", use);
  const on = checkNamed(node.on, "record", use);
  const record = records.find((r) => r.name === on);
  if (of === null || on === null || record === undefined) return null;
  const figures: RecordFigure[] = [];
  const where = { ...place("record"), record: { columns: record.columns, figures, isInside: false } };
  const margin = lowerMargin({ ...node, within: null }, where, use);
  if (margin === null) return null;
  return {
    ...declaredOf(entry),
    of,
    on,
    figures,
    margin: margin.margin,
    threshold: margin.threshold,
    text: sourceLine(use.scope, node.statement.span),
    notes: node.notes.map((n) => n.text),
  };
}
