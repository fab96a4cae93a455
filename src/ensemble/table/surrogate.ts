/** Fits a polynomial of second order in the claims to sampled patterns, and gives its exact mean under any law. */

import { makeColumn, pickColumn } from "#kernel/column.ts";
import type { MatrixMath } from "#kernel/matrix.ts";
import { bitOf, type Fitted, type Polynomial } from "./table.ts";

/** How much a coefficient is pulled to nothing, in units worth so many patterns: effects of one claim hardly, of a pair where the data are few. */
const pull = { single: 1, pair: 25 };

/** Terms (constant, single, pair, further columns) of gates by unit of one half, and their products: what the fits over any of them are made of. */
interface Half {
  /** The bit of each gate in a pattern. */
  readonly gates: readonly number[];
  readonly centre: Float64Array;
  readonly rows: readonly Float64Array[];
  readonly units: readonly number[];
  /** Σ row·rowᵀ, lower half. */
  readonly products: Float64Array;
  readonly math: MatrixMath;
}

function halfOf(
  patterns: Float64Array,
  gates: readonly number[],
  units: readonly number[],
  beside: readonly Float64Array[],
  math: MatrixMath,
): Half {
  const count = gates.length;
  const bits = units.map((u) => makeColumn(count, (i) => bitOf(patterns[u] as number, gates[i] as number)));
  const centre = makeColumn(
    count,
    (i) => bits.reduce((s, row) => s + (row[i] as number), 0) / Math.max(1, units.length),
  );
  const own = ownTerms(count);
  const terms = own + beside.length;
  const rows = bits.map((row, r) => {
    const x = row.map((b, i) => b - (centre[i] as number));
    const out = new Float64Array(terms);
    out[0] = 1;
    out.set(x, 1);
    let at = 1 + count;
    for (let i = 0; i < count; i++) for (let j = i + 1; j < count; j++) out[at++] = (x[i] as number) * (x[j] as number);
    for (const column of beside) out[at++] = column[units[r] as number] as number;
    return out;
  });
  return { gates, centre, rows, units, products: math.products(rows, terms), math };
}

/** Terms in the gates: the constant, each gate, each pair. */
function ownTerms(gates: number): number {
  return 1 + gates + (gates * (gates - 1)) / 2;
}

/** The part of a fit that every reading over the same gates and patterns shares. */
interface Basis {
  readonly half: Half;
  /** Of its gates. */
  readonly centre: Float64Array;
  /** By term of the fit, its place among those of the half. */
  readonly at: Int32Array;
  /** Cholesky's factor of the normal matrix, lower, row by row. */
  readonly factor: Float64Array;
}

/** Of the gates with these bits, and of the columns with these numbers. */
function basisOf(half: Half, places: readonly number[], columns: readonly number[]): Basis {
  const n = places.length;
  const count = half.gates.length;
  const all = Math.round(Math.sqrt(half.products.length));
  const own = places.map((p) => half.gates.indexOf(p));
  const at = Int32Array.from([
    0,
    ...own.map((p) => 1 + p),
    ...own.flatMap((p, i) => own.slice(i + 1).map((q) => 1 + count + pairAt(count, Math.min(p, q), Math.max(p, q)))),
    ...columns.map((c) => ownTerms(count) + c),
  ]);
  const terms = at.length;
  const normal = new Float64Array(terms * terms);
  const { products } = half;
  for (let a = 0; a < terms; a++) {
    const p = at[a] as number;
    for (let b = 0; b <= a; b++) {
      const q = at[b] as number;
      normal[a * terms + b] = (p < q ? products[q * all + p] : products[p * all + q]) as number;
    }
  }
  for (let a = 1; a < terms; a++)
    normal[a * terms + a] = (normal[a * terms + a] as number) + (a <= n || a >= ownTerms(n) ? pull.single : pull.pair);
  half.math.factorise(normal, terms);
  return { half, centre: pickColumn(half.centre, own), at, factor: normal };
}

interface Fit extends Polynomial {
  readonly centre: Float64Array;
  /** By column beside the gates. */
  readonly beside: Float64Array;
}

/** Ridge regression (Hoerl & Kennard 1970) of a value by unit on the terms. */
function fitOn({ half, centre, at, factor }: Basis, values: Float64Array): Fit {
  const terms = at.length;
  const right = new Float64Array(terms);
  half.rows.forEach((row, r) => {
    const y = values[half.units[r] as number] as number;
    for (let a = 0; a < terms; a++) right[a] = (right[a] as number) + y * (row[at[a] as number] as number);
  });
  const solved = solve(factor, right, terms);
  const n = centre.length;
  const own = ownTerms(n);
  return {
    centre,
    constant: solved[0] ?? 0,
    single: solved.slice(1, 1 + n),
    pair: solved.slice(1 + n, own),
    beside: solved.slice(own),
  };
}

function solve(l: Float64Array, right: Float64Array, size: number): Float64Array {
  const x = right.slice();
  for (let a = 0; a < size; a++) {
    let sum = x[a] as number;
    for (let k = 0; k < a; k++) sum -= (l[a * size + k] as number) * (x[k] as number);
    x[a] = sum / (l[a * size + a] as number);
  }
  for (let a = size - 1; a >= 0; a--) {
    let sum = x[a] as number;
    for (let k = a + 1; k < size; k++) sum -= (l[k * size + a] as number) * (x[k] as number);
    x[a] = sum / (l[a * size + a] as number);
  }
  return x;
}

/** The fit as a polynomial in the gates themselves: f ≈ constant + Σ single·g + Σ pair·g·g. */
function expanded({ centre, constant, single, pair }: Fit): Polynomial {
  const n = centre.length;
  let a0 = constant;
  const a = single.slice();
  let at = 0;
  for (let i = 0; i < n; i++) a0 -= (single[i] as number) * (centre[i] as number);
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++, at++) {
      const p = pair[at] as number;
      a0 += p * (centre[i] as number) * (centre[j] as number);
      a[i] = (a[i] as number) - p * (centre[j] as number);
      a[j] = (a[j] as number) - p * (centre[i] as number);
    }
  return { constant: a0, single: a, pair };
}

/** Both halves of the units, for all gates and columns of some readings. */
interface Halves {
  readonly even: Half;
  readonly odd: Half;
  readonly beside: readonly Float64Array[];
}

/** `gates` are bits of a pattern; `beside` holds columns by unit whose means are zero whatever the claims (see `scoresOf`): they take out what the unknowns do. */
export function halvesOf(
  patterns: Float64Array,
  gates: readonly number[],
  beside: readonly Float64Array[],
  math: MatrixMath,
): Halves {
  const half = (parity: number): Half =>
    halfOf(
      patterns,
      gates,
      [...patterns.keys()].filter((u) => u % 2 === parity),
      beside,
      math,
    );
  return { even: half(0), odd: half(1), beside };
}

/** Both halves, for readings over the same gates and columns. */
export interface Bases {
  readonly even: Basis;
  readonly odd: Basis;
  readonly beside: readonly Float64Array[];
}

/** Bit `places[i]` of a pattern is gate i; `columns` are numbers of those beside. */
export function basesOf({ even, odd, beside }: Halves, places: readonly number[], columns: readonly number[]): Bases {
  return {
    even: basisOf(even, places, columns),
    odd: basisOf(odd, places, columns),
    beside: columns.map((c) => beside[c] as Float64Array),
  };
}

/**
 * Fits each half of the units; the rest is told less what the other half's fit lays to the columns beside (control variates with a mean of exactly zero, so
 * nothing is biased). Both fits, and what they leave, are as a table's file keeps them. How far they are off is not measured here.
 */
export function fittedOn(bases: Bases, patterns: Float64Array, places: readonly number[], read: Float64Array): Fitted {
  const even = fitOn(bases.even, read);
  const odd = fitOn(bases.odd, read);
  const values = read.map((v, u) => {
    const slopes = (u % 2 === 0 ? odd : even).beside;
    return bases.beside.reduce((left, column, k) => left - (slopes[k] as number) * (column[u] as number), v);
  });
  return withRest(rounded(expanded(even)), rounded(expanded(odd)), patterns, places, values);
}

function rounded({ constant, single, pair }: Polynomial): Polynomial {
  return { constant: Math.fround(constant), single: single.map(Math.fround), pair: keptScaled(pair) };
}

/** Steps between the least and the greatest of values that are kept in 16 bits. */
export const scaleSteps = 65535;

/** Each value as its place between the least and the greatest, both as 32-bit floats. */
export function scaledPlaces(values: Float64Array): {
  readonly low: number;
  readonly high: number;
  readonly places: Uint16Array;
} {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const v of values) {
    low = Math.min(low, v);
    high = Math.max(high, v);
  }
  [low, high] = [Math.fround(low), Math.fround(high)];
  const places = new Uint16Array(values.length);
  if (high > low)
    for (let i = 0; i < places.length; i++)
      places[i] = Math.max(
        0,
        Math.min(scaleSteps, Math.round((scaleSteps * ((values[i] as number) - low)) / (high - low))),
      );
  return { low, high, places };
}

function keptScaled(values: Float64Array): Float64Array {
  const { low, high, places } = scaledPlaces(values);
  return makeColumn(places.length, (i) => low + ((high - low) * (places[i] as number)) / scaleSteps);
}

function withRest(
  even: Polynomial,
  odd: Polynomial,
  patterns: Float64Array,
  places: readonly number[],
  values: Float64Array,
): Fitted {
  const other = new Float64Array(values.length);
  const all = [...values.keys()];
  valuesAt(
    odd,
    patterns,
    places,
    all.filter((u) => u % 2 === 0),
    other,
  );
  valuesAt(
    even,
    patterns,
    places,
    all.filter((u) => u % 2 === 1),
    other,
  );
  return { even, odd, rest: keptScaled(values.map((v, u) => v - (other[u] as number))), drift: Number.NaN };
}

/** The polynomial at each pattern; `places[i]` is the bit of gate i. */
export function valuesAt(
  fit: Polynomial,
  patterns: Float64Array,
  places: readonly number[],
  units: readonly number[],
  into: Float64Array,
): void {
  const n = places.length;
  const on = new Int32Array(n);
  for (const u of units) {
    const pattern = patterns[u] as number;
    let count = 0;
    for (let i = 0; i < n; i++) if (bitOf(pattern, places[i] as number) === 1) on[count++] = i;
    let sum = fit.constant;
    for (let a = 0; a < count; a++) {
      const i = on[a] as number;
      sum += fit.single[i] as number;
      const base = i * n - (i * (i + 1)) / 2 - i - 1;
      for (let b = a + 1; b < count; b++) sum += fit.pair[base + (on[b] as number)] as number;
    }
    into[u] = sum;
  }
}

/** Of the coefficients of the pairs of n gates, that of gates i and j in either order. */
export function pairOf(pair: Float64Array, n: number, i: number, j: number): number {
  return pair[pairAt(n, Math.min(i, j), Math.max(i, j))] as number;
}

/** Where the pair (i, j), i < j, of n gates is. */
export function pairAt(n: number, i: number, j: number): number {
  return i * n - (i * (i + 1)) / 2 + j - i - 1;
}
