/** `casus add`: puts a part into a case, under names of the writer's choice. */

import { dirname, join } from "node:path";
import type { Command } from "commander";
import { addedBlocks, fitPart, format, isClean, printDiagnostics, readModel, type Document } from "#internal.ts";
import type { Done, ExitCode } from "../exit.ts";
import { readCase } from "../files.ts";
import { columnsBeside } from "../load.ts";
import { screenText } from "../output.ts";
import { takeFromShelf } from "../shelf.ts";
import { writeCaseText } from "../writing.ts";

export function addAdd(program: Command, done: Done): void {
  program
    .command("add <part> [case]")
    .description("add a ready-made part to a case; casus parts lists the parts")
    .option(
      "--as <names>",
      "your names for the part's own names: in order, or as old=new; separated by commas",
      listed,
      [],
    )
    .action((part: string, path: string | undefined, o: { as: readonly string[] }) =>
      done(addPart(part, path ?? ".", o.as)),
    );
}

function listed(names: string): readonly string[] {
  return names.split(",").map((name) => name.trim());
}

/** A case of one file gets the part at its end, a case of several a file of its own. 3 where the case would not check with it; then nothing is written. */
function addPart(name: string, path: string, as: readonly string[]): ExitCode {
  const part = takeFromShelf(name, "parts");
  const documents = readCase(path);
  const text = fitPart(part, as);
  const [only] = documents;
  const isOne = documents.length === 1 && only !== undefined;
  const written: Document = isOne
    ? { name: only.name, text: `${only.text.trimEnd()}\n\n${text}` }
    : { name: freshName(documents, name), text };
  const after = isOne ? [written] : [...documents, written];
  const columnsOf = columnsBeside(path);
  const [, before] = readModel(documents, columnsOf);
  const [, found] = readModel(after, columnsOf);
  if (!isClean(found) && isClean(before)) {
    process.stderr.write(printDiagnostics(found, after));
    const isNamed = found.some((d) => d.code === "duplicate-name");
    const names = isNamed ? ` Other names for the part are given by --as (its own: ${part.roles.join(", ")}).` : "";
    process.stderr.write(`casus: nothing is added: the case would not check.${names}\n`);
    return 3;
  }
  writeCaseText(written.name, format(written));
  process.stdout.write(screenText(addedBlocks(written.name, part), {}));
  return 0;
}

/** Among the others, and named after none of them. */
function freshName(documents: readonly Document[], name: string): string {
  const folder = dirname(documents[0]?.name ?? ".");
  const taken = new Set(documents.map((d) => d.name));
  for (let n = 1; ; n++) {
    const file = join(folder, `${name}${n === 1 ? "" : `-${n}`}.casus`);
    if (!taken.has(file)) return file;
  }
}
