#!/usr/bin/env node
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";

const inDist = (name) => new URL(`../dist/${name}`, import.meta.url);
const writtenAt = (name) => statSync(inDist(name), { throwIfNoEntry: false })?.mtimeMs ?? -Infinity;

// Two bundled files start four times as fast as what they are made of, unless the compiler has written since.
const bundled = writtenAt("command/main.js");
const isFresh = bundled > -Infinity && bundled >= Math.max(writtenAt("core.tsbuildinfo"), writtenAt("cli.tsbuildinfo"));
const isCompiled = writtenAt("cli/main.js") > -Infinity;
// In a fresh copy of the repository: a few seconds, once.
if (!isFresh && !isCompiled) {
  if (process.stderr.isTTY === true && !process.argv.includes("--quiet"))
    process.stderr.write("casus: putting itself together, a few seconds, this once\n");
  await bundle();
}
// V8 optimises a function once it has run this much bytecode, by default a fifteenth of it. A command lasts seconds, and each of its threads has
// functions of its own: with the default a fifth of all processor time goes into optimising what is soon over.
setFlagsFromString("--interrupt-budget=1000000");
const built = isFresh || !isCompiled ? inDist("command/main.js") : inDist("cli/main.js");
const { start } = await import(built.href);
await start(process.argv.slice(2));

async function bundle() {
  const { build } = await import("vite");
  await build({ configFile: fileURLToPath(new URL("../vite.command.ts", import.meta.url)), logLevel: "error" });
}
