/** The options that every verb that runs a case shares, and the request they make. */

import { InvalidArgumentError, Option, type Command } from "commander";
import {
  defaultBudget,
  distinctViews,
  firstRuns,
  nearest,
  viewNames,
  worldsOf,
  type Engine,
  type Model,
  type Request,
} from "#internal.ts";
import { isFolder, Usage } from "./files.ts";
import { checkWritable } from "./writing.ts";
import { usualThreads } from "./threads.ts";

export interface RunOptions {
  readonly view: readonly string[];
  readonly allViews?: boolean;
  /** As asked for; see `worldsOf`. */
  readonly worlds?: number;
  readonly seed: number;
  readonly set: Readonly<Record<string, string>>;
  readonly choices: readonly string[];
  readonly series: readonly string[];
  readonly budget: number;
  readonly threads: number;
  readonly engine: Engine["name"];
  readonly queue?: string;
  readonly shards?: string;
  readonly json?: boolean;
  readonly out?: string;
  readonly color?: boolean;
  readonly strict?: boolean;
  readonly figures?: boolean;
  readonly outcomes?: boolean;
  readonly runs?: string;
  readonly summary?: string;
}

/** Runs of each situation where nothing else is said, for verbs that judge no conclusion. */
type UsualWorlds = number | "until settled";

/** `worlds`: how many runs a verb makes unless told; as many as settle its verdicts, where it judges any. */
export function withRunOptions(command: Command, worlds: UsualWorlds = "until settled"): Command {
  const added = command
    .option(
      "--view <name>",
      "a view of the case; may be given several times (default: the case's own figures; if the case has views and one of them repeats these, its first view)",
      (v: string, all: string[]) => [...all, v],
      [],
    )
    .option("--all-views", "use every view of the case")
    .addOption(worldsOption(1, 100_000_000, worlds))
    .addOption(seedOption())
    .addOption(setOption())
    .option(
      "--choices <names>",
      "try every option of these choices, even of those with a default; separated by commas",
      names,
      [],
    )
    .option(
      "--budget <n>",
      "refuse to start if more work than this is needed (runs × steps × equations of the case)",
      amount,
      defaultBudget,
    )
    .option("--threads <n>", "number of threads; the figures are the same with any number", whole(1, 64), usualThreads)
    .addOption(engineOption())
    .option("--json", "print everything as JSON")
    .option(
      "--out <path>",
      "a file to write to instead of the screen; or a folder (one that exists, or a name that ends in /) to keep finished parts in, from which a later run goes on",
    );
  return addShardsOption(addColourOptions(added).addOption(queueOption()));
}

export function seedOption(): Option {
  return new Option("--seed <n>", "seed of the random numbers").argParser(whole(0, 4_294_967_295)).default(1);
}

export function setOption(): Option {
  return new Option("--set <choice=option>", "fix a choice at an option; may be given several times")
    .argParser(pair)
    .default({});
}

export function engineOption(): Option {
  return new Option("--engine <name>", "what runs the model; both give the same figures, but reference is slow")
    .choices(["wasm", "reference"])
    .default("wasm");
}

export function jitterOption(most: number, usual: number): Option {
  const description =
    "try this many variants in which every judged figure is moved, to between half and twice its value";
  return new Option("--jitter <n>", description).argParser(whole(0, most)).default(usual);
}

export function addColourOptions(command: Command): Command {
  return command
    .option("--color", "use colours, even if the output is not a terminal")
    .option("--no-color", "use no colours");
}

export function queueOption(): Option {
  return new Option("--queue <url>", "let the workers at this queue make the runs (redis://host:6379); see casus work");
}

/** Where answers of queued tasks are kept. */
export function addShardsOption(command: Command): Command {
  return command.option(
    "--shards <folder>",
    "with --queue: keep finished parts in this folder, which all machines share, instead of at the queue's server",
  );
}

export function worldsOption(least: number, most: number, usual: UsualWorlds): Option {
  const option = new Option("--worlds <n>", "simulated runs for each combination of choices").argParser(
    whole(least, most),
  );
  return usual === "until settled"
    ? option.default(
        undefined,
        `${firstRuns}, and more until each verdict is settled; a number that you give is kept, and may leave verdicts too close to call`,
      )
    : option.default(usual);
}

export function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const n = Number(text.replaceAll("_", ""));
    if (!/^[\d_]+(e\d+)?$/i.test(text) || !Number.isSafeInteger(n) || n < least || n > most)
      throw new InvalidArgumentError(`Write a whole number from ${least} to ${most}.`);
    return n;
  };
}

export function amount(text: string): number {
  const n = Number(text);
  if (!(n > 0) || !Number.isFinite(n)) throw new InvalidArgumentError("Write a number above 0, such as 1e11.");
  return n;
}

export function names(text: string): string[] {
  return text
    .split(",")
    .map((t) => t.trim())
    .filter((t) => t !== "");
}

function pair(text: string, all: Readonly<Record<string, string>>): Record<string, string> {
  const at = text.indexOf("=");
  if (at < 1 || at === text.length - 1) throw new InvalidArgumentError("Write it as choice=option.");
  return { ...all, [text.slice(0, at).trim()]: text.slice(at + 1).trim() };
}

export function requestOf(model: Model, o: RunOptions): Request {
  if (o.out !== undefined && !isFolder(o.out)) checkWritable(o.out);
  const known = viewNames(model);
  for (const view of o.view)
    if (!known.includes(view))
      throw new Usage(`the case has no view '${view}'${didYouMean(view, known)}; it has ${known.join(", ")}`);
  for (const [choice, option] of Object.entries(o.set)) checkChoice(model, choice, option);
  for (const choice of o.choices) checkChoice(model, choice, null);
  const things = [...model.stocks, ...model.lets].map((t) => t.name);
  for (const name of o.series)
    if (!things.includes(name)) throw new Usage(`the case has no stock or let '${name}'${didYouMean(name, things)}`);
  const views =
    o.allViews === true
      ? distinctViews(model)
      : o.view.length > 0
        ? [...new Set(o.view)]
        : distinctViews(model).slice(0, 1);
  return {
    views,
    seed: o.seed,
    ...worldsOf(o.worlds),
    set: o.set,
    vary: o.choices,
    series: o.series,
    budget: o.budget,
  };
}

export function checkChoice(model: Model, name: string, option: string | null): void {
  const choice = model.choices.find((c) => c.name === name);
  if (choice === undefined) {
    const all = model.choices.map((c) => c.name);
    throw new Usage(`the case has no choice '${name}'${didYouMean(name, all)}; it has ${all.join(", ") || "none"}`);
  }
  const options = choice.options.map((x) => x.name);
  if (option !== null && !options.includes(option))
    throw new Usage(`'${name}' cannot be '${option}'${didYouMean(option, options)}; it can be ${options.join(", ")}`);
}

function didYouMean(name: string, all: readonly string[]): string {
  const near = nearest(name, all);
  return near.length === 0 ? "" : ` (did you mean ${near.map((n) => `'${n}'`).join(" or ")}?)`;
}
