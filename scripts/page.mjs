/** Builds the page's assets into dist/web, in both forms, unless they are newer than all they are made from. */

import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const sources = ["src", "vite.config.ts", "package-lock.json"];
const made = ["app/page.js", "single/page.js", "single/page.sha256"];

/** Milliseconds; of what is not there, before all else. */
function writtenAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity;
}

/** A file, or a folder with all in it: the time of a folder changes when a file in it goes. */
function pathsIn(path) {
  if (!statSync(path).isDirectory()) return [path];
  return [path, ...readdirSync(path).flatMap((name) => pathsIn(join(path, name)))];
}

const newest = Math.max(...sources.flatMap((s) => pathsIn(join(root, s))).map(writtenAt));
const oldest = Math.min(...made.map((m) => writtenAt(join(root, "dist/web", m))));
if (oldest <= newest)
  for (const form of [[], ["--mode", "single"]])
    execFileSync(
      process.execPath,
      [join(root, "node_modules/vite/bin/vite.js"), "build", "--logLevel", "warn", ...form],
      {
        cwd: root,
        stdio: "inherit",
      },
    );
