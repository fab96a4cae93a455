#!/usr/bin/env node
import { statSync } from "node:fs";

const inDist = (name) => new URL(`../dist/${name}`, import.meta.url);
const writtenAt = (name) => statSync(inDist(name), { throwIfNoEntry: false })?.mtimeMs ?? -Infinity;

// Two bundled files start four times as fast as what they are made of, unless the compiler has written since.
const bundled = writtenAt("command/main.js");
const isFresh = bundled > -Infinity && bundled >= Math.max(writtenAt("core.tsbuildinfo"), writtenAt("cli.tsbuildinfo"));
const built = isFresh ? inDist("command/main.js") : inDist("cli/main.js");
if (statSync(built, { throwIfNoEntry: false }) === undefined) {
  process.stderr.write("casus is not built yet; run: npm run build\n");
  process.exit(2);
}
// Whoever reads may have read enough, as `head` does.
process.stdout.on("error", (error) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});
const { main } = await import(built.href);
process.exitCode = await main(process.argv.slice(2));
