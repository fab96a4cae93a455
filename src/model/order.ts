/** Orders things so that what each needs comes first, or finds the ring that makes that impossible. */

interface Ordered<T> {
  readonly order: readonly T[];
  /** Some of the rings, each in the order in which each needs the next: one at least where there is any. */
  readonly rings: readonly (readonly T[])[];
}

/** More are of no help, and there may be very many. */
const mostRings = 10;

/** Keeps the given order where needs allow. Without recursion, so that no chain is too long; in time linear in things and needs. */
export function inOrder<T>(things: readonly T[], needs: (thing: T) => readonly T[]): Ordered<T> {
  const order: T[] = [];
  const rings: T[][] = [];
  /** Depth on the path while open. */
  const state = new Map<T, number | "done">();
  const inRing = new Set<T>();
  const path: { readonly thing: T; readonly left: T[] }[] = [];
  const enter = (thing: T): void => {
    state.set(thing, path.length);
    path.push({ thing, left: needs(thing).toReversed() });
  };
  for (const root of things) {
    if (state.has(root)) continue;
    enter(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.left.pop();
      if (next === undefined) {
        state.set(top.thing, "done");
        order.push(top.thing);
        path.pop();
        continue;
      }
      const depth = state.get(next);
      if (depth === undefined) enter(next);
      else if (depth !== "done" && rings.length < mostRings && !inRing.has(next)) {
        const ring = path.slice(depth).map((p) => p.thing);
        for (const thing of ring) inRing.add(thing);
        rings.push(ring);
      }
    }
  }
  return { order, rings };
}
