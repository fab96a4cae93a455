/** A case without time: what it may hold, and what is told of the rest. */

import { describe, expect, it } from "vitest";
import { checked, codesOf, named, show, still } from "./checked.ts";

describe("a static case", () => {
  it("holds claims, unknowns, lets, tables, outcomes and conclusions", () => {
    const model = checked(`${still}claim c causal "C."
unknown u : usd ~ 10 to 100
table t : share over usd = 0 usd -> 0%, 100 usd -> 50%
let loss : share =
  t(u)
  + 5% because c
outcome lost : share = loss * 2
outcome bad = lost > 40%
conclusion likely "It is likely": chance(bad) > 50% by 5 points`);
    expect(model.time).toBeNull();
    expect(show(named(model.outcomes, "lost").value)).toBe("(loss * 2)");
    expect(named(model.outcomes, "bad").isTruth).toBe(true);
    expect(named(model.lets, "loss").isStatic).toBe(true);
    expect(model.tables[0]).toMatchObject({ x: [0, 100], y: [0, 0.5] });
  });

  const moving: readonly string[] = [
    "stock s : number = 1",
    "shock n : number ~ normal(0, 1)",
    "event e rate 1/year",
    "let x = time",
    "let x : number = step(1 month)",
    "let x : number = delay(1, 3 months)",
    "outcome o : number = final(3)",
    "outcome o : month = 2025-01 - start",
    "let y : number = 1\nlet x : number = y[start]",
  ];
  for (const text of moving)
    it(`refuses ${text}`, () => {
      expect(codesOf(still + text)).toEqual(["static-case"]);
    });

  it("refuses what asks for events too", () => {
    expect(codesOf(`${still}outcome o = happened(e)`)).toEqual(["static-case"]);
  });
});

describe("time", () => {
  const wrong: readonly (readonly [string, string])[] = [
    ["2024-01 to 2023-01 by month", "time-backwards"],
    ["2024-01 to 2026-01 by fortnight", "unknown-name"],
    ["2024-01 to 3 by month", "mixed-time"],
    ["0 to 10 by 3 month", "partial-step"],
    ["0 to 10 by 0 month", "bad-step"],
    ["0 to 2000000 by day", "over-budget"],
  ];
  for (const [text, code] of wrong)
    it(`refuses ${text}`, () => {
      expect(codesOf(`${still}time ${text}`)).toEqual([code]);
    });

  it("counts steps as whole numbers", () => {
    expect(checked(`${still}time 2022-01 to 2032-01 by month`).time).toEqual({
      start: "2022-01-01",
      origin: 0,
      steps: 120,
      dt: 1,
      unit: "month",
      method: "euler",
    });
    expect(checked(`${still}time 0 to 10 by 0.25 day using rk4`).time).toMatchObject({
      start: null,
      steps: 40,
      dt: 0.25,
      method: "rk4",
    });
    // 2024 is a leap year: 366 days, and 365 in the next.
    expect(checked(`${still}time 2024-01 to 2026-01 by day`).time).toMatchObject({ steps: 731 });
  });

  it("knows no dates without a calendar", () => {
    expect(codesOf(`${still}time 0 to 10 by month\nlet x = 2024-01 - start`)).toEqual(["no-calendar"]);
  });
});
