/** The joint law of claims against how often the drawer of claims draws each pattern, and by hand. */

import { describe, expect, it } from "vitest";
import { claimDrawer } from "#ensemble/draws/claims.ts";
import { blocksOf, lawChance, conditioned, lawOf } from "#ensemble/table/claim-law.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import { mixed, quadrature, removalOf, split } from "#ensemble/table/removal.ts";
import { modelOf } from "./tables.ts";

const linked = modelOf(`
claim a causal "A." { credence 30% }
claim b causal "B." { credence 80% given a, 20% }
claim p motive "P." { credence 50% }
claim q motive "Q." { credence 20% }
claim r motive "R." { credence 20% }
one of {p, q, r, neither}
claim u motive "U." { credence 60% }
claim v motive "V." { credence 40% }
one of {u, v}
outcome x = a and b or p and u or q or r and v
conclusion c "C": chance(x) > 10%
`);
const gates = ["a", "b", "p", "q", "r", "u", "v"];
const mind = mindOf(linked, "case");

describe("the law of the claims", () => {
  const worlds = 20_000;
  const pinnings: readonly Readonly<Record<string, boolean>>[] = [
    {},
    { a: true },
    { p: false },
    { q: true },
    { u: false },
    { u: false, v: false },
    { a: false, p: false, r: false },
  ];
  it.each(pinnings)("is what the drawer draws, pinned %j", (pins) => {
    const draw = claimDrawer(linked, mind, pins);
    for (const block of blocksOf(linked, [mind], gates)) {
      const law = lawOf(linked, mind, block, pins);
      expect(law.reduce((s, p) => s + p, 0)).toBeCloseTo(1, 12);
      const counts = new Float64Array(law.length);
      const places = block.gates.map((g) => linked.claims.findIndex((c) => c.name === g));
      for (let w = 0; w < worlds; w++) {
        const truth = draw(5, w);
        const at = places.reduce((s, place, i) => s + (truth[place] as number) * 2 ** i, 0);
        counts[at] = (counts[at] as number) + 1;
      }
      // Five standard errors of a share of 20,000 draws.
      law.forEach((p, i) =>
        expect(Math.abs((counts[i] as number) / worlds - p)).toBeLessThanOrEqual(
          5 * Math.sqrt((p * (1 - p)) / worlds) + 1e-9,
        ),
      );
    }
  });

  it("joins claims that hang together, and no others", () => {
    expect(blocksOf(linked, [mind], gates).map((b) => b.claims)).toEqual([
      ["a", "b"],
      ["p", "q", "r"],
      ["u", "v"],
    ]);
  });

  it("conditions by Bayes's rule: P(a | b) = .3·.8 / (.3·.8 + .7·.2)", () => {
    const block = blocksOf(linked, [mind], ["a", "b"])[0];
    if (block === undefined) throw new Error("no block");
    const law = lawOf(linked, mind, block, {});
    const given = conditioned(block, law, "b", true);
    expect(given === null ? Number.NaN : lawChance(block, given, "a")).toBeCloseTo(0.24 / 0.38, 12);
  });
});

describe("a claim removed with chance 1 − t", () => {
  it("is as likely as t times its credence, on its own; in and out average to the mixture", () => {
    const [block] = blocksOf(linked, [mind], ["a", "b"]);
    if (block === undefined) throw new Error("no block");
    const removal = removalOf(linked, mind, block, {}, "removal");
    const law = mixed(removal, 0.25);
    expect(lawChance(block, law, "a")).toBeCloseTo(0.25 * 0.3, 12);
    // b: in with .25; then a holds with .25·.3.
    expect(lawChance(block, law, "b")).toBeCloseTo(0.25 * (0.075 * 0.8 + 0.925 * 0.2), 12);
    const { within, without } = split(removal, "a", 0.25);
    law.forEach((p, i) => expect(0.25 * (within[i] ?? 0) + 0.75 * (without[i] ?? 0)).toBeCloseTo(p, 12));
  });

  it.each([1, 2, 5, 16])("is averaged over t exactly: ∫ tᵏ = 1/(k + 1) with %i nodes", (count) => {
    for (let k = 0; k < 2 * count; k++)
      expect(quadrature(count).reduce((s, { t, weight }) => s + weight * t ** k, 0)).toBeCloseTo(1 / (k + 1), 13);
  });
});
