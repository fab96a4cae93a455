/** One line on the terminal: what the command does, how far it is and how long it may take. A thread of its own draws it, so that it goes on while this one computes. */

import { Worker } from "node:worker_threads";
import { clearLine, places, timerSince, type StatusMessage, type StatusTask } from "./status-line.ts";

interface Status {
  /** What is being done from now on, in a few words. */
  readonly doing: (text: string) => void;
  /** Runs that begin now, and the seconds they may take on this machine. */
  readonly runs: (total: number, seconds: number) => void;
  readonly done: (runs: number) => void;
  /** No runs are under way any more. */
  readonly rest: () => void;
  readonly end: () => void;
}

const silent: Status = {
  doing: () => {},
  runs: () => {},
  done: () => {},
  rest: () => {},
  end: () => {},
};

// The terminal is one, and so is its line.
let current = silent;

/** Where nobody looks, on a pipe or where it is to be quiet, it says nothing. */
export function status(): Status {
  return current;
}

/** Whether anybody looks: what only the line needs is not worked out otherwise. */
export function isWatched(): boolean {
  return current !== silent;
}

/** From here on the line is drawn where standard error is a terminal, two seconds after whatever was written last. */
export function showStatus(
  name: string,
  isServer: boolean,
  entry: URL = new URL("./status-thread.js", import.meta.url),
): void {
  if (process.stderr.isTTY !== true || current !== silent) return;
  const shared = new Int32Array(new SharedArrayBuffer(4 * places.count));
  // When the process did: reading the program is part of the wait.
  const started = Math.round(performance.timeOrigin);
  const sinceStart = timerSince(started);
  const worker = new Worker(entry, { workerData: { name, isServer, shared, started } satisfies StatusTask });
  worker.unref();
  worker.on("error", () => {});
  const post = (message: StatusMessage): void =>
    worker.postMessage({ ...message, width: Math.max(20, (process.stderr.columns || 80) - 1) });
  const release = [process.stdout, process.stderr].map((stream) => clearBefore(stream, shared, sinceStart));
  current = {
    doing: (text) => post({ kind: "doing", text }),
    runs: (total, seconds) => post({ kind: "runs", total, seconds }),
    done: (runs) => post({ kind: "done", runs }),
    rest: () => post({ kind: "rest" }),
    end: () => {
      clearLine(shared, sinceStart());
      for (const back of release) back();
      current = silent;
      void worker.terminate();
    },
  };
}

/** Whatever is written goes to a line of its own. Gives what undoes it. */
function clearBefore(stream: NodeJS.WriteStream, shared: StatusTask["shared"], sinceStart: () => number): () => void {
  const write = stream.write.bind(stream) as (...given: readonly unknown[]) => boolean;
  stream.write = (...given: readonly unknown[]): boolean => {
    clearLine(shared, sinceStart());
    return write(...given);
  };
  // The stream's own is its prototype's.
  return () => void Reflect.deleteProperty(stream, "write");
}
