/** Builds the page's assets into dist/web, in both forms, unless they are newer than all they are made from. */

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { isFresh } from "./fresh.mjs";

const root = join(import.meta.dirname, "..");
const sources = ["src", "vite.config.ts", "package-lock.json"];
const made = ["app/page.js", "single/page.js", "single/page.sha256"].map((name) => `dist/web/${name}`);

if (!isFresh(made, sources))
  for (const form of [[], ["--mode", "single"]])
    execFileSync(
      process.execPath,
      [join(root, "node_modules/vite/bin/vite.js"), "build", "--logLevel", "warn", ...form],
      {
        cwd: root,
        stdio: "inherit",
      },
    );
