/** `casus flip`: what would reverse a conclusion: a claim's credence, a pair's, a set of claims, an unknown's value, another view. */

import type { Command } from "commander";
import {
  checkExplained,
  discoverAll,
  flipFindings,
  flipJson,
  flipPictures,
  flipBlocks,
  noShelf,
  inGroups,
  scenarioPage,
} from "#internal.ts";
import { drive } from "../drive.ts";
import type { Done, ExitCode } from "../exit.ts";
import { loadToRun } from "../load.ts";
import { requestOf } from "../options.ts";
import { kept } from "../shard-folder.ts";
import { provenanceOf, screenText, writeOutput } from "../output.ts";
import { tableShelf } from "../tables.ts";
import { checkTarget, drawTo, shelfFile, withTableOptions, type TableRunOptions } from "./explain.ts";

interface FlipRunOptions extends TableRunOptions {
  readonly scenarios?: boolean;
}

export function addFlip(program: Command, done: Done): void {
  withTableOptions(
    program
      .command("flip <case> <conclusion>")
      .description("show what would reverse a conclusion: credences, sets of claims, values of unknowns, views"),
  )
    .option("--scenarios", "also find combinations of claims and unknowns under which it fails")
    .action(async (path: string, target: string, o: FlipRunOptions) => done(await flipCase(path, target, o)));
}

async function flipCase(path: string, target: string, o: FlipRunOptions): Promise<ExitCode> {
  const { model, documents } = loadToRun(path);
  checkTarget(model, target);
  const request = requestOf(model, { ...o, series: [] });
  const provenance = provenanceOf(model, documents, o.engine);
  const shelf = tableShelf(model, provenance.hash, shelfFile(o), o.set);
  const work = { verb: `flip ${target}`, provenance, request };
  const beside = { jitter: 0, scenarios: o.scenarios === true };
  const options = { ...o, exact: o.exact ?? null };
  checkExplained({ model, name: target, request, options, beside, find: (shelf ?? noShelf).find });
  const [findings, scenarios] = await drive(o, async (lab) => [
    await flipFindings({ model, name: target, request, options, lab: kept(lab, o, work), shelf }),
    o.scenarios === true ? await discoverAll(model, target, request, kept(lab, o, work)) : null,
  ]);
  drawTo(o.svg, flipPictures(model, findings, provenance));
  writeOutput(
    o.json === true
      ? flipJson(findings, provenance, scenarios)
      : screenText(
          inGroups([
            flipBlocks(model, findings, provenance, { everything: o.all === true }),
            ...(scenarios ?? []).map((d) => scenarioPage(model, findings.target, d)),
          ]),
          o,
        ),
    o,
  );
  return 0;
}
