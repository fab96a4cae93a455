/**
 * `node bench/threads.mjs [--case PATH --target NAME --only WORD --rounds N]`: how much sooner two threads are done than one, by the clock of a quiet machine; and what the two cost in
 * processor time, of which no machine's load makes more. Both must write the same.
 */

import { fileURLToPath } from "node:url";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { endOnSignals, scratchFolder } from "../scripts/scratch.mjs";
import { measureCommand } from "./commands.mjs";
import { median } from "./measure.mjs";

const here = fileURLToPath(new URL("..", import.meta.url));
const { values: asked } = parseArgs({
  options: {
    case: { type: "string", default: join(here, "casebook/kremlin-2022") },
    target: { type: "string", default: "sooner_10" },
    rounds: { type: "string", default: "1" },
    only: { type: "string", default: "" },
  },
});
const path = resolve(asked.case);
endOnSignals();
const scratch = scratchFolder();
const commands = {
  "run, every view": ["run", path, "--all-views", "--json"],
  learn: ["learn", path, "--json"],
  explain: ["explain", path, asked.target, "--json"],
};

const print = (cells) => process.stdout.write(`| ${cells.join(" | ")} |\n`);
print([
  "",
  "1 thread: by the clock, s",
  "processor, s",
  "2 threads: by the clock, s",
  "processor, s",
  "sooner by",
  "same figures",
]);
print(["---", "---:", "---:", "---:", "---:", "---:", "---"]);
for (const [name, words] of Object.entries(commands).filter(([n]) => n.includes(asked.only))) {
  const found = { 1: [], 2: [] };
  for (let i = 0; i < Number(asked.rounds); i++)
    for (const threads of [1, 2])
      found[threads].push(await measureCommand(here, [...words, "--threads", String(threads)], scratch));
  const of = (threads, what) => median(found[threads].map((f) => f[what]));
  const texts = new Set([...found[1], ...found[2]].map((f) => f.text));
  print([
    `${name}: \`casus ${words.join(" ").replaceAll(path, "CASE")}\``,
    ...[1, 2].flatMap((threads) => [of(threads, "wall").toFixed(1), of(threads, "processor").toFixed(1)]),
    (of(1, "wall") / of(2, "wall")).toFixed(2),
    texts.size === 1 ? "yes" : "no",
  ]);
}
