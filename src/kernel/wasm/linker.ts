/** Gives functions their indexes by name; those that every kernel may call are written when first asked for. */

import {
  Arithmetic,
  arctanGraph,
  expGraph,
  expTableBytes,
  logGraph,
  logisticGraph,
  powGraph,
  tanhGraph,
  turnFrom,
  type ExpTables,
} from "./elementary.ts";
import { Body, type Form, type Site } from "./emit.ts";
import type { FunctionType, WasmFunction, WasmImport } from "./encode.ts";
import { Graph } from "./graph.ts";
import { get, i32, set, type Instruction, type ValueType } from "./instruction.ts";
import type { KernelLayout } from "./layout.ts";
import { scoreCentre, inlined, normalScore } from "./score.ts";

/**
 * What the host gives: sine and cosine of arguments so large that their reduction needs long integers; a shock's value from its index, the
 * place of the run in a pair (0 or 8) and a uniform; a statistic over time from its place among the end's parts, where the run's path and its running total lie, and two dates.
 */
export const imports: readonly WasmImport[] = [
  { name: "sin", type: { parameters: ["f64"], results: ["f64"] } },
  { name: "cos", type: { parameters: ["f64"], results: ["f64"] } },
  { name: "shock", type: { parameters: ["i32", "i32", "f64"], results: ["f64"] } },
  { name: "over", type: { parameters: ["i32", "i32", "i32", "f64", "f64"], results: ["f64"] } },
];

/** Functions of numbers, by the name graphs call them. */
const ofNumbers: Readonly<
  Record<string, { readonly arity: number; readonly body: (m: Arithmetic, ...x: readonly number[]) => number }>
> = {
  exp: { arity: 1, body: (m, x = 0) => expGraph(m, x) },
  log: { arity: 1, body: (m, x = 0) => logGraph(m, x) },
  logistic: { arity: 1, body: (m, x = 0) => logisticGraph(m, x) },
  pow: { arity: 2, body: (m, x = 0, y = 0) => powGraph(m, x, y) },
  arctan: { arity: 1, body: (m, x = 0) => arctanGraph(m, x) },
  tanh: { arity: 1, body: (m, x = 0) => tanhGraph(m, x) },
  sin: { arity: 1, body: (m, x = 0) => turnFrom(m, x, 0) },
  cos: { arity: 1, body: (m, x = 0) => turnFrom(m, x, 1) },
};

export class Linker {
  readonly layout: KernelLayout;
  /** Where the seed lies, as an i32. */
  readonly seedAddress: number;
  readonly tables: ExpTables;
  readonly isCareful: boolean;
  readonly #indexes = new Map<string, number>();
  readonly #functions: (WasmFunction | null)[] = [];

  /** `isCareful`: whether graphs of pairs of runs see to every argument themselves. The functions that are called always do. */
  constructor(layout: KernelLayout, isCareful: boolean) {
    this.isCareful = isCareful;
    this.layout = layout;
    this.seedAddress = layout.reserve(16);
    const place = (kind: keyof ExpTables): number => layout.place(expTableBytes(kind));
    this.tables = { absolute: place("absolute"), relative: place("relative"), usual: place("usual") };
    imports.forEach((i, at) => this.#indexes.set(`host ${i.name}`, at));
  }

  /** The index of a function; `declare`d before, or one of those written here. */
  indexOf(name: string, form: Form): number {
    const wanted = form === "single" && name in ofNumbers ? `${name} of one` : name;
    const known = this.#indexes.get(wanted);
    if (known !== undefined) return known;
    const index = this.declare(wanted);
    this.define(
      wanted,
      name === "uniform"
        ? this.#uniform()
        : name === "lookup"
          ? lookupFunction()
          : name === "score"
            ? this.#score()
            : this.#ofNumbers(wanted, name, form),
    );
    return index;
  }

  /** Gives a function of this kernel an index before its body is written. */
  declare(name: string): number {
    const index = imports.length + this.#functions.push(null) - 1;
    this.#indexes.set(name, index);
    return index;
  }

  define(name: string, written: WasmFunction): void {
    this.#functions[(this.#indexes.get(name) as number) - imports.length] = written;
  }

  functions(): readonly WasmFunction[] {
    return this.#functions.map((f) => f as WasmFunction);
  }

  /** A site for bodies of a form whose slots are read so. */
  site(form: Form, read: Site["read"], place = -1): Site {
    return { form, layout: this.layout, indexOf: (name) => this.indexOf(name, form), read, place };
  }

  #ofNumbers(name: string, base: string, form: Form): WasmFunction {
    const { arity, body } = ofNumbers[base] as (typeof ofNumbers)[string];
    const type: ValueType = form === "pair" ? "v128" : "f64";
    const graph = new Graph();
    const given = Array.from({ length: arity }, (_, i) => graph.slot(i));
    const root = body(new Arithmetic(graph, this.tables, true), ...given);
    const written = new Body(
      this.site(form, (slot) => [{ op: "local.get", index: slot }]),
      arity,
    );
    written.compute(graph, [root])(root);
    return {
      name,
      type: { parameters: given.map(() => type), results: [type] },
      locals: written.locals,
      body: written.code,
      isExported: false,
    };
  }

  /** `score(u)`: the quantile of the standard normal, for a pair. */
  #score(): WasmFunction {
    const body = new Body(
      this.site("pair", (local) => [get(local)]),
      1,
    );
    const above = body.local("v128");
    const m = (): Arithmetic => new Arithmetic(new Graph(), this.tables, true);
    inlined(body, m(), 0, (c, u) => scoreCentre(c, u, "over"));
    body.emit(set(above));
    normalScore(body, m, 0, [get(above)]);
    const type: FunctionType = { parameters: ["v128"], results: ["v128"] };
    return { name: "score", type, locals: body.locals, body: body.code, isExported: false };
  }

  /** `uniform(key low, key high, world, index)`: one block of Philox4x32-10, as `philox.ts` has it. */
  #uniform(): WasmFunction {
    const [low, high, world, index, w0, w1, w2, w3] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
    const first = 8,
      second = 9;
    const body: Instruction[] = [];
    for (const [to, from] of [
      [w0, index],
      [w1, low],
      [w2, high],
      [w3, world],
    ] as const)
      body.push(get(from), set(to));
    for (let round = 0; round < 10; round++) {
      for (const [word, multiplier, product] of [
        [w0, 0xd2511f53n, first],
        [w2, 0xcd9e8d57n, second],
      ] as const)
        body.push(
          get(word),
          { op: "i64.extend_i32_u" },
          { op: "i64.const", value: multiplier },
          { op: "i64.mul" },
          set(product),
        );
      const upper = (product: number): Instruction[] => [
        get(product),
        { op: "i64.const", value: 32n },
        { op: "i64.shr_u" },
        { op: "i32.wrap_i64" },
      ];
      body.push(
        ...upper(second),
        get(w1),
        { op: "i32.xor" },
        { op: "i32.const", value: 0 },
        { op: "i32.load", offset: this.seedAddress },
        { op: "i32.const", value: Math.imul(round, 0x9e3779b9) },
        { op: "i32.add" },
        { op: "i32.xor" },
        set(w0),
        ...upper(first),
        get(w3),
        { op: "i32.xor" },
        { op: "i32.const", value: Math.imul(round, 0xbb67ae85) },
        { op: "i32.xor" },
        set(w2),
        get(second),
        { op: "i32.wrap_i64" },
        set(w1),
        get(first),
        { op: "i32.wrap_i64" },
        set(w3),
      );
    }
    body.push(
      get(w0),
      { op: "f64.convert_i32_u" },
      { op: "f64.const", value: 1048576 },
      { op: "f64.mul" },
      get(w1),
      { op: "i32.const", value: 12 },
      { op: "i32.shr_u" },
      { op: "f64.convert_i32_u" },
      { op: "f64.add" },
      { op: "f64.const", value: 0.5 },
      { op: "f64.add" },
      { op: "f64.const", value: 2 ** -52 },
      { op: "f64.mul" },
    );
    const type: FunctionType = { parameters: ["i32", "i32", "i32", "i32"], results: ["f64"] };
    return { name: "uniform", type, locals: ["i32", "i32", "i32", "i32", "i64", "i64"], body, isExported: false };
  }
}

/** `lookup(address, count, at)`: piecewise linear between a table's points, as `operators.ts` has it. */
function lookupFunction(): WasmFunction {
  const address = 0,
    count = 1,
    at = 2,
    low = 3,
    high = 4,
    middle = 5,
    ys = 6;
  /** The double at base + 8·index. */
  const load = (base: number, index: readonly Instruction[]): Instruction[] => [
    get(base),
    ...index,
    i32(3),
    { op: "i32.shl" },
    { op: "i32.add" },
    { op: "f64.load", offset: 0 },
  ];
  const last: readonly Instruction[] = [get(count), i32(1), { op: "i32.sub" }];
  const body: Instruction[] = [
    get(address),
    get(count),
    i32(3),
    { op: "i32.shl" },
    { op: "i32.add" },
    set(ys),
    get(at),
    get(at),
    { op: "f64.ne" },
    { op: "if", result: null },
    get(at),
    { op: "return" },
    { op: "end" },
    get(at),
    ...load(address, [i32(0)]),
    { op: "f64.le" },
    { op: "if", result: null },
    ...load(ys, [i32(0)]),
    { op: "return" },
    { op: "end" },
    get(at),
    ...load(address, last),
    { op: "f64.ge" },
    { op: "if", result: null },
    ...load(ys, last),
    { op: "return" },
    { op: "end" },
    ...last,
    set(high),
    { op: "block", result: null },
    { op: "loop", result: null },
    get(high),
    get(low),
    { op: "i32.sub" },
    i32(1),
    { op: "i32.le_s" },
    { op: "br_if", index: 1 },
    get(low),
    get(high),
    { op: "i32.add" },
    i32(1),
    { op: "i32.shr_u" },
    set(middle),
    ...load(address, [get(middle)]),
    get(at),
    { op: "f64.le" },
    { op: "if", result: null },
    get(middle),
    set(low),
    { op: "else" },
    get(middle),
    set(high),
    { op: "end" },
    { op: "br", index: 0 },
    { op: "end" },
    { op: "end" },
    ...load(ys, [get(low)]),
    get(at),
    ...load(address, [get(low)]),
    { op: "f64.sub" },
    ...load(ys, [get(low), get(count), { op: "i32.add" }]),
    { op: "f64.mul" },
    { op: "f64.add" },
  ];
  return {
    name: "lookup",
    type: { parameters: ["i32", "i32", "f64"], results: ["f64"] },
    locals: ["i32", "i32", "i32", "i32"],
    body,
    isExported: false,
  };
}
