/**
 * Slips of people who know other notations: `check --fix`, or for those with more than one meaning the first action an editor offers, leads back to the
 * case as it should be.
 */

import { describe, expect, it } from "vitest";
import { takeFixes } from "#text/fix.ts";
import type { Document } from "#text/span.ts";
import { readModel } from "#model/check.ts";
import { fixTexts } from "#cli/verbs/check.ts";

const policy = `case t "Should fares go?" {
  modeller "M"
  version "1.0"
  leaves out "Much."
}
source article { title "T" }
wording { stated 95%  hedged 70% }
claim off causal "Fares keep people off." { at article p1 s2  credence 70% }
claim cars causal "They leave cars." { at article p1 s4  credence 50% }
claim walk causal "They would walk." { at article p3 s1  credence 40%  side rival }
view writer "The writer" { off stated cars stated walk hedged }
view council "The council" { off hedged walk stated response ~ 5% to 10% }
actor town "The town"
choice fare "What a ride costs" by town = none "Nothing" { price 0 eur } | usual "As now" { price 1.2 eur }
unit trip
unknown rides : trip "Rides" ~ 1500000 trips to 2000000 trips  judged "size"
unknown response : share "Rise" ~ 20% to 50%  from "The letter"
unknown harm : eur/trip "Harm" ~ 0.6 eur/trip to 2.5 eur/trip  judged "guess"
let drop : share = 1 - fare.price / 1.2 eur
let new_rides : trip =
    0 trip
  + rides * response * drop  because off
let won : eur =
    new_rides * harm
  * 0.3  because walk and not cars
outcome gain : eur "Gain" = won - rides * 0.1 eur/trip * drop
conclusion better "Better off" of off, cars:
    mean(gain if fare = none) > mean(gain if fare = usual) by 150000 eur
expect as_now "Nothing changes": mean(gain if fare = usual) in -1 eur..1 eur
`;

const crisis = `case d "Strike?" { leaves out "Much." }
time 2026-01 to 2028-01 by month
claim cools causal "It cools." { credence 60% }
actor port "The port"
choice offer "What it does" by port = early "Offers" { made 1 } | late "Waits" { made 0 }
unknown usual : share/year "Strikes a year" ~ 20%/year to 60%/year  judged "three in ten years"
unknown lasts : week "How long" ~ 2 to 10 weeks  judged "the last three"
stock anger : share "Anger" = 50%  within 0..1
  + (1 - anger) * 4 percent/month
  - anger * 20 percent/month * offer.made  because cools
event strike rate usual * (0.5 + anger) then set anger = 20%
event ended "It ends" rate 1 / lasts when happened(strike)
outcome struck "A strike" = happened(strike, 2027-01)
outcome how_long : week = time_of(ended) - time_of(strike)
conclusion fewer "Fewer" of cools: chance(struck if offer = early) < chance(struck if offer = late) by 5 points
conclusion shorter "Shorter": mean(how_long if offer = early) < mean(how_long if offer = late) by 1 week
`;

type Slip = readonly [of: string, right: string, wrong: string];

const sure: readonly Slip[] = [
  [policy, "rides : trip", "rides = trip"],
  [policy, "20% to 50%", "20% - 50%"],
  [policy, "20% to 50%", "20%..50%"],
  [policy, "20% to 50%", "between 20% and 50%"],
  [policy, "20% to 50%", "20 per cent to 50 per cent"],
  [policy, "20% to 50%", "20 to 50%"],
  [policy, "20% to 50%", "20 to 50"],
  [policy, "1500000 trips", "1,500,000 trips"],
  [policy, "1500000 trips", "1.5m trips"],
  [policy, "1500000 trips", "1 500 000 trips"],
  [policy, "0.6 eur/trip to 2.5 eur/trip", "0,6 eur/trip to 2,5 eur/trip"],
  [policy, "0.6 eur/trip to 2.5 eur/trip", "0.6 eur per trip to 2.5 eur / trip"],
  [policy, "150000 eur", "150k eur"],
  [policy, "150000 eur", "€150000"],
  [policy, "150000 eur", "150000 €"],
  [policy, "150000 eur", "150000 euros"],
  [policy, "by 150000", "by at least 150000"],
  [policy, "unit trip\n", ""],
  [policy, "off causal", "off cause"],
  [policy, 'off causal "Fares keep people off."', 'off "Fares keep people off." causal'],
  [policy, "credence 70%", "credence: 70%"],
  [policy, "credence 70%", "credence = 70"],
  [policy, "p1 s2", "p1 s2,"],
  [policy, "p1 s2", "p1:s2"],
  [policy, "p1 s2", "p1s2"],
  [policy, "article p1 s2", "p1 s2"],
  [policy, "p1 s2", "paragraph 1 sentence 2"],
  [policy, "side rival", 'side "rival"'],
  [policy, "off stated cars stated", "off: stated, cars: stated,"],
  [policy, "off stated cars stated", "off = stated cars = stated"],
  [policy, "response ~ 5%", "response = 5%"],
  [policy, "{ price 0 eur } |", "{ price: 0 eur } or"],
  [policy, "{ price 0 eur }", "{ price = 0 eur }"],
  [policy, " by town", ""],
  [policy, "by town =", "by town:"],
  [policy, "drop : share =", "drop : share :"],
  [policy, "drop  because off", "drop  if off"],
  [policy, "drop  because off", "drop  when off"],
  [policy, "walk and not cars", "walk & !cars"],
  [policy, "(gain if fare = none)", "(gain if none)"],
  [policy, "(gain if fare = none)", "(gain if fare.none)"],
  [policy, "fare = none) >", "fare = none >"],
  [policy, "mean(gain if fare = none)", "average(gain if fare = none)"],
  [policy, "off, cars:", "off, cars ="],
  [policy, "of off, cars:", "because off and cars:"],
  [policy, "-1 eur..1 eur", "-1 eur to 1 eur"],
  [policy, "in -1 eur..1 eur", "between -1 eur and 1 eur"],
  [policy, 'modeller "M"', 'author: "M",'],
  [policy, 'version "1.0"', "version 1.0"],
  [policy, "leaves out", "leaves_out"],
  [policy, 'judged "size"', "judged size"],
  [policy, 'from "The letter"', 'source "The letter"'],
  [policy, "rides * response * drop", "rides x response × drop"],
  [policy, "let drop", "var drop"],
  [crisis, "2026-01 to", "January 2026 to"],
  [crisis, "2026-01 to", "01/2026 to"],
  [crisis, "time 2026-01 to 2028-01 by", "time from 2026-01 - 2028-01 each"],
  [crisis, "by month", "monthly"],
  [crisis, "20%/year to 60%/year", "20% per year to 60% a year"],
  [crisis, "rate usual", "chance usual"],
  [crisis, "strike rate usual", "strike = usual"],
  [crisis, "when happened", "if happened"],
  [crisis, "then set anger", "then anger"],
  [crisis, "strike, 2027-01", "strike by 2027-01"],
  [crisis, "5 points", "5 percentage points"],
  [crisis, "5 points", "5 pp"],
  [crisis, "0..1", "[0, 1]"],
  [crisis, "within 0..1", "between 0 and 1"],
  [crisis, "  + (1", "  += (1"],
];

/** With more than one meaning. */
const guessed: readonly Slip[] = [
  [policy, "150000 eur", "150,000 eur"],
  [policy, "walk and not cars", "walk, not cars"],
  [policy, "(gain if fare = none)", "(gain given fare = none)"],
  [policy, "20% to 50%", "50% to 20%"],
  [policy, "0 trip\n  + rides", "0 trip + rides"],
];

describe("a newcomer's slip", () => {
  for (const [of, right, wrong] of sure)
    it(`${right.trim()}, written ${wrong.trim() || "nowhere"}`, () => {
      expect(told(fixTexts([slipped(of, right, wrong)]).documents)).toEqual([]);
      expect(plain(fixTexts([slipped(of, right, wrong)]).documents)).toBe(plain([{ name: "n.casus", text: of }]));
    });
  for (const [of, right, wrong] of guessed)
    it(`${right.trim()}, perhaps meant by ${wrong.trim()}`, () => {
      const document = slipped(of, right, wrong);
      expect(told(fixTexts([document]).documents)).not.toEqual([]);
      const { documents } = takeFixes([document], readModel([document])[1], true);
      expect(plain(documents)).toBe(plain([{ name: "n.casus", text: of }]));
    });
  it("is none in the cases themselves", () => {
    for (const text of [policy, crisis]) expect(told([{ name: "n.casus", text }])).toEqual([]);
  });
});

describe("fixes", () => {
  it("take a word behind the upper end for both ends, and that only", () => {
    const fixed = (wrong: string) =>
      fixTexts([slipped(policy, "1500000 trips to 2000000 trips", wrong)]).documents[0]?.text;
    expect(fixed("1.5 to 2 million trips")).toContain("~ 1500000 to 2000000 trips");
    expect(fixed("900000 to 2 million trips")).toContain("~ 900000 to 2000000 trips");
  });
  it("leave a figure whole that they cannot read", () => {
    const document = slipped(policy, "150000 eur", "150,00,0 eur");
    expect(fixTexts([document]).documents[0]?.text).toContain("150,00,0");
  });
  it("rename a unit that has a word of the language for its name, wherever it stands", () => {
    const document = {
      name: "n.casus",
      text: policy.replaceAll(/\btrip\b/g, "event").replaceAll(/\btrips\b/g, "event"),
    };
    const [, found] = readModel([document]);
    expect(found.map((d) => d.code)).toEqual(["reserved-name"]);
    expect(told(takeFixes([document], found, true).documents)).toEqual([]);
  });
});

function slipped(of: string, right: string, wrong: string): Document {
  expect(of).toContain(right);
  return { name: "n.casus", text: of.replace(right, () => wrong) };
}

/** The errors left. */
function told(documents: readonly Document[]): readonly string[] {
  return readModel(documents)[1].flatMap((d) => (d.severity === "error" ? [`${d.code} ${d.message}`] : []));
}

/** Without what may be written either way: spaces, and thousands set apart. */
function plain(documents: readonly Document[]): string {
  return documents.map((d) => d.text.replaceAll(/(\d)_(?=\d)/g, "$1").replaceAll(/\s+/g, "")).join("\n");
}
