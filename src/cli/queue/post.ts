/** Sends tasks of one request to a queue and reports when each is over: by the queue's news, and by asking where there has been none. */

import { randomUUID } from "node:crypto";
import type { JobsOptions, Queue, QueueEvents } from "bullmq";
import { inTime, keys, prefix, queueName, type QueueServer } from "./server.ts";

/** What a job of the queue holds. */
export interface QueuedTask {
  /** The request it belongs to: whoever stops it names this. */
  readonly run: string;
  readonly engine: string;
  /** Hash of the model. */
  readonly model: string;
  /** Under which its answer is kept. */
  readonly key: string;
  /** The packed task, in base 64. */
  readonly task: string;
}

interface Post {
  /** By task: settles when its answer should be in the store; rejects with the reason where the queue gave it up. */
  send(tasks: readonly Omit<QueuedTask, "run">[]): Promise<readonly Promise<void>[]>;
  /** Threads of all workers at the queue. */
  threads(): Promise<number>;
  /** Takes out what waits and lets workers begin nothing more of this request. */
  abandon(): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds without news after which it is asked what became of the tasks: news is lost where the server has restarted. */
const silence = 3000;
/** Jobs asked after at once. */
const someJobs = 128;
/** Seconds that a stop is remembered. */
const stopLifetime = 86_400;

// A task that fails is not tried again: it would fail again. One whose worker is lost is given to another once, see `serveQueue`.
const jobOptions: JobsOptions = { attempts: 1, removeOnComplete: true, removeOnFail: { age: 3600 } };

export async function openPost({ connection, bull, redis }: QueueServer): Promise<Post> {
  const queue: Queue<QueuedTask> = new bull.Queue(queueName, { connection, prefix });
  // News from now on, and nothing between now and the first look is missed.
  const [last] = await redis.xrevrange(`${prefix}:${queueName}:events`, "+", "-", "COUNT", 1);
  const news: QueueEvents = new bull.QueueEvents(queueName, { connection, prefix, lastEventId: last?.[0] ?? "0-0" });
  // A connection that breaks is made again by itself.
  queue.on("error", () => {});
  news.on("error", () => {});
  await Promise.all([queue.waitUntilReady(), news.waitUntilReady()]);
  const run = randomUUID();
  const waiting = new Map<string, { readonly resolve: () => void; readonly reject: (error: Error) => void }>();
  let count = 0;
  let heardAt = performance.now();

  const over = (id: string, failure: string | null): void => {
    const known = waiting.get(id);
    if (known === undefined) return;
    heardAt = performance.now();
    waiting.delete(id);
    if (failure === null) known.resolve();
    else known.reject(new Error(failure));
  };
  news.on("completed", ({ jobId }) => over(jobId, null));
  news.on("failed", ({ jobId, failedReason }) => over(jobId, failedReason));

  const ask = async (): Promise<void> => {
    if (performance.now() - heardAt < silence) return;
    for (const id of [...waiting.keys()].slice(0, someJobs)) {
      const state = await queue.getJobState(id);
      // A job that is over is removed, one that the server forgot is gone: which of them it was shows when the answer is read.
      if (state === "unknown" || state === "completed") over(id, null);
      if (state === "failed") over(id, (await queue.getJob(id))?.failedReason ?? "no reason is known");
    }
  };
  const timer = setInterval(() => void ask().catch(() => {}), silence);

  return {
    send: async (tasks) => {
      const jobs = tasks.map((task) => {
        const id = `${run}-${count++}`;
        const settled = new Promise<void>((resolve, reject) => waiting.set(id, { resolve, reject }));
        // Whoever waits for it hears of a failure later.
        settled.catch(() => {});
        return { settled, job: { name: "task", data: { run, ...task }, opts: { ...jobOptions, jobId: id } } };
      });
      await queue.addBulk(jobs.map((j) => j.job));
      return jobs.map((j) => j.settled);
    },
    threads: async () => {
      const workers = await queue.getWorkers();
      return workers.reduce((n, w) => n + threadsOf(w["rawname"] ?? ""), 0);
    },
    abandon: async () => {
      const ids = [...waiting.keys()];
      waiting.clear();
      const left = async (): Promise<void> => {
        await redis.set(keys.stopped(run), "1", "EX", stopLifetime);
        // One that is being done cannot be removed, and need not.
        await Promise.all(ids.map((id) => queue.remove(id).catch(() => 0)));
      };
      await inTime(left());
    },
    close: async () => {
      clearInterval(timer);
      await inTime(Promise.allSettled([queue.close(), news.close()]));
    },
  };
}

/** A worker's name says how many threads it has. */
export function workerName(threads: number): string {
  return `x${threads}`;
}

function threadsOf(name: string): number {
  return Number(/x(\d+)$/.exec(name)?.[1] ?? 1);
}
