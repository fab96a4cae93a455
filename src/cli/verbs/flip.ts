/** `casus flip`: what would reverse a conclusion: a claim's credence, a pair's, a set of claims, an unknown's value, another view. */

import type { Command } from "commander";
import { flipFindings, flipJson, flipReport } from "#casus.ts";
import { drive } from "../drive.ts";
import type { Done, ExitCode } from "../exit.ts";
import { loadToRun } from "../load.ts";
import { requestOf } from "../options.ts";
import { paletteOf, provenanceOf, widthOf, write } from "../output.ts";
import { tableShelf } from "../tables.ts";
import { asUsage, checkTarget, shelfFile, withTableOptions, type TableRunOptions } from "./explain.ts";

export function addFlip(program: Command, done: Done): void {
  withTableOptions(
    program
      .command("flip <case> <conclusion>")
      .description("say what would reverse a conclusion: credences, sets of claims, values of unknowns, views"),
  ).action(async (path: string, target: string, o: TableRunOptions) => done(await flipCase(path, target, o)));
}

async function flipCase(path: string, target: string, o: TableRunOptions): Promise<ExitCode> {
  const { model, documents } = loadToRun(path);
  checkTarget(model, target);
  const request = requestOf(model, { ...o, series: [] });
  const provenance = provenanceOf(model, documents, o.engine);
  const shelf = tableShelf(model, provenance.hash, shelfFile(o), o.set);
  const findings = await asUsage(drive(o, (lab) => flipFindings(model, target, request, o, lab, shelf)));
  write(
    o.json === true
      ? flipJson(findings, provenance)
      : flipReport(model, findings, provenance, {
          width: widthOf(),
          palette: paletteOf(o),
          everything: o.all === true,
        }),
    o,
  );
  return 0;
}
