/** The fast engine: compiles each program to a WebAssembly module. */

import { Refused } from "#text/refused.ts";
import type { Model } from "#model/model.ts";
import { compile, type Watch } from "../compile.ts";
import { resolve } from "../distribution.ts";
import {
  batched,
  emptyResult,
  referenceEngine,
  type BatchDraws,
  type BatchProgram,
  type BatchResult,
  type Engine,
} from "../engine.ts";
import { cos, sin } from "../math.ts";
import { overPath } from "../path.ts";
import type { EndPart, Plan, ShockPlan } from "../plan.ts";
import { quantile } from "../quantiles.ts";
import { prepare } from "../reference.ts";
import { wasmMath } from "./draws.ts";
import { encode } from "./encode.ts";
import { wasmHostOf, type WasmExports, type WasmHost } from "./host.ts";
import { kernelOf, type Kernel } from "./kernel.ts";
import { pairBytes } from "./layout.ts";

/** Modules beyond this are left to the reference: browsers refuse to compile longer ones at once. */
const longestModule = 8_000_000;

/**
 * The engine of that name. `tell` hears of a model that is left to the reference. Throws `Refused` where the compiled one is asked for and the
 * global object has no WebAssembly.
 */
export function engineNamed(name: Engine["name"], global: object, tell: (note: string) => void): Engine {
  if (name === "reference") return referenceEngine;
  const host = wasmHostOf(global);
  if (host === null) throw new Refused("this JavaScript engine has no WebAssembly; ask for the engine 'reference'");
  return wasmEngine(host, tell);
}

/**
 * Bit for bit the reference. A run in which exp meets an extreme argument is made again by a more careful kernel; one that meets a value that is not
 * finite, or a negative rate, by the reference, which names it. A model whose module would be too large is run by the reference altogether,
 * and `tell` is told.
 */
function wasmEngine(host: WasmHost, tell: (note: string) => void): Engine {
  const math = lazily(() => wasmMath(host));
  return {
    name: "wasm",
    get math() {
      return math();
    },
    compile: (model, setting, watch) => {
      const plan = compile(model, setting, watch);
      const slow = (): BatchProgram => batched(model, prepare(model, setting, watch), watch);
      const usual = machineOf(host, plan, false);
      if (typeof usual === "number") {
        tell(
          `the reference interpreter runs this case: compiled it would be ${usual} bytes, and ${longestModule} is the limit`,
        );
        return slow();
      }
      const careful = lazily((): BatchProgram => {
        const machine = machineOf(host, plan, true);
        return typeof machine === "number" ? slow() : program(model, plan, machine, watch, lazily(slow));
      });
      return settled(program(model, plan, usual, watch, careful), careful);
    },
  };
}

/** The first program, until more than an eighth of its runs have to be made again: then the second altogether. */
function settled(usual: BatchProgram & { readonly again: () => number }, careful: () => BatchProgram): BatchProgram {
  let runs = 0;
  return {
    ...usual,
    run: (draws) => {
      if (8 * usual.again() > runs && runs > 0) return careful().run(draws);
      runs += draws.worlds.length;
      return usual.run(draws);
    },
  };
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

/** A kernel ready to run. */
interface Machine {
  readonly kernel: Kernel;
  readonly memory: ArrayBuffer;
  readonly run: (bytes: number) => number;
}

/** The bytes it would have, where they are too many. */
function machineOf(host: WasmHost, plan: Plan, isCareful: boolean): Machine | number {
  const kernel = kernelOf(plan, isCareful);
  const bytes = encode(kernel.module);
  if (bytes.length > longestModule) return bytes.length;
  const memory = new host.Memory({ initial: kernel.module.memoryPages });
  const env = { memory, ...asked(plan, kernel, new Float64Array(memory.buffer)) };
  const { exports } = new host.Instance(new host.Module(bytes), { env });
  return { kernel, memory: memory.buffer, run: exports["run"] as WasmExports[string] };
}

/** What a kernel asks of its host. */
function asked(plan: Plan, kernel: Kernel, doubles: Float64Array): Readonly<Record<string, WasmExports[string]>> {
  const valueAt = (address: number): number => doubles[address / 8] as number;
  const pathAt = (address: number): Float64Array =>
    Float64Array.from({ length: plan.frame.steps + 1 }, (_, n) => valueAt(address + kernel.pointBytes * n));
  return {
    sin: (x = 0) => sin(x),
    cos: (x = 0) => cos(x),
    shock: (index = 0, lane = 0, uniform = 0) => {
      const { distribution, parameters } = plan.shocks[index] as ShockPlan;
      const { constants } = plan.frame.memory;
      const resolved = resolve(distribution, (e) => {
        const slot = parameters.get(e) as number;
        return constants.get(slot) ?? valueAt(kernel.addressOf(slot) + lane);
      });
      return quantile(resolved, uniform);
    },
    over: (index = 0, address = 0, total = 0, from = 0, to = 0) => {
      const { statistic, integral } = plan.end[index] as Extract<EndPart, { readonly kind: "over" }>;
      return overPath(statistic, pathAt(address), from, to, plan.frame.dt, integral < 0 ? null : pathAt(total));
    },
  };
}

/** Runs that fail are made again by another program, which throws or gives what they come to; `again` is how many there were so far. */
function program(
  model: Model,
  plan: Plan,
  machine: Machine,
  watch: Watch,
  other: () => BatchProgram,
): BatchProgram & { readonly again: () => number } {
  const { kernel, memory } = machine;
  const { capacity } = kernel.columns;
  let again = 0;
  /** The columns of the last batch, which the next one of as many runs is laid in. */
  let last: BatchResult | null = null;
  return {
    believed: plan.frame.believed,
    batch: capacity,
    again: () => again,
    run: (draws) => {
      const all = draws.worlds.length;
      const result = last?.clampedSteps.length === all ? last : emptyResult(model, watch, all);
      last = all <= capacity ? result : null;
      for (let from = 0; from < all; from += capacity) {
        const runs = Math.min(capacity, all - from);
        layIn(kernel, memory, draws, from, runs);
        machine.run(pairBytes * Math.ceil(runs / 2));
        takeOut(kernel, plan, memory, result, from, runs);
        const failed = failedOf(new Float64Array(memory, kernel.columns.failed, runs), from);
        again += failed.length;
        if (failed.length > 0) putBack(result, failed, other().run(chosen(draws, failed)));
      }
      return result;
    },
  };
}

/** Places of runs that failed, the first at `from`. */
function failedOf(marks: Float64Array, from: number): readonly number[] {
  const found: number[] = [];
  for (let at = 0; at < marks.length; at++) if (marks[at] !== 0) found.push(from + at);
  return found;
}

/** The draws at some places of a batch. */
function chosen(draws: BatchDraws, places: readonly number[]): BatchDraws {
  const cut = (columns: readonly Float64Array[]): readonly Float64Array[] =>
    columns.map((c) => Float64Array.from(places, (at) => c[at] as number));
  return {
    seed: draws.seed,
    worlds: Uint32Array.from(places, (at) => draws.worlds[at] as number),
    claims: cut(draws.claims),
    unknowns: cut(draws.unknowns),
    believed: cut(draws.believed),
  };
}

function putBack(result: BatchResult, places: readonly number[], some: BatchResult): void {
  const runs = result.clampedSteps.length;
  const put = (to: Float64Array | Uint8Array | Uint32Array, from: typeof to): void =>
    places.forEach((at, i) => (to[at] = from[i] as number));
  for (const what of ["outcomes", "finals", "always", "firstTimes"] as const)
    result[what].forEach((column, i) => put(column, some[what][i] as Float64Array | Uint8Array));
  result.series.forEach((column, i) => {
    const made = some.series[i] as Float64Array;
    const points = column.length / runs;
    for (let t = 0; t < points; t++)
      places.forEach((at, k) => (column[t * runs + at] = made[t * places.length + k] as number));
  });
  put(result.clampedSteps, some.clampedSteps);
}

/** A run that is left over is made twice. */
function layIn(kernel: Kernel, memory: ArrayBuffer, draws: BatchDraws, from: number, runs: number): void {
  const { columns } = kernel;
  const words = new Uint32Array(memory, columns.worlds, 2 * columns.capacity);
  for (let at = 0; at < runs; at++) words[2 * at] = draws.worlds[from + at] as number;
  if (runs % 2 === 1) words[2 * runs] = words[2 * runs - 2] as number;
  new DataView(memory).setUint32(kernel.seed, draws.seed, true);
  for (const what of ["claims", "unknowns", "believed"] as const) {
    const places = columns[what];
    const given = draws[what];
    if (places.length !== given.length) throw new Error(`${given.length} ${what} drawn, ${places.length} wanted`);
    places.forEach((place, i) => {
      const column = new Float64Array(memory, place, columns.capacity);
      const values = given[i] as Float64Array;
      column.set(runs === values.length ? values : values.subarray(from, from + runs));
      if (runs % 2 === 1) column[runs] = column[runs - 1] as number;
    });
  }
}

function takeOut(kernel: Kernel, plan: Plan, memory: ArrayBuffer, to: BatchResult, from: number, runs: number): void {
  const { columns } = kernel;
  const all = to.clampedSteps.length;
  const column = (place: number): Float64Array => new Float64Array(memory, place, runs);
  for (const what of ["outcomes", "finals", "firstTimes"] as const)
    to[what].forEach((kept, i) => kept.set(column(columns[what][i] as number), from));
  to.always.forEach((kept, i) => {
    const held = new Int32Array(memory, columns.always[i] as number, 2 * runs);
    for (let at = 0; at < runs; at++) kept[from + at] = held[2 * at] === 0 ? 0 : 1;
  });
  to.series.forEach((kept, i) => {
    const place = columns.series[i] as number;
    for (let t = 0; t <= plan.frame.steps; t++) kept.set(column(place + 8 * columns.capacity * t), t * all + from);
  });
  to.clampedSteps.set(column(columns.clamped), from);
}
