/** Draws a column at a time in WebAssembly, with the bits of `scalarMath`. */

import type { ColumnMath } from "../column-math.ts";
import { drawKernel } from "./draw-kernel.ts";
import { encode } from "./encode.ts";
import type { WasmExports, WasmHost } from "./host.ts";

export function wasmMath(host: WasmHost): ColumnMath {
  const kernel = drawKernel();
  const memory = new host.Memory({ initial: kernel.module.memoryPages });
  const never = (): number => NaN;
  const env = { memory, sin: never, cos: never, shock: never, over: never };
  const { exports } = new host.Instance(new host.Module(encode(kernel.module)), { env });
  const { capacity } = kernel;
  const worldsIn = new Uint32Array(memory.buffer, kernel.worlds, capacity);
  const indexesIn = new Uint32Array(memory.buffer, kernel.indexes, capacity);
  const values = new Float64Array(memory.buffer, kernel.values, capacity);
  const some = (column: Uint32Array, from: number, count: number): Uint32Array =>
    column.length === count ? column : column.subarray(from, from + count);
  const isOwn = (x: Float64Array): boolean => x.buffer === memory.buffer && x.byteOffset === values.byteOffset;
  return {
    uniforms: (seed, key, worlds, indexes, shape) => {
      const all = new Float64Array(worlds.length);
      const isOne = typeof indexes === "number";
      const draw = exports[isOne ? "uniforms of one index" : "uniforms"] as WasmExports[string];
      if (isOne) indexesIn[0] = indexes;
      for (let from = 0; from < all.length; from += capacity) {
        const count = Math.min(capacity, all.length - from);
        worldsIn.set(some(worlds, from, count));
        if (!isOne) indexesIn.set(some(indexes, from, count));
        draw(key.low, key.high, seed, count);
        const u = count === capacity ? values : values.subarray(0, count);
        shape?.(u, from);
        all.set(u, from);
      }
      return all;
    },
    apply: (name, x) => {
      const f = exports[name] as WasmExports[string];
      if (isOwn(x)) return void f(8 * x.length);
      for (let from = 0; from < x.length; from += capacity) {
        const part = x.subarray(from, from + capacity);
        values.set(part);
        f(8 * part.length);
        part.set(values.subarray(0, part.length));
      }
    },
  };
}
