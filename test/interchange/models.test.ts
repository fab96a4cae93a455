/** Models written for this test, with what they must give by closed forms and by the definitions of XMILE 1.0 and of Vensim's manual. */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readCsv } from "#evidence/csv.ts";
import type { SuppliedTable } from "#interchange/dynamics/supplied.ts";
import { UnreadableFile } from "#interchange/problem.ts";
import { ranModel } from "./opened.ts";
import type { Run } from "./run-once.ts";

interface Opened {
  readonly run: Run;
  readonly text: string;
  readonly lost: readonly string[];
  readonly changed: readonly string[];
  readonly at: (written: string, time: number) => number;
}

function open(file: string, ...tables: readonly SuppliedTable[]): Opened {
  return openText(file, readFileSync(`test/interchange/models/${file}`, "utf8"), tables);
}

function tableOf(name: string, text: string): SuppliedTable {
  const cells = readCsv(text);
  if (!cells.ok) throw new Error(cells.why);
  return { document: { name, text }, rows: cells.rows };
}

function openText(file: string, source: string, tables: readonly SuppliedTable[] = []): Opened {
  const { run, text, losses, at } = ranModel(file, source, tables);
  const named = (isChanged: boolean): readonly string[] =>
    losses.filter((l) => l.isChanged === isChanged).map((l) => l.name);
  return { run, text, lost: named(false), changed: named(true), at };
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

describe("a model that leaves figures open", () => {
  const csv = readFileSync("test/interchange/models/trade-data.csv", "utf8");
  const trade = open("trade.mdl", tableOf("trade-data.csv", csv));

  it("takes them from a table of data and says which", () => {
    expect(trade.lost).toEqual([]);
    expect(trade.changed).toEqual(["price", "wage", "target", "duty"]);
    expect(trade.text).toContain('note "wage: the file leaves it open; its figures are those of trade-data.csv"');
  });

  // Macros and selections by their definitions; a ramp between two steps as Vensim's own output has it; data held, looked ahead and drawn as lines.
  it.each([
    ["share", 0, 0.4],
    ["left over", 0, 0.6],
    ["after", 4, 7.2],
    ["by port left[east]", 1, 0.8],
    ["repeated", 0, 12],
    ["rising[north]", 0.5, 0],
    ["rising[north]", 1, 0.2],
    ["rising[north]", 4, -4.6],
    ["rising[south]", 2, 0],
    ["rising[south]", 2.5, -1],
    ["weighted sum", 0, 7],
    ["weighted product", 0, -30],
    ["weighted least", 0, -3],
    ["weighted mean", 0, 3.5],
    ["plain sum", 0, 8],
    ["plain greatest", 0, 5],
    ["plain mean", 0, 4],
    ["none selected", 0, 99],
    ["price", 1, 15],
    ["price", 3, 15],
    ["wage", 1.5, 1],
    ["wage", 2, 2],
    ["target", 0, 100],
    ["target", 0.5, 200],
    ["target", 2, 200],
    ["paid[south]", 3, 1.75],
    ["cost", 4, 413],
  ])("%s at %d is %d", (name, time, wanted) => expect(trade.at(name, time)).toBeCloseTo(wanted, 12));

  it("takes the same from the table on its side, and a long table in steps", () => {
    const rows = csv
      .trim()
      .split("\n")
      .map((line) => line.split(","));
    const turned = (rows[0] ?? []).map((_, i) => rows.map((r) => r[i] ?? "").join(",")).join("\n");
    const other = open("trade.mdl", tableOf("trade-data.csv", turned));
    expect(other.text).toBe(trade.text);
    const times = Array.from({ length: 41 }, (_, i) => i / 10);
    const long = `Time,price,wage,target\n${times.map((t) => `${t},${t},${Math.sin(t)},${Math.cos(t)}`).join("\n")}`;
    const stepped = open("trade.mdl", tableOf("rest.csv", csv), tableOf("long.csv", long));
    expect(stepped.at("wage", 1)).toBe(1);
    const first = open("trade.mdl", tableOf("long.csv", long), tableOf("rest.csv", csv));
    for (const t of [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4]) {
      expect(first.at("wage", t)).toBe(Math.sin(t));
      expect(first.at("target", t)).toBe(Math.cos(t));
    }
    expect(first.at("duty[north]", 0)).toBe(0.5);
  });

  it("says which are missing where the table has not all, and refuses a table that is none", () => {
    const without = open("trade.mdl", tableOf("few.csv", "Time,price,duty[north]\n0,1,2\n"));
    expect(without.lost).toEqual(["wage", "target", "duty", "cost", "paid"]);
    const refusal = (text: string): string => {
      try {
        open("trade.mdl", tableOf("bad.csv", text));
        return "";
      } catch (error) {
        return error instanceof UnreadableFile ? error.message : String(error);
      }
    };
    expect(refusal("")).toBe("bad.csv is no table of data");
    expect(refusal("Time,price\n")).toBe("bad.csv is no table of data");
    expect(refusal("Time,price\n0,dear\n")).toBe("'dear' is no number (price)");
    expect(refusal("Time,price\nJanuary,1\n")).toBe("'January' is no number (Time)");
  });

  it("in XMILE where a converter wrote ??? for an array, and left out a range that is all of another", () => {
    const dims = (name: string): string => `<dimensions><dim name="${name}"/></dimensions>`;
    const source = `<xmile><sim_specs><start>0</start><stop>2</stop><dt>1</dt></sim_specs>
      <dimensions><dim name="Port"><elem name="N"/><elem name="S"/></dim></dimensions><model><variables>
      <aux name="Rate">${dims("Port")}<eqn> ??? </eqn></aux>
      <stock name="Stock">${dims("Port")}<eqn>1</eqn><inflow>in</inflow></stock>
      <flow name="in">${dims("Port")}<eqn>Rate[Port] * Stock[Port]</eqn></flow>
      <aux name="Seen">${dims("Port")}<eqn>Stock[All_of_Port]</eqn></aux>
      </variables></model></xmile>`;
    const alone = openText("lost.xmile", source);
    expect(alone.lost).toEqual(["Rate", "in", "Stock", "Seen"]);
    expect(alone.text).toContain("its equation is lost: the file has ??? in its place");
    const given = openText("lost.xmile", source, [
      tableOf("run.csv", 'Time,"Rate[N]","Rate[S]"\n0,1,0.5\n1,1,\n2,,0.5'),
    ]);
    expect(given.lost).toEqual([]);
    expect(given.changed).toEqual(["Rate", "Seen"]);
    expect(given.at("Seen[N]", 2)).toBe(4);
    expect(given.at("Seen[S]", 2)).toBe(2.25);
    expect(given.text).toContain("the file has no range 'all of port'; it is read as Port, the range of 'Stock'");
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
