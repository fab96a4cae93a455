/** Whether a conclusion that holds rests on the argument: the same question with every claim off. */

import { expect, it } from "vitest";
import { runFindings } from "#analysis/findings/findings.ts";
import { conclusionsApart } from "#analysis/verdicts/conclusions.ts";
import { hangingTexts } from "#report/words/words.ts";
import { checked } from "../../model/checked.ts";
import { quickLab } from "../../lab.ts";

const asking = {
  seed: 1,
  set: {},
  worlds: 1024,
  untilSettled: true,
  budget: 1e12,
  views: ["case"],
  vary: [],
  series: [],
};

const text = `case rest "Does it rest on anything?"
claim works causal "The charge works." { credence 60% }
claim idle causal "It counts elsewhere." { credence 50% }
actor city
choice plan "The plan" by city = none | charge
unknown size : number "How much" ~ uniform(1, 3)
let effect : number =
  5 + size  ours
  + size  because works
outcome gain : number "The gain" = if plan = charge then effect else 0
outcome plain : number "The plain gain" = if plan = charge then size else 0
outcome third : number "The third" = if plan = charge then effect - 6 else 0
outcome other : number = if idle then 1 else 0
conclusion good "The charge is worth it": mean(gain if plan = charge) > mean(gain if plan = none) by 1
conclusion apart "Nothing said matters": mean(plain if plan = charge) > mean(plain if plan = none) by 1
conclusion hangs "It hangs on the claim": mean(third if plan = charge) > mean(third if plan = none) by 2
conclusion about "It is about the claim": mean(gain if plan = charge and works) > mean(gain if plan = charge and not works) by 1
`;
const model = checked(text);

it("says of a conclusion that holds whether it holds with every claim off as well", async () => {
  const { conclusions } = await runFindings(model, asking, quickLab());
  const of = Object.fromEntries(conclusions.map((c) => [c.name, c]));
  expect(conclusions.map((c) => c.verdict)).toEqual(["holds", "holds", "holds", "holds"]);
  // Without the claims the gain is 5 and the size, whose mean is 2; standard error 1/√3 of √1024.
  expect(Math.abs((of["good"]?.withoutClaims?.margin ?? 0) - 7)).toBeLessThan(0.07);
  expect(Math.abs((of["apart"]?.withoutClaims?.margin ?? 0) - 2)).toBeLessThan(0.07);
  // The third is 7 − 6 without the claims, below the margin that matters; the last names a claim itself.
  expect(of["hangs"]?.withoutClaims).toBeNull();
  expect(of["about"]?.withoutClaims).toBeNull();
  expect(of["good"] === undefined ? [] : hangingTexts(of["good"])).toEqual([
    "It holds with every claim switched off too: it needs none of them, though some may turn it.",
  ]);
});

it("knows without a run which conclusions no claim can reach; one that supposes a claim to be false is about it", () => {
  expect(conclusionsApart(model).map((c) => c.name)).toEqual(["apart"]);
  const supposing = checked(`${text}suppose off "It does not work" { set works = false }
conclusion supposed "Supposed": mean(gain if plan = charge and off) > mean(gain if plan = none and off) by 1
`);
  expect(conclusionsApart(supposing).map((c) => c.name)).toEqual(["apart"]);
});
