/** Events, policies and outcomes: when they may happen, what they do, what is read at the end. */

import { describe, expect, it } from "vitest";
import { checked, checkText, codesOf, named, show, twoYears } from "./checked.ts";

const head = `${twoYears}claim c causal "C."\nunknown base : share/year ~ 1 percent/year to 5 percent/year\nstock s : share = 50%  within 0..1\n`;

describe("events", () => {
  it("are hazards, dated, periodic, after another, or triggers", () => {
    const model = checked(`${head}event hazard rate base * (1 + s)
event yearly rate 12 * s per year
event dated at 2024-03, 2025-01
event periodic every 6 months from 2024-03
event after on hazard repeats
event trigger when s > 60%`);
    const timings = Object.fromEntries(model.events.map((e) => [e.name, e.timing]));
    expect(timings["dated"]).toEqual({ kind: "scheduled", steps: [2, 12] });
    expect(timings["periodic"]).toEqual({ kind: "periodic", firstStep: 2, everySteps: 6 });
    expect(timings["after"]).toEqual({ kind: "after", events: ["hazard"] });
    expect(timings["trigger"]).toEqual({ kind: "trigger" });
    const per = timings["yearly"];
    expect(per?.kind === "hazard" ? show(per.rate) : null).toBe("((12 * s) / 12)");
    expect(model.events.map((e) => [e.name, e.repeats])).toEqual([
      ["hazard", false],
      ["yearly", false],
      ["dated", true],
      ["periodic", true],
      ["after", true],
      ["trigger", false],
    ]);
  });

  it("set, add and stop, in written order", () => {
    const model = checked(
      `${head}event e rate base\n  then set s = 10%\n       add 5 points to s because c ours\n       stop because not c`,
    );
    expect(
      named(model.events, "e").effects.map((f) => [
        f.kind,
        f.kind === "stop" ? null : show(f.value),
        show(f.because),
        f.mark,
      ]),
    ).toEqual([
      ["set", "0.1", "null", null],
      ["add", "0.05", "c", "ours"],
      ["stop", null, "not(c)", null],
    ]);
  });

  const wrong: readonly (readonly [string, string, string])[] = [
    ["an effect on what is no stock", "event e rate base then set base = 1 percent/year", "wrong-kind"],
    ["an effect in another unit", "event e rate base then set s = 3 usd", "wrong-unit"],
    ["an effect on nothing", "event e rate base then set nobody = 3", "unknown-name"],
    ["a date outside of the case", "event e at 2031-01", "outside-horizon"],
    ["an event after what is none", "event e on s", "wrong-kind"],
    [
      "a policy with options as one event",
      "actor a\npolicy p by a on e\n  option x: 1\n  option y: 2\nevent e rate base when happened(p)",
      "wrong-kind",
    ],
    [
      "an option that is none",
      "actor a\npolicy p by a on e\n  option x: 1\n  option y: 2\nevent e rate base\noutcome o = happened(p.z)",
      "unknown-option",
    ],
    ["an event as a value", "event e rate base\nlet x = e", "wrong-kind"],
    ["an actor that is none", "event e rate base\npolicy p by nobody on e then stop", "unknown-name"],
    [
      "a utility that is no plain number",
      "event e rate base\nactor a\npolicy p by a on e\n  option x: 1 usd\n  option y: 2",
      "wrong-unit",
    ],
  ];
  for (const [what, text, code] of wrong)
    it(`refuses ${what}`, () => {
      expect(codesOf(`${head}outcome used : share/year = base\n${text}`)).toEqual([code]);
    });

  it("warns of a date between two steps", () => {
    expect(codesOf(`${head}event e at 2024-03-20 when base > 0`)).toEqual(["between-steps"]);
  });
});

describe("policies", () => {
  const text = `${head}view mind { base ~ 5 percent/year to 9 percent/year }
actor seer sees mind
actor plain
event clash rate base repeats
policy answer by seer on clash repeats sharpness 3
  option calm "Talks": 1
  option show "A show":
      base * 1 year
    + 1  because c
    then add 5% to s because c
policy act by plain rate base * 2 when s > 20% then set s = 0
`;

  it("make an event of each option, and a choice between them", () => {
    const model = checked(text);
    const answer = named(model.policies, "answer");
    expect(answer).toMatchObject({ by: "seer", timing: { kind: "after", events: ["clash"] }, repeats: true });
    expect(answer.options.map((o) => [o.name, o.event, o.label, show(o.utility)])).toEqual([
      ["calm", "answer.calm", "Talks", "1"],
      ["show", "answer.show", "A show", "((seer:base * 12) + if c then 1 else 0)"],
    ]);
    expect(named(model.events, "answer.show")).toMatchObject({
      timing: { kind: "chosen", policy: "answer" },
      by: "seer",
      repeats: true,
    });
  });

  it("read an unknown as their actor believes it; what they do is done to the world", () => {
    const model = checked(`${text}policy dear by seer rate base then set s = s * (1 - base * 1 year)`);
    const dear = named(model.events, "dear");
    expect(dear.timing.kind === "hazard" ? show(dear.timing.rate) : null).toBe("seer:base");
    const [effect] = dear.effects;
    expect(effect?.kind === "set" ? show(effect.value) : null).toBe("(s * (1 - (base * 12)))");
  });

  it("without options are events that somebody does", () => {
    const act = named(checked(text).events, "act");
    expect(act.by).toBe("plain");
    expect(act.timing.kind === "hazard" ? show(act.timing.rate) : null).toBe("(base * 2)");
  });

  it("believed(…) takes an actor before a view of the same name", () => {
    const model = checked(
      `${head}view mind { base ~ 5 percent/year to 9 percent/year }\nview other { }\nactor mind sees other\nlet x : share/year = believed(mind, base)\nlet y : share/year = believed(other, base)`,
    );
    expect(model.lets.map((l) => (l.value.op === "believed" ? l.value.by : null))).toEqual([
      { kind: "actor", name: "mind" },
      { kind: "view", name: "other" },
    ]);
  });
});

describe("outcomes", () => {
  const text = `${head}event e rate base\nevent f rate base\n`;

  it("look over the time of a run", () => {
    const model = checked(
      `${text}outcome a : share = final(s)\noutcome b : share = at(s, 2025-01)\noutcome d : share = max(s)\noutcome g : share = mean(s, 2024-07, 2025-01)\noutcome h : month = total(s)`,
    );
    expect(model.outcomes.map((o) => show(o.value))).toEqual(["final s", "at s 12", "max s", "mean s 6 12", "total s"]);
  });

  it("are truths, quantities or one of several words", () => {
    const model = checked(
      `${text}outcome came = first(e, f)\noutcome bad = came = e\noutcome none_came = came = none\noutcome fell_at : month = time_of(e)\noutcome shown = happened(f) always shown`,
    );
    expect(named(model.outcomes, "came").categories).toEqual(["none", "e", "f"]);
    expect(show(named(model.outcomes, "bad").value)).toBe("(came = 1)");
    expect(show(named(model.outcomes, "none_came").value)).toBe("(came = 0)");
    expect(named(model.outcomes, "bad").isTruth).toBe(true);
    expect(show(named(model.outcomes, "fell_at").value)).toBe("timeOf e else 24");
    expect(named(model.outcomes, "shown").alwaysShown).toBe(true);
  });

  it("tell the least of several from the least over time", () => {
    const model = checked(
      `${text}outcome a : share = min(final(s), 10%, 20%)\noutcome b : share = min(s, 2024-02, 2024-05)\noutcome d : month = min(time_of(e), 3 months, 5 months)`,
    );
    expect(model.outcomes.map((o) => show(o.value))).toEqual([
      "min(min(final s, 0.1), 0.2)",
      "min s 1 4",
      "min(min(timeOf e else 24, 3), 5)",
    ]);
  });

  it("lets a let be one of several words too", () => {
    expect(
      show(named(checked(`${text}let came = first(e, f)\nlet x : number = if came = f then 1 else 2`).lets, "x").value),
    ).toBe("if (came = 2) then 1 else 2");
  });

  const wrong: readonly (readonly [string, string, string])[] = [
    ["a look over time within the run", "let x : share = final(s)", "not-here"],
    ["an outcome read within the run", "outcome o : share = final(s)\nlet x : share = o", "not-here"],
    ["a word that is none", "outcome o = first(e, f) = war", "unknown-option"],
    ["a word in arithmetic", "outcome o : number = first(e, f) + 1", "not-a-number"],
    ["a time turned round", "outcome o : share = mean(s, 2025-01, 2024-07)", "empty-range"],
    ["a figure over runs", "outcome o : number = chance(happened(e))", "not-here"],
    ["what is done, outside of a figure", "outcome o : share = final(s if c)", "given-outside-figure"],
    ["too few values", "outcome o : share = at(s)", "wrong-arguments"],
    ["a function that is none", "outcome o : share = finale(s)", "unknown-name"],
    ["brackets behind what has none", "outcome o : share = s(3)", "not-callable"],
  ];
  for (const [what, own, code] of wrong)
    it(`refuses ${what}`, () => {
      expect(codesOf(`${text}${own}`)).toEqual([code]);
    });
});

describe("stocks and tables", () => {
  it("start within their range", () => {
    expect(codesOf(`${twoYears}stock x : share = 120%  within 0..1`)).toEqual(["start-outside"]);
    expect(codesOf(`${twoYears}stock x : share = 20%  within 1..0`)).toEqual(["empty-range"]);
  });

  it("show what is wrong as it is written, up to forty characters of it", () => {
    const rateOf = (length: number): string => `0/year - ${"1".padStart(length - "0/year - /year".length, "0")}/year`;
    const said = (length: number): string => checkText(`${twoYears}event e rate ${rateOf(length)}`).printed;
    expect(said(40).split("\n")[0]).toContain(rateOf(40));
    expect(said(41).split("\n")[0]).toContain(`${rateOf(41).slice(0, 37)}…`);
  });

  it("rise from left to right", () => {
    expect(
      codesOf(`${twoYears}table t : share over usd = 0 usd -> 1, 5 usd -> 2, 3 usd -> 3\nlet x : share = t(1 usd)`),
    ).toEqual(["table-order"]);
    expect(
      codesOf(
        `${twoYears}unknown u : number ~ 1 to 2\ntable t : number over usd = 0 usd -> 1, 5 usd -> u\nlet x : number = t(1 usd)`,
      ),
    ).toEqual(["not-here"]);
  });

  it("tell of what nothing reads, once all else is right", () => {
    expect(
      codesOf(
        `${twoYears}unknown u : number ~ 1 to 2\nshock n : number ~ normal(0, 1)\ntable t : number = 0 -> 1, 5 -> 2`,
      ),
    ).toEqual(["never-read", "never-read", "never-read"]);
    expect(codesOf(`${twoYears}unknown u : number ~ 1 to 2\nlet x = nobody`)).toEqual(["unknown-name"]);
  });
});
