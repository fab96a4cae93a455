/** Runs that stand while a view moves: always what a fresh set of runs would be, with no more run than the move asks for. */

import { describe, expect, it } from "vitest";
import { job, sampleOf } from "#ensemble/jobs.ts";
import { localLab } from "#ensemble/work/lab.ts";
import { makeRoom, withMoved } from "#ensemble/moved-view.ts";
import { plainSituation } from "#ensemble/situation.ts";
import { runJobs } from "#ensemble/runs.ts";
import { standingRuns } from "#ensemble/standing.ts";
import { referenceEngine } from "#kernel/engine.ts";
import type { Model } from "#model/model.ts";
import { Refused } from "#text/refused.ts";
import { checked, twoYears } from "../model/checked.ts";

const model = checked(`${twoYears}
claim a causal "A." { credence 50% }
claim b causal "B." { credence 30% given a, 60% }
claim c causal "C." { credence 20% }
claim d causal "D." { credence 20% }
one of {c, d, neither}
actor x "X"
choice do by x = this | that
unknown u : share "U" ~ 10% to 40%
stock s : share = 50%
  + u / 12 months because a
  - 2 percent/month because b or c
event e "E" rate 20 percent/year + (if do = that then u / 12 months else 0 percent/month)
  then add 0.1 to s because d
outcome last = final(s)
outcome came = happened(e)
`);

const situation = plainSituation({ do: "that" });
const worlds = 600;
const watch = { series: ["s"] };

/** A view of its own for each set of credences. */
function moved(credences: Record<string, readonly number[]>, distributions = {}): Model {
  return withMoved(model, { name: "reader", label: "Yours", from: "case", credences, distributions });
}

async function fresh(of: Model) {
  const wanted = job("reader", situation, watch);
  return sampleOf(
    await runJobs(
      of,
      [wanted],
      7,
      worlds,
      localLab(async () => {}),
    ),
    "reader",
    situation,
  );
}

const standing = () => standingRuns(model, job("case", situation, watch), 7, worlds, referenceEngine);

describe("standing runs", () => {
  it("are those of a fresh set after every move, whatever came between", async () => {
    const runs = standing();
    const moves = [moved({}), moved({ a: [0.6] }), moved({ a: [0.6], c: [0.7], d: [0.1] }), moved({ b: [0.9, 0.1] })];
    for (const of of moves) {
      runs.aim(of, "reader", worlds);
      while (runs.step(50) > 0) continue;
      const wanted = await fresh(of);
      const { outcomes, bands, clampedSteps } = runs.sample();
      expect({ outcomes, bands, clampedSteps }).toEqual({
        outcomes: wanted.outcomes,
        bands: wanted.bands,
        clampedSteps: wanted.clampedSteps,
      });
    }
  });

  it("are right also where a move was given up halfway", async () => {
    const runs = standing();
    runs.aim(moved({ a: [0.1] }), "reader", worlds);
    runs.step(250);
    runs.aim(moved({ a: [0.9], b: [0.2, 0.2] }), "reader", 300);
    runs.step(100);
    const last = moved({ a: [0.15] });
    runs.aim(last, "reader", worlds);
    while (runs.step(64) > 0) continue;
    expect(runs.sample().outcomes).toEqual((await fresh(last)).outcomes);
  });

  it("runs again only the worlds between the old credence and the new", () => {
    const runs = standing();
    expect(runs.aim(moved({}), "reader", worlds)).toBe(worlds);
    while (runs.step(worlds) > 0) continue;
    expect(runs.aim(moved({}), "reader", worlds)).toBe(0);
    const touched = runs.aim(moved({ d: [0.25] }), "reader", worlds);
    // 5 in 100 of 600: 30, with a standard deviation of √(600 · 0.05 · 0.95) = 5.3; four of them.
    expect(Math.abs(touched - 30)).toBeLessThan(22);
  });

  it("runs every world again when an unknown is believed otherwise", () => {
    const runs = standing();
    runs.aim(moved({}), "reader", worlds);
    while (runs.step(worlds) > 0) continue;
    const constant = { kind: "constant", value: { op: "const", value: 0.2 } } as const;
    expect(runs.aim(moved({}, { u: constant }), "reader", worlds)).toBe(worlds);
  });

  it("tells the runs there are while some are left", () => {
    const runs = standing();
    runs.aim(moved({}), "reader", worlds);
    expect(runs.step(100)).toBe(500);
    expect(runs.sample().runs).toBe(100);
    expect(runs.firstTimes()[0]).toHaveLength(100);
  });
});

describe("a moved view", () => {
  it("refuses a credence that is none", () => {
    expect(() => moved({ a: [1.2] })).toThrow(/from 0 to 1/);
    expect(() => moved({ a: [Number.NaN] })).toThrow(Refused);
  });

  it("makes room among rivals", () => {
    const group = { name: "g", claims: ["p", "q", "r"], neither: true, span: { document: "", start: 0, end: 0 } };
    const now = { p: 0.2, q: 0.4, r: 0.2 };
    expect(makeRoom(group, now, "p", 0.3)).toEqual({ p: 0.3, q: 0.4, r: 0.2 });
    const full = makeRoom(group, now, "p", 0.7);
    expect(full["q"]).toBeCloseTo(0.2, 12);
    expect(full["r"]).toBeCloseTo(0.1, 12);
    const exact = makeRoom({ ...group, neither: false }, { p: 1, q: 0, r: 0 }, "p", 0.4);
    expect(exact["q"]).toBeCloseTo(0.3, 12);
  });
});
