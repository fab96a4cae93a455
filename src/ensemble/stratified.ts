/** Worlds in blocks of one size in; uniforms of which each block has exactly one in every stratum out. */

import { uniform, type Key } from "#kernel/philox.ts";

/**
 * Latin hypercube sampling (McKay, Beckman & Conover 1979), block by block: world w is the place w mod `size` of block ⌊w / size⌋, and its uniform is
 * (π(place) + u) / size with u the world's own uniform and π a permutation keyed by (seed, key, block). Each uniform on its own is as any other; the
 * mean over a block of a sum of functions of one uniform each has next to no error left. Keyed by name: a line more in a case moves no other draw.
 */
export function stratified(size: number): (seed: number, key: Key, world: number, index: number) => number {
  const orders = new Map<Key, { readonly seed: number; readonly block: number; readonly order: Uint16Array }>();
  return (seed, key, world, index) => {
    const block = Math.floor(world / size);
    let known = orders.get(key);
    if (known === undefined || known.block !== block || known.seed !== seed) {
      known = { seed, block, order: permutation(seed, key, block, size) };
      orders.set(key, known);
    }
    const stratum = known.order[world - block * size] as number;
    return (stratum + uniform(seed, key, world, index)) / size;
  };
}

/** Fisher and Yates, with uniforms 1 … size − 1 of the block under the same key (0 is the world's own). */
function permutation(seed: number, key: Key, block: number, size: number): Uint16Array {
  const order = Uint16Array.from({ length: size }, (_, i) => i);
  for (let i = size - 1; i > 0; i--) {
    const j = Math.floor(uniform(seed, key, block, i) * (i + 1));
    const kept = order[i] as number;
    order[i] = order[j] as number;
    order[j] = kept;
  }
  return order;
}
