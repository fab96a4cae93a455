/** `casus check`: what is wrong with a case, where, and what to write instead. */

import type { Command } from "commander";
import { coverage, isClean, printDiagnostics, verifySource, type Diagnostic, type Model } from "#casus.ts";
import type { Done } from "../exit.ts";
import { readText } from "../files.ts";
import { load } from "../load.ts";
import type { ExitCode } from "../exit.ts";

export function addCheck(program: Command, done: Done): void {
  program
    .command("check <case>")
    .description("say what is wrong with a case, where, and what to write instead")
    .option("--coverage", "also tell claims that switch nothing and lines nothing supports")
    .option("--source <file>", "check a copy of a source against its hash, and the passages against it")
    .option("--json", "diagnostics as JSON")
    .action((path: string, o: { coverage?: boolean; source?: string; json?: boolean }) => done(checkCase(path, o)));
}

function checkCase(
  path: string,
  o: { readonly coverage?: boolean; readonly source?: string; readonly json?: boolean },
): ExitCode {
  const { documents, model, diagnostics } = load(path);
  const found = [...diagnostics];
  if (model !== null && o.source !== undefined) found.push(...againstSource(model, o.source));
  if (o.json === true)
    process.stdout.write(`${JSON.stringify({ schema: "casus/check@1", diagnostics: found }, null, 2)}\n`);
  else process.stdout.write(printDiagnostics(found, documents));
  if (model !== null && o.coverage === true) process.stdout.write(coverageText(model));
  if (model !== null && found.length === 0 && o.json !== true)
    process.stdout.write(`${model.name}: ${counts(model)}. Nothing is wrong with it.\n`);
  return isClean(found) && model !== null ? 0 : 1;
}

/** A reader's copy of a source, told apart by its hash. */
function againstSource(model: Model, file: string): readonly Diagnostic[] {
  return verifySource(model, { name: file, text: readText(file) }).flatMap((c) => c.diagnostics);
}

function counts(model: Model): string {
  return `${model.claims.length} claims, ${model.unknowns.length} unknowns, ${model.stocks.filter((s) => !s.hidden).length} stocks, ${model.events.length} events, ${model.conclusions.length} conclusions`;
}

function coverageText(model: Model): string {
  const found = coverage(model);
  const lines = [
    `Claims that switch nothing: ${found.idleClaims.join(", ") || "none"}.`,
    `Claims that point at no passage and cite nothing: ${found.unlocated.join(", ") || "none"}.`,
    `Lines with neither a claim nor a mark: ${found.unsupported.length}.`,
    ...found.unsupported.map((t) => `  ${t.owner}: ${t.text}`),
  ];
  return `${lines.join("\n")}\n`;
}
