/** Cumulative incidence against the exponential law, against the outcome that tells the same, and over options on the same worlds. */

import { describe, expect, it } from "vitest";
import { curveFindings, eventsOfOutcome } from "#analysis/outcomes/curves.ts";
import { runFindings } from "#analysis/findings/findings.ts";
import { parse } from "#language/parser.ts";
import { check } from "#model/check.ts";
import { quickLab } from "../lab.ts";

const document = {
  name: "t.casus",
  text: `case t "T"
time 2022-01 to 2026-01 by month
actor w
choice m by w = slow | fast
event one "One" rate 0.5 * (if m = fast then 2 else 1) per year
event other "Other" rate 0.25 per year
outcome early = happened(one, 2023-01) or happened(other, 2023-01)
outcome either = happened(one) or happened(other)
outcome only = happened(one)
outcome both = happened(one) and happened(other)`,
};
const [file, syntax] = parse(document);
const [model, problems] = check([file], [document]);
const lab = quickLab();
const request = { seed: 1, worlds: 4000, budget: 1e12 };

describe("curves of events", () => {
  it("follow 1 − exp(−rate · t), within three standard errors", async () => {
    expect([...syntax, ...problems].filter((d) => d.severity === "error")).toEqual([]);
    if (model === null) throw new Error("no model");
    const [slow, fast] = await curveFindings(
      model,
      ["slow", "fast"].map((m) => ({ events: ["one"], view: "case", choices: { m } })),
      request,
      lab,
    );
    for (const [curve, rate] of [
      [slow, 0.5],
      [fast, 1],
    ] as const) {
      expect(curve?.times).toHaveLength(49);
      for (const k of [12, 24, 48]) {
        const exact = 1 - Math.exp((-rate * k) / 12);
        expect(Math.abs((curve?.chance[k] ?? 0) - exact)).toBeLessThan(3 * (curve?.se[k] ?? 0) + 1e-9);
      }
      expect(curve?.se[12]).toBeCloseTo(
        Math.sqrt(((curve?.chance[12] ?? 0) * (1 - (curve?.chance[12] ?? 0))) / 3999),
        12,
      );
    }
  });

  it("say at a date what the outcome of that date says, and at the end what the outcome of the end says", async () => {
    if (model === null) throw new Error("no model");
    const [curve] = await curveFindings(
      model,
      [{ events: ["one", "other"], view: "case", choices: { m: "slow" } }],
      request,
      lab,
    );
    const run = await runFindings(
      model,
      { views: ["case"], set: { m: "slow" }, vary: [], series: [], ...request },
      lab,
    );
    const mean = (name: string) => run.profiles[0]?.outcomes.find((o) => o.name === name)?.summary.mean;
    expect(curve?.chance[12]).toBe(mean("early"));
    expect(curve?.chance[48]).toBe(mean("either"));
    expect([...(curve?.chance ?? [])].every((p, k, all) => k === 0 || p >= (all[k - 1] ?? 0))).toBe(true);
  });

  it("are drawn of outcomes that are the happening of events, and of no others", () => {
    const events = (name: string) => {
      const outcome = model?.outcomes.find((o) => o.name === name);
      return outcome === undefined ? undefined : eventsOfOutcome(outcome);
    };
    expect(events("either")).toEqual(["one", "other"]);
    expect(events("only")).toEqual(["one"]);
    expect(events("early")).toBeNull();
    expect(events("both")).toBeNull();
  });
});
