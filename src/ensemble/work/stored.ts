/** A lab that does only what its store does not have yet, and stores what it does. */

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Model } from "#model/model.ts";
import { labOf, type Lab, type Take } from "./lab.ts";
import { fromBytes, toBytes } from "./shard-bytes.ts";
import type { ResultOf, Task } from "./task.ts";

/** Where results of tasks are kept, by name; a folder, say. */
export interface Store {
  /** Null where there is none of that name. */
  read(name: string): Uint8Array | null;
  /** All of it or nothing, even where the machine stops in between. */
  write(name: string, bytes: Uint8Array): void;
  /** Told once for each set of tasks: how many of them are there already, and the names of those that are there but damaged. */
  found(there: number, of: number, damaged: readonly string[]): void;
}

/**
 * A result found in the store counts only when its checksum holds and it is of the very task and model; anything else is done again. What is
 * handed over is the same to the last bit, wherever it comes from.
 */
export function storedLab(lab: Lab, store: Store): Lab {
  return labOf(lab.threads, async <T extends Task>(model: Model, tasks: readonly T[], take: Take<T>): Promise<void> => {
    const keys = keysOf(model, tasks);
    const names = keys.map((key) => `${key.slice(0, 32)}.shard`);
    const damaged: string[] = [];
    // Only whether they are there: the results themselves are read when their turn comes, so that few are held.
    const missing = keys.flatMap((key, at) => {
      const bytes = store.read(names[at] as string);
      if (bytes === null) return [at];
      if (fromBytes(key, bytes) !== null) return [];
      damaged.push(names[at] as string);
      return [at];
    });
    store.found(tasks.length - missing.length, tasks.length, damaged);
    let next = 0;
    const takeStored = async (until: number): Promise<void> => {
      for (; next < until; next++) {
        const name = names[next] as string;
        const result = fromBytes(keys[next] as string, store.read(name) ?? new Uint8Array());
        if (result === null) throw new Error(`${name} changed while it was in use; run again`);
        await take(result as ResultOf<T>, next);
      }
    };
    await lab.each(
      model,
      missing.map((at) => tasks[at] as T),
      async (result, nth) => {
        const at = missing[nth] as number;
        await takeStored(at);
        store.write(names[at] as string, toBytes(keys[at] as string, result));
        await take(result, at);
        next = at + 1;
      },
    );
    await takeStored(tasks.length);
  });
}

/** What a result depends on, hashed: the model and the task. Parts that tasks share are hashed once. */
export function keysOf(model: Model, tasks: readonly Task[]): readonly string[] {
  const known = new Map<unknown, string>();
  const hashed = (value: unknown): string => {
    const found = known.get(value) ?? bytesToHex(sha256(utf8ToBytes(textOf(value))));
    known.set(value, found);
    return found;
  };
  return tasks.map((task) =>
    hashed([
      hashed(model),
      ...Object.entries(task).flatMap(([name, value]: [string, unknown]) => [
        name,
        typeof value === "object" ? hashed(value) : value,
      ]),
    ]),
  );
}

/** JSON that tells apart the numbers JSON does not know. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, v: unknown) =>
    typeof v === "number" && !Number.isFinite(v) ? { number: String(v) } : v,
  );
}
