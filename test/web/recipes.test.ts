/** The notebook and the custom element of docs/recipes, in Chromium, against the package as it is built. */

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { browserPath, complaintsOf, openBrowser, openPage } from "./browser.ts";
import { buildPage, host, publish } from "./published.ts";

describe.skipIf(browserPath() === null)("pages of the recipes", () => {
  it("the notebook runs a case and draws its chart anew when the slider moves", async () => {
    execFileSync(process.execPath, ["scripts/bundle.mjs"]);
    const browser = await openBrowser();
    const { address, close } = await host(resolve("."));
    try {
      const page = await openPage(browser);
      const complaints = complaintsOf(page);
      await page.goto(`${address}docs/recipes/notebook.html`);
      await page.waitForSelector("#chart svg");
      expect(await page.textContent("#verdict")).toBe("A letter helps: holds");
      expect(await page.textContent("#chart svg")).toContain("Good will at the end");
      await page.fill("#credence", "0");
      await page.dispatchEvent("#credence", "change");
      await page.waitForFunction(() => document.querySelector("#verdict")?.textContent !== "A letter helps: holds");
      expect(await page.textContent("#verdict")).toBe("A letter helps: no material difference");
      expect(complaints.filter((c) => !c.includes("favicon") && !c.includes("404"))).toEqual([]);
    } finally {
      close();
      await browser.close();
    }
  });

  it("casus-chart frames one chart of a published page, and follows its attributes", async () => {
    const folder = mkdtempSync(join(tmpdir(), "casus-chart-"));
    symlinkSync(resolve("docs/recipes/casus-chart.js"), join(folder, "casus-chart.js"));
    writeFileSync(join(folder, "case.html"), "<script>document.write(location.search + location.hash)</script>");
    writeFileSync(
      join(folder, "index.html"),
      '<script type="module" src="casus-chart.js"></script><casus-chart src="case.html?light#v=1" chart="gap" label="The gap" height="300"></casus-chart>',
    );
    const browser = await openBrowser();
    const { address, close } = await host(folder);
    try {
      const page = await openPage(browser);
      await page.goto(address);
      const frame = page.locator("casus-chart iframe");
      expect(await frame.getAttribute("title")).toBe("The gap");
      expect((await frame.boundingBox())?.height).toBe(300);
      expect(await page.frameLocator("casus-chart iframe").locator("body").textContent()).toContain(
        "?light=&embed=gap#v=1",
      );
      await page.locator("casus-chart").evaluate((e) => e.setAttribute("src", "javascript:alert(1)"));
      expect(await page.locator("casus-chart").textContent()).toBe("casus-chart wants the address of a page");
    } finally {
      close();
      await browser.close();
      rmSync(folder, { recursive: true });
    }
  });

  it("casus-chart shows the picture of a case that was really published, and says so where there is none of that name", async () => {
    buildPage();
    const { folder, remove } = publish("test/web/letter", 128);
    const place = dirname(folder);
    copyFileSync("docs/recipes/casus-chart.js", join(place, "casus-chart.js"));
    writeFileSync(
      join(place, "index.html"),
      '<!doctype html><p>A page of somebody else.</p><script type="module" src="casus-chart.js"></script><casus-chart src="folder/index.html" chart="causal" label="What a letter changes"></casus-chart>',
    );
    const browser = await openBrowser();
    const { address, close } = await host(place);
    try {
      const page = await openPage(browser);
      const complaints = complaintsOf(page);
      await page.goto(address);
      const chart = page.frameLocator("casus-chart iframe");
      const drawn = chart.locator("main.embedded svg").first();
      await drawn.waitFor({ state: "visible" });
      const size = await drawn.boundingBox();
      expect(size?.width).toBeGreaterThan(200);
      expect(size?.height).toBeGreaterThan(100);
      expect(await chart.locator("main.embedded").textContent()).toMatch(/answer/i);
      await page.locator("casus-chart").evaluate((e) => e.setAttribute("chart", "nonsense"));
      await chart.getByRole("alert").waitFor();
      expect(await chart.getByRole("alert").textContent()).toContain("no picture called “nonsense”");
      // Here the chart is next to the page, where a sandbox keeps nothing from it; from another site its frame is of another origin.
      const isExpected = (c: string): boolean => c.includes("404") || c.includes("escape its sandboxing");
      expect(complaints.filter((c) => !isExpected(c))).toEqual([]);
    } finally {
      close();
      await browser.close();
      remove();
    }
  });
});
