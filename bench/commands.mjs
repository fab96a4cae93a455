/** Runs a command of a checkout from nothing: seconds by the clock, seconds of processor time of all its threads, memory, what it printed. */

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Figures are null for a command that fails, which is reported. */
export async function measureCommand(root, words, scratch) {
  const usage = join(scratch, "usage.json");
  const begun = performance.now();
  const { code, text } = await ended(startCommand(root, words, usage, scratch));
  const wall = (performance.now() - begun) / 1000;
  // 1: a conclusion failed, which is an answer.
  if (code !== 0 && code !== 1) {
    process.stderr.write(`casus ${words.join(" ")} in ${root}: exit code ${code}\n`);
    return { wall: null, processor: null, memory: Number.NaN, text };
  }
  return { wall, ...JSON.parse(readFileSync(usage, "utf8")), text };
}

/** What was kept by an earlier command is not found. */
export function startCommand(root, words, usage, scratch) {
  return spawn(
    process.execPath,
    ["--import", new URL("usage.mjs", import.meta.url).href, join(root, "bin/casus.js"), ...words],
    {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, CASUS_USAGE: usage, XDG_CACHE_HOME: join(scratch, "cache") },
    },
  );
}

async function ended(child) {
  const parts = [];
  child.stdout.on("data", (part) => parts.push(part));
  child.stderr.resume();
  const code = await new Promise((resolve) => child.on("close", resolve));
  return { code, text: Buffer.concat(parts).toString() };
}
