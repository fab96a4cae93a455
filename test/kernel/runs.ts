/** The text of a case in; what its runs give out. What the tests of the reference interpreter begin with. */

import { parse } from "#language/parser.ts";
import { check } from "#model/check.ts";
import type { Expression } from "#model/expression.ts";
import type { Model } from "#model/model.ts";
import { printDiagnostics } from "#text/print.ts";
import { drawsFor } from "#ensemble/draws/draws.ts";
import { itemsOf, plainSituation } from "#ensemble/situation.ts";
import { prepare, type RunResult } from "#kernel/reference.ts";

export function modelOf(text: string): Model {
  const document = { name: "example.casus", text: `case example "Example?"\n${text}` };
  const [file, syntax] = parse(document);
  const [model, problems] = check([file], [document]);
  if (model === null) throw new Error(printDiagnostics([...syntax, ...problems], [document]));
  return model;
}

export interface Asked {
  readonly worlds?: number;
  readonly seed?: number;
  readonly view?: string;
  readonly choices?: Readonly<Record<string, string>>;
  /** Names of the case's `suppose` blocks. */
  readonly suppose?: readonly string[];
  readonly finals?: readonly Expression[];
  readonly always?: readonly Expression[];
  readonly series?: readonly string[];
}

/** One result a world; choices that are not named stand at their first option. */
export function runsOf(model: Model, asked: Asked = {}): readonly RunResult[] {
  const { worlds = 1, seed = 1, view = "case", suppose = [], finals = [], always = [], series = [] } = asked;
  const choices = {
    ...Object.fromEntries(model.choices.map((c) => [c.name, c.options[0]?.name ?? ""])),
    ...asked.choices,
  };
  const suppositions = itemsOf(model, suppose);
  const program = prepare(model, { choices, suppositions }, { finals, always, series });
  const draws = drawsFor(model, { view, situation: plainSituation(choices) }, program, seed, worlds);
  return draws.map((d, world) => program.run({ seed, world, ...d }));
}

/** The only outcome, or the one named, in every world. */
export function outcomeOf(model: Model, asked: Asked = {}, name = model.outcomes[0]?.name): readonly number[] {
  const index = model.outcomes.findIndex((o) => o.name === name);
  if (index < 0) throw new Error(`no outcome '${name}'`);
  return runsOf(model, asked).map((r) => r.outcomes[index] as number);
}

/** Every outcome by name, in one world. */
export function outcomesOf(text: string, asked: Asked = {}): Readonly<Record<string, number>> {
  const model = modelOf(text);
  const [result] = runsOf(model, asked);
  return Object.fromEntries(model.outcomes.map((o, i) => [o.name, result?.outcomes[i] ?? NaN]));
}

/** The path of a stock or let in one world. */
export function pathOf(text: string, name: string, asked: Asked = {}): readonly number[] {
  const [result] = runsOf(modelOf(text), { ...asked, series: [name] });
  return [...(result?.series[0] ?? [])];
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

export function varianceOf(values: readonly number[]): number {
  const centre = meanOf(values);
  return values.reduce((a, b) => a + (b - centre) ** 2, 0) / (values.length - 1);
}
