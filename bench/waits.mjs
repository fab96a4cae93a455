/**
 * `node bench/waits.mjs [--case PATH --view NAME --target NAME] [--old PATH] [--rounds N] [--only WORD]`: what a user waits for. Runs each command from nothing and prints a table: seconds by the clock, seconds of
 * processor time of all its threads, simulated runs where the command says how many, memory. `--old`: another checkout, built, whose commands are run in turn with these.
 */

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { endOnSignals, scratchFolder } from "../scripts/scratch.mjs";
import { measureCommand, startCommand } from "./commands.mjs";
import { median } from "./measure.mjs";

const here = fileURLToPath(new URL("..", import.meta.url));
const { values: asked } = parseArgs({
  options: {
    case: { type: "string", default: join(here, "casebook/kremlin-2022") },
    view: { type: "string", default: "author" },
    target: { type: "string", default: "sooner_10" },
    old: { type: "string" },
    rounds: { type: "string", default: "1" },
    only: { type: "string", default: "" },
  },
});
const path = resolve(asked.case);
endOnSignals();
const scratch = scratchFolder();

/** `goal`: seconds by the clock on two quiet cores. `json`: the document says how many runs were made. */
const waits = [
  { name: "a command starts", words: ["--version"] },
  { name: "check", words: ["check", path] },
  { name: "run, one view", words: ["run", path, "--view", asked.view, "--json"], goal: 3, json: true },
  { name: "run, every view", words: ["run", path, "--all-views", "--json"], goal: 8, json: true },
  {
    name: "run, one view, 100,000 worlds",
    words: ["run", path, "--view", asked.view, "--worlds", "100000", "--json"],
    json: true,
  },
  { name: "explain", words: ["explain", path, asked.target, "--json"], goal: 5, json: true },
  { name: "flip", words: ["flip", path, asked.target, "--json"], goal: 5, json: true },
  { name: "compare", words: ["compare", path, "--json"], goal: 5, json: true },
  { name: "learn", words: ["learn", path, "--json"], goal: 10, json: true },
  { name: "report", words: ["report", path, "--out", join(scratch, "report.html")], goal: 15 },
  { name: "publish", words: ["publish", path, "--out", join(scratch, "page")], goal: 30 },
];

const said = (seconds) => (seconds === null ? "–" : seconds < 10 ? seconds.toFixed(2) : seconds.toFixed(0));
const columns = ["", "by the clock, s", "goal", "processor, s", "runs", "memory, MB"];
if (asked.old !== undefined) columns.push("before: by the clock", "before: processor", "old ÷ new, processor");
print(columns);
print(columns.map(() => "---"));
for (const wait of waits.filter((w) => w.name.includes(asked.only))) {
  const rounds = { now: [], before: [] };
  for (let i = 0; i < Number(asked.rounds); i++) {
    rounds.now.push(await measured(here, wait));
    if (asked.old !== undefined) rounds.before.push(await measured(resolve(asked.old), wait));
  }
  const [now, before] = [rounds.now, rounds.before].map(middle);
  const row = [
    `${wait.name}: \`casus ${wait.words.join(" ").replaceAll(path, "CASE").replaceAll(`${scratch}/`, "")}\``,
    said(now.wall),
    wait.goal === undefined ? "" : `≤ ${wait.goal}`,
    said(now.processor),
    now.runs === null ? "–" : now.runs.toLocaleString("en"),
    (now.memory / 1e6).toFixed(0),
  ];
  if (asked.old !== undefined)
    row.push(
      said(before.wall),
      said(before.processor),
      before.processor === null ? "–" : (before.processor / now.processor).toFixed(2),
    );
  print(row);
}
if ("web: filled".includes(asked.only)) await webWaits();

async function measured(root, { words, json }) {
  const { text, ...found } = await measureCommand(root, words, scratch);
  return { ...found, runs: json === true && found.wall !== null ? runsIn(text) : null };
}

function runsIn(text) {
  const { runs, provenance } = JSON.parse(text);
  return runs ?? provenance?.runs ?? null;
}

function middle(rounds) {
  const of = (what) => {
    const values = rounds.map((r) => r[what]).filter((v) => v !== null);
    return values.length === 0 ? null : median(values);
  };
  return { wall: of("wall"), processor: of("processor"), runs: of("runs"), memory: of("memory") ?? Number.NaN };
}

/** From the moment the page says where it is: until the first screen is filled, every view, the table, the reweighing, the panels. On a first start, and when it was opened before. */
async function webWaits() {
  for (const name of ["web, opened for the first time", "web, opened before"]) {
    const child = startCommand(here, ["web", path, "--port", "0"], join(scratch, "usage.json"), scratch);
    const address = await new Promise((resolve) => {
      child.stderr.on("data", (part) => {
        const found = /http:\/\/localhost:\d+\//.exec(String(part));
        if (found !== null) resolve(found[0]);
      });
    });
    const begun = performance.now();
    const at = await filledAt(address, begun);
    child.kill("SIGINT");
    await new Promise((resolve) => child.on("close", resolve));
    const { processor, memory } = JSON.parse(readFileSync(join(scratch, "usage.json"), "utf8"));
    const parts = Object.entries(at).map(([what, seconds]) => `${what} ${said(seconds)}`);
    print([
      `${name}: \`casus web CASE\`; ${parts.join(", ")}`,
      said(at.panels ?? null),
      "≤ 5",
      said(processor),
      "–",
      (memory / 1e6).toFixed(0),
    ]);
  }
}

/** Seconds at which each part of the page was there, as the page itself hears of them. */
async function filledAt(address, begun) {
  const at = {};
  const note = (what) => (at[what] ??= (performance.now() - begun) / 1000);
  const look = async () => {
    // A page is written in parts that refer to one another; what is null is not there yet.
    const { page } = JSON.parse(await (await fetch(`${address}case.json`)).text());
    for (const [key, what] of [
      ["lead", "first screen"],
      ["findings", "every view"],
      ["panels", "panels"],
    ])
      if (page[key] !== null) note(what);
  };
  const stop = new AbortController();
  const events = await fetch(`${address}events?edition=-1`, { signal: stop.signal });
  let text = "";
  for await (const part of events.body) {
    text += Buffer.from(part).toString();
    const messages = text.split("\n\n");
    text = messages.pop();
    for (const message of messages) {
      const extra = /^event: extra\ndata: (\w+)/m.exec(message);
      if (extra !== null) note(extra[1]);
      else if (/^event: /m.test(message)) await look();
    }
    if (at.panels !== undefined) break;
  }
  stop.abort();
  return at;
}

function print(cells) {
  process.stdout.write(`| ${cells.join(" | ")} |\n`);
}
