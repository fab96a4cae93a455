/** Places the boxes of a chain in columns, and leads each arrow past the boxes that lie between its ends. */

interface ChainPlan {
  /** Of each box, in the order of the arrows' columns. */
  readonly boxes: ReadonlyMap<string, ChainPlace>;
  /** By arrow, as they were given. */
  readonly ways: readonly ChainWay[];
  readonly height: number;
}

export interface ChainPlace {
  readonly x: number;
  readonly y: number;
}

/** From the right edge of one box to the left edge of another: between the columns it bends, through a column it runs straight. */
export interface ChainWay {
  readonly start: ChainPlace;
  readonly end: ChainPlace;
  /** One for each column in between. */
  readonly lanes: readonly { readonly left: number; readonly right: number; readonly y: number }[];
}

interface ChainGrid {
  readonly columns: number;
  /** Of a box. */
  readonly width: number;
  readonly height: number;
  /** From one column to the next. */
  readonly across: number;
  /** Between two boxes of a column. */
  readonly down: number;
  readonly left: number;
  readonly top: number;
}

interface Box {
  readonly id: string;
  readonly column: number;
  readonly row: number;
}

interface Arrow {
  readonly from: string;
  readonly to: string;
}

/** A box, or the place where an arrow passes a column. */
interface Seat {
  readonly key: string;
  readonly column: number;
  readonly isBox: boolean;
}

/** Room for an arrow that passes a column, with its number. */
const lane = 24;
/** Orders tried for each column, from left to right and back: with at most seven boxes few are needed. */
const sweeps = 6;

export function layChain(boxes: readonly Box[], arrows: readonly Arrow[], grid: ChainGrid): ChainPlan {
  const columnOf = new Map(boxes.map((b) => [b.id, b.column]));
  const seats: Seat[] = boxes
    .toSorted((a, b) => a.row - b.row)
    .map(({ id, column }) => ({ key: id, column, isBox: true }));
  // The seats that each arrow takes, from its first box to its last.
  const stops = arrows.map((a, k) => {
    const [first, last] = [columnOf.get(a.from) ?? 0, columnOf.get(a.to) ?? 0];
    const between = Array.from({ length: Math.max(0, last - first - 1) }, (_, i) => ({
      key: `${k} ${first + 1 + i}`,
      column: first + 1 + i,
      isBox: false,
    }));
    seats.push(...between);
    return [a.from, ...between.map((s) => s.key), a.to];
  });
  const columns = ordered(seats, stops, grid.columns);
  const block = (column: readonly Seat[]): number =>
    column.reduce((sum, s) => sum + (s.isBox ? grid.height : lane), 0) + grid.down * Math.max(0, column.length - 1);
  const height = Math.max(grid.height, ...columns.map(block));
  const tops = new Map<string, number>();
  for (const column of columns) {
    let y = grid.top + (height - block(column)) / 2;
    for (const seat of column) {
      tops.set(seat.key, y);
      y += (seat.isBox ? grid.height : lane) + grid.down;
    }
  }
  const xOf = (column: number): number => grid.left + column * (grid.width + grid.across);
  const middle = (key: string): number => (tops.get(key) ?? 0) + (columnOf.has(key) ? grid.height : lane) / 2;
  /** Where on the edge of a box an arrow starts or ends: in the order of where they come from or go. */
  const onEdge = (k: number, end: "start" | "end"): number => {
    const own = stops[k] ?? [];
    const box = (end === "start" ? own[0] : own.at(-1)) ?? "";
    const next = (s: readonly string[]): string => (end === "start" ? s[1] : s.at(-2)) ?? "";
    const all = stops
      .map((s, i) => ({ s, i }))
      .filter(({ s }) => (end === "start" ? s[0] : s.at(-1)) === box)
      .toSorted((a, b) => middle(next(a.s)) - middle(next(b.s)));
    const at = all.findIndex(({ i }) => i === k);
    return (tops.get(box) ?? 0) + ((at + 0.5) / Math.max(1, all.length)) * grid.height;
  };
  return {
    boxes: new Map(boxes.map((b) => [b.id, { x: xOf(b.column), y: tops.get(b.id) ?? grid.top }])),
    ways: arrows.map((a, k) => ({
      start: { x: xOf(columnOf.get(a.from) ?? 0) + grid.width, y: onEdge(k, "start") },
      end: { x: xOf(columnOf.get(a.to) ?? 0), y: onEdge(k, "end") },
      lanes: (stops[k] ?? []).slice(1, -1).map((key) => {
        const left = xOf(Number(key.split(" ")[1]));
        return { left, right: left + grid.width, y: middle(key) };
      }),
    })),
    height,
  };
}

/** The seats of each column from the top, so that few arrows cross: each near the middle of those it is joined to (Sugiyama, Tagawa & Toda 1981). */
function ordered(
  seats: readonly Seat[],
  stops: readonly (readonly string[])[],
  count: number,
): readonly (readonly Seat[])[] {
  const joined = stops.flatMap((s) => s.slice(1).map((key, i) => [s[i] ?? "", key] as const));
  let columns = Array.from({ length: count }, (_, c) => seats.filter((s) => s.column === c));
  let best = columns;
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const isForward = sweep % 2 === 0;
    const next = [...columns];
    for (const c of isForward ? next.keys() : [...next.keys()].toReversed()) {
      const joinedTo = shareDown(next[isForward ? c - 1 : c + 1] ?? []);
      const own = shareDown(next[c] ?? []);
      const wanted = (key: string): number => {
        const places = joined.flatMap(([a, b]) => {
          const at = isForward ? (b === key ? joinedTo.get(a) : undefined) : a === key ? joinedTo.get(b) : undefined;
          return at === undefined ? [] : [at];
        });
        return places.length === 0 ? (own.get(key) ?? 0) : places.reduce((x, y) => x + y, 0) / places.length;
      };
      next[c] = (next[c] ?? []).toSorted((a, b) => wanted(a.key) - wanted(b.key));
    }
    columns = next;
    if (crossings(columns, joined) < crossings(best, joined)) best = columns;
  }
  return best;
}

/** From 0 at the top to 1, by seat. */
function shareDown(column: readonly Seat[]): ReadonlyMap<string, number> {
  return new Map(column.map((s, i) => [s.key, (i + 0.5) / column.length]));
}

function crossings(columns: readonly (readonly Seat[])[], joined: readonly (readonly [string, string])[]): number {
  const at = new Map(columns.flatMap((column, c) => column.map((s, i) => [s.key, { c, i }] as const)));
  const lines = joined.map(([a, b]) => ({ c: at.get(a)?.c ?? 0, from: at.get(a)?.i ?? 0, to: at.get(b)?.i ?? 0 }));
  return lines.reduce(
    (sum, p, k) => sum + lines.slice(k + 1).filter((q) => q.c === p.c && (p.from - q.from) * (p.to - q.to) < 0).length,
    0,
  );
}
