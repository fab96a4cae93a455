/** A reader's way through the page in a real browser: read, move, compare, share, reload, open both published forms, follow a case being written. */

import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { job, sampleOf } from "#ensemble/jobs.ts";
import { runJobs } from "#ensemble/runs.ts";
import { plainSituation } from "#ensemble/situation.ts";
import { readPage } from "#report/page/page-data.ts";
import { checksumOf } from "#ensemble/checksum.ts";
import { browserPath, complaintsOf, openBrowser, openPage } from "./browser.ts";
import { buildPage, host, publish, serve, type Published, workbenchOf } from "./published.ts";
import { quickLab } from "../lab.ts";

const isMissing = browserPath() === null;
if (isMissing) {
  const text =
    "LEFT OUT: the page's tests, since this machine has no Chromium (apt-get install chromium, or set CASUS_CHROMIUM)";
  if (process.env["CI"]) throw new Error(text);
  process.stderr.write(`\n${"!".repeat(text.length)}\n${text}\n${"!".repeat(text.length)}\n\n`);
}

const worlds = 256;

describe.skipIf(isMissing)("the page", () => {
  let browser: Browser;
  let published: Published;
  let site: { readonly address: string; readonly close: () => void };

  beforeAll(async () => {
    buildPage();
    published = publish("casebook/guarantee", worlds, { single: true });
    site = await host(published.folder);
    browser = await openBrowser();
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    site?.close();
    published?.remove();
  });

  async function open(
    address: string,
    more: { width?: number; scheme?: "light" | "dark" } = {},
  ): Promise<[Page, string[]]> {
    const page = await openPage(browser, {
      viewport: { width: more.width ?? 1280, height: 900 },
      colorScheme: more.scheme ?? "light",
      reducedMotion: "reduce",
    });
    const complaints = complaintsOf(page);
    await page.goto(workbenchOf(address));
    await page.waitForSelector("h1");
    return [page, complaints];
  }

  /** Sets a slider as a reader does, and waits until nothing is being refined. */
  async function slide(page: Page, claim: string, value: number): Promise<void> {
    await page.locator(`#slide-${claim}-0`).fill(String(value));
    await rested(page);
  }

  async function rested(page: Page): Promise<void> {
    await page.waitForFunction(
      () => document.querySelector(".running") === null && document.querySelector(".stale") === null,
    );
  }

  it.each(["folder", "single"] as const)("opens as a published %s without a complaint, and moves", async (form) => {
    const [page, complaints] = await open(form === "folder" ? site.address : published.single);
    if (form === "single") {
      // In its own type, not in what the system has instead.
      const used = await page.evaluate(async () => {
        await document.fonts.ready;
        const widthIn = (family: string): number => {
          const probe = document.createElement("span");
          Object.assign(probe.style, { font: `700 40px ${family}`, position: "absolute", whiteSpace: "nowrap" });
          probe.textContent = "What is a promise worth?";
          document.body.append(probe);
          const { width } = probe.getBoundingClientRect();
          probe.remove();
          return width;
        };
        const family = getComputedStyle(document.querySelector("h1") ?? document.body).fontFamily;
        return { own: widthIn(family), systems: widthIn(family.split(",").slice(1).join(",")) };
      });
      expect(used.own).not.toBe(used.systems);
    }
    expect(await page.textContent("h1")).toBe("What is a promise to defend a neighbour worth?");
    expect(await page.locator(".view-rows tr.mine").count()).toBe(0);
    const before = await page.textContent(".say");
    await slide(page, "believed_if_bound", 5);
    expect(await page.locator(".view-rows tr.mine").count()).toBe(1);
    expect(await page.textContent(".say")).not.toBe(before);
    expect(await page.textContent(".verdict-line")).toContain("With your settings");
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("finds in Chromium what Node finds, to the last bit", async () => {
    const [page] = await open(site.address);
    await page.getByText("Every outcome, option by option").click();
    await page.waitForFunction(() => document.querySelector("th[data-bits]") !== null);
    await rested(page);
    const shown = await page.evaluate(() => document.querySelector("th[data-bits]")?.getAttribute("data-bits"));
    const text = readFileSync(join(published.folder, "index.html"), "utf8");
    const { model, seed } = readPage(/id="case">([^]*?)<\/script>/.exec(text)?.[1] ?? "");
    if (model === null) throw new Error("no model");
    const situation = plainSituation({ promise: "written", troops: "at_home", move: "as_tempted" });
    const lab = quickLab();
    const sample = sampleOf(await runJobs(model, [job("case", situation)], seed, worlds, lab), "case", situation);
    expect(shown).toBe(checksumOf(sample.outcomes));
    await page.close();
  });

  it("keeps what was moved in the address, and undoes it", async () => {
    const [page] = await open(site.address);
    await slide(page, "believed_if_bound", 12);
    const sentence = await page.textContent(".say");
    await page.waitForFunction(() => location.hash.length > 10);
    const [again] = await open(page.url());
    await rested(again);
    expect(await again.inputValue("#box-believed_if_bound-0")).toBe("12");
    expect(await again.textContent(".say")).toBe(sentence);
    await page.locator(".bar").getByRole("button", { name: "Undo" }).click();
    expect(await page.inputValue("#box-believed_if_bound-0")).toBe("80");
    await page.locator(".bar").getByRole("button", { name: "Redo" }).click();
    expect(await page.inputValue("#box-believed_if_bound-0")).toBe("12");
    await page.locator(".bar").getByRole("button", { name: "Reset" }).click();
    expect(await page.locator(".view-rows tr.mine").count()).toBe(0);
    await page.close();
    await again.close();
  });

  it("shows one picture alone, with where it comes from, for embedding", async () => {
    const alone = await openPage(browser);
    await alone.goto(`${site.address}?embed=causal`);
    await alone.locator(".embedded svg.picture").waitFor();
    expect(await alone.locator("li.claim").count()).toBe(0);
    expect(await alone.textContent(".embedded")).toContain("not a forecast");
    await alone.close();
  });

  it("tries every claim at both ends, and says which could turn the verdict", async () => {
    const [page] = await open(site.address);
    await rested(page);
    const text = (await page.textContent(".reverse-sentence")) ?? "";
    expect(text).toMatch(/could turn this verdict|turns this verdict/);
    expect(await page.locator("#flips-title").count()).toBe(1);
    await page.close();
  });

  it("pins a view and shows it beside what is moved; readers' files stand side by side", async () => {
    const [page] = await open(site.address);
    await page.getByRole("button", { name: "Pin to compare" }).click();
    await slide(page, "believed_if_bound", 10);
    await page.locator(".view-rows tr", { hasText: "Pinned" }).locator(".dumbbell").waitFor();
    await page.waitForFunction(() => location.hash.length > 10);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    const file = await (await download).path();
    await page.getByText("Several readers side by side").click();
    await page.locator('input[type="file"][multiple]').setInputFiles([file, file]);
    await page.waitForFunction(() => document.querySelectorAll(".more .verdict").length === 2);
    expect(await page.locator(".view-rows tr", { hasText: "Pinned" }).count()).toBe(1);
    await page.close();
  });

  it("lets the range of an unknown be moved, and refuses one that is none", async () => {
    const [page] = await open(site.address);
    await page.getByText("What nobody knows").click();
    const low = page.getByLabel("prize, low end");
    await low.fill("90");
    await low.blur();
    expect(await page.textContent(".unknown [role=alert]")).toContain("below");
    await low.fill("10");
    await low.blur();
    await rested(page);
    expect(await page.locator(".view-rows tr.mine").count()).toBe(1);
    await page.close();
  });

  it("says so when an address is damaged, and shows the case all the same", async () => {
    const [page] = await open(`${site.address}#1.broken`);
    expect(await page.textContent(".notice")).toContain("damaged");
    expect(await page.locator("li.claim").count()).toBe(2);
    await page.close();
  });

  it("follows a case as it is written, and tells what is wrong with it", async () => {
    const server = await serve(published.copy, 64);
    const [page, complaints] = await open(server.address);
    const file = join(published.copy, "guarantee.casus");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace("worth?", "worth today?"));
    await page.waitForFunction(() => document.querySelector("h1")?.textContent?.includes("worth today?"));
    writeFileSync(file, `${text}\nclaim broken`);
    await page.waitForSelector(".broken pre");
    expect(await page.textContent(".broken pre")).toContain("guarantee.casus");
    writeFileSync(file, text);
    await page.waitForSelector(".claim");
    expect(complaints).toEqual([]);
    server.end();
    await page.close();
  });

  it("shows what comes late: a part whose script is here only after its runs", async () => {
    const server = await serve(published.copy, 64);
    const page = await openPage(browser);
    const complaints = complaintsOf(page);
    await page.addInitScript(() => {
      window.Worker = class extends Worker {
        constructor(...given: ConstructorParameters<typeof Worker>) {
          super(...given);
          this.addEventListener(
            "message",
            ({ data }: MessageEvent<{ answer?: { kind: string }; isWhole?: boolean }>) => {
              if (data.answer?.kind === "ends" && data.isWhole === true)
                document.documentElement.dataset["ends"] = "here";
            },
          );
        }
      };
    });
    let release = (): void => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    await page.route(/\/(reverse|extras)-[^/]*\.js$/, async (route) => {
      await released;
      await route.continue();
    });
    await page.goto(workbenchOf(server.address));
    await page.waitForSelector("html[data-ends]", { state: "attached" });
    release();
    await page.locator(".reverse-sentence").first().waitFor();
    expect(complaints).toEqual([]);
    server.end();
    await page.close();
  });

  it("opens the text of the case, tells what is wrong as one types, and runs the changed case", async () => {
    const [page, complaints] = await open(published.single);
    await page.getByRole("button", { name: "Edit the case" }).click();
    const text = page.locator(".cm-content");
    await text.waitFor();
    await page.waitForFunction(() => document.querySelector(".editor-said")?.textContent?.includes("It reads"));
    await text.click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("\nclaim extra causal");
    await page.waitForSelector(".editor-found li");
    expect(await page.getByRole("button", { name: "Run it" }).isDisabled()).toBe(true);
    await page.keyboard.type(' "An extra claim that a reader wrote." { credence 35% }');
    await page.waitForFunction(() => document.querySelector(".editor-said")?.textContent?.includes("It reads"));
    await page.getByRole("button", { name: "Run it" }).click();
    await page.waitForSelector("#claim-extra");
    const extra = await page.textContent("#claim-extra");
    expect(extra).toContain("Believed 35 in 100. No slider: nothing that is simulated depends on it.");
    await rested(page);
    expect(await page.textContent(".say")).toContain("on average");
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("completes, explains, renames and tidies in the text", async () => {
    const [page] = await open(site.address);
    await page.getByRole("button", { name: "Edit the case" }).click();
    const text = page.locator(".cm-content");
    await text.click();
    await page.waitForFunction(() => document.querySelector(".editor-said")?.textContent?.includes("It reads"));
    await page.keyboard.press("Control+End");
    await page.keyboard.type("\nlet twice : share = 2 * fig");
    await page.locator(".cm-tooltip-autocomplete", { hasText: "fights" }).waitFor();
    expect(await page.locator(".cm-tooltip-autocomplete").textContent()).toContain("fights");
    await page.keyboard.press("Escape");
    for (let i = 0; i < 3; i++) await page.keyboard.press("Backspace");
    await page.keyboard.type("fights");
    page.once("dialog", (d) => void d.accept("joins_in"));
    await page.keyboard.press("F2");
    await page.waitForFunction(() => document.querySelector(".editor-said")?.textContent?.includes("is now joins_in"));
    await page.locator(".cm-line", { hasText: "let joins_in" }).first().waitFor();
    await page.locator(".cm-line", { hasText: "let joins_in" }).first().locator("text=joins_in").first().hover();
    await page.locator(".cm-tooltip .hover").waitFor();
    expect(await page.locator(".cm-tooltip .hover").textContent()).toContain("let joins_in");
    await page.close();
  });

  it("loads at most 150 kB of packed script for what is in sight and 60 kB of type; one file is under 0.75 MB", async () => {
    const page = await openPage(browser);
    const names: string[] = [];
    const type = new Set<string>();
    page.on("response", (r) => {
      const name = r.url().split("/").at(-1) ?? "";
      if (name.endsWith(".js")) names.push(name);
      if (name.endsWith(".woff2")) type.add(name);
    });
    await page.goto(site.address);
    await rested(page);
    await page.waitForLoadState("networkidle");
    const sizes = names.map((n) => gzipSync(readFileSync(join(published.folder, n)), { level: 9 }).length);
    expect(names).toContain("page.js");
    expect(names.some((n) => n.startsWith("editor"))).toBe(false);
    expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThan(150_000);
    expect(type.size).toBeGreaterThan(0);
    const faces = readdirSync(published.folder).filter((n) => n.endsWith(".woff2"));
    expect(faces.reduce((sum, n) => sum + statSync(join(published.folder, n)).size, 0)).toBeLessThan(60_000);
    expect(statSync(fileURLToPath(published.single)).size).toBeLessThan(750_000);
    await page.close();
  });
});
