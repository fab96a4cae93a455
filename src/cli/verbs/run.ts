/** `casus run`: a case's conclusions judged and its outcomes told, side by side. */

import type { Command } from "commander";
import {
  checkRawRuns,
  csvText,
  notRunOf,
  rawColumns,
  rawRuns,
  runDocument,
  runFindings,
  runJson,
  runBlocks,
  runTable,
  type Lab,
  type Model,
  type Provenance,
  type Request,
} from "#internal.ts";
import { drive } from "../drive.ts";
import type { Done, ExitCode } from "../exit.ts";
import { loadToRun } from "../load.ts";
import { names, requestOf, withRunOptions, type RunOptions } from "../options.ts";
import { checkRunsFile, metadataOf, openRunsFile } from "../runs-file.ts";
import { Usage } from "../disk.ts";
import { checkWritable, writeWhole } from "../writing.ts";
import { kept } from "../shard-folder.ts";
import { provenanceOf, screenText, writeOutput } from "../output.ts";

export function addRun(program: Command, done: Done): void {
  withRunOptions(
    program.command("run <case>").description("run a case: its conclusions' verdicts and its outcomes, side by side"),
  )
    .option("--outcomes", "show every outcome in every combination of choices")
    .option("--figures", "show the figures behind every verdict")
    .option("--series <names>", "stocks and lets to put into the JSON over time, separated by commas", names, [])
    .option(
      "--runs <file>",
      "also write every single run as a row, to a .parquet, .csv or .arrow file (the runs are made once more)",
    )
    .option("--summary <file>", "also write every figure as a row of one tidy table, to a .csv file")
    .option("--strict", "exit 1 unless every conclusion holds")
    .action(async (path: string, o: RunOptions) => done(await runCase(path, o)));
}

async function runCase(path: string, o: RunOptions): Promise<ExitCode> {
  const { model, documents } = loadToRun(path);
  const request = requestOf(model, o);
  const provenance = provenanceOf(model, documents, o.engine);
  if (o.runs !== undefined) {
    checkRunsFile(o.runs);
    checkRawRuns(model, request);
  }
  if (o.summary !== undefined) checkSummaryFile(o.summary);
  const findings = await drive(o, async (lab) => {
    const own = kept(lab, o, { verb: "run", provenance, request });
    const found = await runFindings(model, request, own);
    if (o.runs !== undefined) await writeRuns(o.runs, model, request, provenance, own);
    return found;
  });
  const text =
    o.json === true
      ? runJson(model, findings, provenance, notRunOf(model))
      : screenText(
          runBlocks(model, findings, provenance, {
            figures: o.figures === true,
            outcomes: o.outcomes === true,
          }),
          o,
        );
  if (o.summary !== undefined) {
    const { columns, rows } = runTable(runDocument(model, findings, provenance, notRunOf(model)));
    writeWhole(o.summary, csvText([columns, ...rows]));
  }
  writeOutput(text, o);
  return o.strict === true && findings.conclusions.some((c) => c.verdict !== "holds") ? 1 : 0;
}

/** Throws `Usage` for a name that is no CSV file, before anything runs. */
function checkSummaryFile(path: string): void {
  if (!/\.csv$/i.test(path))
    throw new Usage(`--summary writes .csv; name the file so, such as summary.csv, not ${path}`);
  checkWritable(path);
}

async function writeRuns(
  path: string,
  model: Model,
  request: Request,
  provenance: Provenance,
  lab: Lab,
): Promise<void> {
  const file = openRunsFile(path, metadataOf(provenance, request, rawColumns(model)));
  try {
    await rawRuns(model, request, lab, file.add);
    file.finish();
  } catch (error) {
    file.abandon();
    throw error;
  }
}
