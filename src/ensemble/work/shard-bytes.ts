/** Writes the result of a task as bytes with a checksum and reads it back: the same bits, or nothing where a byte has changed. */

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";

// A shard is `magic`, the SHA-256 of all that follows, the length of the text (4 bytes, little-endian), the text, and the
// numbers of its arrays end to end. The text is JSON in ASCII: { key, result }, an array standing as { $array, at, length } with `at` counted
// in bytes, and a number that JSON does not know as { $number }.

const magic = utf8ToBytes("casus shard 1\n");
const digestLength = 32;
const headLength = magic.length + digestLength + 4;

const arrays = { Float64Array, Uint32Array, Int32Array, Uint8Array } as const;

type ArrayName = keyof typeof arrays;
type Numbers = Float64Array | Uint32Array | Int32Array | Uint8Array;

/** `key` says of what it is the result. Throws for what is not plain data and these arrays. */
export function toBytes(key: string, result: object): Uint8Array {
  const parts: Uint8Array[] = [];
  let at = 0;
  const plain = (value: unknown): unknown => {
    if (ArrayBuffer.isView(value)) {
      const { array, bytes, length } = numbersOf(value);
      parts.push(bytes);
      at += bytes.length;
      return { $array: array, at: at - bytes.length, length };
    }
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, v]) => [name, plain(v)]));
    if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0)))
      return { $number: Object.is(value, -0) ? "-0" : String(value) };
    return value;
  };
  const text = utf8ToBytes(ascii(JSON.stringify({ key, result: plain(result) })));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, text.length, true);
  const body = concatBytes(length, text, ...parts);
  return concatBytes(magic, sha256(body), body);
}

/** Null where the bytes are not, each of them, what `toBytes` made for this key. */
export function fromBytes(key: string, bytes: Uint8Array): object | null {
  if (bytes.length < headLength || magic.some((b, i) => b !== bytes[i])) return null;
  const body = bytes.subarray(magic.length + digestLength);
  const digest = bytes.subarray(magic.length, magic.length + digestLength);
  if (bytesToHex(sha256(body)) !== bytesToHex(digest)) return null;
  const textLength = new DataView(body.buffer, body.byteOffset).getUint32(0, true);
  const text = Array.from(body.subarray(4, 4 + textLength), (c) => String.fromCharCode(c)).join("");
  const numbers = body.subarray(4 + textLength);
  const { key: found, result } = JSON.parse(text, (_, value: unknown) => revived(value, numbers)) as {
    readonly key: string;
    readonly result: object;
  };
  return found === key ? result : null;
}

function numbersOf(value: ArrayBufferView): {
  readonly array: ArrayName;
  readonly bytes: Uint8Array;
  readonly length: number;
} {
  const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  for (const array of Object.keys(arrays) as ArrayName[])
    if (value instanceof arrays[array]) return { array, bytes, length: value.length };
  throw new Error(`a shard cannot hold a ${value.constructor.name}`);
}

function revived(value: unknown, numbers: Uint8Array): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("$number" in value) return Number(value.$number);
  if (!("$array" in value)) return value;
  const { $array, at, length } = value as { readonly $array: ArrayName; readonly at: number; readonly length: number };
  const size = length * arrays[$array].BYTES_PER_ELEMENT;
  // Copied, so that the numbers are aligned; not by `slice`, which in Node's own bytes copies nothing.
  return whole($array, new Uint8Array(numbers.subarray(at, at + size)).buffer);
}

function whole(array: ArrayName, buffer: ArrayBuffer): Numbers {
  return new arrays[array](buffer);
}

function ascii(text: string): string {
  return text.replaceAll(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
