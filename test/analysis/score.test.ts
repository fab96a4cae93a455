/** Forecasts scored: by hand on a case whose chances are known, with what was laid down kept apart from what was changed. */

import { describe, expect, it } from "vitest";
import { layDown, scoreFindings, staleForecasts, type Frozen, type ScoreFindings } from "#analysis/record/score.ts";
import { parse } from "#language/parser.ts";
import { check } from "#model/check.ts";
import type { Model } from "#model/model.ts";
import { scoreBlocks } from "#report/sections/score-section.ts";
import { printDiagnostics } from "#text/print.ts";
import { quickLab } from "../lab.ts";

const lab = quickLab();

const text = (reading: string): string => `case c "Q"
time 2022-01 to 2026-01 by month
claim sure prediction "It comes." { credence 100% }
claim other prediction "The other too." { credence 0% }
event rain rate 0.5/year * (if sure then 2 else 1)
event never rate 0.1/year * (if other then 1 else 0)
outcome rained = happened(rain)
outcome nevered = happened(never)
unknown late : share ~ uniform(0, 1) known by 2023-01
outcome l : share = late
forecast one of sure by 2023-01: happened(rain) reading ${reading} state came true on 2022-06-01
forecast two of sure by 2024-01: happened(rain) reading 60% state came false on 2024-01-01
forecast three of other by 2024-01: happened(never) state came false on 2024-01-01
forecast four of other by 2026-01: happened(never) reading 10% state open
forecast five of other by 2026-01: happened(never) reading 10% state not scorable "advice"
`;

function modelWith(reading: string): Model {
  const document = { name: "case.casus", text: text(reading).replace('case c "Q"', 'case c "Q" { as of 2022-01 }') };
  const [file, syntax] = parse(document);
  const [model, found] = check([file], [document]);
  expect(printDiagnostics([...syntax, ...found], [document])).toBe("");
  if (model === null) throw new Error("no model");
  return model;
}

async function score(frozen: readonly Frozen[] = [], reading = "90%"): Promise<ScoreFindings> {
  const request = { views: ["case"], seed: 1, worlds: 8000, set: {}, budget: 1e10, frozen };
  return scoreFindings(modelWith(reading), request, lab);
}

describe("scores", () => {
  it("take the text at its reading, and leave out what has none, is open or is not scorable", async () => {
    const { scores, settled, independent } = await score();
    expect([settled, independent]).toEqual([3, 2]);
    const reading = scores.find((s) => s.kind === "reading");
    expect(reading?.scored).toBe(2);
    expect(reading?.brier).toBeCloseTo((0.1 ** 2 + 0.6 ** 2) / 2, 12);
    expect(reading?.logScore).toBeCloseTo(-(Math.log(0.9) + Math.log(0.4)) / 2, 12);
  });

  it("take a view's chances from its runs, and the base rates with every claim off", async () => {
    const { forecasts, scores } = await score();
    const [one] = forecasts;
    const chance = one?.views[0]?.chance;
    expect(Math.abs((chance?.value ?? 0) - (1 - Math.exp(-1)))).toBeLessThan(4 * (chance?.se ?? 0));
    expect(Math.abs((one?.base.value ?? 0) - (1 - Math.exp(-0.5)))).toBeLessThan(4 * (one?.base.se ?? 0));
    // The slope of a squared miss is 2(p − o), of a log score 1/p or 1/(1 − p); of three forecasts, the last with no run in 8,000: p = ½ ÷ 8,001.
    const own = scores.find((x) => x.kind === "view");
    const scored = forecasts.slice(0, 3).map(({ views: [v] }, i) => ({
      p: ((v?.chance.value ?? NaN) * 8000 + 0.5) / 8001,
      se: v?.chance.se ?? NaN,
      o: i === 0 ? 1 : 0,
    }));
    const mean = (of: (x: (typeof scored)[number]) => number): number => scored.reduce((sum, x) => sum + of(x), 0) / 3;
    expect(own?.brierError).toBeCloseTo(
      mean((x) => 2 * Math.abs(x.p - x.o) * x.se),
      12,
    );
    expect(own?.logScoreError).toBeCloseTo(
      mean((x) => x.se / Math.abs(x.p - (1 - x.o))),
      12,
    );
    expect(scores.find((x) => x.kind === "reading")?.brierError).toBe(0);
    const base = scores.find((s) => s.kind === "base");
    expect(base?.skill).toBeCloseTo(0, 12);
    // What no run showed is not called impossible.
    expect(forecasts[2]?.views[0]?.chance.value).toBe(0);
    expect(scores.find((s) => s.kind === "view")?.logScore).toBeLessThan(Infinity);
  });

  it("tell no skill against base rates that were right of every one: their error is the number of runs", async () => {
    const sure = `${text("90%").split("forecast one")[0]}event war at 2022-07-01
forecast came of sure by 2022-07-01: happened(war) reading 80% state came true on 2022-07-01
forecast before of sure by 2022-06-01: happened(war) reading 20% state came false on 2022-06-01
`;
    const [model] = check([parse({ name: "c.casus", text: sure })[0]], [{ name: "c.casus", text: sure }]);
    if (model === null) throw new Error("no model");
    const request = { views: ["case"], seed: 1, worlds: 500, set: {}, budget: 1e10, frozen: [] };
    const { scores } = await scoreFindings(model, request, lab);
    expect(scores.find((s) => s.kind === "reading")?.brier).toBeCloseTo(0.04, 12);
    expect(scores.map((s) => s.skill)).toEqual([NaN, NaN, NaN]);
  });

  it("tell no curve and no decomposition from fewer than thirty", async () => {
    for (const s of (await score()).scores) expect([s.decomposition, s.calibration]).toEqual([null, null]);
  });

  it("say what was known only later", async () => {
    expect((await score()).hindsight).toEqual(["late"]);
  });
});

describe("forecasts laid down", () => {
  it("are those still open, once for each version of the case; the first of them is the one that counts", async () => {
    const model = modelWith("90%");
    const first = await score();
    const { fresh } = await layDown(model, first, { caseHash: "abc", on: "2024-05-01" }, lab);
    expect(fresh.map((f) => [f.name, f.caseHash, f.on, f.evidence])).toEqual([["four", "abc", "2024-05-01", []]]);
    const again = await score(fresh);
    expect(again.forecasts.find((f) => f.name === "four")?.frozen?.on).toBe("2024-05-01");
    expect((await layDown(model, again, { caseHash: "abc", on: "2025-01-01" }, lab)).fresh).toEqual([]);
    expect([staleForecasts(model, fresh, "abc"), staleForecasts(model, fresh, "def")]).toEqual([[], ["four"]]);
    const later = await layDown(model, again, { caseHash: "def", on: "2025-01-01" }, lab);
    expect(later.fresh.map((f) => [f.name, f.on])).toEqual([["four", "2025-01-01"]]);
    const both = await score([...fresh, ...later.fresh]);
    expect(both.forecasts.find((f) => f.name === "four")?.frozen?.on).toBe("2024-05-01");
  });

  it("count what has been seen by their date: an event at a constant hazard that had not come after two of four years, 1 − exp(−2h)", async () => {
    const document = {
      name: "case.casus",
      text: `case c "Q" { as of 2022-01 }
time 2022-01 to 2026-01 by month
claim high causal "It is likely." { credence 50% }
event rain rate 0.2/year * (if high then 3 else 1)
actor a "A"
choice s by a = one | two
outcome rained = happened(rain)
evidence dry by 2024-01: not happened(rain) if s = one
evidence later by 2025-06: not happened(rain) if s = one
forecast comes of high by 2026-01: happened(rain) if s = two state open
`,
    };
    const [file] = parse(document);
    const [model] = check([file], [document]);
    if (model === null) throw new Error("no model");
    const request = { views: ["case"], seed: 1, worlds: 20_000, set: {}, budget: 1e10, frozen: [] };
    const found = await scoreFindings(model, request, lab);
    const mixed = (chance: (hazard: number) => number, weight: (hazard: number) => number): number =>
      (weight(0.6) * chance(0.6) + weight(0.2) * chance(0.2)) / (weight(0.6) + weight(0.2));
    const of = (years: number) => (hazard: number) => 1 - Math.exp(-hazard * years);
    const stood = (years: number) => (hazard: number) => Math.exp(-hazard * years);
    const none = await layDown(model, found, { caseHash: "a", on: "2023-12-31" }, lab);
    const some = await layDown(model, found, { caseHash: "a", on: "2024-05-01" }, lab);
    const all = await layDown(model, found, { caseHash: "a", on: "2026-11-28" }, lab);
    expect([none, some, all].map(({ fresh }) => fresh[0]?.evidence)).toEqual([[], ["dry"], ["dry", "later"]]);
    // To four errors of some 10,000 worlds.
    for (const [{ fresh }, right] of [
      [none, mixed(of(4), () => 1)],
      [some, mixed(of(2), stood(2))],
      [all, mixed(of(7 / 12), stood(41 / 12))],
    ] as const)
      expect(Math.abs((fresh[0]?.views["case"] ?? Number.NaN) - right)).toBeLessThan(0.02);
  });

  it("say why of a view whose runs hardly agree with what was seen, and take no other chance in its place", async () => {
    const document = {
      name: "case.casus",
      text: `case c "Q" { as of 2022-01 }
time 2022-01 to 2026-01 by month
unknown depth : share ~ uniform(0, 1)
event rain rate 1/year * depth
outcome rained = happened(rain)
evidence exact of depth error 0.0001% discrepancy 0.0001% = 2023-01 -> 50%
claim it prediction "It comes." { credence 50% }
forecast comes of it by 2026-01: happened(rain) state open
`,
    };
    const [file] = parse(document);
    const [model, found] = check([file], [document]);
    if (model === null) throw new Error(printDiagnostics(found, [document]));
    const request = { views: ["case"], seed: 1, worlds: 200, set: {}, budget: 1e10, frozen: [] };
    const { fresh, untold } = await layDown(
      model,
      await scoreFindings(model, request, lab),
      { caseHash: "a", on: "2024-05-01" },
      lab,
    );
    expect(untold["case"]).toMatch(/^of 6400 simulated runs made, .* worth \d+; 100 are needed$/);
    expect(fresh.map((f) => [f.views, f.untold])).toEqual([[{}, untold]]);
    const later = await scoreFindings(model, { ...request, frozen: fresh }, lab);
    const said = JSON.stringify(scoreBlocks(model, later, { title: "Q", asOf: null } as never));
    expect(said).toContain(`Case: ${untold["case"]}.`);
  });

  it("count with the chances of then, and a changed reading makes a new one", async () => {
    const now = await score();
    const one = now.forecasts.find((f) => f.name === "one");
    const laid: Frozen = {
      name: "one",
      fingerprint: one?.fingerprint ?? "",
      caseHash: "a",
      on: "2022-01-02",
      reading: 0.9,
      base: 0.5,
      views: { case: 0.25 },
    };
    const view = (s: ScoreFindings): number => s.scores.find((x) => x.kind === "view")?.brier ?? NaN;
    expect(view(await score([laid]))).not.toBeCloseTo(view(now), 3);
    const changed = (await score([laid], "80%")).forecasts.find((f) => f.name === "one");
    expect([changed?.frozen, changed?.isChanged]).toEqual([null, true]);
  });
});
