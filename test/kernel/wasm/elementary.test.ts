/** The compiled functions give the bits of `math.ts`, in both forms, over dense sweeps, every kind of edge and random doubles. */

import { describe, expect, it } from "vitest";
import { wasmHostOf, type WasmHost } from "#kernel/wasm/host.ts";
import * as host from "#kernel/math.ts";
import { keyOf, uniform } from "#kernel/philox.ts";
import { curveOf, lookup } from "#kernel/operators.ts";
import { Arithmetic, expGraph, logGraph, logisticGraph, modGraph, roundGraph } from "#kernel/wasm/elementary.ts";
import { Body, type Form } from "#kernel/wasm/emit.ts";
import { encode, type WasmFunction } from "#kernel/wasm/encode.ts";
import { Graph } from "#kernel/wasm/graph.ts";
import { numberBits } from "#kernel/wasm/instruction.ts";
import { KernelLayout } from "#kernel/wasm/layout.ts";
import { imports, Linker } from "#kernel/wasm/linker.ts";

const WebAssembly = wasmHostOf(globalThis) as WasmHost;

const unused = (): never => {
  throw new Error("not asked for here");
};
const given = { sin: host.sin, cos: host.cos, shock: unused, over: unused };

type Build = (m: Arithmetic, x: number, y: number) => number;

interface Compiled {
  readonly pair: (a: number, b: number, c: number, d: number) => readonly [number, number];
  readonly single: (a: number, b: number) => number;
}

/** A function of two numbers, compiled in both forms; the pair form works on memory. */
function compile(build: Build, isCareful = true): Compiled {
  const layout = new KernelLayout();
  const linker = new Linker(layout, isCareful);
  const io = layout.reserve(48);
  for (const form of ["pair", "single"] as const) linker.declare(form);
  for (const form of ["pair", "single"] as const) linker.define(form, functionOf(linker, form, build, io));
  const memory = new WebAssembly.Memory({ initial: 2 });
  const bytes = encode({ memoryPages: 2, imports, functions: linker.functions(), data: layout.data() });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    env: { memory, ...given },
  });
  const view = new Float64Array(memory.buffer, io, 6);
  const pair = exports["pair"] as unknown as () => void;
  return {
    single: exports["single"] as unknown as (a: number, b: number) => number,
    pair: (a, b, c, d) => {
      view.set([a, c, b, d]);
      pair();
      return [view[4] as number, view[5] as number];
    },
  };
}

function functionOf(linker: Linker, form: Form, build: Build, io: number): WasmFunction {
  const graph = new Graph();
  const root = build(new Arithmetic(graph, linker.tables, linker.isCareful), graph.slot(0), graph.slot(1));
  const site = linker.site(form, (slot) =>
    form === "single"
      ? [{ op: "local.get", index: slot }]
      : [
          { op: "i32.const", value: 0 },
          { op: "v128.load", offset: io + 16 * slot },
        ],
  );
  const body = new Body(site, form === "single" ? 2 : 0);
  const push = body.compute(graph, [root]);
  if (form === "pair") body.emit({ op: "i32.const", value: 0 });
  push(root);
  if (form === "pair") body.emit({ op: "v128.store", offset: io + 32 });
  return {
    name: form,
    locals: body.locals,
    body: body.code,
    isExported: true,
    type: form === "single" ? { parameters: ["f64", "f64"], results: ["f64"] } : { parameters: [], results: [] },
  };
}

const edges = [
  0,
  -0,
  1,
  -1,
  2,
  -2,
  0.5,
  -0.5,
  3,
  10,
  -10,
  22,
  22.5,
  45.5,
  -45,
  60,
  700,
  709.7,
  709.79,
  710,
  -708.5,
  -740,
  -745.2,
  -746,
  1e-8,
  1e-20,
  1e-300,
  5e-324,
  -5e-324,
  2 ** -1022,
  2 ** 53,
  2 ** 53 + 2,
  1e17,
  1e300,
  -1e300,
  1.7976931348623157e308,
  Infinity,
  -Infinity,
  NaN,
  Math.PI,
  1647099,
  1647100,
  1e6,
  1e9,
  1e22,
  1e-5,
  0.1,
  1 / 3,
  1.5,
  2.5,
  -2.5,
  7,
  1e5,
];

/** Doubles of every size, from a generator with a fixed seed. */
function* anyDoubles(count: number): Generator<number> {
  const view = new DataView(new ArrayBuffer(8));
  let state = 123456789;
  for (let i = 0; i < count; i++) {
    for (const at of [0, 4]) {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      view.setInt32(at, state ^ (state >>> 15));
    }
    yield view.getFloat64(0);
  }
}

function* sweep(from: number, to: number, count: number): Generator<number> {
  for (let i = 0; i <= count; i++) yield from + ((to - from) * i) / count;
}

/** Equal bits; NaN is one value here, since its bits never leave. */
function same(a: number, b: number): boolean {
  return a !== a ? b !== b : numberBits(a) === numberBits(b);
}

/** The first arguments on which the compiled function has other bits, with what it gives alone and at either place of a pair. */
function difference(
  compiled: Compiled,
  wanted: (x: number, y: number) => number,
  inputs: Iterable<readonly [number, number]>,
): readonly number[] | null {
  let before: readonly [number, number] = [1, 1];
  for (const [x, y] of inputs) {
    const right = wanted(x, y);
    const single = compiled.single(x, y);
    const [first] = compiled.pair(x, y, ...before);
    const [, second] = compiled.pair(...before, x, y);
    if (!same(single, right) || !same(first, right) || !same(second, right))
      return [x, y, right, single, first, second];
    before = [x, y];
  }
  return null;
}

function* withSecond(xs: Iterable<number>): Generator<readonly [number, number]> {
  for (const x of xs) yield [x, 1];
}

function* chained(...parts: readonly Iterable<number>[]): Generator<number> {
  for (const part of parts) yield* part;
}

const ofOne: Readonly<Record<string, readonly [Build, (x: number) => number, readonly (readonly [number, number])[]]>> =
  {
    exp: [
      (m, x) => expGraph(m, x),
      host.exp,
      [
        [-750, 712],
        [-1, 1],
      ],
    ],
    log: [
      (m, x) => logGraph(m, x),
      host.log,
      [
        [-1, 3],
        [0.9, 1.1],
        [0, 1e6],
      ],
    ],
    logistic: [
      (m, x) => logisticGraph(m, x),
      host.logistic,
      [
        [-40, 40],
        [-750, 750],
      ],
    ],
    tanh: [
      (m, x) => m.graph.call("tanh", x),
      host.tanh,
      [
        [-25, 25],
        [-1e-3, 1e-3],
      ],
    ],
    arctan: [
      (m, x) => m.graph.call("arctan", x),
      host.arctan,
      [
        [-3, 3],
        [-1e3, 1e3],
      ],
    ],
    sin: [
      (m, x) => m.graph.call("sin", x),
      host.sin,
      [
        [-10, 10],
        [-2e6, 2e6],
      ],
    ],
    cos: [
      (m, x) => m.graph.call("cos", x),
      host.cos,
      [
        [-10, 10],
        [-2e6, 2e6],
      ],
    ],
    round: [(m, x) => roundGraph(m, x), host.round, [[-5, 5]]],
  };

describe("compiled functions", () => {
  for (const [name, [build, wanted, ranges]] of Object.entries(ofOne))
    it(`${name} has the reference's bits`, () => {
      const sweeps = ranges.map(([from, to]) => sweep(from, to, 20_000));
      expect(difference(compile(build), wanted, withSecond(chained(edges, ...sweeps, anyDoubles(20_000))))).toBeNull();
    });

  it("exp and logistic have them for usual arguments in the usual kernel too", () => {
    const usual = chained(sweep(-650, 650, 40_000), sweep(-1, 1, 20_000), [0, -0, 5e-324, NaN]);
    const values = [...usual];
    expect(
      difference(
        compile((m, x) => expGraph(m, x), false),
        host.exp,
        withSecond(values),
      ),
    ).toBeNull();
    expect(
      difference(
        compile((m, x) => logisticGraph(m, x), false),
        host.logistic,
        withSecond(values),
      ),
    ).toBeNull();
  });

  it("the usual kernel tells arguments that are not usual, beside NaN too", () => {
    const strayed = (m: Arithmetic, ...given: readonly number[]): number => {
      for (const x of given) expGraph(m, x);
      return m.graph.count(m.strayed() as number);
    };
    const { pair } = compile((m, x, y) => strayed(m, x, y), false);
    expect(pair(1, -650, 651, 1)).toEqual([0, 1]);
    expect(pair(NaN, 900, -Infinity, NaN)).toEqual([1, 1]);
    expect(pair(900, NaN, 3, -651)).toEqual([1, 1]);
  });

  const ofTwo: Readonly<Record<string, readonly [Build, (x: number, y: number) => number]>> = {
    pow: [(m, x, y) => m.graph.call("pow", x, y), host.pow],
    mod: [(m, x, y) => modGraph(m, x, y), host.mod],
    min: [(m, x, y) => m.graph.binary("min", x, y), (x, y) => (y < x ? y : x)],
    max: [(m, x, y) => m.graph.binary("max", x, y), (x, y) => (x < y ? y : x)],
  };
  for (const [name, [build, wanted]] of Object.entries(ofTwo))
    it(`${name} has the reference's bits`, () => {
      const pairs = function* (): Generator<readonly [number, number]> {
        for (const x of edges) for (const y of edges) yield [x, y];
        const ys = anyDoubles(20_000);
        for (const x of anyDoubles(20_000)) yield [Math.abs(x), ys.next().value as number];
        for (const x of sweep(0.01, 20, 200)) for (const y of sweep(-9, 9, 36)) yield [x, y];
      };
      expect(difference(compile(build), wanted, pairs())).toBeNull();
    });

  it("looks tables up as the reference does", () => {
    const curve = curveOf({ x: [-1, 0, 0.5, 2, 7], y: [3, 1, 4, 1, 5] } as unknown as Parameters<typeof curveOf>[0]);
    const layout = new KernelLayout();
    layout.addTable(curve);
    const linker = new Linker(layout, true);
    linker.declare("single");
    linker.define(
      "single",
      functionOf(linker, "single", (m, x) => m.graph.lookup(0, curve, x), 0),
    );
    const memory = new WebAssembly.Memory({ initial: 1 });
    const module = new WebAssembly.Module(
      encode({ memoryPages: 1, imports, functions: linker.functions(), data: layout.data() }),
    );
    const f = new WebAssembly.Instance(module, { env: { memory, ...given } }).exports["single"] as (
      x: number,
      y: number,
    ) => number;
    for (const x of chained(sweep(-3, 9, 5000), edges)) expect(same(f(x, 0), lookup(curve, x)), String(x)).toBe(true);
  });

  it("draws the reference's uniforms", () => {
    const layout = new KernelLayout();
    const linker = new Linker(layout, true);
    const at = linker.indexOf("uniform", "single") - imports.length;
    const functions = linker.functions().map((f, i) => (i === at ? { ...f, isExported: true } : f));
    const memory = new WebAssembly.Memory({ initial: 1 });
    const module = new WebAssembly.Module(encode({ memoryPages: 1, imports, functions, data: layout.data() }));
    const f = new WebAssembly.Instance(module, { env: { memory, ...given } }).exports["uniform"] as (
      ...i: readonly number[]
    ) => number;
    for (const [seed, name, world, index] of [
      [1, "event fall", 0, 0],
      [7, "unknown oil", 12345, 3],
      [4294967295, "claim é", 2 ** 31 + 5, 119],
    ] as const) {
      new DataView(memory.buffer).setUint32(linker.seedAddress, seed, true);
      const key = keyOf(name);
      expect(f(key.low, key.high, world, index)).toBe(uniform(seed, key, world, index));
    }
  });
});
