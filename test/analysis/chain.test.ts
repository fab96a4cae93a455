/** The steps that the first picture shows of a model: those that claims switch, and what is simply paid. */

import { expect, it } from "vitest";
import { chainOf } from "#analysis/lead/chain.ts";
import { leadPlanOf } from "#analysis/lead/lead-plan.ts";
import { modelOf } from "../ensemble/tables.ts";

const scheme = `
claim busy causal "Work keeps people busy." { credence 60% }
claim paid_well causal "The wage is worth having." { credence 60% }
actor town "The town"
choice jobs by town = some { places 100 } | none { places 0 }
let cost : eur "Paid for the places" = jobs.places * 30 eur
let upkeep : eur = jobs.places * 1 eur
let kept : eur "Harm prevented" =
    0 eur
  + jobs.places * 20 eur  because busy
let wages : eur "Wages" =
    0 eur
  + jobs.places * 15 eur  because paid_well
outcome gain : eur "Gain" = kept + wages - cost - upkeep
conclusion pays "It pays": mean(gain if jobs = some) > mean(gain if jobs = none)
`;

it("shows what is simply paid next to what claims bring, where the modeller gave it words; what has none is folded away", () => {
  const model = modelOf(scheme);
  const plan = leadPlanOf(model, "pays");
  if (plan === null) throw new Error("no plan");
  const weights = new Map([
    ["busy", 20],
    ["paid_well", 15],
  ]);
  const chain = chainOf(model, plan, weights);
  expect(chain?.nodes.map((n) => n.label).toSorted()).toEqual([
    "Gain",
    "Harm prevented",
    "Paid for the places",
    "Wages",
    "jobs",
  ]);
  const paid = chain?.arrows.find((a) => a.from === "let:cost");
  expect([paid?.to, paid?.sign, paid?.claims]).toEqual(["outcome:gain", -1, []]);
});
