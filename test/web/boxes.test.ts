/** Boxes measured in a browser: on every case of the casebook and on hard ones, at four widths, no two texts of a picture overlap and no text is clipped. */

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser } from "playwright-core";
import { appFiles, contentType, fileAssets } from "#cli/page/assets.ts";
import { headOf, pageWithoutFindings, withLead } from "#cli/page/case-page.ts";
import { localLab } from "#ensemble/work/lab.ts";
import { pageHtml } from "#report/page/page-html.ts";
import { writePage } from "#report/page/page-data.ts";
import { browserPath, openBrowser } from "./browser.ts";
import { buildPage, root } from "./published.ts";

const isMissing = browserPath() === null;
if (isMissing && process.env["CI"]) throw new Error("the page's tests need Chromium");

const widths = [320, 390, 768, 1280] as const;

/** Sixty of each: claims, views, conclusions, options; every one with words that fill a line. */
function sixty(): string {
  const all = Array.from({ length: 60 }, (_, i) => i);
  return [
    'case many "Sixty of each: does a page bear them?" { as of 2024-01 }',
    ...all.map((i) => `claim c${i} causal "Claim ${i} is worded at some length, as claims are." { credence 50% }`),
    'actor one "One who chooses"',
    `choice move "The move" by one = ${all.map((i) => `o${i} "Option ${i} of sixty"`).join(" | ")}`,
    'unknown size : number "The size" ~ 0.5 to 2',
    `outcome good "It goes well" = size * (if move = o0 then 1.5 else 1)${all.map((i) => ` * (if c${i} then ${1 + (i % 7) / 100} else 1)`).join("")} > 1.4`,
    ...all.map(
      (i) =>
        `conclusion k${i} "Conclusion ${i} holds" of c${i}: chance(good if move = o0) > chance(good if move = o${i === 0 ? 1 : i}) by 2 points`,
    ),
    ...all.map((i) => `view v${i} "Reader ${i} and their circle" { c${i} 90% }`),
  ].join("\n");
}

describe.skipIf(isMissing)("the boxes of a page", () => {
  let browser: Browser;
  let address = "";
  let close = (): void => {};
  const pages = new Map<string, string>();
  const place = mkdtempSync(join(tmpdir(), "casus-boxes-"));
  const many = join(place, "many.casus");
  writeFileSync(many, sixty());

  beforeAll(async () => {
    buildPage();
    browser = await openBrowser();
    const files = appFiles();
    const server = createServer((request, response) => {
      const name = (request.url ?? "/").slice(1);
      const body = pages.get(name) ?? files.get(name);
      if (body === undefined) return void response.writeHead(404).end();
      response.writeHead(200, { "Content-Type": pages.has(name) ? "text/html" : contentType(name) });
      response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const at = server.address();
    address = `http://127.0.0.1:${typeof at === "object" && at !== null ? at.port : 0}/`;
    close = () => void server.close();
  }, 600_000);

  afterAll(async () => {
    await browser?.close();
    close();
    rmSync(place, { recursive: true, force: true });
  });

  const casebook = readdirSync(join(root, "casebook"), { withFileTypes: true })
    .filter((d) => d.isDirectory())
    .map((d) => join("casebook", d.name));
  const hard = readdirSync(join(import.meta.dirname, "hard-pages")).map((name) => join("test/web/hard-pages", name));

  it.each([...casebook, ...hard, "sixty"])("of %s neither overlap nor are cut off", async (path) => {
    const made = await pageOf(path);
    pages.set("page", made);
    const found: string[] = [];
    for (const width of widths) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, reducedMotion: "reduce" });
      page.on("pageerror", (error) => found.push(`${width}: ${error.message}`));
      await page.goto(`${address}page`);
      await page.waitForFunction(() => performance.getEntriesByName("casus-ready").length > 0);
      await page.evaluate(async () => void (await document.fonts.ready));
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      found.push(...(await page.evaluate(measureBoxes)).map((words) => `${width}: ${words}`));
      await page.close();
    }
    expect(found).toEqual([]);
  });

  it("are measured: an overlap and a clipped word that are planted are found", async () => {
    pages.set(
      "planted",
      `<!doctype html><svg class="picture" width="200" height="40" viewBox="0 0 200 40"><text x="10" y="20">one text</text><text x="20" y="22">another</text></svg>
       <p style="width:40px;overflow:hidden;white-space:nowrap">Donaudampfschifffahrt</p>`,
    );
    const page = await browser.newPage({ viewport: { width: 390, height: 600 } });
    await page.goto(`${address}planted`);
    const found = await page.evaluate(measureBoxes);
    expect(found.some((f) => f.includes("meets"))).toBe(true);
    expect(found.some((f) => f.includes("is cut off"))).toBe(true);
    await page.close();
  });

  async function pageOf(path: string): Promise<string> {
    const o = { worlds: 64, seed: 1 };
    const lab = localLab(async () => {});
    const bare = pageWithoutFindings(path === "sixty" ? many : join(root, path), o);
    const data = await withLead(bare, lab);
    return pageHtml(headOf(data, "self"), writePage(data), fileAssets);
  }
});

/** Runs in the page. What a reader would frown at, in words. */
function measureBoxes(): string[] {
  const found: string[] = [];
  const isShown = (e: Element): boolean => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const words = (e: Element): string => (e.textContent ?? "").trim().slice(0, 40);
  const wide = document.documentElement.clientWidth;
  for (const picture of document.querySelectorAll("svg.picture")) {
    if (!isShown(picture)) continue;
    const texts = [...picture.querySelectorAll("text")].filter((t) => words(t) !== "");
    const boxes = texts.map((t) => t.getBoundingClientRect());
    for (const [i, a] of boxes.entries()) {
      if (a.left < -1 || a.right > wide + 1) found.push(`'${words(texts[i] as Element)}' is cut off`);
      for (const [k, b] of boxes.entries()) {
        if (k <= i) continue;
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        // The box of a line is taller than its letters.
        if (across > 1.5 && down > 0.4 * Math.min(a.height, b.height))
          found.push(`'${words(texts[i] as Element)}' meets '${words(texts[k] as Element)}'`);
      }
    }
  }
  for (const e of document.querySelectorAll("body *")) {
    if (e instanceof SVGElement || !isShown(e) || e.closest(".visually-hidden, .skip, svg, script, style")) continue;
    const own = [...e.childNodes].filter((n) => n.nodeType === Node.TEXT_NODE && (n.textContent ?? "").trim() !== "");
    if (own.length === 0) continue;
    const range = document.createRange();
    range.selectNodeContents(e);
    const box = range.getBoundingClientRect();
    const clips = getComputedStyle(e).overflowX !== "visible" && e.scrollWidth > e.clientWidth + 1;
    const scrolls = e.closest(".scroll, pre") !== null;
    if (clips || (!scrolls && (box.left < -1 || box.right > wide + 1))) found.push(`'${words(e)}' is cut off`);
  }
  return found;
}
