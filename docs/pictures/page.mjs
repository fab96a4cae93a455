/**
 * Takes the README's picture of the page: `node docs/pictures/page.mjs`, after `npm run build`, on a machine with Chromium. It publishes the first case, unless the folder
 * of a page that is published already is named.
 */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const root = join(import.meta.dirname, "../..");
const place = mkdtempSync(join(tmpdir(), "casus-picture-"));
const folder = process.argv[2] ?? place;
if (folder === place) {
  const asked = ["publish", join(root, "casebook/kremlin-2022"), "--brief", "--out", place];
  execFileSync(process.execPath, [join(root, "bin/casus.js"), ...asked], { stdio: "inherit" });
}
const types = { html: "text/html", js: "text/javascript", css: "text/css", woff2: "font/woff2" };
const server = createServer((request, response) => {
  const name = request.url.split(/[?#]/)[0].slice(1) || "index.html";
  try {
    const bytes = readFileSync(join(folder, name));
    response.writeHead(200, { "Content-Type": types[name.split(".").at(-1)] ?? "application/octet-stream" });
    response.end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const browser = await chromium.launch({
  executablePath: process.env.CASUS_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 1010 }, colorScheme: "light" });
await page.goto(`http://127.0.0.1:${server.address().port}/`);
await page.waitForSelector(".top-claim input");
await page.waitForTimeout(1000);
await page.screenshot({ path: join(root, "docs/pictures/page.png") });
await browser.close();
server.close();
rmSync(place, { recursive: true, force: true });
