/**
 * `node bench/budget.mjs`: runs generated cases of every kind that costs much and sets the processor time they take against what was predicted on this machine
 * (`workOfRun`, and what an equation takes here). Exits 1 where one takes more than three times as long.
 */

import {
  check,
  defaultBudget,
  engineNamed,
  learnFindings,
  localLab,
  parse,
  playFindings,
  printDiagnostics,
  runFindings,
  totalRuns,
  workOfRun,
  worldsOf,
} from "../dist/internal.js";
import { secondsPerEquation } from "../dist/cli/speed.js";

const list = (count, of) => Array.from({ length: count }, (_, i) => of(i));
const total = (names) => names.join(" + ");
const over = (steps, body, method = "") => `case b "B"\ntime 0 to ${steps} by 1 day${method}\n${body}\n`;
/** A stock that all the names flow into. */
const into = (names) => `stock s : number = 0\n  + (${total(names)}) / 1 day\noutcome o : number = final(s)`;
const grows = "stock z : number = 1\n  + 0.001 / 1 day\n";
const lets = (count, of) =>
  `${grows}${list(count, (i) => `let l${i} : number = ${of(i)}`).join("\n")}\n${into(list(count, (i) => `l${i}`))}`;
const shocks = (of) => `${list(5, (i) => `shock k${i} : number ~ ${of}`).join("\n")}\n${into(list(5, (i) => `k${i}`))}`;
const unknowns = (of) =>
  `case b "B"\n${list(100, (i) => `unknown u${i} : number ~ ${of}`).join("\n")}\noutcome o : number = ${total(list(100, (i) => `u${i}`))}\n`;
const flows = list(50, (i) => `stock s${i} : number = 1\n  + 0.1 / 1 day\n  - 0.01 * s${i} / 1 day`).join("\n");

const families = [
  "normal(0, 1)",
  "lognormal(1, 1)",
  "logitnormal(0.5, 1)",
  "uniform(0, 1)",
  "triangular(0, 1, 3)",
  "exponential(2)",
];
const dear = [
  "beta(2, 3)",
  "beta(0.3, 0.2)",
  "gamma(2, 1)",
  "gamma(2000, 1)",
  "gamma(1e15, 1)",
  "discrete(1: 50%, 2: 50%)",
  "bernoulli(30%)",
  "5 to 9",
];
const cut = ["normal(0, 1) within 2..4", "beta(2, 3) within 0.9..", "gamma(2, 1) within 20.."];

const cases = {
  "50 stocks": over(500, `${flows}\noutcome o : number = final(s0)`),
  "50 stocks by Runge and Kutta": over(500, `${flows}\noutcome o : number = final(s0)`, " using rk4"),
  "one let of 300 exp": over(
    300,
    `${grows}let x : number = max(${list(300, (i) => `exp(z / ${i + 1})`).join(", ")})\n${into(["x"])}`,
  ),
  "40 lets of log, pow, sqrt, sin": over(
    300,
    lets(40, (i) => `log(1 + z + ${i}) ^ (1.5 + 0.1 * z) + sqrt(z + ${i}) + sin(z + ${i})`),
  ),
  "40 logistic lets": over(
    300,
    lets(40, (i) => `logistic(z - ${i})`),
  ),
  "20 lets 60 deep": over(
    300,
    lets(20, (i) => `${list(60, (k) => `(${i}.${k + 10} + z * `).join("")}z${")".repeat(60)}`),
  ),
  "20 smoothed delays": over(
    500,
    lets(20, (i) => `delay3(z, ${20 + i} days)`),
  ),
  "10 tables of 200 points": over(
    500,
    `${list(10, (i) => `table t${i} : number over number = ${list(200, (k) => `${k} -> ${(k * 7 + i) % 13}`).join(", ")}`).join("\n")}\n${lets(10, (i) => `t${i}(300 * z)`)}`,
  ),
  "20 hazards": over(
    500,
    `${list(20, (i) => `event e${i} rate (0.001 + 0.0001 * ${i} * s / (1 + s)) / 1 day repeats then add 1 to s`).join("\n")}\nstock s : number = 0\noutcome o : number = final(s)`,
  ),
  "a family of 60": over(
    300,
    `each x in {${list(60, (i) => `a${i}`).join(", ")}} {\n  stock f : number = 1\n    + 0.01 * sum(f) / 1 day\n}\noutcome o : number = sum(final(f))`,
  ),
  ...Object.fromEntries([...families, ...dear, ...cut].map((d) => [`5 shocks, ${d}`, over(100, shocks(d))])),
  ...Object.fromEntries([...families, ...dear, ...cut].map((d) => [`100 unknowns, ${d}`, unknowns(d)])),
  evidence: over(
    60,
    `unknown r : share/day ~ 1 percent/day to 3 percent/day\nclaim c causal "C." { credence 50% }\nactor a "A"\nchoice m by a = x | y\nevent e rate r * (if c then 2 else 1) * (if m = x then 1 else 1.5)\noutcome h = happened(e)\nevidence seen by 20: happened(e)\nconclusion k of c: chance(h if m = x) < chance(h if m = y)`,
  ),
  "a game": over(
    60,
    `unknown r : share/day ~ 1 percent/day to 3 percent/day\nactor a "A" values -10 * h\nactor b "B" values h\nchoice m by a = x | y | z\nchoice n by b knowing m = x | y | z\nevent e rate r * (if m = x then 1 else 1.5) * (if n = y then 2 else 1)\noutcome h = happened(e)`,
  ),
};

const engine = engineNamed("wasm", globalThis, () => {});
const processorTime = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const request = { views: ["case"], seed: 1, set: {}, vary: [], series: [], budget: defaultBudget, ...worldsOf(2048) };
const verbs = {
  evidence: (model, lab) => learnFindings(model, { ...request, worlds: 2048, compare: [], rows: 2048 }, lab),
  "a game": (model, lab) =>
    playFindings(
      model,
      { ...request, patterns: 2, beliefs: 20, lambda: 10, correct: false, informed: null },
      lab,
      () => {},
    ),
};

let worst = 0;
for (const [name, text] of Object.entries(cases)) {
  const document = { name: "budget.casus", text };
  const [tree, syntax] = parse(document);
  const [model, found] = check([tree], [document]);
  if (model === null) throw new Error(`${name}\n${printDiagnostics([...syntax, ...found], [document])}`);
  const inner = localLab(async () => {}, engine);
  let runs = 0;
  const each = (of, tasks, take) => {
    runs += totalRuns(tasks);
    return inner.each(of, tasks, take);
  };
  const perform = async (of, tasks) => {
    const results = [];
    await each(of, tasks, (result) => void results.push(result));
    return results;
  };
  const unit = secondsPerEquation("wasm");
  const before = processorTime();
  await (verbs[name] ?? runFindings)(
    ...(verbs[name] === undefined
      ? [model, request, { ...inner, each, perform }]
      : [model, { ...inner, each, perform }]),
  );
  const took = processorTime() - before;
  const predicted = runs * workOfRun(model) * unit;
  const ratio = took / predicted;
  // A hundredth of a second is compiling, whatever the case.
  if (took > 0.1) worst = Math.max(worst, ratio);
  process.stdout.write(
    `${name.padEnd(44)} ${took.toFixed(2)} s, ${ratio.toFixed(2)} of the ${predicted.toFixed(2)} s predicted\n`,
  );
}
process.stdout.write(`the most, of what takes over a tenth of a second: ${worst.toFixed(2)}\n`);
process.exit(worst > 3 ? 1 : 0);
