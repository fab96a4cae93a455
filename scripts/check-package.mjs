/** Packs the package, installs it in an empty folder as a user would, and tries it: what it holds, its size, the command on Node 20 and 24, the API. */

import { spawnSync } from "node:child_process";
import { readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { endOnSignals, scratchFolder } from "./scratch.mjs";

const root = join(import.meta.dirname, "..");
const largestInstall = 15e6;

endOnSignals();
const place = scratchFolder();

const packed = JSON.parse(run("npm", ["pack", "--json", "--silent", "--pack-destination", place], root).stdout);
const [{ filename, files }] = packed;
const tarball = join(place, filename);

const unwanted = files.map((f) => f.path).filter((p) => /(^|\/)test\/|\.test\.|\.map$|tsbuildinfo/.test(p));
hold(
  unwanted.length === 0,
  `nothing but what is used is packed (${unwanted.slice(0, 5).join(", ") || `${files.length} files`})`,
);

run("npx", ["publint", "--strict", tarball], root);
say("ok  publint");
run("npx", ["attw", tarball, "--profile", "esm-only", "--exclude-entrypoints", "./schema/*"], root);
say("ok  attw");

const home = join(place, "user");
run("mkdir", [home], root);
writeFileSync(join(home, "package.json"), '{ "type": "module", "private": true }');
run("npm", ["install", "--silent", "--no-audit", "--no-fund", tarball], home);
const bytes = sizeOf(join(home, "node_modules"));
hold(bytes <= largestInstall, `an install takes ${(bytes / 1e6).toFixed(1)} MB, of ${largestInstall / 1e6} allowed`);

writeFileSync(
  join(home, "use.mjs"),
  `import { run } from "casus";
import { readFolder } from "casus/node";
const answer = await run(readFolder("mine"), { worlds: 64 });
if (answer.findings.conclusions.length === 0) throw new Error("no conclusion");
process.stdout.write(answer.findings.conclusions[0].verdict);
`,
);
const bin = join(home, "node_modules/casus/bin/casus.js");
for (const node of nodes()) {
  const name = run(node, ["--version"], home).stdout.trim();
  rmSync(join(home, "mine"), { recursive: true, force: true });
  run(node, [bin, "new", "mine"], home);
  run(node, [bin, "check", "mine"], home);
  run(node, [bin, "run", "mine", "--worlds", "64", "--json"], home);
  run(node, [bin, "publish", "mine", "--out", "mine.html", "--single-file", "--brief", "--worlds", "64"], home);
  run(node, ["use.mjs"], home);
  say(`ok  the command and the API on Node ${name}`);
}
run("npx", ["--no-install", "casus", "--version"], home);
say("ok  npx casus");

/** This Node, and a 24 beside it: `CASUS_NODES` names others, separated by colons. */
function nodes() {
  if (process.env.CASUS_NODES !== undefined) return process.env.CASUS_NODES.split(":");
  const kind = `node-${process.platform}-${process.arch}@24`;
  const other = join(place, "node24");
  run("mkdir", [other], root);
  run("npm", ["install", "--silent", "--no-audit", "--no-fund", "--prefix", other, kind], other);
  return [process.execPath, join(other, "node_modules", kind.split("@")[0], "bin/node")];
}

function run(command, words, cwd) {
  const done = spawnSync(command, words, { cwd, encoding: "utf8", maxBuffer: 64e6 });
  if (done.status === 0) return done;
  say(`FAILED  ${command} ${words.join(" ")}\n${done.stdout ?? ""}${done.stderr ?? ""}${done.error ?? ""}`);
  process.exit(1);
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

function hold(is, what) {
  say(`${is ? "ok " : "FAILED "} ${what}`);
  if (!is) process.exit(1);
}

function sizeOf(path) {
  const s = statSync(path);
  return s.isDirectory() ? readdirSync(path).reduce((n, name) => n + sizeOf(join(path, name)), 0) : s.size;
}
