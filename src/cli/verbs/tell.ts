/** `casus tell`: one simulated run as a story. */

import type { Command } from "commander";
import {
  findWorld,
  isClean,
  plainSituation,
  printDiagnostics,
  readerViews,
  readModel,
  standing,
  tellJson,
  tellBlocks,
  tellStory,
  viewNames,
  type Document,
  type Expression,
  type Model,
  type ToldStory,
} from "#internal.ts";
import type { Done, ExitCode } from "../exit.ts";
import { Usage } from "../files.ts";
import { loadToRun } from "../load.ts";
import { addColourOptions, checkChoice, seedOption, setOption, whole } from "../options.ts";
import { provenanceOf, screenText, writeOutput } from "../output.ts";

interface TellOptions {
  readonly world?: number;
  readonly where?: string;
  readonly view?: string;
  readonly set: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly json?: boolean;
  readonly out?: string;
  readonly color?: boolean;
}

/** Worlds gone through for one in which what is asked for is so. */
const mostTried = 5000;

export function addTell(program: Command, done: Done): void {
  const command = program
    .command("tell <case>")
    .description("tell one simulated run as a story: what happened, when, and what drove it")
    .option("--world <n>", "the number of the run; with --where, the first to look at", whole(0, 4_294_967_295))
    .option("--where <condition>", "take a run that ends with these outcomes, such as 'fallen and not attacked'")
    .option("--view <name>", "the view whose beliefs are drawn")
    .addOption(setOption())
    .addOption(seedOption())
    .option("--json", "print the story as JSON")
    .option("--out <file>", "write to a file instead of the screen");
  addColourOptions(command).action((path: string, o: TellOptions) => done(tellCase(path, o)));
}

function tellCase(path: string, o: TellOptions): ExitCode {
  const { model, documents } = loadToRun(path);
  const told = storyOf(model, documents, o);
  writeOutput(o.json === true ? tellJson(model, told) : screenText(tellBlocks(model, told), o), o);
  return 0;
}

/**
 * The run that is asked for, as a story. Throws `Usage` for a view, choice or condition that the case does not have, and where none of the runs gone
 * through is so.
 */
export function storyOf(
  model: Model,
  documents: readonly Document[],
  o: Pick<TellOptions, "world" | "where" | "view" | "set" | "seed">,
  most = mostTried,
): ToldStory {
  const view = o.view ?? readerViews(model)[0] ?? "case";
  if (!viewNames(model).includes(view))
    throw new Usage(`the case has no view '${view}'; it has ${viewNames(model).join(", ")}`);
  for (const [choice, option] of Object.entries(o.set)) checkChoice(model, choice, option);
  const situation = plainSituation(standing(model, o.set));
  const asked = { view, situation, seed: o.seed };
  const from = o.world ?? 0;
  const found =
    o.where === undefined
      ? { world: from, tried: 0 }
      : findWorld(model, asked, conditionOf(documents, o.where), from, most);
  if (found === null) throw new Usage(`in none of the ${most} runs from ${from} on is it so that ${o.where ?? ""}`);
  const story = tellStory(model, { ...asked, world: found.world });
  const provenance = provenanceOf(model, documents);
  return { story, provenance, seed: o.seed, where: o.where ?? null, tried: found.tried };
}

/** A condition over outcomes, read as the case's own language reads it. */
function conditionOf(documents: readonly Document[], where: string): Expression {
  const name = "told_where";
  const texts = documents.filter((d) => d.name.endsWith(".casus"));
  const line = { name: "--where", text: `conclusion ${name} "what is asked for": chance(${where}) > 50%\n` };
  const [model, found] = readModel([...texts, line]);
  const own = found.filter((d) => d.span.document === "--where");
  const figure = model?.conclusions.find((c) => c.name === name)?.comparison.figures[0];
  if (figure === undefined || !isClean(own)) {
    throw new Usage(
      `--where takes a condition over the case's outcomes, as in --where 'fallen and not attacked'\n${printDiagnostics(own, [...texts, line]).trimEnd()}`,
    );
  }
  return figure.of;
}
