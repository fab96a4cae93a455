/** Does the tasks of a queue: takes one, fetches its model and parts where they are new, runs it on this machine's threads, leaves the answer in the store. */

import type { Job, Worker } from "bullmq";
import {
  fromBytes,
  packAnswer,
  partsOfParcel,
  ThreadLost,
  troubleOf,
  unpackPart,
  unpackTask,
  type TaskAnswer,
  type Lab,
  type Model,
  type Task,
} from "#internal.ts";
import { workerName, type QueuedTask } from "./post.ts";
import { inTime, joinAs, keys, prefix, queueName, type QueueServer } from "./server.ts";
import type { ShardStore } from "./shards.ts";

interface WorkerSettings {
  readonly server: QueueServer;
  readonly shards: ShardStore;
  readonly version: string;
  /** What does the tasks; each call of it one task. */
  readonly lab: Lab;
  readonly onNote: (text: string) => void;
  /** Milliseconds after which a worker that says nothing has lost its tasks, and between two looks for such. */
  readonly stall?: { readonly lock: number; readonly look: number };
}

interface QueueWorker {
  /** Resolves when the tasks in hand are done. */
  close(): Promise<void>;
}

const usualStall = { lock: 10_000, look: 5000 } as const;

/** Models and parts a worker remembers. */
const remembered = 256;

/** Throws `Usage` where the queue is used by another version. */
export async function serveQueue(settings: WorkerSettings): Promise<QueueWorker> {
  const { server, shards, version, lab, onNote, stall = usualStall } = settings;
  const leave = await joinAs(version, server);
  const { redis, bull, connection } = server;
  const fetched = new Map<string, Promise<object>>();

  /** Once for each key. `read` gives null for damaged bytes. */
  const fetchOnce = (key: string, read: (bytes: Uint8Array) => object | null): Promise<object> => {
    const known = fetched.get(key) ?? fetchNow(key, read);
    fetched.delete(key);
    fetched.set(key, known);
    if (fetched.size > remembered) fetched.delete([...fetched.keys()][0] as string);
    return known;
  };
  const fetchNow = async (key: string, read: (bytes: Uint8Array) => object | null): Promise<object> => {
    try {
      const bytes = await redis.getBuffer(key);
      const value = bytes === null ? null : read(bytes);
      if (value === null) throw new Error(`${key} is ${bytes === null ? "not in the queue's store" : "damaged"}`);
      return value;
    } catch (error) {
      fetched.delete(key);
      throw error;
    }
  };

  const work = async (job: Job<QueuedTask>): Promise<void> => {
    const { run, engine, model: hash, key, task: text } = job.data;
    if (engine !== version)
      throw new bull.UnrecoverableError(`it is of casus ${engine}, and its worker is casus ${version}`);
    if ((await redis.exists(keys.stopped(run))) === 1) return;
    const bytes = new Uint8Array(Buffer.from(text, "base64"));
    const parts = new Map<string, object>();
    const names = partsOfParcel(bytes);
    if (names === null) throw new bull.UnrecoverableError("it came damaged");
    const model = (await fetchOnce(keys.model(hash), (b) => fromBytes("model", b))) as Model;
    for (const name of names) parts.set(name, await fetchOnce(keys.part(name), (b) => unpackPart(name, b)));
    const task = unpackTask(bytes, (name) => parts.get(name) as object) as Task;
    await shards.write(
      key,
      packAnswer(key, { engine, model: hash, task: bytes, outcome: await outcomeOf(model, task) }),
    );
  };

  const outcomeOf = async (model: Model, task: Task): Promise<TaskAnswer["outcome"]> => {
    try {
      const [result] = await lab.perform(model, [task]);
      if (result === undefined) throw new Error("a task without a result");
      return { kind: "done", result };
    } catch (error) {
      if (error instanceof ThreadLost) throw new bull.UnrecoverableError(error.message);
      return { kind: "failed", trouble: troubleOf(error) };
    }
  };

  const worker: Worker<QueuedTask> = new bull.Worker(queueName, work, {
    connection,
    prefix,
    name: workerName(lab.threads),
    // One more for each thread is fetched while it works.
    concurrency: 2 * lab.threads,
    lockDuration: stall.lock,
    stalledInterval: stall.look,
    // A task whose worker is lost goes to another, once.
    maxStalledCount: 1,
  });
  // Said once: it asks again every second or two until the queue is back.
  let isAway = false;
  worker.on("error", (error) => {
    if (!isAway) onNote(`the queue does not answer (${error.message}); waiting`);
    isAway = true;
  });
  for (const event of ["ready", "active"] as const) worker.on(event, () => void (isAway = false));
  worker.on("failed", (_, error) => onNote(`a task failed: ${error.message}`));
  await worker.waitUntilReady();
  return {
    close: async () => {
      // Of a server that has gone, tasks in hand are no longer anyone's.
      await (isAway ? inTime(worker.close(true)) : worker.close());
      leave();
      await server.close();
    },
  };
}
