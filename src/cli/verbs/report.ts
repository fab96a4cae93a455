/** `casus report`: a case as a page to print, in HTML without script or in Markdown. */

import { Option, type Command } from "commander";
import {
  caseReport,
  distinctViews,
  documentHtml,
  documentMarkdown,
  recordTests,
  reportFindings,
  reportJson,
  tellingChoice,
  type FurtherRequest,
} from "#internal.ts";
import { drive } from "../drive.ts";
import { kept } from "../shard-folder.ts";
import type { Done, ExitCode } from "../exit.ts";
import { Usage } from "../files.ts";
import { loadToRun } from "../load.ts";
import { frozenBeside } from "../frozen.ts";
import { jitterOption, names, requestOf, withRunOptions, type RunOptions } from "../options.ts";
import { provenanceOf, writeOutput } from "../output.ts";

interface ReportOptions extends RunOptions {
  readonly explain: FurtherRequest["explain"];
  readonly jitter: number;
  readonly learn?: boolean;
  readonly format?: string;
}

export function addReport(program: Command, done: Done): void {
  withRunOptions(
    program
      .command("report <case>")
      .description(
        "write a case as a page to print: verdicts, claims, pictures, what it leaves out (by default under every view)",
      ),
  )
    .option("--format <name>", "html or markdown (default: by the ending of --out, else html)")
    .addOption(
      new Option(
        "--explain <which>",
        "which conclusions to explain under each view: the leading one, those of the text, or all",
      )
        .choices(["leading", "text", "all"])
        .default("text"),
    )
    .addOption(jitterOption(1000, 8))
    .option("--learn", "weigh every view by what has been seen since; doubles the runs")
    .option("--series <names>", "stocks and lets to draw over time, separated by commas", names, [])
    .action(async (path: string, o: ReportOptions) => done(await report(path, o)));
}

async function report(path: string, o: ReportOptions): Promise<ExitCode> {
  const format = formatOf(o);
  const { model, documents, tables } = loadToRun(path);
  const asked = requestOf(model, o);
  const request = o.view.length > 0 || o.allViews === true ? asked : { ...asked, views: distinctViews(model) };
  const provenance = provenanceOf(model, documents, o.engine);
  const work = { verb: "report", provenance, request };
  const frozen = frozenBeside(path);
  const findings = await drive(o, (lab, tell) => {
    const want: FurtherRequest = { explain: o.explain, variants: o.jitter, learn: o.learn === true, frozen, tell };
    return reportFindings(model, request, tellingChoice, want, kept(lab, o, work));
  });
  if (o.json === true) writeOutput(reportJson(model, findings, provenance), o);
  else {
    const page = caseReport(model, findings, recordTests(model, tables, o.seed), provenance);
    writeOutput(format === "html" ? documentHtml(page) : documentMarkdown(page), o);
  }
  return 0;
}

function formatOf(o: ReportOptions): "html" | "markdown" {
  const { format, out = "" } = o;
  if (format === undefined) return /\.(md|markdown)$/i.test(out) ? "markdown" : "html";
  if (format === "html" || format === "markdown") return format;
  throw new Usage(`a report cannot be written as '${format}'; write --format html or --format markdown`);
}
