/**
 * `node bench/verdicts.mjs [--seeds N] [--from SEED]`: how often a settled verdict is wrong, on cases whose answer is known in closed form and lies near the line. Prints a row for each: verdicts right,
 * wrong and left open, and the mean number of runs. `--case FOLDER --view NAME`: instead, of each conclusion of that case the verdicts found under the view, by seed; how many are
 * settled, and whether any differ.
 */

import { parseArgs } from "node:util";
import { answerComparisons, check, engineNamed, judgeComparison, localLab, parse } from "../dist/internal.js";
import { load } from "../dist/cli/load.js";

const { values: asked } = parseArgs({
  options: {
    seeds: { type: "string", default: "400" },
    from: { type: "string", default: "1" },
    case: { type: "string" },
    view: { type: "string", default: "case" },
  },
});
const seeds = Number(asked.seeds);
const first = Number(asked.from);

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
const lab = localLab(
  async () => {},
  engineNamed("wasm", globalThis, () => {}),
);
const say = (words) => process.stdout.write(`${words}\n`);
if (asked.case === undefined) await measureKnown();
else await measureCase(asked.case, asked.view);

async function measureKnown() {
  const document = { name: "known.casus", text };
  const [tree] = parse(document);
  const [model] = check([tree], [document]);
  const counts = cases.map(() => ({ right: 0, wrong: 0, open: 0, runs: 0 }));
  for (let seed = first; seed < first + seeds; seed++) {
    (await answersTo(model, "case", seed)).forEach((found, i) => {
      const verdict = judgeComparison(found);
      const isOpen = verdict === "too close to call" || verdict === "does not hold";
      counts[i][isOpen ? "open" : verdict === cases[i][2] ? "right" : "wrong"]++;
      counts[i].runs += found.worlds;
    });
  }
  say(`${seeds} seeds from ${first}: statement, what it is, right, wrong, open, mean runs`);
  cases.forEach(([statement, what], i) => {
    const { right, wrong, open, runs } = counts[i];
    say([statement, what, right, wrong, open, Math.round(runs / seeds)].join(" | "));
  });
}

async function measureCase(folder, view) {
  const model = modelIn(folder);
  const found = model.conclusions.map(({ name }) => ({ name, verdicts: new Map(), runs: 0, margin: 0 }));
  for (let seed = first; seed < first + seeds; seed++)
    (await answersTo(model, view, seed)).forEach((answer, i) => {
      const verdict = judgeComparison(answer);
      found[i].verdicts.set(verdict, (found[i].verdicts.get(verdict) ?? 0) + 1);
      found[i].runs += answer.worlds;
      found[i].margin += answer.margin / model.conclusions[i].comparison.unit.factor;
    });
  const isSettled = (verdict) => ["holds", "fails", "no material difference"].includes(verdict);
  const settled = found.reduce((n, f) => n + [...f.verdicts].reduce((m, [v, k]) => m + (isSettled(v) ? k : 0), 0), 0);
  const differing = found.filter((f) => [...f.verdicts.keys()].filter(isSettled).length > 1);
  say(`${seeds} seeds from ${first}: conclusion, verdicts, mean runs of each situation, mean margin`);
  for (const { name, verdicts, runs, margin } of found)
    say(
      [
        name,
        [...verdicts].map((v) => v.join(" ")).join(", "),
        Math.round(runs / seeds),
        (margin / seeds).toPrecision(3),
      ].join(" | "),
    );
  say(
    `settled: ${settled} of ${seeds * found.length}; settled otherwise by another seed: ${differing.map((f) => f.name).join(", ") || "none"}`,
  );
}

async function answersTo(model, view, seed) {
  const questions = model.conclusions.map(({ comparison }) => ({ comparison, view }));
  const asking = { seed, set: {}, worlds: 2048, untilSettled: true, budget: 1e13 };
  return (await answerComparisons(model, questions, asking, lab)).findings;
}

function modelIn(folder) {
  const { model, diagnostics } = load(folder);
  if (model === null) throw new Error(JSON.stringify(diagnostics.slice(0, 3)));
  return model;
}
