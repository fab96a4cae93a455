/** The parts that come with the package: each checks, takes other names, and gives the closed form or the figure of its source. */

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { read, run, test } from "#casus.ts";
import { format } from "#language/formatter.ts";
import { fitPart, readPart, type ShelfPart } from "#language/parts.ts";

const shelf = (folder: string): readonly ShelfPart[] =>
  readdirSync(folder).map((file) => readPart({ name: file, text: readFileSync(`${folder}/${file}`, "utf8") }));

const parts = shelf("parts");
const templates = shelf("templates");

interface Known {
  readonly part: string;
  readonly time?: string;
  /** Unknowns that are known here. */
  readonly fixed: Readonly<Record<string, string>>;
  /** Are the part's claims true? */
  readonly claims: boolean;
  readonly worlds: number;
  /** What its source or a closed form says, as the language says it. */
  readonly says: readonly string[];
}

const tenYears = "time 2024-01 to 2034-01 by month";
const exact = 64;
const sampled = 4000;

/** Tolerances are four standard errors of so many runs, and the error of the step where there is one. */
const known: readonly Known[] = [
  {
    // a/(a+b)·(1 - exp(-(a+b)T)) for a = .05, b = .15, T = 10: .2162 and .6485.
    part: "competing_causes",
    time: tenYears,
    fixed: { coup_rate: "0.05/year", election_rate: "0.15/year", coup_factor: "1" },
    claims: false,
    worlds: sampled,
    says: ["chance(coup_came) in 19%..24.2%", "chance(election_came) in 61.8%..67.9%"],
  },
  {
    // Rates .3, .2, .5 a year: a year on average, and 3 in 10 are won.
    part: "war",
    time: "time 2000-01 to 2040-01 by month",
    fixed: {
      war_rate: "0.5/year",
      war_factor: "1",
      war_won_rate: "0.3/year",
      war_lost_rate: "0.2/year",
      war_settled_rate: "0.5/year",
    },
    claims: false,
    worlds: sampled,
    says: ["mean(war_months | war_came) in 11 months..13 months", "chance(war_ended_in = war_won) in 27%..33%"],
  },
  {
    // Support falls from 50 % by 5 points a year; the cumulative hazard after 8 years is .03/.2·(e^1.6 - 1) = .593.
    part: "regime",
    time: "time 2024-01 to 2032-01 by month",
    fixed: { regime_usual: "0.03/year", regime_slope: "0.4", regime_wear: "5 percent/year" },
    claims: true,
    worlds: sampled,
    says: ["chance(regime_fallen) in 41.3%..48.2%", "mean(regime_support_left) in 9.9%..10.1%"],
  },
  {
    // Richardson's meeting point (kh + bg)/(ab - kl) = 25.83 and (lg + ah)/(ab - kl) = 27.5.
    part: "arms_race",
    time: "time 2000-01 to 2100-01 by quarter",
    fixed: {
      north_alarm: "0.1/year",
      south_alarm: "0.15/year",
      north_fatigue: "0.3/year",
      south_fatigue: "0.25/year",
      north_grievance: "5/year",
      south_grievance: "3/year",
    },
    claims: true,
    worlds: exact,
    says: ["mean(north_arms_then) in 25.8..25.87", "mean(south_arms_then) in 27.46..27.54"],
  },
  {
    // r·b·c·(1 - exp(-T/c)) = 5·.04·4·(1 - exp(-2.5)) = .7343.
    part: "sanctions",
    time: tenYears,
    fixed: { sanctions_cost: "4%", sanctions_rate: "5/year", sanctions_adapt: "4 years" },
    claims: true,
    worlds: sampled,
    says: [
      "chance(sanctions_worked if sanctions_answer = imposed) in 48.7%..55.5%",
      "mean(sanctions_lost if sanctions_answer = imposed) in 0.144 years..0.15 years",
      "chance(sanctions_worked if sanctions_answer = none) in 0..0",
    ],
  },
  {
    // Fearon's risk under uniform costs: (1 - .1/.4)/2 = .375; none where the cost is known.
    part: "bargaining_range",
    fixed: { asker_strength: "50%", asker_cost: "10%", answerer_most: "40%" },
    claims: true,
    worlds: sampled,
    says: ["chance(asker_refused) in 34.4%..40.6%", "chance(asker_refused if not asker_unsure) in 0..0"],
  },
  {
    part: "audience_costs",
    fixed: { threat_stake: "35%", threat_price: "20%" },
    claims: true,
    worlds: sampled,
    says: [
      "chance(threat_kept if threat_made = public) in 51.8%..58.2%",
      "chance(threat_kept if threat_made = private) in 32%..38.1%",
    ],
  },
  {
    // Campbell's theorem: lifts of .1 at .3 a year that wear off in half a year add .3·.1·.5 = .015 on average.
    part: "opinion",
    time: tenYears,
    fixed: { leader_usual: "50%", leader_lift: "10%", leader_wear: "6 months", leader_crises: "0.3/year" },
    claims: true,
    worlds: sampled,
    says: ["mean(leader_support_then) in 51.2%..51.8%"],
  },
  {
    // Final size of R = 2 from one in a thousand: z = 1 - .999·exp(-2z), .7978.
    part: "contagion",
    time: "time 0 to 300 by 0.5 day using rk4",
    fixed: { outbreak_spread: "2", outbreak_days: "5 days", outbreak_cut: "10%" },
    claims: false,
    worlds: exact,
    says: ["mean(outbreak_caught) in 79.7%..79.9%"],
  },
  {
    // Growth of .2 a year for ten years is 2/ln 2 doublings, each at 80 %: .8^2.885 = .5253.
    part: "learning",
    time: `${tenYears} using rk4`,
    fixed: { plant_progress: "80%", plant_growth: "20 percent/year" },
    claims: true,
    worlds: exact,
    says: ["mean(plant_cost_then) in 52.5%..52.56%", "mean(plant_doublings) in 2.884..2.887"],
  },
  {
    // The gap held at 2 points, worth 1 each, against 1 for holding still: e²/(e² + e) = .7311 of 40 times.
    part: "reaction",
    time: tenYears,
    fixed: { bank_drift: "0/year", bank_effect: "0%", bank_worry: "1" },
    claims: true,
    worlds: sampled,
    says: ["mean(bank_acts) in 29..29.5"],
  },
  {
    // Diamond (2007): 56.25 %. Asked for by .25 + .75·.4 = 55 %, it stands.
    part: "bank_run",
    fixed: { bank_return: "2", bank_promise: "1.28", bank_needy: "25%", bank_fear: "40%" },
    claims: true,
    worlds: exact,
    says: ["mean(bank_tipping) in 56.249%..56.251%", "chance(bank_runs) in 0..0"],
  },
  {
    // Asked for by .25 + .75·.45 = 58.75 %, it falls.
    part: "bank_run",
    fixed: { bank_return: "2", bank_promise: "1.28", bank_needy: "25%", bank_fear: "45%" },
    claims: true,
    worlds: exact,
    says: ["chance(bank_runs) in 100%..100%"],
  },
  {
    // Bass after ten years: (1 - e^-4.1)/(1 + (.38/.03)·e^-4.1) = .8128.
    part: "adoption",
    time: `${tenYears} using rk4`,
    fixed: { product_own: "0.03/year", product_talk: "0.38/year" },
    claims: true,
    worlds: exact,
    says: ["mean(product_users_then) in 81.25%..81.31%"],
  },
  {
    // 1.2^-.5 = .91287; the triangle is .08713·.2/2.
    part: "price_response",
    fixed: { charge_rise: "20%", charge_elasticity: "0.5" },
    claims: true,
    worlds: exact,
    says: [
      "mean(charge_fall if charge_set = yes) in 8.712%..8.714%",
      "mean(charge_loss if charge_set = yes) in 0.8712%..0.8714%",
      "mean(charge_fall if charge_set = no) in 0..0",
    ],
  },
  {
    // Schaefer: K(1 - e/r) = .75 for r = .4, e = .1.
    part: "harvest",
    time: "time 2000-01 to 2080-01 by quarter",
    fixed: { fishery_growth: "0.4/year", fishery_taken: "0.1/year", fishery_more: "0.1/year" },
    claims: false,
    worlds: exact,
    says: ["mean(fishery_left) in 74.9%..75.1%"],
  },
];

/** The part in a case of its own, with what is known put in the place of what is not. */
function knownCase({ part, time = "", fixed, claims, says }: Known): string {
  let text = parts.find((p) => p.name === part)?.document.text ?? "";
  text = text.replaceAll(/credence \d+%/g, `credence ${claims ? 100 : 0}%`);
  for (const [name, value] of Object.entries(fixed)) {
    const before = text;
    text = text.replace(new RegExp(`^unknown (${name} : \\S+ "[^"]*") ~ .*$`, "m"), `let $1 = ${value}`);
    expect(text, name).not.toBe(before);
  }
  // A let is read by an outcome before a figure can ask for it.
  const lets = part === "bank_run" ? "outcome tipping : share = bank_tipping" : "";
  const asked = says.map((s, i) => `expect known_${i}: ${s.replace("bank_tipping", "tipping")}`);
  return [`case trial "Does it hold?" { }`, time, text, lets, ...asked].join("\n");
}

describe("a part", () => {
  it.each(known.map((k) => [`${k.part}, ${k.says[0]}`, k] as const))("gives what its source says: %s", async (_, k) => {
    const { findings } = await test(read(knownCase(k)), { worlds: k.worlds, threads: 1 });
    expect(findings.expectations.map((e) => [e.text, e.state])).toEqual(
      findings.expectations.map((e) => [e.text, "passed"]),
    );
    expect(findings.expectations).toHaveLength(k.says.length);
  });

  it("is known by at least one figure, and says where it is from and when not to use it", () => {
    expect(parts.length).toBeGreaterThanOrEqual(12);
    for (const part of parts) {
      expect(
        known.some((k) => k.part === part.name),
        part.name,
      ).toBe(true);
      const heading = new Map(part.heading);
      expect(heading.get("Source"), part.name).toMatch(/\(?(?:18|19|20)\d\d\)?/);
      expect(heading.get("Not for")?.length ?? 0, part.name).toBeGreaterThan(60);
      expect(part.roles.length, part.name).toBeGreaterThan(0);
      expect(format(part.document), part.name).toBe(part.document.text);
    }
  });

  it("checks under other names, and nothing of its own names is left", () => {
    for (const part of parts) {
      const names = part.roles.map((_, i) => `other_${"abc"[i]}`);
      const text = fitPart(part, names);
      const head = `case fitted "Does it fit?" { }\n${tenYears}\n`;
      expect(() => read(head + text), part.name).not.toThrow();
      const code = text
        .split("\n")
        .filter((l) => !l.startsWith("//"))
        .join("\n");
      for (const role of part.roles)
        expect(code.match(new RegExp(`(?<![\\p{L}])${role}(?![\\p{L}])`, "iu")), `${part.name}: ${role}`).toBeNull();
      expect(() => read(`${head}${text}\n${fitPart(part, [])}`), part.name).not.toThrow();
    }
  });

  it("refuses what is no name, and names that are not its own", () => {
    const race = parts.find((p) => p.name === "arms_race") as ShelfPart;
    expect(() => fitPart(race, ["1st"])).toThrow(/no name/);
    expect(() => fitPart(race, ["a", "b", "c"])).toThrow(/the names north, south/);
    expect(() => fitPart(race, ["east=west"])).toThrow(/north=other/);
    expect(fitPart(race, ["south=éire"])).toContain("stock éire_arms");
  });
});

describe("a template", () => {
  it("is of at least four kinds, each tidy and no longer than a writer's own", () => {
    expect(templates.length).toBeGreaterThanOrEqual(4);
    for (const { document } of templates) {
      expect(format(document)).toBe(document.text);
      expect(document.text.split("\n").length, document.name).toBeLessThan(80);
    }
  });

  it.each(templates.map((t) => [t.name, t] as const))("runs, with a verdict for each conclusion: %s", async (_, t) => {
    const { model } = read(t.document.text);
    const { findings } = await run(read(t.document.text), { worlds: 128, views: "all", threads: 1 });
    expect(new Set(findings.conclusions.map((c) => c.name))).toEqual(new Set(model.conclusions.map((c) => c.name)));
    expect(findings.conclusions.filter((c) => c.verdict === "not told").map((c) => c.name)).toEqual([]);
    const { findings: tested } = await test(read(t.document.text), { worlds: 128, threads: 1 });
    expect(tested.expectations.filter((e) => e.state === "failed")).toEqual([]);
  });
});
