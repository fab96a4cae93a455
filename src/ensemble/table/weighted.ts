/** Weighs every row of a table for each figure of a target under a mind. */

import { blocksOf, lawOf, type Beliefs, type ClaimBlock, type Pins } from "./claim-law.ts";
import { marginal, placesIn } from "./table-design.ts";
import { gatesOf, type Reading, type Table, type Target } from "./table.ts";

/** The rows of a table: the patterns of an exact reading, or the sampled patterns. */
export interface WeightedRows {
  readonly count: number;
  /** By block of claims: the place of each row in the block's law; null where no row tells of the block. */
  readonly places: readonly (Uint16Array | null)[];
  /** By block: its gates that rows tell of; the others are summed out of its law. */
  readonly told: readonly (readonly string[])[];
  /** 1 ÷ the chance with which each row was drawn; null where every pattern is a row. */
  readonly scale: Float64Array | null;
}

export interface WeightedFigure {
  readonly reading: Reading;
  readonly pins: Pins;
  readonly blocks: readonly ClaimBlock[];
  /** By block: the chances of its gates' patterns, the figure's own pins in. */
  readonly laws: readonly Float64Array[];
  readonly rows: WeightedRows;
  /** By row: its chance under the laws, ÷ the chance with which it was drawn. */
  readonly weights: Float64Array;
}

/** Claims in `pins` stand as told, over what the mind believes and under what the figures themselves pin. Figures with the same pins and rows share their weights. */
export function weighted(table: Table, target: Target, beliefs: Beliefs, pins: Pins = {}): readonly WeightedFigure[] {
  const gates = gatesOf(table, target);
  const blocks = blocksOf(table.frame, [beliefs], gates);
  const rowsOf = rowsFor(table, gates, blocks);
  const laws = new Map<string, readonly Float64Array[]>();
  const known = new Map<readonly Float64Array[], Map<WeightedRows, Float64Array>>();
  return target.figures.map((f) => {
    const reading = table.readings[f.reading];
    if (reading === undefined) throw new Error(`the table has no reading ${f.reading}`);
    const key = JSON.stringify(f.pins);
    const own = laws.get(key) ?? blocks.map((b) => lawOf(table.frame, beliefs, b, { ...pins, ...f.pins }));
    laws.set(key, own);
    const rows = rowsOf(reading);
    const byRows = known.get(own) ?? new Map<WeightedRows, Float64Array>();
    known.set(own, byRows);
    const weights = byRows.get(rows) ?? weightsOf(rows, blocks, own);
    byRows.set(rows, weights);
    return { reading, pins: f.pins, blocks, laws: own, rows, weights };
  });
}

/** The rows of each reading of a target; readings of the same gates share them. */
export function rowsFor(
  table: Table,
  gates: readonly string[],
  blocks: readonly ClaimBlock[],
): (reading: Reading) => WeightedRows {
  const known = new Map<string, WeightedRows>();
  const { design } = table;
  const told = (of: readonly string[]): WeightedRows["told"] =>
    blocks.map((b) => b.gates.filter((g) => of.includes(g)));
  return (reading) => {
    const key = design.kind === "exact" ? reading.gates.join(" ") : "";
    const found = known.get(key);
    if (found !== undefined) return found;
    const made: WeightedRows =
      design.kind === "exact"
        ? exactRows(reading.gates, blocks, told(reading.gates))
        : {
            count: design.patterns.length,
            places: blocks.map((b) => placesIn(b, table.gates, design.bits)),
            told: told(gates),
            scale: scaleOf(design.densities, gates),
          };
    known.set(key, made);
    return made;
  };
}

function exactRows(gates: readonly string[], blocks: readonly ClaimBlock[], told: WeightedRows["told"]): WeightedRows {
  const count = 2 ** gates.length;
  const bits = gates.map((_, i) => {
    const column = new Uint8Array(count);
    for (let p = 0; p < count; p++) column[p] = (p >>> i) & 1;
    return column;
  });
  const places = blocks.map((b, k) => ((told[k] ?? []).length === 0 ? null : placesIn(b, gates, bits)));
  return { count, places, told, scale: null };
}

function scaleOf(
  densities: readonly { readonly gates: readonly string[]; readonly chances: Float64Array }[],
  gates: readonly string[],
): Float64Array {
  const found = densities.find((d) => d.gates.length === gates.length && d.gates.every((g, i) => g === gates[i]));
  if (found === undefined) throw new Error(`the table has no density over ${gates.join(", ")}`);
  return found.chances.map((q) => 1 / q);
}

/** Law ÷ density by row; `but` leaves one block out. */
export function weightsOf(
  rows: WeightedRows,
  blocks: readonly ClaimBlock[],
  laws: readonly Float64Array[],
  but: readonly number[] = [],
): Float64Array {
  const weights = rows.scale?.slice() ?? new Float64Array(rows.count).fill(1);
  rows.places.forEach((places, b) => {
    if (places === null || but.includes(b)) return;
    times(weights, places, marginal(blocks[b] as ClaimBlock, laws[b] as Float64Array, rows.told[b] ?? []));
  });
  return weights;
}

function times(weights: Float64Array, places: Uint16Array, law: Float64Array): void {
  if (law.length === 2) {
    // Without a branch, which could not be foretold.
    const [off, more] = [law[0] as number, (law[1] as number) - (law[0] as number)];
    for (let r = 0; r < weights.length; r++) weights[r] = (weights[r] as number) * (off + more * (places[r] as number));
    return;
  }
  for (let r = 0; r < weights.length; r++) weights[r] = (weights[r] as number) * (law[places[r] as number] as number);
}

/** The same figure where one block of claims has another law. */
export function withLaw(figure: WeightedFigure, block: number, law: Float64Array): WeightedFigure {
  const { rows, blocks } = figure;
  const laws = figure.laws.map((l, b) => (b === block ? law : l));
  const places = rows.places[block];
  if (places === null || places === undefined) return { ...figure, laws };
  const told = rows.told[block] ?? [];
  const own = blocks[block] as ClaimBlock;
  const before = marginal(own, figure.laws[block] as Float64Array, told);
  const after = marginal(own, law, told);
  if (after.some((p, i) => p > 0 && before[i] === 0))
    return { ...figure, laws, weights: weightsOf(rows, blocks, laws) };
  const weights = figure.weights.slice();
  times(
    weights,
    places,
    after.map((p, i) => (p > 0 ? p / (before[i] as number) : 0)),
  );
  return { ...figure, laws, weights };
}
