/** The panels that open on request, in a real browser: by keyboard, at a phone's width, dark and light, alone in a frame, and gone once the text is changed. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type axeCore from "axe-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { browserPath, complaintsOf, openBrowser, openPage } from "./browser.ts";
import { buildPage, host, publish, root, serve, type Published, workbenchOf } from "./published.ts";

const isMissing = browserPath() === null;
if (isMissing && process.env["CI"]) throw new Error("LEFT OUT: the panels' tests, since this machine has no Chromium");

const titles = [
  "What carries it, in detail",
  "When does it fail?",
  "Which of our choices matter?",
  "The choices as a game, in each actor's eyes",
  "The forecasts: who gave them what chance",
  "What has been seen since, and what it changes",
];

describe.skipIf(isMissing)("the panels of a page", () => {
  let browser: Browser;
  let published: Published;
  let site: { readonly address: string; readonly close: () => void };

  beforeAll(async () => {
    buildPage();
    published = publish("test/web/panels-case", 256, { panels: "folder" });
    site = await host(published.folder);
    browser = await openBrowser();
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    site?.close();
    published?.remove();
  });

  async function open(width: number, colorScheme: "light" | "dark", address = site.address): Promise<[Page, string[]]> {
    const page = await openPage(browser, { viewport: { width, height: 900 }, colorScheme, reducedMotion: "reduce" });
    const complaints = complaintsOf(page);
    await page.goto(workbenchOf(address));
    await page.waitForSelector(".more summary");
    return [page, complaints];
  }

  async function openAll(page: Page): Promise<void> {
    for (const title of titles) {
      await page.locator(".more > details > summary", { hasText: title }).focus();
      await page.keyboard.press("Enter");
    }
    await page.waitForFunction((n) => document.querySelectorAll(".panel").length >= n, titles.length);
    await page.waitForSelector(".panel figure svg");
  }

  it("are shut until asked for, and their script comes only then", async () => {
    const [page, complaints] = await open(1280, "light");
    expect(await page.locator(".more > details > summary").allTextContents()).toEqual(expect.arrayContaining(titles));
    expect(await page.locator(".panel").count()).toBe(0);
    const loaded = (): Promise<boolean> =>
      page.evaluate(() => performance.getEntriesByType("resource").some((r) => /panels-/.test(r.name)));
    expect(await loaded()).toBe(false);
    await openAll(page);
    expect(await loaded()).toBe(true);
    expect(await page.locator(".panel").first().textContent()).toContain("does not follow what you move");
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each([
    [1280, "light"],
    [768, "dark"],
  ] as const)("meet WCAG 2.2 AA and fit at %i wide and at a phone's, %s", async (wide, scheme) => {
    const [page] = await open(wide, scheme);
    await openAll(page);
    await page.evaluate(() => {
      for (const more of document.querySelectorAll<HTMLDetailsElement>(".panel details")) more.open = true;
    });
    await page.evaluate(readFileSync(join(root, "node_modules/axe-core/axe.min.js"), "utf8"));
    for (const width of [wide, 360]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await troubles(page, width)).toEqual([]);
    }
    await page.close();
  });

  /** What is in the way of reading the panels at that width; empty where nothing is. */
  async function troubles(page: Page, width: number): Promise<readonly string[]> {
    const found = await page.evaluate(async () => {
      const { axe } = window as unknown as { axe: typeof axeCore };
      const { violations } = await axe.run(".more", {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
      });
      return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(" | ")}`);
    });
    const whole = await page.evaluate(() => document.documentElement.scrollWidth);
    // A picture shrinks to nothing less than what it was drawn for, or is the phone's.
    const drawn = await page
      .locator(".panel figure svg")
      .evaluateAll((all) => all.map((s) => s.getBoundingClientRect().width));
    return [...found, ...[whole, ...drawn].filter((w) => w > width).map((w) => `${w} wide at ${width}`)];
  }

  it("have a table behind each picture, and show one picture alone", async () => {
    const [page] = await open(1280, "light");
    await openAll(page);
    const figures = page.locator(".panel figure.chart");
    const count = await figures.count();
    expect(count).toBeGreaterThan(6);
    for (let i = 0; i < count; i++) expect(await figures.nth(i).locator("table tbody tr").count()).toBeGreaterThan(0);
    await page.goto(`${site.address}?embed=panel-game-picture`);
    await page.waitForSelector(".embedded figure svg");
    expect(await page.locator(".embedded").textContent()).toContain("not a forecast");
    await page.close();
  });

  it("come to a page of a case being written once they are found, and leave what the reader moved", async () => {
    const live = await serve(published.copy, 64);
    const page = await openPage(browser, { viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    try {
      await page.goto(workbenchOf(live.address));
      await page.waitForSelector("#box-deters-0");
      await page.fill("#box-deters-0", "12");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => location.hash.length > 1);
      await page.waitForSelector(`.more > details > summary:has-text("${titles[3]}")`, { timeout: 120_000 });
      expect(await page.inputValue("#box-deters-0")).toBe("12");
    } finally {
      live.end();
      await page.close();
    }
  }, 180_000);
});
