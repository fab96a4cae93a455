/** `casus new`: begins a case, from a template that runs or from a text whose argument it is to be. */

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Command } from "commander";
import {
  draftBlocks,
  draftFromProse,
  format,
  isClean,
  isProseFile,
  parse,
  printDiagnostics,
  templateBlocks,
  UnreadableFile,
  type BegunCase,
  type Document,
  type ProseDraft,
} from "#internal.ts";
import type { Done, ExitCode } from "../exit.ts";
import { onDisk, Usage } from "../disk.ts";
import { foreignText } from "../foreign-text.ts";
import { screenText } from "../output.ts";
import { readShelf, takeFromShelf } from "../shelf.ts";
import { makeFolder, writeCaseText, writeWhole } from "../writing.ts";

interface NewOptions {
  readonly question?: string;
  readonly template?: string;
  readonly from?: string;
}

export function addNew(program: Command, done: Done): void {
  program
    .command("new <folder>")
    .description("begin a case: a folder with a small case that runs, to replace with your own")
    .option(
      "--from <text>",
      "draft the case from a text (.txt, .md, .html), with a claim for each sentence that asserts something",
    )
    .option("--template <name>", "the template to begin from; casus parts lists them")
    .option("--question <text>", "what the case asks")
    .action((folder: string, o: NewOptions) => done(beginCase(folder, o)));
}

/** What a case is begun from where nothing is said. */
const usualTemplate = "policy";

/** Writes into a folder that is new or empty; nothing that is there is written over. */
function beginCase(folder: string, o: NewOptions): ExitCode {
  const name = caseName(folder);
  const { question } = o;
  if (question !== undefined && (/\p{Cc}/u.test(question) || question.trim() === ""))
    throw new Usage("--question wants one line of text");
  if (o.from !== undefined && o.template !== undefined)
    throw new Usage("a case is begun from a text or from a template; give --from or --template");
  const file = join(folder, `${basename(resolve(folder))}.casus`);
  const isName = isClean(parse({ name: file, text: `case ${name} "?" { }` })[1]);
  if (!isName) throw new Usage(`${name} is a word of the language; give the folder another name`);
  if (existsSync(folder) && (!statSync(folder).isDirectory() || onDisk(folder, () => readdirSync(folder)).length > 0))
    throw new Usage(`${folder} is there already; name a folder that is new or empty`);
  return o.from === undefined
    ? fromTemplate({ folder, file, name, question }, o.template ?? usualTemplate)
    : fromText({ folder, file, name, question }, o.from);
}

interface Beginning extends BegunCase {
  readonly name: string;
  readonly question: string | undefined;
}

function fromTemplate(to: Beginning, template: string): ExitCode {
  const { document } = takeFromShelf(template, "templates");
  makeFolder(to.folder);
  writeCaseText(to.file, format({ name: to.file, text: headed(document.text, to) }));
  const templates = readShelf("templates").map((t) => t.name);
  process.stdout.write(screenText(templateBlocks(to, template, templates), {}));
  return 0;
}

/** The case's line with its own name, and its question where one is asked. */
function headed(text: string, { name, question }: Beginning): string {
  return text.replace(
    /^case \S+ ("(?:[^"\\]|\\.)*")/m,
    (_, asked: string) =>
      `case ${name} ${question === undefined ? asked : `"${question.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`}`,
  );
}

/** 2 where the text cannot be read; the reason is printed with its place. */
function fromText(to: Beginning, path: string): ExitCode {
  if (!existsSync(path)) throw new Usage(`there is no ${path}; name a file that is there`);
  if (!isProseFile(path)) throw new Usage(`${path} is no text that is read; give a .txt, .md or .html file`);
  const size = statSync(path).size;
  if (size > largestText)
    throw new Usage(
      `${path} has ${size} bytes; at most ${largestText} are read: give the part that makes the argument`,
    );
  const source: Document = { name: path, text: foreignText(onDisk(path, () => readFileSync(path))) };
  let draft: ProseDraft;
  try {
    draft = draftFromProse(to.name, source);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    process.stderr.write(printDiagnostics([error.diagnostic], [source]));
    return 2;
  }
  const copies = join(to.folder, "text");
  const copy = join(copies, `${basename(path).replace(/\.[^.]*$/, "")}.txt`);
  const passages = join(copies, "passages.md");
  makeFolder(copies);
  writeCaseText(to.file, headed(draft.text, to));
  writeWhole(copy, draft.copy);
  writeWhole(passages, draft.passages);
  // A copy is its reader's own: what is shared of a case does not have it.
  writeWhole(join(copies, ".gitignore"), "*\n");
  process.stdout.write(screenText(draftBlocks(to, draft, { from: path, copy, passages }), {}));
  return 0;
}

/** Bytes of a text; a book has one million. */
const largestText = 4_000_000;

/** The folder's name as a name of the language: its hyphens, points and spaces become underscores. */
function caseName(folder: string): string {
  const name = basename(resolve(folder)).toLowerCase().replaceAll(/[-. ]/g, "_");
  if (!/^[a-z][a-z0-9_]*$/.test(name))
    throw new Usage(
      `${folder} makes no name for a case; begin it with a letter, and use letters a to z, figures, hyphens and underscores`,
    );
  return name;
}
