/** The first screen in a real browser: there before any script, following a moving claim in the same turn, lit from claim to arrow and back, by keyboard too. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type axeCore from "axe-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { browserPath, complaintsOf, openBrowser } from "./browser.ts";
import { buildPage, host, publish, root, type Published } from "./published.ts";

const isMissing = browserPath() === null;
if (isMissing && process.env["CI"]) throw new Error("the page's tests need Chromium");

describe.skipIf(isMissing)("the first screen", () => {
  let browser: Browser;
  let published: Published;
  let site: { readonly address: string; readonly close: () => void };

  beforeAll(async () => {
    buildPage();
    published = publish("casebook/guarantee", 256);
    site = await host(published.folder);
    browser = await openBrowser();
  }, 600_000);

  afterAll(async () => {
    await browser?.close();
    site?.close();
    published?.remove();
  });

  async function open(width = 1280, query = ""): Promise<[Page, string[]]> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, reducedMotion: "reduce" });
    page.setDefaultTimeout(90_000);
    const complaints = complaintsOf(page);
    await page.goto(`${site.address}${query}`);
    // An embed has no heading of its own: the page around it has one.
    await page.waitForSelector("h1, .embedded");
    return [page, complaints];
  }

  it("is in the page before any script: question, answer, picture, claims", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(site.address);
    expect(await page.textContent("h1")).toBe("What is a promise to defend a neighbour worth?");
    expect(await page.textContent(".say")).toMatch(
      /Chance of an attack: \d+ per cent on average with “A treaty”; \d+ per cent/,
    );
    // A hundred dots for each of the two, and no second set in sight.
    expect(await page.locator(".gap-figure .wide circle").count()).toBe(200);
    expect(await page.locator(".gap-figure .narrow").isVisible()).toBe(false);
    expect(await page.locator(".top-claim").count()).toBe(2);
    await context.close();
  });

  it("says the same once its script runs, and changes with a claim in the same turn", async () => {
    const [page, complaints] = await open();
    const html = readFileSync(join(published.folder, "index.html"), "utf8");
    const shipped = /<p class="say"[^>]*>(.*?)<\/p>/.exec(html)?.[1]?.replaceAll(/<[^>]*>/g, "");
    expect(await page.textContent(".say")).toBe(shipped);
    const now = await page.evaluate(() => {
      const slider = document.querySelector<HTMLInputElement>("#top-believed_if_bound");
      if (slider === null) throw new Error("no slider");
      slider.value = "0";
      slider.dispatchEvent(new InputEvent("input", { bubbles: true }));
      return document.querySelector(".say")?.textContent ?? "";
    });
    // Paper that nobody believes changes nothing: the case's own expectation, within the error of 256 runs.
    expect(now).toMatch(/no difference|: [12] points? /);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("lights the arrow of a claim, and the claim of an arrow", async () => {
    const [page] = await open();
    await page.locator("#top-believed_if_bound").focus();
    expect(await page.locator(".chain-arrow.lit").count()).toBe(1);
    await page.locator("h1").click();
    expect(await page.locator(".chain-arrow.lit").count()).toBe(0);
    await page.locator(".chain-arrow").first().dispatchEvent("pointerover", { bubbles: true });
    expect(await page.locator(".top-claim.lit").count()).toBe(2);
    await page.close();
  });

  it("goes by keyboard: a number in the sentence moves with the arrows, and Undo takes it back", async () => {
    const [page] = await open();
    const number = page.locator(".drag-number").first();
    const before = await number.textContent();
    await number.focus();
    await page.keyboard.press("PageDown");
    expect(Number(await number.textContent())).toBe(Number(before) - 10);
    await page.getByRole("button", { name: "Undo" }).first().press("Enter");
    expect(await number.textContent()).toBe(before);
    await page.close();
  });

  it("holds everything back in a classroom until a guess is made", async () => {
    const [page] = await open(1280, "?classroom");
    expect(await page.locator(".top-claim, .readings, .chain-place, .views, #workbench").count()).toBe(0);
    expect(await page.locator(".gap-figure circle").count()).toBe(0);
    await page.locator("#guess").fill("30");
    await page.getByRole("button", { name: "Show what the model finds" }).click();
    expect(await page.locator(".top-claim").count()).toBe(2);
    expect(await page.locator(".gap-figure circle").count()).toBe(200);
    await page.close();
  });

  it("embeds the gap with its sentence, and says so where there is no such picture", async () => {
    const [page] = await open(700, "?embed=gap");
    await page.waitForSelector(".embedded .gap-figure svg");
    expect(await page.textContent(".embedded .say")).toContain("Chance of an attack");
    const [other] = await open(700, "?embed=nonsense");
    expect(await other.textContent(".embedded [role=alert]")).toContain("no picture called “nonsense”");
    await page.close();
    await other.close();
  });

  it.each([360, 1280])(
    "meets WCAG 2.2 AA at %d pixels with every part open, and nothing moves of itself",
    async (width) => {
      const page = await browser.newPage({ viewport: { width, height: 900 }, reducedMotion: "reduce" });
      await page.addInitScript(() => {
        const seen = window as unknown as { shift: number };
        seen.shift = 0;
        new PerformanceObserver((list) => {
          for (const e of list.getEntries()) seen.shift += (e as unknown as { value: number }).value;
        }).observe({ type: "layout-shift", buffered: true });
      });
      await page.goto(site.address);
      await page.waitForSelector(".top-claim input");
      expect(await page.evaluate(() => (window as unknown as { shift: number }).shift)).toBeLessThanOrEqual(0.02);
      await page.evaluate(() => {
        for (const part of document.querySelectorAll("details")) part.open = true;
      });
      await page.waitForSelector("#claims");
      await page.waitForFunction(() => document.querySelector(".running, .stale") === null);
      await page.evaluate(readFileSync(join(root, "node_modules/axe-core/axe.min.js"), "utf8"));
      const found = await page.evaluate(async () => {
        const { axe } = window as unknown as { axe: typeof axeCore };
        const { violations } = await axe.run(document, {
          runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
        });
        return violations.map(
          (v) =>
            `${v.id}: ${v.nodes
              .map((n) => n.html.slice(0, 120))
              .slice(0, 3)
              .join(" | ")}`,
        );
      });
      expect(found).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(
        0,
      );
      await page.close();
    },
  );
});
