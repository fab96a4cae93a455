/** Gives every figure of a target under any law of a few claims without going through the table again. */

import type { ClaimBlock, Pins } from "#ensemble/table/claim-law.ts";
import { freed, type FigureValues, type FreeFigure } from "#ensemble/table/table-figures.ts";
import type { Table } from "#ensemble/table/table.ts";
import type { WeightedFigure } from "#ensemble/table/weighted.ts";

export interface FreedTarget {
  /** Those of the claims asked for that are free: as many as `mostBits` gates allow, in order. */
  readonly claims: readonly string[];
  readonly blockOf: (claim: string) => number;
  /** By figure, where `law` says what becomes of each free block. */
  readonly under: (law: (block: ClaimBlock, now: Float64Array, pins: Pins) => Float64Array) => readonly FigureValues[];
}

/** Gates of free blocks together; 2 to this power values are kept for each figure. */
const mostBits = 12;

export function freedTarget(table: Table, figures: readonly WeightedFigure[], claims: readonly string[]): FreedTarget {
  const blocks = figures[0]?.blocks ?? [];
  const blockOf = (claim: string): number => blocks.findIndex((b) => b.gates.includes(claim));
  const free: number[] = [];
  const kept: string[] = [];
  let bits = 0;
  for (const claim of claims) {
    const block = blockOf(claim);
    const more = free.includes(block) ? 0 : (blocks[block]?.gates.length ?? 0);
    if (block < 0 || bits + more > mostBits) continue;
    if (more > 0) free.push(block);
    bits += more;
    kept.push(claim);
  }
  const values = figures.map((f) => freed(table, f, free));
  return {
    claims: kept,
    blockOf,
    under: (law) => {
      const known = new Map<readonly Float64Array[], Float64Array>();
      return figures.map((f, i) => {
        const joint =
          known.get(f.laws) ??
          joined(free.map((b) => law(f.blocks[b] as ClaimBlock, f.laws[b] as Float64Array, f.pins)));
        known.set(f.laws, joint);
        return valuesUnder(values[i] as FreeFigure, joint);
      });
    },
  };
}

/** The joint law of independent blocks, the first one's bits lowest. */
function joined(laws: readonly Float64Array[]): Float64Array {
  return laws.reduce((low, high) => {
    const out = new Float64Array(low.length * high.length);
    for (let h = 0; h < high.length; h++)
      for (let l = 0; l < low.length; l++) out[h * low.length + l] = (high[h] as number) * (low[l] as number);
    return out;
  }, Float64Array.of(1));
}

function valuesUnder({ n, d, weights }: FreeFigure, law: Float64Array): FigureValues {
  let [top, below, sum, squares] = [0, 0, 0, 0];
  for (let p = 0; p < law.length; p++) {
    const chance = law[p] as number;
    if (chance === 0) continue;
    top += chance * (n[p] as number);
    if (d !== null) below += chance * (d[p] as number);
    if (weights !== null) {
      sum += chance * (weights.sums[p] as number);
      squares += chance * chance * (weights.squares[p] as number);
    }
  }
  return {
    n: top,
    d: d === null ? null : below,
    effective: weights === null ? Number.POSITIVE_INFINITY : squares > 0 ? (sum * sum) / squares : 0,
  };
}
