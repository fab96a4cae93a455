/** Words of the language as names: what formulas read may have most of them; any other is reported once, and renamed everywhere by its fix. */

import { describe, expect, it } from "vitest";
import { takeFixes } from "#text/fix.ts";
import { format } from "#language/formatter.ts";
import { isKept, reserved } from "#language/words.ts";
import { readModel } from "#model/check.ts";

/** All but those with which a formula itself may begin. */
const words = [...reserved].filter((word) => !["not", "if", "true", "false"].includes(word));

/** A case in which each kind of figure has the word as its name in turn, read wherever a formula may stand. */
function figures(word: string): Readonly<Record<string, string>> {
  const head = 'case c "Does it?"\ntime 2024-01 to 2026-01 by month\nclaim a causal "A." { credence 50% }\n';
  const view = 'view v "V" { a 20% }\nactor us "Us" sees v\nchoice m by us = x | y\n';
  // In a view, a word that is kept may go on with the line before it.
  const believed = isKept(word, "unknown") ? "" : ` ${word} ~ 30% to 60%`;
  const reads = `stock s : share = 20% within 0..1
  + ${word} * 1 percent/month  because a
  - (if a and ${word} > 10% then ${word} else 1%) * 1 percent/month
let l : share =
    ${word}
  * max(
      ${word}, 5%)
outcome o : share = final(s) + final(l)
conclusion k of a : mean(o if m = x) > mean(o if m = y) by 1 point
`;
  return {
    unknown: `${head}view v "V" { a 20%${believed} }\nactor us "Us" sees v\nchoice m by us = x | y\nunknown ${word} : share "U" ~ 20% to 40%  judged "x"\n${reads}`,
    let: `${head}${view}let ${word} : share = 20%\n${reads}`,
    stock: `${head}${view}stock ${word} : share = 20%\n  + ${word} * 1 percent/month\n${reads}`,
    outcome: `${head}${view}outcome ${word} = 2 people\nconclusion k2 : mean(${word}) > 1 person\nconclusion k3 of a : mean(${word} if m = x and not a) > 1 person\n`,
    event: `${head}${view}event ${word} rate 10%/year because a\nevent later rate 1 / 2 months when happened(${word}) and time_of(${word}) > 1 month\noutcome o = happened(${word}) and not happened(later)\nconclusion k : chance(o if m = x) < 20%\nconclusion k2 : chance(happened(${word}) if m = y) < 20%\n`,
    conclusion: `${head}${view}outcome o = 2 people\nconclusion ${word} of a : mean(o if m = x) > 1 person\n`,
  };
}

describe("a word of the language", () => {
  for (const kind of ["unknown", "let", "stock", "outcome", "event", "conclusion"])
    it(`may name what '${kind}' declares, unless it is kept; then there is one message, and its fix leads on`, () => {
      for (const word of words) {
        const name = `${word}.casus`;
        const text = figures(word)[kind] ?? "";
        const found = readModel([{ name, text }])[1].filter((d) => d.severity === "error");
        const codes = [word, ...found.map((d) => d.code)];
        if (isKept(word, kind)) expect(codes).toEqual([word, "reserved-name"]);
        else {
          expect(codes).toEqual([word]);
          const once = format({ name, text });
          expect(format({ name, text: once })).toBe(once);
        }
        const next = takeFixes([{ name, text }], found, true);
        const [document = { name, text }] = next.documents;
        expect([word, ...readModel([document])[1].filter((d) => d.severity === "error")]).toEqual([word]);
      }
    });

  it("that a claim is called gets one message, though other files read it, and is renamed in all of them", () => {
    for (const word of words) {
      const documents = [
        { name: "a.casus", text: `case c "Does it?"\nclaim ${word} causal "A." { credence 50% }\n` },
        {
          name: "b.casus",
          text: `let l =\n    2\n  * 3  because ${word} and not (${word} or ${word})\noutcome o = l\nconclusion k of ${word} : mean(o) > 2\n`,
        },
      ];
      const found = readModel(documents)[1].filter((d) => d.severity === "error");
      expect([word, ...found.map((d) => d.code)]).toEqual([word, "reserved-name"]);
      const left = readModel(takeFixes(documents, found, true).documents)[1].filter((d) => d.severity === "error");
      expect([word, ...left.map((d) => d.message)]).toEqual([word]);
    }
  });
});
