/** Gives the margin for every coalition of claims from an exact gate table, and again with each unit left out. */

import { blocksOf, type Beliefs } from "#ensemble/table/claim-law.ts";
import { removalOf, type Game, type RemovalBlock } from "#ensemble/table/removal.ts";
import { unitsOf, type Reading, type Table, type Target } from "#ensemble/table/table.ts";
import { linearForm } from "./linear-form.ts";
import { marginValue } from "../figures/margin.ts";

interface CoalitionParts {
  /** By coalition of the players; without the unit named, or with all. */
  readonly margins: (without: number | null) => Float64Array;
}

/**
 * For each figure and unit, N and D by coalition: along each block of claims the table's axis of patterns is turned into an axis of coalitions
 * by the law each coalition gives it (for a claim on its own: (off, on) → (off, (1 − c)·off + c·on)). 2^gates · gates steps in all.
 */
export function coalitionParts(
  table: Table,
  target: Target,
  beliefs: Beliefs,
  game: Game,
  players: readonly string[],
): CoalitionParts {
  const units = unitsOf(table);
  const figures = target.figures.map((f) => {
    const reading = table.readings[f.reading];
    if (reading === undefined) throw new Error(`the table has no reading ${f.reading}`);
    const removals = blocksOf(table.frame, [beliefs], reading.gates).map((b) =>
      removalOf(table.frame, beliefs, b, f.pins, game),
    );
    const own = removals.flatMap((r) => r.players).map((p) => players.indexOf(p));
    const order = orderOf(reading, removals);
    const along = (values: Float64Array): readonly Float64Array[] =>
      Array.from({ length: units }, (_, u) => turned(order, removals, slice(values, u, units)));
    // The place of each coalition of all players in this figure's own; who is no player is in.
    const place = new Int32Array(2 ** players.length);
    for (let c = 0; c < place.length; c++)
      for (let i = 0; i < own.length; i++)
        if ((own[i] as number) < 0 || (c >>> (own[i] as number)) & 1) place[c] = (place[c] as number) | (1 << i);
    return { n: along(reading.n), d: reading.d === null ? null : along(reading.d), place };
  });
  const totals = figures.map((f) => ({ n: summed(f.n), d: f.d === null ? null : summed(f.d) }));
  const form = linearForm(target.margin, figures.length);
  return {
    margins: (without) => {
      const count = units - (without === null ? 0 : 1);
      const columns = figures.map((f, i) => {
        const total = totals[i] as (typeof totals)[number];
        const left = (whole: Float64Array, of: readonly Float64Array[]): Float64Array => {
          const part = without === null ? null : (of[without] as Float64Array);
          const out = new Float64Array(f.place.length);
          for (let c = 0; c < out.length; c++) {
            const at = f.place[c] as number;
            out[c] = ((whole[at] as number) - (part === null ? 0 : (part[at] as number))) / count;
          }
          return out;
        };
        const n = left(total.n, f.n);
        if (f.d === null || total.d === null) return n;
        const d = left(total.d, f.d);
        for (let c = 0; c < n.length; c++) n[c] = (n[c] as number) / (d[c] as number);
        return n;
      });
      if (form === null)
        return Float64Array.from({ length: 2 ** players.length }, (_, c) =>
          marginValue(
            target.margin,
            columns.map((column) => column[c] as number),
          ),
        );
      const margins = new Float64Array(2 ** players.length).fill(form.constant);
      columns.forEach((column, i) => {
        const weight = form.weights[i] ?? 0;
        if (weight === 0) return;
        for (let c = 0; c < margins.length; c++) margins[c] = (margins[c] as number) + weight * (column[c] as number);
      });
      return margins;
    },
  };
}

function slice(values: Float64Array, unit: number, units: number): Float64Array {
  const size = values.length / units;
  return values.subarray(unit * size, (unit + 1) * size);
}

function summed(parts: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(parts[0]?.length ?? 0);
  for (const part of parts) for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (part[i] as number);
  return sum;
}

/** The pattern of a reading's gates for each pattern of the same gates in order of the blocks, so that each block is a run of bits. */
function orderOf({ gates }: Reading, removals: readonly RemovalBlock[]): Int32Array {
  const places = removals.flatMap((r) => r.block.gates).map((g) => gates.indexOf(g));
  const order = new Int32Array(2 ** gates.length);
  for (let p = 0; p < order.length; p++)
    for (let i = 0; i < places.length; i++)
      order[p] = (order[p] as number) | (((p >>> i) & 1) << (places[i] as number));
  return order;
}

/** By pattern of a reading's gates to by coalition of the blocks' players, block after block. */
function turned(order: Int32Array, removals: readonly RemovalBlock[], values: Float64Array): Float64Array {
  let now = new Float64Array(values.length);
  for (let p = 0; p < now.length; p++) now[p] = values[order[p] as number] as number;
  let inner = 1;
  for (const { block, players, laws } of removals) {
    const patterns = 2 ** block.gates.length;
    const coalitions = 2 ** players.length;
    if (patterns === 2 && coalitions === 2) {
      turnPairs(now, inner, laws[0] as Float64Array, laws[1] as Float64Array);
      inner *= 2;
      continue;
    }
    const outer = now.length / inner / patterns;
    const next = new Float64Array(inner * coalitions * outer);
    for (let o = 0; o < outer; o++)
      for (let c = 0; c < coalitions; c++) {
        const law = laws[c] as Float64Array;
        for (let p = 0; p < patterns; p++) {
          const w = law[p] as number;
          if (w === 0) continue;
          const from = (o * patterns + p) * inner;
          const to = (o * coalitions + c) * inner;
          for (let i = 0; i < inner; i++) next[to + i] = (next[to + i] as number) + w * (now[from + i] as number);
        }
      }
    now = next;
    inner *= coalitions;
  }
  return now;
}

/** A claim on its own, in place: (off, on) → what each of the two coalitions makes of them. */
function turnPairs(values: Float64Array, inner: number, out: Float64Array, within: Float64Array): void {
  const [a, b] = [out[0] as number, out[1] as number];
  const [c, d] = [within[0] as number, within[1] as number];
  for (let from = 0; from < values.length; from += 2 * inner)
    for (let i = from; i < from + inner; i++) {
      const off = values[i] as number;
      const on = values[i + inner] as number;
      values[i] = a * off + b * on;
      values[i + inner] = c * off + d * on;
    }
}
