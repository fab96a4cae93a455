/** Writes a gate table as bytes and reads it back: the file a page loads. docs/gate-table.md has the format. */

import { Refused } from "#text/refused.ts";
import { strFromU8, strToU8, unzlibSync, zlibSync } from "fflate";
import { makeColumn } from "#kernel/column.ts";
import { scaledPlaces, scaleSteps } from "./surrogate.ts";
import type { ClaimFrame } from "./claim-law.ts";
import { bitsOf, type Fitted, type Polynomial, type Reading, type Table, type Target } from "./table.ts";

const magic = 0x43534754; // "CSGT"
const version = 4;

/** Not a table, of another version, or broken on the way. */
export class BadTable extends Refused {
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
    | {
        readonly kind: "sampled";
        readonly size: number;
        readonly units: number;
        readonly sets: readonly (readonly string[])[];
      };
  readonly readings: readonly { readonly gates: readonly string[]; readonly conditional: boolean }[];
}

/**
 * Nothing is rounded here: `buildTable` gives a sampled table as the file keeps it (32-bit floats, and what fits leave to 1/65,535 of its range), and an exact one is kept whole. So what is read
 * from a file is what was made, to the last digit.
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
    design:
      design.kind === "exact"
        ? design
        : {
            kind: "sampled",
            size: design.size,
            units: design.patterns.length,
            sets: design.densities.map((d) => d.gates),
          },
    readings: table.readings.map((r) => ({ gates: r.gates, conditional: r.d !== null })),
  };
  const out = writer();
  if (design.kind === "sampled") {
    const bytes = Math.ceil(table.gates.length / 8);
    for (const pattern of design.patterns)
      for (let b = 0; b < bytes; b++) out.byte(Math.floor(pattern / 2 ** (8 * b)) % 256);
    for (const { chances } of design.densities) out.floats(chances);
  }
  for (const { n, d, fits } of table.readings) {
    if (design.kind === "exact") for (const values of d === null ? [n] : [n, d]) out.doubles(values);
    for (const fitted of fits === null ? [] : fits.d === null ? [fits.n] : [fits.n, fits.d]) {
      out.floats(Float64Array.of(fitted.drift));
      out.scaled(fitted.rest);
      for (const { constant, single, pair } of [fitted.even, fitted.odd]) {
        out.floats(Float64Array.of(constant));
        out.floats(single);
        out.scaled(pair);
      }
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
  try {
    return decoded(file);
  } catch (error) {
    if (error instanceof BadTable) throw error;
    // Whatever a stranger's bytes do to the readers of zlib, JSON and numbers.
    throw new BadTable("the gate table is damaged: what it says of itself does not fit what is in it");
  }
}

function decoded(file: Uint8Array): { readonly table: Table; readonly key: string } {
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
  const densities = design.kind === "exact" ? [] : design.sets.map((gates) => ({ gates, chances: from.floats(units) }));
  const readings = head.readings.map(({ gates, conditional }): Reading => {
    if (patterns === null) {
      const count = units * 2 ** gates.length;
      return { gates, n: from.doubles(count), d: conditional ? from.doubles(count) : null, fits: null };
    }
    const fitted = (): Fitted => {
      const [drift = 0] = from.floats(1);
      const rest = from.scaled(units);
      return { drift, rest, even: polynomial(from, gates.length), odd: polynomial(from, gates.length) };
    };
    const n = fitted();
    const none = new Float64Array();
    return { gates, n: none, d: conditional ? none : null, fits: { n, d: conditional ? fitted() : null } };
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
    rough: false,
    design:
      design.kind === "exact" || patterns === null
        ? (design as Table["design"])
        : { kind: "sampled", size: design.size, patterns, densities, bits: bitsOf(patterns, gates.length) },
  };
  return { table, key };
}

function readPatterns(from: Reader, units: number, gates: number): Float64Array {
  const bytes = Math.ceil(gates / 8);
  from.expect(units * bytes);
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
  doubles(values: Float64Array): void;
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
    doubles: (values) => {
      const view = room(8 * values.length);
      for (const v of values) {
        view.setFloat64(length, v, true);
        length += 8;
      }
    },
    scaled: (values) => {
      if (values.length === 0) return;
      const { low, high, places } = scaledPlaces(values);
      floats(Float64Array.of(low, high));
      const view = room(2 * values.length);
      for (const place of places) {
        view.setUint16(length, place, true);
        length += 2;
      }
    },
    bytes: () => store.subarray(0, length),
  };
}

interface Reader {
  /** Throws `BadTable` where so many bytes do not follow: before room is made for them. */
  expect(bytes: number): void;
  byte(): number;
  floats(count: number): Float64Array;
  doubles(count: number): Float64Array;
  scaled(count: number): Float64Array;
}

function reader(bytes: Uint8Array): Reader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const expect = (count: number): void => {
    if (!(count <= view.byteLength - at)) throw new BadTable("the gate table is damaged: it is cut short");
  };
  const floats = (count: number): Float64Array => {
    expect(4 * count);
    const out = Float64Array.from({ length: count }, (_, i) => view.getFloat32(at + 4 * i, true));
    at += 4 * count;
    return out;
  };
  return {
    expect,
    byte: () => view.getUint8(at++),
    floats,
    doubles: (count) => {
      expect(8 * count);
      const out = makeColumn(count, (i) => view.getFloat64(at + 8 * i, true));
      at += 8 * count;
      return out;
    },
    scaled: (count) => {
      if (count === 0) return new Float64Array();
      const [low = 0, high = 0] = floats(2);
      expect(2 * count);
      const out = Float64Array.from(
        { length: count },
        (_, i) => low + ((high - low) * view.getUint16(at + 2 * i, true)) / scaleSteps,
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
