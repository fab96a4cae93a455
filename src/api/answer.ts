/** What every question is asked with and answered by: options with defaults for all of them, and an answer as data, text and JSON. */

import { worldsOf } from "#analysis/answers/looks.ts";
import { nearest } from "#text/near.ts";
import { Refused } from "#text/refused.ts";
import type { Model } from "#model/model.ts";
import { defaultBudget } from "#ensemble/cost.ts";
import { distinctViews, viewNames } from "#ensemble/draws/mind.ts";
import type { Lab } from "#ensemble/work/lab.ts";
import type { Request } from "#analysis/findings/findings.ts";
import type { Provenance } from "#report/words/provenance.ts";
import { colourPalette, plainPalette } from "#report/render/palette.ts";
import type { TerminalLook } from "#report/render/terminal.ts";
import type { Case } from "./case.ts";
import { fastestEngine, openLab, type OpenLab, type ThreadOptions } from "./threads.ts";
import { version } from "./version.ts";

/** What every question may be asked with. All of it may be left out. */
export interface AskOptions extends ThreadOptions {
  /** Views by name; the first that the case declares unless said. `"all"` stands for every view. */
  readonly views?: readonly string[] | "all";
  /** Simulated runs of each combination of choices. */
  readonly worlds?: number;
  /** Seed of every draw, 0 to 4,294,967,295; 1 unless said. */
  readonly seed?: number;
  /** Options that choices are held at, by choice. */
  readonly set?: Readonly<Record<string, string>>;
  /** Choices that are gone through although they have a default. */
  readonly vary?: readonly string[];
  /** Equations allowed in all runs and steps; what would take more is refused before it begins. */
  readonly budget?: number;
  /** Stops the work: the promise rejects with the signal's reason. */
  readonly signal?: StopSignal;
  /** Threads that were opened before, with `openLab`: for many questions one after another. */
  readonly lab?: OpenLab;
}

/** What is used of an `AbortSignal`. */
export interface StopSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(kind: "abort", listener: () => void): void;
  removeEventListener(kind: "abort", listener: () => void): void;
}

/** How an answer is written for a terminal. */
export interface TextOptions {
  /** Columns; 100 unless said. */
  readonly width?: number;
  /** Colours of a terminal; none unless said. */
  readonly colours?: boolean;
}

/** An answer: plain data, and the same for people and for programs. */
export interface Answer<Findings> {
  /** Everything found, as plain data in base units: a share is a fraction of 1, time is in the case's step unit. */
  readonly findings: Findings;
  /** Where the figures come from: enough to make them again. */
  readonly provenance: Provenance;
  /** As the command line prints it. */
  text(options?: TextOptions): string;
  /** The document that `--json` writes, with every digit, in the units that the case names; its schema is in `docs/schema`. */
  json(): AnswerDocument;
}

/** A document of `casus VERB --json`. */
export interface AnswerDocument {
  /** `casus/run@1` and the like. */
  readonly schema: string;
  readonly [field: string]: unknown;
}

/** The two writers of an answer, and what they write. */
interface AnswerWriters<Findings> {
  readonly text: (findings: Findings, provenance: Provenance, look: TerminalLook) => string;
  readonly json: (findings: Findings, provenance: Provenance) => string;
}

/** An answer that is written only when it is asked for. */
export function answerOf<Findings>(
  asked: Case,
  findings: Findings,
  writers: AnswerWriters<Findings>,
): Answer<Findings> {
  const provenance = provenanceOf(asked);
  return {
    findings,
    provenance,
    text: ({ width = 100, colours = false } = {}) =>
      writers.text(findings, provenance, { width, palette: colours ? colourPalette : plainPalette }),
    json: () => JSON.parse(writers.json(findings, provenance)) as AnswerDocument,
  };
}

function provenanceOf({ model, hash }: Case): Provenance {
  return {
    case: model.name,
    title: model.title,
    hash,
    engine: `casus ${version} (${fastestEngine().name})`,
    version: model.version,
    modeller: model.modeller,
    asOf: model.asOf,
    leavesOut: model.leavesOut,
  };
}

/** Does the work on the threads given, or on some of its own that end with it. */
export async function onThreads<T>(options: AskOptions, work: (lab: Lab) => Promise<T>): Promise<T> {
  const { signal } = options;
  if (signal?.aborted === true) throw signal.reason;
  const open = options.lab ?? openLab(options);
  const stop = (): void => open.close(signal?.reason);
  signal?.addEventListener("abort", stop);
  try {
    return await work(open.lab);
  } finally {
    signal?.removeEventListener("abort", stop);
    if (options.lab === undefined) open.close(new Refused("the work is over"));
  }
}

/** The options as a request that the case can answer. Throws `Refused` for a view, a choice or an option that the case does not have. */
export function requestFor(
  model: Model,
  options: AskOptions,
  usual: { readonly worlds: number } | "until settled" = "until settled",
): Request {
  const { worlds, untilSettled } = worldsOf(options.worlds ?? (usual === "until settled" ? undefined : usual.worlds));
  const { seed = 1, set = {}, vary = [], budget = defaultBudget } = options;
  wholeWithin("worlds", worlds, 1, 100_000_000);
  wholeWithin("seed", seed, 0, 4_294_967_295);
  if (!(budget > 0)) throw new Refused(`budget is ${budget}; give a number above 0`);
  for (const [choice, option] of Object.entries(set))
    named("option", option, namesOf(choiceNamed(model, choice).options));
  for (const choice of vary) choiceNamed(model, choice);
  return { views: viewsFor(model, options.views), seed, worlds, untilSettled, set, vary, series: [], budget };
}

function viewsFor(model: Model, asked: AskOptions["views"]): readonly string[] {
  if (asked === "all") return distinctViews(model);
  if (asked === undefined || asked.length === 0) return distinctViews(model).slice(0, 1);
  for (const view of asked) named("view", view, viewNames(model));
  return [...new Set(asked)];
}

function choiceNamed(model: Model, name: string): Model["choices"][number] {
  named("choice", name, namesOf(model.choices));
  return model.choices.find((c) => c.name === name) as Model["choices"][number];
}

/** Throws `Refused` unless the case has it; says what is near, and what there is. */
export function named(kind: string, name: string, all: readonly string[]): void {
  if (all.includes(name)) return;
  const near = nearest(name, all);
  const meant = near.length === 0 ? "" : ` (did you mean ${near.map((n) => `'${n}'`).join(" or ")}?)`;
  throw new Refused(`the case has no ${kind} '${name}'${meant}; it has ${all.join(", ") || "none"}`);
}

export function namesOf(things: readonly { readonly name: string }[]): readonly string[] {
  return things.map((t) => t.name);
}

/** Throws `Refused` unless it is a whole number from `least` to `most`. */
export function wholeWithin(what: string, value: number, least: number, most: number): void {
  if (!Number.isSafeInteger(value) || value < least || value > most)
    throw new Refused(`${what} is ${value}; give a whole number from ${least} to ${most}`);
}
