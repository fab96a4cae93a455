/**
 * `node test/mutation/main.mjs src/FILE.ts test/FILE.test.ts …`: changes one operator or constant of the file at a time and runs the tests; a change that no
 * test notices is printed. The file is put back at the end; run it in a copy of the repository, not where others work.
 */

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const [file, ...tests] = process.argv.slice(2);
if (file === undefined || tests.length === 0) {
  process.stderr.write("mutation: name a source file, and the tests that are to notice\n");
  process.exit(2);
}

/** What is found, and what it is changed to. Types, strings and comments are left out below. */
const changes = [
  [/ < /g, " <= "],
  [/ <= /g, " < "],
  [/ > /g, " >= "],
  [/ >= /g, " > "],
  [/ === /g, " !== "],
  [/ !== /g, " === "],
  [/ && /g, " || "],
  [/ \|\| /g, " && "],
  [/ \+ /g, " - "],
  [/ - /g, " + "],
  [/ \* /g, " / "],
  [/ \/ /g, " * "],
  [/\btrue\b/g, "false"],
  [/\bfalse\b/g, "true"],
  [/\bMath\.max\b/g, "Math.min"],
  [/\bMath\.min\b/g, "Math.max"],
  [/\.find\(/g, ".findLast("],
  [/\.findLast\(/g, ".find("],
  [/(?<=[=(,?:] )-?\d+(\.\d+)?\b/g, (n) => String(Number(n) + 1)],
];

const source = readFileSync(file, "utf8");
/** Where code is: not within a comment, a text or a type's line. */
const isCode = (at) => {
  const start = source.lastIndexOf("\n", at) + 1;
  const line = source.slice(start, source.indexOf("\n", at));
  if (/^\s*(\*|\/\/|\/\*|import|export (type|interface)|readonly)/.test(line)) return false;
  const before = source.slice(start, at);
  return (before.match(/["`]/g)?.length ?? 0) % 2 === 0;
};

const mutants = changes.flatMap(([pattern, to]) =>
  [...source.matchAll(pattern)]
    .filter((m) => isCode(m.index))
    .map((m) => ({ at: m.index, from: m[0], to: typeof to === "string" ? to : to(m[0]) })),
);
const passes = () =>
  spawnSync("npx", ["vitest", "run", ...tests, "--reporter=dot", "--bail=1"], { stdio: "ignore", timeout: 300_000 })
    .status === 0;

if (!passes()) throw new Error("the tests fail before anything is changed");
let killed = 0;
try {
  for (const { at, from, to } of mutants.toSorted((a, b) => a.at - b.at)) {
    writeFileSync(file, source.slice(0, at) + to + source.slice(at + from.length));
    if (!passes()) killed++;
    else {
      const line = source.slice(0, at).split("\n").length;
      process.stdout.write(
        `survived: ${file}:${line}: '${from.trim()}' to '${to.trim()}': ${source.split("\n")[line - 1]?.trim()}\n`,
      );
    }
  }
} finally {
  writeFileSync(file, source);
}
process.stdout.write(`${file}: ${killed} of ${mutants.length} changes noticed\n`);
