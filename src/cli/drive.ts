/** Does work on threads: says on a terminal how far it is, and lets Ctrl-C stop it at once. */

import {
  pool,
  totalRuns,
  workOfTasks,
  type Engine,
  type Lab,
  type Model,
  type Progress,
  type Task,
} from "#internal.ts";
import type { RunOptions } from "./options.ts";
import { buildName } from "./build.ts";
import { queuedLab } from "./queue/lab.ts";
import { openServer } from "./queue/server.ts";
import { mention } from "./notes.ts";
import { shardsAt } from "./queue/shards.ts";
import { secondsPerEquation } from "./speed.ts";
import { isWatched, status } from "./status.ts";
import { alarm, patience, startThread } from "./threads.ts";

/** The user stopped it: exit code 130. */
export class Stopped extends Error {
  constructor() {
    super("stopped");
    this.name = "Stopped";
  }
}

type Driven = Pick<RunOptions, "threads"> &
  Partial<Pick<RunOptions, "engine" | "queue" | "shards">> & {
    readonly signal?: AbortSignal;
    /** Hears of progress as well. */
    readonly onProgress?: (progress: Progress) => void;
  };

/** Where the tasks are done: on threads of this machine, or by the workers at a queue. */
interface Drive {
  readonly lab: Lab;
  stop(reason: unknown): void;
  close(): Promise<void>;
}

export async function drive<T>(o: Driven, work: (lab: Lab, stage: (text: string) => void) => Promise<T>): Promise<T> {
  if (o.signal?.aborted === true) throw new Stopped();
  const onProgress = (progress: Progress): void => {
    status().done(progress.done);
    o.onProgress?.(progress);
  };
  const driven = o.queue === undefined ? byThreads(o, onProgress) : await byQueue(o.queue, o, onProgress);
  const stop = (): void => driven.stop(new Stopped());
  o.signal?.addEventListener("abort", stop);
  try {
    return await work(watched(driven.lab, o.engine ?? "wasm", stop), status().doing);
  } finally {
    o.signal?.removeEventListener("abort", stop);
    await driven.close();
    status().rest();
    status().doing("");
  }
}

function byThreads(o: Driven, onProgress: (progress: Progress) => void): Drive {
  const threads = pool({
    threads: o.threads,
    start: () => startThread(o.engine ?? "wasm"),
    onProgress,
    onLoss: (loss) => mention(loss.message),
    alarm,
    patience,
  });
  return {
    lab: threads.lab,
    stop: (reason) => threads.stop(reason),
    close: async () => threads.stop(new Stopped()),
  };
}

async function byQueue(url: string, o: Driven, onProgress: (progress: Progress) => void): Promise<Drive> {
  const server = await openServer(url);
  try {
    return await queuedLab({
      server,
      shards: shardsAt(o.shards, server),
      version: buildName(),
      onProgress,
      onNote: mention,
    });
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** Says before runs how long they may take, and listens for Ctrl-C only while threads work: at other times the system ends the program by itself, even where this thread is busy. */
function watched(lab: Lab, engine: Engine["name"], onStop: () => void): Lab {
  let each: number | null = null;
  const during = async <R>(model: Model, tasks: readonly Task[], work: () => Promise<R>): Promise<R> => {
    process.on("SIGINT", onStop);
    if (isWatched()) {
      each ??= secondsPerEquation(engine);
      const seconds = (workOfTasks(model, tasks) * each) / Math.max(1, Math.min(lab.threads, tasks.length));
      status().runs(totalRuns(tasks), seconds);
    }
    try {
      return await work();
    } finally {
      status().rest();
      process.removeListener("SIGINT", onStop);
    }
  };
  return {
    ...lab,
    perform: (model, tasks) => during(model, tasks, () => lab.perform(model, tasks)),
    each: (model, tasks, take) => during(model, tasks, () => lab.each(model, tasks, take)),
  };
}
