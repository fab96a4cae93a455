/** The table a page loads: what it answers from its bytes, against live runs and against every pattern run. */

import { describe, expect, it } from "vitest";
import { attribution } from "#analysis/carries/attribution.ts";
import { runFindings } from "#analysis/findings/findings.ts";
import { claimFlips } from "#analysis/carries/flips.ts";
import { believeAlike, mostBytes } from "#analysis/carries/claims-table.ts";
import { pageTable, readPageTable } from "#analysis/carries/page-table.ts";
import { OverBudget } from "#ensemble/budget.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import { withMoved } from "#ensemble/moved-view.ts";
import { lab, modelOf, tableOf, threeGates } from "../ensemble/tables.ts";

const ask = { view: "case", seed: 1, key: "k", worlds: 2048, untilSettled: true, limit: mostBytes };

/** Fourteen claims, more than are gone through one by one; a stock, a hazard and a condition. */
const names = Array.from({ length: 14 }, (_, i) => `k${i}`);
const large = modelOf(`
time 2024-01 to 2026-01 by month
actor w "W"
choice move "M" by w = hold | attack
${names.map((n, i) => `claim ${n} causal "${n}" { credence ${25 + 4 * i}% }`).join("\n")}
unknown base : share/year ~ 4 percent/year to 12 percent/year judged
stock heat : number = 1 within 0..
${names.map((n, i) => `  + ${((i % 5) + 1) / 50} number/month because ${n}`).join("\n")}
event fall "It falls" rate base * heat * (if k1 and move = attack then 2 else 1)
event war "War" rate 20 percent/year * (if k2 then 2 else 1)
outcome fallen = happened(fall)
outcome fought = happened(war)
outcome heated : number = heat
conclusion sooner "Sooner": chance(fallen if move = attack) > chance(fallen if move = hold) by 3 points
conclusion hot "Hot": mean(heated | fought) > 12
conclusion middle "A quantile": quantile(heated, 50%) > 12
view other "Other unknowns" { base ~ 1 percent/year to 2 percent/year }
view alike "Other credences" { k1 90% k2 10% }
`);

describe("the table of a page", () => {
  it("answers for any setting of the sliders as live runs do, within the errors of both", async () => {
    const made = await pageTable(large, ask, lab);
    const page = readPageTable(made.bytes);
    expect(page.key).toBe("k");
    expect(page.conclusions).toEqual(expect.arrayContaining(["sooner", "hot"]));
    const settings: readonly Readonly<Record<string, readonly number[]>>[] = [
      {},
      { k1: [0.95], k13: [0.1] },
      { k0: [0.7], k4: [0.9], k9: [0.05], k2: [0.9] },
    ];
    for (const credences of settings) {
      const moved = withMoved(large, { name: "mine", label: "Mine", from: "case", credences, distributions: {} });
      const live = await runFindings(
        moved,
        { views: ["mine"], seed: 2, worlds: 4096, set: {}, vary: [], series: [], budget: 1e12 },
        lab,
      );
      for (const name of ["sooner", "hot"]) {
        const told = page.verdict(name, mindOf(moved, "mine"));
        const { comparison } = live.conclusions.find((c) => c.name === name) ?? expect.fail(name);
        expect(told.refusal).toBeNull();
        // Four joint standard errors, of six comparisons.
        expect(Math.abs(told.margin - comparison.margin)).toBeLessThan(4 * Math.hypot(told.se, comparison.se));
        expect(told.se).toBeLessThan(name === "sooner" ? 0.01 : 0.2);
      }
    }
  }, 60_000);

  it("answers roughly, and says so, for a mind that no pattern resembles", async () => {
    const page = readPageTable((await pageTable(large, ask, lab)).bytes);
    const credences = Object.fromEntries(names.map((n, i) => [n, [i % 3 === 0 ? 1 : 0]]));
    const moved = withMoved(large, { name: "mine", label: "Mine", from: "case", credences, distributions: {} });
    const mind = mindOf(moved, "mine");
    const live = await runFindings(
      moved,
      { views: ["mine"], seed: 2, worlds: 4096, set: {}, vary: [], series: [], budget: 1e12 },
      lab,
    );
    for (const name of ["sooner", "hot"]) {
      const told = page.verdict(name, mind);
      const { comparison } = live.conclusions.find((c) => c.name === name) ?? expect.fail(name);
      expect(told.rough).toBe(true);
      expect(told.refusal).toBeNull();
      expect(told.se).toBeGreaterThan(0);
      expect(Math.abs(told.margin - comparison.margin)).toBeLessThan(3 * Math.hypot(told.se, comparison.se));
      const carried = page.attribution(name, mind);
      expect(carried.rough).toBe(true);
      expect(carried.gap).toBeLessThan(1e-9);
      expect(page.flips(name, mind).every((c) => Number.isFinite(c.on) && Number.isFinite(c.off))).toBe(true);
    }
    expect(page.verdict("sooner", mindOf(large, "case")).rough).toBe(false);
  }, 60_000);

  it("tells what carries and what would turn it as the table of every pattern does", async () => {
    const page = readPageTable((await pageTable(large, ask, lab)).bytes);
    const mind = mindOf(large, "alike");
    const whole = await tableOf(large, ["sooner"], { exact: 16, worlds: 64 });
    expect(whole.design.kind).toBe("exact");
    const [told, exact] = [page.attribution("sooner", mind), attribution(whole, "sooner", mind)];
    expect(told.refusal).toBeNull();
    for (const s of told.shares) {
      const other = exact.shares.find((x) => x.claim === s.claim);
      expect(Math.abs(s.share - (other?.share ?? 0)), s.claim).toBeLessThan(
        5 * Math.hypot(s.se, other?.se ?? 0) + 1e-4,
      );
    }
    expect(told.shares[0]?.claim).toBe("k1");
    const point = (of: ReturnType<typeof claimFlips>): number =>
      of.find((c) => c.claim === "k1")?.points[0]?.credence ?? Number.NaN;
    const [a, b] = [point(page.flips("sooner", mind)), point(claimFlips(whole, "sooner", mind))];
    expect(Math.abs(a - b)).toBeLessThan(0.05);
  }, 60_000);

  it("keeps within its bytes by leaving conclusions out, and refuses by name where there is no room", async () => {
    await expect(pageTable(large, { ...ask, limit: 5000 }, lab)).rejects.toThrow(OverBudget);
    const whole = readPageTable((await pageTable(large, ask, lab)).bytes);
    const mind = mindOf(large, "alike");
    for (const first of ["sooner", "hot"]) {
      const one = await pageTable(large, { ...ask, limit: 48_000, first }, lab);
      expect(one.conclusions).toEqual([first]);
      expect(one.leftOut.map((l) => l.conclusion).toSorted()).toEqual(
        ["hot", "middle", "sooner"].filter((c) => c !== first),
      );
      expect(one.bytes.length).toBeLessThanOrEqual(48_000);
      // What it has is what the whole table has, to the last digit.
      expect(readPageTable(one.bytes).attribution(first, mind)).toEqual(whole.attribution(first, mind));
      expect(readPageTable(one.bytes).flips(first, mind)).toEqual(whole.flips(first, mind));
    }
  }, 60_000);

  it("is exact where every pattern can be run", async () => {
    const model = modelOf(threeGates);
    const page = readPageTable((await pageTable(model, ask, lab)).bytes);
    expect(page.verdict("half", mindOf(model, "case")).margin).toBeCloseTo(0.9 * (1 - 0.3 * 0.4) - 0.5, 6);
  });

  it("says which minds it is right for", () => {
    expect(believeAlike(mindOf(large, "case"), mindOf(large, "alike"))).toBe(true);
    expect(believeAlike(mindOf(large, "case"), mindOf(large, "other"))).toBe(false);
  });
});
