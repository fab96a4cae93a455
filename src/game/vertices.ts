/** Finds all vertices of a best-response polytope but the origin, by walking along its edges. */

import type { Field } from "./field.ts";
import { cornerOf, leavingRow, originOf, pivoted, type Corner } from "./tableau.ts";

/** Bases visited before the walk is given up; a polytope of ten and ten inequalities has at most 4,004. */
const mostBases = 20_000;

/**
 * Every vertex of {x ≥ 0, Mx ≤ 1} but 0: the graph of lexicographically feasible bases is that of a simple polytope and so connected, and each
 * vertex has at least one such basis. Null when there are more bases than `mostBases`.
 */
export function verticesOf<T>(field: Field<T>, matrix: readonly (readonly T[])[]): readonly Corner<T>[] | null {
  const start = originOf(field, matrix);
  const queue = [start];
  const seen = new Set([keyOf(start.basis)]);
  const found = new Map<string, Corner<T>>();
  for (let at = 0; at < queue.length; at++) {
    const tableau = queue[at] as typeof start;
    const corner = cornerOf(field, tableau);
    found.set(keyOf(corner.tight), corner);
    const total = tableau.dimension + tableau.rows.length;
    for (let entering = 0; entering < total; entering++) {
      if (tableau.basis.includes(entering)) continue;
      const row = leavingRow(field, tableau, entering);
      if (row === undefined) continue;
      const key = keyOf(tableau.basis.map((b, r) => (r === row ? entering : b)));
      if (seen.has(key)) continue;
      if (seen.size >= mostBases) return null;
      seen.add(key);
      queue.push(pivoted(field, tableau, row, entering));
    }
  }
  return [...found.values()].filter((c) => c.point.some((v) => field.sign(v) !== 0));
}

function keyOf(variables: readonly number[]): string {
  return variables.toSorted((a, b) => a - b).join(" ");
}
