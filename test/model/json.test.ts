/** A model is plain data: JSON does not change it, a run of what comes back is the same, and its published schema is that of its type. */

import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { createGenerator } from "ts-json-schema-generator";
import { describe, expect, it } from "vitest";
import { load } from "#cli/load.ts";
import type { Model } from "#model/model.ts";
import { runsOf } from "../kernel/runs.ts";
import { checked, twoYears } from "./checked.ts";

const published = "docs/schema/model-1.json";

/** JSON Schema (draft 7) of the type `Model`, closed. */
function schemaOfType(): string {
  const schema = createGenerator({
    path: "src/model/model.ts",
    type: "Model",
    tsconfig: "test/model/schema.tsconfig.json",
    skipTypeCheck: true,
    additionalProperties: false,
  }).createSchema("Model");
  return `${JSON.stringify({ $id: "casus/model@1", title: "model-1", ...schema }, null, 2)}\n`;
}

function modelsOfCasebook(): readonly Model[] {
  return readdirSync("casebook")
    .map((name) => join("casebook", name))
    .filter((path) => statSync(path).isDirectory())
    .map((folder) => {
      const { model } = load(folder);
      if (model === null) throw new Error(`${folder} is not right`);
      return model;
    });
}

const again = (model: Model): Model => JSON.parse(JSON.stringify(model)) as Model;

describe("a model as JSON", () => {
  const models = [
    ...modelsOfCasebook(),
    checked(`${twoYears}unknown u : number ~ normal(1, 2) within 0..
shock n : share ~ uniform(0, 1)
stock s : number = u  within ..5
  + 1/month
let l : number = delay(s, 3 months) + smooth(s, 2 months) + s[start]
each k in {a, b} { let m : number = 1 }
event e rate 1/year when s > 1 repeats then set s = 0 stop
outcome o : number = final(l)
suppose q { set s = 3 from 2025-01  force e at 2024-06 }
expect r: always s >= 0`),
  ];

  it("keeps no minus zero, which would come back as zero", () => {
    const model = checked(
      'case c "Q"\ntime -0 to 2 by 1 day\nlet x : number = -0 * time / 1 day\noutcome o : number = final(x)',
    );
    expect(again(model)).toEqual(model);
    expect(Object.is(model.time?.origin, 0)).toBe(true);
  });

  it("comes back as it was", () => {
    for (const model of models) expect(again(model)).toEqual(model);
  });

  it("runs to the same bits when it has come back", () => {
    for (const model of models)
      expect(runsOf(again(model), { worlds: 3 }).map((r) => [...r.outcomes])).toEqual(
        runsOf(model, { worlds: 3 }).map((r) => [...r.outcomes]),
      );
  });

  it("has the schema of its type (UPDATE=1 writes it)", () => {
    const text = schemaOfType();
    if (process.env["UPDATE"] === "1") writeFileSync(published, text);
    expect(readFileSync(published, "utf8")).toBe(text);
  });

  it("holds to it, and a planted fault does not", () => {
    const validate = new Ajv({ allErrors: true, strict: false }).compile(
      JSON.parse(readFileSync(published, "utf8")) as object,
    );
    for (const model of models) expect(validate(again(model)) ? [] : validate.errors).toEqual([]);
    const [first] = models;
    if (first === undefined) throw new Error("no model");
    expect(validate({ ...again(first), stocks: [{ name: "s" }] })).toBe(false);
    expect(validate({ ...again(first), surprise: 1 })).toBe(false);
  });
});
