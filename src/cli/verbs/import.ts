/** `casus import`: opens what other programs wrote as a case, and says what it could not carry over. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import type { Command } from "commander";
import {
  check,
  importModel,
  isClean,
  isModelFile,
  lossWarnings,
  parse,
  plural,
  printDiagnostics,
  UnreadableFile,
  type Document,
} from "#internal.ts";
import type { Done, ExitCode } from "../exit.ts";
import { Usage } from "../files.ts";

export function addImport(program: Command, done: Done): void {
  program
    .command("import <file>")
    .description("open a model of system dynamics (XMILE: .xmile .stmx .xml; Vensim: .mdl) as a case")
    .option("--out <file>", "write the case there instead of the standard output; a .casus file that is not there yet")
    .action((path: string, o: { out?: string }) => done(importFile(path, o.out)));
}

/** 0 where a case came out, whatever it leaves out; 2 where the file cannot be read. */
function importFile(path: string, out: string | undefined): ExitCode {
  if (!isModelFile(path))
    throw new Usage(`${path} is no file that is read; name one that ends in .xmile, .stmx, .itmx, .xml or .mdl`);
  if (out !== undefined && !out.endsWith(".casus"))
    throw new Usage(`--out wants a name that ends in .casus, not ${out}`);
  if (out !== undefined && existsSync(out)) throw new Usage(`${out} is there already; name a file that is not`);
  const document: Document = { name: path, text: readForeignText(path) };
  let made: ReturnType<typeof importModel>;
  try {
    made = importModel(document);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    process.stderr.write(printDiagnostics([error.diagnostic], [document]));
    return 2;
  }
  process.stderr.write(printDiagnostics(lossWarnings(made.losses), [document]));
  if (out === undefined) process.stdout.write(made.text);
  else writeFileSync(out, made.text, { flag: "wx" });
  const written: Document = { name: out ?? `${made.name}.casus`, text: made.text };
  const [tree, syntax] = parse(written);
  const [, found] = check([tree], [written]);
  const wrong = [...syntax, ...found].filter((d) => d.severity === "error");
  if (wrong.length > 0) process.stderr.write(printDiagnostics(wrong, [written]));
  const lost = made.losses.filter((l) => !l.isChanged).length;
  process.stderr.write(
    `${basename(path)}: ${plural(made.series.length, "figure")} carried over, ${lost === 0 ? "nothing" : lost} left out\n`,
  );
  return isClean(wrong) ? 0 : 3;
}

/** UTF-8, or what Windows wrote before. */
function readForeignText(path: string): string {
  if (!existsSync(path)) throw new Usage(`there is no ${path}; name a file that is there`);
  const bytes = readFileSync(path);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
