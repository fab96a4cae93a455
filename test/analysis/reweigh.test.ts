/** Rows that a page carries: any mind learns from them what a live run learns, and what can be worked out. */

import { describe, expect, it } from "vitest";
import { evidenceRows, viewsAlike, type EvidenceRows } from "#analysis/record/evidence-rows.ts";
import { learnFindings } from "#analysis/record/learn.ts";
import { packed, unpacked } from "#analysis/record/packed.ts";
import { openRows, reweigh } from "#analysis/record/reweigh.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import { withMoved } from "#ensemble/moved-view.ts";
import { parse } from "#language/parser.ts";
import { check } from "#model/check.ts";
import { printDiagnostics } from "#text/print.ts";
import { Refused } from "#text/refused.ts";
import { quickLab } from "../lab.ts";

const document = {
  name: "case.casus",
  text: `case c "Q"
time 2022-01 to 2026-01 by month
claim stirred causal "It is stirred up." { credence 40% }
claim driven motive "They want it." { credence 50% }
claim idle causal "It says nothing." { credence 30% }
claim left causal "Left." { credence 20% }
claim right causal "Right." { credence 50% }
one of side {left, right, neither}
unknown base : share/year ~ 10 percent/year to 30 percent/year
let speed : share/year = base + 20 percent/year * (if left then 1 else 0)
event war rate speed * (if stirred then 3 else 1) * (if driven then 2 else 1)
event fall rate 10 percent/year * (if happened(war) and right then 4 else 1)
stock level : share = base * 1 year + (if left then 20% else 0%)
outcome war_came = happened(war)
outcome fell = happened(fall)
outcome level_end : share = final(level)
conclusion falls "It falls" : chance(fell) > 50%
conclusion by_right "The right makes it fall" : chance(fell if right) > chance(fell if not right) by 5 points
evidence came at 2022-07: happened(war)
evidence seen of level error 5% discrepancy 5% = 2023-01 -> 40%
view calm "Calm" { stirred 5%  left 5%  right 90% }
view off "Off" { every claim 0% }
view other "Other" { base ~ 50 percent/year to 60 percent/year }
`,
};
const [file, syntax] = parse(document);
const [model, found] = check([file], [document]);
if (model === null) throw new Error(printDiagnostics([...syntax, ...found], [document]));
const lab = quickLab();
const views = ["case", "calm", "off"];
const rows = await evidenceRows(model, { views, seed: 3, worlds: 2000, rows: 1500, set: {}, budget: 1e11 }, lab);
const opened = openRows(JSON.parse(JSON.stringify(rows)) as EvidenceRows);

async function live(of: typeof model, view: string) {
  const { views: told } = await learnFindings(
    of as NonNullable<typeof of>,
    {
      views: [view],
      seed: 9,
      worlds: 8000,
      set: {},
      until: null,
      untilDate: null,
      motives: false,
      conclusions: true,
      budget: 1e12,
    },
    lab,
  );
  const [learnt] = told;
  if (learnt === undefined) throw new Error("nothing learnt");
  return learnt;
}

/** Within four of both errors together, and a hundredth for what is rounded. */
function agree(
  a: { readonly value: number; readonly se: number },
  b: { readonly value: number; readonly se: number },
  what: string,
) {
  expect(Math.abs(a.value - b.value), what).toBeLessThan(4 * Math.hypot(a.se, b.se) + 1e-4);
}

describe("rows of evidence", () => {
  it("are for views that believe alike of the unknowns", async () => {
    expect(viewsAlike(model, ["case", "calm", "off", "other"])).toEqual([["case", "calm", "off"], ["other"]]);
    await expect(
      evidenceRows(model, { views: ["case", "other"], seed: 1, worlds: 100, rows: 50, set: {}, budget: 1e9 }, lab),
    ).rejects.toThrow(Refused);
  });

  it("come from more worlds where a view has few effective ones, four to sixteen times as many as were asked for", async () => {
    expect(rows.runs).toBeLessThan(16 * 2000);
    const few = { views, seed: 3, worlds: 60, rows: 50, set: {}, budget: 1e9 };
    // Of 240 worlds none can have 600 effective ones, nor any of 960.
    expect((await evidenceRows(model, few, lab)).runs).toBe(16 * 60);
  });

  it("hold no more than the evidence and what is told read", () => {
    expect(rows.gates).toEqual(["stirred", "driven", "left", "right"]);
    expect(rows.leftOut).toEqual([]);
    expect(JSON.stringify(rows).length).toBeLessThan(60_000);
  });

  it.each([
    ["case", {}],
    ["calm", {}],
    ["off", {}],
    ["case", { stirred: [0.9] }],
    ["case", { left: [0.6], right: [0.1], idle: [0.95] }],
    ["off", { right: [0.5], driven: [0.3] }],
  ])("tell of %s with %j what a live run tells", async (from, credences) => {
    const moved = withMoved(model, { name: "mine", label: "Mine", from, credences, distributions: {} });
    const told = reweigh(opened, mindOf(moved, "mine"));
    const learnt = await live(moved, "mine");
    expect(told.refusal).toBeNull();
    expect(learnt.refusal).toBeNull();
    let compared = 0;
    for (const c of told.claims) {
      const other = learnt.claims.find((x) => x.claim === c.claim);
      expect(c.prior, c.claim).toBeCloseTo(other?.prior ?? NaN, 9);
      if (other === undefined || other.posterior === null || c.isRough) continue;
      compared++;
      agree(c.posterior, other.posterior, c.claim);
    }
    expect(compared).toBeGreaterThan(2);
    for (const o of told.outcomes) {
      const other = learnt.outcomes.find((x) => x.outcome === o.outcome);
      if (other === undefined) throw new Error(o.outcome);
      agree(o.posterior, other.posterior, o.outcome);
    }
    expect(told.conclusions).toHaveLength(2);
    for (const c of told.conclusions) {
      const other = learnt.conclusions.find((x) => x.conclusion === c.conclusion)?.posterior;
      agree({ value: c.margin, se: c.se }, { value: other?.margin ?? NaN, se: other?.se ?? NaN }, c.conclusion);
    }
  });

  it("keep motives at their prior, and leave alone what nothing reads", () => {
    const moved = withMoved(model, {
      name: "mine",
      label: "Mine",
      from: "case",
      credences: { driven: [0.8], idle: [0.6] },
      distributions: {},
    });
    const told = reweigh(opened, mindOf(moved, "mine"));
    expect(told.claims.find((c) => c.claim === "driven")).toMatchObject({ isHeld: true, prior: 0.8 });
    expect(told.claims.find((c) => c.claim === "driven")?.posterior?.value).toBeCloseTo(0.8, 9);
    expect(told.claims.find((c) => c.claim === "idle")?.posterior).toEqual({ value: 0.6, se: 0 });
  });

  it("refuse a mind that too few of them are like", () => {
    const few = openRows({ ...rows, weights: rows.weights.map((w, i) => (i < 60 ? w : 0)) });
    expect(reweigh(few, mindOf(model, "case")).refusal).toMatchObject({ floor: 100 });
  });
});

describe("packed columns", () => {
  it("come back: truths as they were, others within half a step", () => {
    const truths = Float64Array.from({ length: 13 }, (_, i) => (i % 3 === 0 ? 1 : 0));
    expect(unpacked(packed(truths), 13)).toEqual(truths);
    for (const n of [1, 2, 3, 4, 100]) {
      const values = Float64Array.from({ length: n }, (_, i) => 1e5 * Math.sin(i) - 3);
      const back = unpacked(packed(values), n);
      const half = (Math.max(...values) - Math.min(...values)) / 510;
      values.forEach((v, i) => expect(Math.abs(v - (back[i] ?? NaN))).toBeLessThanOrEqual(half * 1.000001 + 1e-9));
    }
  });

  it("are standard base64 of steps", () => {
    expect(packed(Float64Array.of(0, 1, 1))).toEqual({ kind: "bits", of: "Bg==" });
    expect(packed(Float64Array.of(5, 7))).toMatchObject({
      kind: "steps",
      least: 5,
      of: Buffer.from([0, 255]).toString("base64"),
    });
  });
});
