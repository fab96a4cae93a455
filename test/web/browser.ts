/** Chromium as the tests need it: found on the system, started with a fresh profile and without a network of its own. */

import { existsSync } from "node:fs";
import { chromium, type Browser, type Page } from "playwright-core";

/** First the engine without a window's furniture: the same pages for two fifths of the processor time. */
const places = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** Null where this machine has none. */
export function browserPath(): string | null {
  const named = process.env["CASUS_CHROMIUM"];
  return named ?? places.find((p) => existsSync(p)) ?? null;
}

export async function openBrowser(): Promise<Browser> {
  const executablePath = browserPath();
  if (executablePath === null) throw new Error("no Chromium on this machine");
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A page that waits for what it is asked for longer than a busy machine takes: no test depends on the clock. */
export async function openPage(browser: Browser, options: Parameters<Browser["newPage"]>[0] = {}): Promise<Page> {
  const page = await browser.newPage(options);
  page.setDefaultTimeout(120_000);
  return page;
}

/** Everything a page complains of: errors, refused loads, breaches of its policy. */
export function complaintsOf(page: Page): string[] {
  const found: string[] = [];
  page.on("pageerror", (e) => found.push(String(e)));
  page.on("console", (m) => {
    if (m.type() === "error" || m.type() === "warning") found.push(m.text());
  });
  page.on("requestfailed", (r) => found.push(`failed: ${r.url()}`));
  return found;
}
