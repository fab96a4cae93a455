/**
 * How often a settled verdict is wrong, on cases whose answer is known in closed form and lies near the line. Usage: node bench/verdicts.mjs [seeds]
 * Prints a row for each: verdicts right, wrong and left open, and the mean number of runs.
 */

import { answerComparisons, check, engineNamed, judgeComparison, localLab, parse } from "../dist/internal.js";

const seeds = Number(process.argv[2] ?? 400);

/** The margin in closed form, and the verdict it has. */
const cases = [
  ["chance(hit) > 29%", "by 1 point", "holds"],
  ["chance(hit) > 31%", "the other side, by 1 point", "fails"],
  ["chance(hit) > 20% by 10 points", "exactly at the threshold", "holds"],
  ["chance(hit) > 20.5% by 10 points", "half a point short of the threshold", "no material difference"],
  ["chance(rare) < 0.5%", "a chance of 0.3 %", "holds"],
  ["chance(rare) > 0.2%", "a chance of 0.3 %", "holds"],
  ["mean(heavy) > 1.55", "a lognormal of median 1 and σ 1, mean 1.6487", "holds"],
  ["chance(hit | seen) > 57%", "a ratio, 0.6", "holds"],
  ["median(heavy) > 0.97", "a median of 1", "holds"],
];

const text = `case known "What is known?"
unknown u : number ~ uniform(0, 1)
unknown n : number ~ normal(0, 1)
outcome hit = u < 0.3
outcome seen = u < 0.5
outcome rare = u < 0.003
outcome heavy : number = exp(n)
${cases.map(([statement], i) => `conclusion c${i} "C": ${statement}`).join("\n")}
`;
const document = { name: "known.casus", text };
const [tree] = parse(document);
const [model] = check([tree], [document]);
const lab = localLab(
  async () => {},
  engineNamed("wasm", globalThis, () => {}),
);
const questions = model.conclusions.map(({ comparison }) => ({ comparison, view: "case" }));
const counts = cases.map(() => ({ right: 0, wrong: 0, open: 0, runs: 0 }));
for (let seed = 1; seed <= seeds; seed++) {
  const asking = { seed, set: {}, worlds: 2048, untilSettled: true, budget: 1e13 };
  const { findings } = await answerComparisons(model, questions, asking, lab);
  findings.forEach((found, i) => {
    const verdict = judgeComparison(found);
    const count = counts[i];
    const isOpen = verdict === "too close to call" || verdict === "does not hold";
    count[isOpen ? "open" : verdict === cases[i][2] ? "right" : "wrong"]++;
    count.runs += found.worlds;
  });
  if (seed % 100 === 0 || seed === seeds) show(seed);
}

/** After so many seeds, what came out so far. */
function show(after) {
  const say = (text) => process.stdout.write(`${text}\n`);
  say(`${after} seeds: statement, what it is, right, wrong, open, mean runs`);
  cases.forEach(([statement, what], i) => {
    const { right, wrong, open, runs } = counts[i];
    say([statement, what, right, wrong, open, Math.round(runs / after)].join(" | "));
  });
}
