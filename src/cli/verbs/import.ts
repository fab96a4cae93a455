/** `casus import`: opens what other programs wrote, as a case or a part of one, and says what it could not carry over. */

import { existsSync } from "node:fs";
import { basename } from "node:path";
import type { Command } from "commander";
import {
  importArgument,
  importModel,
  isArgumentFile,
  isClean,
  isModelFile,
  lossWarnings,
  plural,
  printDiagnostics,
  readCsv,
  readModel,
  UnreadableFile,
  writeSeries,
  type SuppliedTable,
  type Document,
  type Loss,
} from "#internal.ts";
import type { Done, ExitCode } from "../exit.ts";
import { Usage } from "../disk.ts";
import { readBytes } from "../files.ts";
import { foreignText } from "../foreign-text.ts";
import { printFound, remark } from "../notes.ts";
import { readParquet } from "../parquet.ts";
import { writeCaseText } from "../writing.ts";

/** Of a file of another program. */
const mostBytes = 100_000_000;

interface ImportOptions {
  readonly out?: string;
  readonly data: readonly string[];
  readonly series?: string;
  readonly of?: string;
  readonly dates: string;
  readonly values?: string;
  readonly unit: string;
  readonly error?: string;
  readonly discrepancy?: string;
}

export function addImport(program: Command, done: Done): void {
  program
    .command("import <file>")
    .description(
      "open a model of system dynamics (.xmile .stmx .xml .mdl) or an argument map (.argdown, AIF .json) as a case, a Parquet file (.parquet) as the CSV of a record, a column of a .csv as evidence",
    )
    .option("--out <file>", "a file to write to instead of the standard output; it must not exist yet")
    .option(
      "--data <file>",
      "for a model: a table (.csv, .tab) with figures that its file does not contain: first the times, then a column for each variable; may be given several times",
      (file: string, before: readonly string[]) => [...before, file],
      [],
    )
    .option("--series <name>", "for a .csv: write it as evidence of this name")
    .option("--of <expression>", "what the series observes, such as a stock's name")
    .option("--dates <column>", "the column of dates", "date")
    .option("--values <column>", "the column of figures")
    .option("--unit <unit>", "the unit of the figures, such as percent", "")
    .option("--error <figure>", "the standard error of a figure, such as '3%'")
    .option("--discrepancy <figure>", "how far the model itself may be off, such as '5%'")
    .action((path: string, o: ImportOptions) => done(importFile(path, o)));
}

/** 0 where something came out, whatever it leaves out; 2 where the file cannot be read. */
function importFile(path: string, o: ImportOptions): ExitCode {
  if (o.out !== undefined && existsSync(o.out)) throw new Usage(`${o.out} is there already; name a file that is not`);
  if (!existsSync(path)) throw new Usage(`there is no ${path}; name a file that is there`);
  if (/\.parquet$/i.test(path)) return importParquet(path, o);
  const document = readForeign(path);
  if (o.data.length > 0 && !isModelFile(path))
    throw new Usage(`--data gives the figures that a model leaves open; ${path} is no model`);
  const tables = o.data.map(suppliedTable);
  try {
    if (/\.csv$/i.test(path)) return importSeries(document, o);
    if (isModelFile(path)) return importCase(document, modelOf(document, tables), o);
    if (isArgumentFile(path)) return importCase(document, argumentOf(document), o);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    process.stderr.write(printDiagnostics([error.diagnostic], [document, ...tables.map((t) => t.document)]));
    return 2;
  }
  throw new Usage(`${path} is no file that is read; see casus import --help for those that are`);
}

function bytesOf(path: string): Uint8Array {
  return readBytes(path, mostBytes, `at most ${mostBytes / 1e6} million are read`);
}

function readForeign(path: string): Document {
  return { name: path, text: foreignText(bytesOf(path)) };
}

/** What an importer made of a file. */
interface Made {
  readonly name: string;
  readonly text: string;
  readonly losses: readonly Loss[];
  /** `12 figures`. */
  readonly carried: string;
}

function importCase(document: Document, made: Made, o: ImportOptions): ExitCode {
  if (o.out !== undefined && !o.out.endsWith(".casus"))
    throw new Usage(`--out wants a name that ends in .casus, not ${o.out}`);
  printFound(lossWarnings(made.losses), [document]);
  put(made.text, o);
  const written: Document = { name: o.out ?? `${made.name}.casus`, text: made.text };
  const [, found] = readModel([written]);
  const wrong = found.filter((d) => d.severity === "error");
  if (wrong.length > 0) process.stderr.write(printDiagnostics(wrong, [written]));
  const lost = made.losses.filter((l) => !l.isChanged).length;
  remark(`${basename(document.name)}: ${made.carried} carried over, ${lost === 0 ? "nothing" : lost} left out`);
  return isClean(wrong) ? 0 : 3;
}

function modelOf(document: Document, tables: readonly SuppliedTable[]): Made {
  const made = importModel(document, tables);
  const from = tables.map((t) => basename(t.document.name)).join(" and ");
  const taken = tables.length === 0 ? "" : `, ${made.taken.size} of them from ${from},`;
  return { ...made, carried: plural(made.series.length, "figure") + taken };
}

function suppliedTable(path: string): SuppliedTable {
  if (!existsSync(path)) throw new Usage(`there is no ${path}; name a file that is there`);
  const document = readForeign(path);
  const cells = readCsv(document.text, /\.(?:tab|tsv)$/i.test(path) ? "\t" : ",");
  if (!cells.ok) throw new Usage(`${path}:${cells.line}: ${cells.why}`);
  return { document, rows: cells.rows };
}

function argumentOf(document: Document): Made {
  const made = importArgument(document);
  return { ...made, carried: plural(made.claims, "claim") };
}

function importSeries(document: Document, o: ImportOptions): ExitCode {
  const { series, of, values, error, discrepancy } = o;
  if (
    series === undefined ||
    of === undefined ||
    values === undefined ||
    error === undefined ||
    discrepancy === undefined
  )
    throw new Usage(
      "a .csv is read as evidence: give --series, --of, --values, --error and --discrepancy; as a record it needs no import",
    );
  const csv = readCsv(document.text);
  if (!csv.ok) throw new Usage(`${document.name}:${csv.line}: ${csv.why}`);
  put(
    writeSeries(document, csv.rows, { name: series, of, dates: o.dates, values, unit: o.unit, error, discrepancy }),
    o,
  );
  return 0;
}

function importParquet(path: string, o: ImportOptions): ExitCode {
  if (o.out !== undefined && !o.out.endsWith(".csv"))
    throw new Usage(`--out wants a name that ends in .csv, not ${o.out}`);
  const bytes = bytesOf(path);
  put(readParquet(bytes, path), o);
  return 0;
}

function put(text: string, o: ImportOptions): void {
  if (o.out === undefined) process.stdout.write(text);
  else writeCaseText(o.out, text);
}
