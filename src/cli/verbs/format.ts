/** `casus format`: the files of a case laid out tidily. */

import type { Command } from "commander";
import { format, isClean, parse, printDiagnostics } from "#internal.ts";
import type { Done, ExitCode } from "../exit.ts";
import { readCase } from "../files.ts";
import { writeCaseText } from "../writing.ts";

export function addFormat(program: Command, done: Done): void {
  program
    .command("format <case>")
    .description("tidy the layout of a case's files")
    .option("--check", "change nothing; fail if a file is not tidy")
    .action((path: string, o: { check?: boolean }) => done(formatCase(path, o.check === true)));
}

function formatCase(path: string, isCheck: boolean): ExitCode {
  let untidy = 0;
  for (const document of readCase(path)) {
    const [, diagnostics] = parse(document);
    if (!isClean(diagnostics)) {
      process.stderr.write(printDiagnostics(diagnostics, [document]));
      return 3;
    }
    const tidy = format(document);
    if (tidy === document.text) continue;
    untidy++;
    process.stdout.write(`${document.name}${isCheck ? " is not tidy" : ""}\n`);
    if (!isCheck) writeCaseText(document.name, tidy);
  }
  return isCheck && untidy > 0 ? 1 : 0;
}
