/** The fast engine: the host's WebAssembly in, an engine whose programs are modules of it out. */

import type { Model } from "#model/model.ts";
import { compile, type Watch } from "../compile.ts";
import { resolve } from "../distribution.ts";
import {
  batched,
  drawsAt,
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
import { prepare, type Program } from "../reference.ts";
import { encode } from "./encode.ts";
import { wasmHostOf, type WasmExports, type WasmHost } from "./host.ts";
import { kernelOf, type Kernel } from "./kernel.ts";
import { pairBytes } from "./layout.ts";

/** Modules beyond this are left to the reference: browsers refuse to compile longer ones at once. */
const longestModule = 8_000_000;

/**
 * The engine of that name. `tell` hears of a model that is left to the reference. Throws a RangeError where the compiled one is asked for and the
 * global object has no WebAssembly.
 */
export function engineNamed(name: Engine["name"], global: object, tell: (note: string) => void): Engine {
  if (name === "reference") return referenceEngine;
  const host = wasmHostOf(global);
  if (host === null) throw new RangeError("this JavaScript engine has no WebAssembly; ask for the engine 'reference'");
  return wasmEngine(host, tell);
}

/**
 * Bit for bit the reference. A run that meets a value that is not finite, or a negative rate, is made again by the reference, which names it. A
 * model whose module would be too large is run by the reference altogether, and `tell` is told.
 */
export function wasmEngine(host: WasmHost, tell: (note: string) => void): Engine {
  return {
    name: "wasm",
    compile: (model, setting, watch) => {
      const plan = compile(model, setting, watch);
      const kernel = kernelOf(plan);
      const bytes = encode(kernel.module);
      if (bytes.length > longestModule) {
        tell(
          `the reference interpreter runs this case: compiled it would be ${bytes.length} bytes, and ${longestModule} is the limit`,
        );
        return batched(model, prepare(model, setting, watch), watch);
      }
      return program(model, plan, kernel, instantiate(host, plan, kernel, bytes), watch, () =>
        prepare(model, setting, watch),
      );
    },
  };
}

interface Instance {
  readonly memory: ArrayBuffer;
  readonly exports: WasmExports;
}

function instantiate(host: WasmHost, plan: Plan, kernel: Kernel, bytes: Uint8Array<ArrayBuffer>): Instance {
  const memory = new host.Memory({ initial: kernel.module.memoryPages });
  const doubles = new Float64Array(memory.buffer);
  const valueAt = (address: number): number => doubles[address / 8] as number;
  const path = new Float64Array(plan.frame.steps + 1);
  const env = {
    memory,
    sin,
    cos,
    shock: (index: number, lane: number, uniform: number): number => {
      const { distribution, parameters } = plan.shocks[index] as ShockPlan;
      const { constants } = plan.frame.memory;
      const resolved = resolve(distribution, (e) => {
        const slot = parameters.get(e) as number;
        return constants.get(slot) ?? valueAt(kernel.addressOf(slot) + lane);
      });
      return quantile(resolved, uniform);
    },
    over: (index: number, address: number, from: number, to: number): number => {
      const { statistic } = plan.end[index] as Extract<EndPart, { readonly kind: "over" }>;
      for (let n = 0; n < path.length; n++) path[n] = valueAt(address + pairBytes * n);
      return overPath(statistic, path, from, to, plan.frame.dt);
    },
  };
  const { exports } = new host.Instance(new host.Module(bytes), { env });
  return { memory: memory.buffer, exports };
}

function program(
  model: Model,
  plan: Plan,
  kernel: Kernel,
  instance: Instance,
  watch: Watch,
  reference: () => Program,
): BatchProgram {
  const { columns } = kernel;
  const run = instance.exports["run"] as (bytes: number) => number;
  return {
    believed: plan.frame.believed,
    batch: columns.capacity,
    run: (draws) => {
      const result = emptyResult(model, watch, draws.worlds.length);
      for (let from = 0; from < draws.worlds.length; from += columns.capacity) {
        const runs = Math.min(columns.capacity, draws.worlds.length - from);
        layIn(kernel, instance.memory, draws, from, runs);
        run(pairBytes * Math.ceil(runs / 2));
        takeOut(kernel, plan, instance.memory, result, from, runs);
        tellFailures(kernel, instance.memory, draws, from, runs, reference);
      }
      return result;
    },
  };
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
    if (places.length !== given.length) throw new RangeError(`${given.length} ${what} drawn, ${places.length} wanted`);
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

/** The reference makes the first run that failed again, and throws. */
function tellFailures(
  kernel: Kernel,
  memory: ArrayBuffer,
  draws: BatchDraws,
  from: number,
  runs: number,
  reference: () => Program,
): void {
  const failed = new Float64Array(memory, kernel.columns.failed, runs).findIndex((f) => f !== 0);
  if (failed < 0) return;
  const at = from + failed;
  const world = draws.worlds[at] as number;
  reference().run({ ...drawsAt(draws, at), seed: draws.seed, world });
  throw new RangeError(`world ${world} failed in one engine and not in the other`);
}
