/** `casus explain`: what carries a conclusion or an outcome, claim by claim, and what of the unknowns it hangs on. */

import { Option, type Command } from "commander";
import {
  checkExplained,
  explainFindings,
  explainJson,
  explainPictures,
  explainBlocks,
  noShelf,
  jitterFindings,
  inGroups,
  jitterPage,
  mostGates,
  usualTable,
  type ExplainGame,
  type Model,
  type PictureFile,
  withFaces,
} from "#internal.ts";
import { drive } from "../drive.ts";
import type { Done, ExitCode } from "../exit.ts";
import { Usage } from "../files.ts";
import { loadToRun } from "../load.ts";
import { jitterOption, requestOf, whole, withRunOptions, type RunOptions } from "../options.ts";
import { pictureFaces } from "../page/assets.ts";
import { kept } from "../shard-folder.ts";
import { provenanceOf, screenText, writeOutput } from "../output.ts";
import { tableShelf } from "../tables.ts";
import { writeWhole } from "../writing.ts";

export interface TableRunOptions extends RunOptions {
  readonly exact?: number;
  readonly patterns: number;
  readonly unknowns: number;
  readonly table?: string;
  readonly svg?: string;
  readonly all?: boolean;
}

interface ExplainRunOptions extends TableRunOptions {
  readonly game: ExplainGame;
  readonly jitter: number;
}

export function withTableOptions(command: Command): Command {
  return withRunOptions(command)
    .option(
      "--exact <n>",
      `for up to this many claims, run every combination of true and false (default: ${mostGates}, where the table of all conclusions is then small enough for a page)`,
      whole(0, 16),
    )
    .option("--patterns <n>", "otherwise sample this many combinations", whole(64, 1_000_000), usualTable.patterns)
    .option(
      "--unknowns <n>",
      "simulated worlds for the effect of the unknowns; 0 leaves them out",
      whole(0, 1_000_000),
      usualTable.unknowns,
    )
    .option(
      "--table <file>",
      "keep the gate table in this file, and use it again while it still fits the case (default: next to --out)",
    )
    .option(
      "--svg <file>",
      "also draw it in this file; further pictures are written next to it, with their name before the ending",
    )
    .option("--all", "show every claim and unknown");
}

export function addExplain(program: Command, done: Done): void {
  withTableOptions(
    program
      .command("explain <case> <target>")
      .description("show what carries a conclusion or an outcome: what each claim and each unknown contributes"),
  )
    .addOption(
      new Option(
        "--game <game>",
        "removal: claims at their credence or off; assertion: claims on or at their credence; variance: claims known or not",
      )
        .choices(["removal", "assertion", "variance"])
        .default("removal"),
    )
    .addOption(jitterOption(10_000, 0))
    .action(async (path: string, target: string, o: ExplainRunOptions) => done(await explainCase(path, target, o)));
}

/** Exits 2 for a target the case does not have, or that no table can answer for. */
export function checkTarget(model: Model, target: string): void {
  const names = [...model.conclusions, ...model.outcomes].map((c) => c.name);
  if (!names.includes(target))
    throw new Usage(`the case has no conclusion or outcome '${target}'; it has ${names.join(", ")}`);
}

async function explainCase(path: string, target: string, o: ExplainRunOptions): Promise<ExitCode> {
  const { model, documents } = loadToRun(path);
  checkTarget(model, target);
  const request = requestOf(model, { ...o, series: [] });
  const provenance = provenanceOf(model, documents, o.engine);
  const shelf = tableShelf(model, provenance.hash, shelfFile(o), o.set);
  const work = { verb: `explain ${target}`, provenance, request };
  const beside = { jitter: o.jitter, scenarios: false };
  const options = { ...o, exact: o.exact ?? null };
  checkExplained({ model, name: target, request, options, beside, find: (shelf ?? noShelf).find });
  const [findings, jitter] = await drive(o, async (lab) => [
    await explainFindings({ model, name: target, request, game: o.game, options, lab: kept(lab, o, work), shelf }),
    o.jitter === 0
      ? null
      : await jitterFindings({ model, name: target, request, variants: o.jitter, options, lab: kept(lab, o, work) }),
  ]);
  drawTo(o.svg, explainPictures(findings, provenance));
  writeOutput(
    o.json === true
      ? explainJson(findings, provenance, jitter)
      : screenText(
          inGroups([
            explainBlocks(findings, provenance, { everything: o.all === true }),
            ...(jitter ?? []).map((j) => jitterPage(model, findings.target, j)),
          ]),
          o,
        ),
    o,
  );
  return 0;
}

/** The first picture to the file named, the others to `name-tornado.svg` and the like. */
export function drawTo(file: string | undefined, pictures: readonly PictureFile[]): void {
  if (file === undefined) return;
  if (pictures.length === 0) throw new Usage("there is nothing to draw: no view has an answer");
  const faces = pictureFaces();
  pictures.forEach(({ name, svg }, i) =>
    writeWhole(i === 0 ? file : file.replace(/(\.svg)?$/i, `-${name}.svg`), withFaces(svg, faces)),
  );
}

export function shelfFile(o: TableRunOptions): string | undefined {
  return o.table ?? (o.out === undefined ? undefined : `${o.out}.table`);
}
