/** Finds the equilibria of a two-player game that the paths of Lemke and Howson end in. */

import type { Field } from "./field.ts";
import { cornerOf, leavingRow, originOf, pivoted, type Corner } from "./tableau.ts";

interface LabelPair<T> {
  readonly row: Corner<T>;
  readonly column: Corner<T>;
}

/**
 * Entries of tableaux that are written over before no further path is begun, and the one under way is given up: paths can be exponentially long (Savani & von Stengel
 * 2006). Exact fractions: of doubles a hundred times as many, which take as long. */
const mostEntries = 2_000_000;

interface LabelPaths<T> {
  readonly ends: readonly LabelPair<T>[];
  /** Paths followed to their end. */
  readonly followed: number;
  /** All that there are: one for each label. */
  readonly of: number;
}

/**
 * Lemke & Howson (1964) with lexicographic pivots, once for each of the m + n labels that may be dropped first. Each path ends in an equilibrium;
 * different labels may end in the same, and some equilibria no path reaches. In a large game not all are followed. `earnsColumn[j][i]` and
 * `earnsRow[i][j]` are positive payoffs.
 */
export function lemkeHowson<T>(
  field: Field<T>,
  earnsRow: readonly (readonly T[])[],
  earnsColumn: readonly (readonly T[])[],
): LabelPaths<T> {
  const m = earnsRow.length;
  const n = earnsColumn.length;
  const most = typeof field.one === "number" ? 100 * mostEntries : mostEntries;
  let entries = 0;
  const endOf = (dropped: number): LabelPair<T> | null => {
    // Labels: 0 … m − 1 the rows, m … m + n − 1 the columns. In `row` a variable's number is its label; in `column`, see below.
    let row = originOf(field, earnsColumn);
    let column = originOf(field, earnsRow);
    const columnVariable = (label: number): number => (label < m ? n + label : label - m);
    const columnLabel = (variable: number): number => (variable < n ? m + variable : variable - n);
    let label = dropped;
    let isRowTurn = dropped < m;
    while (entries < most) {
      entries += (isRowTurn ? n : m) * (m + n + 1);
      if (isRowTurn) {
        const leaving = leavingRow(field, row, label);
        const next = row.basis[leaving] as number;
        row = pivoted(field, row, leaving, label);
        label = next;
      } else {
        const entering = columnVariable(label);
        const leaving = leavingRow(field, column, entering);
        const next = columnLabel(column.basis[leaving] as number);
        column = pivoted(field, column, leaving, entering);
        label = next;
      }
      if (label === dropped) return { row: cornerOf(field, row), column: cornerOf(field, column) };
      isRowTurn = !isRowTurn;
    }
    return null;
  };
  const ends: LabelPair<T>[] = [];
  for (let label = 0; label < m + n; label++) {
    const end = endOf(label);
    if (end === null) break;
    ends.push(end);
  }
  return { ends, followed: ends.length, of: m + n };
}
