/** A page reweighed by what happened, in a real browser: its marks and figures are those that Node finds, and the sliders stay the reader's. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type axeCore from "axe-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import type { EvidenceRows } from "#analysis/record/evidence-rows.ts";
import { learnFindings } from "#analysis/record/learn.ts";
import { openRows, reweigh, type Reweighed } from "#analysis/record/reweigh.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import { withMoved } from "#ensemble/moved-view.ts";
import type { Model } from "#model/model.ts";
import { readPage } from "#report/page/page-data.ts";
import { browserPath, complaintsOf, openBrowser, openPage } from "./browser.ts";
import { buildPage, host, publish, root, type Published, workbenchOf } from "./published.ts";
import { quickLab } from "../lab.ts";

const isMissing = browserPath() === null;
if (isMissing && process.env["CI"]) throw new Error("the page's tests need Chromium");

const text = `case road "Is the road safe?" { note "A case for tests." }
time 2022-01 to 2024-01 by month
claim hunted causal "Somebody hunts on this road." { credence 40% }
claim unlit causal "In the dark it is worse." { credence 50% }
unknown base : share/year "How often it happens anyway" ~ 5 percent/year to 20 percent/year  judged
event attack "An attack comes" rate
    base
  + 100 percent/year  because hunted
  + 15 percent/year  because unlit
evidence came "An attack in the first year" by 2022-12: happened(attack)
outcome attacked "An attack has come" = happened(attack)  always shown
view trusting "Those who trust the road" { hunted 5%  unlit 30% }
conclusion unlit_matters "The dark brings more attacks":
    chance(attacked if unlit) > chance(attacked if not unlit) by 2 points
conclusion it_comes "An attack comes in more than half of runs": chance(attacked) > 50%
`;
const claims = ["hunted", "unlit"] as const;

describe.skipIf(isMissing)("reweighed by what happened", () => {
  let browser: Browser;
  let published: Published;
  let site: { readonly address: string; readonly close: () => void };
  let place: string;
  let model: Model;
  let rows: EvidenceRows;

  beforeAll(async () => {
    buildPage();
    place = mkdtempSync(join(tmpdir(), "casus-reweigh-"));
    mkdirSync(join(place, "road"));
    writeFileSync(join(place, "road/road.casus"), text);
    published = publish(relative(root, join(place, "road")), 256);
    site = await host(published.folder);
    browser = await openBrowser();
    const html = readFileSync(join(published.folder, "index.html"), "utf8");
    const data = readPage(/id="case">([^]*?)<\/script>/.exec(html)?.[1] ?? "");
    if (data.model === null) throw new Error("no model");
    model = data.model;
    rows = JSON.parse(readFileSync(join(published.folder, "evidence.json"), "utf8")) as EvidenceRows;
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    site?.close();
    published?.remove();
    if (place !== undefined) rmSync(place, { recursive: true, force: true });
  });

  async function open(address: string, colorScheme: "light" | "dark" = "light"): Promise<[Page, string[]]> {
    const page = await openPage(browser, {
      viewport: { width: 1280, height: 900 },
      colorScheme,
      reducedMotion: "reduce",
    });
    const complaints = complaintsOf(page);
    await page.goto(workbenchOf(address));
    await page.waitForSelector("h1");
    await rested(page);
    return [page, complaints];
  }

  async function rested(page: Page): Promise<void> {
    await page.waitForFunction(
      () => document.querySelector(".running") === null && document.querySelector(".stale") === null,
    );
  }

  const toggle = (page: Page) => page.getByRole("button", { name: "Reweigh by what happened" });

  /** What a page's sliders say, and what is marked under them. */
  async function shown(page: Page) {
    return page.evaluate(
      (names) =>
        names.map((name) => {
          const claim = document.querySelector(`#claim-${name}`);
          const path = claim?.querySelector(".tick-after")?.getAttribute("d") ?? null;
          return {
            slider: claim?.querySelector<HTMLInputElement>("input[type=range]")?.value,
            box: claim?.querySelector<HTMLInputElement>("input[type=number]")?.value,
            /** Where the mark points, of 100: its foot is 2.4 wide. */
            mark: path === null ? null : Number(/^M(-?[\d.e-]+),/.exec(path)?.[1]) + 1.2,
            words: claim?.querySelector(".after-figure")?.textContent ?? null,
          };
        }),
      [...claims],
    );
  }

  /** The same, from the page's own rows, worked out here. */
  function expected(found: Reweighed) {
    return claims.map((name) => {
      const claim = found.claims.find((c) => c.claim === name);
      if (claim === undefined) throw new Error(`no ${name}`);
      expect([claim.isRough, claim.isHeld], name).toEqual([false, false]);
      return { claim, words: `After what happened: ${Math.round(100 * claim.posterior.value)} in 100.` };
    });
  }

  async function agrees(page: Page, found: Reweighed, credences: readonly number[]): Promise<void> {
    const want = expected(found);
    await page.waitForFunction(
      (words) => [...document.querySelectorAll(".after-figure")].map((e) => e.textContent).join() === words,
      want.map((w) => w.words).join(),
    );
    for (const [i, told] of (await shown(page)).entries()) {
      expect([Number(told.slider), Number(told.box)]).toEqual([credences[i], credences[i]]);
      expect(told.mark).toBeCloseTo(100 * (want[i]?.claim.posterior.value ?? NaN), 6);
      expect(told.words).toBe(want[i]?.words);
    }
  }

  it("marks under the sliders what Node finds from the same rows, and leaves the sliders as they were", async () => {
    const [page, complaints] = await open(site.address);
    const before = await shown(page);
    expect(before.map((b) => [b.mark, b.words])).toEqual(claims.map(() => [null, null]));
    expect(await toggle(page).getAttribute("aria-pressed")).toBe("false");
    const sentence = await page.textContent(".say");
    await toggle(page).click();
    expect(await toggle(page).getAttribute("aria-pressed")).toBe("true");
    const found = reweigh(openRows(rows), mindOf(model, "case"));
    await agrees(page, found, [40, 50]);
    // Attacks came, so hunters are likelier than before: by arithmetic, for any base of the range.
    const after = await shown(page);
    expect(after[0]?.mark).toBeGreaterThan(65);
    expect(after[1]?.mark).toBeGreaterThan(51);
    // What the reader believed, and is told of it, is not touched.
    expect(after.map((a) => [a.slider, a.box])).toEqual(before.map((b) => [b.slider, b.box]));
    expect(await page.textContent(".say")).toBe(sentence);
    expect(await page.locator(".view-rows tr.mine").count()).toBe(0);
    const section = page.locator('section[aria-labelledby="happened-title"]');
    const told = (await section.textContent()) ?? "";
    expect(told).toContain("One course of events, inside this model: “An attack in the first year” happened");
    expect(told).toContain("The sliders stay what you believed before");
    await section.locator("svg").first().waitFor();
    expect(await section.locator("svg").first().textContent()).toContain("hunted");
    await toggle(page).click();
    expect(await page.locator(".tick-after, .after-figure").count()).toBe(0);
    expect(await section.count()).toBe(0);
    expect(await shown(page)).toEqual(before);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("tells the posterior of the conclusion looked at and what else follows, and follows the reader's own view", async () => {
    const [page, complaints] = await open(site.address);
    await toggle(page).click();
    const opened = openRows(rows);
    for (const hunted of [null, 10]) {
      if (hunted !== null) await page.locator("#slide-hunted-0").fill(String(hunted));
      const credences = hunted === null ? {} : { hunted: [hunted / 100] };
      const moved = withMoved(model, { name: "mine", label: "Mine", from: "case", credences, distributions: {} });
      const found = reweigh(opened, mindOf(moved, "mine"));
      await agrees(page, found, [hunted ?? 40, 50]);
      await rested(page);
      // The page looks at the case's first conclusion until its reader takes another.
      const looked = model.conclusions[0]?.name;
      const conclusion = found.conclusions.find((c) => c.conclusion === looked);
      if (conclusion === undefined) throw new Error(`no posterior of ${looked}`);
      const section = page.locator('section[aria-labelledby="happened-title"]');
      const told = (await section.locator(".reverse-sentence").textContent()) ?? "";
      expect(told).toContain(`${conclusion.verdict} after what happened`);
      const figure = /by ([+−-]?[\d.]+) points \(two errors: ([\d.]+) points\)/.exec(told);
      expect(Math.abs(Number(figure?.[1]?.replace("−", "-")) - 100 * conclusion.margin), told).toBeLessThan(0.06);
      expect(Math.abs(Number(figure?.[2]) - 200 * conclusion.se), told).toBeLessThan(0.06);
      await section.getByText("What else follows, after what happened").click();
      const beside = (await section.locator("table.verdicts").textContent()) ?? "";
      // It happened: in every run that is left, an attack has come.
      expect(beside).toContain("An attack has come");
      expect(beside).toContain("100 in 100");
      expect(await section.textContent()).toContain(`${Math.round(found.effective)} effective runs`);
      await section.getByText("What else follows, after what happened").click();
    }
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("says of each claim what a live run of its own learns, within their errors", async () => {
    const request = { views: ["case"], seed: 99, worlds: 4000, set: {}, budget: 1e12 };
    const more = { until: null, untilDate: null, motives: false, conclusions: false };
    const [learnt] = (await learnFindings(model, { ...request, ...more }, quickLab())).views;
    // What the page marks is this, to the last figure it shows: see above.
    const found = reweigh(openRows(rows), mindOf(model, "case"));
    for (const name of claims) {
      const live = learnt?.claims.find((c) => c.claim === name)?.posterior ?? null;
      const own = found.claims.find((c) => c.claim === name)?.posterior;
      if (live === null || own === undefined) throw new Error(`nothing learnt of ${name}`);
      expect(Math.abs(own.value - live.value), name).toBeLessThan(4 * Math.hypot(own.se, live.se));
    }
  });

  it("travels in the address", async () => {
    const [page] = await open(site.address);
    await toggle(page).click();
    await page.locator("#slide-hunted-0").fill("20");
    await page.getByRole("button", { name: "Share" }).click();
    await page.waitForFunction(() => document.querySelector(".bar-said")?.textContent?.includes("your settings"));
    const [other] = await open(page.url());
    await other.locator(".after-figure").first().waitFor();
    expect(await toggle(other).getAttribute("aria-pressed")).toBe("true");
    const moved = withMoved(model, {
      name: "mine",
      label: "Mine",
      from: "case",
      credences: { hunted: [0.2] },
      distributions: {},
    });
    await agrees(other, reweigh(openRows(rows), mindOf(moved, "mine")), [20, 50]);
    for (const p of [page, other]) await p.close();
  });

  it.each(["light", "dark"] as const)("meets WCAG 2.2 AA in %s", async (scheme) => {
    const [page] = await open(site.address, scheme);
    await toggle(page).click();
    const section = page.locator('section[aria-labelledby="happened-title"]');
    await section.locator("svg").first().waitFor();
    await section.getByText("What else follows, after what happened").click();
    await page.evaluate(readFileSync(join(root, "node_modules/axe-core/axe.min.js"), "utf8"));
    const found = await page.evaluate(async () => {
      const { axe } = window as unknown as { axe: typeof axeCore };
      const { violations, passes } = await axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
      });
      return { passed: passes.length, bad: violations.map((v) => `${v.id}: ${v.nodes[0]?.html.slice(0, 160)}`) };
    });
    expect(found.bad).toEqual([]);
    expect(found.passed).toBeGreaterThan(5);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await page.close();
  });
});
