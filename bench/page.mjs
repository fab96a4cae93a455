/**
 * How a published page behaves in Chromium: bytes, first paint, shifts of its layout, and how long a dragged claim takes to be on the screen. `node bench/page.mjs FOLDER [MOVES]`,
 * of a folder that `casus publish` wrote. No test: times by the clock compare only where they were taken on one machine, one after the other.
 */

import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";

const [folder, asked = "300"] = process.argv.slice(2);
if (folder === undefined) throw new Error("name the folder of a published page");
const moves = Number(asked);
if (!(moves >= 1)) throw new Error(`moves are a number from 1, not ${asked}`);
const types = { html: "text/html", js: "text/javascript", css: "text/css", woff2: "font/woff2" };
const fetched = [];
const server = createServer((request, response) => {
  const name = request.url.split(/[?#]/)[0].slice(1) || "index.html";
  if (!readdirSync(folder).includes(name)) return void response.writeHead(404).end();
  fetched.push(name);
  response.writeHead(200, { "Content-Type": types[name.split(".").at(-1)] ?? "application/octet-stream" });
  response.end(readFileSync(join(folder, name)));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const browser = await chromium.launch({
  executablePath: process.env.CASUS_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
await page.addInitScript(() => {
  window.seen = { shift: 0, long: [] };
  const watch = (type, take) =>
    new PerformanceObserver((l) => l.getEntries().forEach(take)).observe({ type, buffered: true });
  watch("layout-shift", (e) => (window.seen.shift += e.value));
  watch("longtask", (e) => window.seen.long.push(e.duration));
});
await page.goto(`http://127.0.0.1:${server.address().port}/`);
await page.waitForSelector(".top-claim input");
const opened = await page.evaluate(() => ({
  paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
  ready: performance.getEntriesByName("casus-ready")[0]?.startTime,
  shift: window.seen.shift,
  hasAnswer: document.querySelector(".say") !== null,
}));
await page.waitForTimeout(3000);
const scripts = fetched.filter((n) => n.endsWith(".js"));
const packed = scripts.reduce((sum, n) => sum + gzipSync(readFileSync(join(folder, n)), { level: 9 }).length, 0);
const type = readdirSync(folder).filter((n) => n.endsWith(".woff2"));

// Each claim of the first screen is dragged from end to end, a step a frame, as a hand would: from the step to the next frame that has been painted.
const dragged = await page.evaluate(async (count) => {
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
  const sliders = [...document.querySelectorAll(".top-claim input")];
  window.seen.long.length = 0;
  const took = [];
  for (let k = 0; k < count; k++) {
    const slider = sliders[Math.floor((k * sliders.length) / count)];
    await painted();
    const began = performance.now();
    slider.value = String(Math.round(50 + 50 * Math.sin(k / 6)));
    slider.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await painted();
    took.push(performance.now() - began);
  }
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))];
  return { p50: at(0.5), p90: at(0.9), long: window.seen.long.length };
}, moves);
await browser.close();
server.close();

const one = (value) => value.toFixed(1);
process.stdout.write(`script in sight: ${one(packed / 1000)} kB in gzip, in ${scripts.length} files
type: ${one(type.reduce((sum, n) => sum + readFileSync(join(folder, n)).length, 0) / 1000)} kB
first paint: ${one(opened.paint)} ms, with the answer: ${opened.hasAnswer ? "yes" : "no"}; script ready: ${one(opened.ready)} ms; layout shift: ${opened.shift.toFixed(4)}
a dragged claim, ${moves} steps: p50 ${one(dragged.p50)} ms, p90 ${one(dragged.p90)} ms, tasks over 50 ms: ${dragged.long} (${one((100 * dragged.long) / moves)} in 100 steps)
`);
