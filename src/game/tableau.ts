/** A best-response polytope {x ≥ 0, Mx ≤ 1} as a simplex tableau that is pivoted without cycling. */

import { compareNumbers, type Field } from "./field.ts";
import { solveLinear } from "./linear.ts";

/** One basis. Variables 0 … d − 1 are the x, d … d + k − 1 the slacks of the k rows of M. Rows are never changed in place. */
export interface Tableau<T> {
  readonly dimension: number;
  /** By row: d + k coefficients and the right side. */
  readonly rows: readonly (readonly T[])[];
  /** By row: the variable that is basic there. */
  readonly basis: readonly number[];
}

/** At the origin: all slacks basic. Entries of `matrix` must be positive, so that the polytope is bounded. */
export function originOf<T>(field: Field<T>, matrix: readonly (readonly T[])[]): Tableau<T> {
  const dimension = matrix[0]?.length ?? 0;
  return {
    dimension,
    rows: matrix.map((row, i) => [...row, ...matrix.map((_, k) => (k === i ? field.one : field.zero)), field.one]),
    basis: matrix.map((_, i) => dimension + i),
  };
}

/**
 * The row that leaves when `entering` enters: the least ratio, ties broken by the lexicographic order of (right side, slack columns), which is
 * the order of a perturbed right side (von Stengel 2002, §2.6): every basis met is one of a simple polytope, so no path ever cycles. Undefined only where doubles
 * have lost the polytope to rounding.
 */
export function leavingRow<T>(field: Field<T>, tableau: Tableau<T>, entering: number): number | undefined {
  const { dimension, rows } = tableau;
  const right = dimension + rows.length;
  const order = [right, ...rows.map((_, k) => dimension + k)];
  let candidates = rows.flatMap((row, r) => (field.sign(row[entering] as T) > 0 ? [r] : []));
  for (const column of order) {
    if (candidates.length <= 1) break;
    const ratios = candidates.map((r) => field.div(rows[r]?.[column] as T, rows[r]?.[entering] as T));
    const least = ratios.reduce((a, b) => (compareNumbers(field, a, b) <= 0 ? a : b));
    candidates = candidates.filter((_, i) => compareNumbers(field, ratios[i] as T, least) === 0);
  }
  return candidates[0];
}

/** The tableau after `entering` has taken the place of what was basic in `row`. */
export function pivoted<T>(field: Field<T>, tableau: Tableau<T>, row: number, entering: number): Tableau<T> {
  const old = tableau.rows[row] as readonly T[];
  const head = old[entering] as T;
  const pivot = old.map((v) => (field.sign(v) === 0 ? field.zero : field.div(v, head)));
  return {
    dimension: tableau.dimension,
    basis: tableau.basis.map((b, r) => (r === row ? entering : b)),
    rows: tableau.rows.map((values, r) => {
      if (r === row) return pivot;
      const factor = values[entering] as T;
      if (field.sign(factor) === 0) return values;
      return values.map((v, k) =>
        field.sign(pivot[k] as T) === 0 ? v : field.sub(v, field.mul(factor, pivot[k] as T)),
      );
    }),
  };
}

export interface Corner<T> {
  /** Of the x. */
  readonly point: readonly T[];
  /** Variables, x and slacks alike, that are zero there: the inequalities that are tight. */
  readonly tight: readonly number[];
}

export function cornerOf<T>(field: Field<T>, tableau: Tableau<T>): Corner<T> {
  const { dimension, rows, basis } = tableau;
  const total = dimension + rows.length;
  const values: T[] = Array.from({ length: total }, () => field.zero);
  basis.forEach((variable, r) => (values[variable] = rows[r]?.[total] as T));
  return {
    point: values.slice(0, dimension),
    tight: values.flatMap((v, k) => (field.sign(v) === 0 ? [k] : [])),
  };
}

/** The corner of {x ≥ 0, Mx ≤ 1} that a basis stands for; null where it stands for none, or for a point outside. */
export function cornerAt<T>(
  field: Field<T>,
  matrix: readonly (readonly T[])[],
  basis: readonly number[],
): Corner<T> | null {
  const dimension = matrix[0]?.length ?? 0;
  const used = basis.filter((variable) => variable < dimension);
  const reached = matrix.filter((_, i) => !basis.includes(dimension + i));
  const solved = solveLinear(
    field,
    reached.map((row) => used.map((variable) => row[variable] as T)),
    reached.map(() => field.one),
  );
  if (solved === null) return null;
  const point = Array.from({ length: dimension }, (_, variable) => solved[used.indexOf(variable)] ?? field.zero);
  const slacks = matrix.map((row) =>
    row.reduce(
      (left, u, i) => (field.sign(point[i] as T) === 0 ? left : field.sub(left, field.mul(u, point[i] as T))),
      field.one,
    ),
  );
  const values = [...point, ...slacks];
  if (values.some((v) => field.sign(v) < 0)) return null;
  return { point, tight: values.flatMap((v, k) => (field.sign(v) === 0 ? [k] : [])) };
}
