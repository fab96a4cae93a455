/** Encodes a module as the bytes of a WebAssembly binary (core specification 2.0, chapter 5). */

import {
  numberBits,
  blocks,
  indexed,
  lane,
  memory,
  plainOpcode,
  valueTypes,
  type Instruction,
  type ValueType,
} from "./instruction.ts";

export interface FunctionType {
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
}

export interface WasmFunction {
  readonly name: string;
  readonly type: FunctionType;
  /** Locals beyond the parameters. */
  readonly locals: readonly ValueType[];
  /** Without the closing `end`. */
  readonly body: readonly Instruction[];
  readonly isExported: boolean;
}

export interface WasmImport {
  /** Imported as `env.NAME`. */
  readonly name: string;
  readonly type: FunctionType;
}

export interface WasmModule {
  /** The one memory is imported as `env.memory`, of at least so many pages of 64 KiB. */
  readonly memoryPages: number;
  /** Functions of the host; they have the first indexes. */
  readonly imports: readonly WasmImport[];
  readonly functions: readonly WasmFunction[];
  /** Constant tables, by offset in memory. */
  readonly data: readonly { readonly offset: number; readonly bytes: Uint8Array }[];
}

/** A growing run of bytes. */
class Bytes {
  #buffer = new Uint8Array(1 << 12);
  length = 0;

  byte(value: number): void {
    if (this.length === this.#buffer.length) this.#grow(this.length + 1);
    this.#buffer[this.length++] = value;
  }

  all(values: ArrayLike<number>): void {
    this.#grow(this.length + values.length);
    this.#buffer.set(values, this.length);
    this.length += values.length;
  }

  /** LEB128, unsigned, of a number below 2^32. */
  unsigned(value: number): void {
    let rest = value >>> 0;
    while (rest > 0x7f) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.byte(rest);
  }

  /** LEB128, signed. */
  signed(value: bigint): void {
    let rest = value;
    for (;;) {
      const low = Number(rest & 0x7fn);
      rest >>= 7n;
      if ((rest === 0n && (low & 0x40) === 0) || (rest === -1n && (low & 0x40) !== 0)) return this.byte(low);
      this.byte(low | 0x80);
    }
  }

  /** Eight bytes, least first. */
  eight(bits: bigint): void {
    for (let word of [Number(bits & 0xffffffffn), Number((bits >> 32n) & 0xffffffffn)])
      for (let i = 0; i < 4; i++) {
        this.byte(word & 0xff);
        word >>>= 8;
      }
  }

  /** LEB128, signed, of a number of 32 bits. */
  signed32(value: number): void {
    let rest = value | 0;
    for (;;) {
      const low = rest & 0x7f;
      rest >>= 7;
      if ((rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)) return this.byte(low);
      this.byte(low | 0x80);
    }
  }

  text(value: string): void {
    this.unsigned(value.length);
    for (let i = 0; i < value.length; i++) this.byte(value.charCodeAt(i));
  }

  view(): Uint8Array {
    return this.#buffer.subarray(0, this.length);
  }

  #grow(wanted: number): void {
    if (wanted <= this.#buffer.length) return;
    const larger = new Uint8Array(Math.max(wanted, this.#buffer.length * 2));
    larger.set(this.view());
    this.#buffer = larger;
  }
}

/** Alignment is stated as natural for scalars and as 8 bytes for vectors, whose pairs of runs are only so aligned. */
export function encode(module: WasmModule): Uint8Array<ArrayBuffer> {
  const types: FunctionType[] = [];
  const keys = new Map<string, number>();
  const typeIndex = (type: FunctionType): number => {
    const key = `${type.parameters.join(" ")} -> ${type.results.join(" ")}`;
    const known = keys.get(key);
    if (known !== undefined) return known;
    keys.set(key, types.length);
    types.push(type);
    return types.length - 1;
  };
  const importTypes = module.imports.map((i) => typeIndex(i.type));
  const functionTypes = module.functions.map((f) => typeIndex(f.type));

  const out = new Bytes();
  out.all([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);
  section(out, 1, (s) => {
    s.unsigned(types.length);
    for (const type of types) {
      s.byte(0x60);
      for (const list of [type.parameters, type.results]) {
        s.unsigned(list.length);
        for (const t of list) s.byte(valueTypes[t]);
      }
    }
  });
  section(out, 2, (s) => {
    s.unsigned(module.imports.length + 1);
    module.imports.forEach((i, at) => {
      s.text("env");
      s.text(i.name);
      s.byte(0x00);
      s.unsigned(importTypes[at] as number);
    });
    s.text("env");
    s.text("memory");
    s.all([0x02, 0x00]);
    s.unsigned(module.memoryPages);
  });
  section(out, 3, (s) => {
    s.unsigned(functionTypes.length);
    for (const type of functionTypes) s.unsigned(type);
  });
  section(out, 7, (s) => {
    const exported = module.functions.map((f, at) => [f, at] as const).filter(([f]) => f.isExported);
    s.unsigned(exported.length);
    for (const [f, at] of exported) {
      s.text(f.name);
      s.byte(0x00);
      s.unsigned(module.imports.length + at);
    }
  });
  section(out, 10, (s) => {
    s.unsigned(module.functions.length);
    for (const f of module.functions) {
      const body = new Bytes();
      encodeLocals(body, f.locals);
      for (const instruction of f.body) encodeInstruction(body, instruction);
      body.byte(0x0b);
      s.unsigned(body.length);
      s.all(body.view());
    }
  });
  if (module.data.length > 0)
    section(out, 11, (s) => {
      s.unsigned(module.data.length);
      for (const { offset, bytes } of module.data) {
        s.all([0x00, 0x41]);
        s.signed32(offset);
        s.byte(0x0b);
        s.unsigned(bytes.length);
        s.all(bytes);
      }
    });
  return new Uint8Array(out.view());
}

function section(out: Bytes, id: number, fill: (s: Bytes) => void): void {
  const inner = new Bytes();
  fill(inner);
  out.byte(id);
  out.unsigned(inner.length);
  out.all(inner.view());
}

/** Locals are written as runs of one type. */
function encodeLocals(out: Bytes, locals: readonly ValueType[]): void {
  const runs: { type: ValueType; count: number }[] = [];
  for (const type of locals) {
    const last = runs.at(-1);
    if (last?.type === type) last.count++;
    else runs.push({ type, count: 1 });
  }
  out.unsigned(runs.length);
  for (const run of runs) {
    out.unsigned(run.count);
    out.byte(valueTypes[run.type]);
  }
}

function opcode(out: Bytes, code: readonly number[]): void {
  out.byte(code[0] as number);
  if (code.length > 1) out.unsigned(code[1] as number);
  for (const byte of code.slice(2)) out.byte(byte);
}

function encodeInstruction(out: Bytes, i: Instruction): void {
  switch (i.op) {
    case "i32.const":
      out.byte(0x41);
      return out.signed32(i.value);
    case "i64.const":
      out.byte(0x42);
      return out.signed(BigInt.asIntN(64, i.value));
    case "f64.const":
      out.byte(0x44);
      return out.eight(numberBits(i.value));
    case "v128.const":
      opcode(out, [0xfd, 12]);
      out.eight(i.lanes[0]);
      return out.eight(i.lanes[1]);
    case "i8x16.shuffle":
      opcode(out, [0xfd, 13]);
      return out.all(i.bytes);
    case "br_table":
      out.byte(0x0e);
      out.unsigned(i.depths.length - 1);
      for (const depth of i.depths) out.unsigned(depth);
      return;
    default:
      if ("index" in i) {
        out.byte(indexed[i.op]);
        out.unsigned(i.index);
      } else if ("offset" in i) {
        const [code, alignment] = memory[i.op];
        opcode(out, code);
        out.unsigned(Math.min(alignment, 3));
        out.unsigned(i.offset);
      } else if ("lane" in i) {
        opcode(out, lane[i.op]);
        out.byte(i.lane);
      } else if ("result" in i) {
        out.byte(blocks[i.op]);
        out.byte(i.result === null ? 0x40 : valueTypes[i.result]);
      } else opcode(out, plainOpcode[i.op]);
  }
}
