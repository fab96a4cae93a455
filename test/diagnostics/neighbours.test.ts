/** Slips next to those that readers made: what each is answered, and that what the answer offers checks. */

import { describe, expect, it } from "vitest";
import { takeFixes } from "#text/fix.ts";
import { printDiagnostics } from "#text/print.ts";
import { readModel } from "#model/check.ts";

const years = "time 2025-01 to 2027-01 by month\n";
const boom = `${years}event boom rate 1/year\noutcome b = happened(boom)\n`;
const banks = `${years}each bank in {north, south} {\n  event fail rate 10 percent/year\n}\n`;

/** Before a colon the slip; then what is written, and a part of what is answered. */
const slips: Readonly<Record<string, readonly [text: string, answer: string]>> = {
  "a unit misspelt in a rate": [boom.replace("1/year", "3%/yaer"), "did you mean 'year'?"],
  "a unit misspelt behind a number": [boom.replace("1/year", "0.3/mnth"), "did you mean 'month'?"],
  "an actor's label without quotes": ["actor w West values 1 * o\noutcome o : number = 1\n", 'write: "West"'],
  "a label of several words": ["actor w The West\noutcome o : number = 1\n", 'write: "The West"'],
  "labels without quotes of a choice": [
    `actor w "W"\nchoice m Move by w = x | y The other\noutcome o = m = y\n`,
    'write: "Move"',
  ],
  "a currency by its sign": ["unknown price : € ~ 2 to 8\noutcome y : number = 1\n", "unit"],
  "a currency that nobody declared": ["unknown price : pounds ~ 2 to 8\noutcome y : pounds = price\n", "unit"],
  minutes: [`${years}stock s : person = 1 person\n  + 5 person/minute\noutcome b : person = final(s)\n`, "nothing"],
  "percent a month with the sign": [boom.replace("1/year", "3%/month"), "nothing"],
  "a mean over events": [`${banks}outcome n : number = mean(fail)\n`, "fail"],
  "the largest of counts": [`${banks}outcome n : number = max(count(fail))\n`, "nothing"],
  "a conclusion of two claims, one idle": [
    'claim c causal "C." { credence 50% }\nclaim d causal "D." { credence 50% }\nunknown x : share ~ 10% to 30%\noutcome y : share = if d then x else 0%\nconclusion k of c, d: mean(y) > 5%\n',
    "c",
  ],
  "a date of an event beyond the end": [`${boom}event late at 2031-01 then set z = 1\nstock z : number = 0\n`, "2031"],
  "a date before the start": [
    `${boom}actor a "A"\nchoice go by a at 2020-01 = yes | no\noutcome g = go = yes\n`,
    "2020",
  ],
  "a rate that is a negative literal": [boom.replace("1/year", "-1/year"), "negative"],
  "a rate that two constants make negative": [boom.replace("1/year", "(2 - 3)/year"), "negative"],
  "a choice that nothing reads": [
    'actor a "A"\nchoice m by a = x | y\noutcome o : number = 1\n',
    "nothing reads the choice 'm'",
  ],
  "a chance a little above all": [
    "unknown u : number ~ bernoulli(100.0000001%)\noutcome o : number = u\n",
    "1.000000001",
  ],
  "a kept name": ['claim __proto__ causal "P." { credence 50% }\noutcome o : number = 1\n', "__proto__"],
};

describe("slips next to others", () => {
  for (const [what, [text, answer]] of Object.entries(slips))
    it(what, () => {
      const document = { name: "n.casus", text: `case n "N"\n${text}` };
      const [, found] = readModel([document]);
      const printed = printDiagnostics(found, [document]);
      if (answer === "nothing") expect(found.filter((d) => d.severity === "error")).toEqual([]);
      else expect(printed).toContain(answer);
      if (!/^(?:did you mean|write: )/.test(answer)) return;
      const { documents } = takeFixes([document], found, true);
      expect(readModel(documents)[1].filter((d) => d.severity === "error")).toEqual([]);
    });
});

describe("in an 'each', what it cannot repeat", () => {
  const words = "source claim view actor choice table conclusion suppose record test evidence forecast unit";
  it.each([...words.split(" ").map((word) => `${word} q`), "one of q", "wording", "credences"])(
    "is one mistake, with its body or without: %s",
    (declared) => {
      // Neither has a body.
      const bodies = /^(actor|unit) /.test(declared) ? [""] : ["", " {\n}"];
      for (const body of bodies)
        for (const text of [`each r in {n, s} {\n${declared}${body}\n}\n`, `each r in {n, s} ${declared}${body}\n`]) {
          const [, found] = readModel([{ name: "n.casus", text: `case n "N"\n${text}` }]);
          expect(found.map((d) => d.code)).toEqual(["not-in-each"]);
        }
    },
  );
});
