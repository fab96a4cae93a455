/** Runs that a reader stops, in a real browser: they end at once, whatever stands is marked, and the page goes on. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { browserPath, complaintsOf, openBrowser, openPage } from "./browser.ts";
import { buildPage, host, publish, type Published, workbenchOf } from "./published.ts";

const isMissing = browserPath() === null;
if (isMissing && process.env["CI"]) throw new Error("the page's tests need Chromium");

/** Longer than a page waits for a hand to rest before it runs. */
const pause = 1500;

describe.skipIf(isMissing)("runs that are stopped", () => {
  let browser: Browser;
  let published: Published;
  let site: { readonly address: string; readonly close: () => void };

  beforeAll(async () => {
    buildPage();
    published = publish("test/web/letter", 128);
    // As many runs as keep a thread busy for as long as a test may last.
    const file = join(published.folder, "index.html");
    const html = readFileSync(file, "utf8");
    if (!/"worlds":128\b/.test(html)) throw new Error("the page does not say how many runs it makes");
    writeFileSync(file, html.replaceAll(/"worlds":128\b/g, '"worlds":2000000'));
    site = await host(published.folder);
    browser = await openBrowser();
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    site?.close();
    published?.remove();
  });

  const running = (page: Page): Promise<number> => page.locator(".running").count();

  it("end at once and stay ended, also before they have begun; what is moved next is told and run again", async () => {
    const page = await openPage(browser, { viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    const complaints = complaintsOf(page);
    await page.goto(workbenchOf(site.address));
    await page.locator(".running").waitFor();
    await page.getByRole("button", { name: "Stop" }).click();
    expect(await running(page)).toBe(0);
    expect(await page.textContent(".bar-said")).toBe("Stopped. Move something to run again.");
    await page.waitForTimeout(pause);
    expect(await running(page)).toBe(0);

    // Moved, the verdict follows from the table, and the runs begin again.
    const before = await page.textContent(".say");
    await page.locator("#slide-sent-0").fill("3");
    expect(await page.inputValue("#box-sent-0")).toBe("3");
    await page.waitForFunction((was) => document.querySelector(".say")?.textContent !== was, before);
    await page.waitForFunction(
      () => (document.querySelector<HTMLProgressElement>(".running progress")?.value ?? 0) > 0,
    );
    expect(await page.textContent(".bar-said")).not.toContain("Stopped");

    // Stopped while the hand still rests: they do not begin.
    await page.evaluate(() => {
      const slider = document.querySelector<HTMLInputElement>("#slide-sent-0");
      if (slider === null) throw new Error("no slider");
      slider.value = "97";
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      [...document.querySelectorAll("button")].find((b) => b.textContent === "Stop")?.click();
    });
    await page.waitForTimeout(pause);
    expect(await running(page)).toBe(0);
    expect(await page.textContent(".bar-said")).toContain("Stopped");
    expect(await page.inputValue("#box-sent-0")).toBe("97");

    // The rest of the page answers.
    await page.getByRole("region", { name: "Your settings" }).getByRole("button", { name: "Undo" }).click();
    expect(await page.inputValue("#box-sent-0")).not.toBe("97");
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByRole("button", { name: "Share" }).click();
    expect(page.url()).toContain("#");
    expect(complaints).toEqual([]);
    await page.close();
  });
});
