/** Draws belong to their names: a line that nothing else reads changes no other draw, and no outcome, to the last bit. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { modelOf, runsOf } from "../kernel/runs.ts";

const lines: readonly string[] = [
  'claim a causal "A." { credence 40% }',
  'claim b causal "B." { credence 70% given a, 20% }',
  'claim r1 motive "One." { credence 30% }\nclaim r2 motive "Two." { credence 30% }\none of pair {r1, r2, neither}',
  "unknown u : number ~ beta(2, 3)",
  "unknown w : number ~ normal(u, if a then 1 else 2)",
  "shock n : number ~ normal(0, 1) every 2 days",
  "stock s : number = u\n  + n * 1/day\n  + w * 1/day  because b",
  "event hit rate 0.2/day when s > -5 repeats then add 1 to s",
  'actor x\npolicy act "Acts" by x on hit repeats\n  option go: u\n  option stay: 0',
  "outcome last : number = final(s)",
  "outcome hits : number = count(hit)",
  "outcome went : number = count(act.go)",
];

/** Things that nothing of the above reads. */
const unrelated: readonly string[] = [
  'claim other causal "Other." { credence 50% }\noutcome o1 = other',
  "unknown other : share ~ 10% to 60%\noutcome o2 : share = other",
  "shock noise : number ~ uniform(0, 1)\nlet heard : number = noise\noutcome o3 : number = mean(heard)",
  "event knock rate 0.7/day repeats\noutcome o4 : number = count(knock)",
  "event bell every 3 days repeats\noutcome o5 : number = count(bell)",
  "stock pile : number = 0\n  + 1/day\noutcome o6 : number = final(pile)",
  'actor y\npolicy turn "Turns" by y at 4 days\n  option left: 0\n  option right: 1\noutcome o7 = happened(turn.left)',
];

const head = "time 0 to 10 by 1 day";
const own = ["last", "hits", "went"];

function found(text: string, seed: number): readonly (readonly unknown[])[] {
  const model = modelOf(`${head}\n${text}`);
  const at = own.map((name) => model.outcomes.findIndex((o) => o.name === name));
  const unknownAt = ["u", "w"].map((name) => model.unknowns.findIndex((o) => o.name === name));
  expect([...at, ...unknownAt].every((i) => i >= 0)).toBe(true);
  return runsOf(model, { worlds: 12, seed, series: ["s"] }).map((r) => [
    ...at.map((i) => r.outcomes[i]),
    ...Array.from(r.series[0] ?? []),
  ]);
}

describe("a line that nothing reads", () => {
  it("leaves every other draw as it was, wherever it stands", () => {
    fc.assert(
      fc.property(
        fc.subarray([...unrelated.keys()], { minLength: 1, maxLength: 1 }),
        fc.nat(lines.length),
        fc.integer({ min: 0, max: 4_294_967_295 }),
        ([which = 0], place, seed) => {
          const more = lines.toSpliced(place, 0, unrelated[which] ?? "");
          expect(found(more.join("\n"), seed)).toEqual(found(lines.join("\n"), seed));
        },
      ),
      { numRuns: 60, seed: 5 },
    );
  });

  it("is seen to change something when it is not unrelated", () => {
    const changed = lines.map((l) => l.replace("beta(2, 3)", "beta(3, 2)"));
    expect(found(changed.join("\n"), 1)).not.toEqual(found(lines.join("\n"), 1));
  });

  it("nor does the order of declarations matter to any draw", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...unrelated.keys()], { minLength: 2, maxLength: 2 }),
        fc.nat(1000),
        (pair, seed) => {
          // Names may be declared twice among them: keep one of each name.
          const pieces = pair.map((i) => unrelated[i] ?? "").filter((p) => !p.includes("other"));
          const forward = [...lines, ...pieces].join("\n");
          const backward = [...pieces.toReversed(), ...lines].join("\n");
          expect(found(backward, seed)).toEqual(found(forward, seed));
        },
      ),
      { numRuns: 20, seed: 5 },
    );
  });
});
