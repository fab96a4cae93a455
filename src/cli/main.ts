/** The command line: words in, files and exit codes out. Each verb has a file of its own. */

import { Command, Help, type Option } from "commander";
import { addPublish } from "./verbs/publish.ts";
import { addWeb } from "./verbs/web.ts";
import { isSystemError, systemText, Usage } from "./disk.ts";
import type { Done, ExitCode } from "./exit.ts";
import { beQuiet } from "./notes.ts";
import { packageVersion } from "./output.ts";
import { showStatus, status } from "./status.ts";
import { verbTrouble } from "./trouble.ts";
import { addAdd } from "./verbs/add.ts";
import { addCheck } from "./verbs/check.ts";
import { addCompare } from "./verbs/compare.ts";
import { addExplain } from "./verbs/explain.ts";
import { addFlip } from "./verbs/flip.ts";
import { addImport } from "./verbs/import.ts";
import { addExport } from "./verbs/export.ts";
import { addFormat } from "./verbs/format.ts";
import { addParts } from "./verbs/parts.ts";
import { addPlay } from "./verbs/play.ts";
import { addReport } from "./verbs/report.ts";
import { addLearn } from "./verbs/learn.ts";
import { addLsp } from "./verbs/lsp.ts";
import { addMcp } from "./verbs/mcp.ts";
import { addNew } from "./verbs/new.ts";
import { addRun } from "./verbs/run.ts";
import { addScore } from "./verbs/score.ts";
import { addTell } from "./verbs/tell.ts";
import { addTest } from "./verbs/test.ts";
import { addWork } from "./verbs/work.ts";

/** Runs the command line of this process; whatever happens, it ends with a sentence and an exit code. */
export async function start(argv: readonly string[]): Promise<void> {
  const end = (error: unknown): never => process.exit(failed(error));
  process.on("uncaughtException", end);
  process.on("unhandledRejection", end);
  // A full disk, or a reader who has read enough, as `head` does.
  process.stdout.on("error", (error: Error) =>
    end(isSystemError(error) ? new Usage(systemText(error, "standard output")) : error),
  );
  // Where nobody can be told, nothing is.
  process.stderr.on("error", () => {});
  const isQuiet = argv.includes("--quiet");
  const [verb = ""] = argv;
  if (isQuiet) beQuiet();
  else if (!verb.startsWith("-")) showStatus(`casus ${verb}`, servers.includes(verb));
  process.exitCode = await main(argv);
  status().end();
}

/** Verbs that wait for others most of the time. */
const servers: readonly string[] = ["lsp", "mcp", "web", "work"];

/** Runs one command line; gives the exit code. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = 0;
  const done = (result: ExitCode): void => {
    code = result;
  };
  const program = commandLine(done);
  try {
    checkEmpty(argv);
    await program.parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    return failed(error);
  }
}

/** Throws `Usage` for a word that is empty, as of a shell's variable that was never set: no verb and no option has a use for one. */
function checkEmpty(argv: readonly string[]): void {
  const at = argv.findIndex((word) => word === "" || /^--[a-z-]+=$/.test(word));
  if (at < 0) return;
  const option = argv[at] === "" ? (argv[at - 1] ?? "") : (argv[at] ?? "").slice(0, -1);
  const what = option.startsWith("--") ? `what follows ${option}` : `argument ${at + 1}`;
  throw new Usage(`${what} is empty; write a value, or leave it out`);
}

function failed(error: unknown): ExitCode {
  const { text, code } = verbTrouble(error);
  if (text !== null) process.stderr.write(`casus: ${text}\n`);
  return code;
}

/** What an option does and its default: none that is empty, and one that is said in words though it has no value. */
function optionDescription(option: Option): string {
  const { description, defaultValue, defaultValueDescription } = option;
  if (defaultValue === undefined && defaultValueDescription !== undefined)
    return `${description} (default: ${defaultValueDescription})`;
  const isEmpty = typeof defaultValue === "object" && Object.keys(defaultValue as object).length === 0;
  return isEmpty ? description : new Help().optionDescription(option);
}

function commandLine(done: Done): Command {
  const program = new Command("casus")
    .description("Runs a written argument about a crisis: shows what follows from it, and what that rests on.")
    .version(packageVersion)
    .option("--quiet", "write only errors to standard error: no progress, no warnings, no notes")
    .exitOverride()
    .configureHelp({ optionDescription })
    .showHelpAfterError("(casus --help lists the verbs, casus VERB --help its options)");
  const verbs = [
    addAdd,
    addCheck,
    addCompare,
    addExplain,
    addFlip,
    addExport,
    addFormat,
    addImport,
    addLearn,
    addLsp,
    addMcp,
    addNew,
    addParts,
    addPlay,
    addPublish,
    addReport,
    addRun,
    addScore,
    addTell,
    addTest,
    addWeb,
    addWork,
  ];
  for (const add of verbs) add(program, done);
  return program;
}
