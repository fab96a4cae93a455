/** Delays and smoothings: their steady states, and their answers to a step. */

import { describe, expect, it } from "vitest";
import { pathOf } from "./runs.ts";

const ten = "time 0 to 60 by 0.25 day";

describe("in a steady state", () => {
  it("what comes out of every delay is what goes in", () => {
    for (const call of ["delay(x, 5 days)", "smooth(x, 5 days)", "delay3(x, 5 days)"])
      pathOf(`${ten}\nlet x : number = 7\nlet y : number = ${call}`, "y").forEach((y) => expect(y).toBe(7));
  });

  it("what is under way is the flow times the delay (Little 1961), for one stock and for three in a row", () => {
    // 12 a day, 5 days: 60. After 60 days the rest, 60·e^(-12), is below a thousandth.
    const one = `${ten}\nstock under_way : number = 0\n  + 12/day\n  - under_way / 5 days`;
    expect(pathOf(one, "under_way").at(-1)).toBeCloseTo(60, 2);
    const three = `${ten} using rk4\nlet out1 : number/day = a / (5 days / 3)\nlet out2 : number/day = b / (5 days / 3)\nlet out3 : number/day = c / (5 days / 3)
stock a : number = 0\n  + 12/day\n  - out1\nstock b : number = 0\n  + out1\n  - out2\nstock c : number = 0\n  + out2\n  - out3\nlet under_way : number = a + b + c`;
    expect(pathOf(three, "under_way").at(-1)).toBeCloseTo(60, 8);
  });
});

describe("answer to a step on day 10", () => {
  const step = (call: string, method = "euler", dt = 0.25): readonly number[] =>
    pathOf(
      `time 0 to 60 by ${dt} day using ${method}\nlet x : number = step(10 days, 3)\nlet y : number = ${call}`,
      "y",
    );

  it("delay: the same, exactly as much later", () => {
    step("delay(x, 5 days)").forEach((y, n) => expect(y).toBe(n * 0.25 >= 15 ? 3 : 0));
  });

  it("delay with a value of its own until then", () => {
    step("delay(x, 5 days, 1)").forEach((y, n) => expect(y).toBe(n * 0.25 < 5 ? 1 : n * 0.25 >= 15 ? 3 : 0));
  });

  it("smooth: nears it as 1 - (1 - h/T)^n, Euler's own solution", () => {
    step("smooth(x, 5 days)").forEach((y, n) => {
      const since = Math.max(0, n - 40);
      expect(y).toBeCloseTo(3 * (1 - (1 - 0.25 / 5) ** since), 12);
    });
  });

  it("smooth: reaches 1 - 1/e after its time constant", () => {
    expect((step("smooth(x, 5 days)", "rk4", 0.05)[300] ?? NaN) / 3).toBeCloseTo(1 - Math.exp(-1), 9);
  });

  it("delay3: Erlang's distribution of order three", () => {
    const path = step("delay3(x, 6 days)", "rk4", 0.05);
    for (const day of [11, 13, 16, 22, 40]) {
      const a = (3 * (day - 10)) / 6;
      // The step is seen half a step late by a method that reads it at the start of each: 0.025 of 6 days.
      expect(Math.abs((path[day * 20] ?? NaN) - 3 * (1 - Math.exp(-a) * (1 + a + a ** 2 / 2)))).toBeLessThan(0.02);
    }
  });
});

describe("past values", () => {
  it("x[start] and x[a date] are what x was; before the date, what it is", () => {
    const text = `time 2024-01 to 2025-01 by month\nstock x : number = 10\n  + 2/month\nlet since_start : number = x - x[start]\nlet since_june : number = x - x[2024-06]`;
    expect(pathOf(text, "since_start")).toEqual(Array.from({ length: 13 }, (_, n) => 2 * n));
    expect(pathOf(text, "since_june")).toEqual(Array.from({ length: 13 }, (_, n) => Math.max(0, 2 * (n - 5))));
  });
});

describe("step, ramp and pulse", () => {
  it("rise, lean and last as they say", () => {
    const text =
      "time 0 to 6 by 1 day\nlet a : number = step(2 days, 4)\nlet b : number = ramp(2/day, 1 day, 3 days)\nlet c : number = pulse(2 days, 2 days)";
    expect(pathOf(text, "a")).toEqual([0, 0, 4, 4, 4, 4, 4]);
    expect(pathOf(text, "b")).toEqual([0, 0, 2, 4, 4, 4, 4]);
    expect(pathOf(text, "c")).toEqual([0, 0, 1, 1, 0, 0, 0]);
  });
});

describe("a table", () => {
  it("is a line through its points, flat beyond them", () => {
    const text =
      "time 0 to 6 by 1 day\ntable t : number over day = 1 day -> 10, 3 days -> 20, 5 days -> 0\nlet y : number = t(time)";
    expect(pathOf(text, "y")).toEqual([10, 10, 15, 20, 10, 0, 0]);
  });
});
