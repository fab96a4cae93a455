/** What is exported as XMILE and opened again keeps every course. */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { importModel } from "#interchange/dynamics/import-model.ts";
import { canonicalName } from "#interchange/dynamics/names.ts";
import { writeXmile } from "#interchange/dynamics/write-xmile.ts";
import type { Model } from "#model/model.ts";
import { prepare } from "#kernel/reference.ts";
import { checked } from "../model/checked.ts";
import { runOnce } from "./run-once.ts";

/** Every stock and let of the case, with claims, unknowns and choices as given and no event, against the same after export and import. */
function expectSameCourse(
  model: Model,
  given: { claims: readonly number[]; unknowns: readonly number[]; choices: Readonly<Record<string, string>> },
): void {
  const { text, names } = writeXmile(model, given.choices);
  const imported = importModel({ name: "again.xmile", text });
  expect(imported.losses).toEqual([]);
  const again = checked(imported.text);
  const run = runOnce(again, imported.series);
  const watched = [...names.keys()];
  const program = prepare(
    model,
    { choices: given.choices, suppositions: model.events.map((e) => ({ kind: "forbidEvent", event: e.name })) },
    { finals: [], always: [], series: watched },
  );
  const { series } = program.run({
    seed: 1,
    world: 0,
    claims: Float64Array.from(given.claims),
    unknowns: Float64Array.from(given.unknowns),
    believed: new Float64Array(program.believed.length),
  });
  const byName = new Map(imported.series.map((s) => [canonicalName(s.written), s.name]));
  watched.forEach((name, i) => {
    const own = byName.get(canonicalName(names.get(name) ?? "")) ?? "";
    const values = Array.from(series[i] ?? []);
    const found = values.map((_, step) => run.values.get(own)?.(step) ?? NaN);
    const scale = Math.max(1e-300, ...values.map(Math.abs));
    for (const [step, value] of values.entries())
      expect(
        Math.abs((found[step] ?? NaN) - value) / scale,
        `${name} at step ${step}: ${found[step]}, not ${value}`,
      ).toBeLessThan(1e-9);
  });
}

describe("XMILE written from a case", () => {
  it.each(["market.mdl", "water.xmile"])("and opened again runs as the case made of %s does", (file) => {
    const model = checked(
      importModel({ name: file, text: readFileSync(`test/interchange/models/${file}`, "utf8") }).text,
    );
    const unknowns = model.unknowns.map((u) =>
      u.distribution.kind === "constant" && u.distribution.value.op === "const" ? u.distribution.value.value : NaN,
    );
    expect(unknowns.every((x) => Number.isFinite(x))).toBe(true);
    expectSameCourse(model, { claims: [], unknowns, choices: {} });
  });

  it("takes claims as they are likelier, unknowns at their medians, choices as told, ranges as they are, and nothing as having happened", () => {
    const model = checked(`
case parts "All that a course of time is made of"
time 3 to 11 by 0.25 year
unit barrel
claim likely causal "It grows." { credence 70% }
claim unlikely causal "It leaks." { credence 20% }
actor we "We"
choice pump "Pump" by we = shut | running
unknown growth : share/year "Growth" ~ uniform(10 percent/year, 30 percent/year)
unknown base : barrel "What is there" ~ triangular(10, 20, 30)
table price : number over barrel "Price" = 0 barrel -> 5, 40 barrel -> 1
each place in {north, south} {
  stock oil : barrel "Oil" = base  within 5 barrel..24 barrel
    + oil * growth  because likely
    - oil * 0.5 / 1 year  because unlikely
    + (if pump = running then 4 barrel/year else 0 barrel/year)
}
stock full : share "Fullness" = 50%  within 0..
  - 0.2 / 1 year
let all : barrel = sum(oil) + mean(oil) - min(oil)
let worth : number = price(oil[north]) ^ 2 + tanh(time / 1 year) * logistic(1) + arctan(2) - floor(1.5) + round(2.5) + mod(7, 4)
let late : barrel = delay(all, 1 year, 3 barrel)
let even : barrel = smooth(all, 2 years)
let spread : barrel = delay3(all, 2 years, 0 barrel)
let grown : number = all / all[start]
let truth : number = if all > 50 barrel and not (time < 2 years) or false then 1 else 0
let pulsed : number = pulse(2 years, 1 year) + step(3 years, 2) + ramp(0.5/year, 1 year, 4 years)
event shock_event rate 0.3/year when happened(shock_event) then set full = 0
let calm : number = (if happened(shock_event) then 0 else 1) + count(shock_event)
outcome last : barrel = final(all)
`);
    expectSameCourse(model, { claims: [1, 0], unknowns: [0.2, 20], choices: { pump: "running" } });
    expect(writeXmile(model, {}).leftOut).toEqual(["event 'shock_event': it has not happened"]);
    expect(() => writeXmile(model, { pump: "half" })).toThrow("the choice 'pump' has no option 'half'");
    expect(() =>
      writeXmile(checked('case static "No time"\nunknown x : number ~ 1 to 2\noutcome y : number = x'), {}),
    ).toThrow("static");
  });
});
