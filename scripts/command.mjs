/** Bundles the command line into dist/command, unless that is newer than all it is made from, and than the compiler's last word: `bin/casus.js` starts what is newest. */

import { join } from "node:path";
import { build } from "vite";
import { isFresh } from "./fresh.mjs";

const root = join(import.meta.dirname, "..");
const sources = ["src", "vite.command.ts", "package-lock.json", "dist/core.tsbuildinfo", "dist/cli.tsbuildinfo"];

if (!isFresh(["dist/command/main.js"], sources))
  await build({ configFile: join(root, "vite.command.ts"), logLevel: "warn" });
