/** The words of a page's first screen for the gap between two figures: its size, and which way it goes. */

import { expect, it } from "vitest";
import { leadPlanOf } from "#analysis/lead/lead-plan.ts";
import { gapWithWay } from "#report/page/lead-words.ts";
import { checked, twoYears } from "../model/checked.ts";

function gap(statement: string, values: readonly number[]): string | null {
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
  return gapWithWay(model, plan, values);
}

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
