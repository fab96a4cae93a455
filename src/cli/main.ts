/** The command line: words in, files and exit codes out. */

import { readFileSync, writeFileSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import {
  check,
  colourPalette,
  coverage,
  defaultBudget,
  distinctViews,
  format,
  isClean,
  nearest,
  notRunOf,
  OverBudget,
  parse,
  plainPalette,
  printDiagnostics,
  runFindings,
  runReport,
  sha256Of,
  StoppedRun,
  testFindings,
  testReport,
  toJson,
  verifySource,
  viewNames,
  type Diagnostic,
  type Document,
  type Model,
  type Palette,
  type Provenance,
  type Request,
} from "#casus.ts";
import { drive, Stopped } from "./drive.ts";
import { readCase, readText, Usage } from "./files.ts";

/** 0 done; 1 the case or a check failed; 2 wrong usage; 3 a run could not go on; 4 over budget; 130 stopped. */
type ExitCode = 0 | 1 | 2 | 3 | 4 | 130;

interface RunOptions {
  readonly view: readonly string[];
  readonly allViews?: boolean;
  readonly worlds: number;
  readonly seed: number;
  readonly set: Readonly<Record<string, string>>;
  readonly choices: readonly string[];
  readonly series: readonly string[];
  readonly budget: number;
  readonly json?: boolean;
  readonly out?: string;
  readonly color?: boolean;
  readonly strict?: boolean;
  readonly figures?: boolean;
  readonly outcomes?: boolean;
}

const version = (
  JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string }
).version;

/** Runs one command line; gives the exit code. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = 0;
  const done = (result: ExitCode): void => {
    code = result;
  };
  const program = commandLine(done);
  try {
    await program.parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): ExitCode {
  if (error instanceof Stopped) return 130;
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof Usage) return tell(text, 2);
  if (error instanceof OverBudget) return tell(`${text}, or raise it with --budget`, 4);
  if (error instanceof StoppedRun) return tell(text, 3);
  if (error instanceof Error && "exitCode" in error && "code" in error && String(error.code).startsWith("commander."))
    return error.exitCode === 0 ? 0 : 2;
  throw error;
}

function tell(text: string, code: ExitCode): ExitCode {
  process.stderr.write(`casus: ${text}\n`);
  return code;
}

function commandLine(done: (code: ExitCode) => void): Command {
  const program = new Command("casus")
    .description("Runs a written argument about a crisis: what follows, what it rests on.")
    .version(version)
    .exitOverride()
    .showHelpAfterError("(casus --help tells what there is)");
  program
    .command("check <case>")
    .description("say what is wrong with a case, where, and what to write instead")
    .option("--coverage", "also tell claims that switch nothing and lines nothing supports")
    .option("--source <file>", "check a copy of a source against its hash, and the passages against it")
    .option("--json", "diagnostics as JSON")
    .action((path: string, o: { coverage?: boolean; source?: string; json?: boolean }) => done(checkCase(path, o)));
  program
    .command("format <case>")
    .description("lay the files of a case out tidily")
    .option("--check", "change nothing; fail when a file is not tidy")
    .action((path: string, o: { check?: boolean }) => done(formatCase(path, o.check === true)));
  withRunOptions(
    program.command("run <case>").description("run a case: its conclusions' verdicts and its outcomes, side by side"),
  )
    .option("--outcomes", "tell every outcome in every combination of choices")
    .option("--figures", "tell the figures behind every verdict")
    .option("--series <names>", "stocks and lets whose course goes into the JSON, separated by commas", names, [])
    .option("--strict", "exit 1 unless every conclusion holds")
    .action(async (path: string, o: RunOptions) => done(await runCase(path, o)));
  withRunOptions(program.command("test <case>").description("check what the case expects of itself")).action(
    async (path: string, o: RunOptions) => done(await testCase(path, { ...o, series: [] })),
  );
  return program;
}

function withRunOptions(command: Command): Command {
  return command
    .option(
      "--view <name>",
      "a view of the case; may be given several times (the first declared one unless said)",
      (v: string, all: string[]) => [...all, v],
      [],
    )
    .option("--all-views", "every view of the case")
    .option("--worlds <n>", "simulated runs of each combination of choices", whole(1, 100_000_000), 400)
    .option("--seed <n>", "seed of every draw", whole(0, 4_294_967_295), 1)
    .option("--set <choice=option>", "hold a choice at an option; may be given several times", pair, {})
    .option(
      "--choices <names>",
      "go through these choices even where they have a default, separated by commas",
      names,
      [],
    )
    .option("--budget <n>", "steps × runs × equations allowed", amount, defaultBudget)
    .option("--json", "everything as JSON")
    .option("--out <file>", "write there instead of to the screen")
    .option("--color", "colours even where the output is no terminal")
    .option("--no-color", "no colours");
}

function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const n = Number(text.replaceAll("_", ""));
    if (!/^[\d_]+(e\d+)?$/i.test(text) || !Number.isSafeInteger(n) || n < least || n > most)
      throw new InvalidArgumentError(`Write a whole number from ${least} to ${most}.`);
    return n;
  };
}

function amount(text: string): number {
  const n = Number(text);
  if (!(n > 0) || !Number.isFinite(n)) throw new InvalidArgumentError("Write a number above 0, such as 1e11.");
  return n;
}

function names(text: string): string[] {
  return text
    .split(",")
    .map((t) => t.trim())
    .filter((t) => t !== "");
}

function pair(text: string, all: Readonly<Record<string, string>>): Record<string, string> {
  const at = text.indexOf("=");
  if (at < 1 || at === text.length - 1) throw new InvalidArgumentError("Write it as choice=option.");
  return { ...all, [text.slice(0, at).trim()]: text.slice(at + 1).trim() };
}

// ---- the verbs

interface Loaded {
  readonly documents: readonly Document[];
  readonly model: Model | null;
  readonly diagnostics: readonly Diagnostic[];
}

function load(path: string): Loaded {
  const documents = readCase(path);
  const parsed = documents.map((d) => parse(d));
  const syntax = parsed.flatMap(([, found]) => found);
  const [model, found] = check(
    parsed.map(([file]) => file),
    documents,
  );
  // Names cannot be judged where the text could not be read.
  const isRead = isClean(syntax);
  return { documents, model: isRead ? model : null, diagnostics: isRead ? [...syntax, ...found] : syntax };
}

/** The model, or its diagnostics told and null. Warnings are told and do not stop anything. */
function loadToRun(path: string): { readonly model: Model; readonly documents: readonly Document[] } | null {
  const { documents, model, diagnostics } = load(path);
  if (diagnostics.length > 0) process.stderr.write(printDiagnostics(diagnostics, documents));
  return model === null ? null : { model, documents };
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

function formatCase(path: string, isCheck: boolean): ExitCode {
  let untidy = 0;
  for (const document of readCase(path)) {
    const [, diagnostics] = parse(document);
    if (!isClean(diagnostics)) {
      process.stderr.write(printDiagnostics(diagnostics, [document]));
      return 1;
    }
    const tidy = format(document);
    if (tidy === document.text) continue;
    untidy++;
    process.stdout.write(`${document.name}${isCheck ? " is not tidy" : ""}\n`);
    if (!isCheck) writeFileSync(document.name, tidy);
  }
  return isCheck && untidy > 0 ? 1 : 0;
}

async function runCase(path: string, o: RunOptions): Promise<ExitCode> {
  const loaded = loadToRun(path);
  if (loaded === null) return 1;
  const { model, documents } = loaded;
  const request = requestOf(model, o);
  const findings = await drive(runFindings(model, request));
  const provenance = provenanceOf(model, documents);
  const text =
    o.json === true
      ? toJson("casus/run@1", provenance, { ...findings, notRun: notRunOf(model) })
      : runReport(findings, provenance, notRunOf(model), {
          width: widthOf(),
          palette: paletteOf(o),
          figures: o.figures === true,
          outcomes: o.outcomes === true,
        });
  write(text, o);
  return o.strict === true && findings.conclusions.some((c) => c.verdict !== "holds") ? 1 : 0;
}

async function testCase(path: string, o: RunOptions): Promise<ExitCode> {
  const loaded = loadToRun(path);
  if (loaded === null) return 1;
  const { model, documents } = loaded;
  const findings = await drive(testFindings(model, requestOf(model, o)));
  const provenance = provenanceOf(model, documents);
  write(
    o.json === true
      ? toJson("casus/test@1", provenance, findings)
      : testReport(findings, provenance, widthOf(), paletteOf(o)),
    o,
  );
  return findings.expectations.every((e) => e.state === "passed") ? 0 : 1;
}

function requestOf(model: Model, o: RunOptions): Request {
  const known = viewNames(model);
  for (const view of o.view)
    if (!known.includes(view))
      throw new Usage(`the case has no view '${view}'${didYouMean(view, known)}; it has ${known.join(", ")}`);
  for (const [choice, option] of Object.entries(o.set)) checkChoice(model, choice, option);
  for (const choice of o.choices) checkChoice(model, choice, null);
  const things = [...model.stocks, ...model.lets].map((t) => t.name);
  for (const name of o.series)
    if (!things.includes(name)) throw new Usage(`the case has no stock or let '${name}'${didYouMean(name, things)}`);
  const views =
    o.allViews === true
      ? distinctViews(model)
      : o.view.length > 0
        ? [...new Set(o.view)]
        : distinctViews(model).slice(0, 1);
  return { views, seed: o.seed, worlds: o.worlds, set: o.set, vary: o.choices, series: o.series, budget: o.budget };
}

function checkChoice(model: Model, name: string, option: string | null): void {
  const choice = model.choices.find((c) => c.name === name);
  if (choice === undefined) {
    const all = model.choices.map((c) => c.name);
    throw new Usage(`the case has no choice '${name}'${didYouMean(name, all)}; it has ${all.join(", ") || "none"}`);
  }
  const options = choice.options.map((x) => x.name);
  if (option !== null && !options.includes(option))
    throw new Usage(`'${name}' cannot be '${option}'${didYouMean(option, options)}; it can be ${options.join(", ")}`);
}

function didYouMean(name: string, all: readonly string[]): string {
  const near = nearest(name, all);
  return near.length === 0 ? "" : ` (did you mean ${near.map((n) => `'${n}'`).join(" or ")}?)`;
}

function provenanceOf(model: Model, documents: readonly Document[]): Provenance {
  return {
    case: model.name,
    title: model.title,
    hash: sha256Of(documents.map((d) => d.text).join("\n")),
    engine: `casus ${version} (reference)`,
    version: model.version,
    modeller: model.modeller,
    asOf: model.asOf,
    leavesOut: model.leavesOut,
  };
}

function widthOf(): number {
  return Math.max(60, Math.min(100, process.stdout.columns ?? 100));
}

function paletteOf(o: RunOptions): Palette {
  const isWanted =
    o.color ?? (process.stdout.isTTY === true && o.out === undefined && process.env["NO_COLOR"] === undefined);
  return isWanted ? colourPalette : plainPalette;
}

function write(text: string, o: RunOptions): void {
  if (o.out === undefined) process.stdout.write(text);
  else writeFileSync(o.out, text);
}
