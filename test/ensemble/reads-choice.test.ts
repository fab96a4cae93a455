/** Which options can matter to what is read of a run, from the wiring; held against the runs themselves. */

import { describe, expect, it } from "vitest";
import { readerOfChoice } from "#ensemble/table/gates-read.ts";
import { job, sampleOf } from "#ensemble/jobs.ts";
import { standing } from "#ensemble/profiles.ts";
import { runJobs } from "#ensemble/runs.ts";
import { plainSituation } from "#ensemble/situation.ts";
import type { Model } from "#model/model.ts";
import { quickLab } from "../lab.ts";
import { caseOf } from "../report/cases.ts";
import { checked, twoYears } from "../model/checked.ts";

const model = checked(`${twoYears}
actor x "X"
choice move by x = wait | attack
choice terms by x = none | offered
choice list by x = full | part default full
stock level : share = 0 within 0..100%
event war "W" rate 20 percent/month  when move = attack
event peace "P" rate 10 percent/month  when happened(war) and terms = offered
  then set level = if terms = offered and list = part then 10% else 30%
suppose no_peace "No peace" { forbid peace }
outcome fought = happened(war)
outcome settled = happened(peace)
outcome high : share = final(level)
`);
const outcome = (name: string) => ({ op: "outcome", name }) as const;

describe("a choice that nothing can depend on", () => {
  const read = (choice: string, of: string, choices: Record<string, string> = {}, suppositions: string[] = []) =>
    readerOfChoice(model, { choices: { ...standing(model, {}), ...choices }, suppositions }, choice)([outcome(of)]);

  it("is one whose options lead to the same, whatever comes", () => {
    expect(read("move", "fought")).toBe(true);
    // There is no war to end, so no terms to take.
    expect(read("terms", "settled", { move: "wait" })).toBe(false);
    expect(read("terms", "settled", { move: "attack" })).toBe(true);
    expect(read("terms", "settled", { move: "attack" }, ["no_peace"])).toBe(false);
    expect(read("list", "high", { move: "attack", terms: "none" })).toBe(false);
    expect(read("list", "high", { move: "attack", terms: "offered" })).toBe(true);
    expect(read("list", "settled", { move: "attack", terms: "offered" })).toBe(false);
  });

  it.each(["crowe-1907", "durnovo-1914", "guarantee", "kennan-1946"])("changes no run of %s", async (name) => {
    const found = await unreadIn(caseOf(name));
    for (const { one, other } of found) expect(other).toEqual(one);
  });
});

/** For each outcome and each other option of each choice that it cannot depend on, its values in some runs, at the option that stands and at the other. */
async function unreadIn(of: Model): Promise<readonly { one: Float64Array; other: Float64Array }[]> {
  const stand = standing(of, {});
  const settings = of.choices.flatMap((choice) =>
    choice.options.map(({ name }) => ({ choice: choice.name, option: name })),
  );
  const at = ({ choice, option }: (typeof settings)[number]) => plainSituation({ ...stand, [choice]: option });
  const samples = await runJobs(
    of,
    [job("case", plainSituation(stand)), ...settings.map((s) => job("case", at(s)))],
    1,
    64,
    quickLab(),
  );
  return settings.flatMap((s) => {
    const isRead = readerOfChoice(of, plainSituation(stand), s.choice);
    return of.outcomes.flatMap(({ name }, i) => {
      const valuesIn = (situation: ReturnType<typeof plainSituation>): Float64Array =>
        sampleOf(samples, "case", situation).outcomes[i] as Float64Array;
      return isRead([outcome(name)]) ? [] : [{ one: valuesIn(plainSituation(stand)), other: valuesIn(at(s)) }];
    });
  });
}
