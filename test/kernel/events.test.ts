/** Events, triggers, policies and suppositions: what happens in which step, and what follows. */

import { describe, expect, it } from "vitest";
import { meanOf, modelOf, outcomeOf, outcomesOf, pathOf, runsOf } from "./runs.ts";

const ten = "time 0 to 10 by 1 day\n";

describe("events at their time", () => {
  it("happen on dates, at intervals and after one another, each seeing the effects before", () => {
    const text = `${ten}stock s : number = 1
event doubled at 2 days, 5 days then set s = s * 2 add 1 to s
event tick every 3 days from 3 days repeats then add 10 to s
event after on doubled then add 100 to s`;
    // Effects stand from the next reading on; 'after' follows once, in the step behind the first doubling.
    expect(pathOf(text, "s")).toEqual([1, 1, 1, 3, 113, 113, 227, 237, 237, 237, 247]);
  });

  it("as soon as a condition holds: once, or after each time it was false", () => {
    const text = `${ten}let wave : number = mod(time / 1 day, 4)
event once when wave >= 2
event again when wave >= 2 repeats
outcome n : number = count(once)
outcome m : number = count(again)
outcome t : day = time_of(once)`;
    // wave ≥ 2 on days 2, 3, 6, 7: two rising edges before day 10, at which no step begins.
    expect(outcomesOf(text)).toEqual({ n: 1, m: 2, t: 2 });
  });

  it("'stop' ends the run: what stood stays", () => {
    const text = `${ten}stock s : number = 0\n  + 1/day\nevent over at 4 days then stop\nevent later at 6 days then add 100 to s`;
    expect(pathOf(text, "s")).toEqual([0, 1, 2, 3, 4, 5, 5, 5, 5, 5, 5]);
  });

  it("two in one step: the second is asked again and finds its ground gone", () => {
    const text = `${ten}stock gold : number = 1
event left at 3 days when gold > 0.5 then set gold = 0
event right at 3 days when gold > 0.5 then set gold = 0
outcome l = happened(left)
outcome r = happened(right)`;
    expect(outcomesOf(text)).toEqual({ l: 1, r: 0 });
  });

  it("clamp after the whole step, and count the steps in which they did", () => {
    const model = modelOf(`${ten}stock s : share = 50%  within 0..1\n  + 20 percent/day\noutcome x : share = final(s)`);
    const [run] = runsOf(model);
    expect([run?.outcomes[0], run?.clampedSteps]).toEqual([1, 8]);
  });
});

describe("suppositions", () => {
  const text = `${ten}claim c causal "C." { credence 50% }
actor a
choice m by a = p | q
unknown u : number ~ uniform(0, 1)
stock s : number = 1
  + 1/day
let l : number = u * 2
event e rate 0.1/day when s < 0 then add 100 to s
event f rate 5/day
outcome last : number = final(s)
outcome ll : number = final(l)
outcome ee : day = time_of(e, 99 days)
outcome ff = happened(f)
outcome cc = c
suppose forced { force e at 4 days }
suppose forbidden { forbid f }
suppose reset { set s = 50 from 5 days }
suppose held { hold s = 7 from 3 days }
suppose set_out { set u = 0.25  set l = 9 }
suppose sure { set c = true  set m = q }`;
  const model = modelOf(text);
  const outcomes = (name: string): Readonly<Record<string, number>> => {
    const [run] = runsOf(model, { suppose: [name] });
    return Object.fromEntries(model.outcomes.map((o, i) => [o.name, run?.outcomes[i] ?? NaN]));
  };

  it("force an event at its date, although its condition is false", () =>
    expect(outcomes("forced")).toMatchObject({ ee: 4, last: 111 }));
  it("forbid one however likely", () => expect(outcomes("forbidden")).toMatchObject({ ff: 0, ee: 99 }));
  it("set a stock from a date, and let it flow on", () => expect(outcomes("reset")["last"]).toBe(55));
  it("hold a stock from a date", () => expect(outcomes("held")["last"]).toBe(7));
  it("set an unknown and a let for the whole run", () => expect(outcomes("set_out")["ll"]).toBe(9));
  it("forced events are not distinguished by luck: every world has them on that day", () =>
    expect(new Set(outcomeOf(model, { suppose: ["forced"], worlds: 50 }, "ee"))).toEqual(new Set([4])));
});

describe("a policy with options", () => {
  const text = (sharpness: string): string => `${ten}actor a
policy answer "Answers" by a at 3 days ${sharpness}
  option left: 0
  option middle: log(2)
  option right: log(5)
    then add 1 to s
stock s : number = 0
outcome which = first(answer.left, answer.middle, answer.right)
outcome last : number = final(s)`;

  it("picks by softmax of utility: 1, 2 and 5 of 8", () => {
    const n = 20_000;
    const found = outcomeOf(modelOf(text("")), { worlds: n });
    [1 / 8, 2 / 8, 5 / 8].forEach((p, i) =>
      expect(Math.abs(found.filter((x) => x === i + 1).length / n - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / n)),
    );
    // Its effects come with the option alone.
    const ends = outcomeOf(modelOf(text("")), { worlds: n }, "last");
    found.forEach((x, w) => expect(ends[w]).toBe(x === 3 ? 1 : 0));
  });

  it("is sure where it is sharp, and blind where it is not", () => {
    expect(new Set(outcomeOf(modelOf(text("sharpness 200")), { worlds: 500 }))).toEqual(new Set([3]));
    const blind = outcomeOf(modelOf(text("sharpness 0")), { worlds: 9000 });
    expect(Math.abs(blind.filter((x) => x === 1).length / 9000 - 1 / 3)).toBeLessThan(0.02);
  });

  it("does not see an option that may not happen", () => {
    const model = modelOf(`${text("")}\nsuppose barred { forbid answer.right }`);
    const found = outcomeOf(model, { worlds: 6000, suppose: ["barred"] });
    expect(found.filter((x) => x === 3).length).toBe(0);
    expect(Math.abs(found.filter((x) => x === 1).length / 6000 - 1 / 3)).toBeLessThan(0.025);
  });

  it("sees an unknown as its actor believes it, on the same luck", () => {
    const model = modelOf(`${ten}unknown cost : number ~ uniform(0, 1)
view bold { cost ~ uniform(0, 0.5) }
actor a sees bold
policy act by a at 1 day sharpness 1000
  option go: 0.25 - cost
  option stay: 0
outcome went = happened(act.go)
outcome seen : number = believed(a, cost)
outcome true_cost : number = cost`);
    const runs = runsOf(model, { worlds: 2000 }).map((r) => [...r.outcomes]);
    for (const [went, seen, real] of runs) {
      expect(seen).toBeCloseTo((real ?? NaN) / 2, 12);
      if (Math.abs((seen ?? NaN) - 0.25) > 0.01) expect(went).toBe((seen ?? NaN) < 0.25 ? 1 : 0);
    }
    expect(Math.abs(meanOf(runs.map((r) => r[0] ?? NaN)) - 0.5)).toBeLessThan(0.045);
  });

  it("acts as a hazard where it has a rate", () => {
    const model = modelOf(`${ten}actor a\npolicy act by a rate 0.1/day then stop\noutcome x = happened(act)`);
    const p = 1 - Math.exp(-1);
    expect(Math.abs(meanOf(outcomeOf(model, { worlds: 10_000 })) - p)).toBeLessThan(0.02);
  });
});
