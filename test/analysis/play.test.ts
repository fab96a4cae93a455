/** A case's choices as a game: worked out by hand, each actor through its own eyes. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fileAsNfg, solveFile, treeAsEfg, treeAsNfg } from "#analysis/play/play-file.ts";
import { patternsOf } from "#analysis/play/patterns.ts";
import { playFindings, Unplayable, type PlayFindings } from "#analysis/play/play.ts";
import type { PlayRequest } from "#analysis/play/played.ts";
import { readEfg } from "#game/efg.ts";
import { readNfg } from "#game/nfg.ts";
import { treeRegretAgain } from "../game/games.ts";
import { parse } from "#language/parser.ts";
import { check } from "#model/check.ts";
import type { Model } from "#model/model.ts";
import { quickLab } from "../lab.ts";

function modelOf(text: string): Model {
  const document = { name: "t.casus", text };
  const [file, syntax] = parse(document);
  const [model, found] = check([file], [document]);
  expect([...syntax, ...found].filter((d) => d.severity === "error")).toEqual([]);
  if (model === null) throw new Error("no model");
  return model;
}

const usual: PlayRequest = {
  views: ["sober"],
  seed: 1,
  worlds: 256,
  set: {},
  vary: [],
  series: [],
  budget: 1e10,
  patterns: 4,
  beliefs: 30,
  lambda: 10,
  correct: true,
  informed: null,
};
const played = (model: Model, request: Partial<PlayRequest> = {}): Promise<PlayFindings> =>
  playFindings(model, { ...usual, ...request }, quickLab());

const deterrence = modelOf(readFileSync("test/analysis/deterrence.casus", "utf8"));
const findings = await played(deterrence);
const [view] = findings.plays;
const [blind, clear] = view?.patterns ?? [];

// Means: a fight costs the challenger 5 in truth and 0.1 as it hopes; the defender gets 2.5 − 1 = 1.5 by fighting, 1 by sharing. So the defender
// fights; one who hopes for 1.5 − 0.1 = 1.4 comes in and gets 1.5 − 5 = −3.5; one who looks stays out and gets 0.
test("each pattern of types has its own solution, by hand", () => {
  expect(view?.patterns.map((p) => [p.pattern.claims["blind"], p.pattern.chance])).toEqual([
    [true, 0.6],
    [false, 0.4],
  ]);
  expect(blind?.views).toEqual(["hopeful", "sober"]);
  // Where nobody comes in, the defender does not care what it would have done: two ways of breaking the tie.
  expect(blind?.solved.subgamePerfect).toMatchObject({ complete: "all-pure", solutions: [{}, {}] });
  expect(blind?.chosen?.profile[0]).toEqual([0, 1]);
  expect(blind?.chosen?.profile[2]).toEqual([0, 1]);
  expect(clear?.chosen?.profile[0]).toEqual([1, 0]);
  expect(view?.mixed?.map((c) => Math.round(c * 1000) / 1000)).toEqual([0.2, 0.2, 0, 0.6]);
  expect(view?.unsolved).toBe(0);
});

test("what it expected against what comes, and what looking would be worth", () => {
  const [challenger, defender] = blind?.expectations ?? [];
  expect(challenger?.expected.mean).toBeCloseTo(1.4, 1);
  expect(Math.abs((challenger?.comes.mean ?? 0) + 3.5)).toBeLessThan(4 * (challenger?.comes.se ?? 0));
  expect(defender?.expected).toEqual(defender?.comes);
  const [misjudged] = blind?.misjudgements ?? [];
  expect(misjudged).toMatchObject({ actor: "challenger", view: "hopeful" });
  expect(misjudged?.whole?.worth.mean).toBeCloseTo(-(challenger?.comes.mean ?? 0), 9);
  expect(misjudged?.whole?.playChanges).toBe(true);
  expect(misjudged?.items.map((i) => i.item?.name)).toEqual(["strength"]);
  expect(misjudged?.items[0]?.worth.mean).toBeGreaterThan(3);
  // The same mind under another name: nothing to correct.
  expect(clear?.misjudgements).toEqual([]);
});

/** Every profile of every list, of those played and of the private game, from its own payoffs by the definition. */
function certify(found: PlayFindings): number {
  let seen = 0;
  for (const { game, solved, chosen } of found.plays.flatMap((p) => [...p.patterns, ...(p.hidden ? [p.hidden] : [])]))
    for (const s of [
      solved.subgamePerfect,
      solved.sequential,
      solved.nash,
      solved.logit,
      { solutions: [chosen] },
    ].flatMap((list) => list?.solutions.flatMap((one) => one ?? []) ?? [])) {
      expect(Math.abs(treeRegretAgain(game, s.profile) - s.regret)).toBeLessThan(1e-9);
      if (s.kind !== "logit") expect(s.regret).toBeLessThan(1e-9);
      seen++;
    }
  return seen;
}

test("the regret of every printed profile, worked out again from the payoffs that are printed with it", async () => {
  expect(certify(findings)).toBeGreaterThan(20);
  const hidden = await played(deterrence, { beliefs: 0, correct: false, informed: "challenger" });
  expect(certify(hidden)).toBeGreaterThan(certify(findings));
});

test("every run is counted, and what costs too much is refused before the first", async () => {
  const bare = await played(deterrence, { beliefs: 0, correct: false, views: ["sober"], patterns: 1 });
  // 4 courses in two views, then the one that is played in both, for what each expected; no rule of this case reads what an actor believes.
  expect(bare.runs).toBe((8 + 2) * 256);
  let asked = 0;
  const lab = quickLab(async () => void asked++);
  await expect(playFindings(deterrence, { ...usual, budget: 10 }, lab)).rejects.toThrow(/equations/);
  expect(asked).toBe(0);
});

test("sampling noise and doubt are reported separately", () => {
  expect(blind?.sampling?.share).toBe(1);
  expect(blind?.sampling?.high).toBe(0);
  // The defender fights where 2.5 − temper > 1, always with temper below 1.5; the challenger comes in where it is blind.
  const truths = view?.doubt;
  expect(truths?.unsolved).toBe(0);
  expect(truths?.shares[2]?.[1]).toBeCloseTo(1, 9);
  expect(truths?.shares[0]?.[1]).toBeGreaterThan(0.3);
  expect(truths?.shares[0]?.[1]).toBeLessThan(0.9);
});

test("too few runs leave the solution in doubt: the share falls below 1 where payoffs nearly tie", async () => {
  const close = modelOf(
    readFileSync("test/analysis/deterrence.casus", "utf8").replace("uniform(0.5, 1.5)", "uniform(0, 3)"),
  );
  const found = await played(close, { worlds: 30, beliefs: 0, correct: false });
  const sampling = found.plays[0]?.patterns[0]?.sampling;
  expect(sampling?.share).toBeLessThan(1);
  expect(sampling?.high).toBeGreaterThan(0);
  expect(found.plays[0]?.doubt).toBeNull();
});

test("a game without values, and one without choices, are refused in words", async () => {
  const text = readFileSync("test/analysis/deterrence.casus", "utf8");
  await expect(played(modelOf(text.replace(" values keep", "")))).rejects.toThrow(/defender chooses.*values/);
  await expect(played(deterrence, { set: { enter: "come_in", reply: "fight" } })).rejects.toBeInstanceOf(Unplayable);
});

test("the game goes out as .efg and .nfg and comes back the same", () => {
  if (blind === undefined) throw new Error("not solved");
  const efg = treeAsEfg(blind.game);
  const [again] = readEfg(efg);
  expect(again?.sets).toEqual(blind.game.sets);
  const [file] = solveFile(efg);
  expect(file?.form).toBe("extensive");
  expect(file?.solved.nash?.solutions.length).toBe(blind.solved.nash?.solutions.length);
  const nfg = treeAsNfg(blind.game) ?? "";
  expect(readNfg(nfg)[0]?.players.map((p) => p.strategies.length)).toEqual([2, 4]);
  if (file !== null) expect(fileAsNfg(file)).toBe(nfg);
});

test("a move that does not know an earlier one makes an information set, and own moves are recalled", async () => {
  const hidden = modelOf(readFileSync("test/analysis/deterrence.casus", "utf8").replace(" knowing enter", ""));
  const found = await played(hidden, { beliefs: 0, correct: false });
  expect(found.sets.map((s) => s.label)).toEqual(["enter", "reply"]);
  const [p] = found.plays[0]?.patterns ?? [];
  expect(p?.solved.perfectInformation).toBe(false);
  expect(p?.solved.sequential?.solutions.length).toBe(1);
});

const rules = `case c "Q" { as of 2024-01 }
time 2024-01 to 2026-01 by month
actor a "A" values worth
choice way by a = one | two
stock harm : number = 0
stock good : number = 0
policy raid "A raid" by a rate 50 percent/year repeats then add 1 to harm
policy trade "A deal" by a rate 50 percent/year repeats then add 1 to good
outcome worth : number = final(good) - final(harm) + (if way = one then 1 else 0)
outcome raids = final(harm) > 0
`;

test("a rule that goes against its actor's own values is reported; one that serves them is not", async () => {
  const found = await played(modelOf(rules), { views: ["case"], beliefs: 0, correct: false });
  const [p] = found.plays[0]?.patterns ?? [];
  expect(p?.chances).toEqual([1, 0]);
  expect(p?.rules.map((r) => [r.act, r.disagrees])).toEqual([
    ["raid", true],
    ["trade", false],
  ]);
  // Half a raid a year for two years: one raid saved.
  const gain = p?.rules[0]?.gain;
  expect(Math.abs((gain?.mean ?? 0) - 1)).toBeLessThan(4 * (gain?.se ?? 0));
});

test("patterns of the first case: chances of the author's types, by hand", () => {
  const [first] = patternsOf(deterrence, "sober");
  expect(first).toEqual({ claims: { blind: true }, chance: 0.6 });
  expect(patternsOf(modelOf(rules), "case")).toEqual([{ claims: {}, chance: 1 }]);
});

// The defender fights where it can (1.5 against 1). The challenger looks (a fight costs it 5, so it should stay out), but takes the defender for one to whom a
// fight costs 2.5: that one shares. So it comes in, thinking to get 1, and gets 1.5 − 5 = −3.5. No equilibrium, and the report must not call it one.
test("an actor that takes another for what it is not plays its part of another game", async () => {
  const text = readFileSync("test/analysis/deterrence.casus", "utf8")
    .replace(
      "sees hopeful because blind otherwise sober values gain",
      "sees sober takes defender for timid values gain",
    )
    .replace("claim blind", "view timid { temper ~ uniform(2, 3) }\nclaim blind");
  const found = await played(modelOf(text), { beliefs: 0, correct: true });
  const [p] = found.plays[0]?.patterns ?? [];
  expect(p?.apart).toBe(true);
  expect(p?.chances).toEqual([0, 0, 0, 1]);
  expect(p?.chosen?.localRegret).toBeGreaterThan(0.5);
  const [challenger, defender] = p?.expectations ?? [];
  expect(challenger?.expected).toEqual({ mean: 1, se: 0 });
  expect(Math.abs((challenger?.comes.mean ?? 0) + 3.5)).toBeLessThan(4 * (challenger?.comes.se ?? 0));
  expect(defender?.expected.mean).toBe(3);
  // Seeing the defender as it is, it stays out and keeps its nothing: worth what coming in cost it, to the last run.
  expect(p?.misjudgements.map((m) => [m.actor, m.view])).toEqual([["challenger", "sober"]]);
  const [only] = p?.misjudgements ?? [];
  expect(only?.items.map((c) => c.item)).toEqual([{ kind: "takes", name: "defender" }]);
  for (const correction of [only?.whole, only?.items[0]]) {
    expect(correction?.chances).toEqual([0.5, 0.5, 0, 0].map((c) => (c > 0 ? expect.any(Number) : c)));
    expect(correction?.worth.mean).toBeCloseTo(-(challenger?.comes.mean ?? 0), 12);
    expect(correction?.playChanges).toBe(true);
  }
});

// Three who choose; only the first is mistaken, and only about the second. The third has nothing to be mistaken about.
test("one mistake about one of three is enough, and none is none", async () => {
  const three = (takes: string): Model =>
    modelOf(`case t "Three" { as of 2024-01 }
unknown cost : number ~ uniform(3, 4)  judged "a test"
view timid { cost ~ uniform(8, 9)  judged "a test" }
actor a "A" ${takes}values to_a
actor b "B" values to_b
actor d "D" values to_d
choice going by a = go | stay
choice answer by b knowing going = fight | yield
choice turn by d = left | right
outcome to_a : number = if going = stay then 0 else if answer = fight then -1 else 1
outcome to_b : number = if answer = fight then 5 - cost else 0
outcome to_d : number = if turn = left then 1 else 0
`);
  const of = async (takes: string): Promise<readonly unknown[]> => {
    const found = await played(three(takes), { views: ["case"], worlds: 8, beliefs: 0, correct: false });
    const [p] = found.plays[0]?.patterns ?? [];
    const names = found.profiles.map((profile) => [profile["going"], profile["answer"], profile["turn"]].join(" "));
    return [p?.apart, names.filter((_, i) => (p?.chances?.[i] ?? 0) > 0.999)];
  };
  // B gains by fighting; who sees that stays out, so that B need not choose; who takes B for timid goes, and is fought.
  expect((await of(""))[0]).toBe(false);
  expect(await of("takes b for timid ")).toEqual([true, ["go fight left"]]);
});

const quiche = `case q "Beer or quiche" { as of 2024-01 }
claim strong motive "The sender likes a fight." { credence 90% }
view doubtful { strong 20% }
view sure { strong 99% }
actor sender "The sender" values to_sender
actor rival "The rival" values to_rival
choice drink by sender = beer | quiche
choice answer by rival knowing drink = duel | leave
outcome to_sender : number =
    (if (strong and drink = beer) or (not strong and drink = quiche) then 1 else 0) + (if answer = leave then 2 else 0)
outcome to_rival : number = if answer = duel then (if strong then 0 else 1) else (if strong then 1 else 0)
`;

// Cho & Kreps (1987). Where the type is known each drinks what it likes, and only the weak is fought. Where it is not, both drink the same, nobody is
// fought, and who drinks the other thing would be fought often enough (at least half the time) that the weak does not stray.
test("beer and quiche from a case: types that the sender alone knows make both drink the same", async () => {
  const found = await played(modelOf(quiche), {
    views: ["case"],
    worlds: 4,
    beliefs: 0,
    correct: false,
    informed: "sender",
  });
  const [play] = found.plays;
  expect(play?.patterns.map((p) => p.chances)).toEqual([
    [0, 1, 0, 0],
    [0, 0, 1, 0],
  ]);
  const hidden = play?.hidden;
  expect(hidden?.patterns.map((p) => p.claims["strong"])).toEqual([true, false]);
  expect(hidden?.priors).toEqual([
    [0.9, expect.closeTo(0.1, 12)],
    [0.9, expect.closeTo(0.1, 12)],
  ]);
  expect(hidden?.sets.map((s) => [s.choice, s.pattern, s.known])).toEqual([
    ["drink", 0, {}],
    ["answer", null, { drink: "beer" }],
    ["answer", null, { drink: "quiche" }],
    ["drink", 1, {}],
  ]);
  expect(hidden?.chosen?.regret).toBeLessThan(1e-9);
  const both = [hidden?.chances?.[0], hidden?.chances?.[1]];
  const [pooled] = [1, 3].filter((k) => both.every((c) => Math.abs((c?.[k] ?? 0) - 1) < 1e-9));
  expect(pooled).toBeDefined();
  const [met, other] = pooled === 1 ? [1, 2] : [2, 1];
  expect(hidden?.chosen?.profile[other]?.[0]).toBeGreaterThanOrEqual(0.5 - 1e-9);
  // What the rival then believes is what it believed before; where nobody drinks the other thing, Bayes' rule says nothing.
  expect(hidden?.beliefs[met]?.map((p) => Math.round(p * 1e9) / 1e9)).toEqual([0.9, 0.1]);
  expect(hidden?.beliefs[other]).toBeNull();
  expect(hidden?.worth?.map((own) => own.map((e) => e.mean))).toEqual(
    pooled === 1
      ? [
          [3, 1],
          [2, 0],
        ]
      : [
          [2, 1],
          [3, 0],
        ],
  );
});

// By hand: nobody pools, for the rival would duel and one of the two would rather drink the other thing; nor do they part, for the weak would rather drink
// beer and be left alone. So the weak drinks beer just often enough, .2 : .8 b = 1 : 1, that the rival does not care, and the rival duels after beer
// just often enough, 2 (1 − d) = 1, that the weak does not.
test("a prior of its own: a rival that believes the sender weak with four in five is bluffed one time in four", async () => {
  const own = quiche.replace('"The rival" values', '"The rival" sees doubtful values');
  const found = await played(modelOf(own), {
    views: ["case"],
    worlds: 4,
    beliefs: 0,
    correct: false,
    informed: "sender",
  });
  const hidden = found.plays[0]?.hidden;
  expect(hidden?.priors[1]).toEqual([expect.closeTo(0.2, 12), expect.closeTo(0.8, 12)]);
  expect(hidden?.chosen?.regret).toBeLessThan(1e-9);
  const near = (...own: readonly number[]) => own.map((p) => expect.closeTo(p, 9) as number);
  expect(hidden?.chosen?.profile).toEqual([near(1, 0), near(0.5, 0.5), near(1, 0), near(0.25, 0.75)]);
  // After beer it is as likely strong as weak, in the rival's eyes.
  expect(hidden?.beliefs[1]).toEqual(near(0.5, 0.5));
});

test("a type that nobody thinks possible is not drawn: the other alone is played, and what others believe of it is certain", async () => {
  const sure = quiche.replace("credence 90%", "credence 100%");
  const found = await played(modelOf(sure), {
    views: ["case"],
    worlds: 4,
    beliefs: 0,
    correct: false,
    informed: "sender",
  });
  const hidden = found.plays[0]?.hidden;
  expect(hidden?.patterns.map((p) => p.claims)).toEqual([{ strong: true }]);
  expect(hidden?.priors).toEqual([[1], [1]]);
  // The strong drinks beer and is left alone: 3 for it, 1 for the rival.
  expect(hidden?.chances?.map((own) => own.map((p) => Math.round(p * 1e9) / 1e9))).toEqual([[0, 1, 0, 0]]);
  expect(hidden?.worth?.map((own) => own.map((e) => e.mean))).toEqual([[3, 1]]);
  expect(hidden?.beliefs.filter((b) => b !== null)).toEqual([[1]]);
});

test("private types that make no sense are refused in words", async () => {
  const ask = (text: string, informed: string) => played(modelOf(text), { views: ["case"], worlds: 4, informed });
  await expect(ask(quiche, "nobody")).rejects.toThrow(
    /'nobody' chooses nothing in this game; it is played by sender, rival/,
  );
  const unsure = quiche.replace('"The rival" values', '"The rival" sees doubtful because strong otherwise sure values');
  await expect(ask(unsure, "sender")).rejects.toThrow(/rival sees through a view that hangs on a type/);
  const taking = quiche.replace('"The rival" values', '"The rival" takes sender for doubtful values');
  await expect(ask(taking, "sender")).rejects.toThrow(/takes others/);
});

const eyes = `case e "Two who see the same amiss" { as of 2024-01 }
unknown x : number ~ uniform(1, 2)  judged "a test"
view sober { }
view rosy { x ~ uniform(5, 6)  judged "a test" }
actor a "A" sees rosy values worth
actor b "B" sees rosy values bs
choice way by a = one | two
choice turn by b = left | right
outcome worth : number = -2 * abs(believed(a, x) - x) - abs(believed(b, x) - x)
outcome bs : number = 0
`;

// On the same uniform the rosy view has x just 4 too large. So A loses 8 by what its own rules go by and 4 by B's; put right, it loses B's 4 alone, in every run,
// whatever it chooses. B sees through the very same view, and its eyes stay as they are.
test("a correction gives one actor other eyes in its rules within a run, and nobody else", async () => {
  const found = await played(modelOf(eyes), { views: ["sober"], worlds: 40, beliefs: 0 });
  const [p] = found.plays[0]?.patterns ?? [];
  expect(p?.expectations[0]?.comes.mean).toBeCloseTo(-12, 9);
  const [first, second] = p?.misjudgements ?? [];
  expect([first?.actor, second?.actor]).toEqual(["a", "b"]);
  expect(first?.items.map((c) => c.item)).toEqual([{ kind: "unknown", name: "x" }]);
  for (const correction of [first?.whole, first?.items[0]]) {
    expect(correction?.worth.mean).toBeCloseTo(8, 9);
    expect(correction?.playChanges).toBe(false);
  }
  expect(second?.whole?.worth.mean).toBe(0);
});

test("values that read events, stocks over the run and options say the same as through outcomes of the same name", async () => {
  const written = (values: string, outcomes: string): string => `case c "Does it?"
time 2026-01 to 2028-01 by month
claim meant motive "M." { credence 30% }
view sober "Sober" { meant 30% }
actor us values
${values}
actor them values struck * 3
choice m by us = x | y
choice n by them knowing m = r | s
stock level : share = 10% within 0..1
  + 1 percent/month * (if m = x then 1 else 0)
event war rate 10%/year * (1 + level) * (if m = x then 2 else 1) * (if n = r then 2 else 1)
outcome struck = happened(war)
${outcomes}conclusion k : chance(struck if m = x) > chance(struck if m = y) by 1 point
`;
  const parts = {
    early: "happened(war, 2027-01)",
    often: "count(war)",
    first_at: "time_of(war)",
    mid: "at(level, 2027-01)",
    most: "max(level)",
    took: "(if m = x then 1 else 0)",
  };
  const lines = (of: (name: keyof typeof parts) => string): string =>
    `  - 2 * ${of("early")}\n  - ${of("often")}\n  - ${of("first_at")} / 10 years\n  + ${of("mid")}\n  - ${of("most")}\n  - ${of("took")}\n  + 20 * ${of("early")}  because meant`;
  const names = Object.keys(parts) as (keyof typeof parts)[];
  const outcomes = names.map((name) => `outcome ${name} = ${parts[name]}\n`).join("");
  const [through, straight] = await Promise.all([
    played(
      modelOf(
        written(
          lines((name) => name),
          outcomes,
        ),
      ),
    ),
    played(
      modelOf(
        written(
          lines((name) => parts[name]),
          "",
        ),
      ),
    ),
  ]);
  const solutions = (of: PlayFindings): unknown =>
    of.plays.map((p) => [p.mixed, p.patterns.map((q) => [q.chosen?.profile, q.payoffs, q.comes])]);
  expect(solutions(straight)).toEqual(solutions(through));
});
