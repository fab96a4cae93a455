/** Keeps answers of tasks as bytes by name, where the workers of a queue and those who ask can both reach them. */

import { mkdirSync } from "node:fs";
import { access, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Redis } from "ioredis";
import { keys, type QueueServer } from "./server.ts";

export interface ShardStore {
  /** Null where there is none of that name. */
  read(name: string): Promise<Uint8Array | null>;
  /** All of it or nothing. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** By name: whether it is there. */
  present(names: readonly string[]): Promise<readonly boolean[]>;
}

/** Seconds that a shard stays: long enough to go on the next day with what was stopped. */
const lifetime = 86_400;

/** The store that is named, or the queue's own server. Whoever asks and all workers name the same. */
export function shardsAt(name: string | undefined, { redis }: QueueServer): ShardStore {
  return name === undefined ? serverShards(redis) : folderShards(name);
}

/** At the server of the queue itself. */
function serverShards(redis: Redis): ShardStore {
  return {
    read: (name) => redis.getBuffer(keys.shard(name)),
    write: async (name, bytes) => {
      await redis.set(keys.shard(name), Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), "EX", lifetime);
    },
    present: (names) => Promise.all(names.map(async (name) => (await redis.exists(keys.shard(name))) === 1)),
  };
}

/** In a folder that all machines share. */
function folderShards(folder: string): ShardStore {
  mkdirSync(folder, { recursive: true });
  const file = (name: string): string => join(folder, `${name}.shard`);
  return {
    read: (name) =>
      readFile(file(name)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return null;
        throw error;
      }),
    write: async (name, bytes) => {
      const draft = `${file(name)}.${process.pid}.${Math.random().toString(36).slice(2)}.tmp`;
      await writeFile(draft, bytes);
      await rename(draft, file(name));
    },
    present: (names) =>
      Promise.all(
        names.map((name) =>
          access(file(name)).then(
            () => true,
            () => false,
          ),
        ),
      ),
  };
}
