/** What an editor knows of a case that may not read yet: its names with their words, units and places. */

import { expect, it } from "vitest";
import { outline, placesOf } from "#language/outline.ts";

const document = {
  name: "t.casus",
  text: `case t "T"
claim a causal "Says a." { at article p1  credence 40% }
choice do "What to do" by x at 2022-01 = this "This" | that
stock s : share/year "S in words" = 5%
  + growth because a
each m in {one_ally, other} { stock held[m] : share = 10% }
policy p by x rate 1 per year
  option stay "Stay": 1
let broken : = because`,
};

it("outlines declarations and options, with label and unit", () => {
  const found = outline(document).map(({ kind, name, label, unit }) => [kind, name, label, unit]);
  expect(found).toEqual([
    ["case", "t", "T", ""],
    ["claim", "a", "Says a.", ""],
    ["choice", "do", "What to do", ""],
    ["option", "this", "This", ""],
    ["option", "that", "", ""],
    ["stock", "s", "S in words", "share/year"],
    ["each", "m", "", ""],
    ["stock", "held", "", "share"],
    ["policy", "p", "", ""],
    ["option", "stay", "Stay", ""],
    ["let", "broken", "", ""],
  ]);
});

it("finds a name where it stands, not in strings", () => {
  const at = placesOf(document, "a").map((s) => document.text.slice(s.start - 6, s.end));
  expect(at).toEqual(["claim a", "cause a"]);
});

it("leaves the columns and values of records alone, which may be called like something of the case", () => {
  const text = `outcome lost "L" = won
record wars { file "wars.csv"  column lost: share  given lost }
test loss "T" of lost on wars:
    share(lost = yes | lost = won) > share(not lost)
view bare "B" { rate ~ from record wars: rate(lost = yes, lost * 1 year)
  lost 40% }
let again = (lost)`;
  const lines = placesOf({ name: "t.casus", text }, "lost").map((s) => text.slice(0, s.start).split("\n").length);
  expect(lines).toEqual([1, 3, 6, 7]);
});
