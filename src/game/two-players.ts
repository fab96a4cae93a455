/** Finds the extreme equilibria of a two-player game and their components: all of them up to ten by ten, some beyond. */

import { compareNumbers, sumOf, type Field } from "./field.ts";
import { lemkeHowson } from "./lemke-howson.ts";
import { payoffAt, shapeOf, type Mixed, type NormalForm } from "./normal-form.ts";
import { extremeMixtures } from "./supports.ts";
import type { Corner } from "./tableau.ts";
import { verticesOf } from "./vertices.ts";

interface ExtremeEquilibrium<T> {
  readonly profile: Mixed<T>;
  /** From 0; equilibria of one component are connected by equilibria. */
  readonly component: number;
}

type Method = "supports" | "vertices" | "lemke-howson";

interface TwoPlayerEquilibria<T> {
  readonly method: Method;
  readonly equilibria: readonly ExtremeEquilibrium<T>[];
  /** `all`: as many points as components, so nothing lies between them. `all-extreme`: mixtures within a component are equilibria too. */
  readonly complete: "all" | "all-extreme" | "some";
  /** By Lemke and Howson's method: paths followed, and how many there are. */
  readonly paths: { readonly followed: number; readonly of: number } | null;
}

const supportLimit = 6;
const vertexLimit = 10;

/** Which method serves a game of that size. */
function methodFor(shape: readonly number[]): Method {
  const largest = Math.max(...shape);
  return largest <= supportLimit ? "supports" : largest <= vertexLimit ? "vertices" : "lemke-howson";
}

export function twoPlayerEquilibria<T>(
  field: Field<T>,
  game: NormalForm<T>,
  method: Method = methodFor(shapeOf(game)),
): TwoPlayerEquilibria<T> {
  const [m = 0, n = 0] = shapeOf(game);
  // Shifting a player's payoffs changes nothing; positive ones keep the polytopes bounded.
  const row = positive(field, (i, j) => payoffAt(game, 0, i + m * j), m, n);
  const column = positive(field, (i, j) => payoffAt(game, 1, i + m * j), m, n);
  const earnsRow = row;
  const earnsColumn = Array.from({ length: n }, (_, j) =>
    Array.from({ length: m }, (_unused, i) => column[i]?.[j] as T),
  );
  switch (method) {
    case "supports":
      return matched({
        field,
        rows: extremeMixtures(field, earnsColumn),
        columns: extremeMixtures(field, earnsRow),
        m,
        n,
        method,
      });
    case "vertices": {
      const x = verticesOf(field, earnsColumn);
      const y = verticesOf(field, earnsRow);
      if (x !== null && y !== null) return matched({ field, rows: x, columns: y, m, n, method });
      return someOf(field, earnsRow, earnsColumn);
    }
    case "lemke-howson":
      return someOf(field, earnsRow, earnsColumn);
  }
}

function positive<T>(
  field: Field<T>,
  payoff: (i: number, j: number) => T,
  m: number,
  n: number,
): readonly (readonly T[])[] {
  const rows = Array.from({ length: m }, (_, i) => Array.from({ length: n }, (_unused, j) => payoff(i, j)));
  let low = rows[0]?.[0] as T;
  for (const r of rows) for (const v of r) if (compareNumbers(field, v, low) < 0) low = v;
  const shift = field.sub(field.one, low);
  return rows.map((r) => r.map((v) => field.add(v, shift)));
}

interface MatchedInput<T> {
  readonly field: Field<T>;
  readonly rows: readonly Corner<T>[];
  readonly columns: readonly Corner<T>[];
  readonly m: number;
  readonly n: number;
  readonly method: Method;
}

/**
 * Vertices of the two best-response polytopes that between them have every label are the extreme equilibria (Mangasarian 1964). Those that share
 * a side are joined by a line of equilibria, and the components of that relation are the components of the set of equilibria
 * (Avis, Rosenberg, Savani & von Stengel 2010).
 */
function matched<T>({ field, rows, columns, m, n, method }: MatchedInput<T>): TwoPlayerEquilibria<T> {
  const all = m + n;
  const labelsOfColumn = columns.map((c) => new Set(c.tight.map((k) => (k < n ? m + k : k - n))));
  const pairs: { readonly x: number; readonly y: number }[] = [];
  rows.forEach((r, x) => {
    const own = new Set(r.tight);
    labelsOfColumn.forEach((theirs, y) => {
      for (let label = 0; label < all; label++) if (!own.has(label) && !theirs.has(label)) return;
      pairs.push({ x, y });
    });
  });
  const component = componentsOf(pairs);
  const equilibria = pairs.map(({ x, y }, i) => ({
    profile: [normalised(field, (rows[x] as Corner<T>).point), normalised(field, (columns[y] as Corner<T>).point)],
    component: component[i] as number,
  }));
  const isIsolated = new Set(component).size === pairs.length;
  return { method, equilibria, complete: isIsolated ? "all" : "all-extreme", paths: null };
}

function someOf<T>(
  field: Field<T>,
  earnsRow: readonly (readonly T[])[],
  earnsColumn: readonly (readonly T[])[],
): TwoPlayerEquilibria<T> {
  const found = new Map<string, Mixed<T>>();
  const { ends, followed, of } = lemkeHowson({ field, earnsRow, earnsColumn });
  for (const { row, column } of ends)
    found.set(`${row.tight.join(" ")}|${column.tight.join(" ")}`, [
      normalised(field, row.point),
      normalised(field, column.point),
    ]);
  const equilibria = [...found.values()].map((profile, component) => ({ profile, component }));
  return { method: "lemke-howson", equilibria, complete: "some", paths: { followed, of } };
}

function normalised<T>(field: Field<T>, point: readonly T[]): readonly T[] {
  const total = sumOf(field, point);
  return point.map((v) => (field.sign(v) === 0 ? field.zero : field.div(v, total)));
}

/** By pair, the component it is in: pairs that share an x or a y are together. Numbered in order of first mention. */
function componentsOf(pairs: readonly { readonly x: number; readonly y: number }[]): readonly number[] {
  const parent = pairs.map((_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) at = parent[at] as number;
    return at;
  };
  const firstX = new Map<number, number>();
  const firstY = new Map<number, number>();
  pairs.forEach(({ x, y }, i) => {
    for (const [first, key] of [
      [firstX, x],
      [firstY, y],
    ] as const) {
      const known = first.get(key);
      if (known === undefined) first.set(key, i);
      else parent[root(i)] = root(known);
    }
  });
  const names = new Map<number, number>();
  return pairs.map((_, i) => {
    const at = root(i);
    if (!names.has(at)) names.set(at, names.size);
    return names.get(at) as number;
  });
}
