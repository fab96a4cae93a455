/** The module that draws columns: uniforms four at a time, functions two at a time. One for all models: distributions' parameters are its host's. */

import { as241, type Rational } from "../normal.ts";
import type { ColumnFunction } from "../column-math.ts";
import { Arithmetic, exp, log, logistic } from "./elementary.ts";
import { Body } from "./emit.ts";
import type { WasmFunction, WasmModule } from "./encode.ts";
import { Graph } from "./graph.ts";
import { get, i32, set, type Instruction } from "./instruction.ts";
import { Layout, pairBytes } from "./layout.ts";
import { imports, Linker } from "./linker.ts";

export interface DrawKernel {
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
  const layout = new Layout();
  const linker = new Linker(layout, true);
  const [worlds, indexes, values] = [4, 4, 8].map((bytes) => layout.reserve(bytes * capacity)) as [
    number,
    number,
    number,
  ];
  linker.declare("uniforms");
  linker.define("uniforms", uniforms(worlds, indexes, values));
  const m = (): Arithmetic => new Arithmetic(new Graph(), linker.tables, true);
  const over = (name: ColumnFunction, write: Parameters<typeof overColumn>[3]): void => {
    linker.declare(name);
    linker.define(name, overColumn(linker, name, values, write));
  };
  const simple = (name: ColumnFunction, f: (m: Arithmetic, x: number) => number): void =>
    over(name, (body, loop) => loop(values, (x) => inlined(body, m(), x, f)));
  simple("exp", exp);
  simple("logistic", logistic);
  simple("log1p", log1p);
  // In two passes, so that the constants of each stay in registers.
  const above = layout.reserve(8 * capacity);
  over("score", (body, loop) => {
    loop(above, (u) => inlined(body, m(), u, (c, x) => centre(c, x, "over")));
    loop(values, (u, at) => score(body, m, u, [get(at), { op: "v128.load", offset: above }]));
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

/** As `logarithm.ts` has it. */
function log1p(m: Arithmetic, x: number): number {
  const g = m.graph;
  const one = m.c(1);
  const sum = m.add(one, x);
  const lost = g.select(g.compare("gt", sum, m.c(2)), m.sub(one, m.sub(sum, x)), m.sub(x, m.sub(sum, one)));
  const value = m.add(log(m, sum), m.div(lost, sum));
  const usual = g.and(g.compare("gt", x, m.c(-1)), g.compare("lt", x, m.c(Infinity)));
  const edge = g.select(g.compare("eq", x, m.c(-1)), m.c(-Infinity), g.select(g.compare("gt", x, m.c(0)), x, m.c(NaN)));
  return g.select(usual, value, edge);
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

/** Puts a function of what a local holds on the stack. */
function inlined(body: Body, m: Arithmetic, x: number, f: (m: Arithmetic, x: number) => number): void {
  const root = f(m, m.graph.slot(x));
  body.compute(m.graph, [root])(root);
}

function ratio(m: Arithmetic, { over, under }: Rational, r: number): number {
  return m.div(m.polynomial(r, over), m.polynomial(r, under));
}

/** The two sides of AS241's ratio in the centre, the upper one times q. */
function centre(m: Arithmetic, u: number, side: keyof Rational): number {
  const q = m.sub(u, m.c(0.5));
  const value = m.polynomial(m.sub(m.c(0.180625), m.mul(q, q)), as241.centre[side]);
  return side === "over" ? m.mul(q, value) : value;
}

/** AS241: the centre for both, the tail where one of them lies in it, the far tail where one lies there. `above` is the centre's upper side. */
function score(body: Body, m: () => Arithmetic, u: number, above: readonly Instruction[]): void {
  const [z, t, q, beyond] = [body.local("v128"), body.local("v128"), body.local("v128"), body.local("v128")];
  inlined(body, m(), u, (c, x) => c.sub(x, c.c(0.5)));
  body.emit(set(q), ...above);
  inlined(body, m(), u, (c, x) => centre(c, x, "under"));
  body.emit({ op: "f64x2.div" }, set(z));
  const where = (local: number, holds: (c: Arithmetic, x: number) => number, then: () => void): void => {
    inlined(body, m(), local, holds);
    body.emit({ op: "local.tee", index: beyond }, { op: "v128.any_true" });
    body.when(then);
  };
  /** Where `beyond`, this in place of z. */
  const instead = (): void => body.emit(get(z), get(beyond), { op: "v128.bitselect" }, set(z));
  where(
    q,
    (c, x) => c.graph.compare("gt", c.graph.unary("abs", x), c.c(0.425)),
    () => {
      inlined(body, m(), u, (c, x) => {
        const rest = c.graph.select(c.graph.compare("lt", c.sub(x, c.c(0.5)), c.c(0)), x, c.sub(c.c(1), x));
        return c.graph.unary("sqrt", c.neg(log(c, rest)));
      });
      body.emit(set(t));
      const signed = (which: Rational, from: number): void => {
        inlined(body, m(), t, (c, x) => ratio(c, which, c.sub(x, c.c(from))));
        // The sign of q: z is positive.
        body.emit(get(q), { op: "v128.const", lanes: [signBit, signBit] }, { op: "v128.and" }, { op: "v128.xor" });
      };
      signed(as241.tail, 1.6);
      instead();
      // In the centre t is below 2, so what lies far lies in the tail.
      where(
        t,
        (c, x) => c.graph.compare("gt", x, c.c(5)),
        () => {
          signed(as241.far, 5);
          instead();
        },
      );
    },
  );
  body.emit(get(z));
}

const signBit = 1n << 63n;

/** `uniforms(key low, key high, seed, count)`: Philox4x32-10 as `philox.ts` has it, for worlds and indexes in fours. */
function uniforms(worlds: number, indexes: number, values: number): WasmFunction {
  const [low, high, seed, count] = [0, 1, 2, 3] as const;
  const [at, c0, c1, c2, c3, a0, a1, b0, b1] = [4, 5, 6, 7, 8, 9, 10, 11, 12] as const;
  const round = 13;
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
  body.push({ op: "loop", result: null });
  body.push(get(at), { op: "v128.load", offset: indexes }, set(c0), get(low), { op: "i32x4.splat" }, set(c1));
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
    name: "uniforms",
    type: { parameters: ["i32", "i32", "i32", "i32"], results: [] },
    locals: ["i32", ...Array.from({ length: 18 }, () => "v128" as const)],
    body,
    isExported: true,
  };
}
