/** Checks records and their tests; the analysis runs them. */

import type { RecordNode, TestNode } from "#language/tree.ts";
import { isPlain } from "../units/dimension.ts";
import type { DeclaredEntry } from "../scope/expand.ts";
import { checkColumn, lowerColumns } from "./columns.ts";
import { lowerMargin } from "./figures.ts";
import type { Lowering } from "../lowering/lowering.ts";
import type { CaseRecord, RecordColumn, RecordFigure, Test } from "../model.ts";
import { checkNamed } from "../lowering/named.ts";
import { ofKind } from "../scope/names.ts";
import { place } from "../scope/places.ts";
import { declaredOf } from "../world/quantities.ts";
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
  const columns = lowerColumns(entry, node.file, use);
  if (columns === null) return null;
  const names = columns.map((c) => c.name);
  const isSaid = (name: string): boolean => node.columns.some((c) => c.name.text === name && c.type !== null);
  const typed = (name: RecordNode["count"], type: RecordColumn["type"], wanted: string): string | null => {
    const found = columns.find((c) => c.name === checkColumn(name, names, use));
    if (name === null || found === undefined) return null;
    // A file's whole numbers may be counts as well as years.
    const isEither = !isSaid(found.name) && found.type === "year" && type === "number";
    if (isEither || (found.type === type && (found.unit === null || isPlain(found.unit.dimension)))) return found.name;
    use.tell("column-type", name.span, { column: found.name, wanted });
    return null;
  };
  return {
    ...declaredOf(entry),
    file,
    columns,
    cluster: checkColumn(node.cluster, names, use),
    count: typed(node.count, "number", "a plain number"),
    knownBy: typed(node.knownBy, "year", "a year"),
    citations: node.citations.map((c) => c.text),
  };
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
