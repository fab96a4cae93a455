/** Labels without quotes, in every place that takes one: one message, and the text it offers reads with that label. */

import { describe, expect, it } from "vitest";
import { takeFixes } from "#text/fix.ts";
import { parse, parseAll } from "#language/parser.ts";

/** By what is declared: the text around a label, which is at `@`. */
const places: Readonly<Record<string, string>> = {
  case: 'case n @ { modeller "M" }',
  unit: "unit bn @ = 1000 usd",
  claim: "claim c causal @ { credence 50% }",
  "claim of two kinds": "claim c causal, premise @ { at source p1 }",
  unknown: 'unknown x @ ~ 1 to 2 from "A source"',
  "unknown with a unit": "unknown x : usd/month @ ~ 1 to 2",
  shock: "shock x : share @ ~ normal(0, 1) every 1 month",
  stock: "stock s : usd @ = 3 within 0..\n  + 1",
  let: "let x : share @ = 3",
  table: "table t : share over month @ = 0 -> 1, 1 -> 2",
  outcome: "outcome o : share @ = 3 always shown",
  view: "view v @ like w for readers { c 60% }",
  actor: "actor a @ sees v because c otherwise w takes b for w values 1 * o",
  choice: "choice m @ by a at 2025-01 knowing n = x | y default x",
  option: 'choice m by a = x @ { cost 1 } | y "Y"',
  "last option": "choice m by a = x | y @ default x",
  policy: "policy p @ by a every 1 month when s > 0 then add 1 to s",
  "option of a policy": 'policy p by a every 1 month option up @: 3 then set s = 1 option down "Down": 2',
  event: "event e @ rate 3%/year when s > 0 repeats then set s = 1",
  "event at a date": "event e @ at 2025-01 then stop",
  "event on another": "event e @ on f, g because c",
  conclusion: "conclusion k @ of c, d ours: mean(o) > 5 by 1 under v",
  "conclusion of nothing": "conclusion k @: mean(o) > 5",
  suppose: "suppose what @ { set s = 1 force e at 2025-01 }",
  expect: "expect fine @ ours: always s > 0",
  record: 'record r @ { file "r.csv" }',
  test: "test t @ of c on r: share(war = yes) < 20%",
  evidence: "evidence seen @ by 2024-12: not happened(e) if m = x",
  "evidence of a series": "evidence seen @ of s error 3% discrepancy 5% = 2024-06 -> 30%, 2024-12 -> 34%",
  forecast: "forecast f @ of c by 2026-01: not happened(e) reading 80% state open",
};

const labels = [
  "West",
  "The West",
  "The fall of the house",
  "What the ally does in the end",
  "Wars begun by the neighbour at the border",
  "Arms to the poor for nothing",
  "Half-hearted peace",
  "The 2nd war of 3",
  "Peace. And after",
];

/** What a declaration is called in the tree, without the places. */
function withoutSpans(text: string): string {
  const [{ declarations }] = parse({ name: "n", text });
  return JSON.stringify(declarations, (key, value: unknown) => (key === "span" ? null : value));
}

describe("a label without quotes", () => {
  for (const [what, around] of Object.entries(places))
    it(`of ${what}`, () => {
      for (const label of labels) {
        const quoted = around.replace("@", `"${label}"`);
        expect(parse({ name: "n", text: quoted })[1]).toEqual([]);
        const document = { name: "n", text: around.replace("@", label) };
        const [, found] = parse(document);
        expect([label, found.map((d) => [d.code, d.hint])]).toEqual([
          label,
          [["label-without-quotes", `write: "${label}"`]],
        ]);
        const fixed = takeFixes([document], found).documents[0]?.text;
        expect(fixed).toBe(quoted);
        // What follows the label was read as if it had had its quotes.
        expect(withoutSpans(document.text)).toBe(withoutSpans(quoted));
      }
    });

  it("stops at the comma where options lie side by side", () => {
    const [, found] = parse({ name: "n", text: "choice m by a = x Goes on, y Stays" });
    expect(found.map((d) => d.code)).toEqual(["label-without-quotes", "comma-for-bar", "label-without-quotes"]);
  });

  it("may hold a comma elsewhere", () => {
    const [, found] = parse({ name: "n", text: "event e Firm, but not deaf at 2025-01" });
    expect(found.map((d) => d.hint)).toEqual(['write: "Firm, but not deaf"']);
  });
});

describe("what is no label", () => {
  const said = (text: string) => parse({ name: "n", text })[1].map((d) => `${d.code}: ${d.hint}`);

  it("is a word of a clause, misspelt", () => {
    expect(said("event e raet 1/year")).toEqual(["unknown-clause: did you mean 'rate'?"]);
    expect(said("actor a sess v values 1 * o")).toEqual(["unknown-clause: did you mean 'sees'?"]);
    expect(said("view v liek w { c 60% }")).toEqual(["unknown-clause: did you mean 'like'?"]);
    expect(said("choice m bye a = x | y")[0]).toBe("unknown-clause: did you mean 'by'?");
  });

  it("is a unit whose colon is missing", () => {
    for (const declared of [
      'unknown x usd/month "X" ~ 1 to 2',
      'stock x share "X" = 1',
      "let y : share = 1\nlet x share = 2",
      'table x share over month "X" = 0 -> 1, 1 -> 2',
      "unit cows\noutcome x cows = 3",
    ]) {
      const document = { name: "n", text: declared };
      const [, found] = parse(document);
      expect(found.map((d) => d.code)).toEqual(["unit-without-colon"]);
      expect(parse(takeFixes([document], found).documents[0] ?? document)[1]).toEqual([]);
    }
  });

  it("is more of a name, where the same words are one elsewhere: reported once, however often and in whichever file it is used", () => {
    const uses =
      "outcome b = happened(big boom) or happened(big boom, 2025-03)\noutcome d : number = count(big boom)\n";
    for (const texts of [
      [`event big boom at 2025-01\n${uses}`],
      ['event big boom "It" at 2025-01\n', uses],
      [uses, 'event big boom "It" at 2025-01\n'],
    ]) {
      const parsed = parseAll(texts.map((text, i) => ({ name: `${i}`, text })));
      expect(parsed.flatMap(([, found]) => found.map((d) => d.code))).toEqual(["space-in-name"]);
      const declared = parsed.flatMap(([file]) => file.declarations.map((d) => ("name" in d ? d.name?.text : "")));
      expect(new Set(declared)).toEqual(new Set(["b", "big_boom", "d"]));
    }
    // The longer name first, where one begins like another.
    const [, found] = parse({
      name: "n",
      text: `event big boom 2 "It" at 2025-01\nevent big boom "A" at 2025-02\noutcome x = happened(big boom 2) or happened(big boom)`,
    });
    expect(found.map((d) => d.code)).toEqual(["space-in-name", "space-in-name"]);
  });

  it("is more of a name, where the label follows in quotes", () => {
    const document = { name: "n", text: 'event big boom "It" at 2025-01\noutcome b = happened(big boom)' };
    const [, found] = parse(document);
    expect(found[0]?.code).toBe("space-in-name");
    const fixed = takeFixes([document], found.slice(0, 1)).documents[0];
    expect(fixed?.text).toBe('event big_boom "It" at 2025-01\noutcome b = happened(big_boom)');
    // One mistake, one message: elsewhere it is a name.
    expect(found).toHaveLength(1);
  });
});
