/**
 * `node bench/queue.mjs [CASE]`: measures what a queue costs. Starts a server and workers by itself; prints for 1, 2 and 4 workers the processor time that
 * asker, workers and server spend on a task that is next to nothing, and on a run of a case, next to the same run on as many threads (no more than there are cores). Processor time, since the
 * clock says little where workers share their processors with others; the clock's seconds are next to it, and throughput is by them.
 */

import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { endOnSignals, scratchFolder } from "../scripts/scratch.mjs";
import { modelOf } from "./case.mjs";

const dist = (file) => import(new URL(`../dist/${file}.js`, import.meta.url));
const { keys, openServer } = await dist("cli/queue/server");
const { shardsAt } = await dist("cli/queue/shards");
const { queuedLab } = await dist("cli/queue/lab");
const { job } = await dist("ensemble/jobs");
const { plainSituation } = await dist("ensemble/situation");

const say = (text) => process.stdout.write(`${text}\n`);
const bin = new URL("../bin/casus.js", import.meta.url).pathname;
const path = process.argv[2] ?? new URL("../casebook/guarantee", import.meta.url).pathname;
const words = ["run", path, "--worlds", "8000", "--json"];
const tasks = 1000;
const port = 20_000 + (process.pid % 20_000);
const url = `redis://localhost:${port}`;

const program = ["valkey-server", "redis-server"].find((name) => spawnSync(name, ["--version"]).status === 0);
if (program === undefined) throw new Error("neither valkey-server nor redis-server is installed");
endOnSignals();
const folder = scratchFolder();
const said = (child, text) =>
  new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data) => {
        if (data.toString().includes(text)) resolve();
      });
  });
const pipes = { stdio: ["ignore", "pipe", "pipe"] };
const serving = spawn(program, ["--port", port, "--dir", folder, "--save", "", "--appendonly", "yes"], pipes);
const started = [serving];
// Nothing goes on where this fails in between.
process.on("exit", () => started.forEach((child) => child.kill("SIGKILL")));
await said(serving, "Ready to accept");

/** Seconds of processor time a process and its threads have spent. */
function spentBy(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const small = modelOf('case small "Small"\nunknown u : number ~ uniform(0, 1) judged\noutcome x : number = u');

/** Seconds of processor time of this process's children that have ended. */
function spentByEnded() {
  const fields = readFileSync("/proc/self/stat", "utf8").split(") ")[1].split(" ");
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

/** A command to its end: its processor time, seconds by the clock, what it printed. */
function command(given) {
  const [before, from] = [spentByEnded(), process.hrtime.bigint()];
  const { stdout, stderr, status } = spawnSync(process.execPath, [bin, ...given], { encoding: "utf8", maxBuffer: 1e9 });
  // 1: a conclusion failed, which is an answer.
  if (status !== 0 && status !== 1) throw new Error(stderr);
  return {
    seconds: Number(process.hrtime.bigint() - from) / 1e9,
    spent: spentByEnded() - before,
    text: stdout,
  };
}

const counts = [1, 2, 4];
/** As many threads as workers, as far as there are cores. */
const threadsFor = (count) => Math.min(count, availableParallelism());
const alone = new Map(
  [...new Set(counts.map(threadsFor))].map((threads) => {
    const found = command([...words, "--threads", String(threads)]);
    say(
      `${words.join(" ")}, ${threads} threads: ${found.spent.toFixed(1)} s of processor time, ${found.seconds.toFixed(1)} s`,
    );
    return [threads, found];
  }),
);
say(
  "\n| workers | a small task: asker | workers | server | tasks/s | the case: processor time | seconds | throughput, of as many threads' | same bits |",
);
say("|---:|---:|---:|---:|---:|---:|---:|---:|---|");
for (const count of counts) {
  const workers = Array.from({ length: count }, () =>
    spawn(process.execPath, [bin, "work", "--queue", url, "--threads", "1"], pipes),
  );
  started.push(...workers);
  await Promise.all(workers.map((w) => said(w, "Ctrl-C")));
  const spent = () => [
    process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6,
    workers.reduce((sum, w) => sum + spentBy(w.pid), 0),
    spentBy(serving.pid),
  ];
  const server = await openServer(url);
  const shards = shardsAt(undefined, server);
  const { lab, close } = await queuedLab({
    server,
    shards,
    // The workers' build: they run the bundled command where there is one.
    version: await server.redis.get(keys.engine),
    onProgress: () => {},
    onNote: () => {},
  });
  const sent = (seed, number) =>
    lab.each(
      small,
      Array.from({ length: number }, (_, i) => ({
        kind: "runs",
        job: job("case", plainSituation({}), {}),
        seed,
        first: 8 * i,
        count: 8,
      })),
      () => {},
    );
  await sent(1000 + count, 200);
  const before = spent();
  const from = process.hrtime.bigint();
  await sent(count, tasks);
  const seconds = Number(process.hrtime.bigint() - from) / 1e9;
  const [asker, working, keeping] = spent().map((s, i) => (1e3 * (s - before[i])) / tasks);
  await server.redis.flushall();
  const [, workersBefore, serverBefore] = spent();
  const queued = command([...words, "--queue", url]);
  const [, workersAfter, serverAfter] = spent();
  const whole = queued.spent + workersAfter - workersBefore + serverAfter - serverBefore;
  say(
    `| ${count} | ${asker.toFixed(2)} ms | ${working.toFixed(2)} ms | ${keeping.toFixed(2)} ms | ${Math.round(tasks / seconds)} | ${whole.toFixed(1)} s | ${queued.seconds.toFixed(1)} | ${(alone.get(threadsFor(count)).seconds / queued.seconds).toFixed(2)} | ${[...alone.values()].every((a) => a.text === queued.text) ? "yes" : "no"} |`,
  );
  await close();
  for (const w of workers) w.kill("SIGKILL");
}
serving.kill("SIGKILL");
