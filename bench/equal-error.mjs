/**
 * `node bench/equal-error.mjs`: how much sooner than hand-written AVX2 C with the plain estimator the kernel reaches the same standard error, on the bench's
 * model. The figure is the chance of each event; the plain estimator counts runs in which it happens, ours takes its conditional chance given the path without
 * it (`ensemble/table/exact-chance.ts`), over worlds that are stratified in blocks of 16 (`ensemble/table/stratified.ts`).
 */

import { drawn, regime, wasm } from "./case.mjs";
import { leastWork, median } from "./measure.mjs";
import { native } from "./native.mjs";

const dist = (file) => import(new URL(`../dist/${file}.js`, import.meta.url));
const { smoothed } = await dist("ensemble/table/exact-chance");
const { ownUniforms, stratified } = await dist("ensemble/table/stratified");
const { unknownColumns, worldsFrom } = await dist("ensemble/draws/draws");
const { mindOf } = await dist("ensemble/draws/mind");

const runs = 256;
const blocks = 64;
const size = 16;
const rounds = 5;
const nothing = { always: [], series: [] };

const model = regime();
const mean = (values) => values.reduce((s, v) => s + v, 0) / values.length;
const variance = (values) => {
  const m = mean(values);
  return values.reduce((s, v) => s + (v - m) ** 2, 0) / (values.length - 1);
};

/** The final of each run, batch after batch, with worlds drawn in strata where `isStratified`. */
function values(of, program, from, isStratified) {
  const all = [];
  for (let b = 0; b < blocks; b++) {
    const worlds = worldsFrom((from + b) * runs, runs);
    const uniforms = isStratified ? stratified(size, wasm.math) : ownUniforms(wasm.math);
    const unknowns = unknownColumns(of, mindOf(of, "case").distributions, wasm.math, uniforms)(1, worlds, []);
    all.push(...program.run({ seed: 1, worlds, claims: [], unknowns, believed: [] }).finals[0]);
  }
  return all;
}

const plainProgram = (final) => wasm.compile(model, { choices: {}, suppositions: [] }, { finals: [final], ...nothing });
const draws = drawn(model, plainProgram({ op: "const", value: 0 }), runs);
const { programs, why } = native(draws);
process.stdout.write(
  "| chance of | plain: variance a run | ours: of a mean of 16, times 16 | fewer runs | ours, µs a run |",
);
process.stdout.write(programs === null ? `\n(no C: ${why})\n` : " C, µs a run | sooner than the C |\n");
process.stdout.write(`|---|---:|---:|---:|---:|${programs === null ? "" : "---:|---:|"}\n`);
for (const { name } of model.events) {
  const happened = { op: "happened", event: name, by: null };
  const soft = smoothed(model, happened, []);
  if (soft === null) {
    process.stdout.write(`| ${name} | no conditional chance |\n`);
    continue;
  }
  const program = wasm.compile(
    model,
    { choices: {}, suppositions: soft.supposition.items },
    { finals: [soft.of(happened)], ...nothing },
  );
  const plain = values(model, plainProgram(happened), 0, false);
  const ours = values(model, program, 0, true);
  const means = Array.from({ length: ours.length / size }, (_, b) => mean(ours.slice(b * size, (b + 1) * size)));
  const error = Math.sqrt(variance(plain) / plain.length + variance(means) / means.length);
  if (Math.abs(mean(plain) - mean(ours)) > 4 * error) throw new Error(`${name}: ${mean(plain)}, not ${mean(ours)}`);
  const fewer = variance(plain) / (size * variance(means));
  const worlds = worldsFrom(0, runs);
  const strata = stratified(size, wasm.math);
  const columns = unknownColumns(model, mindOf(model, "case").distributions, wasm.math, strata);
  const given = { seed: 1, worlds, claims: [], unknowns: columns(1, worlds, []), believed: [] };
  const seconds = [];
  const theirs = [];
  for (let round = 0; round < rounds; round++) {
    seconds.push(leastWork(40, () => program.run(given)) / runs);
    if (programs !== null) theirs.push(programs.vector(40).seconds / runs);
  }
  const own = 1e6 * median(seconds);
  const c = 1e6 * median(theirs);
  process.stdout.write(
    `| ${name} | ${variance(plain).toPrecision(3)} | ${(size * variance(means)).toPrecision(3)} | ${fewer.toPrecision(3)} | ${own.toPrecision(3)} |${programs === null ? "" : ` ${c.toPrecision(3)} | ${((fewer * c) / own).toPrecision(3)} |`}\n`,
  );
}
