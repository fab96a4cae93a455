/** The module that draws columns: uniforms four at a time, functions two at a time. One for all models: distributions' parameters are its host's. */

import type { ColumnFunction } from "../column-math.ts";
import { Arithmetic, expGraph, log1pGraph, logisticGraph } from "./elementary.ts";
import { Body } from "./emit.ts";
import type { WasmFunction, WasmModule } from "./encode.ts";
import { Graph } from "./graph.ts";
import { get, i32, set, type Instruction } from "./instruction.ts";
import { KernelLayout, pairBytes } from "./layout.ts";
import { imports, Linker } from "./linker.ts";
import { scoreCentre, inlined, normalScore } from "./score.ts";

interface DrawKernel {
  readonly module: WasmModule;
  /** Values that fit in a column. */
  readonly capacity: number;
  /** Where the worlds and the indexes of uniforms lie, 4 bytes each, and where the values, 8 each. */
  readonly worlds: number;
  readonly indexes: number;
  readonly values: number;
}

const capacity = 1024;

export function drawKernel(): DrawKernel {
  const layout = new KernelLayout();
  const linker = new Linker(layout, true);
  const [worlds, indexes, values] = [4, 4, 8].map((bytes) => layout.reserve(bytes * capacity)) as [
    number,
    number,
    number,
  ];
  for (const name of ["uniforms", "uniforms of one index"] as const) {
    linker.declare(name);
    linker.define(name, uniforms(name, worlds, indexes, values));
  }
  const m = (): Arithmetic => new Arithmetic(new Graph(), linker.tables, true);
  const over = (name: ColumnFunction, write: Parameters<typeof overColumn>[3]): void => {
    linker.declare(name);
    linker.define(name, overColumn(linker, name, values, write));
  };
  const simple = (name: ColumnFunction, f: (m: Arithmetic, x: number) => number): void =>
    over(name, (body, loop) => loop(values, (x) => inlined(body, m(), x, f)));
  simple("exp", expGraph);
  simple("logistic", logisticGraph);
  simple("log1p", log1pGraph);
  // In two passes, so that the constants of each stay in registers.
  const above = layout.reserve(8 * capacity);
  over("score", (body, loop) => {
    loop(above, (u) => inlined(body, m(), u, (c, x) => scoreCentre(c, x, "over")));
    loop(values, (u, at) => normalScore(body, m, u, [get(at), { op: "v128.load", offset: above }]));
  });
  const pageBytes = 1 << 16;
  return {
    module: {
      imports,
      functions: linker.functions(),
      data: layout.data(),
      memoryPages: Math.ceil(layout.end / pageBytes),
    },
    capacity,
    worlds,
    indexes,
    values,
  };
}

/** `name(bytes)`: a function on so many bytes of the column, a pair of values at a time; a value left over is worked out with what lies beyond it. */
function overColumn(
  linker: Linker,
  name: string,
  values: number,
  write: (body: Body, loop: (to: number, f: (x: number, at: number) => void) => void) => void,
): WasmFunction {
  const bytes = 0;
  const body = new Body(
    linker.site("pair", (local) => [get(local)]),
    1,
  );
  const at = body.local("i32");
  const x = body.local("v128");
  write(body, (to, f) => {
    body.emit(i32(0), set(at), { op: "loop", result: null }, get(at), { op: "v128.load", offset: values }, set(x));
    body.emit(get(at));
    f(x, at);
    body.emit({ op: "v128.store", offset: to });
    body.emit(get(at), i32(pairBytes), { op: "i32.add" }, { op: "local.tee", index: at });
    body.emit(get(bytes), { op: "i32.lt_u" }, { op: "br_if", index: 0 }, { op: "end" });
  });
  return {
    name,
    type: { parameters: ["i32"], results: [] },
    locals: body.locals,
    body: body.code,
    isExported: true,
  };
}

/**
 * `uniforms(key low, key high, seed, count)`: Philox4x32-10 as `philox.ts` has it, for worlds and indexes in fours. Of one index, which is the first of
 * them, the first products are the same for all worlds, and are made once.
 */
function uniforms(
  name: "uniforms" | "uniforms of one index",
  worlds: number,
  indexes: number,
  values: number,
): WasmFunction {
  const [low, high, seed, count] = [0, 1, 2, 3] as const;
  const [at, c0, c1, c2, c3, a0, a1, b0, b1] = [4, 5, 6, 7, 8, 9, 10, 11, 12] as const;
  const round = 13;
  const one = 23;
  const splat = (value: number): Instruction => {
    const word = BigInt(value >>> 0);
    const two = (word << 32n) | word;
    return { op: "v128.const", lanes: [two, two] };
  };
  const words = (first: number, second: number, from: 0 | 1): Instruction[] => {
    const bytes = [0, 2, 4, 6].flatMap((w) => [0, 1, 2, 3].map((b) => 4 * (w + from) + b));
    return [get(first), get(second), { op: "i8x16.shuffle", bytes }];
  };
  const times = (word: number, by: number, to: readonly [number, number]): Instruction[] => [
    get(word),
    splat(by),
    { op: "i64x2.extmul_low_i32x4_u" },
    set(to[0]),
    get(word),
    splat(by),
    { op: "i64x2.extmul_high_i32x4_u" },
    set(to[1]),
  ];
  const body: Instruction[] = [];
  for (let i = 0; i < 10; i++)
    body.push(get(seed), i32(Math.imul(i, 0x9e3779b9)), { op: "i32.add" }, { op: "i32x4.splat" }, set(round + i));
  body.push(i32(0), { op: "i32.load", offset: indexes }, set(one), { op: "loop", result: null });
  const index: readonly Instruction[] =
    name === "uniforms" ? [get(at), { op: "v128.load", offset: indexes }] : [get(one), { op: "i32x4.splat" }];
  body.push(...index, set(c0), get(low), { op: "i32x4.splat" }, set(c1));
  body.push(get(high), { op: "i32x4.splat" }, set(c2), get(at), { op: "v128.load", offset: worlds }, set(c3));
  for (let i = 0; i < 10; i++) {
    body.push(...times(c0, 0xd2511f53, [a0, a1]), ...times(c2, 0xcd9e8d57, [b0, b1]));
    body.push(...words(b0, b1, 1), get(c1), { op: "v128.xor" }, get(round + i), { op: "v128.xor" }, set(c0));
    body.push(...words(a0, a1, 1), get(c3), { op: "v128.xor" }, splat(Math.imul(i, 0xbb67ae85)), { op: "v128.xor" });
    body.push(set(c2), ...words(b0, b1, 0), set(c1), ...words(a0, a1, 0), set(c3));
  }
  const upperTwo: Instruction = {
    op: "i8x16.shuffle",
    bytes: [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15],
  };
  const number = (value: number): Instruction[] => [{ op: "f64.const", value }, { op: "f64x2.splat" }];
  for (const half of [0, 1]) {
    const part = (word: number): Instruction[] => [get(word), ...(half === 1 ? [get(word), upperTwo] : [])];
    body.push(get(at), i32(1), { op: "i32.shl" });
    body.push(...part(c0), { op: "f64x2.convert_low_i32x4_u" }, ...number(1048576), { op: "f64x2.mul" });
    body.push(...part(c1), i32(12), { op: "i32x4.shr_u" }, { op: "f64x2.convert_low_i32x4_u" }, { op: "f64x2.add" });
    body.push(...number(0.5), { op: "f64x2.add" }, ...number(2 ** -52), { op: "f64x2.mul" });
    body.push({ op: "v128.store", offset: values + pairBytes * half });
  }
  body.push(get(at), i32(pairBytes), { op: "i32.add" }, { op: "local.tee", index: at }, get(count), i32(2), {
    op: "i32.shl",
  });
  body.push({ op: "i32.lt_u" }, { op: "br_if", index: 0 }, { op: "end" });
  return {
    name,
    type: { parameters: ["i32", "i32", "i32", "i32"], results: [] },
    locals: ["i32", ...Array.from({ length: 18 }, () => "v128" as const), "i32"],
    body,
    isExported: true,
  };
}
