/**
 * `node scripts/mutation.mjs ROOM|FILE [--sample 60] [--seed 1] [--seconds 10] [--out FILE]`: changes one operator, constant or condition of a room or file at a time, runs the tests
 * nearest to it, and prints each change that none of them notices. It works on a copy of the repository and samples the changes, so that a room takes minutes. With --out, what has been
 * tried is kept and not tried again.
 */

import { appendFileSync, cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { createVitest } from "vitest/node";
import { randomOf } from "../test/fuzz/random.mjs";
import { endOnSignals, scratchFolder } from "./scratch.mjs";

const { values: o, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: "string", default: "60" },
    seed: { type: "string", default: "1" },
    seconds: { type: "string", default: "10" },
    out: { type: "string" },
    tests: { type: "string", multiple: true, default: [] },
  },
});
const [wanted] = positionals;
if (wanted === undefined) {
  process.stderr.write("mutation: name a room of src/, or a file\n");
  process.exit(2);
}

const repository = join(import.meta.dirname, "..");
endOnSignals();
const copy = scratchFolder();
for (const name of [
  "src",
  "test",
  "casebook",
  "parts",
  "scripts",
  "templates",
  "docs",
  "package.json",
  "vitest.config.ts",
  "bin",
])
  cpSync(join(repository, name), join(copy, name), { recursive: true });
for (const name of readdirSync(repository).filter((n) => /^tsconfig.*json$/.test(n)))
  cpSync(join(repository, name), join(copy, name));
for (const name of ["node_modules", "dist"])
  if (existsSync(join(repository, name))) symlinkSync(join(repository, name), join(copy, name));
process.chdir(copy);

/** What is found, and what it becomes. Types, texts and comments are left out below. */
const changes = [
  [/ < /g, " <= "],
  [/ <= /g, " < "],
  [/ > /g, " >= "],
  [/ >= /g, " > "],
  [/ === /g, " !== "],
  [/ !== /g, " === "],
  [/ && /g, " || "],
  [/ (\|\||\?\?) /g, " && "],
  [/ \+ /g, " - "],
  [/ - /g, " + "],
  [/ \* /g, " / "],
  [/ \/ /g, " * "],
  [/ \+= /g, " -= "],
  [/ \? (?=[^:;]+ : )/g, " && false ? "],
  [/\btrue\b/g, "false"],
  [/\bfalse\b/g, "true"],
  [/\bMath\.max\b/g, "Math.min"],
  [/\bMath\.min\b/g, "Math.max"],
  [/\.find\(/g, ".findLast("],
  [/\.findLast\(/g, ".find("],
  [/\.some\(/g, ".every("],
  [/\.every\(/g, ".some("],
  [/\.toSorted\(/g, ".slice().concat([]).map((x) => x, "],
  [/\bcontinue;/g, ""],
  [/\breturn(?=;)/g, ""],
  [/(?<=\bif \()(?=[^\n]*\) )/g, "false && "],
  [/(?<=[=(,?:[] |[([]|[-+*/] )\d+(\.\d+)?(e-?\d+)?\b/g, (n) => String(Number(n) + 1)],
];

/** Only where code is: not within a comment, a text, a type or an import. */
function mutantsOf(file) {
  const source = readFileSync(file, "utf8");
  const isCode = (at) => {
    const start = source.lastIndexOf("\n", at - 1) + 1;
    const line = source.slice(start, (source.indexOf("\n", at) + 1 || source.length + 1) - 1);
    if (/^\s*(\*|\/\/|\/\*|import\b|export (type|interface)|type |readonly|\|)/.test(line)) return false;
    if (/\bnew (Refused|Error|Usage)\b|\bthrow\b.*`/.test(line)) return false;
    const before = source.slice(start, at);
    return (before.match(/["`]/g)?.length ?? 0) % 2 === 0 && !before.includes("//");
  };
  return changes.flatMap(([pattern, to]) =>
    [...source.matchAll(pattern)]
      .filter((m) => isCode(m.index))
      .map((m) => ({ file, at: m.index, from: m[0], to: typeof to === "string" ? to : to(m[0]) })),
  );
}

const under = (folder, ending) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name))
    .toSorted();

/** Steps of imports from `file` to each source it uses. */
function reach(file) {
  const steps = new Map([[file, 0]]);
  for (const [at, n] of steps)
    for (const [, name] of readFileSync(at, "utf8").matchAll(/(?:from|import\() ?"((?:#|\.)[^"]+\.ts)"/g)) {
      const to = name.startsWith("#") ? join("src", name.slice(1)) : relative(".", resolve(dirname(at), name));
      if (!steps.has(to) && existsSync(to)) steps.set(to, n + 1);
    }
  return steps;
}

const isRoom = !wanted.endsWith(".ts");
const room = isRoom ? wanted : (wanted.split("/")[1] ?? "");
const files = isRoom ? under(join("src", room), ".ts") : [wanted];
const folders = [`test/${room}`, ...o.tests];
const reached = folders
  .flatMap((f) => (f.endsWith(".ts") ? [f] : under(f, ".test.ts")))
  .map((test) => [test, reach(test)]);

const vitest = await createVitest("test", {
  watch: true,

  reporters: [{}],
  maxWorkers: 1,
  passWithNoTests: true,
});
await vitest.standalone();
/** Seconds a test file takes; null where it fails as it is. */
const taken = new Map();
const specificationsOf = (test) =>
  vitest.getModuleSpecifications(resolve(test))[0] ?? vitest.projects[0].createSpecification(resolve(test));

async function passes(tests) {
  vitest.state.clearErrors();
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(tests.map(specificationsOf), false);
  return unhandledErrors.length === 0 && testModules.every((m) => m.ok());
}

async function secondsOf(test) {
  if (!taken.has(test)) {
    const started = performance.now();
    const isGood = await passes([test]);
    taken.set(test, isGood ? (performance.now() - started) / 1000 : null);
  }
  return taken.get(test);
}

/** The nearest tests, as many as take `--seconds` together, at least one. */
async function testsFor(file) {
  const near = reached.filter(([, steps]) => steps.has(file)).toSorted(([, a], [, b]) => a.get(file) - b.get(file));
  const chosen = [];
  let left = Number(o.seconds);
  for (const [test] of near) {
    const seconds = await secondsOf(test);
    if (seconds === null || (seconds > left && chosen.length > 0)) continue;
    chosen.push(test);
    left -= seconds;
    if (left <= 0 || chosen.length >= 6) break;
  }
  return chosen;
}

const idOf = (m) => `${m.file}:${m.at}:${m.from}>${m.to}`;
const before =
  o.out !== undefined && existsSync(o.out)
    ? readFileSync(o.out, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line))
    : [];
const known = new Map(before.map((r) => [r.id, r]));
const random = randomOf(Number(o.seed), 0);
const all = files.flatMap(mutantsOf).map((m) => [random.next(), m]);
const sampled = all
  .toSorted(([a], [b]) => a - b)
  .slice(0, Number(o.sample))
  .map(([, m]) => m);
const tally = { noticed: 0, survived: 0, untested: 0 };
for (const mutant of sampled) {
  const { file, at, from, to } = mutant;
  const id = idOf(mutant);
  const source = readFileSync(file, "utf8");
  const line = source.slice(0, at).split("\n").length;
  let how = known.get(id)?.how;
  if (how === undefined) {
    const tests = await testsFor(file);
    writeFileSync(file, source.slice(0, at) + to + source.slice(at + from.length));
    vitest.invalidateFile(resolve(file));
    // A change that never ends is noticed.
    const timer = AbortSignal.timeout(240_000);
    timer.onabort = () => void vitest.cancelCurrentRun("keyboard-input");
    how = tests.length === 0 ? "untested" : (await passes(tests)) ? "survived" : "noticed";
    timer.onabort = null;
    writeFileSync(file, source);
    vitest.invalidateFile(resolve(file));
    if (o.out !== undefined) appendFileSync(o.out, `${JSON.stringify({ id, how, line, tests })}\n`);
  }
  tally[how]++;
  if (how !== "noticed")
    process.stdout.write(
      `${how}: ${file}:${line}: '${from.trim()}' to '${to.trim()}': ${source.split("\n")[line - 1]?.trim()}\n`,
    );
}
process.stdout.write(`${wanted}: ${JSON.stringify(tally)} of ${all.length} changes\n`);
await vitest.close();
process.exit(0);
