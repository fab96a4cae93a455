/**
 * Every function of the importers with any number of arguments of any kind: it becomes a text that checks or is listed by name. Figures of functions and of
 * stocks that cannot be negative, by closed forms and by the definitions of XMILE 1.0 and of Vensim's manual.
 */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { knownFunctions } from "#interchange/dynamics/functions.ts";
import { openedModel, ranModel } from "./opened.ts";

function xmile(variables: string, method = "Euler"): string {
  return `<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0"><header><name>F</name></header>
<sim_specs method="${method}" time_units="Months"><start>0</start><stop>10</stop><dt>0.5</dt></sim_specs>
<dimensions><dim name="R" size="2"/></dimensions>
<model><variables>${variables}</variables></model></xmile>`;
}

function aux(name: string, equation: string): string {
  return `<aux name="${name}"><eqn>${equation.replaceAll("<", "&lt;")}</eqn></aux>`;
}

const arguments_ = ["2", "0", "-1", "moving", "TIME", "arr", "curve", "1/0", "held"];

/** Calls of every function with so many arguments, each kind of argument first once. */
function calls(names: readonly string[], count: number, write: (name: string, call: string) => string): string {
  return names
    .flatMap((name, f) =>
      arguments_.map((first, i) => {
        const rest = Array.from({ length: Math.max(0, count - 1) }, (_, k) => arguments_[(i + 3 * k) % 9] ?? "2");
        return write(`x${f} ${i}`, `${name}(${count === 0 ? "" : [first, ...rest].join(", ")})`);
      }),
    )
    .join("\n");
}

describe("a function with any arguments", () => {
  it.each([0, 1, 2, 3, 4, 5])("of XMILE becomes a text that checks, or is listed by name: %d", (count) => {
    const { losses } = openedModel(
      "f.xmile",
      xmile(
        `${aux("moving", "TIME + 1")}${aux("held", "3")}<aux name="arr"><dimensions><dim name="R"/></dimensions><eqn>R</eqn></aux>
<gf name="curve"><xscale min="0" max="2"/><ypts>0,10,30</ypts></gf>${calls(knownFunctions("xmile"), count, aux)}`,
      ),
    );
    for (const loss of losses) expect(loss.why).not.toMatch(/undefined|\[object/);
  });

  it.each([0, 1, 2, 3, 4, 5])("of Vensim likewise: %d", (count) => {
    const all = calls(
      knownFunctions("mdl"),
      count,
      (name, call) => `${name} = ${call.replaceAll("_", " ").replaceAll("arr", "arr[R!]")} ~~|`,
    );
    const { losses } = openedModel(
      "f.mdl",
      `{UTF-8}\nR: r1, r2 ~~|\nmoving = Time + 1 ~~|\nheld = 3 ~~|\narr[R] = 1, 2 ~~|\ncurve((0,0),(1,10),(2,30)) ~~|\n${all}\nFINAL TIME = 10 ~~|\nINITIAL TIME = 0 ~~|\nTIME STEP = 0.5 ~~|\nSAVEPER = TIME STEP ~~|\n`,
    );
    for (const loss of losses) expect(loss.why).not.toMatch(/undefined|\[object/);
  });
});

describe("a stock that cannot be negative", () => {
  const chain = ranModel(
    "chain.xmile",
    xmile(`<stock name="tank"><eqn>10</eqn><inflow>fill</inflow><outflow>drain</outflow><outflow>leak</outflow><non_negative/></stock>
<flow name="fill"><eqn>1</eqn></flow><flow name="drain"><eqn>4</eqn></flow><flow name="leak"><eqn>3</eqn></flow>
<stock name="sink"><eqn>0</eqn><inflow>drain</inflow></stock>
<stock name="a"><eqn>5</eqn><inflow>ba</inflow><outflow>ab</outflow><non_negative/></stock>
<stock name="b"><eqn>0</eqn><inflow>ab</inflow><outflow>ba</outflow><non_negative/></stock>
<flow name="ab"><eqn>3</eqn></flow><flow name="ba"><eqn>4</eqn></flow>
<stock name="each"><dimensions><dim name="R"/></dimensions><eqn>R * 2</eqn><outflow>gone</outflow><non_negative/></stock>
<flow name="gone"><dimensions><dim name="R"/></dimensions><eqn>1</eqn></flow>
<stock name="got"><dimensions><dim name="R"/></dimensions><eqn>0</eqn><inflow>gone</inflow></stock>`),
  );
  const times = [0, 0.5, 1, 1.5, 2, 3, 5, 10];

  it("gives no more than it has, the first outflow first, and what has not flowed out arrives nowhere", () => {
    // 10 + 1 − 4 − 3 a month: 10, 7, 4, 1; then 1/0.5 + 1 = 3 a month are there, all for the first; then what comes in.
    expect(times.map((t) => chain.at("tank", t))).toEqual([10, 7, 4, 1, 0, 0, 0, 0]);
    expect(times.map((t) => chain.at("drain", t))).toEqual([4, 4, 4, 3, 1, 1, 1, 1]);
    expect(times.map((t) => chain.at("leak", t))).toEqual([3, 3, 3, 0, 0, 0, 0, 0]);
    expect(times.map((t) => chain.at("sink", t))).toEqual([0, 2, 4, 6, 7.5, 8.5, 10.5, 15.5]);
    expect(chain.losses).toEqual([]);
  });

  it("keeps what there is in a ring of two, and element by element", () => {
    for (const t of times) expect(chain.at("a", t) + chain.at("b", t)).toBeCloseTo(5, 12);
    for (const [element, all] of [
      ["1", 2],
      ["2", 4],
    ] as const)
      for (const t of times) {
        expect(chain.at(`got[${element}]`, t)).toBe(Math.min(t, all));
        expect(chain.at(`each[${element}]`, t)).toBe(all - Math.min(t, all));
      }
  });
});

describe("what equations of XMILE say", () => {
  it.each([
    ["SAFEDIV(1, 0, 7)", 7],
    ["SAFEDIV(1, 0)", 0],
    ["SAFEDIV(4, 2)", 2],
    ["SAFEDIV(1, 0.0000001)", 1e7],
    ["5 // 0 + 6 // 3", 2],
    ["SIGN(-3) + 10 * SIGN(0) + 100 * SIGN(2)", 99],
    ["IF TIME > 3 THEN IF TIME > 5 THEN 2 ELSE 1 ELSE 0", 1],
    ["{ a comment } 5 {and\nanother}", 5],
    ["-2^2 + 2^3^2", 508],
    ["INT(-2.5) + 7 MOD 4", 0],
    ["NPV(10, 0.1)", 10 * 0.5 * Array.from({ length: 9 }, (_, k) => 0.95 ** k).reduce((a, b) => a + b, 0)],
    ["TREND(10, 2) + FORCST(10, 2, 3)", 10],
    ["PREVIOUS(TIME, -1) + INIT(TIME + 4)", 3.5 + 4],
    ['"my_\\"odd\\"_name" + "plus+minus"', 7],
  ])("%s is %d at 4", (equation, wanted) => {
    const { at, losses } = ranModel(
      "e.xmile",
      xmile(`${aux("x", equation)}<aux name="my \\&quot;odd\\&quot; name"><eqn>3</eqn></aux>${aux("plus+minus", "4")}`),
    );
    expect(losses).toEqual([]);
    expect(at("x", 4)).toBeCloseTo(wanted, 9);
  });

  it.each([
    ["1 / (2 - 2)", "divides by 0"],
    ["MIN(INF, 3)", "infinite"],
    ["COUNTER(1, 4)", "COUNTER"],
    ["nowhere + 1", "'nowhere'"],
  ])("%s is listed, by name and reason", (equation, reason) => {
    const { losses } = ranModel("e.xmile", xmile(aux("x", equation)));
    expect(losses.map((l) => [l.name, l.isChanged])).toEqual([["x", false]]);
    expect(losses[0]?.why).toContain(reason);
  });
});

it("divides by what may be nought in Vensim's way", () => {
  const source = readFileSync("test/interchange/models/market.mdl", "utf8");
  const { at } = ranModel(
    "z.mdl",
    source.replace(
      /^\{UTF-8\}/,
      "{UTF-8}\nzz = XIDZ(1, 0, 9) + ZIDZ(1, 0) + ZIDZ(6, 3) ~~|\nnought = 0 ~~|\nzn = ZIDZ(1, nought) ~~|",
    ),
  );
  const time = 0;
  expect([at("zz", time), at("zn", time)]).toEqual([11, 0]);
});
