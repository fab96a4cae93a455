/** The door: a model or what is wrong, whatever enters; never an exception, never a model that JSON would change. */

import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsBeside } from "#cli/load.ts";
import { parse } from "#language/parser.ts";
import { check } from "#model/check.ts";
import { isClean } from "#text/diagnostic.ts";
import { checkText, checked, codesOf, still, twoYears } from "./checked.ts";

const folder = "casebook/kremlin-2022";
const documents = readdirSync(folder)
  .filter((f) => f.endsWith(".casus"))
  .toSorted()
  .map((name) => ({ name, text: readFileSync(`${folder}/${name}`, "utf8") }));
const manual = readFileSync("docs/language.md", "utf8");
const examples = [...manual.matchAll(/^```casus ?(.*)\n([\s\S]*?)^```$/gm)].map((m) => ({
  info: m[1] ?? "",
  text: m[2] ?? "",
}));
const whole = examples.find((e) => e.info === "case")?.text ?? "";
const cases = examples.map((e) => (e.info === "" ? whole + e.text : e.text));

describe("check", () => {
  it("finds nothing wrong in the casebook", () => {
    const parsed = documents.map((d) => parse(d));
    const [model, problems] = check(
      parsed.map(([file]) => file),
      documents,
      columnsBeside(folder),
    );
    expect([...parsed.flatMap(([, p]) => p), ...problems]).toEqual([]);
    const written = documents.flatMap((d) => [...d.text.matchAll(/^\s*claim (\w+)/gm)].map((m) => m[1]));
    expect(model?.claims.map((c) => c.name)).toEqual(written);
  });

  it("makes a model that JSON does not change", () => {
    for (const text of cases) {
      const model = checked(text);
      expect(JSON.parse(JSON.stringify(model))).toEqual(model);
    }
  });

  it("reads several files as one text, in whatever order names are used", () => {
    const files = [
      { name: "1.casus", text: `${still}let a : number = b` },
      { name: "2.casus", text: "let b : number = 2\nlet c : number = a" },
    ];
    const [model] = check(
      files.map((f) => parse(f)[0]),
      files,
    );
    expect(model?.lets.map((l) => [l.name, l.span.document])).toEqual([
      ["b", "2.casus"],
      ["a", "1.casus"],
      ["c", "2.casus"],
    ]);
  });

  it("tells everything that is wrong in one pass, in order of place", () => {
    expect(
      codesOf(`${twoYears}let a = 1 usd + 1 month
stock s : usd = 3 months
  + 1 usd
event e rate 3 then set nobody = 1
unknown u : share ~ 40% to 10%
outcome o : usd = final(q)`),
    ).toEqual([
      "units-differ",
      "wrong-unit",
      "flow-unit",
      "wrong-unit",
      "unknown-name",
      "bad-interval",
      "unknown-name",
    ]);
  });

  it("tells nothing twice: what rests on a mistake is passed over", () => {
    expect(
      codesOf(
        `${twoYears}let a = nobody\nlet b = a + 1 usd\nlet c = if b > 0 then a else 1 month\noutcome o = final(c) + 3`,
      ),
    ).toEqual(["unknown-name"]);
  });

  it("wants a case, one time, names that are free", () => {
    expect(codesOf("let x : number = 1")).toEqual(["no-case"]);
    expect(codesOf("")).toEqual(["no-case"]);
    expect(check([], [])[1].map((d) => d.code)).toEqual(["no-case"]);
    expect(codesOf(`${twoYears}time 0 to 10 by month`)).toEqual(["declared-twice"]);
    expect(codesOf(`${twoYears}let x : number = 1\nstock x : number = 1`)).toEqual(["duplicate-name"]);
    expect(codesOf(`${twoYears}let start : number = 1`)).toEqual(["reserved-word"]);
    expect(codesOf(`${twoYears}let exp : number = 1`)).toEqual(["reserved-word"]);
    expect(codesOf(`${twoYears}let month : number = 1`)).toEqual(["reserved-word"]);
    expect(codesOf(`${twoYears}claim __proto__ causal "P." { credence 30% }`)).toEqual(["reserved-word"]);
  });

  it("lets names of the machine be names like any other", () => {
    const model = checked(
      `${twoYears}claim constructor causal "C." { credence 30% }\nlet toString : number = if constructor then 1 else 2\nview hasOwnProperty { constructor 20% }\noutcome valueOf : number = final(toString)`,
    );
    expect(model.views[0]?.credences["constructor"]).toEqual([{ credence: 0.2, given: null, word: null }]);
  });

  it("lets a view and an actor share a name", () => {
    expect(codesOf(`${twoYears}view kremlin { }\nactor kremlin sees kremlin`)).toEqual([]);
  });

  it("gives up on sums that would be endless, by name", () => {
    const elements = Array.from({ length: 1500 }, (_, i) => `e${i}`).join(", ");
    expect(codesOf(`${twoYears}each a in {${elements}} { stock s : share = 50%\nlet t = sum(s) }`)).toEqual([
      "over-budget",
    ]);
  });
});

/** A text with some of its words dropped, doubled, swapped or put where others stood. */
const mutated = fc
  .record({
    text: fc.constantFrom(...cases, ...documents.map((d) => `${documents[0]?.text ?? ""}\n${d.text}`)),
    moves: fc.array(
      fc.record({ kind: fc.constantFrom("drop", "double", "swap", "move"), at: fc.nat(), to: fc.nat() }),
      { minLength: 1, maxLength: 6 },
    ),
  })
  .map(({ text, moves }) => {
    const words = text.split(/(\s+|\b)/).filter((w) => w !== "");
    for (const { kind, at, to } of moves) {
      const i = at % words.length;
      const j = to % words.length;
      const word = words[i] ?? "";
      if (kind === "drop") words.splice(i, 1);
      else if (kind === "double") words.splice(i, 0, word);
      else if (kind === "move") words.splice(j, 0, ` ${word} `);
      else [words[i], words[j]] = [words[j] ?? "", word];
    }
    return words.join("");
  });

describe("whatever is written", () => {
  it("check never throws, and a model comes out only where nothing is wrong", () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const document = { name: "mutated.casus", text };
        const [file, syntax] = parse(document);
        const [model, problems] = check([file], [document]);
        if (model !== null) {
          expect(isClean(problems)).toBe(true);
          expect(JSON.parse(JSON.stringify(model))).toEqual(model);
        } else expect(isClean([...syntax, ...problems])).toBe(false);
        for (const d of problems) {
          expect(d.span.document).toBe("mutated.casus");
          expect(d.span.start).toBeLessThanOrEqual(d.span.end);
          expect(d.span.end).toBeLessThanOrEqual(text.length);
          expect(`${d.message} ${d.hint}`).not.toMatch(/undefined|NaN|\[object|null/);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("sees a planted mistake", () => {
    expect(checkText(`${whole}\nlet planted = nobody`).model).toBeNull();
  });
});
