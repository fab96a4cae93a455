/** Finds threads wherever the program runs, Node or a browser, and gives the lab that does the runs. */

import { referenceEngine, type Engine } from "#kernel/engine.ts";
import { engineNamed } from "#kernel/wasm/engine.ts";
import { localLab, type Lab, type Progress } from "#ensemble/work/lab.ts";
import { pool, type Thread } from "#ensemble/work/pool.ts";
import type { FromWorker, ToWorker } from "#ensemble/work/worker.ts";

/** What does the work, and how to let go of it. */
export interface OpenLab {
  readonly lab: Lab;
  /** Ends the threads; work under way rejects with `reason`. */
  readonly close: (reason: unknown) => void;
}

/** How many threads work, and what is called as they do. */
export interface ThreadOptions {
  /** At most so many threads; one for each core, up to 8, unless said. 0 or 1 works on the calling thread. Figures do not depend on it. */
  readonly threads?: number;
  /** Called as runs are made. */
  readonly onProgress?: (progress: Progress) => void;
}

/** Milliseconds after which a thread that does not answer counts as hung: a task is a few hundred runs. */
const patience = 300_000;

/**
 * A lab on as many threads as there are, or on this one where none can be had. Give it to several questions, and close it after them.
 *
 * @example
 * ```ts
 * const lab = openLab({ threads: 2 });
 * for (const seed of [1, 2]) console.log((await run(argument, { lab, seed, worlds: 500 })).findings.conclusions[0].verdict);
 * lab.close("done");
 * ```
 */
export function openLab(options: ThreadOptions = {}): OpenLab {
  const start = threadStarter();
  const threads = options.threads ?? usualThreads();
  const onProgress = options.onProgress ?? ((): void => {});
  if (start === null || threads <= 1) return onThisThread(onProgress);
  const shared = pool({ threads, start, onProgress, onLoss: () => {}, alarm, patience });
  return { lab: shared.lab, close: (reason) => shared.stop(reason) };
}

/** Between two tasks the rest of the program has its turn. */
function onThisThread(onProgress: (progress: Progress) => void): OpenLab {
  let stopped: { readonly reason: unknown } | null = null;
  const lab = localLab(async (progress) => {
    onProgress(progress);
    await new Promise<void>((resolve) => void host.setTimeout(() => resolve(), 0));
    if (stopped !== null) throw stopped.reason;
  }, fastestEngine());
  return { lab, close: (reason) => void (stopped ??= { reason }) };
}

/** The compiled engine, or the reference where there is no WebAssembly: the figures are the same. */
export function fastestEngine(): Engine {
  try {
    return engineNamed("wasm", globalThis, () => {});
  } catch {
    return referenceEngine;
  }
}

// ---- what of the host is used, as far as it is there; the core is built without the types of either

declare class URL {
  constructor(url: string, base: string);
}

interface Place {
  readonly url: string;
}

interface BrowserWorker {
  postMessage(message: unknown): void;
  addEventListener(
    kind: string,
    listener: (event: { readonly data: FromWorker; readonly message?: string }) => void,
  ): void;
  terminate(): void;
}

interface NodeWorker {
  postMessage(message: unknown): void;
  on(event: string, listener: (value: never) => void): void;
  terminate(): Promise<number>;
  unref(): void;
}

interface Host {
  readonly process?: { getBuiltinModule?: (name: string) => unknown };
  readonly navigator?: { readonly hardwareConcurrency?: number };
  readonly Worker?: new (url: URL, options: { readonly type: "module" }) => BrowserWorker;
  setTimeout(ring: () => void, milliseconds: number): unknown;
  clearTimeout(timer: unknown): void;
}

const host = globalThis as unknown as Host;

function usualThreads(): number {
  const os = host.process?.getBuiltinModule?.("node:os") as { availableParallelism(): number } | undefined;
  return Math.min(os?.availableParallelism() ?? host.navigator?.hardwareConcurrency ?? 1, 8);
}

const alarm = (milliseconds: number, ring: () => void): (() => void) => {
  const timer = host.setTimeout(ring, milliseconds);
  return () => host.clearTimeout(timer);
};

/** How a thread is started here; null where it cannot be. */
function threadStarter(): (() => Thread) | null {
  const node = host.process?.getBuiltinModule?.("node:worker_threads") as
    | { readonly Worker: new (url: URL, options: { readonly execArgv: readonly string[] }) => NodeWorker }
    | undefined;
  // A program may have been given to Node as text; what it was started with is not for the threads.
  if (node !== undefined)
    return () => nodeThread(new node.Worker(new URL("./worker.js", (import.meta as Place).url), { execArgv: [] }));
  const { Worker } = host;
  if (Worker === undefined) return null;
  // Bundlers know a worker by these very words.
  return () => browserThread(new Worker(new URL("./worker.js", (import.meta as Place).url), { type: "module" }));
}

function nodeThread(worker: NodeWorker): Thread {
  return {
    post: (message: ToWorker) => worker.postMessage(message),
    onMessage: (listener) => worker.on("message", listener),
    onError: (listener) => {
      worker.on("error", listener);
      worker.on("messageerror", listener);
      worker.on("exit", (code: number) => listener(new Error(`it ended with code ${code}`)));
    },
    end: () => void worker.terminate(),
  };
}

function browserThread(worker: BrowserWorker): Thread {
  return {
    post: (message: ToWorker) => worker.postMessage(message),
    onMessage: (listener) => worker.addEventListener("message", ({ data }) => listener(data)),
    onError: (listener) => {
      worker.addEventListener("error", ({ message }) => listener(new Error(message ?? "the worker failed")));
      worker.addEventListener("messageerror", () => listener(new Error("a message could not be read")));
    },
    end: () => worker.terminate(),
  };
}
