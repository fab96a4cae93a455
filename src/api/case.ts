/** Reads a case from its text: what the other functions are asked about. */

import { readModel } from "#model/check.ts";
import type { Model } from "#model/model.ts";
import { awaitsRecords, columnsOfTable, feed, readTable, type RecordTable } from "#analysis/record/tables.ts";
import type { Diagnostic } from "#text/diagnostic.ts";
import { badRowTexts } from "#report/words/record-words.ts";
import { sha256Of } from "#text/hash.ts";
import { printDiagnostics } from "#text/print.ts";
import { Refused } from "#text/refused.ts";
import type { Document } from "#text/span.ts";

/** A case that was read and checked: what every question is asked about. Plain data apart from the rows of its records. */
export interface Case {
  /** The checked model, in base units; plain data that survives JSON. */
  readonly model: Model;
  /** The texts it was read from, those of its records last. */
  readonly documents: readonly Document[];
  /** The rows of its records, in order of declaration. */
  readonly tables: readonly RecordTable[];
  /** Warnings; a case with errors is not given out. */
  readonly warnings: readonly Diagnostic[];
  /** SHA-256 of all texts, lower-case hex: the same text gives the same figures. */
  readonly hash: string;
}

/** What `read` may be given besides the text. */
export interface ReadOptions {
  /** The text of each table that a record of the case names, as CSV or JSON lines: by that name, or a function that is given the name. */
  readonly records?: Readonly<Record<string, string>> | ((file: string) => string);
}

/** The text is not a case that can be run. The message shows each mistake with its line, as `casus check` prints it. */
export class CaseError extends Refused {
  /** Every mistake found: its code, its place, and what to write instead. Empty where a record's file is missing or holds no usable rows. */
  readonly diagnostics: readonly Diagnostic[];

  constructor(message: string, diagnostics: readonly Diagnostic[] = []) {
    super(message);
    this.name = "CaseError";
    this.diagnostics = diagnostics;
  }
}

/**
 * Reads a case: one text, or the several files of a case with their names.
 *
 * Names, units and dates are checked; nothing is run.
 *
 * @param source - the text of a case, or its files
 * @param options - the texts of its records, where it has any
 * @throws {@link CaseError} where the text is wrong, or the text of a record is not given
 * @example
 * ```ts
 * const argument = read(`
 *   case coin "Does it land heads?"
 *   unknown heads : share "Chance of heads" ~ beta(2, 2)  judged "Nobody has thrown it"
 *   outcome mostly "Mostly heads" = heads > 1/2
 *   conclusion heads_up "It lands heads more often than not": chance(mostly) > 40 percent
 * `);
 * ```
 */
export function read(source: string | readonly Document[], options: ReadOptions = {}): Case {
  const texts = typeof source === "string" ? [{ name: "case.casus", text: source }] : source;
  const textOf = recordTexts(options.records ?? {});
  const [model, diagnostics] = readModel(texts, (file) => {
    const text = textOf(file);
    return text === undefined ? null : columnsOfTable(file, text);
  });
  if (model === null) throw new CaseError(printDiagnostics(diagnostics, texts), diagnostics);
  return withRecords(model, texts, diagnostics, textOf);
}

function recordTexts(files: NonNullable<ReadOptions["records"]>): (file: string) => string | undefined {
  return (file) => (typeof files === "function" ? files(file) : Object.hasOwn(files, file) ? files[file] : undefined);
}

function withRecords(
  model: Model,
  texts: readonly Document[],
  warnings: readonly Diagnostic[],
  textOf: (file: string) => string | undefined,
): Case {
  const documents = model.records.map(({ name, file }) => {
    const text = textOf(file);
    if (text === undefined)
      throw new CaseError(`the record '${name}' needs the text of ${file}: read(text, { records: { "${file}": … } })`);
    return { name: file, text };
  });
  const tables = model.records.map((record, i) => readTable(record, documents[i]?.text ?? ""));
  const all = [...texts, ...documents];
  const hash = sha256Of(all.map((d) => d.text).join("\n"));
  return { model: fed(model, tables), documents: all, tables, warnings, hash };
}

/** Unknowns that take their distribution from a record get it. */
function fed(model: Model, tables: readonly RecordTable[]): Model {
  if (!awaitsRecords(model)) return model;
  try {
    return feed(model, tables).model;
  } catch (error) {
    throw new CaseError([...badRowTexts(tables), error instanceof Error ? error.message : String(error)].join("\n"));
  }
}
