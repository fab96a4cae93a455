/** `casus score`: what a case foretells, how it has fared, and how that scores; open forecasts may be laid down. */

import type { Command } from "commander";
import { dateText, firstRuns, layDown, scoreFindings, scoreJson, scorePage } from "#internal.ts";
import { drive } from "../drive.ts";
import type { Done, ExitCode } from "../exit.ts";
import { frozenBeside, frozenFile, frozenName } from "../frozen.ts";
import { loadToRun } from "../load.ts";
import { remark } from "../notes.ts";
import { requestOf, withRunOptions, type RunOptions } from "../options.ts";
import { provenanceOf, screenText, writeOutput } from "../output.ts";
import { writeWhole } from "../writing.ts";

interface ScoreOptions extends RunOptions {
  readonly freeze?: boolean;
}

export function addScore(program: Command, done: Done): void {
  withRunOptions(
    program
      .command("score <case>")
      .description("score the forecasts of a case: which came true, and how likely they were called"),
    firstRuns,
  )
    .option(
      "--freeze",
      `lay down the open forecasts as they stand, after what has been seen by today, in ${frozenName} next to the case`,
    )
    .action(async (path: string, o: ScoreOptions) => done(await score(path, { ...o, series: [] })));
}

async function score(path: string, o: ScoreOptions): Promise<ExitCode> {
  const { model, documents } = loadToRun(path);
  const { views, seed, worlds, set, budget } = requestOf(model, o);
  const file = frozenFile(path);
  const frozen = frozenBeside(path);
  const provenance = provenanceOf(model, documents);
  const today = { caseHash: provenance.hash, on: new Date().toISOString().slice(0, 10) };
  const [findings, laid] = await drive(o, async (lab) => {
    const found = await scoreFindings(model, { views, seed, worlds, set, budget, frozen }, lab);
    return [found, o.freeze === true ? await layDown(model, found, today, lab) : null];
  });
  const dateOf = (time: number): string => dateText(model.time, time);
  writeOutput(
    o.json === true ? scoreJson(findings, provenance, dateOf) : screenText(scorePage(model, findings, provenance), o),
    o,
  );
  if (laid !== null) {
    const { fresh, untold } = laid;
    // What was laid down stays: the file only grows.
    const text = JSON.stringify({ schema: "casus/frozen@1", forecasts: [...frozen, ...fresh] }, null, 2);
    writeWhole(file, `${text}\n`);
    remark(`${fresh.length === 1 ? "1 forecast" : `${fresh.length} forecasts`} laid down in ${file}`);
    for (const [view, reason] of Object.entries(untold)) remark(`not under ${view}: ${reason}; more --worlds may do`);
  }
  return 0;
}
