/** Hazard clocks against the exponential law: survival, competing causes at any step size, gating, repetition, switching off and on. */

import { describe, expect, it } from "vitest";
import { meanOf, modelOf, outcomeOf, runsOf, varianceOf } from "./runs.ts";

/** Share of worlds whose outcome has the value. */
function share(values: readonly number[], value: number): number {
  return values.filter((v) => v === value).length / values.length;
}

/** Four standard errors of a share over n worlds. */
function slack(p: number, n: number): number {
  return 4 * Math.sqrt((p * (1 - p)) / n);
}

describe("one hazard", () => {
  it("leaves exp(-rate·time) of the worlds untouched, at any step", () => {
    const n = 20_000;
    for (const step of [5, 0.5]) {
      const model = modelOf(`time 0 to 5 by ${step} day\nevent e rate 0.2/day\noutcome x = happened(e)`);
      const struck = 1 - Math.exp(-1);
      expect(Math.abs(share(outcomeOf(model, { worlds: n }), 1) - struck)).toBeLessThan(slack(struck, n));
    }
  });

  it("strikes at the time of a unit exponential over its rate: the mean of a long run is 1/rate", () => {
    const model = modelOf("time 0 to 200 by 1 day\nevent e rate 0.2/day\noutcome t : day = time_of(e)");
    const times = outcomeOf(model, { worlds: 20_000 });
    // Mean 5, standard deviation 5: four errors are 0.14. The median is 5·log 2.
    expect(Math.abs(meanOf(times) - 5)).toBeLessThan(0.14);
    expect(Math.abs(times.toSorted((a, b) => a - b)[10_000] ?? NaN)).toBeCloseTo(5 * Math.log(2), 0);
  });

  it("that grows with time follows its integral (Weibull, shape 2)", () => {
    // rate = 0.1·t by Euler: the integral to 6 by steps of h is 0.05·6·(6 - h).
    const h = 0.5;
    const model = modelOf(`time 0 to 6 by ${h} day\nevent e rate 0.1/day^2 * time\noutcome x = happened(e)`);
    const struck = 1 - Math.exp(-0.05 * 6 * (6 - h));
    expect(Math.abs(share(outcomeOf(model, { worlds: 20_000 }), 1) - struck)).toBeLessThan(slack(struck, 20_000));
  });

  it("that grows with time is integrated exactly by Runge and Kutta's weights", () => {
    const model = modelOf("time 0 to 6 by 3 day using rk4\nevent e rate 0.1/day^2 * time\noutcome x = happened(e)");
    const struck = 1 - Math.exp(-0.05 * 36);
    expect(Math.abs(share(outcomeOf(model, { worlds: 20_000 }), 1) - struck)).toBeLessThan(slack(struck, 20_000));
  });

  it("that repeats strikes as often as Poisson's law has it, however many times a step", () => {
    for (const [rate, step] of [
      [0.3, 0.05],
      [0.3, 10],
      [4, 1],
      [4, 5],
    ] as const) {
      for (const method of ["", " using rk4"]) {
        const model = modelOf(
          `time 0 to 10 by ${step} day${method}\nevent e rate ${rate}/day repeats\noutcome n : number = count(e)`,
        );
        const n = 4_000;
        const many = outcomeOf(model, { worlds: n });
        const mean = 10 * rate;
        expect(Math.abs(meanOf(many) - mean)).toBeLessThan(4 * Math.sqrt(mean / n));
        // The variance of a Poisson count is its mean; that of the estimate 2·mean² / n and a little.
        expect(Math.abs(varianceOf(many) - mean)).toBeLessThan(4 * Math.sqrt((2 * mean * mean + mean) / n));
        expect(Math.abs(share(many, 0) - Math.exp(-mean))).toBeLessThan(slack(Math.exp(-mean), n) + 1e-9);
      }
    }
  });

  it("that repeats has each of its effects, and stops when its condition ends within a step", () => {
    const model = modelOf(
      "time 0 to 4 by 2 day\nstock x : number = 0\nevent e rate 30/day when x < 7 then add 1 to x repeats\noutcome y : number = final(x)\noutcome n : number = count(e)",
    );
    // Sixty firings a step are to be expected: the seventh ends it in the first.
    expect(new Set(outcomeOf(model, { worlds: 200 }, "y"))).toEqual(new Set([7]));
    expect(new Set(outcomeOf(model, { worlds: 200 }, "n"))).toEqual(new Set([7]));
  });

  it("shares a step with its rivals as Poisson processes do: of two that repeat, each fires at its own rate", () => {
    const model = modelOf(
      "time 0 to 3 by 3 day\nevent a rate 1/day repeats\nevent b rate 2/day repeats\noutcome x : number = count(a)\noutcome y : number = count(b)\noutcome f = time_of(a) < time_of(b)",
    );
    const n = 8_000;
    expect(Math.abs(meanOf(outcomeOf(model, { worlds: n }, "x")) - 3)).toBeLessThan(4 * Math.sqrt(3 / n));
    expect(Math.abs(meanOf(outcomeOf(model, { worlds: n }, "y")) - 6)).toBeLessThan(4 * Math.sqrt(6 / n));
    // a comes first in (1 − e^(−9)) / 3: a third, if either comes at all.
    const first = (1 - Math.exp(-9)) / 3;
    expect(Math.abs(share(outcomeOf(model, { worlds: n }, "f"), 1) - first)).toBeLessThan(slack(first, n));
  });

  it("whose rate would fire beyond any measure stops the run instead of keeping it busy", () => {
    const model = modelOf("time 0 to 2 by 1 day\nevent e rate 1e9/day repeats\noutcome n : number = count(e)");
    expect(() => outcomeOf(model)).toThrow(/event e is 1000000000 in step 0 of world 0/);
  });

  it("of rate 0 never strikes, and one below 0 stops the run", () => {
    const never = modelOf("time 0 to 1000 by 10 day\nevent e rate 0/day\noutcome x = happened(e)");
    expect(share(outcomeOf(never, { worlds: 200 }), 1)).toBe(0);
    const below = modelOf("time 0 to 10 by 1 day\nevent e rate 0.1/day - 0.05/day^2 * time\noutcome x = happened(e)");
    expect(() => outcomeOf(below, { worlds: 200 })).toThrow(/event e is -0\.0\d+ in step 3 of world \d+/);
  });
});

describe("competing causes, rates 0.2, 0.3, 0.5, to time 2", () => {
  // Cause-specific cumulative incidence of constant hazards: (rate/total)·(1 - exp(-total·T)) (Kalbfleisch & Prentice 2002, §8.2).
  const shares = [0.1729, 0.2594, 0.4323];
  const text = (step: number): string => `time 0 to 2 by ${step} day
event a rate 0.2/day when not happened(b) and not happened(c)
event b rate 0.3/day when not happened(a) and not happened(c)
event c rate 0.5/day when not happened(a) and not happened(b)
outcome which = first(a, b, c)
outcome ta : day = time_of(a, 99 days)
outcome tb : day = time_of(b, 99 days)
outcome tc : day = time_of(c, 99 days)
outcome several : number = (if happened(a) then 1 else 0) + (if happened(b) then 1 else 0) + (if happened(c) then 1 else 0)`;
  const n = 20_000;
  const runs = (step: number): readonly (readonly number[])[] =>
    runsOf(modelOf(text(step)), { worlds: n }).map((r) => [...r.outcomes]);
  const whole = runs(2);

  it("each takes its share, in a single step", () => {
    shares.forEach((p, i) => {
      const found = whole.filter((r) => r[0] === i + 1).length / n;
      expect(Math.abs(found - p), `cause ${i}`).toBeLessThan(slack(p, n));
    });
    expect(whole.every((r) => (r[4] ?? NaN) <= 1)).toBe(true);
  });

  for (const step of [1, 0.25, 0.01])
    it(`and at steps of ${step} the same world dies of the same cause at the same time`, () => {
      const found = step < 0.1 ? runs(step).slice(0, 2000) : runs(step);
      found.forEach((r, w) => {
        expect(r[0]).toBe(whole[w]?.[0]);
        // The clocks are run down by subtraction: rounding alone.
        [1, 2, 3].forEach((i) => expect(r[i]).toBeCloseTo(whole[w]?.[i] ?? NaN, 9));
      });
    });

  it("gating one leaves the luck of the others alone", () => {
    const gated = modelOf(text(0.5).replace("rate 0.2/day", "rate 0/day"));
    const found = runsOf(gated, { worlds: n }).map((r) => r.outcomes[0]);
    whole.forEach((r, w) => {
      if (r[0] === 1) expect(found[w]).not.toBe(1);
      else expect(found[w]).toBe(r[0]);
    });
    const p = (0.5 / 0.8) * (1 - Math.exp(-1.6));
    expect(Math.abs(found.filter((x) => x === 3).length / n - p)).toBeLessThan(slack(p, n));
  });
});

describe("a hazard that is switched off and on", () => {
  it("is at risk only while it is on", () => {
    const model = modelOf(
      "time 0 to 10 by 1 day\nevent e rate 0.2/day when time < 2 days or time >= 7 days\noutcome x = happened(e)\noutcome t : day = time_of(e, 99 days)",
    );
    const results = runsOf(model, { worlds: 20_000 }).map((r) => [...r.outcomes]);
    // Five days at risk.
    const struck = 1 - Math.exp(-1);
    expect(Math.abs(results.filter((r) => r[0] === 1).length / 20_000 - struck)).toBeLessThan(slack(struck, 20_000));
    expect(results.some((r) => (r[1] ?? 0) > 2 && (r[1] ?? 0) < 7)).toBe(false);
  });
});
