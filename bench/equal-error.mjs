/**
 * `node bench/equal-error.mjs`: how much sooner than hand-written AVX2 C with the plain estimator the kernel reaches the same standard error, on the bench's
 * model. The figure is the chance of each event; the plain estimator counts runs in which it happens, ours takes its conditional chance given the path without
 * it (`ensemble/table/exact-chance.ts`), over worlds that are stratified in blocks of 16 (`ensemble/table/stratified.ts`). Then the same of the first case's leading conclusion. Nobody wrote
 * that case in C, so its C is taken to be as much faster than the kernel there as it is on the bench's model. `--short`: a few runs, to see that it starts.
 */

import { drawn, regime, wasm } from "./case.mjs";
import { leastWork, median } from "./measure.mjs";
import { native } from "./native.mjs";

const dist = (file) => import(new URL(`../dist/${file}.js`, import.meta.url));
const { smoothed } = await dist("ensemble/table/exact-chance");
const { ownUniforms, stratified } = await dist("ensemble/table/stratified");
const { claimColumns } = await dist("ensemble/draws/claims");
const { believedColumns, unknownColumns, worldsFrom } = await dist("ensemble/draws/draws");
const { mindOf } = await dist("ensemble/draws/mind");
const { standing } = await dist("ensemble/profiles");
const { itemsOf, situationOf } = await dist("ensemble/situation");
const { load, withRecords } = await dist("cli/load");

const isShort = process.argv.includes("--short");
const runs = 256;
const blocks = isShort ? 2 : 64;
const size = 16;
const rounds = isShort ? 1 : 5;
const repetitions = isShort ? 2 : 40;
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
    seconds.push(leastWork(repetitions, () => program.run(given)) / runs);
    if (programs !== null) theirs.push(programs.vector(repetitions).seconds / runs);
  }
  const own = 1e6 * median(seconds);
  const c = 1e6 * median(theirs);
  process.stdout.write(
    `| ${name} | ${variance(plain).toPrecision(3)} | ${(size * variance(means)).toPrecision(3)} | ${fewer.toPrecision(3)} | ${own.toPrecision(3)} |${programs === null ? "" : ` ${c.toPrecision(3)} | ${((fewer * c) / own).toPrecision(3)} |`}\n`,
  );
}

leading();

/** The margin of the first case's leading conclusion, under its first view: both sides on the same worlds. */
function leading() {
  const path = new URL("../casebook/kremlin-2022", import.meta.url).pathname;
  const { model: bare } = load(path);
  const { model: of } = withRecords(path, bare);
  const { comparison } = of.conclusions.find((c) => c.name === of.leading) ?? of.conclusions[0];
  const [view] = of.views.map((v) => v.name);
  const stand = standing(of, {});
  const sides = comparison.figures.map((f) => {
    const situation = situationOf(of, f.intervention, stand);
    const items = itemsOf(of, situation.suppositions);
    const soft = smoothed(of, f.of, situation.suppositions);
    const setting = { choices: situation.choices, suppositions: items };
    return {
      plain: wasm.compile(of, setting, { finals: [f.of], ...nothing }),
      soft: wasm.compile(
        of,
        { ...setting, suppositions: [...items, ...soft.supposition.items] },
        { finals: [soft.of(f.of)], ...nothing },
      ),
    };
  });
  const mind = mindOf(of, view);
  const givenTo = (program, batch, uniforms) => {
    const worlds = worldsFrom(batch * runs, runs);
    const claims = claimColumns(of, mind, {}, uniforms)(1, worlds);
    return {
      seed: 1,
      worlds,
      claims,
      unknowns: unknownColumns(of, mind.distributions, wasm.math, uniforms)(1, worlds, claims),
      believed: believedColumns(of, program, wasm.math, uniforms)(1, worlds, claims),
    };
  };
  const margins = (what, uniforms) =>
    Array.from({ length: blocks }, (_, b) => {
      const [first, second] = sides.map((side) => side[what].run(givenTo(side[what], b, uniforms)).finals[0]);
      return first.map((v, w) => v - second[w]);
    }).flatMap((part) => [...part]);
  const plain = margins("plain", ownUniforms(wasm.math));
  const ours = margins("soft", stratified(size, wasm.math));
  const means = Array.from({ length: ours.length / size }, (_, b) => mean(ours.slice(b * size, (b + 1) * size)));
  const error = Math.sqrt(variance(plain) / plain.length + variance(means) / means.length);
  if (!isShort && Math.abs(mean(plain) - mean(ours)) > 4 * error)
    throw new Error(`the leading conclusion: ${mean(plain)}, not ${mean(ours)}`);
  const fewer = variance(plain) / (size * variance(means));
  const spent = (what) => {
    const given = sides.map((side) => givenTo(side[what], 0, ownUniforms(wasm.math)));
    const work = () => sides.forEach((side, i) => side[what].run(given[i]));
    return median(Array.from({ length: rounds }, () => leastWork(repetitions, work))) / (runs * sides.length);
  };
  const [own, bare256] = [spent("soft"), spent("plain")];
  const bench = plainProgram({ op: "happened", event: model.events[0].name, by: null });
  const ratio =
    programs === null ? null : leastWork(repetitions, () => bench.run(draws)) / programs.vector(repetitions).seconds;
  const sooner = ratio === null ? "–" : ((fewer * bare256) / ratio / own).toPrecision(3);
  process.stdout.write(
    `\nThe first case's leading conclusion, ${of.leading}: variance of a pair of runs ${variance(plain).toPrecision(3)} and ${(size * variance(means)).toPrecision(3)}, ${fewer.toPrecision(3)} times fewer; ` +
      `${(1e6 * own).toPrecision(3)} µs a run, ${(1e6 * bare256).toPrecision(3)} by the kernel's plain program${ratio === null ? "" : `, ${((1e6 * bare256) / ratio).toPrecision(3)} by a C that is ${ratio.toPrecision(3)} times as fast as that`}; sooner than such a C by ${sooner}\n`,
  );
}
