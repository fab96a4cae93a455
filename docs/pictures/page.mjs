/** Takes the README's picture of the page: `node docs/pictures/page.mjs`, after `npm run build`, on a machine with Chromium. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const root = join(import.meta.dirname, "../..");
const place = mkdtempSync(join(tmpdir(), "casus-picture-"));
const file = join(place, "page.html");
const worlds = process.argv[2] ?? "2000";
execFileSync(
  process.execPath,
  [
    join(root, "bin/casus.js"),
    "publish",
    join(root, "casebook/kremlin-2022"),
    "--single-file",
    "--brief",
    "--out",
    file,
    "--worlds",
    worlds,
  ],
  { stdio: "inherit" },
);
const browser = await chromium.launch({
  executablePath: process.env.CASUS_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: "light" });
await page.goto(pathToFileURL(file).href);
await page.waitForSelector(".view-rows .dumbbell");
await page.screenshot({ path: join(root, "docs/pictures/page.png") });
await browser.close();
rmSync(place, { recursive: true, force: true });
