/** The bytes of a Parquet file as the text of a CSV. Damaged bytes may take for ever: `parquet.ts` has it done where that can be ended. */

import { gunzipSync } from "node:zlib";
import { parquetMetadata, parquetSchema, type Compressors, type DecodedArray, type FileMetaData } from "hyparquet";
import { readColumn } from "hyparquet/src/column.js";
import { DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { getTreePath } from "hyparquet/src/schema.js";
import { snappyUncompress } from "hyparquet/src/snappy.js";
import { csvText, type CsvCell } from "#internal.ts";
import { Usage } from "./disk.ts";

/** Rows times columns, and bytes once unpacked: a table that people read is smaller. */
const mostCells = 2_000_000;
const mostBytes = 64_000_000;

/** What a page unpacks to is bounded before it is unpacked. */
const compressors: Compressors = {
  SNAPPY: (packed, size) => {
    const unpacked = new Uint8Array(bounded(size));
    snappyUncompress(packed, unpacked);
    return unpacked;
  },
  GZIP: (packed, size) => gunzipSync(packed, { maxOutputLength: bounded(size) }),
};

/**
 * One line of names, then one for each row. A date is written as 2022-02-24; what is missing is blank. Throws `Usage` where the bytes are no Parquet
 * file, a column holds lists or records, or the table is too large.
 */
export function csvOfParquet(bytes: Uint8Array, called: string): string {
  try {
    return csvText(rowsOf(bytes, called));
  } catch (error) {
    if (error instanceof Usage) throw error;
    // A damaged file meets the library's own errors, whatever their kind.
    const why = error instanceof Error ? error.message : String(error);
    throw new Usage(`${called} is no Parquet file that can be read: ${why}`);
  }
}

function rowsOf(bytes: Uint8Array, called: string): readonly (readonly CsvCell[])[] {
  const file = bytes.slice().buffer;
  const metadata = parquetMetadata(file);
  const names = namesOf(metadata, called);
  const count = metadata.row_groups.reduce((n, group) => n + Number(group.num_rows), 0);
  if (count * names.length > mostCells)
    throw new Usage(`${called} has ${count} rows of ${names.length} columns; at most ${mostCells} cells are read`);
  const rows: CsvCell[][] = [[...names]];
  for (const group of metadata.row_groups) {
    const columns = names.map((name, i) => columnOf(file, metadata, group, i, name));
    for (let row = 0; row < Number(group.num_rows); row++) rows.push(columns.map((values) => cellOf(values[row])));
  }
  return rows;
}

/** The columns' names; throws `Usage` for one that holds more than one value a row. */
function namesOf(metadata: FileMetaData, called: string): readonly string[] {
  return parquetSchema(metadata).children.map(({ element, children }) => {
    if (children.length > 0 || element.repetition_type === "REPEATED")
      throw new Usage(
        `${called}: the column '${element.name}' holds more than one value a row; write it as plain columns`,
      );
    return element.name;
  });
}

function columnOf(
  file: ArrayBuffer,
  metadata: FileMetaData,
  group: FileMetaData["row_groups"][number],
  index: number,
  name: string,
): readonly unknown[] {
  const chunk = group.columns.find((c) => c.meta_data?.path_in_schema[0] === name) ?? group.columns[index];
  const column = chunk?.meta_data;
  if (column === undefined) throw new Error(`the column '${name}' is missing`);
  bounded(Number(column.total_uncompressed_size));
  const start = Number(column.dictionary_page_offset ?? column.data_page_offset);
  const end = start + Number(column.total_compressed_size);
  if (!(start >= 0 && end >= start && end <= file.byteLength))
    throw new Error(`the column '${name}' lies outside the file`);
  const schemaPath = getTreePath(parquetSchema(metadata), column.path_in_schema);
  const last = schemaPath.at(-1);
  if (last === undefined) throw new Error(`the column '${name}' is not in the schema`);
  const rows = Number(group.num_rows);
  const { data } = readColumn(
    { view: new DataView(file.slice(start, end)), offset: 0 },
    { groupStart: 0, selectStart: 0, selectEnd: rows, groupRows: rows },
    {
      ...column,
      pathInSchema: column.path_in_schema,
      element: last.element,
      schemaPath,
      compressors,
      parsers: DEFAULT_PARSERS,
    },
  );
  return data.flatMap((page: DecodedArray) => Array.from<unknown>(page));
}

/** Throws `Error` for a size that a small table does not have. */
function bounded(size: number): number {
  if (!(size >= 0 && size <= mostBytes))
    throw new Error(`a part of it unpacks to ${size} bytes; at most ${mostBytes} are read`);
  return size;
}

function cellOf(value: unknown): CsvCell {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(0, 10);
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  return typeof value === "object" && value !== null ? JSON.stringify(value) : (value as CsvCell);
}
