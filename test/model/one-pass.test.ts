/** Slips of all sorts in one case, told in one pass; and what `check --fix` makes of them. */

import { describe, expect, it } from "vitest";
import { takeFixes } from "#text/fix.ts";
import { printDiagnostics } from "#text/print.ts";
import { readModel } from "#model/check.ts";
import { checkText, codesOf, twoYears, still } from "./checked.ts";

/** Takes the sure fixes as often as they lead on. */
function fixed(text: string, guess = false): string {
  let documents = [{ name: "example.casus", text }];
  for (let round = 0; round < 9; round++) {
    const [, found] = readModel(documents);
    const next = takeFixes(documents, found, guess);
    if (next.taken === 0) break;
    documents = [...next.documents];
  }
  return documents[0]?.text ?? "";
}

describe("slips of syntax and of names", () => {
  it("are told together", () => {
    const found = codesOf(`${twoYears}actor w "W"
claim a causal "A." { credence 50 }
choice s by w = a1, b1
event war rate 3%/year * (if s = a2 then 1 else 2)
stock level : share = (30%
  - level / 10 months
outcome o = happend(war)
conclusion k: chance(o) < chance(o if s = b1) by 3 months
evidence e by 1999-01: not happened(war)
forecast f of a by 2025-01: happened(war) reading 50% state came true
`);
    expect(found.toSorted()).toEqual(
      [
        "bad-credence",
        "comma-for-bar",
        "unknown-option",
        "unclosed-bracket",
        "unknown-name",
        "wrong-unit",
        "outside-horizon",
        "settled-without-date",
      ].toSorted(),
    );
  });

  it("do not hide what is right beside them, nor make it look wrong", () => {
    // The unit of x is lost; what reads x is not judged by it.
    expect(
      codesOf(
        `${still}unknown x : / ~ 1 usd to 3 usd\nlet y : usd = x + 2 usd\nlet z : usd = 3 people\noutcome o = y > z`,
      ),
    ).toEqual(["missing-unit", "wrong-unit"]);
    expect(codesOf(`${still}tyme 2024-01 to\nstock s : share = 30%\noutcome o : share = final(s)`)).toEqual([
      "unknown-declaration",
      "missing-date",
    ]);
  });

  it("are mended where the mend is sure", () => {
    const text = `${twoYears}claim fear-like causal “It is so.” { credence 50 }
actor w
choice s by w = a1, b1
unknown r : share/year ~ 3% to 20%
event war rate r * (if s = a1 then 1 else 2) because fear-like
outcome o = happend(war) /* a note */
conclusion k of fear-like: chance(o if s == a1) < chance(o if s = b1) by 3 months; 
`;
    const after = fixed(text, true);
    expect(printDiagnostics(checkText(after).found, [{ name: "example.casus", text: after }])).toBe("");
    expect(after).toContain("~ 3 percent/year to 20 percent/year");
    expect(after).toContain("because fear_like");
    expect(after).toContain("by 3 points");
  });

  it("are left alone where only the writer knows", () => {
    const text = `${still}unknown colour : share ~ 10% to 30%\noutcome o : share = color_of_it`;
    expect(fixed(text)).toBe(text);
  });
});

describe("many diagnostics", () => {
  it("are counted past the fiftieth, and printed in one reading of the text", () => {
    const text = `${still}${"let x = € ¥\n".repeat(12_500)}`;
    const document = { name: "example.casus", text };
    const { found } = checkText(text);
    const printed = printDiagnostics(found, [document]);
    expect(found.length).toBeGreaterThan(25_000);
    expect(printed).toContain(`and ${(found.length - 50).toLocaleString("en-US")} more`);
    expect(printed.split("\n").length).toBeLessThan(500);
  });
});

describe("what is known before anything runs", () => {
  it("is a rate that can only be negative, whatever its claims", () => {
    const rate = (body: string) => codesOf(`${twoYears}claim k causal "K." { credence 50% }\nevent e rate ${body}`);
    expect(rate("0 - 3%/year")).toEqual(["negative-rate"]);
    expect(rate("(if k then -1 else -2) * 3%/year")).toEqual(["negative-rate"]);
    expect(rate("(if k then 1 else -2) * 3%/year")).toEqual([]);
    expect(rate("max(0, -3%/year)")).toEqual([]);
  });

  it("is no delay of a drawn length, but delay3 takes one", () => {
    const late = (call: string) =>
      codesOf(`${twoYears}unknown lag : month ~ 4 to 9\nstock s : share = 20%\noutcome o : share = final(${call})`);
    expect(late("delay(s, lag)")).toEqual(["delay-not-fixed"]);
    expect(late("delay3(s, lag)")).toEqual([]);
  });

  it("is a date by which a step is called, and that it falls on the step", () => {
    const months = 'case m "M?"\ntime 2024-01-31 to 2025-01-31 by 1 month\n';
    expect(codesOf(`${months}event leap at 2024-02-29\nevent e at 2024-04-30`)).toEqual([]);
    expect(codesOf(`${months}event e at 2024-02-28`)).toEqual(["between-steps"]);
  });
});
