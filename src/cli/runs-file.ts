/** Writes rows of raw runs to a Parquet, CSV or Arrow file, whole or not at all, with their units. */

import { closeSync, openSync, writeFileSync, writeSync } from "node:fs";
import { extname } from "node:path";
import { bool, columnFromArray, float64, int64, Table, tableFromColumns, tableToIPC, utf8 } from "@uwdata/flechette";
import { fileWriter, ParquetWriter, schemaFromColumnData, type BasicType } from "hyparquet-writer";
import type { Provenance, RawColumn, RawValues, Request } from "#internal.ts";
import { onDisk, Usage } from "./disk.ts";
import { abandon, checkWritable, draftOf, finish, writeWhole } from "./writing.ts";

/** A file under way. `abandon` leaves nothing behind. */
interface RunsFile {
  readonly add: (values: readonly RawValues[], rows: number) => void;
  readonly finish: () => void;
  readonly abandon: () => void;
}

/** The metadata of the rows: where they come from, and what each column is. */
interface Metadata {
  readonly schema: "casus/runs@1";
  readonly provenance: Pick<Provenance, "case" | "title" | "hash" | "engine" | "version" | "modeller" | "asOf">;
  readonly request: Pick<Request, "views" | "seed" | "worlds" | "set" | "vary">;
  readonly note: string;
  readonly columns: readonly RawColumn[];
}

export function metadataOf(p: Provenance, r: Request, columns: readonly RawColumn[]): Metadata {
  return {
    schema: "casus/runs@1",
    provenance: {
      case: p.case,
      title: p.title,
      hash: p.hash,
      engine: p.engine,
      version: p.version,
      modeller: p.modeller,
      asOf: p.asOf,
    },
    request: { views: r.views, seed: r.seed, worlds: r.worlds, set: r.set, vary: r.vary },
    note: "single simulated runs of a model, not a forecast",
    columns,
  };
}

/** Throws `Usage` for a name that is neither, or a folder that is not there, before anything runs. */
export function checkRunsFile(path: string): void {
  if (![".parquet", ".csv", ".arrow"].includes(extname(path).toLowerCase()))
    throw new Usage(`--runs writes .parquet, .csv or .arrow; name the file so, such as runs.parquet, not ${path}`);
  checkWritable(path);
}

/** Writes under another name, and takes its own when all is there. */
export function openRunsFile(path: string, metadata: Metadata): RunsFile {
  const draft = draftOf(path);
  const kind = extname(path).toLowerCase();
  const isCsv = kind === ".csv";
  const begin = (): Rows => {
    if (isCsv) return csvFile(draft, metadata.columns);
    return kind === ".arrow" ? arrowFile(draft, metadata) : parquetFile(draft, metadata);
  };
  const { add, end } = onDisk(path, begin);
  return {
    add: (values, rows) => onDisk(path, () => add(values, rows)),
    finish: () => {
      onDisk(path, () => {
        end();
        finish(draft, path);
      });
      // CSV has no place for units: they lie beside it, under the name that CSV on the Web (W3C 2015) looks for.
      if (isCsv) writeWhole(`${path}-metadata.json`, `${JSON.stringify(metadata, null, 2)}\n`);
    },
    abandon: () => abandon(draft),
  };
}

interface Rows {
  readonly add: RunsFile["add"];
  readonly end: () => void;
}

function csvFile(path: string, columns: readonly RawColumn[]): Rows {
  const file = openSync(path, "w");
  writeSync(file, `${columns.map((c) => quoted(c.name)).join(",")}\n`);
  return {
    add: (values, rows) => {
      const lines = Array.from(
        { length: rows },
        (_, row) => `${values.map((column) => quoted(String(column[row]))).join(",")}\n`,
      );
      writeSync(file, lines.join(""));
    },
    end: () => closeSync(file),
  };
}

/** As RFC 4180 has it. */
function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const types: Readonly<Record<RawColumn["values"], BasicType>> = {
  text: "STRING",
  truth: "BOOLEAN",
  number: "DOUBLE",
  "whole number": "INT64",
};

/** Rows in a row group: enough that its head costs nothing beside them. */
const groupRows = 16_384;

function parquetFile(path: string, metadata: Metadata): Rows {
  const { columns } = metadata;
  const writer = new ParquetWriter({
    writer: fileWriter(path),
    schema: schemaFromColumnData({
      columnData: columns.map((c) => ({ name: c.name, data: [], type: types[c.values], nullable: false })),
    }),
    kvMetadata: [{ key: "casus", value: JSON.stringify(metadata) }],
    createdBy: metadata.provenance.engine,
  });
  let waiting: (readonly RawValues[])[] = [];
  let rowsWaiting = 0;
  const flush = (): void => {
    const columnData = columns.map((c, i) => ({
      name: c.name,
      data: waiting.flatMap((values) => parquetValues(c, values[i] as RawValues)),
    }));
    void writer.write({ columnData, rowGroupSize: groupRows });
    waiting = [];
    rowsWaiting = 0;
  };
  return {
    add: (values, rows) => {
      waiting.push(values);
      rowsWaiting += rows;
      if (rowsWaiting >= groupRows) flush();
    },
    end: () => {
      if (rowsWaiting > 0) flush();
      void writer.finish();
    },
  };
}

/** Arrow's file format (IPC), metadata in the schema and, unit and label, in each field. The format's foot knows all rows, so they are held until the end. */
function arrowFile(path: string, metadata: Metadata): Rows {
  const { columns } = metadata;
  const held: (readonly RawValues[])[] = [];
  return {
    add: (values) => held.push(values),
    end: () => {
      const data = columns.map(
        (c, i) =>
          [
            c.name,
            arrowColumn(
              c,
              held.map((values) => values[i] as RawValues),
            ),
          ] as const,
      );
      const table = tableFromColumns(Object.fromEntries(data));
      const fields = table.schema.fields.map((f, i) => {
        const own = columns[i] as RawColumn;
        const kept = [["label", own.label], ...(own.unit === null ? [] : [["unit", own.unit]])] as [string, string][];
        return { ...f, nullable: false, metadata: new Map(kept) };
      });
      const schema = { ...table.schema, fields, metadata: new Map([["casus", JSON.stringify(metadata)]]) };
      const bytes = tableToIPC(
        new Table(
          schema,
          data.map(([, column]) => column),
        ),
        { format: "file" },
      );
      if (bytes === null) throw new Error("the table could not be written as Arrow");
      writeFileSync(path, bytes);
    },
  };
}

const arrowTypes = { text: utf8, truth: bool, number: float64, "whole number": int64 } as const;

function arrowColumn(column: RawColumn, parts: readonly RawValues[]) {
  const all = parts.flatMap((values): (string | boolean | number)[] =>
    Array.from(values as ArrayLike<string | boolean | number>),
  );
  return columnFromArray(
    column.values === "number" ? Float64Array.from(all as number[]) : all,
    arrowTypes[column.values](),
  );
}

function parquetValues(column: RawColumn, values: RawValues): (string | boolean | number | bigint)[] {
  const all: ArrayLike<string | boolean | number> = values;
  return Array.from(all, (v) => (column.values === "whole number" ? BigInt(v) : v));
}
