/** A gate table and the law of its claims in; each figure, with what every unit adds to it, out. */

import { blocksOf, lawOf, type Beliefs, type ClaimBlock, type ClaimFrame, type Pins } from "./claim-law.ts";
import { pairAt, meanOf } from "./surrogate.ts";
import { placesIn } from "./table-design.ts";
import { bitOf, type Fitted, type Reading, type Table } from "./table.ts";

/** The joint law of a table's gates: independent blocks, and the chances of each one's patterns. */
export interface Law {
  readonly blocks: readonly ClaimBlock[];
  readonly laws: readonly Float64Array[];
}

export function lawUnder(frame: ClaimFrame, beliefs: Beliefs, gates: readonly string[], pins: Pins): Law {
  const blocks = blocksOf(frame, [beliefs], gates);
  return { blocks, laws: blocks.map((b) => lawOf(frame, beliefs, b, pins)) };
}

/** N or D of a figure: its value is the mean over units. */
export interface Part {
  readonly value: number;
  readonly units: Float64Array;
}

export interface FigureParts {
  readonly n: Part;
  /** Null where every run counts. */
  readonly d: Part | null;
  /** Effective number of patterns, (Σw)²/Σw² (Kish 1965); the number of patterns where none was left out. */
  readonly effective: number;
}

/** Of several figures, each under its own law; figures that share a law share its weights. */
export function partsUnder(table: Table, readings: readonly Reading[], laws: readonly Law[]): readonly FigureParts[] {
  const known = new Map<Law, Float64Array>();
  return readings.map((reading, i) => {
    const law = laws[i] as Law;
    if (table.design.kind === "exact") return figureParts(table, reading, law);
    const weights = known.get(law) ?? unitWeights(table, law);
    known.set(law, weights);
    return figureParts(table, reading, law, weights);
  });
}

export function figureParts(table: Table, reading: Reading, law: Law, known?: Float64Array): FigureParts {
  if (table.design.kind === "exact") {
    const weights = patternChances(reading, law);
    const n = contracted(reading.n, weights, table.design.batches);
    return {
      n,
      d: reading.d === null ? null : contracted(reading.d, weights, table.design.batches),
      effective: weights.length,
    };
  }
  const weights = known ?? unitWeights(table, law);
  const n = corrected(reading.fits?.n, reading, law, weights);
  const d = reading.d === null ? null : corrected(reading.fits?.d ?? undefined, reading, law, weights);
  return { n, d, effective: effectiveOf(weights) };
}

/** The chance of each pattern of a reading's gates. */
export function patternChances({ gates }: Pick<Reading, "gates">, { blocks, laws }: Law): Float64Array {
  const chances = new Float64Array(2 ** gates.length).fill(1);
  const bits = gates.map((_, i) => Uint8Array.from(chances, (_, p) => (p >>> i) & 1));
  blocks.forEach((block, b) => {
    if (!block.gates.some((g) => gates.includes(g))) return;
    // Gates of the block that the reading does not have are summed out.
    const law = marginal(block, laws[b] as Float64Array, gates);
    const places = placesIn(block, gates, bits);
    for (let p = 0; p < chances.length; p++) chances[p] = (chances[p] as number) * (law[places[p] as number] as number);
  });
  return chances;
}

/** The law of those gates of a block that are among `gates`, at the patterns in which the others are false. */
function marginal(block: ClaimBlock, law: Float64Array, gates: readonly string[]): Float64Array {
  const kept = block.gates.map((g) => gates.includes(g));
  const out = new Float64Array(law.length);
  for (let p = 0; p < law.length; p++) {
    const to = kept.reduce((sum, keep, i) => sum + (keep ? bitOf(p, i) * 2 ** i : 0), 0);
    out[to] = (out[to] as number) + (law[p] as number);
  }
  return out;
}

function contracted(values: Float64Array, weights: Float64Array, batches: number): Part {
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

/** Law ÷ density by unit. */
export function unitWeights(table: Table, { blocks, laws }: Law): Float64Array {
  if (table.design.kind !== "sampled") throw new RangeError("an exact table has no weights");
  const { bits, density } = table.design;
  const weights = density.map((q) => 1 / q);
  blocks.forEach((block, b) => {
    const law = laws[b] as Float64Array;
    const [gate = "", ...others] = block.gates;
    if (others.length === 0) {
      const column = bits[table.gates.indexOf(gate)] as Uint8Array;
      const [off, on] = [law[0] as number, law[1] as number];
      for (let u = 0; u < weights.length; u++) weights[u] = (weights[u] as number) * (column[u] === 1 ? on : off);
      return;
    }
    const places = placesIn(block, table.gates, bits);
    for (let u = 0; u < weights.length; u++) weights[u] = (weights[u] as number) * (law[places[u] as number] as number);
  });
  return weights;
}

/** The surrogate's exact mean, and the weighted rest: unbiased whatever the fit, since each unit's fit never saw it (cross-fitting). */
function corrected(fitted: Fitted | undefined, reading: Reading, law: Law, weights: Float64Array): Part {
  if (fitted === undefined) throw new RangeError("a sampled reading without a fit");
  const { means, pairs } = momentsOf(reading.gates, law);
  const even = meanOf(fitted.odd, means, pairs);
  const odd = meanOf(fitted.even, means, pairs);
  const units = weights.map((w, u) => (u % 2 === 0 ? even : odd) + w * (fitted.rest[u] as number));
  return { value: mean(units), units };
}

export function momentsOf(
  gates: readonly string[],
  { blocks, laws }: Law,
): { readonly means: Float64Array; readonly pairs: Float64Array } {
  const n = gates.length;
  const means = new Float64Array(n);
  const blockAt = new Int32Array(n).fill(-1);
  const together = new Map<number, number>();
  blocks.forEach((block, b) => {
    const law = laws[b] as Float64Array;
    const at = block.gates.map((g) => gates.indexOf(g));
    at.forEach((i, a) => {
      if (i < 0) return;
      blockAt[i] = b;
      for (let p = 0; p < law.length; p++) if (bitOf(p, a) === 1) means[i] = (means[i] as number) + (law[p] as number);
      at.forEach((j, c) => {
        if (j < 0 || i >= j) return;
        let sum = 0;
        for (let p = 0; p < law.length; p++) if (bitOf(p, a) === 1 && bitOf(p, c) === 1) sum += law[p] as number;
        together.set(pairAt(n, i, j), sum);
      });
    });
  });
  const pairs = new Float64Array((n * (n - 1)) / 2);
  let place = 0;
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++, place++)
      pairs[place] =
        blockAt[i] === blockAt[j] ? (together.get(place) ?? 0) : (means[i] as number) * (means[j] as number);
  return { means, pairs };
}

export function effectiveOf(weights: Float64Array): number {
  let sum = 0;
  let squares = 0;
  for (const w of weights) {
    sum += w;
    squares += w * w;
  }
  return squares > 0 ? (sum * sum) / squares : 0;
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const v of values) sum += v;
  return sum / values.length;
}
