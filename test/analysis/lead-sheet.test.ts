/** The sheet by which a page follows a moving hand: what it says of two minds and of each claim, by hand where the figure is a polynomial in the claims. */

import { describe, expect, it } from "vitest";
import { makeLeadSheet, openSheet, type LeadSheet } from "#analysis/lead/lead-sheet.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import { modelOf } from "../ensemble/tables.ts";
import { quickLab } from "../lab.ts";

const model = modelOf(`
claim a causal "A." { credence 70% }
claim b causal "B." { credence 60% }
claim c causal "C." { credence 20% }
view other "Other" { a 20%  b 90%  c 50% }
outcome bent : number = 1 + (if a then 2 else 0) + (if c then 5 else 0) + (if a and b then 4 else 0) - (if b and c then 6 else 0)
outcome straight : number = 1 + (if a then 2 else 0) + (if c then 1 else 0)
outcome alone : number = if a then 3 else 1
outcome seen = b
conclusion bends "1" : mean(bent) > 0
conclusion given "2" : mean(straight | seen) > 0
conclusion adds "3" : mean(straight) > 0
conclusion one "4" : mean(alone) > 0
`);
const targets = model.conclusions.map(({ comparison }) => ({ at: { kind: "own" as const, side: 0 }, comparison }));
const made = await makeLeadSheet(model, targets, { view: "case", serves: ["case"], seed: 1 }, quickLab());
if (made === null) throw new Error("no sheet");
const sheet = made;
const opened = openSheet(model, JSON.parse(JSON.stringify(sheet)) as LeadSheet);
/** Credences of a, b, c. */
const minds = { case: [0.7, 0.6, 0.2], other: [0.2, 0.9, 0.5] } as const;
const [bends, given, adds, one] = [0, 1, 2, 3] as const;

describe.each(Object.entries(minds))("for the credences of '%s', the sheet", (name, [a, b, c]) => {
  const beliefs = mindOf(model, name);
  const values = opened.values(beliefs);
  const share = (reading: number, claim: string): number | undefined => opened.shares(reading, beliefs).get(claim);
  /** Terms that two claims share are pulled toward 0, by a quarter at most in a sample of this size; a term of one claim hardly. */
  const expectNear = (value: number | undefined, own: number, ...shared: readonly number[]): void => {
    const right = shared.reduce((sum, term) => sum + term, own);
    const pulled = shared.reduce((sum, term) => sum + Math.abs(term), 0) / 4;
    expect(Math.abs((value ?? Number.NaN) - right)).toBeLessThan(0.02 + pulled);
  };

  it("has each figure", () => {
    expect(values).toHaveLength(model.conclusions.length);
    // The constant and the terms of one claim make up for what the shared ones lose where they were fitted: even odds.
    expectNear(values[bends], 1 + 2 * a + 5 * c, 4 * a * b, -6 * b * c);
    // Read off runs with b, so that each of its terms is shared with it.
    expectNear(values[given], 1, 2 * a, c);
    expectNear(values[adds], 1 + 2 * a + c);
    expectNear(values[one], 1 + 2 * a);
  });

  it("gives each claim its own term and half of what it shares", () => {
    expectNear(share(bends, "a"), 2 * a, 2 * a * b);
    expectNear(share(bends, "b"), 0, 2 * a * b, -3 * b * c);
    expectNear(share(bends, "c"), 5 * c, -3 * b * c);
    expectNear(share(adds, "a"), 2 * a);
    expectNear(share(adds, "c"), c);
    expectNear(share(one, "a"), 2 * a);
    expect([...opened.shares(one, beliefs).keys()]).toEqual(["a"]);
    // Of a mean over runs with b: the terms of (1 + 2a + c)·b along the slope of the ratio, whose value is 1 + 2a + c.
    expectNear(share(given, "a"), 0, a);
    expectNear(share(given, "c"), 0, c / 2);
    expectNear(share(given, "b"), 0, -a, -c / 2);
  });
});

it("is plain data, from which the same figures are read", () => {
  expect(JSON.parse(JSON.stringify(sheet))).toEqual(sheet);
  const beliefs = mindOf(model, "other");
  expect(openSheet(model, sheet).values(beliefs)).toEqual(opened.values(beliefs));
});

it("adds up: the shares of a figure are all that lies between it and nothing believed", () => {
  for (const name of Object.keys(minds)) {
    const beliefs = mindOf(model, name);
    const sum = [...opened.shares(bends, beliefs).values()].reduce((s, v) => s + v, 0);
    expect(sum).toBeCloseTo((opened.values(beliefs)[bends] ?? 0) - (sheet.readings[bends]?.n.constant ?? 0), 12);
  }
});
