/** Builds a lab whose tasks are done by the workers at a queue, whoever and wherever they are: the same bits as on this machine alone. */

import {
  errorFromTrouble,
  hashOfBytes,
  keysOf,
  labOf,
  runsIn,
  taskPacker,
  ThreadLost,
  toBytes,
  totalRuns,
  unpackAnswer,
  type Lab,
  type Model,
  type Progress,
  type ResultOf,
  type Take,
  type Task,
} from "#internal.ts";
import { openPost } from "./post.ts";
import { joinAs, keys, type QueueServer } from "./server.ts";
import type { ShardStore } from "./shards.ts";

interface QueueSettings {
  readonly server: QueueServer;
  readonly shards: ShardStore;
  readonly version: string;
  readonly onProgress: (progress: Progress) => void;
  readonly onNote: (text: string) => void;
}

interface QueuedLab {
  readonly lab: Lab;
  /** What is under way rejects with `reason`; workers begin nothing more of it. */
  stop(reason: unknown): void;
  readonly close: () => Promise<void>;
}

/** Seconds that models and parts stay after they were last asked for. */
const lifetime = 604_800;

/** Tasks sent ahead of the first that is not answered: enough that no worker waits, few enough that what a dead asker leaves is soon done. */
const ahead = { least: 64, aThread: 6, most: 4096 } as const;

/** Times that a task is sent: again where its answer is missing or damaged, as after a restart of the server. */
const sendings = 3;

/** Milliseconds between two looks at who is at the queue. */
const lookAgain = 2000;

/** Throws `Usage` where the queue is used by another version. */
export async function queuedLab({ server, shards, version, onProgress, onNote }: QueueSettings): Promise<QueuedLab> {
  const leave = await joinAs(version, server);
  const post = await openPost(server);
  let threads = await post.threads();
  let lookedAt = performance.now();
  if (threads === 0) onNote(`no worker is at ${server.shown} yet; start some with: casus work --queue ${server.shown}`);
  const stops = new Set<(reason: unknown) => void>();

  const roomNow = async (): Promise<number> => {
    if (performance.now() - lookedAt > lookAgain) {
      threads = await post.threads();
      lookedAt = performance.now();
    }
    return Math.min(ahead.most, Math.max(ahead.least, ahead.aThread * threads));
  };

  const each = async <T extends Task>(model: Model, tasks: readonly T[], take: Take<T>): Promise<void> => {
    const names = keysOf(model, tasks);
    const total = totalRuns(tasks);
    let done = 0;
    const puts: Promise<void>[] = [];
    const keep = (key: string, bytes: Uint8Array): void => void puts.push(keepAt(server, key, bytes));
    const hash = names.length === 0 ? "" : modelHash(model, keep);
    const pack = taskPacker((name, bytes) => keep(keys.part(name), bytes));
    const sent = new Map<number, Promise<void>>();

    const send = async (places: readonly number[]): Promise<void> => {
      const packed = places.map((at) => ({
        engine: version,
        model: hash,
        key: names[at] as string,
        task: Buffer.from(pack(tasks[at] as Task).bytes).toString("base64"),
      }));
      // A task must not be there before what it is made of.
      await Promise.all(puts.splice(0));
      const settled = packed.length === 0 ? [] : await post.send(packed);
      places.forEach((at, i) => sent.set(at, settled[i] as Promise<void>));
    };

    const resultOf = async (at: number): Promise<ResultOf<T>> => {
      const [task, name] = [tasks[at] as T, names[at] as string];
      for (let times = 0; times <= sendings; times++) {
        const settled = sent.get(at);
        await settled?.catch((error: Error) => {
          throw new ThreadLost(task, error.message, true);
        });
        const bytes = await shards.read(name);
        const outcome = bytes === null ? null : (unpackAnswer(name, bytes)?.outcome ?? null);
        if (outcome?.kind === "done") return outcome.result as ResultOf<T>;
        // A failure that an earlier request left behind may have been that of a machine: it is tried anew.
        if (outcome !== null && settled !== undefined) throw errorFromTrouble(model, outcome.trouble);
        await send([at]);
      }
      throw new ThreadLost(task, "its answer does not reach the store", true);
    };

    let stop = (_: unknown): void => {};
    const isStopped = new Promise<never>((_, reject) => {
      stop = reject;
    });
    isStopped.catch(() => {});
    stops.add(stop);
    try {
      let next = 0;
      for (let at = 0; at < tasks.length; at++) {
        const room = await roomNow();
        // By stretches: a thousand tasks are not sent one by one.
        if (next < tasks.length && next - at <= room / 2) {
          const places = tasks.slice(next, at + room).map((_, i) => next + i);
          const there = await shards.present(places.map((place) => names[place] as string));
          await send(places.filter((_, i) => there[i] !== true));
          next += places.length;
        }
        const result = await Promise.race([resultOf(at), isStopped]);
        sent.delete(at);
        done += runsIn(tasks[at] as T);
        onProgress({ done, total });
        await take(result, at);
      }
    } catch (error) {
      await post.abandon();
      throw error;
    } finally {
      stops.delete(stop);
    }
  };

  return {
    lab: labOf(Math.max(threads, 4), each),
    stop: (reason) => {
      for (const stop of stops) stop(reason);
    },
    close: async () => {
      leave();
      await post.close();
      await server.close();
    },
  };
}

function modelHash(model: Model, keep: (key: string, bytes: Uint8Array) => void): string {
  const bytes = toBytes("model", model);
  const hash = hashOfBytes(bytes);
  keep(keys.model(hash), bytes);
  return hash;
}

/** Once: what is there by that name is the same, and stays for longer. */
async function keepAt({ redis }: QueueServer, key: string, bytes: Uint8Array): Promise<void> {
  if ((await redis.expire(key, lifetime)) === 0)
    await redis.set(key, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), "EX", lifetime);
}
