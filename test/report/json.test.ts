/** What `--json` writes: real documents hold to the published schemas, the schemas are those of the definitions, and a planted fault is seen. */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { jsonSchemas } from "#report/json/json-schemas.ts";
import { casus } from "../cli/command.ts";

const folder = "docs/schema";

function published(name: string): string {
  return readFileSync(`${folder}/${name}.json`, "utf8");
}

function judged(name: string, document: unknown): string {
  const ajv = new Ajv2020({ allErrors: true, strict: true });
  const validate = ajv.compile(JSON.parse(published(name)) as object);
  return validate(document) ? "" : ajv.errorsText(validate.errors);
}

async function printed(...words: readonly string[]): Promise<Record<string, unknown>> {
  const { stdout, stderr } = await casus(...words, "--json");
  expect(stderr).toBe("");
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe("the published schemas", () => {
  for (const [name, schema] of Object.entries(jsonSchemas())) {
    it(`${name} is what its definition says (UPDATE=1 writes it)`, () => {
      const text = `${JSON.stringify(schema, null, 2)}\n`;
      if (process.env["UPDATE"] === "1") {
        mkdirSync(folder, { recursive: true });
        writeFileSync(`${folder}/${name}.json`, text);
      }
      expect(existsSync(`${folder}/${name}.json`)).toBe(true);
      expect(published(name)).toBe(text);
    });
  }

  it("leave none behind that nothing defines", () => {
    const defined = [...Object.keys(jsonSchemas()), "model-1"].map((n) => `${n}.json`);
    expect(readdirSync(folder).filter((f) => f.endsWith(".json") && !defined.includes(f))).toEqual([]);
  });
});

const run = await printed("run", "casebook/epidemic", "--worlds", "20", "--series", "infected,closed");

describe("real output holds to them", () => {
  const kremlin = ["casebook/kremlin-2022", "--worlds", "4", "--view", "author", "--view", "even"] as const;
  const documents: readonly (readonly [string, string, () => unknown])[] = [
    ["a run with series", "run-1", () => run],
    ["a run of a static case", "run-1", () => printed("run", "casebook/guarantee", "--worlds", "5")],
    ["a single run, without errors", "run-1", () => printed("run", "casebook/guarantee", "--worlds", "1")],
    ["the first case under two views", "run-1", () => printed("run", ...kremlin)],
    ["a report with curves", "report-1", () => printed("report", "casebook/epidemic", "--worlds", "20")],
    ["a report of a static case", "report-1", () => printed("report", "casebook/guarantee", "--worlds", "20")],
    ["a test", "test-1", () => printed("test", "casebook/epidemic", "--worlds", "20")],
    ["the first case's tests", "test-1", () => printed("test", "casebook/kremlin-2022", "--worlds", "8")],
    ["options compared", "compare-1", () => printed("compare", "casebook/guarantee", "--worlds", "64")],
    [
      "what carries a conclusion",
      "explain-1",
      () => printed("explain", "casebook/guarantee", "treaty_deters", "--worlds", "64", "--unknowns", "64"),
    ],
    [
      "what would reverse it",
      "flip-1",
      () => printed("flip", "casebook/guarantee", "treaty_deters", "--worlds", "64", "--unknowns", "64"),
    ],
    [
      "what evidence teaches",
      "learn-1",
      () => printed("learn", "casebook/kremlin-2022", "--worlds", "8", "--no-conclusions"),
    ],
    ["forecasts scored", "score-1", () => printed("score", "casebook/kremlin-2022", "--worlds", "4")],
    [
      "a case played",
      "play-1",
      () => printed("play", "test/analysis/deterrence.casus", "--worlds", "20", "--beliefs", "4"),
    ],
    ["a game file", "play-1", () => printed("play", "test/game/horse.efg")],
    ["a check", "check-1", () => printed("check", "casebook/guarantee", "--coverage")],
    ["a check of a wrong case", "check-1", () => printed("check", "test/diagnostics/duplicate-name--one.casus")],
  ];
  for (const [what, schema, document] of documents)
    it(what, async () => expect(judged(schema, await document())).toBe(""));
});

describe("the shape of casus/run@1", () => {
  it("names a profile's outcomes, each in its unit, with mean, error and quantiles", () => {
    const [profile] = run["profiles"] as { choices: object; outcomes: Record<string, object>; series: object }[];
    expect(profile?.choices).toEqual({ closure: "early" });
    expect(Object.keys(profile?.outcomes ?? {})).toEqual(["dead", "peak", "peak_day", "spared"]);
    for (const key of ["unit", "mean", "se", "q05", "q25", "q50", "q75", "q95"])
      expect(profile?.outcomes["dead"]).toHaveProperty(key);
    expect(Object.keys(profile?.series ?? {})).toEqual(["infected", "closed"]);
  });

  it("gives a series' times in the case's own unit, from its start", () => {
    const [profile] = run["profiles"] as { series: { infected: { time: number[]; q50: number[] } } }[];
    const { time, q50 } = profile?.series.infected ?? { time: [], q50: [] };
    expect([time.length, time[1], time.at(-1), q50.length]).toEqual([731, 0.5, 365, 731]);
  });

  it("says where it comes from", () => {
    expect(run["provenance"]).toMatchObject({ case: "epidemic", seed: 1, worlds: 20, view: "case" });
  });

  it("is closed: a document with a wrong verdict, a missing error or an unknown word is refused", () => {
    const planted = structuredClone(run) as { conclusions: Record<string, unknown>[]; extra?: number };
    const [first] = planted.conclusions;
    if (first === undefined) throw new Error("no conclusion");
    first["verdict"] = "perhaps";
    delete first["se"];
    planted.extra = 1;
    const told = judged("run-1", planted);
    for (const part of ["verdict", "se", "additional properties"]) expect(told).toContain(part);
  });
});
