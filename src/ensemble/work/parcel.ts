/** Packs a task and its answer as bytes, for a worker that shares nothing with whoever asks but a store; what tasks have in common is packed once. */

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { fromBytes, toBytes } from "./shard-bytes.ts";
import type { ResultOf, Task } from "./task.ts";
import type { Trouble } from "./worker.ts";

/** A task as bytes; its large parts are named in them by their hash. */
interface Parcel {
  readonly bytes: Uint8Array;
  /** Names of the parts. */
  readonly parts: readonly string[];
}

/** What a worker leaves: it says what it is an answer to, so that it can be checked, or done again, from itself and the store. */
export interface TaskAnswer {
  /** Version of the software that made it. */
  readonly engine: string;
  /** Hash of the model. */
  readonly model: string;
  readonly task: Uint8Array;
  readonly outcome:
    | { readonly kind: "done"; readonly result: ResultOf<Task> }
    | { readonly kind: "failed"; readonly trouble: Trouble };
}

/** The name of bytes that are kept by what they are. */
export function hashOfBytes(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** A part of fewer bytes stays in the task: to ask for it would cost more. */
const smallPart = 1024;

const taskKey = "task";
const partKey = "part";

/**
 * Packs tasks one after another. `keep` is called once for each part that is new, with its hash as its name: parts that several tasks
 * share, such as what a tally reads, leave once.
 */
export function taskPacker(keep: (name: string, bytes: Uint8Array) => void): (task: Task) => Parcel {
  const names = new Map<unknown, string | null>();
  const kept = new Set<string>();
  const nameOf = (value: object): string | null => {
    const known = names.get(value);
    if (known !== undefined) return known;
    const bytes = toBytes(partKey, { value });
    const name = bytes.length < smallPart ? null : hashOfBytes(bytes);
    if (name !== null && !kept.has(name)) {
      kept.add(name);
      keep(name, bytes);
    }
    names.set(value, name);
    return name;
  };
  return (task) => {
    const parts: string[] = [];
    const fields = Object.entries(task).map(([field, value]: [string, unknown]) => {
      // Numbers of a task are its own: to look for them among the parts would only cost.
      if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return [field, value];
      const name = nameOf(value);
      if (name === null) return [field, value];
      parts.push(name);
      return [field, { $part: name }];
    });
    return { bytes: toBytes(taskKey, Object.fromEntries(fields)), parts };
  };
}

/** The names of the parts that a packed task needs. Null where the bytes are damaged. */
export function partsOfParcel(bytes: Uint8Array): readonly string[] | null {
  const fields = fromBytes(taskKey, bytes);
  return fields === null ? null : Object.values(fields).flatMap((v: unknown) => (isPart(v) ? [v.$part] : []));
}

/** The value of a packed part. Null where the bytes are damaged, or are not those of that name. */
export function unpackPart(name: string, bytes: Uint8Array): object | null {
  if (hashOfBytes(bytes) !== name) return null;
  return (fromBytes(partKey, bytes) as { readonly value: object } | null)?.value ?? null;
}

/** The task. Null where the bytes are damaged. `partOf` gives the value of a part by its name. */
export function unpackTask(bytes: Uint8Array, partOf: (name: string) => object): Task | null {
  const fields = fromBytes(taskKey, bytes);
  if (fields === null) return null;
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]: [string, unknown]) => [
      field,
      isPart(value) ? partOf(value.$part) : value,
    ]),
  ) as unknown as Task;
}

function isPart(value: unknown): value is { readonly $part: string } {
  return typeof value === "object" && value !== null && "$part" in value;
}

/** `key` is the hash of model and task, as `keysOf` gives it. */
export function packAnswer(key: string, answer: TaskAnswer): Uint8Array {
  return toBytes(key, answer);
}

/** Null where the bytes are damaged, or answer another key. */
export function unpackAnswer(key: string, bytes: Uint8Array): TaskAnswer | null {
  return fromBytes(key, bytes) as TaskAnswer | null;
}
