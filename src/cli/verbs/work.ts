/** `casus work`: does tasks of a queue until it is stopped. */

import type { Command } from "commander";
import { pool, type Engine } from "#internal.ts";
import type { Done, ExitCode } from "../exit.ts";
import { addShardsOption, engineOption, whole } from "../options.ts";
import { buildName } from "../build.ts";
import { openServer } from "../queue/server.ts";
import { shardsAt } from "../queue/shards.ts";
import { serveQueue } from "../queue/worker.ts";
import { alarm, patience, startThread, usualThreads } from "../threads.ts";

interface WorkOptions {
  readonly queue: string;
  readonly threads: number;
  readonly engine: Engine["name"];
  readonly shards?: string;
}

export function addWork(program: Command, done: Done): void {
  addShardsOption(
    program
      .command("work")
      .description("do the tasks that casus VERB --queue sends to the same queue, until Ctrl-C")
      .requiredOption("--queue <url>", "the queue, such as redis://host:6379 (Valkey or Redis)")
      .option("--threads <n>", "number of threads", whole(1, 64), usualThreads)
      .addOption(engineOption()),
  ).action(async (o: WorkOptions) => done(await work(o)));
}

async function work({ queue, threads, engine, shards }: WorkOptions): Promise<ExitCode> {
  const note = (text: string): void => void process.stderr.write(`casus: ${text}\n`);
  const server = await openServer(queue);
  const local = pool({
    threads,
    start: () => startThread(engine),
    onProgress: () => {},
    onLoss: (loss) => note(loss.message),
    alarm,
    patience,
  });
  try {
    const serving = await serveQueue({
      server,
      shards: shardsAt(shards, server),
      version: buildName(),
      lab: local.lab,
      onNote: note,
    });
    note(
      `${threads === 1 ? "1 thread works" : `${threads} threads work`} for ${server.shown}; Ctrl-C ends them after the tasks in hand`,
    );
    await asked();
    note("ending");
    await serving.close();
  } finally {
    local.stop(new Error("the worker has ended"));
    await server.close();
  }
  return 0;
}

/** Resolves when the process is asked to end. */
function asked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}
