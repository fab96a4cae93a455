/** `casus export`: a case, or a part of it, as a file that other programs open. */

import type { Command } from "commander";
import {
  dateText,
  firstRuns,
  questionsAsCsv,
  questionsAsJson,
  questionsAsMarkets,
  scoreFindings,
  writeArgdown,
  writeXmile,
  type ForecastQuestion,
  type Model,
  type ScoreFindings,
} from "#internal.ts";
import { drive } from "../drive.ts";
import type { Done, ExitCode } from "../exit.ts";
import { Usage } from "../disk.ts";
import { loadToRun } from "../load.ts";
import { remark } from "../notes.ts";
import { requestOf, withRunOptions, type RunOptions } from "../options.ts";
import { writeOutput } from "../output.ts";

const formats = ["xmile", "argdown", "forecasts-json", "forecasts-csv", "forecasts-manifold"] as const;

interface ExportOptions extends RunOptions {
  readonly format: string;
}

export function addExport(program: Command, done: Done): void {
  withRunOptions(
    program.command("export <case>").description("write a case, or a part of it, as a file that other programs open"),
    firstRuns,
  )
    .requiredOption(
      "--format <format>",
      "xmile: the model at its medians, without luck; argdown: the claims; forecasts-json, forecasts-csv: the forecasts with their probabilities, in fields named as at Metaculus; forecasts-manifold: the same as markets to open at Manifold",
    )
    .action(async (path: string, o: ExportOptions) => done(await exportCase(path, { ...o, series: [] })));
}

async function exportCase(path: string, o: ExportOptions): Promise<ExitCode> {
  const format = formats.find((f) => f === o.format);
  if (format === undefined) throw new Usage(`there is no format '${o.format}'; there are ${formats.join(", ")}`);
  const { model } = loadToRun(path);
  const request = requestOf(model, o);
  if (format === "xmile") {
    const { text, leftOut } = writeXmile(model, request.set);
    for (const line of leftOut) remark(`left out: ${line}`);
    writeOutput(text, o);
  } else if (format === "argdown") writeOutput(writeArgdown(model), o);
  else {
    if (model.forecasts.length === 0) throw new Usage(`${path} has no forecast to export; declare one with 'forecast'`);
    const { views, seed, worlds, set, budget } = request;
    const found = await drive(o, (lab) => scoreFindings(model, { views, seed, worlds, set, budget, frozen: [] }, lab));
    const questions = questionsOf(model, found);
    if (format === "forecasts-manifold") {
      if (views.length > 1) throw new Usage(`a market has one probability; name one view with --view`);
      const { text, leftOut } = questionsAsMarkets(questions);
      for (const line of leftOut) remark(`left out: ${line}`);
      writeOutput(text, o);
    } else writeOutput(format === "forecasts-json" ? questionsAsJson(questions) : questionsAsCsv(questions), o);
  }
  return 0;
}

function questionsOf(model: Model, found: ScoreFindings): readonly ForecastQuestion[] {
  return found.forecasts.flatMap((f) => {
    const isDated = model.time !== null && model.time.start !== null;
    const by = isDated ? dateText(model.time, f.by) : null;
    const moment = by === null ? null : `${by}T00:00:00Z`;
    const supposed = Object.entries(f.situation.choices).map(([choice, option]) => `${choice} = ${option}`);
    return f.views.map(({ view, chance }): ForecastQuestion => ({
      id: `${model.name}/${f.name}/${view}`,
      title: f.label,
      type: "binary",
      description: `From the case '${model.title}'.`,
      resolution_criteria: `Resolves yes if this is so${by === null ? "" : ` by ${by}`}: ${f.text}`,
      fine_print: `A share of simulated runs of the model '${model.title}', under the view '${view}'${supposed.length === 0 ? "" : `, supposing ${supposed.join(" and ")}`}; not an observation.`,
      scheduled_close_time: moment,
      scheduled_resolve_time: moment,
      state: f.state,
      resolution: f.state === "came true" ? "yes" : f.state === "came false" ? "no" : null,
      resolved_on: f.resolvedOn,
      view,
      probability: chance.value,
      probability_error: chance.se,
      base_rate: f.base.value,
    }));
  });
}
