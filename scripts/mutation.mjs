/**
 * `node scripts/mutation.mjs ROOM|FILE… [--sample 25] [--seed 1] [--seconds 15] [--out FILE [--again]]`: changes one operator, constant, condition or early return of a room at a time, runs
 * the tests of that room nearest to it, and prints each change that none of them notices, and for each room the share noticed with its Wilson interval. It works on a copy of the
 * repository and draws a sample of the changes, so that a room takes minutes. With --out, what has been tried is kept and not tried again; with --again what survived is.
 */

import { createHash } from "node:crypto";
import { appendFileSync, cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { createVitest } from "vitest/node";
import { wilson } from "../dist/evidence/proportion.js";
import { mutantsOf } from "./mutants.mjs";
import { endOnSignals, scratchFolder } from "./scratch.mjs";

const { values: o, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: "string", default: "25" },
    seed: { type: "string", default: "1" },
    seconds: { type: "string", default: "15" },
    out: { type: "string" },
    again: { type: "boolean", default: false },
  },
});
if (wanted.length === 0) {
  process.stderr.write("mutation: name rooms of src/, or files\n");
  process.exit(2);
}

const repository = join(import.meta.dirname, "..");
endOnSignals();
const out = o.out === undefined ? undefined : resolve(o.out);
const copy = scratchFolder();
const folders = ["src", "test", "casebook", "parts", "scripts", "templates", "docs", "bin"];
const files = [
  "package.json",
  "vitest.config.ts",
  ...readdirSync(repository).filter((n) => /^tsconfig.*json$/.test(n)),
];
for (const name of [...folders, ...files]) cpSync(join(repository, name), join(copy, name), { recursive: true });
for (const name of ["node_modules", "dist"]) symlinkSync(join(repository, name), join(copy, name));
process.chdir(copy);

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

// In threads of this process, so that their processor time is its own.
const vitest = await createVitest("test", {
  watch: true,
  reporters: [{}],
  pool: "threads",
  maxWorkers: 1,
  passWithNoTests: true,
});
await vitest.standalone();

const processorSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Runs one file of tests, for so many seconds of processor time at most. */
async function run(test, most) {
  vitest.state.clearErrors();
  const started = processorSeconds();
  let isLate = false;
  const watch = setInterval(() => {
    if (processorSeconds() - started <= most) return;
    // Asked once, it waits for the thread, which may never end; asked twice, it ends it.
    if (isLate) clearInterval(watch);
    isLate = true;
    void vitest.cancelCurrentRun("keyboard-input").catch(() => {});
  }, 500);
  const of = vitest.getModuleSpecifications(resolve(test))[0] ?? vitest.projects[0].createSpecification(resolve(test));
  const { testModules, unhandledErrors } = await vitest
    .runTestSpecifications([of], false)
    .catch((error) => ({ testModules: [], unhandledErrors: [error] }));
  clearInterval(watch);
  const isGood = unhandledErrors.length === 0 && testModules.length > 0 && testModules.every((m) => m.ok());
  return { how: isLate ? "timed out" : isGood ? "passed" : "failed", seconds: processorSeconds() - started };
}

/** Seconds that a file of tests takes as it is; null where it fails. */
const taken = new Map();
async function secondsOf(test) {
  if (!taken.has(test)) {
    const { how, seconds } = await run(test, 120);

    if (how !== "passed") process.stderr.write(`mutation: ${test} ${how} without any change, and is left out\n`);
    taken.set(test, how === "passed" ? seconds : null);
  }
  return taken.get(test);
}

/** The tests of a room that use a file, the nearest first, as many as take `--seconds` together, at least one. */
async function testsFor(file, reached) {
  const near = reached.filter(([, steps]) => steps.has(file)).toSorted(([, a], [, b]) => a.get(file) - b.get(file));
  const chosen = [];
  let left = Number(o.seconds);
  for (const [test] of near) {
    if (left <= 0) break;
    const seconds = await secondsOf(test);
    if (seconds === null || (seconds > left && chosen.length > 0)) continue;
    chosen.push(test);
    left -= seconds;
  }
  return chosen;
}

/** What a change does to the tests nearest to it: one that makes them take three times as long, and more, is noticed too. */
async function outcomeOf(mutant, source, tests) {
  if (tests.length === 0) return "no test";
  writeFileSync(mutant.file, source.slice(0, mutant.from) + mutant.text + source.slice(mutant.to));
  vitest.invalidateFile(resolve(mutant.file));
  let how = "survived";
  for (const test of tests) {
    const result = await run(test, 15 + 3 * (taken.get(test) ?? 0));
    if (result.how === "passed") continue;
    how = result.how === "failed" ? "killed" : "timed out";
    break;
  }
  writeFileSync(mutant.file, source);
  vitest.invalidateFile(resolve(mutant.file));
  return how;
}

/** A change is known by its line, not by where it stands: an edit elsewhere leaves the sample as it was. */
function namedMutants(file) {
  const source = readFileSync(file, "utf8");
  const seen = new Map();
  return mutantsOf(file, source).map((m) => {
    const line = source.slice(0, m.from).split("\n").length;
    const text = source.split("\n")[line - 1].trim();
    const name = `${file}: ${text}: '${source.slice(m.from, m.to)}' to '${m.text}'`;
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return { ...m, line, id: nth === 1 ? name : `${name} (${nth})` };
  });
}

const known = new Map();
if (out !== undefined && existsSync(out))
  for (const line of readFileSync(out, "utf8").trim().split("\n")) {
    const { id, how } = JSON.parse(line);
    if (o.again && (how === "survived" || how === "no test")) known.delete(id);
    else known.set(id, how);
  }

for (const name of wanted) {
  const isFile = name.endsWith(".ts");
  const room = isFile ? name.split("/")[1] : name;
  const reached = under(`test/${room}`, ".test.ts").map((test) => [test, reach(test)]);
  const all = (isFile ? [name] : under(join("src", room), ".ts")).flatMap(namedMutants);
  const keyOf = (m) => createHash("sha256").update(`${o.seed} ${m.id}`).digest("hex");
  const sampled = all
    .map((m) => ({ ...m, key: keyOf(m) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .slice(0, Number(o.sample));
  const tally = { killed: 0, "timed out": 0, survived: 0, "no test": 0 };
  for (const mutant of sampled) {
    const { id, file, line, operator } = mutant;
    let how = known.get(id);
    if (how === undefined) {
      const tests = await testsFor(file, reached);
      how = await outcomeOf(mutant, readFileSync(file, "utf8"), tests);
      if (out !== undefined) appendFileSync(out, `${JSON.stringify({ id, how, operator, line, tests })}\n`);
    }
    tally[how]++;
    if (how === "survived" || how === "no test") process.stdout.write(`${how}: line ${line} of ${id}\n`);
  }
  const noticed = tally.killed + tally["timed out"];
  const { low, high } = wilson(noticed, sampled.length);
  const percent = (share) => Math.round(100 * share);
  process.stdout.write(
    `${name}: ${noticed} of ${sampled.length} noticed, ${percent(noticed / sampled.length)} % (${percent(low)} to ${percent(high)}); ${JSON.stringify(tally)}; of ${all.length} changes; ${Math.round(processorSeconds())} s of processor time so far\n`,
  );
}
await vitest.close();
process.exit(0);
