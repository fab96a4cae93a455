/** `casus learn`: what a case's evidence makes each view believe. */

import { InvalidArgumentError, type Command } from "commander";
import {
  learnFindings,
  learnJson,
  learnPage,
  learnWorlds,
  timeAt,
  worldsOf,
  type LearnRequest,
  type Model,
} from "#internal.ts";
import { drive } from "../drive.ts";
import type { Done, ExitCode } from "../exit.ts";
import { Usage } from "../files.ts";
import { loadToRun } from "../load.ts";
import { requestOf, withRunOptions, type RunOptions } from "../options.ts";
import { provenanceOf, screenText, writeOutput } from "../output.ts";

interface LearnVerbOptions extends RunOptions {
  readonly until?: string;
  readonly motives?: boolean;
  readonly conclusions?: boolean;
}

export function addLearn(program: Command, done: Done): void {
  withRunOptions(
    program.command("learn <case>").description("weigh the runs of a case by its evidence: what has been seen since"),
  )
    .addHelpText(
      "after",
      "\nIf too few of the --worlds runs (4,000 by default) agree with what was seen, Casus draws more of those that do, gives each less weight, and makes up to 32 times as many runs, within the budget.",
    )
    .option("--until <date>", "count only what was seen by this date, such as 2023-06 or 2023-06-30", date)
    .option("--motives", "update motives too; without this, each view keeps its credences of them")
    .option("--no-conclusions", "leave the conclusions out: most of the runs go there")
    .action(async (path: string, o: LearnVerbOptions) => done(await learn(path, { ...o, series: [] })));
}

function date(text: string): string {
  if (!/^\d{4}-\d{2}(-\d{2})?$/.test(text))
    throw new InvalidArgumentError("Write a date such as 2023-06 or 2023-06-30.");
  return text;
}

async function learn(path: string, o: LearnVerbOptions): Promise<ExitCode> {
  const { model, documents } = loadToRun(path);
  const request = learnRequestOf(model, path, o);
  const findings = await drive(o, (lab) => learnFindings(model, request, lab));
  const provenance = provenanceOf(model, documents);
  writeOutput(
    o.json === true ? learnJson(findings, provenance) : screenText(learnPage(model, findings, provenance), o),
    o,
  );
  return findings.views.some((v) => v.refusal !== null) ? 1 : 0;
}

/** Throws `Usage` for a case without evidence, or a date that its calendar does not have. `called`: how messages name the case. */
export function learnRequestOf(model: Model, called: string, o: LearnVerbOptions): LearnRequest {
  if (model.evidence.length === 0)
    throw new Usage(`${called} has no evidence; say what has been seen with 'evidence', as in docs/language.md`);
  const until = o.until === undefined ? null : timeAt(model.time, o.until);
  if (o.until !== undefined && until === null) throw new Usage(`${o.until} is no date of this case's calendar`);
  const { views, seed, set, budget } = requestOf(model, o);
  return {
    views,
    seed,
    worlds: o.worlds ?? learnWorlds,
    before: worldsOf(o.worlds),
    set,
    budget,
    until,
    // The last day it can mean, so that what was known by then counts as known.
    untilDate: o.until === undefined ? null : o.until.length === 7 ? `${o.until}-31` : o.until,
    motives: o.motives === true,
    conclusions: o.conclusions !== false,
  };
}
