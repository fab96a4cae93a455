/** `node bench/growth.mjs [--long]`: how cost grows with runs, equations, steps and gates; the pictures of `docs/performance.md`, and the figures to the screen. */

import { mkdirSync, writeFileSync } from "node:fs";
import { drawn, modelOf, nothing, regime, wasm } from "./case.mjs";
import { best, leastWork } from "./measure.mjs";
import { picture } from "./picture.mjs";

const say = (text) => process.stdout.write(`${text}\n`);
const setting = { choices: {}, suppositions: [] };
const folder = new URL("../docs/pictures/", import.meta.url);
mkdirSync(folder, { recursive: true });
const draw = (file, ...given) => writeFileSync(new URL(file, folder), picture(...given));
const told = (points) => points.map(([x, y]) => `${x}: ${y.toPrecision(3)}`).join(", ");

/** A chain of lets with an exp in every tenth, three stocks, an event. */
function chain(equations, steps, gates = 0) {
  const lines = [`case chain "A chain"`, `time 0 to ${steps} by 1 month`, "unknown u : number ~ uniform(0, 1) judged"];
  for (let i = 0; i < gates; i++) lines.push(`claim c${i} causal "Claim ${i}." {}`);
  lines.push("stock x : number = u within 0..10\n  + (0.5 - x) / 20 months");
  for (let i = 0; i < gates; i++) lines.push(`  + 0.01 / 1 month because c${i}`);
  lines.push("stock y : number = 1 - u within 0..10\n  + (x - y) / 9 months");
  for (let i = 0; i < equations; i++) {
    const before = i === 0 ? "x" : `l${i - 1}`;
    lines.push(
      `let l${i} : number = ${i % 10 === 9 ? `exp(-${before})` : `0.4 * ${before} + 0.3 * y + ${(i % 7) / 100}`}`,
    );
  }
  lines.push(`event fall rate (0.001 + 0.01 * l${equations - 1}) / 1 month\n  then set x = x / 2`);
  lines.push(`outcome last : number = final(l${equations - 1})`);
  return modelOf(lines.join("\n"));
}

const runs = [];
{
  const model = regime();
  const program = wasm.compile(model, setting, nothing);
  const draws = drawn(model, program, 1000);
  for (let i = 0; i < 100; i++) program.run(draws);
  for (const n of process.argv.includes("--long") ? [1e3, 1e4, 1e5, 1e6, 1e7] : [1e3, 1e4, 1e5]) {
    const seconds = leastWork(n <= 1e4 ? 5 : 1, () => {
      for (let done = 0; done < n; done += 1000) program.run(draws);
    });
    runs.push([n, seconds]);
  }
}
say(`seconds by runs: ${told(runs)}`);
draw("cost-runs.svg", "Seconds of processor time by number of runs (120 steps)", "runs", "seconds", [
  { name: "", points: runs },
]);

const compile = [];
const first = [];
const perEquation = [];
for (const n of [10, 30, 100, 300, 1000, 2000, 5000]) {
  const model = chain(n, 120);
  let program = null;
  compile.push([n, 1e3 * best(5, () => (program = wasm.compile(model, setting, nothing)))]);
  const draws = drawn(model, program, 256);
  const from = process.hrtime.bigint();
  wasm.compile(model, setting, nothing).run(draws);
  first.push([n, Number(process.hrtime.bigint() - from) / 1e6]);
  for (let i = 0; i < 20; i++) program.run(draws);
  perEquation.push([n, (1e9 * best(20, () => program.run(draws))) / 256 / 120]);
}
say(`ms to compile, by equations: ${told(compile)}`);
say(`ms to compile and make 256 runs: ${told(first)}`);
say(`ns a step of a run: ${told(perEquation)}`);
draw("cost-compile.svg", "Milliseconds by number of equations", "equations", "milliseconds", [
  { name: "compiled", points: compile },
  { name: "and 256 runs made", points: first },
]);
draw("cost-equations.svg", "Cost of a step by number of equations", "equations", "ns a step of a run", [
  { name: "", points: perEquation },
]);

const steps = [];
for (const n of [10, 100, 1000, 10_000]) {
  const model = chain(30, n);
  const program = wasm.compile(model, setting, nothing);
  const draws = drawn(model, program, 256);
  for (let i = 0; i < 20; i++) program.run(draws);
  steps.push([n, (1e6 * leastWork(10, () => program.run(draws))) / 256]);
}
say(`microseconds a run, by steps: ${told(steps)}`);
draw("cost-steps.svg", "Cost of a run by number of steps (30 equations)", "steps", "µs a run", [
  { name: "", points: steps },
]);

const gates = [];
for (const k of [1, 2, 4, 6, 8, 10, 12]) {
  const model = chain(30, 120, k);
  const program = wasm.compile(model, setting, nothing);
  const draws = drawn(model, program, 256);
  const pattern = (bits) => ({ ...draws, claims: draws.claims.map((c, i) => c.map(() => (bits >> i) & 1)) });
  for (let i = 0; i < 50; i++) program.run(draws);
  const seconds = leastWork(1, () => {
    for (let bits = 0; bits < 2 ** k; bits++) program.run(pattern(bits));
  });
  gates.push([k, 1e3 * seconds]);
}
say(`ms for every pattern of claims, 256 worlds each: ${told(gates)}`);
draw("cost-gates.svg", "Every pattern of claims, 256 worlds each", "gates", "milliseconds", [
  { name: "", points: gates },
]);
