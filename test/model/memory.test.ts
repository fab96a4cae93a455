/** What a run remembers: delays, past values, smoothing, and functions of the running time. */

import { describe, expect, it } from "vitest";
import { checked, codesOf, letOf, show, stockOf, twoYears } from "./checked.ts";

const head = `${twoYears}stock s : share = 50%\n  + 1 percent/month\n`;

function valueOf(written: string, unit = "share"): string {
  return show(letOf(checked(`${head}let x : ${unit} = ${written}`), "x").value);
}

describe("memory", () => {
  it("makes a delay a queue of whole steps", () => {
    const model = checked(`${head}let x : share = delay(s, 1 quarter, 10%)`);
    expect(model.delays.map((d) => [d.steps, show(d.input), show(d.initial)])).toEqual([[3, "s", "0.1"]]);
  });

  it("warns of a delay between two steps, and refuses one shorter than a step", () => {
    expect(codesOf(`${head}let x : share = delay(s, 45 days)`)).toEqual(["between-steps"]);
    expect(codesOf(`${head}let x : share = delay(s, 3 days)`)).toEqual(["too-short"]);
    expect(codesOf(`${head}unknown lag : month ~ 1 to 3\nlet x : share = delay(s, lag)`)).toContain("delay-not-fixed");
  });

  it("keeps past values from their step on", () => {
    const model = checked(`${head}let x : share = s[start] + s[2025-01] + (s * 2)[2024-03]`);
    expect(model.latches.map((l) => [l.step, show(l.input)])).toEqual([
      [0, "s"],
      [12, "s"],
      [2, "(s * 2)"],
    ]);
    expect(codesOf(`${head}let x : share = s[2031-01]`)).toEqual(["outside-horizon"]);
  });

  it("makes one hidden stock of a smooth, three of a delay3", () => {
    const model = checked(`${head}let x : share = smooth(s, 6 months)\nlet y : share = delay3(s, 6 months, 0%)`);
    const hidden = model.stocks.filter((k) => k.hidden);
    expect(hidden.map((k) => [k.name, show(k.initial), show(k.flow), k.unit.label])).toEqual([
      ["smooth(s, 6 months)", "s", "((s - smooth(s, 6 months)) / 6)", "share"],
      ["delay3(s, 6 months, 0%), stage 1", "0", "((s - delay3(s, 6 months, 0%), stage 1) / 2)", "share"],
      [
        "delay3(s, 6 months, 0%), stage 2",
        "0",
        "((delay3(s, 6 months, 0%), stage 1 - delay3(s, 6 months, 0%), stage 2) / 2)",
        "share",
      ],
      ["delay3(s, 6 months, 0%)", "0", "((delay3(s, 6 months, 0%), stage 2 - delay3(s, 6 months, 0%)) / 2)", "share"],
    ]);
    expect(stockOf(model, "s").hidden).toBe(false);
  });

  it("writes step, ramp and pulse over the running time", () => {
    expect(valueOf("step(2025-01, 10%)")).toBe("if (time >= 12) then 0.1 else 0");
    expect(valueOf("step(2025-01)", "number")).toBe("if (time >= 12) then 1 else 0");
    expect(valueOf("ramp(1 percent/month, 2025-01)")).toBe("(0.01 * max(0, (time - 12)))");
    expect(valueOf("ramp(1 percent/month, 2025-01, 2025-07)")).toBe("(0.01 * max(0, (min(time, 18) - 12)))");
    expect(valueOf("pulse(2025-01, 2 months)", "number")).toBe("if ((time >= 12) and (time < 14)) then 1 else 0");
  });

  it("finds its way in deep nests of past values and of extremes", () => {
    const past = Array.from({ length: 60 }, () => "").reduce(
      (inner) => `(${inner} + ${inner === "s" ? "s" : "s"})[start]`,
      "s",
    );
    expect(codesOf(`${head}let x : share = ${past}`)).toEqual([]);
    const twice = Array.from({ length: 40 }, (_, i) => `let y${i + 1} : share = (y${i} + y${i} / 2)[start]`).join("\n");
    expect(codesOf(`${head}let y0 : share = s\n${twice}`)).toEqual([]);
    const least = Array.from({ length: 60 }, () => "").reduce((inner) => `min(${inner}, s, s)`, "s");
    expect(codesOf(`${head}outcome o : share = ${least.replaceAll("s", "final(s)")}`)).toEqual([]);
  });
});
