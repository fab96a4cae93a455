/** Finds the equilibria of a two-player game that the paths of Lemke and Howson end in. */

import type { Field } from "./field.ts";
import { cornerOf, leavingRow, originOf, pivoted, type Corner } from "./tableau.ts";

interface LabelPair<T> {
  readonly row: Corner<T>;
  readonly column: Corner<T>;
}

/** Pivots before a path is given up: paths can be exponentially long (Savani & von Stengel 2006). */
const mostPivots = 100_000;

/**
 * Lemke & Howson (1964) with lexicographic pivots, once for each of the m + n labels that may be dropped first. Each path ends in an equilibrium;
 * different labels may end in the same, and some equilibria no path reaches. `earnsColumn[j][i]` and `earnsRow[i][j]` are positive payoffs.
 */
export function lemkeHowson<T>(
  field: Field<T>,
  earnsRow: readonly (readonly T[])[],
  earnsColumn: readonly (readonly T[])[],
): readonly LabelPair<T>[] {
  const m = earnsRow.length;
  const n = earnsColumn.length;
  return Array.from({ length: m + n }, (_, label) => label).flatMap((dropped) => {
    // Labels: 0 … m − 1 the rows, m … m + n − 1 the columns. In `row` a variable's number is its label; in `column`, see below.
    let row = originOf(field, earnsColumn);
    let column = originOf(field, earnsRow);
    const columnVariable = (label: number): number => (label < m ? n + label : label - m);
    const columnLabel = (variable: number): number => (variable < n ? m + variable : variable - n);
    let label = dropped;
    let isRowTurn = dropped < m;
    for (let pivots = 0; pivots < mostPivots; pivots++) {
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
      if (label === dropped) return [{ row: cornerOf(field, row), column: cornerOf(field, column) }];
      isRowTurn = !isRowTurn;
    }
    return [];
  });
}
