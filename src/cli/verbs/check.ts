/** `casus check`: what is wrong with a case, where, and what to write instead; each claim beside its passage in a reader's copy. */

import type { Command } from "commander";
import {
  checkJson,
  coverage,
  coverageBlocks,
  isClean,
  isOfGrammar,
  plural,
  printDiagnostics,
  readModel,
  soundBlocks,
  sourceBlocks,
  takeFixes,
  verifySource,
  type ColumnsOfFile,
  type Coverage,
  type Diagnostic,
  type Document,
  type Model,
  type SourceCheck,
} from "#internal.ts";
import type { Done, ExitCode } from "../exit.ts";
import { readCase, readText } from "../files.ts";
import { columnsBeside, load } from "../load.ts";
import { remark } from "../notes.ts";
import { addColourOptions } from "../options.ts";
import { screenText } from "../output.ts";
import { writeCaseText } from "../writing.ts";

interface CheckOptions {
  readonly fix?: boolean;
  readonly coverage?: boolean;
  readonly source?: string;
  readonly json?: boolean;
  readonly color?: boolean;
}

export function addCheck(program: Command, done: Done): void {
  const command = program
    .command("check <case>")
    .description("say what is wrong with a case, where, and what to write instead")
    .option("--fix", "first correct the mistakes that have only one possible correction")
    .option("--coverage", "also list claims that switch nothing, and lines with neither a claim nor a mark")
    .option("--source <file>", "check your copy of a source against its hash, and print each claim next to its passage")
    .option("--json", "print everything as JSON");
  addColourOptions(command).action((path: string, o: CheckOptions) => done(checkCase(path, o)));
}

/** 0 where all is well, 1 where only the reader's copy does not fit, 3 where the case is wrong. */
function checkCase(path: string, o: CheckOptions): ExitCode {
  if (o.fix === true) fixCase(path);
  const { documents, model, diagnostics } = load(path);
  const sources = model === null || o.source === undefined ? null : againstSource(model, o.source);
  const found = [...diagnostics, ...(sources ?? []).flatMap((s) => s.diagnostics)];
  const covered = model === null || o.coverage !== true ? null : coverageOf(model, sources ?? []);
  if (o.json === true)
    process.stdout.write(checkJson({ model, documents, diagnostics: found, coverage: covered, sources }));
  else {
    process.stdout.write(printDiagnostics(found, documents));
    if (sources !== null) process.stdout.write(screenText(sourceBlocks(sources), o));
    if (covered !== null) process.stdout.write(screenText(coverageBlocks(covered), o));
    if (model !== null && found.length === 0) process.stdout.write(screenText(soundBlocks(model), o));
  }
  if (model === null || !isClean(diagnostics)) return 3;
  return isClean(found) ? 0 : 1;
}

/** So many rounds a fix may lead on to another. */
const mostRounds = 20;

/** Takes the fixes that are sure, and writes the files they change. */
function fixCase(path: string): void {
  const first = readCase(path);
  const { documents, taken } = fixTexts(first, columnsBeside(path));
  documents.forEach((d, i) => {
    if (d.text !== first[i]?.text) writeCaseText(d.name, d.text);
  });
  if (taken > 0) remark(`${plural(taken, "fix", "fixes")} taken`);
}

/** The texts of a case with every fix taken that is sure, and how many there were. */
export function fixTexts(
  first: readonly Document[],
  columnsOf?: ColumnsOfFile,
): {
  readonly documents: readonly Document[];
  readonly taken: number;
} {
  let documents = first;
  let taken = 0;
  let [, found] = readModel(documents, columnsOf);
  for (let round = 0; round < mostRounds; round++) {
    const [next, left] = bettered(documents, found, columnsOf);
    if (next.taken === 0) break;
    ({ documents } = next);
    found = left;
    taken += next.taken;
  }
  return { documents, taken };
}

type Found = readonly Diagnostic[];

/**
 * One round of fixes: all at once where that leaves less wrong than before; else the first that does so alone, since a slip may lead to messages whose
 * fixes are no help.
 */
function bettered(
  documents: readonly Document[],
  found: Found,
  columnsOf?: ColumnsOfFile,
): readonly [ReturnType<typeof takeFixes>, Found] {
  const attempts = [
    found,
    ...found
      .filter((d) => d.fixes[0]?.isSure === true)
      .slice(0, mostRounds)
      .map((d) => [d]),
  ];
  for (const attempt of attempts) {
    const next = takeFixes(documents, attempt);
    if (next.taken === 0) break;
    const [, left] = readModel(next.documents, columnsOf);
    if (isLess(left, found)) return [next, left];
  }
  return [{ documents, taken: 0 }, found];
}

/** Less is wrong: first in the grammar, since more may be seen once that is right, then in all, errors before warnings. */
function isLess(left: Found, found: Found): boolean {
  const counts = (of: Found): readonly number[] => [
    of.filter((d) => isOfGrammar(d)).length,
    of.filter((d) => d.severity === "error").length,
    of.length,
  ];
  const before = counts(found);
  const changes = counts(left).map((n, i) => n - (before[i] ?? 0));
  return (changes.find((change) => change !== 0) ?? 0) < 0;
}

/** A reader's copy of a source, recognised by its hash. */
function againstSource(model: Model, file: string): readonly SourceCheck[] {
  return verifySource(model, { name: file, text: readText(file) });
}

function coverageOf(model: Model, sources: readonly SourceCheck[]): Coverage {
  const known = sources.filter((s) => s.sentences.length > 0).map((s) => [s.source, s.sentences] as const);
  return coverage(model, Object.fromEntries(known));
}
