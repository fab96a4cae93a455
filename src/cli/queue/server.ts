/** Opens a queue at a Valkey or Redis server. Its libraries are loaded only here, and only when a queue is asked for. */

import type * as Bull from "bullmq";
import type { Redis } from "ioredis";
import { Usage } from "../files.ts";

export interface QueueServer {
  readonly bull: typeof Bull;
  readonly redis: Redis;
  /** For each of BullMQ's own connections. */
  readonly connection: Bull.ConnectionOptions;
  /** The address without its password. */
  readonly shown: string;
  readonly close: () => Promise<void>;
}

/** Everything at the server lies under this name. */
export const prefix = "casus";
export const queueName = "tasks";

export const keys = {
  engine: `${prefix}:engine`,
  model: (hash: string) => `${prefix}:model:${hash}`,
  part: (hash: string) => `${prefix}:part:${hash}`,
  shard: (key: string) => `${prefix}:shard:${key}`,
  stopped: (run: string) => `${prefix}:stopped:${run}`,
} as const;

/** Seconds. */
const patience = { connect: 5, engine: 60, beat: 15 } as const;

/** Milliseconds that a process which leaves gives the server to answer. */
const farewell = 2000;

/** Waits for a farewell, and not for long: a server that has gone never answers. */
export async function inTime(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, farewell);
  });
  await Promise.race([work.catch(() => {}), late]);
  clearTimeout(timer);
}

/** Throws `Usage` where the address is none, the libraries are not installed, or nothing answers. */
export async function openServer(url: string): Promise<QueueServer> {
  const shown = shownAddress(url);
  const { bull, Client } = await libraries();
  let isOpen = false;
  const connection = {
    url,
    connectTimeout: 1000 * patience.connect,
    // A server that restarts is waited for; one that is not there at the beginning is an error.
    retryStrategy: (times: number) => (isOpen ? Math.min(200 * times, 2000) : null),
    maxRetriesPerRequest: null,
  };
  const redis = new Client(url, { ...connection, lazyConnect: true });
  let why = "no answer";
  redis.on("error", (error: Error) => {
    why = error.message;
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    redis.disconnect();
    const said = error instanceof Error && error.message !== "Connection is closed." ? error.message : why;
    throw new Usage(`no queue answers at ${shown} (${said}); start valkey-server or redis-server there`);
  }
  isOpen = true;
  return {
    bull,
    redis,
    connection,
    shown,
    close: async () => {
      isOpen = false;
      await inTime(redis.quit());
      redis.disconnect();
    },
  };
}

function shownAddress(url: string): string {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new Usage(`'${url}' is no address of a queue; write it like redis://host:6379`);
  }
  if (parsed.protocol !== "redis:" && parsed.protocol !== "rediss:")
    throw new Usage(`a queue's address begins with redis:// or rediss://, not ${parsed.protocol}//`);
  parsed.password = "";
  return parsed.href;
}

async function libraries(): Promise<{ readonly bull: typeof Bull; readonly Client: typeof Redis }> {
  // The codec of BullMQ's scripts has a native form that is optional; the plain one does.
  process.env["MSGPACKR_NATIVE_ACCELERATION_DISABLED"] = "true";
  try {
    return { bull: await import("bullmq"), Client: (await import("ioredis")).Redis };
  } catch {
    throw new Usage("a queue needs two more packages; run npm install bullmq ioredis beside casus");
  }
}

/**
 * All who use a queue are of one version, since only then are all figures of an ensemble made by the same rules. The version is forgotten a
 * minute after the last of them has gone. Throws `Usage`. Gives what to call at the end.
 */
export async function joinAs(version: string, { redis, shown }: QueueServer): Promise<() => void> {
  const taken = await redis.set(keys.engine, version, "EX", patience.engine, "NX");
  const there = taken === "OK" ? version : ((await redis.get(keys.engine)) ?? version);
  if (there !== version)
    throw new Usage(
      `the queue at ${shown} is used by casus ${there} and this is casus ${version}; use the same version, or another database (such as ${shown.replace(/\/\d*$/, "")}/1)`,
    );
  const beat = (): void => void redis.set(keys.engine, version, "EX", patience.engine).catch(() => {});
  beat();
  const timer = setInterval(beat, 1000 * patience.beat);
  timer.unref();
  return () => clearInterval(timer);
}
