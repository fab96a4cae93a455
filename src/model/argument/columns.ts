/** Settles the columns of a record: what its own lines say, and of the others what its file shows. */

import type { ColumnNode, Name, RecordNode } from "#language/tree.ts";
import type { Span } from "#text/span.ts";
import type { DeclaredEntry } from "../scope/expand.ts";
import type { Lowering } from "../lowering/lowering.ts";
import type { RecordColumn } from "../model.ts";
import type { ColumnFound } from "../scope/file-columns.ts";
import { findUnit, resolveUnit } from "../units/units.ts";

type ColumnType = Pick<RecordColumn, "type" | "unit" | "words">;

/** Those that the record's lines name, in their order, then the others of its file. Null, with an error reported, where nothing says what they are. */
export function lowerColumns(
  entry: DeclaredEntry<RecordNode>,
  file: { readonly text: string; readonly span: Span },
  use: Lowering,
): readonly RecordColumn[] | null {
  const { columns: written } = entry.node;
  const inFile = use.scope.columnsOf(file.text);
  if (inFile === null && (written.length === 0 || written.some((c) => c.type === null))) {
    use.tell("columns-unread", file.span, { record: entry.name, file: file.text });
    return null;
  }
  tellRepeated(entry, use);
  const further = (inFile ?? []).filter((c) => !written.some((w) => w.name.text === c.name));
  const names = [...written.map((c) => c.name.text), ...further.map((c) => c.name)];
  const typeOf = (name: string): ColumnType => {
    const codings = [name, ...otherCodings(name, written)];
    const said = codings.map((n) => written.find((c) => c.name.text === n)?.type ?? null).find((t) => t !== null);
    if (said !== undefined) return columnType(said, use);
    const [own, ...others] = codings.flatMap((n) => inFile?.find((c) => c.name === n) ?? []);
    const found = others.reduce<BareColumn>(mergeColumns, own ?? { type: "text", words: [] });
    return { unit: found.type === "number" ? findUnit(use.scope.units, "number") : null, ...bareColumn(found) };
  };
  const columns = [
    ...written.map((column): RecordColumn => {
      const { name, type, alternative } = column;
      if (type === null && inFile?.some((c) => c.name === name.text) === false)
        checkColumn(name, names.slice(written.length), use);
      return { ...typeOf(name.text), name: name.text, alternative: checkColumn(alternative, names, use) };
    }),
    ...further.map(({ name }): RecordColumn => ({ ...typeOf(name), name, alternative: null })),
  ];
  for (const [i, column] of columns.entries()) {
    const other = columns.find((c) => c.name === column.alternative);
    const span = written[i]?.alternative?.span;
    if (other !== undefined && span !== undefined && (other === column || !isAlike(column, other)))
      use.tell("alternative-differs", span, { column: column.name, other: other.name });
  }
  return columns;
}

/** The name of a column that is there; null, with an error reported, where it is not. */
export function checkColumn(name: Name | null, names: readonly string[], use: Lowering): string | null {
  if (name === null || names.includes(name.text)) return name?.text ?? null;
  use.tell("unknown-name", name.span, { wanted: "column", name: name.text, near: use.near(name.text, () => names) });
  return null;
}

function tellRepeated({ name: record, node }: DeclaredEntry<RecordNode>, use: Lowering): void {
  const seen = new Set<string>();
  for (const { name } of node.columns) {
    if (seen.has(name.text))
      use.tell("duplicate-item", name.span, { what: "column", name: name.text, of: `the record '${record}'` });
    seen.add(name.text);
  }
}

/** Columns that hold the same thing coded otherwise: what is said of one is said of all. */
function otherCodings(name: string, written: readonly ColumnNode[]): readonly string[] {
  return written.flatMap(({ name: own, alternative }) => {
    if (alternative === null) return [];
    if (own.text === name) return [alternative.text];
    return alternative.text === name ? [own.text] : [];
  });
}

type BareColumn = Omit<ColumnFound, "name">;

function bareColumn({ type, words }: BareColumn): BareColumn {
  return { type, words };
}

function mergeColumns(a: BareColumn, b: BareColumn): BareColumn {
  const isBare = (c: BareColumn): boolean => c.type === "words" && c.words.length === 0;
  if (isBare(a)) return b;
  if (isBare(b)) return a;
  if (a.type === "words" && b.type === "words")
    return { type: "words", words: [...new Set([...a.words, ...b.words])].toSorted() };
  if (a.type === b.type) return a;
  const areNumbers = [a, b].every((c) => c.type === "number" || c.type === "year");
  return { type: areNumbers ? "number" : "text", words: [] };
}

/** A disputed coding can only stand in for one of its own kind, words and unit. */
function isAlike(a: RecordColumn, b: RecordColumn): boolean {
  return (
    a.type === b.type &&
    JSON.stringify([a.words, a.unit?.dimension, a.unit?.factor]) ===
      JSON.stringify([b.words, b.unit?.dimension, b.unit?.factor])
  );
}

function columnType(type: NonNullable<ColumnNode["type"]>, use: Lowering): ColumnType {
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
