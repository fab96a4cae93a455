/**
 * `npm run bench`: measures every contestant in turn, round after round; prints a table and writes everything as JSON to `bench/results.json`.
 * `--short` makes one round of few repetitions and writes nothing: it shows that all of it runs, and is no measurement.
 */

import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { drawn, modelOf, nothing, reference, regime, wasm } from "./case.mjs";
import { leastWork, leastWorkOf, meanOf, median, spread } from "./measure.mjs";
import { native } from "./native.mjs";
import { runPlain } from "./peers/plain.mjs";
import { sdeverywhereRun } from "./peers/sdeverywhere.mjs";
import { simulationRun } from "./peers/simulation.mjs";
import { formula, formulaRuns, squiggleRun } from "./peers/squiggle.mjs";

const say = (text) => process.stdout.write(`${text}\n`);

const isShort = process.argv.includes("--short");
const rounds = isShort ? 1 : Number(process.argv[2] ?? 9);
/** Repetitions of each measurement in a round. */
const times = (many) => (isShort ? 1 : many);
const runs = 256;
const setting = { choices: {}, suppositions: [] };
const leftOut = [];
const meansOf = (result) => result.outcomes.map(meanOf);

const model = regime();
const kernel = wasm.compile(model, setting, nothing);
const slow = reference.compile(model, setting, nothing);
const draws = drawn(model, kernel, runs);
const few = drawn(model, kernel, 16);

/** Seconds for one run of the model, by contestant. */
const contestants = {
  "casus, WebAssembly": () => leastWork(times(40), () => kernel.run(draws)) / runs,
  "casus, reference": () => leastWork(1, () => slow.run(few)) / 16,
  "plain JavaScript": () => leastWork(times(10), () => runPlain(draws)) / runs,
};

const { programs, why, flags } = native(draws);
if (programs === null) leftOut.push(`the C programs: ${why}`);
else {
  contestants["C, AVX2 and FMA by hand"] = () => programs.vector(times(40)).seconds / runs;
  contestants["C, scalar, libm"] = () => programs.scalar(times(20)).seconds / runs;
  // All compute the same: the C differs in the last digits by FMA and libm's exp.
  const wanted = meansOf(kernel.run(draws));
  for (const means of [programs.vector(1).means, programs.scalar(1).means, runPlain(draws)])
    means.forEach((m, i) => {
      if (!(Math.abs(m - wanted[i]) <= 1e-9 * Math.abs(wanted[i])))
        throw new Error(`output ${i}: ${m}, not ${wanted[i]}`);
    });
}
try {
  const simulate = await simulationRun();
  contestants["npm simulation"] = () => leastWork(times(2), simulate);
} catch (error) {
  leftOut.push(`npm simulation: ${error.message.split("\n")[0]}`);
}
try {
  const evaluate = await sdeverywhereRun();
  contestants["JavaScript by SDEverywhere"] = () => leastWork(times(200), evaluate);
} catch (error) {
  leftOut.push(`SDEverywhere: ${error.message.split("\n")[0]}`);
}

for (let i = 0; i < times(400); i++) kernel.run(draws);
const seconds = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
for (let round = 0; round < rounds; round++)
  for (const [name, measure] of Object.entries(contestants)) seconds[name].push(measure());

const fixed = {};
try {
  const squiggle = await squiggleRun();
  const cost = modelOf(formula);
  const program = wasm.compile(cost, setting, nothing);
  for (let i = 0; i < 60; i++) meansOf(program.run(drawn(cost, program, formulaRuns)));
  const ours = [];
  const theirs = [];
  for (let i = 0; i < 10; i++) await squiggle();
  for (let round = 0; round < rounds; round++) {
    // Both from nothing: draws, formula, mean.
    ours.push(leastWork(3, () => meansOf(program.run(drawn(cost, program, formulaRuns)))));
    theirs.push(await leastWorkOf(3, squiggle));
  }
  Object.assign(fixed, { runs: formulaRuns, casus: ours, squiggle: theirs, ratio: median(theirs) / median(ours) });
} catch (error) {
  leftOut.push(`Squiggle: ${error.message.split("\n")[0]}`);
}

const own = median(seconds["casus, WebAssembly"]);
const rows = Object.entries(seconds).map(([name, all]) => ({
  name,
  runsPerSecond: 1 / median(all),
  nanosecondsPerStep: (median(all) * 1e9) / 120,
  spread: spread(all),
  ratio: median(all) / own,
}));
const machine = { processor: cpus()[0]?.model, cores: cpus().length, node: process.version, flags: flags ?? null };
if (!isShort)
  writeFileSync(
    new URL("results.json", import.meta.url),
    `${JSON.stringify({ machine, rounds, rows, static: fixed, leftOut, seconds }, null, 1)}\n`,
  );

say(
  `${machine.processor}, Node ${machine.node}; the least processor time of several repetitions in each of ${rounds} rounds, in turn; medians over rounds\n`,
);
say("| who | runs/s a core | ns a step of a run | least and greatest round | casus is faster by |");
say("|---|---:|---:|---:|---:|");
for (const {
  name,
  runsPerSecond,
  nanosecondsPerStep,
  spread: [low, high],
  ratio,
} of rows)
  say(
    `| ${name} | ${Math.round(runsPerSecond).toLocaleString("en")} | ${nanosecondsPerStep.toPrecision(3)} | ${low.toFixed(2)} to ${high.toFixed(2)} | ${ratio.toPrecision(3)} |`,
  );
if (fixed.ratio !== undefined)
  say(
    `\nA static formula, ${fixed.runs} runs from draws to mean: casus ${(median(fixed.casus) * 1e3).toPrecision(3)} ms, Squiggle ${(median(fixed.squiggle) * 1e3).toPrecision(3)} ms, ${fixed.ratio.toPrecision(3)} times.`,
  );
for (const one of leftOut) say(`\nLeft out: ${one}.`);
