/** The first screen in a real browser: there before any script, following a moving claim in the same turn, lit from claim to arrow and back, by keyboard too. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type axeCore from "axe-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { browserPath, complaintsOf, openBrowser, openPage } from "./browser.ts";
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
    const page = await openPage(browser, { viewport: { width, height: 900 }, reducedMotion: "reduce" });
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

  it("goes by keyboard, from the question on: a claim moves with the arrows, and Undo takes it back", async () => {
    const [page] = await open();
    const number = page.locator(".drag-number").first();
    const before = await number.textContent();
    // Nothing on the way that does nothing: every stop can be used and has a name.
    const isOnSlider = (): Promise<boolean> =>
      page.evaluate(() => document.activeElement?.id.startsWith("top-") === true);
    for (let i = 0; i < 12 && !(await isOnSlider()); i++) {
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement?.matches(":disabled"))).toBe(false);
    }
    expect(await isOnSlider()).toBe(true);
    await page.keyboard.press("ArrowLeft");
    expect(Number(await number.textContent())).toBe(Number(before) - 1);
    await page.getByRole("button", { name: "Undo" }).first().press("Enter");
    expect(await number.textContent()).toBe(before);
    await page.close();
  });

  it("holds everything back in a classroom until a guess is made", async () => {
    const [page] = await open(1280, "?classroom");
    expect(await page.locator(".top-claim, .readings, .chain-place, .views, #workbench").count()).toBe(0);
    expect(await page.locator(".gap-figure circle").count()).toBe(0);
    // What is compared is named, and no figure of it.
    expect(await page.textContent(".gap-figure")).not.toMatch(/\d+ per cent/);
    await page.locator("#guess").fill("30");
    await page.getByRole("button", { name: "Go on" }).click();
    // Sliders that say nothing yet, and a name for the file.
    expect(await page.locator(".own-view .blank").count()).toBe(2);
    await page.locator("#own-believed_if_bound").fill("20");
    expect(await page.locator(".own-view .blank").count()).toBe(1);
    await page.getByLabel("Your name").fill("Ada");
    await page.getByRole("button", { name: "Show what follows" }).click();
    expect(await page.locator(".top-claim").count()).toBe(2);
    expect(await page.locator(".gap-figure circle").count()).toBe(200);
    expect(await page.locator("#top-believed_if_bound").inputValue()).toBe("20");
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save for the class" }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe("Ada-settings.json");
    expect(JSON.parse(readFileSync(await file.path(), "utf8"))).toMatchObject({
      case: "guarantee",
      reader: "Ada",
      settings: { credences: { believed_if_bound: [0.2] } },
    });
    await page.close();
  });

  it("gives its picture as files in its own type", async () => {
    const [page, complaints] = await open();
    await page.locator(".gap-figure summary").click();
    const given = async (name: string): Promise<Buffer> => {
      const download = page.waitForEvent("download");
      await page.locator(".gap-figure").getByRole("button", { name, exact: true }).click();
      return readFileSync(await (await download).path());
    };
    const svg = (await given("SVG")).toString();
    expect(
      svg.match(/@font-face\{font-family:"Casus Sans";[^}]*url\("data:font\/woff2;base64,[A-Za-z0-9+/=]{10000,}"\)/g),
    ).toHaveLength(2);
    const png = await given("PNG");
    // Twice 760 and a margin of 16 on each side (PNG, third edition, 11.2.1: the width is the first of the header).
    expect(png.readUInt32BE(16)).toBe(2 * (760 + 2 * 16));
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("prints in a few sheets, without anything that only a hand can use", async () => {
    const [page] = await open();
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length).toBeLessThanOrEqual(4);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("input:visible, select:visible, .bar:visible, .first-tools:visible").count()).toBe(0);
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
      const page = await openPage(browser, { viewport: { width, height: 900 }, reducedMotion: "reduce" });
      await page.addInitScript(() => {
        const seen = window as unknown as { shift: number };
        seen.shift = 0;
        new PerformanceObserver((list) => {
          for (const e of list.getEntries()) seen.shift += (e as unknown as { value: number }).value;
        }).observe({ type: "layout-shift", buffered: true });
      });
      // Type that arrives late moves nothing either.
      await page.route(/\.woff2$/, async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 500));
        await route.continue();
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
