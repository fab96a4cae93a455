/** Gives the value of a weighted figure of a table, and what every unit adds to it. */

import type { ClaimBlock } from "./claim-law.ts";
import { pairOf } from "./surrogate.ts";
import { bitOf, unitsOf, type Fitted, type Polynomial, type Reading, type Table } from "./table.ts";
import { weightsOf, type WeightedFigure } from "./weighted.ts";

/** N or D of a figure: its value is the mean over units. */
export interface FigurePart {
  readonly value: number;
  readonly units: Float64Array;
}

export interface FigureParts {
  readonly n: FigurePart;
  /** Null where every run counts. */
  readonly d: FigurePart | null;
  /** Effective number of patterns, (Σw)²/Σw² (Kish 1965); the number of patterns where none was left out. */
  readonly effective: number;
  /** Of a table that answers roughly: how far N and D may be off beyond sampling. */
  readonly drift: { readonly n: number; readonly d: number };
}

export function figureParts(table: Table, figure: WeightedFigure): FigureParts {
  const { reading, weights } = figure;
  if (table.design.kind === "exact") {
    const { batches } = table.design;
    return {
      n: contracted(reading.n, weights, batches),
      d: reading.d === null ? null : contracted(reading.d, weights, batches),
      effective: weights.length,
      drift: { n: 0, d: 0 },
    };
  }
  if (reading.fits === null) throw new Error("a sampled reading without a fit");
  if (table.rough) return roughParts(reading.fits, figure);
  return {
    drift: { n: 0, d: 0 },
    n: corrected(reading.fits.n, figure),
    d: reading.fits.d === null ? null : corrected(reading.fits.d, figure),
    effective: effectiveOf(weights),
  };
}

function roughParts({ n, d }: NonNullable<Reading["fits"]>, figure: WeightedFigure): FigureParts {
  const claims = claimMeans(figure);
  const part = ({ even, odd }: Fitted): FigurePart => {
    const value = (meanUnder(even, figure.reading.gates, claims) + meanUnder(odd, figure.reading.gates, claims)) / 2;
    return { value, units: Float64Array.of(value, value) };
  };
  return {
    n: part(n),
    d: d === null ? null : part(d),
    effective: Number.POSITIVE_INFINITY,
    drift: { n: n.drift, d: d?.drift ?? 0 },
  };
}

/** A figure's N and D alone. */
export interface FigureValues {
  readonly n: number;
  /** Null where every run counts. */
  readonly d: number | null;
  readonly effective: number;
}

/** As `partsOf`, without what each unit adds. */
export function valuesOf(table: Table, figure: WeightedFigure): FigureValues {
  const { reading, weights } = figure;
  const fits = reading.fits;
  if (table.design.kind === "exact" || table.rough || fits === null) {
    const { n, d, effective } = figureParts(table, figure);
    return { n: n.value, d: d === null ? null : d.value, effective };
  }
  const claims = claimMeans(figure);
  const value = ({ even, odd, rest }: Fitted): number => {
    let sum = 0;
    for (let u = 0; u < weights.length; u++) sum += (weights[u] as number) * (rest[u] as number);
    const part = Math.ceil(weights.length / 2) / weights.length;
    return (
      part * meanUnder(odd, reading.gates, claims) +
      (1 - part) * meanUnder(even, reading.gates, claims) +
      sum / weights.length
    );
  };
  return { n: value(fits.n), d: fits.d === null ? null : value(fits.d), effective: effectiveOf(weights) };
}

function contracted(values: Float64Array, weights: Float64Array, batches: number): FigurePart {
  const units = new Float64Array(batches);
  const patterns = weights.length;
  for (let b = 0; b < batches; b++) {
    let sum = 0;
    const base = b * patterns;
    for (let p = 0; p < patterns; p++) sum += (weights[p] as number) * (values[base + p] as number);
    units[b] = sum;
  }
  return { value: mean(units), units };
}

/** The surrogate's exact mean, and the weighted rest: unbiased whatever the fit, since each unit's fit never saw it (cross-fitting). */
function corrected({ even, odd, rest }: Fitted, figure: WeightedFigure): FigurePart {
  const claims = claimMeans(figure);
  const forEven = meanUnder(odd, figure.reading.gates, claims);
  const forOdd = meanUnder(even, figure.reading.gates, claims);
  const { weights } = figure;
  const units = new Float64Array(weights.length);
  for (let u = 0; u < units.length; u++)
    units[u] = (u % 2 === 0 ? forEven : forOdd) + (weights[u] as number) * (rest[u] as number);
  return { value: mean(units), units };
}

/** How likely each gate is, and what pairs of a block are likely beyond the product. */
export interface ClaimMeans {
  readonly of: ReadonlyMap<string, number>;
  readonly together: readonly { readonly a: string; readonly b: string; readonly beyond: number }[];
}

export function claimMeans({ blocks, laws }: Pick<WeightedFigure, "blocks" | "laws">): ClaimMeans {
  const of = new Map<string, number>();
  const together: { a: string; b: string; beyond: number }[] = [];
  blocks.forEach((block, k) => {
    const law = laws[k] as Float64Array;
    block.gates.forEach((g, i) => of.set(g, both(law, i, i)));
    block.gates.forEach((a, i) =>
      block.gates.slice(i + 1).forEach((b, j) => {
        const beyond = both(law, i, i + 1 + j) - (of.get(a) ?? 0) * (of.get(b) ?? 0);
        if (beyond !== 0) together.push({ a, b, beyond });
      }),
    );
  });
  return { of, together };
}

function both(law: Float64Array, i: number, j: number): number {
  let sum = 0;
  for (let p = 0; p < law.length; p++) if ((p >>> i) & (p >>> j) & 1) sum += law[p] as number;
  return sum;
}

/** The exact mean of a polynomial over some gates. */
export function meanUnder(fit: Polynomial, gates: readonly string[], claims: ClaimMeans): number {
  const means = Float64Array.from(gates, (g) => claims.of.get(g) ?? 0);
  const { single, pair } = fit;
  let sum = fit.constant;
  let at = 0;
  for (let i = 0; i < means.length; i++) {
    let slope = single[i] as number;
    for (let j = i + 1; j < means.length; j++) slope += (pair[at++] as number) * (means[j] as number);
    sum += slope * (means[i] as number);
  }
  for (const { a, b, beyond } of claims.together) {
    const [i, j] = [gates.indexOf(a), gates.indexOf(b)];
    if (i < 0 || j < 0) continue;
    sum += pairOf(pair, means.length, i, j) * beyond;
  }
  return sum;
}

function effectiveOf(weights: Float64Array): number {
  let sum = 0;
  let squares = 0;
  for (let r = 0; r < weights.length; r++) {
    const w = weights[r] as number;
    sum += w;
    squares += w * w;
  }
  return squares > 0 ? (sum * sum) / squares : 0;
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}

/** A figure with the law of most claims taken: what it is for each pattern of a few blocks left free, the first block's bits lowest. */
export interface FreeFigure {
  readonly n: Float64Array;
  readonly d: Float64Array | null;
  /** By pattern: the sums of weights and of their squares; null where every pattern is a row. */
  readonly weights: { readonly sums: Float64Array; readonly squares: Float64Array } | null;
}

/** Σ over the free blocks' patterns of law·value is the figure's N, or D, under any law of theirs. */
export function freed(table: Table, figure: WeightedFigure, free: readonly number[]): FreeFigure {
  const { rows, blocks, laws, reading } = figure;
  const others = weightsOf(rows, blocks, laws, free);
  const bits = free.map((b) => (blocks[b] as ClaimBlock).gates.length);
  const size = 2 ** bits.reduce((a, b) => a + b, 0);
  const at = new Uint16Array(rows.count);
  let mask = 0;
  let shift = 0;
  free.forEach((b, k) => {
    const places = rows.places[b] ?? null;
    const own = blocks[b] as ClaimBlock;
    own.gates.forEach((g, i) => (mask |= (rows.told[b] ?? []).includes(g) ? 1 << (shift + i) : 0));
    if (places !== null)
      for (let r = 0; r < at.length; r++) at[r] = (at[r] as number) + ((places[r] as number) << shift);
    shift += bits[k] as number;
  });
  const spread = (values: Float64Array): Float64Array => values.map((_, p) => values[p & mask] as number);
  const gathered = (value: (row: number) => number): Float64Array => {
    const sums = new Float64Array(size);
    for (let r = 0; r < at.length; r++) sums[at[r] as number] = (sums[at[r] as number] as number) + value(r);
    return spread(sums);
  };
  const units = unitsOf(table);
  if (table.design.kind === "exact") {
    const averaged = (values: Float64Array): Float64Array => {
      const sums = new Float64Array(rows.count);
      for (let u = 0; u < units; u++)
        for (let p = 0; p < sums.length; p++) sums[p] = (sums[p] as number) + (values[u * sums.length + p] as number);
      return gathered((r) => ((others[r] as number) * (sums[r] as number)) / units);
    };
    return { n: averaged(reading.n), d: reading.d === null ? null : averaged(reading.d), weights: null };
  }
  if (reading.fits === null) throw new Error("a sampled reading without a fit");
  const whole = (fitted: Fitted): Float64Array => {
    const rest = table.rough
      ? new Float64Array(size)
      : gathered((r) => ((others[r] as number) * (fitted.rest[r] as number)) / units);
    const [even, odd] = [fitted.odd, fitted.even].map((fit) => freePolynomial(fit, figure, free)) as [
      Float64Array,
      Float64Array,
    ];
    const part = Math.ceil(units / 2) / units;
    return rest.map((r, p) => r + part * (even[p] as number) + (1 - part) * (odd[p] as number));
  };
  return {
    n: whole(reading.fits.n),
    d: reading.fits.d === null ? null : whole(reading.fits.d),
    weights: table.rough
      ? null
      : { sums: gathered((r) => others[r] as number), squares: gathered((r) => (others[r] as number) ** 2) },
  };
}

/** A polynomial's mean by pattern of the free blocks, the others under their laws. */
function freePolynomial(fit: Polynomial, figure: WeightedFigure, free: readonly number[]): Float64Array {
  const { blocks, laws, reading } = figure;
  const gates = free.flatMap((b) => (blocks[b] as ClaimBlock).gates);
  const at = gates.map((g) => reading.gates.indexOf(g));
  const claims = claimMeans({
    blocks,
    laws: laws.map((law, b) => (free.includes(b) ? law.map((_, p) => (p === 0 ? 1 : 0)) : law)),
  });
  const slopeOf = (i: number, j: number): number => pairOf(fit.pair, reading.gates.length, i, j);
  const slopes = at.map((i) =>
    i < 0
      ? 0
      : reading.gates.reduce(
          (sum, g, j) => (j === i ? sum : sum + slopeOf(i, j) * (claims.of.get(g) ?? 0)),
          fit.single[i] as number,
        ),
  );
  const constant = meanUnder(fit, reading.gates, claims);
  return Float64Array.from({ length: 2 ** gates.length }, (_, p) => {
    let sum = constant;
    for (let a = 0; a < gates.length; a++) {
      if (bitOf(p, a) === 0) continue;
      sum += slopes[a] as number;
      for (let b = a + 1; b < gates.length; b++)
        if (bitOf(p, b) === 1 && (at[a] as number) >= 0 && (at[b] as number) >= 0)
          sum += slopeOf(at[a] as number, at[b] as number);
    }
    return sum;
  });
}
