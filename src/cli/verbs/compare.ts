/** `casus compare`: the options of a choice side by side, what each is worth to whom, its regret, and the worth of knowing more. */

import type { Command } from "commander";
import {
  chooserOf,
  compareFindings,
  compareJson,
  compareBlocks,
  type Actor,
  type Choice,
  type Model,
} from "#internal.ts";
import { drive } from "../drive.ts";
import type { Done, ExitCode } from "../exit.ts";
import { Usage } from "../files.ts";
import { loadToRun } from "../load.ts";
import { kept } from "../shard-folder.ts";
import { requestOf, whole, withRunOptions, type RunOptions } from "../options.ts";
import { provenanceOf, screenText, writeOutput } from "../output.ts";

interface CompareRunOptions extends RunOptions {
  readonly exact: number;
  readonly all?: boolean;
  readonly for?: string;
  readonly enough?: string;
}

export function addCompare(program: Command, done: Done): void {
  withRunOptions(
    program
      .command("compare <case>")
      .description(
        "compare the options of a choice: outcomes, worth, regret (of the choice in --choices, or of the first without a default)",
      ),
  )
    .option("--exact <n>", "for up to this many claims, compute exactly what knowing each is worth", whole(0, 16), 12)
    .option("--all", "show every outcome")
    .option("--for <actor>", "the actor whose values count (default: the one who makes the choice)")
    .option("--enough <n>", "what an option must be worth to be good enough (default: the mean of all options)")
    .action(async (path: string, o: CompareRunOptions) => done(await compareCase(path, o)));
}

async function compareCase(path: string, o: CompareRunOptions): Promise<ExitCode> {
  const { model, documents } = loadToRun(path);
  const request = requestOf(model, { ...o, series: [] });
  const compared = comparedIn(model, o);
  const actor = actorIn(model, o, compared);
  const enough = o.enough === undefined ? null : Number(o.enough);
  if (enough !== null && !Number.isFinite(enough)) throw new Usage(`--enough wants a number, not '${o.enough ?? ""}'`);
  const provenance = provenanceOf(model, documents, o.engine);
  const findings = await drive(o, (lab) =>
    compareFindings({
      model,
      request,
      compared,
      actor,
      enough: enough === null ? null : enough * (actor?.valuesUnit?.factor ?? 1),
      options: o,
      lab: kept(lab, o, { verb: "compare", provenance, request }),
    }),
  );
  writeOutput(
    o.json === true
      ? compareJson(findings, provenance)
      : screenText(compareBlocks(findings, provenance, { everything: o.all === true }), o),
    o,
  );
  return 0;
}

/** Those named, else the first that has no default and is not set. */
function comparedIn(model: Model, o: CompareRunOptions): readonly Choice[] {
  if (o.choices.length > 0) return model.choices.filter((c) => o.choices.includes(c.name));
  const first = model.choices.find((c) => c.default === null && !Object.hasOwn(o.set, c.name)) ?? model.choices[0];
  if (first === undefined) throw new Usage("the case has no choice to compare the options of");
  return [first];
}

function actorIn(model: Model, o: CompareRunOptions, compared: readonly Choice[]): Actor | null {
  if (o.for === undefined) return chooserOf(model, compared);
  const found = model.actors.find((a) => a.name === o.for);
  const valued = model.actors.filter((a) => a.values !== null).map((a) => a.name);
  if (found === undefined || found.values === null)
    throw new Usage(`no actor '${o.for}' with values; the case has ${valued.join(", ") || "none"}`);
  return found;
}
