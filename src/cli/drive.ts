/** Does work on threads: draws a progress bar on a terminal, and lets Ctrl-C stop it at once. */

import { pool, type Lab, type Progress } from "#internal.ts";
import type { RunOptions } from "./options.ts";
import { buildName } from "./build.ts";
import { queuedLab } from "./queue/lab.ts";
import { openServer } from "./queue/server.ts";
import { shardsAt } from "./queue/shards.ts";
import { alarm, patience, startThread } from "./threads.ts";

/** The user stopped it: exit code 130. */
export class Stopped extends Error {
  constructor() {
    super("stopped");
    this.name = "Stopped";
  }
}

/** Milliseconds between two drawings of the bar, and between two lines where there is no terminal to draw on. */
const pause = 100;
const linePause = 30_000;

type Driven = Pick<RunOptions, "threads"> &
  Partial<Pick<RunOptions, "engine" | "queue" | "shards">> & {
    readonly signal?: AbortSignal;
    /** Hears of progress, instead of a bar on the terminal. */
    readonly onProgress?: (progress: Progress) => void;
  };

/** Where the tasks are done: on threads of this machine, or by the workers at a queue. */
interface Drive {
  readonly lab: Lab;
  stop(reason: unknown): void;
  close(): Promise<void>;
}

export async function drive<T>(
  o: Driven,
  work: (lab: Lab, stage: (text: string) => void) => Promise<T>,
  isLong = false,
): Promise<T> {
  if (o.signal?.aborted === true) throw new Stopped();
  const bar = o.onProgress === undefined ? barOn(process.stderr, isLong) : silentBar(o.onProgress);
  const driven = o.queue === undefined ? byThreads(o, bar) : await byQueue(o.queue, o, bar);
  const stop = (): void => driven.stop(new Stopped());
  o.signal?.addEventListener("abort", stop);
  try {
    return await work(interruptible(driven.lab, stop), bar.stage);
  } finally {
    o.signal?.removeEventListener("abort", stop);
    await driven.close();
    bar.clear();
  }
}

function byThreads(o: Driven, bar: Bar): Drive {
  const threads = pool({
    threads: o.threads,
    start: () => startThread(o.engine ?? "wasm"),
    onProgress: bar.draw,
    onLoss: (loss) => note(loss.message),
    alarm,
    patience,
  });
  return {
    lab: threads.lab,
    stop: (reason) => threads.stop(reason),
    close: async () => threads.stop(new Stopped()),
  };
}

async function byQueue(url: string, o: Driven, bar: Bar): Promise<Drive> {
  const server = await openServer(url);
  try {
    return await queuedLab({
      server,
      shards: shardsAt(o.shards, server),
      version: buildName(),
      onProgress: bar.draw,
      onNote: note,
    });
  } catch (error) {
    await server.close();
    throw error;
  }
}

function note(text: string): void {
  process.stderr.write(`casus: ${text}\n`);
}

/** Listens for Ctrl-C only while threads work: at other times the system ends the program by itself, even where this thread is busy. */
function interruptible(lab: Lab, onStop: () => void): Lab {
  const during = async <R>(work: () => Promise<R>): Promise<R> => {
    process.on("SIGINT", onStop);
    try {
      return await work();
    } finally {
      process.removeListener("SIGINT", onStop);
    }
  };
  return {
    ...lab,
    perform: (model, tasks) => during(() => lab.perform(model, tasks)),
    each: (model, tasks, take) => during(() => lab.each(model, tasks, take)),
  };
}

interface Bar {
  readonly draw: (progress: Progress) => void;
  /** What is being worked on, told beside the progress from then on. */
  readonly stage: (text: string) => void;
  readonly clear: () => void;
}

function silentBar(draw: Bar["draw"]): Bar {
  return { draw, stage: () => {}, clear: () => {} };
}

/** `isLong`: work that may take many minutes says that it lives where nobody sees a bar too. */
function barOn(stream: NodeJS.WriteStream, isLong: boolean): Bar {
  let drawnAt = Date.now();
  let at = "";
  const isDue = (milliseconds: number): boolean => {
    if (Date.now() - drawnAt < milliseconds) return false;
    drawnAt = Date.now();
    return true;
  };
  const stage = (text: string): void => void (at = text);
  if (!stream.isTTY)
    return {
      draw: ({ done, total }) => {
        if (isLong && isDue(linePause))
          stream.write(`casus: ${at === "" ? "" : `${at}, `}${Math.floor((100 * done) / total)} % of ${total} runs\n`);
      },
      stage,
      clear: () => {},
    };
  const most = (stream.columns ?? 80) - 1;
  return {
    draw: (progress) => {
      if (isDue(pause)) stream.write(`\r${`${barText(progress)} ${at}`.slice(0, most).padEnd(most)}`);
    },
    stage,
    clear: () => void stream.write(`\r${" ".repeat(most)}\r`),
  };
}

function barText({ done, total }: Progress): string {
  const width = 30;
  const full = Math.round((width * done) / total);
  return `${"█".repeat(full)}${"░".repeat(width - full)} ${Math.floor((100 * done) / total)} % of ${total} runs`;
}
