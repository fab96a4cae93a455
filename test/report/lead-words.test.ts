/** The words of a page's first screen: the gap between two figures and which way it goes, the line a figure is held against, the condition it is counted under. */

import { expect, it } from "vitest";
import { leadPlanOf, type LeadPlan } from "#analysis/lead/lead-plan.ts";
import type { Model } from "#model/model.ts";
import { gapWithWay, leadSentence, sideLabels, statisticWords } from "#report/page/lead-words.ts";
import { inScale, scaleOfPair } from "#report/words/numbers.ts";
import { checked, twoYears } from "../model/checked.ts";

function planned(statement: string): { readonly model: Model; readonly plan: LeadPlan } {
  const model = checked(`${twoYears}actor a "A"
choice go by a = yes "Yes" | no "No"
unknown n : number ~ normal(0, 1)
unknown cost : eur ~ 10 eur to 20 eur
outcome hit "It is hit" = n > (if go = yes then 1 else 0)
outcome part : share "The part" = if go = yes then 0.2 else 0.1
outcome paid : eur "Paid" = if go = yes then cost else 0 eur
conclusion c "C": ${statement}
`);
  const plan = leadPlanOf(model, "c");
  if (plan === null) throw new Error("the conclusion has no picture");
  return { model, plan };
}

function gap(statement: string, values: readonly number[]): string | null {
  const { model, plan } = planned(statement);
  return gapWithWay(model, plan, values);
}

function sentence(statement: string, values: readonly number[]): string {
  const { model, plan } = planned(statement);
  return leadSentence(model, plan, values)
    .map((p) => p.text)
    .join("");
}

it("subtracts before it rounds, and says so where what is shown would give something else", () => {
  const chances = "chance(hit if go = yes) > chance(hit if go = no)";
  // 23 and 22, 1.9 apart; 23 and 23, 0.9 apart; 23 and 22, 0.2 apart; 24 and 22, 2 apart.
  expect(sentence(chances, [0.2345, 0.2155])).toMatch(/23 of 100.* 22 .*: 2 more, before rounding\.$/);
  expect(sentence(chances, [0.2345, 0.2255])).toMatch(/23 of 100.* 23 .*: 1 more, before rounding\.$/);
  expect(sentence(chances, [0.226, 0.224])).toMatch(/23 of 100.* 22 .*: no difference to speak of, before rounding\.$/);
  expect(sentence(chances, [0.24, 0.22])).toMatch(/24 of 100.* 22 .*: 2 more\.$/);
  const amounts = "mean(paid if go = yes) > mean(paid if go = no)";
  expect(sentence(amounts, [12.45, 10.55])).toMatch(/: 2 eur more, before rounding\.$/);
});

it.each([
  [13.34, 17.66],
  [12.45, 10.55],
  [0.2345, 0.2255],
  [1234.5, 1233.4],
])("two amounts next to their difference are written so that they add up: %f and %f", (a, b) => {
  const scale = scaleOfPair(a, b, { label: "eur", factor: 1 });
  const [x, y] = [a, b].map((v) => Number(inScale(v, scale).replaceAll(",", ""))) as [number, number];
  expect(Math.abs(x - y).toFixed(scale.decimals)).toBe(Math.abs((a - b) / scale.by).toFixed(scale.decimals));
});

it("counts runs in 100 as they are shown, and says so where there is no difference", () => {
  const chances = "chance(hit if go = yes) < chance(hit if go = no)";
  expect(gap(chances, [0.31, 0.2])).toBe("11 more");
  expect(gap(chances, [0.2, 0.31])).toBe("11 fewer");
  expect(gap(chances, [0.204, 0.201])).toBe("no difference");
});

it("names the unit of an amount, and points of a share", () => {
  expect(gap("mean(part if go = yes) > mean(part if go = no)", [0.2, 0.1])).toBe("10 points more");
  expect(gap("mean(paid if go = yes) > mean(paid if go = no)", [12, 17])).toBe("5 eur less");
  expect(gap("mean(paid if go = yes) > mean(paid if go = no)", [12, 12])).toBe("no difference");
});

it("knows on which side of its line a figure is claimed to lie, whichever is written first", () => {
  const lineOf = (statement: string): LeadPlan["line"] => planned(statement).plan.line;
  expect(lineOf("chance(hit) > 40%")).toEqual({ value: 0.4, claimed: "over" });
  expect(lineOf("40% < chance(hit)")).toEqual({ value: 0.4, claimed: "over" });
  expect(lineOf("mean(paid) < 15 eur")).toEqual({ value: 15, claimed: "under" });
  expect(lineOf("15 eur > mean(paid)")).toEqual({ value: 15, claimed: "under" });
});

it("gives the condition as written, without what stands behind it, and says of which run a quantile is", () => {
  const { model, plan } = planned("quantile(paid | n > 0 and n < 3, 90%) > 15 eur");
  expect(sideLabels(model, plan)[0]).toMatch(/among runs where n > 0 and n < 3$/);
  expect([null, 0.5, 0.9, 0.975].map(statisticWords)).toEqual([
    "on average",
    "in the middle run",
    "in run 90 of 100, by size",
    "in run 97.5 of 100, by size",
  ]);
});
