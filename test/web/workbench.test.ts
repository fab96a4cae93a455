/** `casus web` without a case, in a browser: a shelf to begin from, a text that is run as it is written, and the same at every width for everybody. */

import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { browserPath, openBrowser, openPage } from "./browser.ts";
import { buildPage } from "./published.ts";

describe.skipIf(browserPath() === null)("the workbench", () => {
  let server: ChildProcess;
  let browser: Browser;
  let page: Page;
  const errors: string[] = [];
  beforeAll(async () => {
    if (!existsSync("dist/web/app/page.js")) buildPage();
    server = spawn(process.execPath, ["bin/casus.js", "web", "--port", "0"], { stdio: ["ignore", "ignore", "pipe"] });
    const address = await new Promise<string>((found, lost) => {
      let said = "";
      server.stderr?.setEncoding("utf8").on("data", (words: string) => {
        said += words;
        const [at] = /http:\/\/\S+/.exec(said) ?? [];
        if (at !== undefined) found(at);
      });
      server.once("exit", () => lost(new Error(said)));
    });
    browser = await openBrowser();
    // The page's policy lets no script in, the one that looks for barriers neither.
    page = await openPage(browser, { viewport: { width: 1280, height: 900 }, bypassCSP: true });
    page.on("pageerror", (e) => errors.push(String(e)));
    await page.goto(address);
    await page.waitForFunction(
      () => document.querySelector(".editor-said")?.textContent?.includes("It reads") === true,
    );
  });
  afterAll(async () => {
    await browser.close();
    server.kill();
  });

  const heading = (text: string): Promise<unknown> =>
    page.waitForFunction((t) => document.querySelector(".workbench-page h1")?.textContent?.includes(t) === true, text);

  it("begins with a small case that has run, beside a shelf of templates and cases", async () => {
    await heading("Does charging for parking leave the town better off?");
    await page.waitForFunction(() =>
      /holds|fails|close to call/.test(document.querySelector(".workbench-page")?.textContent ?? ""),
    );
    expect(await page.getByRole("button", { name: "What is a promise to defend a neighbour worth?" }).count()).toBe(1);
  });

  it("opens a case of the shelf by keyboard, and runs what is written without being told to", async () => {
    await page.getByRole("button", { name: "What is a promise to defend a neighbour worth?" }).focus();
    await page.keyboard.press("Enter");
    await heading("What is a promise to defend a neighbour worth?");
    const text = page.locator(".editor-place .cm-content");
    await text.focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText(
      `case coin "Does it land heads?"\nunknown heads : share "Chance of heads" ~ beta(2, 2)  judged "Nobody has thrown it"\noutcome mostly "Mostly heads" = heads > 1/2\nconclusion up "It lands heads more often than not": chance(mostly) > 90%\n`,
    );
    await heading("Does it land heads?");
    await page.waitForFunction(
      () => document.querySelector(".workbench-page")?.textContent?.includes("fails") === true,
    );
    // What does not read runs nothing, and says why.
    await page.keyboard.insertText("nonsense");
    await page.waitForFunction(() => document.querySelector(".editor-said")?.textContent?.includes("wrong") === true);
    expect(await page.locator(".workbench-page h1").textContent()).toContain("Does it land heads?");
  });

  it("drafts a case from the sentences of a text that somebody pastes, and runs it", async () => {
    await page.getByText("Paste a text that argues for something").click();
    const box = page.getByLabel("A text that argues for something");
    await box.fill(
      "# Open the bridge\n\nThe town should open the bridge. It saves the lorries an hour. Sceptics say that the bridge will crumble. Blue skies over here.",
    );
    await page.getByRole("button", { name: "Find its sentences" }).click();
    const sentences = page.locator(".paste li input");
    await page.waitForFunction(() => document.querySelectorAll(".paste li input").length === 4);
    const isPicked = async () => sentences.evaluateAll((all) => all.map((i) => (i as HTMLInputElement).checked));
    expect(await isPicked()).toEqual([true, true, true, false]);
    await sentences.first().uncheck();
    await sentences.last().check();
    await page.getByRole("button", { name: "Draft a case from 3 of them" }).click();
    await heading("Open the bridge");
    expect(await page.locator(".workbench-page h1").textContent()).not.toContain("#");
    await page.waitForFunction(() =>
      /holds|fails|no difference|close to call/.test(document.querySelector(".workbench-page")?.textContent ?? ""),
    );
    const written = (await page.locator(".editor-place .cm-content").textContent()) ?? "";
    expect(written).toContain("Open the bridge");
    // What nobody may publish is not in it.
    expect(await page.locator(".workbench-page").textContent()).not.toContain("saves the lorries");
    // Written over, it runs again.
    await page.locator(".editor-place .cm-content").focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText(
      `case bridge "Should it open?"\nunknown tons : number ~ 1 to 9  judged "Nobody has counted"\noutcome heavy = tons > 5\nconclusion up "It is heavy": chance(heavy) > 90%\n`,
    );
    await heading("Should it open?");
    await box.fill("?? !!");
    await page.getByRole("button", { name: "Find its sentences" }).click();
    await page.waitForFunction(() => document.querySelector(".paste")?.textContent?.includes("no sentence") === true);
  });

  it("fits every width, and has no barrier that is known of", async () => {
    for (const width of [360, 768, 1280, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
        String(width),
      ).toBeLessThanOrEqual(0);
    }
    await page.evaluate(readFileSync("node_modules/axe-core/axe.min.js", "utf8"));
    const found = await page.evaluate(async () => {
      const { axe } = window as unknown as { axe: { run: (o: object) => Promise<{ violations: { id: string }[] }> } };
      const tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];
      return (await axe.run({ runOnly: tags })).violations.map((v) => v.id);
    });
    expect(found).toEqual([]);
    expect(errors).toEqual([]);
  });
});
