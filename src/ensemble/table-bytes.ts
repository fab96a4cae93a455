/** A gate table in, its bytes out, and back: the file a page loads. The form is told in docs/gate-table.md. */

import { strFromU8, strToU8, unzlibSync, zlibSync } from "fflate";
import { withRest } from "./surrogate.ts";
import type { ClaimFrame } from "./claim-law.ts";
import { bitsOf, type Polynomial, type Reading, type Table, type Target } from "./table.ts";

const magic = 0x43534754; // "CSGT"
const version = 1;

/** Not a table, of another version, or broken on the way. */
export class BadTable extends Error {
  constructor(message: string) {
    super(message);
    this.name = "BadTable";
  }
}

/** What the file says of itself before its numbers. `key` names what it was made from; a reader who knows it can tell whether it is still right. */
interface Head {
  readonly key: string;
  readonly frame: ClaimFrame;
  readonly view: string;
  readonly seed: number;
  readonly gates: readonly string[];
  readonly targets: readonly Target[];
  readonly runs: number;
  readonly design:
    | { readonly kind: "exact"; readonly batches: number; readonly size: number }
    | { readonly kind: "sampled"; readonly size: number; readonly units: number };
  readonly readings: readonly { readonly gates: readonly string[]; readonly conditional: boolean }[];
}

/**
 * Values of a sampled table are kept to 1/65,535 of their range and fits as 32-bit floats: the rest is worked out anew from what was kept, so that
 * every answer stays unbiased to that rounding. An exact table is kept to 32-bit floats.
 */
export function encodeTable(table: Table, key: string): Uint8Array {
  const { design } = table;
  const head: Head = {
    key,
    frame: table.frame,
    view: table.view,
    seed: table.seed,
    gates: table.gates,
    targets: table.targets,
    runs: table.runs,
    design: design.kind === "exact" ? design : { kind: "sampled", size: design.size, units: design.patterns.length },
    readings: table.readings.map((r) => ({ gates: r.gates, conditional: r.d !== null })),
  };
  const out = writer();
  if (design.kind === "sampled") {
    const bytes = Math.ceil(table.gates.length / 8);
    for (const pattern of design.patterns)
      for (let b = 0; b < bytes; b++) out.byte(Math.floor(pattern / 2 ** (8 * b)) % 256);
    out.floats(design.density);
  }
  for (const { n, d, fits } of table.readings) {
    for (const values of d === null ? [n] : [n, d]) {
      if (design.kind === "exact") out.floats(values);
      else out.scaled(values);
    }
    for (const fitted of fits === null ? [] : fits.d === null ? [fits.n] : [fits.n, fits.d])
      for (const { constant, single, pair } of [fitted.even, fitted.odd]) {
        out.floats(Float64Array.of(constant));
        out.floats(single);
        out.scaled(pair);
      }
  }
  const text = strToU8(JSON.stringify(head));
  const body = new Uint8Array(4 + text.length + out.bytes().length);
  new DataView(body.buffer).setUint32(0, text.length, true);
  body.set(text, 4);
  body.set(out.bytes(), 4 + text.length);
  const packed = zlibSync(body, { level: 9 });
  const file = new Uint8Array(12 + packed.length);
  const view = new DataView(file.buffer);
  view.setUint32(0, magic, false);
  view.setUint32(4, version, true);
  view.setUint32(8, checksum(packed), true);
  file.set(packed, 12);
  return file;
}

/** Throws `BadTable`. `key` is what the file was made from. */
export function decodeTable(file: Uint8Array): { readonly table: Table; readonly key: string } {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 12 || view.getUint32(0, false) !== magic) throw new BadTable("this is no gate table");
  if (view.getUint32(4, true) !== version)
    throw new BadTable(`a gate table of version ${view.getUint32(4, true)}; this reads version ${version}`);
  const packed = file.subarray(12);
  if (view.getUint32(8, true) !== checksum(packed))
    throw new BadTable("the gate table is damaged: its checksum differs");
  const body = unzlibSync(packed);
  const length = new DataView(body.buffer, body.byteOffset).getUint32(0, true);
  const head = JSON.parse(strFromU8(body.subarray(4, 4 + length))) as Head;
  const from = reader(body.slice(4 + length));
  const { design } = head;
  const units = design.kind === "exact" ? design.batches : design.units;
  const patterns = design.kind === "exact" ? null : readPatterns(from, units, head.gates.length);
  const density = design.kind === "exact" ? null : from.floats(units);
  const readings = head.readings.map(({ gates, conditional }): Reading => {
    const count = design.kind === "exact" ? units * 2 ** gates.length : units;
    const read = (): Float64Array => (design.kind === "exact" ? from.floats(count) : from.scaled(count));
    const n = read();
    const d = conditional ? read() : null;
    if (patterns === null) return { gates, n, d, fits: null };
    const places = gates.map((g) => head.gates.indexOf(g));
    const fitted = (values: Float64Array): ReturnType<typeof withRest> => {
      const even = polynomial(from, gates.length);
      const odd = polynomial(from, gates.length);
      return withRest(even, odd, patterns, places, values);
    };
    const forN = fitted(n);
    return { gates, n, d, fits: { n: forN, d: d === null ? null : fitted(d) } };
  });
  const { key, frame, gates, targets, runs, seed } = head;
  const table: Table = {
    frame,
    view: head.view,
    seed,
    gates,
    targets,
    runs,
    readings,
    design:
      design.kind === "exact" || patterns === null || density === null
        ? (design as Table["design"])
        : { kind: "sampled", size: design.size, patterns, density, bits: bitsOf(patterns, gates.length) },
  };
  return { table, key };
}

function readPatterns(from: Reader, units: number, gates: number): Float64Array {
  const bytes = Math.ceil(gates / 8);
  return Float64Array.from({ length: units }, () => {
    let pattern = 0;
    for (let b = 0; b < bytes; b++) pattern += from.byte() * 2 ** (8 * b);
    return pattern;
  });
}

function polynomial(from: Reader, gates: number): Polynomial {
  const constant = from.floats(1)[0] as number;
  const single = from.floats(gates);
  return { constant, single, pair: from.scaled((gates * (gates - 1)) / 2) };
}

interface Writer {
  byte(value: number): void;
  floats(values: Float64Array): void;
  /** Least and greatest as 32-bit floats, then each value's place between them in 16 bits. */
  scaled(values: Float64Array): void;
  bytes(): Uint8Array;
}

function writer(): Writer {
  let store = new Uint8Array(1 << 16);
  let length = 0;
  const room = (more: number): DataView => {
    if (length + more > store.length) {
      const larger = new Uint8Array(Math.max(2 * store.length, length + more));
      larger.set(store);
      store = larger;
    }
    return new DataView(store.buffer);
  };
  const floats = (values: Float64Array): void => {
    const view = room(4 * values.length);
    for (const v of values) {
      view.setFloat32(length, v, true);
      length += 4;
    }
  };
  return {
    byte: (value) => {
      room(1).setUint8(length, value);
      length += 1;
    },
    floats,
    scaled: (values) => {
      const low = Math.fround(values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY));
      const high = Math.fround(values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY));
      if (values.length === 0) return;
      floats(Float64Array.of(low, high));
      const view = room(2 * values.length);
      for (const v of values) {
        const place = high > low ? Math.round((65535 * (v - low)) / (high - low)) : 0;
        view.setUint16(length, Math.max(0, Math.min(65535, place)), true);
        length += 2;
      }
    },
    bytes: () => store.subarray(0, length),
  };
}

interface Reader {
  byte(): number;
  floats(count: number): Float64Array;
  scaled(count: number): Float64Array;
}

function reader(bytes: Uint8Array): Reader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const floats = (count: number): Float64Array => {
    const out = Float64Array.from({ length: count }, (_, i) => view.getFloat32(at + 4 * i, true));
    at += 4 * count;
    return out;
  };
  return {
    byte: () => view.getUint8(at++),
    floats,
    scaled: (count) => {
      if (count === 0) return new Float64Array();
      const [low = 0, high = 0] = floats(2);
      const out = Float64Array.from(
        { length: count },
        (_, i) => low + ((high - low) * view.getUint16(at + 2 * i, true)) / 65535,
      );
      at += 2 * count;
      return out;
    },
  };
}

/** CRC-32 (ISO 3309, reflected, 0xEDB88320). */
function checksum(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
