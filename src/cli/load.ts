/** Loads a case from its path: its model, and what is wrong with it. */

import {
  awaitsRecords,
  badRowTexts,
  columnsOfTable,
  feed,
  readModel,
  readTable,
  Refused,
  type ColumnsOfFile,
  type Diagnostic,
  type Document,
  type Fed,
  type Model,
  type RecordTable,
} from "#internal.ts";
import { readBeside, readCase } from "./files.ts";
import { printFound } from "./notes.ts";
import { status } from "./status.ts";

export interface Loaded {
  readonly documents: readonly Document[];
  readonly model: Model | null;
  readonly diagnostics: readonly Diagnostic[];
}

type ReadFile = (file: string) => Document;

export function load(path: string, read: ReadFile = readerBeside(path)): Loaded {
  const documents = readCase(path);
  const [model, diagnostics] = readModel(documents, columnsBeside(path, read));
  return { documents, model, diagnostics };
}

/** Reads the files next to a case, each once. */
function readerBeside(path: string): ReadFile {
  const known = new Map<string, Document>();
  return (file) => {
    const document = known.get(file) ?? readBeside(path, file);
    known.set(file, document);
    return document;
  };
}

/** What the files of a case's records hold, each looked at once. A file that cannot be read says nothing here; running the case says why. */
export function columnsBeside(path: string, read: ReadFile = readerBeside(path)): ColumnsOfFile {
  const known = new Map<string, ReturnType<ColumnsOfFile>>();
  return (file) => {
    const found = known.has(file) ? (known.get(file) ?? null) : readColumns(file, read);
    known.set(file, found);
    return found;
  };
}

function readColumns(file: string, read: ReadFile): ReturnType<ColumnsOfFile> {
  try {
    return columnsOfTable(file, read(file).text);
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

/** The case does not stand; its diagnostics have been told. Exit code 3. */
export class WrongCase extends Refused {
  constructor(path: string) {
    super(`${path} is not run: see above what is wrong with it`);
    this.name = "WrongCase";
  }
}

/** The model. Warnings are told and do not stop anything; errors are told and throw `WrongCase`. */
export function loadToRun(path: string): {
  readonly model: Model;
  /** The case's text and its records, in that order. */
  readonly documents: readonly Document[];
  readonly tables: readonly RecordTable[];
  readonly fed: readonly Fed[];
} {
  status().doing("reading the case");
  const readFile = readerBeside(path);
  const { documents, model, diagnostics } = load(path, readFile);
  printFound(diagnostics, documents);
  if (model === null) throw new WrongCase(path);
  if (model.records.length > 0) status().doing("reading the records");
  const read = withRecords(path, model, readFile);
  status().doing("");
  return { model: read.model, documents: [...documents, ...read.documents], tables: read.tables, fed: read.fed };
}

/** The model fed by its records, where it awaits them; the records' texts, and their rows. */
export function withRecords(
  path: string,
  model: Model,
  readFile: ReadFile = readerBeside(path),
): {
  readonly model: Model;
  readonly documents: readonly Document[];
  readonly tables: readonly RecordTable[];
  readonly fed: readonly Fed[];
} {
  const texts = model.records.map((r) => ({ record: r, document: readFile(r.file) }));
  const tables = texts.map(({ record, document }) => readTable(record, document.text));
  try {
    const read = awaitsRecords(model) ? feed(model, tables) : { model, fed: [] };
    return { ...read, documents: texts.map((t) => t.document), tables };
  } catch (error) {
    process.stderr.write(
      badRowTexts(tables)
        .map((text) => `${text}\n`)
        .join(""),
    );
    throw error;
  }
}
