/** Laws to draw from in a view's stead: their density is what is drawn, and the ratio of laws has mean 1. */

import { describe, expect, it } from "vitest";
import { drawsFor } from "#ensemble/draws/draws.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import { logRatios, ownPart, uniformsUnder, type Proposal } from "#ensemble/draws/proposal.ts";
import { plainSituation } from "#ensemble/situation.ts";
import { parse } from "#language/parser.ts";
import { check } from "#model/check.ts";

const document = {
  name: "c.casus",
  text: `case c "Q"
claim a causal "A." { credence 30% }
claim b causal "B." { credence 80% given a credence 10% }
claim r causal "R." { credence 20% }
claim s causal "S." { credence 50% }
one of g {r, s, neither}
unknown x : number ~ uniform(0, 1)
unknown y : number ~ uniform(0, 1)
outcome z : number = (if a and b or r or s then x else y)
`,
};
const [model] = check([parse(document)[0]], [document]);
if (model === null) throw new Error("no model");

const own = mindOf(model, "case").credences;
const moved = { ...own, a: [{ credence: 0.9, given: null, word: null }] };
const proposal: Proposal = [ownPart(model, "case", 0.2), { share: 0.8, credences: moved, tilts: { x: 0.9, y: -0.5 } }];
const worlds = Array.from({ length: 40_000 }, (_, w) => w + 7);
const rows = drawsFor(model, { view: "case", situation: plainSituation({}) }, { believed: [] }, 3, worlds, proposal);
const claims = model.claims.map((_, i) => Float64Array.from(rows, (r) => r.claims[i] as number));
const mean = (values: Float64Array): number => values.reduce((a, v) => a + v, 0) / values.length;

describe("a proposal", () => {
  it("is drawn as it says: a mixture, its tilts with mean ½ + s/6", () => {
    const x = Float64Array.from(rows, (r) => r.unknowns[0] as number);
    const y = Float64Array.from(rows, (r) => r.unknowns[1] as number);
    expect(mean(x)).toBeCloseTo(0.2 * 0.5 + 0.8 * (0.5 + 0.9 / 6), 2);
    expect(mean(y)).toBeCloseTo(0.2 * 0.5 + 0.8 * (0.5 - 0.5 / 6), 2);
    expect(mean(claims[0] as Float64Array)).toBeCloseTo(0.2 * 0.3 + 0.8 * 0.9, 2);
    expect(uniformsUnder(proposal, 3, worlds)("x")).toEqual(x);
  });

  it("weighed by the ratio of laws gives the view's own means, and none above 1 over its own share", () => {
    const ratios = logRatios(model, mindOf(model, "case"), {}, proposal, 3, worlds, claims);
    const w = ratios.map(Math.exp);
    const under = (of: (row: number) => number): number => mean(w.map((x, i) => x * of(i)));
    // Each within four of its own errors, about 0.005.
    expect(Math.abs(under(() => 1) - 1)).toBeLessThan(0.02);
    expect(Math.abs(under((i) => rows[i]?.unknowns[0] ?? NaN) - 0.5)).toBeLessThan(0.02);
    expect(Math.abs(under((i) => claims[0]?.[i] ?? NaN) - 0.3)).toBeLessThan(0.02);
    expect(Math.abs(under((i) => claims[1]?.[i] ?? NaN) - (0.3 * 0.8 + 0.7 * 0.1))).toBeLessThan(0.02);
    expect(Math.abs(under((i) => claims[3]?.[i] ?? NaN) - 0.5)).toBeLessThan(0.02);
    expect(Math.max(...w)).toBeLessThanOrEqual(5 + 1e-9);
  });
});
