/** Finds the equilibria of a two-player game that the paths of Lemke and Howson end in. */

import { approximate, type Field } from "./field.ts";
import { cornerAt, cornerOf, leavingRow, originOf, pivoted, type Corner, type Tableau } from "./tableau.ts";

interface LabelPair<T> {
  readonly row: Corner<T>;
  readonly column: Corner<T>;
}

interface LabelPaths<T> {
  readonly ends: readonly LabelPair<T>[];
  /** Paths followed to their end. */
  readonly followed: number;
  /** All that there are: one for each label. */
  readonly of: number;
}

/** `earnsColumn[j][i]` and `earnsRow[i][j]` are positive payoffs. */
interface Polytopes<T> {
  readonly field: Field<T>;
  readonly earnsRow: readonly (readonly T[])[];
  readonly earnsColumn: readonly (readonly T[])[];
}

/**
 * Lemke & Howson (1964), once for each of the m + n labels that may be dropped first. Each path ends in an equilibrium; different labels may end in the same, and some
 * equilibria no path reaches. Fractions grow with every pivot: their paths are followed in doubles, and the end of each is worked out in fractions and checked. Only where
 * that fails is a path followed in fractions. In a large game not all are followed.
 */
export function lemkeHowson<T>(game: Polytopes<T>): LabelPaths<T> {
  const { field, earnsRow, earnsColumn } = game;
  const labels = Array.from({ length: earnsRow.length + earnsColumn.length }, (_, label) => label);
  if (typeof field.one === "number") {
    const ends = pathsFrom(labels, game, mostEntries.ofDoubles);
    return { ends: ends.map((end) => cornersOf(field, end)), followed: ends.length, of: labels.length };
  }
  const toNumbers = (rows: readonly (readonly T[])[]): readonly (readonly number[])[] =>
    rows.map((row) => row.map((v) => field.toNumber(v)));
  const rounded = { field: approximate(1e-9), earnsRow: toNumbers(earnsRow), earnsColumn: toNumbers(earnsColumn) };
  const confirmed = new Map<number, LabelPair<T>>();
  const known = new Map<string, LabelPair<T> | null>();
  let work = 0;
  for (const { label, row, column } of pathsFrom(labels, rounded, mostEntries.ofDoubles)) {
    if (work > mostCubes) break;
    const key = [row, column].map(({ basis }) => basis.toSorted((a, b) => a - b).join(" ")).join("|");
    if (!known.has(key)) {
      known.set(key, equilibriumAt(game, row.basis, column.basis));
      work += usedIn(row) ** 3 + usedIn(column) ** 3;
    }
    const pair = known.get(key) ?? null;
    if (pair !== null) confirmed.set(label, pair);
  }
  const rest = labels.filter((label) => !confirmed.has(label));
  const further = pathsFrom(rest, game, mostEntries.ofFractions).map((end) => cornersOf(field, end));
  const ends = [...confirmed.values(), ...further];
  return { ends, followed: ends.length, of: labels.length };
}

/**
 * Entries of tableaux that are written over before no further path is begun, and the one under way is given up: paths can be exponentially long (Savani & von Stengel
 * 2006). About a second of either.
 */
const mostEntries = { ofDoubles: 200_000_000, ofFractions: 1_000_000 };

/** Of the strategies in use, over all ends that are worked out in fractions: a second or two. */
const mostCubes = 2_000_000;

function usedIn({ basis, dimension }: Tableau<unknown>): number {
  return basis.filter((variable) => variable < dimension).length;
}

interface PathEnd<T> {
  readonly label: number;
  readonly row: Tableau<T>;
  readonly column: Tableau<T>;
}

function cornersOf<T>(field: Field<T>, { row, column }: PathEnd<T>): LabelPair<T> {
  return { row: cornerOf(field, row), column: cornerOf(field, column) };
}

/** Null unless every label is at one of the two corners, which makes them an equilibrium. */
function equilibriumAt<T>(
  { field, earnsRow, earnsColumn }: Polytopes<T>,
  rowBasis: readonly number[],
  columnBasis: readonly number[],
): LabelPair<T> | null {
  const [m, n] = [earnsRow.length, earnsColumn.length];
  const row = cornerAt(field, earnsColumn, rowBasis);
  const column = cornerAt(field, earnsRow, columnBasis);
  if (row === null || column === null) return null;
  const labels = new Set([...row.tight, ...column.tight.map((variable) => columnLabel(variable, m, n))]);
  return labels.size === m + n ? { row, column } : null;
}

// Labels: 0 … m − 1 the rows, m … m + n − 1 the columns. In the rows' polytope a variable's number is its label; in the columns' it is not.
function columnVariable(label: number, m: number, n: number): number {
  return label < m ? n + label : label - m;
}

function columnLabel(variable: number, m: number, n: number): number {
  return variable < n ? m + variable : variable - n;
}

/** With lexicographic pivots. Paths that doubles lose are left out; where the work is used up, so are all that are left. */
function pathsFrom<T>(
  labels: readonly number[],
  { field, earnsRow, earnsColumn }: Polytopes<T>,
  most: number,
): readonly PathEnd<T>[] {
  const m = earnsRow.length;
  const n = earnsColumn.length;
  let entries = 0;
  const endOf = (dropped: number): PathEnd<T> | null => {
    let row = originOf(field, earnsColumn);
    let column = originOf(field, earnsRow);
    let label = dropped;
    let isRowTurn = dropped < m;
    while (entries < most) {
      entries += (isRowTurn ? n : m) * (m + n + 1);
      const entering = isRowTurn ? label : columnVariable(label, m, n);
      const tableau = isRowTurn ? row : column;
      const leaving = leavingRow(field, tableau, entering);
      if (leaving === undefined) return null;
      const left = tableau.basis[leaving] as number;
      const next = pivoted(field, tableau, leaving, entering);
      if (isRowTurn) row = next;
      else column = next;
      label = isRowTurn ? left : columnLabel(left, m, n);
      if (label === dropped) return { label: dropped, row, column };
      isRowTurn = !isRowTurn;
    }
    return null;
  };
  return labels.flatMap((label) => endOf(label) ?? []);
}
