/** The signs of arrows: where one is told, the figure moves that way wherever the model may be; the compartments of an epidemic have those of the books. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { causalGraph } from "#report/causal/graph.ts";
import { causalList, causalTable } from "#report/causal/causal-list.ts";
import { slopesIn } from "#analysis/causal/signs.ts";
import { checked, twoYears } from "../model/checked.ts";
import { caseOf } from "./cases.ts";

interface Made {
  readonly text: string;
  readonly at: (a: number, b: number) => number;
}

/** Expressions over two stocks within 0..1, with what they are worth, worked out here. */
const made: fc.Arbitrary<Made> = fc.letrec<{ e: Made }>((tie) => ({
  e: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Made>(
      { text: "a", at: (a) => a },
      { text: "b", at: (_, b) => b },
      { text: "0.5", at: () => 0.5 },
      { text: "(-2)", at: () => -2 },
    ),
    fc.tuple(tie("e"), tie("e"), fc.constantFrom("+", "-", "*")).map(([x, y, o]): Made => ({
      text: `(${x.text} ${o} ${y.text})`,
      at: (a, b) => {
        const [p, q] = [x.at(a, b), y.at(a, b)];
        return o === "+" ? p + q : o === "-" ? p - q : p * q;
      },
    })),
    tie("e").map((x): Made => ({ text: `exp(-${x.text})`, at: (a, b) => Math.exp(-x.at(a, b)) })),
    tie("e").map((x): Made => ({ text: `abs(${x.text})`, at: (a, b) => Math.abs(x.at(a, b)) })),
    tie("e").map((x): Made => ({ text: `1 / (1 + exp(${x.text}))`, at: (a, b) => 1 / (1 + Math.exp(x.at(a, b))) })),
    fc.tuple(tie("e"), tie("e")).map(([x, y]): Made => ({
      text: `max(${x.text}, ${y.text})`,
      at: (a, b) => Math.max(x.at(a, b), y.at(a, b)),
    })),
    fc.tuple(tie("e"), tie("e"), tie("e")).map(([x, y, z]): Made => ({
      text: `(if ${x.text} > 0.3 then ${y.text} else ${z.text})`,
      at: (a, b) => (x.at(a, b) > 0.3 ? y.at(a, b) : z.at(a, b)),
    })),
  ),
})).e;

const steps = [0, 0.15, 0.3, 0.45, 0.7, 1];

describe("the signs of arrows", () => {
  it("are right wherever they are told", () => {
    let told = 0;
    fc.assert(
      fc.property(made, ({ text, at }) => {
        const model = checked(
          `${twoYears}stock a : number = 0.5 within 0..1\n  + 0/month\nstock b : number = 0.5 within 0..1\n  + 0/month\nlet y : number = ${text}\noutcome o : number = final(y + a + b)`,
        );
        const slopes = slopesIn(model).get("let:y");
        const holds = (sign: 1 | -1, way: (low: number, high: number, other: number) => number): boolean => {
          told++;
          return steps.every((other) =>
            // To rounding, since sums are taken in another order.
            steps.every((low, i) => steps.slice(i + 1).every((high) => sign * way(low, high, other) >= -1e-9)),
          );
        };
        const byA = slopes?.get("stock:a") ?? null;
        const byB = slopes?.get("stock:b") ?? null;
        expect(byA === null || holds(byA, (low, high, other) => at(high, other) - at(low, other))).toBe(true);
        expect(byB === null || holds(byB, (low, high, other) => at(other, high) - at(other, low))).toBe(true);
      }),
      { numRuns: 300, seed: 7 },
    );
    // The property says nothing unless signs are told.
    expect(told).toBeGreaterThan(100);
  });

  it("sees a wrong one", () => {
    const model = checked(
      `${twoYears}stock a : number = 0.5 within 0..1\n  + 0/month\nlet y : number = 1 - a\noutcome o : number = final(y)`,
    );
    expect(slopesIn(model).get("let:y")?.get("stock:a")).toBe(-1);
  });

  it("are those of the books for an epidemic: what is caught leaves the susceptible and joins the infected (Kermack & McKendrick 1927)", () => {
    const signs = new Map(causalGraph(caseOf("epidemic"), 24).edges.map((e) => [`${e.from} ${e.to}`, e.sign]));
    expect(signs.get("let:catching stock:susceptible")).toBe(-1);
    expect(signs.get("let:catching stock:infected")).toBe(1);
    expect(signs.get("stock:infected stock:recovered")).toBe(1);
    expect(signs.get("stock:closed let:contacts")).toBe(-1);
  });

  it("are told in the list, and none for a choice", () => {
    const model = caseOf("kremlin-2022");
    const table = causalTable(model).rows.flat().join("\n");
    expect(table).toContain("Held support (−)");
    expect(causalGraph(model, 24).edges.filter((e) => e.from.startsWith("choice:") && e.sign !== null)).toEqual([]);
    expect(causalList(model).some((e) => e.moves.some((m) => m.endsWith("(+)")))).toBe(true);
  });
});
