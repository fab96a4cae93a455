/** `casus new`: a folder with a small case that runs, to be written over. */

import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Command } from "commander";
import { format, isClean, parse } from "#internal.ts";
import type { Done, ExitCode } from "../exit.ts";
import { onDisk, Usage } from "../disk.ts";
import { starterCase } from "../starter.ts";
import { makeFolder, writeWhole } from "../writing.ts";

export function addNew(program: Command, done: Done): void {
  program
    .command("new <folder>")
    .description("begin a case: a folder with a small one that runs, to be written over")
    .option("--question <text>", "what the case asks", "Does a promise keep the peace?")
    .action((folder: string, o: { question: string }) => done(beginCase(folder, o.question)));
}

/** Writes one file into a folder that is new or empty; nothing that is there is written over. */
function beginCase(folder: string, question: string): ExitCode {
  const name = caseName(folder);
  if (/\p{Cc}/u.test(question) || question.trim() === "") throw new Usage("--question wants one line of text");
  const document = { name: join(folder, `${basename(resolve(folder))}.casus`), text: starterCase(name, question) };
  if (!isClean(parse(document)[1])) throw new Usage(`${name} is a word of the language; give the folder another name`);
  if (existsSync(folder) && (!statSync(folder).isDirectory() || onDisk(folder, () => readdirSync(folder)).length > 0))
    throw new Usage(`${folder} is there already; name a folder that is new or empty`);
  makeFolder(folder);
  writeWhole(document.name, format(document));
  process.stdout.write(
    `${document.name}\nIt runs as it stands. Look at it with: casus web ${folder}\nCheck it as you write: casus check ${folder}\n`,
  );
  return 0;
}

/** The folder's name as a name of the language: its hyphens, points and spaces become underscores. */
function caseName(folder: string): string {
  const name = basename(resolve(folder)).toLowerCase().replaceAll(/[-. ]/g, "_");
  if (!/^[a-z][a-z0-9_]*$/.test(name))
    throw new Usage(
      `${folder} makes no name for a case; begin it with a letter, and use letters a to z, figures, hyphens and underscores`,
    );
  return name;
}
