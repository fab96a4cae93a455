/** A plan in; the module that runs batches of it two runs at a time, and where its columns lie, out. */

import type { Plan } from "../plan.ts";
import { planAside } from "./aside.ts";
import { planBegin } from "./begin.ts";
import { reserveColumns, type Columns } from "./columns.ts";
import type { Body } from "./emit.ts";
import type { WasmModule } from "./encode.ts";
import { planEnd } from "./end.ts";
import { get, i32, set } from "./instruction.ts";
import { Layout, pairBytes } from "./layout.ts";
import { imports, Linker } from "./linker.ts";
import { planStage, planStep, type Stores } from "./step.ts";
import { planTurns } from "./turn.ts";
import { Workshop } from "./workshop.ts";

/** A module that is as good as compiled. */
export interface Kernel {
  readonly module: WasmModule;
  readonly columns: Columns;
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
  const layout = new Layout();
  const linker = new Linker(layout, isCareful);
  const w = new Workshop(plan, linker);
  for (const curve of plan.curves) layout.addTable(curve);
  const points = plan.frame.steps + 1;
  const columns = reserveColumns(layout, plan);
  const stores: Stores = {
    rings: plan.delays.map((d) => layout.reserve(pairBytes * Math.min(d.steps, points))),
    paths: Array.from(plan.paths, () => layout.reserve(pairBytes * points)),
    series: columns.series,
    pointBytes: 8 * columns.capacity,
  };
  planBegin(w, columns);
  planStep(w, stores);
  planStage(w);
  planTurns(w);
  planAside(w, stores);
  planEnd(w, stores, columns);
  planRun(w);
  const inputs = [...plan.claims, ...plan.unknowns, ...plan.believed];
  w.settle(inputs);
  for (const part of w.parts) linker.define(part.name, w.written(part));
  const module: WasmModule = {
    imports,
    functions: linker.functions(),
    data: layout.data(),
    memoryPages: Math.ceil(layout.end / pageBytes),
  };
  return { module, columns, seed: linker.seedAddress, addressOf: (slot) => w.addressOf(slot) };
}

/** `run(bytes)`: every pair that lies in so many bytes of a column. */
function planRun(w: Workshop): void {
  const bytes = 0;
  w.add({
    name: "run",
    parameters: ["i32"],
    results: [],
    form: "pair",
    write: (body: Body) => {
      const [at, n] = [body.local("i32"), body.local("i32")];
      const call = (name: string) => ({ op: "call", index: w.functionIndex(name) }) as const;
      body.emit({ op: "loop", result: null }, get(at), call("begin"), i32(0), set(n));
      body.emit({ op: "block", result: null }, { op: "loop", result: null });
      body.emit(get(n), get(at), call("step"), { op: "br_if", index: 1 });
      body.emit(get(n), i32(1), { op: "i32.add" }, set(n), { op: "br", index: 0 }, { op: "end" }, { op: "end" });
      body.emit(get(at), call("end"), get(at), i32(pairBytes), { op: "i32.add" }, { op: "local.tee", index: at });
      body.emit(get(bytes), { op: "i32.lt_u" }, { op: "br_if", index: 0 }, { op: "end" });
    },
  });
}
