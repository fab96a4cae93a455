/** Checks that a document is written by its schema: fields are found, renamed and scaled, kinds of a union recognised, and what is no number is null. */

import { describe, expect, it } from "vitest";
import { z } from "zod";
import { encodeFinding, from, inUnitOf, scaled, squaredWhere } from "#report/json/codec.ts";

const number = z.union([z.number(), z.null()]);

describe("the codec", () => {
  it("takes each field by its name or from where the schema says, and nothing else", () => {
    const schema = z.object({
      schema: z.literal("x@1"),
      name: z.string(),
      text: from((f: { readonly label: string }) => f.label, z.string()),
      more: z.array(z.string()).optional(),
    });
    expect(encodeFinding(schema, { name: "a", label: "A", secret: 1 })).toEqual({
      schema: "x@1",
      name: "a",
      text: "A",
    });
  });

  it("scales into the nearest unit around: a figure by the factor, a variance by its square, a count not at all", () => {
    const inner = inUnitOf(
      (x: { readonly factor: number }) => x.factor,
      z.object({ value: scaled(number), range: scaled(z.array(number)) }),
    );
    const schema = inUnitOf(
      (x: { readonly factor: number }) => x.factor,
      z.object({
        value: scaled(number),
        runs: z.number(),
        variance: squaredWhere(() => true, scaled(number)),
        shares: squaredWhere(
          (x: { readonly game: string }) => x.game === "variance",
          z.array(z.object({ share: scaled(number) })),
        ),
        inner,
        byName: z.record(z.string(), inner),
      }),
    );
    const own = { factor: 10, value: 30, range: [10, Number.NaN] };
    const finding = { factor: 4, value: 8, runs: 8, variance: 32, shares: [{ share: 8 }], inner: own, byName: { own } };
    const ofInner = { value: 3, range: [1, null] };
    const written = { value: 2, runs: 8, variance: 2, inner: ofInner, byName: { own: ofInner } };
    expect(encodeFinding(schema, { ...finding, game: "removal" })).toEqual({ ...written, shares: [{ share: 2 }] });
    expect(encodeFinding(schema, { ...finding, game: "variance" })).toEqual({ ...written, shares: [{ share: 0.5 }] });
  });

  it("recognises the kinds of a union by their literal", () => {
    const schema = z.object({
      found: z.array(
        z.discriminatedUnion("kind", [
          z.object({ kind: z.literal("after"), event: z.string() }),
          z.object({ kind: z.literal("hazard"), share: number }),
        ]),
      ),
    });
    const found = [
      { kind: "hazard", share: Infinity, event: "not written" },
      { kind: "after", event: "war" },
    ];
    expect(encodeFinding(schema, { found })).toEqual({
      found: [
        { kind: "hazard", share: null },
        { kind: "after", event: "war" },
      ],
    });
  });

  it("writes an array of doubles as a plain one", () => {
    expect(
      encodeFinding(z.object({ q: scaled(z.array(number)) }), { q: Float64Array.of(1, Number.NEGATIVE_INFINITY) }),
    ).toEqual({ q: [1, null] });
  });

  it("says which field of the document the finding has nothing for", () => {
    const schema = z.object({ views: z.array(z.object({ view: z.string() })) });
    expect(() => encodeFinding(schema, { views: [{ view: "a" }, {}] })).toThrow(
      new TypeError("document.views[1].view is not in the finding; say in the schema where it comes from"),
    );
  });
});
