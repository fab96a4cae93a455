/**
 * `node bench/table.mjs`: measures how long it takes to read a figure from a table of 4,096 patterns, in milliseconds and against one weighted sum over its
 * numbers. `--short` measures everything once, to show that it runs.
 */

import { best, median } from "./measure.mjs";

const room = (file) => import(new URL(`../dist/${file}.js`, import.meta.url));
const { parse, check, askedOf, buildTable, mindOf, localLab, standing } = await room("internal");
const { marginAt } = await room("analysis/carries/table-margin");
const { attribution } = await room("analysis/carries/attribution");
const { claimFlips, flips } = await room("analysis/carries/flips");
const { engineNamed } = await room("kernel/wasm/engine");

/** As many claims as are asked for, some of them together, one unknown; a plain statement and one with a condition. */
function modelOf(claims) {
  const names = Array.from({ length: claims }, (_, i) => `k${i}`);
  const text = `case t "T"
${names.map((n, i) => `claim ${n} causal "${n}" { credence ${Math.round(20 + (60 * i) / claims)}% }`).join("\n")}
unknown z : number ~ normal(-1 to 1) judged
outcome x : number = ${names.map((n, i) => `(if ${n} then ${(i % 5) - 1.5} else 0)`).join(" + ")} + z * (if k3 then 2 else 1) + (if k1 and k2 then 2 else 0)
outcome y : number = (if k4 or k5 then z else 0) + (if k1 then 1 else 0)
conclusion plain "Plain": mean(x) - mean(y) > 3
conclusion known "Conditional": mean(x | z > 0) > 3`;
  const document = { name: "t.casus", text };
  const [file] = parse(document);
  return check([file], [document])[0];
}

async function tableOf(claims) {
  const model = modelOf(claims);
  const request = { view: "case", serves: ["case"], seed: 1, worlds: 256, patterns: 4096, exact: 12 };
  const asked = model.conclusions.map((c) => askedOf(model, c.name));
  const lab = localLab(
    async () => {},
    engineNamed("wasm", globalThis, () => {}),
  );
  return { mind: mindOf(model, "case"), table: await buildTable(model, asked, standing(model, {}), request, lab) };
}

const reads = {
  "the margin and verdict": marginAt,
  "what each claim contributes": attribution,
  "the flip points of all claims": claimFlips,
  "pairs and the smallest set as well": flips,
};

/** Seconds of one multiplication and addition for each number of a column as long as the table. */
function sumOver(length) {
  const [w, v] = [new Float64Array(length).fill(1.5), new Float64Array(length).fill(0.5)];
  return best(200, () => {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += w[i] * v[i];
    if (sum < 0) throw new Error("unreachable");
  });
}

const limit = 10;
const isShort = process.argv.includes("--short");
let isOver = false;
for (const claims of isShort ? [30] : [12, 30]) {
  const { table, mind } = await tableOf(claims);
  const length = table.design.kind === "exact" ? 4096 * table.design.batches : 4096;
  const unit = sumOver(length);
  process.stdout.write(`${claims} claims, ${table.design.kind}, 4,096 patterns\n`);
  for (const { name } of table.targets)
    for (const [what, read] of Object.entries(reads)) {
      const rounds = Array.from({ length: isShort ? 1 : 9 }, () =>
        best(isShort ? 1 : 8, () => read(table, name, mind)),
      );
      const seconds = median(rounds);
      isOver ||= 1000 * Math.min(...rounds) > limit && read !== flips;
      process.stdout.write(
        `  ${name.padEnd(6)} ${what.padEnd(36)} ${(1000 * seconds).toFixed(1).padStart(6)} ms  ${Math.round(seconds / unit)} sums\n`,
      );
    }
}
process.stdout.write(isOver ? `over ${limit} ms\n` : `each figure within ${limit} ms\n`);
process.exitCode = isOver && !isShort ? 1 : 0;
