/** Draws uniforms of which each block of worlds has exactly one in every stratum. */

import type { ColumnMath } from "#kernel/column-math.ts";
import type { Key } from "#kernel/philox.ts";

/** The uniforms that a name's quantiles are taken of, by world, shaped as `ColumnMath` says. */
export type Uniforms = (
  seed: number,
  key: Key,
  worlds: Uint32Array,
  shape?: (u: Float64Array, from: number) => void,
) => Float64Array;

/** Each world's own: index 0 of its name. */
export function ownUniforms(math: ColumnMath): Uniforms {
  return (seed, key, worlds, shape) => math.uniforms(seed, key, worlds, 0, shape);
}

/**
 * Latin hypercube sampling (McKay, Beckman & Conover 1979), block by block: world w is the place w mod `size` of block ⌊w / size⌋, and its uniform is
 * (π(place) + u) / size with u the world's own uniform and π a permutation keyed by (seed, key, block). Each uniform on its own is as any other; the
 * mean over a block of a sum of functions of one uniform each has next to no error left. Keyed by name: a line more in a case moves no other draw.
 */
export function stratified(size: number, math: ColumnMath): Uniforms {
  const own = ownUniforms(math);
  return (seed, key, worlds, shape) => {
    const blocks = new Set<number>();
    for (const world of worlds) blocks.add(Math.floor(world / size));
    const orders = permutations(seed, key, [...blocks], size, math);
    return own(seed, key, worlds, (u, from) => {
      for (let i = 0; i < u.length; i++) {
        const world = worlds[from + i] as number;
        const block = Math.floor(world / size);
        u[i] = (((orders.get(block) as Uint16Array)[world - block * size] as number) + (u[i] as number)) / size;
      }
      shape?.(u, from);
    });
  };
}

/** By block: Fisher and Yates, with uniforms 1 … size − 1 of the block under the same key (0 is the world's own). */
function permutations(
  seed: number,
  key: Key,
  blocks: readonly number[],
  size: number,
  math: ColumnMath,
): ReadonlyMap<number, Uint16Array> {
  const names = new Uint32Array(blocks.length * size);
  const indexes = new Uint32Array(names.length);
  blocks.forEach((block, b) => {
    names.fill(block, b * size, (b + 1) * size);
    for (let i = 0; i < size; i++) indexes[b * size + i] = i;
  });
  const u = math.uniforms(seed, key, names, indexes);
  return new Map(blocks.map((block, b) => [block, permutation(u.subarray(b * size, (b + 1) * size))]));
}

function permutation(u: Float64Array): Uint16Array {
  const order = new Uint16Array(u.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor((u[i] as number) * (i + 1));
    const kept = order[i] as number;
    order[i] = order[j] as number;
    order[j] = kept;
  }
  return order;
}
