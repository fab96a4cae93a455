/** The WebAssembly instructions our kernels use, as data. `encode.ts` makes bytes of them, `wat.ts` text. */

/** No immediate; opcodes of the WebAssembly core specification 2.0, those of 128 bits behind the prefix 0xFD. */
export const plainOpcode = {
  unreachable: [0x00],
  end: [0x0b],
  else: [0x05],
  return: [0x0f],
  drop: [0x1a],
  select: [0x1b],
  "i32.eqz": [0x45],
  "i32.eq": [0x46],
  "i32.ne": [0x47],
  "i32.lt_s": [0x48],
  "i32.lt_u": [0x49],
  "i32.gt_s": [0x4a],
  "i32.gt_u": [0x4b],
  "i32.le_s": [0x4c],
  "i32.ge_s": [0x4e],
  "i32.ge_u": [0x4f],
  "i32.add": [0x6a],
  "i32.sub": [0x6b],
  "i32.mul": [0x6c],
  "i32.div_u": [0x6e],
  "i32.rem_u": [0x70],
  "i32.and": [0x71],
  "i32.or": [0x72],
  "i32.xor": [0x73],
  "i32.shl": [0x74],
  "i32.shr_u": [0x76],
  "i32.wrap_i64": [0xa7],
  "i32.trunc_f64_s": [0xaa],
  "i64.eqz": [0x50],
  "i64.add": [0x7c],
  "i64.sub": [0x7d],
  "i64.mul": [0x7e],
  "i64.and": [0x83],
  "i64.or": [0x84],
  "i64.xor": [0x85],
  "i64.shl": [0x86],
  "i64.shr_s": [0x87],
  "i64.shr_u": [0x88],
  "i64.extend_i32_u": [0xad],
  "f64.eq": [0x61],
  "f64.ne": [0x62],
  "f64.lt": [0x63],
  "f64.gt": [0x64],
  "f64.le": [0x65],
  "f64.ge": [0x66],
  "f64.abs": [0x99],
  "f64.neg": [0x9a],
  "f64.floor": [0x9c],
  "f64.sqrt": [0x9f],
  "f64.add": [0xa0],
  "f64.sub": [0xa1],
  "f64.mul": [0xa2],
  "f64.div": [0xa3],
  "f64.convert_i32_s": [0xb7],
  "f64.convert_i32_u": [0xb8],
  "i64.reinterpret_f64": [0xbd],
  "f64.reinterpret_i64": [0xbf],
  "i32.trunc_sat_f64_s": [0xfc, 2],
  "memory.copy": [0xfc, 10, 0, 0],
  "i32x4.splat": [0xfd, 17],
  "i64x2.splat": [0xfd, 18],
  "f64x2.splat": [0xfd, 20],
  "f64x2.eq": [0xfd, 71],
  "f64x2.ne": [0xfd, 72],
  "f64x2.lt": [0xfd, 73],
  "f64x2.gt": [0xfd, 74],
  "f64x2.le": [0xfd, 75],
  "f64x2.ge": [0xfd, 76],
  "v128.not": [0xfd, 77],
  "v128.and": [0xfd, 78],
  "v128.andnot": [0xfd, 79],
  "v128.or": [0xfd, 80],
  "v128.xor": [0xfd, 81],
  "v128.bitselect": [0xfd, 82],
  "v128.any_true": [0xfd, 83],
  "f64x2.floor": [0xfd, 117],
  "i32x4.shr_u": [0xfd, 173],
  "i32x4.add": [0xfd, 174],
  "i64x2.all_true": [0xfd, 195],
  "i64x2.bitmask": [0xfd, 196],
  "i64x2.shl": [0xfd, 203],
  "i64x2.shr_s": [0xfd, 204],
  "i64x2.shr_u": [0xfd, 205],
  "i64x2.add": [0xfd, 206],
  "i64x2.sub": [0xfd, 209],
  "i64x2.extmul_low_i32x4_u": [0xfd, 222],
  "i64x2.extmul_high_i32x4_u": [0xfd, 223],
  "f64x2.abs": [0xfd, 236],
  "f64x2.neg": [0xfd, 237],
  "f64x2.sqrt": [0xfd, 239],
  "f64x2.add": [0xfd, 240],
  "f64x2.sub": [0xfd, 241],
  "f64x2.mul": [0xfd, 242],
  "f64x2.div": [0xfd, 243],
  "f64x2.pmin": [0xfd, 246],
  "f64x2.pmax": [0xfd, 247],
  "f64x2.convert_low_i32x4_u": [0xfd, 255],
} as const satisfies Readonly<Record<string, readonly number[]>>;

/** One index immediate: a local, a function, a depth of blocks. */
export const indexed = {
  "local.get": 0x20,
  "local.set": 0x21,
  "local.tee": 0x22,
  br: 0x0c,
  br_if: 0x0d,
  call: 0x10,
} as const satisfies Readonly<Record<string, number>>;

/** Opcode and natural alignment (log2 of bytes); the offset is the immediate. */
export const memory = {
  "i32.load8_u": [[0x2d], 0],
  "i32.load": [[0x28], 2],
  "i64.load": [[0x29], 3],
  "f64.load": [[0x2b], 3],
  "i32.store": [[0x36], 2],
  "i64.store": [[0x37], 3],
  "f64.store": [[0x39], 3],
  "v128.load": [[0xfd, 0], 4],
  "v128.load64_splat": [[0xfd, 10], 3],
  "v128.store": [[0xfd, 11], 4],
} as const satisfies Readonly<Record<string, readonly [readonly number[], number]>>;

export const lane = {
  "i32x4.extract_lane": [0xfd, 27],
  "i64x2.extract_lane": [0xfd, 29],
  "i64x2.replace_lane": [0xfd, 30],
  "f64x2.extract_lane": [0xfd, 33],
  "f64x2.replace_lane": [0xfd, 34],
} as const satisfies Readonly<Record<string, readonly number[]>>;

/** Structured control; `result` null is a block that leaves nothing. */
export const blocks = { block: 0x02, loop: 0x03, if: 0x04 } as const;

export type ValueType = "i32" | "i64" | "f64" | "v128";

export const valueTypes: Readonly<Record<ValueType, number>> = { i32: 0x7f, i64: 0x7e, f64: 0x7c, v128: 0x7b };

export type Instruction =
  | { readonly op: keyof typeof plainOpcode }
  | { readonly op: keyof typeof indexed; readonly index: number }
  | { readonly op: keyof typeof memory; readonly offset: number }
  | { readonly op: keyof typeof lane; readonly lane: number }
  | { readonly op: keyof typeof blocks; readonly result: ValueType | null }
  | { readonly op: "i32.const"; readonly value: number }
  | { readonly op: "i64.const"; readonly value: bigint }
  | { readonly op: "f64.const"; readonly value: number }
  /** Two 64-bit lanes, as bit patterns. */
  | { readonly op: "v128.const"; readonly lanes: readonly [bigint, bigint] }
  /** Picks 16 of the 32 bytes of two vectors. */
  | { readonly op: "i8x16.shuffle"; readonly bytes: readonly number[] }
  /** Jumps to the depth in that place, or to the last. */
  | { readonly op: "br_table"; readonly depths: readonly number[] };

// Scratch for taking doubles apart; every use writes before it reads.
const scratch = new DataView(new ArrayBuffer(8));

/** The bits of a double. */
export function numberBits(value: number): bigint {
  scratch.setFloat64(0, value);
  return scratch.getBigUint64(0);
}

export const get = (index: number): Instruction => ({ op: "local.get", index });
export const set = (index: number): Instruction => ({ op: "local.set", index });
export const i32 = (value: number): Instruction => ({ op: "i32.const", value });
export const f64 = (value: number): Instruction => ({ op: "f64.const", value });
