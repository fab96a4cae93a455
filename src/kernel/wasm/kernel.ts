/** Makes the module that runs batches of a plan two runs at a time, and says where its columns lie. */

import type { Plan } from "../plan.ts";
import { planAside } from "./aside.ts";
import { planBegin } from "./begin.ts";
import { reserveColumns, type Columns } from "./columns.ts";
import type { Body } from "./emit.ts";
import type { WasmModule } from "./encode.ts";
import { planEnd } from "./end.ts";
import { get, i32, set } from "./instruction.ts";
import { KernelLayout, pairBytes } from "./layout.ts";
import { imports, Linker } from "./linker.ts";
import type { Passes } from "./passes.ts";
import { planStage, planStep, type Stores } from "./step.ts";
import { planTurns } from "./turn.ts";
import { Workshop } from "./workshop.ts";

/** A module that is as good as compiled. */
export interface Kernel {
  readonly module: WasmModule;
  readonly columns: Columns;
  /** Bytes from one point of a run's path to the next. */
  readonly pointBytes: number;
  /** Where the seed lies. */
  readonly seed: number;
  /** Where the value of a slot lies for the first run of a pair; the second's is 8 bytes on. */
  readonly addressOf: (slot: number) => number;
}

const pageBytes = 1 << 16;

/**
 * `isCareful`: every run comes to its end or fails as the reference does. Else arguments of `exp` beyond the usual make a run fail that need not: it is
 * then to be made by the careful kernel. The usual one is faster.
 */
export function kernelOf(plan: Plan, isCareful: boolean): Kernel {
  const layout = new KernelLayout();
  const linker = new Linker(layout, isCareful);
  const w = new Workshop(plan, linker);
  for (const curve of plan.curves) layout.addTable(curve);
  const points = plan.frame.steps + 1;
  const columns = reserveColumns(layout, plan);
  // Laid out once it is known how many pairs a tile has.
  const rings: number[] = [];
  const paths: number[] = [];
  const stores: Stores = { rings, paths, series: columns.series, pointBytes: 8 * columns.capacity };
  planBegin(w, columns);
  const planPasses = planStep(w, stores);
  planStage(w);
  planTurns(w);
  planAside(w, stores);
  planEnd(w, stores, columns);
  planRun(w, planPasses());
  const inputs = [...plan.claims, ...plan.unknowns, ...plan.believed];
  w.settle(inputs);
  for (const d of plan.delays) rings.push(layout.reserve(w.tileBytes * Math.min(d.steps, points)));
  for (let i = 0; i < plan.paths.length; i++) paths.push(layout.reserve(w.tileBytes * points));
  for (const part of w.parts) linker.define(part.name, w.written(part));
  const module: WasmModule = {
    imports,
    functions: linker.functions(),
    data: layout.data(),
    memoryPages: Math.ceil(layout.end / pageBytes),
  };
  return { module, columns, pointBytes: w.tileBytes, seed: linker.seedAddress, addressOf: (slot) => w.addressOf(slot) };
}

/** `run(bytes)`: every pair that lies in so many bytes of a column, as many at a time as a tile has. */
function planRun(w: Workshop, passes: Passes): void {
  const bytes = 0;
  w.add({
    name: "run",
    parameters: ["i32"],
    results: [],
    form: "pair",
    write: (body: Body) => {
      const [from, at, place, end, n, left] = Array.from({ length: 6 }, () => body.local("i32")) as [
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      const call = (name: string) => ({ op: "call", index: w.functionIndex(name) }) as const;
      /** For every pair of the tile: `at` and `place` are where it lies. */
      const each = (f: () => void): void => {
        body.emit(get(from), set(at), i32(0), set(place), { op: "loop", result: null });
        f();
        body.emit(get(at), i32(pairBytes), { op: "i32.add" }, set(at), get(place), i32(pairBytes), { op: "i32.add" });
        body.emit({ op: "local.tee", index: place }, get(end), { op: "i32.lt_u" }, { op: "br_if", index: 0 });
        body.emit({ op: "end" });
      };
      const whole = i32(w.tileBytes);
      body.emit({ op: "loop", result: null }, get(bytes), get(from), { op: "i32.sub" });
      body.emit({ op: "local.tee", index: end }, whole, { op: "i32.gt_u" });
      body.when(() => body.emit(whole, set(end)));
      each(() => body.emit(get(at), get(place), call("begin")));
      passes.call(body, 0, end);
      body.emit(i32(0), set(n));
      body.emit({ op: "block", result: null }, { op: "loop", result: null }, i32(0), set(left));
      each(() => body.emit(get(n), get(place), call("prepare")));
      passes.call(body, 1, end);
      body.emit(get(n), i32(w.plan.frame.steps), { op: "i32.lt_u" });
      body.when(() => passes.call(body, 2, end));
      each(() => {
        body.emit(get(left), get(n), get(at), get(place), call("step"), { op: "i32.eqz" }, { op: "i32.or" });
        body.emit(set(left));
      });
      body.emit(get(left), { op: "i32.eqz" }, { op: "br_if", index: 1 });
      body.emit(get(n), i32(1), { op: "i32.add" }, set(n), { op: "br", index: 0 }, { op: "end" }, { op: "end" });
      each(() => body.emit(get(at), get(place), call("end")));
      body.emit(get(at), { op: "local.tee", index: from }, get(bytes), { op: "i32.lt_u" }, { op: "br_if", index: 0 });
      body.emit({ op: "end" });
    },
  });
}
