/** `casus play`: the choices of a case, or a game in a file, solved. */

import { InvalidArgumentError, type Command } from "commander";
import {
  fileAsEfg,
  fileAsNfg,
  playFileJson,
  playFileBlocks,
  playFindings,
  playJson,
  playBlocks,
  problemText,
  solveFile,
  treeAsEfg,
  treeAsNfg,
  type PlayFindings,
} from "#internal.ts";
import { drive } from "../drive.ts";
import type { Done, ExitCode } from "../exit.ts";
import { readText, Usage } from "../files.ts";
import { loadToRun } from "../load.ts";
import { requestOf, whole, withRunOptions, type RunOptions } from "../options.ts";
import { provenanceOf, screenText, writeOutput } from "../output.ts";
import { kept } from "../shard-folder.ts";
import { writeWhole } from "../writing.ts";

interface PlayOptions extends RunOptions {
  readonly patterns: number;
  readonly beliefs: number;
  readonly lambda: number;
  readonly correct?: boolean;
  readonly privateTypes?: string;
  readonly export?: string;
}

export function addPlay(program: Command, done: Done): void {
  withRunOptions(
    program
      .command("play <case>")
      .description("solve the choices of a case, or the game in a .efg, .nfg, .agg or .gbt file"),
    400,
  )
    .option("--patterns <n>", "number of patterns of types to solve, the likeliest first", whole(1, 1000), 2)
    .option(
      "--beliefs <n>",
      "number of beliefs to solve one by one, to see how far the choices depend on what nobody knows (0: none)",
      whole(0, 100_000),
      40,
    )
    .option(
      "--lambda <n>",
      "how sharply actors choose, in the logit equilibrium that is shown first: λ × payoff range",
      sharpness,
      10,
    )
    .option("--correct", "also show what each correction of an actor's view would be worth to it")
    .option(
      "--private-types <actor>",
      "also solve the game in which only this actor knows the types, and the others go by the credences of their view",
    )
    .option(
      "--export <file>",
      "write the game (of the first view's likeliest pattern) as .efg, or its reduced normal form as .nfg",
    )
    .action(async (path: string, o: PlayOptions) =>
      done(/\.(efg|nfg|agg|gbt)$/i.test(path) ? playFile(path, o) : await playCase(path, { ...o, series: [] })),
    );
}

function sharpness(text: string): number {
  const n = Number(text);
  if (!(n >= 0) || n > 10_000) throw new InvalidArgumentError("Write a number from 0 to 10000.");
  return n;
}

async function playCase(path: string, o: PlayOptions): Promise<ExitCode> {
  const { model, documents } = loadToRun(path);
  const request = {
    ...requestOf(model, o),
    patterns: o.patterns,
    beliefs: o.beliefs,
    lambda: o.lambda,
    correct: o.correct === true,
    informed: o.privateTypes ?? null,
  };
  const provenance = provenanceOf(model, documents);
  const findings = await drive(o, (lab, stage) =>
    playFindings(model, request, kept(lab, o, { verb: "play", provenance, request }), stage),
  );
  if (o.export !== undefined) writeWhole(o.export, exported(findings, o.export));
  writeOutput(
    o.json === true ? playJson(findings, provenance) : screenText(playBlocks(model, findings, provenance), o),
    o,
  );
  return 0;
}

function exported(findings: PlayFindings, file: string): string {
  const game = findings.plays[0]?.patterns[0]?.game;
  if (game === undefined) throw new Usage("there is no game to export");
  return checkedExport(
    /\.nfg$/i.test(file) ? treeAsNfg(game) : /\.efg$/i.test(file) ? treeAsEfg(game) : undefined,
    file,
  );
}

function checkedExport(text: string | null | undefined, file: string): string {
  if (text === undefined) throw new Usage(`--export ${file}: end the name in .efg or .nfg`);
  if (text === null)
    throw new Usage(
      `--export ${file}: the game cannot be written so; a tree becomes .efg, and .nfg where it is small enough`,
    );
  return text;
}

function playFile(path: string, o: PlayOptions): ExitCode {
  const [file, problems] = solveFile(readText(path));
  if (file === null) {
    for (const p of problems) process.stderr.write(problemText(path, p));
    return 3;
  }
  if (o.export !== undefined) {
    const text = /\.nfg$/i.test(o.export) ? fileAsNfg(file) : /\.efg$/i.test(o.export) ? fileAsEfg(file) : undefined;
    writeWhole(o.export, checkedExport(text, o.export));
  }
  writeOutput(o.json === true ? playFileJson(file) : screenText(playFileBlocks(file), o), o);
  return 0;
}
