/**
 * Every hint of the catalogue, taken, leads to a text that checks: by the fixes the diagnostics carry, first come first taken, or where only a writer
 * knows, by the change below, made as the hint says.
 */

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { takeFixes } from "#text/fix.ts";
import { printDiagnostics } from "#text/print.ts";
import type { Document } from "#text/span.ts";
import { readModel } from "#model/check.ts";

const folder = "test/diagnostics";

/** Told of a reader's copy of a source, which the hint is about; the case itself checks. */
const ofCopies: ReadonlySet<string> = new Set(["passage-not-found", "source-without-hash", "wrong-document"]);

type Change = readonly (readonly [string | RegExp, string])[];

/** By the wrong case: what its hint says to write, where the software cannot know it. */
const byHand: Readonly<Record<string, Change>> = {
  "alternative-differs--one": [["column other : year", "column other : yes | no"]],
  "at-the-end--one": [["2024-06, 2025-01", "2024-06, 2024-12"]],
  "bad-credence--one": [["150%", "60%"]],
  "bad-interval--one": [["uniform(2, 1)", "uniform(1, 2)"]],
  "bad-parameter--one": [["-1", "1"]],
  "bad-step--one": [["by 0 day", "by 0.25 day"]],
  "bad-unit-factor--one": [["0 usd", "1000 usd"]],
  "bar-not-here--one": [["1 | 2", "1"]],
  "because-after-several--one": [["+ 2 + 3 because a", "+ (2 + 3) because a"]],
  "because-factor-unit--one": [["10 trips\n  * 3 eur/trip  because a", "3 eur/trip  because a\n  * 10 trips"]],
  "because-not-here--one": [[" because a", ""]],
  "because-of-which--one": [["* 2\n  because a", "* 2  because a"]],
  "between-steps--one": [["2024-02-10", "2024-02-01"]],
  "by-and-within--one": [[" by 1 point", ""]],
  "chained-comparison--one": [["1 < 2 < 3", "1 < 2 and 2 < 3"]],
  "chances-sum--one": [["70%", "80%"]],
  "claim-in-two--one": [["one of {a, d, neither}", ""]],
  "claim-value--one": [["set a = 1", "set a = true"]],
  "clause-not-here--one": [[" repeats", ""]],
  "clause-too-late--one": [["rate 1/year then set s = 1 when s > 0", "rate 1/year when s > 0 then set s = 1"]],
  "columns-unread--one": [['file "wars.csv"', 'file "wars.csv" column war : yes | no']],
  "column-type--one": [
    ["column cases : year", "column cases : number\n  column known_in : year"],
    ["known by war", "known by known_in"],
  ],
  "credence-unfinished--one": [["50% given a", "50% given a, 10%"]],
  "credence-unreachable--one": [["50%, 60%", "60%"]],
  "declared-twice--one": [["time 2024-01 to 2026-01 by month", ""]],
  "division-by-zero--one": [["1 / 0", "1 / 2"]],
  "done-twice--one": [["a and not a", "a"]],
  "duplicate-clause--one": [[" side them", ""]],
  "duplicate-item--one": [["y | x", "y"]],
  "duplicate-item--takes": [[" takes b for w", ""]],
  "duplicate-name--one": [["let a = 2", "let b = 2"]],
  "effects-beside-options--one": [
    [" then set s = 1", ""],
    ["option one: 1", "option one: 1 then set s = 1"],
  ],
  "empty-range--one": [["2..1", "0..2"]],
  "endless-range--one": [["within ..", "within 0.."]],
  "expected--role": [["everybody", "readers"]],
  "flow-sign--one": [[/^(\s+)[*/]/m, "$1+"]],
  "from-for-whole-run--one": [[" from 2024-03", ""]],
  "given-later--one": [["50% given b, 20%", "20%"]],
  "given-outside-figure--one": [["1 | 2 > 1", "1"]],
  "given-rival--one": [["50% given a, 20%", "20%"]],
  "given-undrawn--one": [
    ['claim c1 causal "C." { credence 50% given a, 20% }\n', ""],
    ["one of", 'claim c1 causal "C." { credence 50% given a, 20% }\none of'],
  ],
  "group-conditions--one": [[/ given [^}]*/, " "]],
  "group-sum--one": [["70%", "20%"]],
  "hash-form--one": [['"abc"', `"${"0".repeat(64)}"`]],
  "idle-claim--one": [[" of works", ""]],
  "idle-line--one": [["* 1 ", "* 1.5 "]],
  "if-after-bar--one": [["x | x if a", "x if a | x"]],
  "if-in-record--one": [[" if a", " | war = no"]],
  "if-not-here--one": [["1 if 1 < 2", "if 1 < 2 then 1 else 0"]],
  "if-without-else--one": [["then 3", "then 3 else 4"]],
  "if-without-then--one": [["2 3", "2 then 3"]],
  "impossible-range--one": [
    ["within 2..", "within 0.2.."],
    ["within 5..9", "within 1..2"],
    ["within 8..9", "within 4..9"],
    ["then 2 else", "then 20% else"],
  ],
  "interval-ends--one": [["0% to 20%", "uniform(0%, 20%)"]],
  "interval-family--one": [["beta(1 to 2)", "normal(1 to 2)"]],
  "interval-not-here--one": [["1 to 2", "1"]],
  "known-later--one": [[" knowing n", ""]],
  "like-ring--one": [["b like a", "b"]],
  "locator-form--one": [["s 9", "s p9"]],
  "loose-term--one": [["+ 2 > 1", "+ (2 > 1)"]],
  "missing-clause--one": [["choice m =", "actor west\nchoice m by west ="]],
  "missing-date--correction": [[/correction (?!\d)/g, "correction 2024-02-03 "]],
  "missing-date--one": [["by now", "by 2024-01"]],
  "missing-distribution--one": [["unknown u", "unknown u ~ 10% to 40%"]],
  "missing-effect--one": [["2024-02 then", "2024-02 then stop"]],
  "missing-name--one": [["outcome =", "outcome x ="]],
  "missing-otherwise--one": [["because q", "because q otherwise v"]],
  "missing-text--one": [["title 5", 'title "5"']],
  "missing-timing--one": [["e then", "e rate 1/year then"]],
  "missing-unit--one": [["u : ~", "u : number ~"]],
  "missing-value--one": [["1 +", "1 + 1"]],
  "mixed-body--one": [["+ 2\n  * 3", "+ (2 * 3)"]],
  "mixed-time--one": [["to 10", "to 2025-01"]],
  "needs-brackets--one": [["if 1 < 2 then 1 else 0", "(if 1 < 2 then 1 else 0)"]],
  "needs-family--one": [["let a = 1", "each k in {p, q} let a = 1"]],
  "needs-later--one": [["b + 1", "1"]],
  "negative-margin--one": [["-5", "5"]],
  "negative-rate--one": [
    ["    -3%/year", "    3%/year"],
    ["  - 1%", "  + 1%"],
  ],
  "neither-last--one": [["neither, b", "b, neither"]],
  "no-calendar--one": [["2024-01", "3 days"]],
  "no-case--one": [[/^/, 'case c "Does it?"\n']],
  "no-figure--one": [["1 > 2", "chance(x) > 50%\noutcome x = 1 < 2"]],
  "no-option-number--some": [["soft { effort 0.2 }", "soft { effort 0.2, cost 1 usd }"]],
  "no-posterior--one": [[" / 2", ""]],
  "no-such-month--one": [["2024-13", "2024-12"]],
  "not-a-comparison--one": [["chance(x)", "chance(x) > 50%"]],
  "not-a-comparison--equality": [["mean(a) = mean(b)", "mean(a) within 1 point of mean(b)"]],
  "not-a-family--one": [["a[p]", "a"]],
  "not-a-number--one": [["1 + first(e, f)", "first(e, f) = e"]],
  "not-a-truth--one": [["if 1", "if 1 < 2"]],
  "not-an-intervention--one": [["x if a > 1", "x"]],
  "not-callable--one": [["a(2)", "a"]],
  "not-constant--one": [["exp(1) / 100", "2 points"]],
  "not-here--one": [["let y = x", "let y = 1"]],
  "not-in-each--one": [["each k in {a, b} claim", "claim"]],
  "nothing-between--one": [["(a) 2", "(a) * 2"]],
  "number-out-of-range--one": [["1e999", "1e300"]],
  "one-option--one": [["= x", "= x | y"]],
  "out-of-range--one": [["120%", "90%"]],
  "outside-horizon--one": [["at 2026-01", "at 2024-06"]],
  "over-budget--one": [[/each k .*/, "let x = 1"]],
  "overshoots--one": [
    ["2 months", "3 months"],
    ["0.5 months", "1 month"],
    ["0.7 to 3", "1 to 3"],
  ],
  "partial-step--longer": [["by 30 months", "by 24 months"]],
  "partial-step--one": [["to 10", "to 9"]],
  "power-not-whole--one": [["(2 usd)^u", "(2 usd / 1 usd)^u"]],
  "record-path--one": [["../r.csv", "r.csv"]],
  "record-without-file--one": [["{ column", '{ file "rows.csv" column']],
  "reply-address--one": [['"editor@', '"mailto:editor@']],
  "reply-address--script": [['"javascript:alert(1)"', '"https://example.org"']],
  "reserved-word--one": [["let start", "let start_"]],
  "ring--one": [["let b = a", "let b = 1"]],
  "rivals-all-off--one": [[" and not b", ""]],
  "rivals-together--one": [["a and b", "a"]],
  "sentence-range--one": [["s3-1", "s1-3"]],
  "series-order--one": [["2024-03 -> 10%, 2024-02 -> 20%", "2024-02 -> 20%, 2024-03 -> 10%"]],
  "settled-too-early--one": [["state came false on 2004-11\nforecast peace", "state open\nforecast peace"]],
  "settled-too-late--one": [["on 2005-02", "on 2005-01"]],
  "settled-without-date--one": [["came true", "came true on 2022-02-24"]],
  "share-family--one": [["usd ~", "number ~"]],
  "short-row--one": [["k 20%", "k 20% -"]],
  "start-outside--one": [["within 0..1", "within 0..5"]],
  "start-ring--one": [["stock b = a", "stock b = 1"]],
  "state-without-reason--one": [["not scorable", 'not scorable "it was not tried"']],
  "static-case--one": [["stock", "time 2024-01 to 2029-01 by month\nstock"]],
  "stray-percent--one": [["%", "65%"]],
  "table-order--one": [["1 -> 2, 0 -> 3", "0 -> 3, 1 -> 2"]],
  "takes-itself--one": [["takes a for v", "sees v"]],
  "text-as-value--one": [['"one"', "1"]],
  "text-column--one": [
    ["who : text", "who : yes | no"],
    ["who = 1", "who = yes"],
  ],
  "time-backwards--one": [["2024-01 to 2023-01", "2023-01 to 2024-01"]],
  "too-deep--one": [[/= \(+1?.*/, "= 1"]],
  "too-few--one": [["one of {a}", 'claim b causal "B."\none of {a, b}']],
  "too-large--one": [["outcome x = 1e300 bigger", "outcome x = 1 usd"]],
  "too-long--one": [[/= 1 \+ .*/, "= 1"]],
  "too-many-terms--one": [[/(?:\n {2}\+ 1)+/, "\n  + 1"]],
  "too-short--one": [["1 day", "1 month"]],
  "too-short-smooth--one": [
    ["1.4 months", "3 months"],
    ["0.4 months", "1 month"],
    ["1 month / 3", "1 month"],
    ["0.1 months, 0.2 months", "1 month, 2 months"],
  ],
  "unexpected--one": [[" ~ 2", ""]],
  "unexpected-character--one": [[" @ 2", ""]],
  "unit-cycle--one": [["unit b = 3 a", "unit b"]],
  "unit-definition--one": [["= usd", "= 1000 usd"]],
  "unit-power--one": [["usd^x", "usd^2"]],
  "unit-ring--one": [["let a =", "let a : number ="]],
  "unknown-declaration--one": [["stok", "time 2024-01 to 2025-01 by month\nstock"]],
  "unknown-element--one": [["x[c]", "x[a]"]],
  "unknown-name--takes": [[/$/, ""]],
  "unknown-option--one": [["m = w", "m = x"]],
  "unknown-state--one": [["came ture", "came true on 2024-02"]],
  "variable-is-no-value--one": [["= k", "= if k = a then 1 else 2"]],
  "within-of-comparison--one": [[" of 50%", ""]],
  "wrong-arguments--one": [["clamp(1)", "clamp(1, 0, 2)"]],
};

function taken(
  name: string,
  text: string,
): {
  readonly document: Document;
  readonly codes: readonly string[];
  readonly isModel: boolean;
  readonly printed: string;
} {
  let start = text;
  for (const [old, next] of byHand[name] ?? []) start = start.replace(old, next);
  let documents: readonly Document[] = [{ name, text: start }];
  for (let round = 0; round < 12; round++) {
    const next = takeFixes(documents, readModel(documents)[1], true);
    if (next.taken === 0) break;
    ({ documents } = next);
  }
  const [model, found] = readModel(documents);
  const [document = { name, text: start }] = documents;
  return {
    document,
    codes: found.map((d) => d.code),
    isModel: model !== null,
    printed: printDiagnostics(found, documents),
  };
}

/** Codes, or single cases, whose fixes write a figure in another form or take out what nothing reads. */
const mayLoseFigures: ReadonlySet<string> = new Set([
  "comma-in-number",
  "date-form",
  "never-read",
  "no-such-day",
  // Fractions: 1/2 becomes 0.5.
  "no-distribution--some",
  "nothing-between--some",
  "wrong-unit--some",
]);

/** The figures of `before` that `after` has not, each as often as it is missing. */
function missingFigures(before: string, after: string): readonly string[] {
  const figures = (text: string): string[] => text.match(/\d+(?:\.\d+)?/g) ?? [];
  const left = figures(after);
  return figures(before).filter((figure) => {
    const at = left.indexOf(figure);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

describe("a hint, taken", () => {
  for (const file of readdirSync(folder).filter((f) => /--(?:one|some|stock|rate)\.casus$/.test(f))) {
    const name = file.replace(".casus", "");
    const [code = ""] = name.split("--");
    if (ofCopies.has(code)) continue;
    it(`leads from ${file} to a text that checks`, () => {
      const text = readFileSync(`${folder}/${file}`, "utf8");
      const { document, codes, isModel, printed } = taken(name, text);
      expect(document.text).not.toBe(text);
      // A fix says the same in another way: it loses no figure that the writer gave.
      if (byHand[name] === undefined && ![code, name].some((of) => mayLoseFigures.has(of)))
        expect(missingFigures(text, document.text)).toEqual([]);
      expect(isModel ? "" : `${printed}\n${document.text}`).toBe("");
      expect(codes).not.toContain(code);
    });
  }
});
