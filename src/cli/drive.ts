/** Work that wants a lab in; what it returns out. Shares the runs among threads, draws a bar on a terminal, lets Ctrl-C stop it at once. */

import { pool, type Lab, type Progress } from "#casus.ts";
import type { RunOptions } from "./options.ts";
import { alarm, startThread } from "./threads.ts";

/** The user stopped it: exit code 130. */
export class Stopped extends Error {
  constructor() {
    super("stopped");
    this.name = "Stopped";
  }
}

/** Milliseconds between two drawings of the bar. */
const pause = 100;

/** Milliseconds after which a thread that does not answer counts as hung: a task is a few hundred runs. */
const patience = 300_000;

export async function drive<T>(
  o: Pick<RunOptions, "threads"> & Partial<Pick<RunOptions, "engine">>,
  work: (lab: Lab) => Promise<T>,
): Promise<T> {
  const bar = barOn(process.stderr);
  const threads = pool({
    threads: o.threads,
    start: () => startThread(o.engine ?? "wasm"),
    onProgress: bar.draw,
    onLoss: (loss) => void process.stderr.write(`casus: ${loss.message}\n`),
    alarm,
    patience,
  });
  try {
    return await work(interruptible(threads.lab, () => threads.stop(new Stopped())));
  } finally {
    threads.stop(new Stopped());
    bar.clear();
  }
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
    threads: lab.threads,
    perform: (model, tasks) => during(() => lab.perform(model, tasks)),
    each: (model, tasks, take) => during(() => lab.each(model, tasks, take)),
  };
}

interface Bar {
  readonly draw: (progress: Progress) => void;
  readonly clear: () => void;
}

function barOn(stream: NodeJS.WriteStream): Bar {
  if (!stream.isTTY) return { draw: () => {}, clear: () => {} };
  let drawnAt = Date.now();
  return {
    draw: (progress) => {
      if (Date.now() - drawnAt < pause) return;
      drawnAt = Date.now();
      stream.write(`\r${barText(progress)}`);
    },
    clear: () => void stream.write(`\r${" ".repeat(60)}\r`),
  };
}

function barText({ done, total }: Progress): string {
  const width = 30;
  const full = Math.round((width * done) / total);
  return `${"█".repeat(full)}${"░".repeat(width - full)} ${Math.floor((100 * done) / total)} % of ${total} runs`;
}
