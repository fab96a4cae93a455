/**
 * `npm run fuzz`: changes cases, files of other programs, tables, addresses and bytes at random and looks for what falls over. Every input is a function of the seed and its index,
 * so a run can be stopped and taken up again. A watchdog ends what hangs. Exits 1 where a fault was found.
 */

import { mkdirSync, readFileSync, writeFileSync, existsSync, appendFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { binaryKinds, corpusInputs, kindOf } from "./seeds.mjs";
import { inputsOf } from "./inputs.mjs";

const { values: o } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    seconds: { type: "string" },
    inputs: { type: "string" },
    state: { type: "string" },
    out: { type: "string", default: "fuzz-faults" },
    patience: { type: "string", default: "20" },
    replay: { type: "string" },
    quiet: { type: "boolean", default: false },
  },
});

const seed = Number(o.seed);
const patience = Number(o.patience) * 1000;
const started = Date.now();
const until = o.seconds === undefined ? Infinity : started + Number(o.seconds) * 1000;

if (o.replay !== undefined) {
  const { kinds } = await import("./targets.mjs");
  const { kind, input } = /^\d+$/.test(o.replay)
    ? inputsOf(seed)(Number(o.replay))
    : {
        kind: kindOf(o.replay),
        input: readFileSync(o.replay, binaryKinds.includes(kindOf(o.replay)) ? "latin1" : "utf8"),
      };
  process.stdout.write(`${input}\n--- ${kind}\n${await kinds[kind](input)}\n`);
  process.exit(0);
}

const fresh = { seed, next: 0, faults: [], slow: 0, met: {}, seconds: 0 };
const state = o.state !== undefined && existsSync(o.state) ? JSON.parse(readFileSync(o.state, "utf8")) : fresh;
const last = o.inputs === undefined ? Infinity : Number(o.inputs);
const signatures = new Set(state.faults.map((f) => f.signature));
const before = state.seconds;

function save() {
  state.seconds = before + (Date.now() - started) / 1000;
  if (o.state !== undefined) writeFileSync(o.state, JSON.stringify(state, null, 1));
}

/** One of each kind is kept whole: which target, what it says without its numbers, and where it was thrown. */
function fault({ index, kind, input, name, message, stack }) {
  const where = /dist\/[^\s)]+\.js:\d+/.exec(stack)?.[0] ?? "";
  const signature = `${kind} ${name}: ${message.replaceAll(/'[^']*'|-?\d[\d.e+-]*/g, "·").slice(0, 160)} ${where.replace(/:\d+$/, "")}`;
  if (signatures.has(signature)) return;
  signatures.add(signature);
  state.faults.push({ index, kind, signature, message: message.slice(0, 400), where });
  mkdirSync(o.out, { recursive: true });
  const ending =
    { case: "casus", game: /^\s*EFG/.test(input) ? "efg" : "nfg", lines: "jsonl", settings: "json" }[kind] ?? kind;
  const file = join(o.out, `${seed}-${index}.${ending}`);
  writeFileSync(file, binaryKinds.includes(kind) ? Buffer.from(input, "latin1") : input);
  appendFileSync(join(o.out, "faults.txt"), `${file}\n${signature}\n${stack}\n\n`);
  process.stderr.write(`fuzz: fault at input ${index} of seed ${seed}: ${signature} (${file})\n`);
}

/** Milliseconds of processor time that this process has had. A machine with much else to do gives an input little of it: the clock alone would take that for a hang. */
const processorTime = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
/** What waits uses no processor time: so many times the patience by the clock end it as well. */
const waiting = 10;

/** Runs inputs from `first`; ends at the first that hangs or kills the thread. Gives the next index. */
function stretch(first, count) {
  return new Promise((resolve) => {
    const shared = new SharedArrayBuffer(8);
    const at = new Int32Array(shared);
    at[0] = first;
    const worker = new Worker(new URL("./worker.mjs", import.meta.url), {
      workerData: { seed, first, count, shared },
      resourceLimits: { maxOldGenerationSizeMb: 1024 },
      stdout: false,
    });
    let seen = first;
    let since = Date.now();
    let spent = processorTime();
    let isOver = false;
    const finish = (next) => {
      if (isOver) return;
      isOver = true;
      clearInterval(timer);
      void worker.terminate().then(() => resolve(next));
    };
    const lost = (name, message) => {
      const index = Atomics.load(at, 0);
      const { kind, input } = inputsOf(seed)(index);
      if (!isOver) fault({ index, kind, input, name, message, stack: "" });
      finish(index + 1);
    };
    const timer = setInterval(() => {
      const now = Atomics.load(at, 0);
      if (now !== seen || Atomics.load(at, 1) === 0) {
        seen = now;
        since = Date.now();
        spent = processorTime();
      } else if (processorTime() - spent > patience || Date.now() - since > waiting * patience)
        lost("Hang", `no answer in ${patience / 1000} seconds of processor time`);
      if (Date.now() > until) finish(now);
    }, 500);
    worker.on("message", (m) => {
      if (m.what === "fault") fault(m);
      if (m.what === "slow") {
        state.slow++;
        mkdirSync(o.out, { recursive: true });
        appendFileSync(join(o.out, "slow.txt"), `${m.index} ${m.kind} ${Math.round(m.took)} ms\n`);
      }
      if (m.what === "done") {
        state.next = m.next;
        for (const [how, n] of Object.entries(m.met)) state.met[how] = (state.met[how] ?? 0) + n;
        save();
        if (m.next >= first + count) finish(m.next);
      }
    });
    worker.on("error", (error) => lost("Lost", error.message));
  });
}

if (state.next === 0) {
  const { kinds } = await import("./targets.mjs");
  for (const { name, kind, input } of corpusInputs())
    try {
      await kinds[kind](input);
    } catch (error) {
      fault({
        index: -1,
        kind,
        input,
        name: error.name,
        message: `${name}: ${error.message}`,
        stack: String(error.stack),
      });
    }
}
while (state.next < last && Date.now() < until) {
  // A thread that lives for ever hides what it leaks.
  state.next = await stretch(state.next, Math.min(20_000, last - state.next));
  save();
  if (!o.quiet)
    process.stderr.write(`fuzz: ${state.next} inputs of seed ${seed}, ${state.faults.length} kinds of fault\n`);
}
save();
process.stdout.write(
  `${JSON.stringify({ seed, inputs: state.next, faults: state.faults.length, slow: state.slow, met: state.met }, null, 1)}\n`,
);
process.exit(state.faults.length > 0 ? 1 : 0);
