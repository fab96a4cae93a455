/**
 * `node bench/budget.mjs [WORD…]`: runs generated cases of every kind that costs much (those whose names have one of the words) and sets the processor time they take against what
 * was predicted on this machine: `workOfRun`, and for games `solvingWork`, times what an equation takes here, measured in processor time just before. Exits 1 where one takes more than three times as long.
 */

import {
  check,
  compareFindings,
  defaultBudget,
  engineNamed,
  explainFindings,
  flipFindings,
  learnFindings,
  localLab,
  parse,
  playFindings,
  printDiagnostics,
  reportFindings,
  runFindings,
  solvingWork,
  tellingChoice,
  totalRuns,
  workOfRun,
  workOfTasks,
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
  "60 years by weeks": `case b "B"\ntime 2000-01-01 to 2059-12-27 by week\nstock s : number = 1\n  + 0.1 / 1 week\n  - 0.01 * s / 1 week\nevent e rate 1 percent/year * s then set s = 1\noutcome o : number = final(s)\n`,
  "families of 12 by 12": over(
    200,
    `each a in {${list(12, (i) => `a${i}`).join(", ")}} {\n  stock t : number = 1\n    + 0.1 / 1 day - 0.01 * t / 1 day\n  each b in {${list(12, (i) => `b${i}`).join(", ")}} let x : number = t * 0.5 + 1\n}\n${into(list(12, (i) => `t[a${i}]`))}`,
  ),
  "20 policies of three options": over(
    200,
    `actor a "A"\nstock s : number = 0\n${list(20, (i) => `policy p${i} by a rate 5 percent/day repeats\n  option x: s / 100 then add 1 to s\n  option y: 0\n  option z: -s / 50 then add -1 to s`).join("\n")}\noutcome o : number = final(s)`,
  ),
  "100 outcomes over time": over(
    200,
    `${grows}${list(100, (i) => `outcome o${i} : number = max(z * ${i + 1})`).join("\n")}`,
  ),
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
};

/** A war that each of eight claims makes likelier, seen not to have come by the end of February. */
const argued = over(
  60,
  `unknown r : share/day ~ 0.1 percent/day to 0.5 percent/day
unknown w : number ~ beta(2, 3)
${list(8, (i) => `claim c${i} causal "C${i}." { credence ${30 + 5 * i}% }`).join("\n")}
actor a "A" values -10 * h
choice m by a = x | y
stock s : number = 1
${list(8, (i) => `  + ${(i + 1) / 10} * w / 1 day because c${i}`).join("\n")}
event e rate r * (1 + s / 100) * (if m = x then 1 else 1.5)
outcome h = happened(e)
outcome z : number = final(s)
evidence seen by 20 days: not happened(e)
conclusion k of c0: chance(h if m = x) < chance(h if m = y)`,
);
/** Many claims, and as many views that differ in one of them. */
const manyClaims = over(
  60,
  `unknown r : share/day ~ 0.1 percent/day to 0.5 percent/day
${list(60, (i) => `claim c${i} causal "C${i}." { credence ${20 + i}% }`).join("\n")}
${list(12, (i) => `view v${i} { c${i} 90% }`).join("\n")}
stock s : number = 1
${list(60, (i) => `  + ${(i + 1) / 100} / 1 day because c${i}`).join("\n")}
event e rate r * (1 + s / 100)
outcome h = happened(e)
outcome z : number = final(s)
conclusion k of c0: chance(h if c0) > chance(h if not c0)`,
);
const tenSeen = over(
  60,
  `unknown r : share/day ~ 0.1 percent/day to 0.5 percent/day
claim c causal "C." { credence 40% }
stock s : number = 1
  + 1 / 1 day because c
event e rate r * (1 + s / 100)
outcome h = happened(e)
${list(9, (i) => `evidence seen${i} by ${5 * i + 5} days: not happened(e)`).join("\n")}
evidence course of s error 5 discrepancy 5 = ${list(10, (i) => `${5 * i + 5} days -> ${3 * i + 4}`).join(", ")}
conclusion k of c: chance(h if c) > chance(h if not c)`,
);
const actors = (count, options, knowing) =>
  over(
    60,
    `unknown r : share/day ~ 0.1 percent/day to 0.5 percent/day
outcome h = happened(e)
${list(count, (i) => `outcome p${i} : number = if m${i} = x0 then 1 else 0`).join("\n")}
${list(count, (i) => `actor a${i} "A${i}" values ${i % 2 === 0 ? "" : "-"}${i + 1} * h + ${list(count, (k) => `${(k + i) % 3} * p${k}`).join(" + ")}`).join("\n")}
${list(count, (i) => `choice m${i} by a${i}${knowing && i > 0 ? ` knowing ${list(i, (k) => `m${k}`).join(", ")}` : ""} = ${list(options, (k) => `x${k}`).join(" | ")}`).join("\n")}
event e rate r * ${list(count, (i) => `(if m${i} = x0 then 1 else 1.${i + 3})`).join(" * ")}`,
  );
const explained = { patterns: 4096, exact: 12, unknowns: 512 };
const played = { patterns: 2, beliefs: 40, lambda: 10, correct: false, informed: null };
const asked = (model, request, lab) => ({ model, name: "k", request, options: explained, lab });

const learning = (worlds) => (model, request, lab) =>
  learnFindings(
    model,
    { ...request, before: worldsOf(worlds), until: null, untilDate: null, motives: false, conclusions: true },
    lab,
  );

/** Verbs that do more than run, each with a case and so many worlds. */
const verbs = {
  "run: 60 claims under 12 views": [
    manyClaims,
    20_000,
    (model, request, lab) => runFindings(model, { ...request, views: list(12, (i) => `v${i}`) }, lab),
  ],
  "explain: 60 claims": [
    manyClaims,
    500,
    (model, request, lab) => explainFindings({ ...asked(model, request, lab), game: "removal" }),
  ],
  "learn: ten observations": [tenSeen, 20_000, learning(20_000)],
  "run, with a conclusion": [argued, 200_000, (model, request, lab) => runFindings(model, request, lab)],
  "explain: a gate table of 256 patterns": [
    argued,
    2000,
    (model, request, lab) => explainFindings({ ...asked(model, request, lab), game: "removal" }),
  ],
  "flip: a gate table of 256 patterns": [
    argued,
    2000,
    (model, request, lab) => flipFindings(asked(model, request, lab)),
  ],
  "compare, with what knowing is worth": [
    argued,
    4000,
    (model, request, lab) =>
      compareFindings({
        model,
        request,
        compared: model.choices,
        actor: model.actors[0],
        enough: null,
        options: explained,
        lab,
      }),
  ],
  "learn: evidence, and conclusions after it": [argued, 20_000, learning(20_000)],
  "report, with its variants": [
    argued,
    2000,
    (model, request, lab) =>
      reportFindings(
        model,
        request,
        tellingChoice,
        { explain: "text", variants: 8, learn: false, frozen: [], tell: () => {} },
        lab,
      ),
  ],
  "play: a matrix of 12 by 12": [
    actors(2, 12, false),
    2000,
    (model, request, lab) => playFindings(model, { ...request, ...played }, lab, () => {}),
  ],
  "play: a matrix of three, 5 options each": [
    actors(3, 5, false),
    2000,
    (model, request, lab) => playFindings(model, { ...request, ...played }, lab, () => {}),
  ],
  "play: a tree of four moves, 3 options each": [
    actors(4, 3, true),
    1000,
    (model, request, lab) => playFindings(model, { ...request, ...played }, lab, () => {}),
  ],
};

const engine = engineNamed("wasm", globalThis, () => {});
const processorTime = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

function modelOf(name, text) {
  const document = { name: "budget.casus", text };
  const [tree, syntax] = parse(document);
  const [model, found] = check([tree], [document]);
  if (model === null) throw new Error(`${name}\n${printDiagnostics([...syntax, ...found], [document])}`);
  return model;
}

/** Counts the runs that it is asked for. */
function countingLab() {
  const inner = localLab(async () => {}, engine);
  const counted = { runs: 0, work: 0 };
  const each = (of, tasks, take) => {
    counted.runs += totalRuns(tasks);
    counted.work += workOfTasks(of, tasks);
    return inner.each(of, tasks, take);
  };
  const perform = async (of, tasks) => {
    const results = [];
    await each(of, tasks, (result) => void results.push(result));
    return results;
  };
  return [{ ...inner, each, perform }, counted];
}

/** Runs so many that compiling and the first, slow ones count for little: about a second by what was predicted. */
const equations = 1e9;
const most = 500_000;
const works = [
  ...Object.entries(cases).map(([name, text]) => {
    const model = modelOf(name, text);
    const worlds = Math.max(256, Math.min(most, Math.round(equations / workOfRun(model))));
    return [name, model, worlds, (request, lab) => runFindings(model, request, lab)];
  }),
  ...Object.entries(verbs).map(([name, [text, worlds, work]]) => {
    const model = modelOf(name, text);
    return [name, model, worlds, (request, lab) => work(model, request, lab)];
  }),
];

const words = process.argv.slice(2);
let worst = 0;
for (const [name, model, worlds, work] of works) {
  if (words.length > 0 && !words.some((w) => name.includes(w))) continue;
  const request = {
    views: ["case"],
    seed: 1,
    set: {},
    vary: [],
    series: [],
    budget: defaultBudget,
    ...worldsOf(worlds),
  };
  const [lab, counted] = countingLab();
  const unit = secondsPerEquation("wasm", processorTime);
  const before = processorTime();
  await work(request, lab);
  const took = (processorTime() - before) / 1000;
  const predicted =
    (counted.work + (name.startsWith("play") ? solvingWork(model, { ...request, ...played }) : 0)) * unit;
  const ratio = took / predicted;
  worst = Math.max(worst, ratio);
  process.stdout.write(
    `${name.padEnd(44)} ${took.toFixed(2).padStart(7)} s, ${ratio.toFixed(2)} of the ${predicted.toFixed(2)} s predicted: ${counted.runs} runs of ${Math.ceil(workOfRun(model))} equations, ${(unit * 1e9).toFixed(2)} ns each\n`,
  );
}
process.stdout.write(`the most: ${worst.toFixed(2)}\n`);
process.exit(worst > 3 ? 1 : 0);
