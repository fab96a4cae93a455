/**
 * No two texts lie over one another, are cut off or stand outside the window, at any width and with every part open: on every case of the casebook, and on
 * cases that are hard to set. Without more it opens the hardest alone; CASUS_BOXES=all opens all, CASUS_BOXES=name those whose name holds it.
 */

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { appFiles, extraNames, fileAssets } from "#cli/page/assets.ts";
import {
  headOf,
  pageOfText,
  pageWithoutFindings,
  withFindings,
  withLead,
  withPanels,
  withTable,
} from "#cli/page/case-page.ts";
import { pageHtml } from "#report/page/page-html.ts";
import { writePage, type PageData } from "#report/page/page-data.ts";
import { quickLab } from "../lab.ts";
import { boxFaults } from "./boxes.ts";
import { browserPath, complaintsOf, openBrowser, openPage } from "./browser.ts";
import { buildPage, host, root } from "./published.ts";

const isMissing = browserPath() === null;
if (isMissing && process.env["CI"]) throw new Error("the page's tests need Chromium");

/** Widths of a small telephone, a telephone, a tablet and a desk. */
const widths = [1280, 768, 390, 320];
/** Where boxes stand hangs little on how exact the figures in them are. */
const few = { worlds: 16, seed: 1 };
const smallTable = 16_000;

const times = (n: number, line: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => line(i)).join("\n");

/** A case of `n` of each thing that a case may have. */
function caseOfEach(n: number): string {
  const all = Array.from({ length: n }, (_, i) => i);
  return `case of_each "Does it read well with ${n} of each?" { note "A note." }
time 2024-01 to 2026-01 by month
source memo { title "The memo" author "A. N. Author" year 2024 }
${times(n, (i) => `claim c${i} causal "Claim number ${i} says that the ${i}th of the things moves the whole." { at memo p${i + 1} s1 credence ${10 + (i % 9) * 10}% }`)}
${times(n, (i) => `unknown u${i} : number "Unknown quantity number ${i}" ~ 1 to 3 judged "A guess"`)}
actor somebody "Somebody" values o0
choice what "What is done" by somebody = ${all.map((i) => `way${i} "The way with number ${i}"`).join(" | ")} | nothing "Nothing at all"
${times(n, (i) => `stock s${i} : number "Stock number ${i}" = 1\n  + u${i} * (if what = way${i} then 2 else 1) * 1/month because c${i}`)}
event happens "It happens" rate 2%/month * (if s0 > 4 then 3 else 1)
${times(n, (i) => `outcome o${i} : number "Outcome number ${i}" = final(s${i})${i === 0 ? "" : "  always shown"}`)}
outcome done "It has happened" = happened(happens)
conclusion likelier "It is likelier with the first way" of c0: chance(done if what = way0) > chance(done if what = nothing) by 2 points
${times(n, (i) => `conclusion k${i} "Conclusion number ${i} holds" of c${i}: mean(o${i} if what = way${i}) > mean(o${i} if what = nothing) by 1`)}
${times(n, (i) => `view v${i} "Reader number ${i}" { c${i} ${5 + i}% }`)}
`;
}

/** Cases that are hard to set, by name. */
const texts: Readonly<Record<string, string>> = {
  "one-of-each": caseOfEach(1),
  "sixty-of-each": caseOfEach(60),
  "no-claim": 'case barest "Nothing at all?"',
  "no-conclusion": `case bare "No claims, no choice, nothing at stake?"
unknown x : number ~ 1 to 3
outcome y : number "The outcome" = x * 2`,
  "no-view": `case alone "A claim, a conclusion, and nobody who disagrees?"
claim it causal "It does." { credence 60% }
unknown x : number ~ 1 to 3
outcome y : number "The outcome" = if it then 2 * x else x
conclusion more "It is more than two" of it: mean(y) > 2`,
};
const hardToSet = join(import.meta.dirname, "boxes/hard-to-set.casus");
const folders = readdirSync(join(root, "casebook"), { withFileTypes: true }).filter((f) => f.isDirectory());
const everything = ["hard-to-set", ...Object.keys(texts), ...folders.map((f) => f.name)];
const asked = process.env["CASUS_BOXES"] ?? "hard-to-set";
const names = asked === "all" ? everything : everything.filter((name) => name.includes(asked));

describe.skipIf(isMissing)("texts on the page", () => {
  const place = mkdtempSync(join(tmpdir(), "casus-boxes-"));
  const lab = quickLab();
  let browser: Browser;
  let site: { readonly address: string; readonly close: () => void };

  beforeAll(async () => {
    buildPage();
    for (const [name, bytes] of appFiles()) writeFileSync(join(place, name), bytes);
    site = await host(place);
    browser = await openBrowser();
  }, 600_000);

  afterAll(async () => {
    await browser?.close();
    site?.close();
    rmSync(place, { recursive: true, force: true });
  });

  async function dataOf(name: string): Promise<PageData> {
    const text = texts[name];
    if (text !== undefined) return pageOfText({ name: `${name}.casus`, text }, few);
    if (name !== "hard-to-set") return pageWithoutFindings(join(root, "casebook", name), few);
    return withPanels(hardToSet, await withFindings(pageWithoutFindings(hardToSet, few), lab), lab, () => {});
  }

  async function publishPage(name: string): Promise<string> {
    const begun = await dataOf(name);
    expect(begun.diagnostics.filter((d) => d.severity === "error")).toEqual([]);
    const data = await withFindings(await withLead(begun, lab), lab);
    const { bytes } = await withTable(data, lab, smallTable);
    // Each page's own: they are opened one after another.
    if (bytes !== null) writeFileSync(join(place, extraNames.table), bytes);
    const extras = bytes === null ? [] : [{ id: "table", source: { kind: "file", name: extraNames.table } } as const];
    writeFileSync(join(place, `${name}.html`), pageHtml(headOf(data, "self"), writePage(data), fileAssets, extras));
    return `${site.address}${name}.html`;
  }

  it.each(names)("keep clear of one another: %s", async (name) => {
    const address = await publishPage(name);
    const page = await openPage(browser, { viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    const complaints = complaintsOf(page);
    await page.goto(`${address}?workbench`);
    await page.waitForSelector("h1");
    await openAll(page);
    const found: Record<number, readonly string[]> = {};
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      await drawn(page);
      found[width] = await page.evaluate(boxFaults);
    }
    expect(found).toEqual(Object.fromEntries(widths.map((w) => [w, []])));
    expect(complaints).toEqual([]);
    await page.close();
  });
});

/** Opens what opens on request, lets come what comes near, and waits until nothing is being worked out. */
async function openAll(page: Page): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await page.evaluate(() => {
      for (const part of window.document.querySelectorAll("details")) part.open = true;
      // What is far from sight is not laid out, and has no places to measure.
      for (const part of window.document.querySelectorAll<HTMLElement>("body *"))
        if (getComputedStyle(part).contentVisibility === "auto") part.style.contentVisibility = "visible";
      for (const near of window.document.querySelectorAll(".near")) near.scrollIntoView();
    });
    await drawn(page);
  }
  await page.waitForFunction(
    () =>
      window.document.querySelector(".running, .stale") === null &&
      !/Being drawn…/.test(window.document.body.textContent ?? ""),
  );
}

/** Pictures are drawn anew for a new width in a frame after it is measured: done where some frames have changed no place. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await window.document.fonts.ready;
    const frame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
    const places = (): string =>
      [...window.document.querySelectorAll("svg, h2, summary")]
        .map((e) => e.getBoundingClientRect())
        .map((r) => `${r.left} ${r.top} ${r.width} ${r.height}`)
        .join();
    for (let same = 0, last = ""; same < 4;) {
      await frame();
      const now = places();
      same = now === last ? same + 1 : 0;
      last = now;
    }
  });
}
