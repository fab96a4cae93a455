/** Ensembles on small cases whose answers are known: chances, margins with their errors, verdicts, and that order and company change nothing. */

import { describe, expect, it } from "vitest";
import { OverBudget } from "#ensemble/budget.ts";
import { StoppedRun } from "#ensemble/failure.ts";
import { runFindings, testFindings, type Request } from "#analysis/findings/findings.ts";
import { parse } from "#language/parser.ts";
import { check } from "#model/check.ts";
import type { Model } from "#model/model.ts";
import { quickLab } from "../lab.ts";

function modelOf(text: string): Model {
  const document = { name: "t.casus", text: `case t "T"\n${text}` };
  const [file, syntax] = parse(document);
  const [model, problems] = check([file], [document]);
  expect([...syntax, ...problems].filter((d) => d.severity === "error")).toEqual([]);
  if (model === null) throw new Error("no model");
  return model;
}

const request: Request = { views: ["case"], seed: 1, worlds: 4000, set: {}, vary: [], series: [], budget: 1e12 };

const lab = quickLab();

const run = (model: Model, more: Partial<Request> = {}) => runFindings(model, { ...request, ...more }, lab);

describe("figures over runs", () => {
  it("finds a claim true as often as its credence says, with the binomial's error", async () => {
    const { profiles } = await run(modelOf('claim a causal "A." { credence 30% }\noutcome x = a'));
    const summary = profiles[0]?.outcomes[0]?.summary;
    // √(.3·.7/4000) = 0.00725; four of them.
    expect(Math.abs((summary?.mean ?? 0) - 0.3)).toBeLessThan(0.029);
    expect(summary?.se).toBeCloseTo(0.00725, 3);
  });

  it("draws rivals so that at most one is true, each as often as it should be", async () => {
    const model = modelOf(
      'claim a causal "A." { credence 50% }\nclaim b causal "B." { credence 20% }\none of {a, b, neither}\noutcome x = a\noutcome y = b\noutcome both = a and b',
    );
    const means = (await run(model)).profiles[0]?.outcomes.map((o) => o.summary.mean) ?? [];
    expect(means[2]).toBe(0);
    expect(Math.abs((means[0] ?? 0) - 0.5)).toBeLessThan(0.032);
    expect(Math.abs((means[1] ?? 0) - 0.2)).toBeLessThan(0.026);
  });

  it("makes a claim as likely as its condition says", async () => {
    const model = modelOf(
      'claim a causal "A." { credence 50% }\nclaim b causal "B." { credence 90% given a, 10% }\noutcome x = a and b\noutcome y = b and not a',
    );
    const means = (await run(model)).profiles[0]?.outcomes.map((o) => o.summary.mean) ?? [];
    expect(Math.abs((means[0] ?? 0) - 0.45)).toBeLessThan(0.032);
    expect(Math.abs((means[1] ?? 0) - 0.05)).toBeLessThan(0.014);
  });

  it("gives the mean and the middle 90 % of an interval", async () => {
    const model = modelOf("unknown u : number ~ normal(10 to 20)\noutcome x : number = u");
    const summary = (await run(model)).profiles[0]?.outcomes[0]?.summary;
    // Standard error of the mean: 10/3.29/√4000 = 0.048; of a 5 % point about 0.1.
    expect(Math.abs((summary?.mean ?? 0) - 15)).toBeLessThan(0.2);
    expect(Math.abs((summary?.q05 ?? 0) - 10)).toBeLessThan(0.5);
    expect(Math.abs((summary?.q95 ?? 0) - 20)).toBeLessThan(0.5);
  });

  it("meets options with the same luck: a difference that is the same in every run has no error", async () => {
    const model = modelOf(
      'actor w\nchoice m by w = p | q\nunknown u : number ~ normal(0, 5)\noutcome x : number = u + (if m = q then 1 else 0)\nconclusion k "More": mean(x if m = q) > mean(x if m = p) by 0.5',
    );
    const [k] = (await run(model, { worlds: 200 })).conclusions;
    expect(k?.comparison.margin).toBeCloseTo(1, 12);
    expect(k?.comparison.se).toBeLessThan(1e-12);
    expect(k?.verdict).toBe("holds");
  });

  it("counts only the runs a condition leaves, and refuses too few", async () => {
    const model = modelOf(
      'claim a causal "A." { credence 1% }\nunknown u : number ~ uniform(0, 1)\noutcome x = u < 0.5\nconclusion half "Half": chance(x | not a) > 40%\nconclusion rare "Rare": chance(x | a) > 40%\noutcome y = a',
    );
    const { conclusions } = await run(model, { worlds: 1000 });
    expect(conclusions.map((c) => c.verdict)).toEqual(["holds", "not told"]);
    expect(conclusions[1]?.comparison.refusal?.kind).toBe("rare");
  });

  it("pins a claim that a figure sets", async () => {
    const model = modelOf(
      'claim a causal "A." { credence 10% }\noutcome x = a\nconclusion k "On": chance(x if a) > chance(x if not a) by 99 points',
    );
    const [k] = (await run(model, { worlds: 50 })).conclusions;
    expect(k?.comparison.margin).toBe(1);
  });

  it("judges the same whatever is run beside it, and the same again", async () => {
    const text =
      'actor w\nchoice m by w = p | q\nclaim a causal "A." { credence 40% }\nunknown u : number ~ normal(0, 1)\noutcome x : number = u + (if m = q and a then 1 else 0)\nview v { a 90% }';
    const alone = await run(modelOf(text), { worlds: 100 });
    const beside = await run(modelOf(`${text}\nunknown other : number ~ beta(2, 3)\noutcome z : number = other`), {
      worlds: 100,
      views: ["v", "case"],
    });
    expect(beside.profiles.find((p) => p.view === "case" && p.choices["m"] === "q")?.outcomes[0]).toEqual(
      alone.profiles.find((p) => p.choices["m"] === "q")?.outcomes[0],
    );
    expect(await run(modelOf(text), { worlds: 100 })).toEqual(alone);
  });
});

describe("expectations and refusals", () => {
  it("finds the run and the step in which something that must always hold does not", async () => {
    const model = modelOf(
      "time 0 to 10 by day\nstock s : number = 0\n  + 1/day\noutcome x : number = final(s)\nexpect low: always s < 4.5\nexpect close: mean(x) in 9.9..10.1",
    );
    const { expectations } = await testFindings(model, { ...request, worlds: 3 }, lab);
    expect(expectations.map((e) => e.state)).toEqual(["failed", "passed"]);
    const found = expectations[0]?.found;
    expect(found?.kind === "always" ? [found.runs, found.first?.world, found.first?.step] : null).toEqual([3, 0, 5]);
  });

  it("refuses what is over budget, by name, before it starts", async () => {
    const model = modelOf("outcome x = 1 < 2");
    await expect(run(model, { worlds: 1_000_000, budget: 1000 })).rejects.toThrow(OverBudget);
  });

  it("says where a run could not go on", async () => {
    const model = modelOf(
      "time 0 to 10 by day\nstock s : number = 1\n  + s * s * 1e200/day\noutcome x : number = final(s)",
    );
    await expect(run(model, { worlds: 1 })).rejects.toThrow(StoppedRun);
    await expect(run(model, { worlds: 1 })).rejects.toThrow(/stock s .*world 0/);
  });
});
