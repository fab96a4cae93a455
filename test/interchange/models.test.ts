/** Models written for this test, with what they must give by closed forms and by the definitions of XMILE 1.0 and of Vensim's manual. */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { printDiagnostics } from "#text/print.ts";
import { importModel } from "#interchange/dynamics/import-model.ts";
import { parse } from "#language/parser.ts";
import { check } from "#model/check.ts";
import { runOnce, type Run } from "./run-once.ts";

interface Opened {
  readonly run: Run;
  readonly text: string;
  readonly lost: readonly string[];
  readonly at: (written: string, time: number) => number;
}

function open(file: string): Opened {
  return openText(file, readFileSync(`test/interchange/models/${file}`, "utf8"));
}

function openText(file: string, source: string): Opened {
  const { text, losses, series } = importModel({ name: file, text: source });
  const document = { name: "opened.casus", text };
  const [tree, syntax] = parse(document);
  const [model, found] = check([tree], [document]);
  const errors = [...syntax, ...found].filter((d) => d.severity === "error");
  expect(printDiagnostics(errors, [document])).toBe("");
  if (model === null) throw new Error("no model");
  const run = runOnce(model, series);
  const at = (written: string, time: number): number => {
    const own = series.find(
      (s) => s.written + (s.elements.length === 0 ? "" : `[${s.elements.join(",")}]`) === written,
    );
    const step = run.times.findIndex((t) => Math.abs(t - time) < 1e-9);
    return (own === undefined ? undefined : run.values.get(own.name)?.(step)) ?? NaN;
  };
  return { run, text, lost: losses.filter((l) => !l.isChanged).map((l) => l.name), at };
}

/** Two equal stages of smoothing of the time itself, by Euler's method. */
function smoothedTime(stage: number, step: number, steps: number): number {
  let [a, b] = [0, 0];
  for (let k = 0; k < steps; k++) [a, b] = [a + (step * (k * step - a)) / stage, b + (step * (a - b)) / stage];
  return b;
}

describe("a model of Vensim's", () => {
  const market = open("market.mdl");

  it("loses nothing", () => expect(market.lost).toEqual([]));

  it.each([
    ["goods[south]", 8, 2 * 0.875 ** 16],
    ["goods[isle2]", 8, 4 * 0.875 ** 16],
    ["all goods", 0, 15],
    ["most on an isle", 0, 5],
    ["wealth[coast]", 3, 10],
    ["wealth[hills]", 3, 20],
    ["except isle[north]", 0, 7],
    ["except isle[isle1]", 0, 3],
    ["inflow", 2.5, 0],
    ["inflow", 3, 2],
    ["inflow", 5.5, 3],
    ["inflow", 6, 2],
    ["read inside", 0, 0],
    ["read inside", 2, 2],
    ["read inside", 8, 7],
    ["read beyond", 0, -2],
    ["read beyond", 8, 9],
    ["read next", 2, 4],
    ["read next", 8, 7],
    ["inline", 4, 3],
    ["grown", 8, 3 * 1.25 ** 16],
    ["late", 1.5, -1],
    ["late", 2, 0],
    ["late", 8, 6],
    ["evened", 8, smoothedTime(2, 0.5, 16)],
    ["whole", 0, 7],
    ["safe", 2, 9],
    ["safe", 4, 1],
    ["both", 1, 0],
    ["both", 3, 1],
    ["both", 3.5, 0],
    ["right to left", 0, 511.5],
    ["arc", 0, Math.PI],
    ["sampled", 2.5, 5],
    ["sampled", 3, 30],
    ["sampled", 8, 30],
    ["first", 0, 7],
    ["first", 8, 11],
    ["lagged", 8, 10],
    ["50% of $", 0, 4],
  ])("%s at %d is %d", (name, time, wanted) => expect(market.at(name, time)).toBeCloseTo(wanted, 12));

  it("is a case to go on with: units in labels, documentation above, constants as unknowns, elements as 'each'", () => {
    expect(market.text).toContain("// What each begins with\n");
    expect(market.text).toContain('unknown life : number "life (Year)" ~ constant(4)');
    expect(market.text).toMatch(
      /each region in \{isle1, isle2, isle3\} stock goods : number "goods \(tons\)" = start_value\[region\]\n +- goods\[region\] \/ life \/ year/,
    );
  });
});

describe("a model in XMILE", () => {
  const water = open("water.xmile");

  it("loses nothing", () => expect(water.lost).toEqual([]));

  it.each([
    ["level", 2, 1],
    ["level", 9, 0],
    ["one way", 1, 0],
    ["one way", 9, 4],
    ["tank[A]", 9, 18],
    ["tank[B]", 9, 44],
    ["both", 9, 127],
    ["corner", 1, 3],
    ["stepped", 4.5, 0],
    ["stepped", 5, 1],
    ["stepped", 9, 1],
    ["straight on", 1, 0],
    ["straight on", 9, 8],
    ["called", 1, 9],
    ["called", 3, 8.5],
    ["burst", 1.5, 0],
    ["burst", 2, 6],
    ["burst", 2.5, 0],
    ["burst", 6, 6],
    ["material", 3, 10],
    ["material", 3.5, 11.5],
    ["start of it", 9, 4],
    ["choice", 1, 1],
    ["choice", 2, 3],
    ["choice", 4, 1],
    ["choice", 7, 3],
    ["from house", 1, 1.75],
  ])("%s at %d is %d", (name, time, wanted) => expect(water.at(name, time)).toBeCloseTo(wanted, 12));

  it("with an unusual name, however many collide, keeps each", () => {
    const names = ["a b", "a-b", "time", "if", "stock", "sum", "month", "été", "1st", "Ünï %", "day", "start"];
    const variables = names.map((n, i) => `<aux name="${n}"><eqn>${i} + TIME</eqn></aux>`).join("");
    const { at } = openText(
      "names.xmile",
      `<xmile><sim_specs><start>0</start><stop>1</stop><dt>1</dt></sim_specs><model><variables>${variables}</variables></model></xmile>`,
    );
    expect(names.map((n) => at(n, 1))).toEqual(names.map((_, i) => i + 1));
  });
});
