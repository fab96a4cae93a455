/** Works out Shapley values along Owen's path from a sampled gate table, with errors. */

import { blocksOf, lawChance, lawOf, type Beliefs } from "#ensemble/table/claim-law.ts";
import { mixed, quadrature, removalOf, split, type Game, type RemovalBlock } from "#ensemble/table/removal.ts";
import { pairAt, pairOf } from "#ensemble/table/surrogate.ts";
import { bitOf, gatesOf, type Polynomial, type Reading, type Table, type Target } from "#ensemble/table/table.ts";
import { rowsFor, type WeightedRows } from "#ensemble/table/weighted.ts";
import type { LinearForm } from "./linear-form.ts";

export interface ClaimShare {
  readonly claim: string;
  /** In base units of the margin; the shares add up to `all` − `none`. */
  readonly share: number;
  readonly se: number;
  /** Places it may have by size of share, from 1, two errors either way. */
  readonly rank: readonly [number, number];
}

export interface PairShare {
  readonly claims: readonly [string, string];
  /** Shapley's interaction index: positive where together they do more than apart. */
  readonly interaction: number;
  readonly se: number;
}

/**
 * φⱼ = ∫₀¹ (E[f | j in] − E[f | j out]) dt, every other claim in with chance t (Owen 1972). The integrand is a polynomial in t, so Gauss and
 * Legendre's nodes give it exactly. Of f the surrogate's part is exact and the rest is weighted by that signed law ÷ density, unit by unit. The
 * interactions told are the surrogate's, weighted at credence; a pair's own curvature is second order there.
 */
export function pathShares(
  table: Table,
  target: Target,
  linear: LinearForm,
  beliefs: Beliefs,
  game: Game,
  players: readonly string[],
): { readonly shares: readonly Omit<ClaimShare, "rank">[]; readonly pairs: readonly PairShare[] } {
  if (table.design.kind !== "sampled") throw new Error("a path over an exact table");
  const gates = gatesOf(table, target);
  const units = table.design.patterns.length;
  const byPlayer = new Map(players.map((p) => [p, new Float64Array(units)]));
  const constants = new Map(players.map((p) => [p, { even: 0, odd: 0 }]));
  let drift = 0;
  const pairSums = new Map<string, { even: number; odd: number }>();
  // Figures that switch the same claims share their laws; their readings are added up first.
  const groups = new Map<string, number[]>();
  target.figures.forEach((f, i) => {
    const key = JSON.stringify(f.pins);
    groups.set(key, [...(groups.get(key) ?? []), i]);
  });
  for (const members of groups.values()) {
    const pins = target.figures[members[0] as number]?.pins ?? {};
    const removals = blocksOf(table.frame, [beliefs], gates).map((b) => removalOf(table.frame, beliefs, b, pins, game));
    const rest = new Float64Array(units);
    const even = emptyPolynomial(gates.length);
    const odd = emptyPolynomial(gates.length);
    for (const i of members) {
      const weight = linear.weights[i] ?? 0;
      const reading = table.readings[target.figures[i]?.reading ?? -1];
      if (weight === 0) continue;
      const fits = reading?.fits?.n;
      if (reading === undefined || fits === undefined) throw new Error("a sampled reading without a fit");
      if (table.rough) drift += Math.abs(weight) * fits.drift;
      else for (let u = 0; u < units; u++) rest[u] = (rest[u] as number) + weight * (fits.rest[u] as number);
      // Even units are served by the odd half's fit.
      addTo(even, fits.odd, weight, reading.gates, gates);
      addTo(odd, fits.even, weight, reading.gates, gates);
    }
    const rows = rowsFor(
      table,
      gates,
      removals.map((r) => r.block),
    )(table.readings[target.figures[members[0] as number]?.reading ?? -1] as Reading);
    const nodes = quadrature(Math.ceil((players.length + 1) / 2));
    const base = rest.slice();
    if (rows.scale !== null) for (let u = 0; u < units; u++) base[u] = (base[u] as number) * (rows.scale[u] as number);
    const onPath = removals.map((r) => nodes.map(({ t }) => mixed(r, t)));
    const products = alongPath(base, rows, removals, onPath, nodes);
    const means = nodes.map((_, k) =>
      moments(
        removals,
        onPath.map((laws) => laws[k] as Float64Array),
        gates,
      ),
    );
    // Every claim that is on moves the weights by 1/t, whatever its credence; those that are off alike where it is the same.
    const known = new Map<string, Float64Array>();
    const columnOf = (ratios: readonly number[]): Float64Array => {
      const key = ratios.map((r) => r.toPrecision(12)).join(" ");
      const column = known.get(key) ?? new Float64Array(units);
      if (!known.has(key)) ratios.forEach((ratio, k) => addScaled(column, products[k] as Float64Array, ratio));
      known.set(key, column);
      return column;
    };
    removals.forEach((r, b) => {
      const at = rows.places[b] as Uint16Array;
      for (const player of r.players) {
        const sums = byPlayer.get(player);
        if (sums === undefined) continue;
        const laws = onPath[b] ?? [];
        const sides = nodes.map(({ t }) => split(r, player, t));
        const fixed = constants.get(player) as { even: number; odd: number };
        nodes.forEach(({ weight }, k) => {
          const { within, without } = sides[k] as (typeof sides)[number];
          const change = within.map((p, i) => p - (without[i] as number));
          fixed.even += weight * slopeOf(even, r, change, means[k] as Float64Array, gates);
          fixed.odd += weight * slopeOf(odd, r, change, means[k] as Float64Array, gates);
        });
        const found = Array.from({ length: 2 ** r.block.gates.length }, (_, place) =>
          columnOf(
            sides.map(({ within, without }, k) => {
              const law = laws[k]?.[place] ?? 0;
              return law > 0 ? ((within[place] as number) - (without[place] as number)) / law : 0;
            }),
          ),
        );
        addChosen(sums, found, at);
      }
    });
    addPairs(pairSums, removals, even, odd, gates, players);
  }
  return {
    shares: players.map((claim) => {
      const { even, odd } = constants.get(claim) as { even: number; odd: number };
      const sums = byPlayer.get(claim) as Float64Array;
      // Two coalitions that differ in one claim, moved as far as the mind believes it, each off by the drift.
      const moved = Math.SQRT2 * drift * (game === "removal" ? credenceIn(table, beliefs, claim) : 1);
      const { share, se } = meanAndError(sums, even, odd);
      return { claim, share: table.rough ? (even + odd) / 2 : share, se: table.rough ? moved : se };
    }),
    pairs: pairShares(pairSums),
  };
}

/** By node: each row's value times its chance there. Claims on their own with the same credence are counted, and multiplied in at once. */
function alongPath(
  base: Float64Array,
  rows: WeightedRows,
  removals: readonly RemovalBlock[],
  onPath: readonly (readonly Float64Array[])[],
  nodes: readonly { readonly t: number; readonly weight: number }[],
): readonly Float64Array[] {
  const alike = new Map<string, { readonly block: number; readonly count: Uint8Array; members: number }>();
  const others: number[] = [];
  removals.forEach((removal, b) => {
    const places = rows.places[b];
    if (places === null || places === undefined) return;
    if (removal.block.gates.length > 1) return void others.push(b);
    const key = JSON.stringify(removal.laws.map((l) => [...l]));
    const group = alike.get(key) ?? { block: b, count: new Uint8Array(rows.count), members: 0 };
    for (let u = 0; u < rows.count; u++) group.count[u] = (group.count[u] as number) + (places[u] as number);
    group.members++;
    alike.set(key, group);
  });
  return nodes.map(({ weight }, node) => {
    const product = base.slice();
    for (let u = 0; u < product.length; u++) product[u] = (product[u] as number) * weight;
    for (const b of others) multiply(product, rows.places[b] as Uint16Array, onPath[b]?.[node] as Float64Array);
    for (const { block, count, members } of alike.values()) {
      const [off = 0, on = 0] = onPath[block]?.[node] ?? [];
      const powers = Float64Array.from({ length: members + 1 }, (_, k) => repeated(on, k) * repeated(off, members - k));
      if (members === 1) multiplyBy(product, count, off, on - off);
      else multiply(product, count, powers);
    }
    return product;
  });
}

function repeated(x: number, times: number): number {
  let product = 1;
  for (let k = 0; k < times; k++) product *= x;
  return product;
}

/** Without a branch or a look-up: `off` where the place is 0, `off + more` where it is 1. */
function multiplyBy(values: Float64Array, places: Uint8Array, off: number, more: number): void {
  for (let u = 0; u < values.length; u++) values[u] = (values[u] as number) * (off + more * (places[u] as number));
}

function multiply(values: Float64Array, places: Uint16Array | Uint8Array, law: Float64Array): void {
  for (let u = 0; u < values.length; u++) values[u] = (values[u] as number) * (law[places[u] as number] as number);
}

/** By row: of the columns, the one at the row's place. */
function addChosen(into: Float64Array, columns: readonly Float64Array[], places: Uint16Array): void {
  const [first, second] = columns;
  if (columns.length === 2 && first !== undefined && second !== undefined) {
    for (let u = 0; u < into.length; u++)
      into[u] = (into[u] as number) + ((places[u] === 1 ? second[u] : first[u]) as number);
    return;
  }
  for (let u = 0; u < into.length; u++)
    into[u] = (into[u] as number) + ((columns[places[u] as number] as Float64Array)[u] as number);
}

function addScaled(into: Float64Array, values: Float64Array, by: number): void {
  if (by === 0) return;
  for (let u = 0; u < into.length; u++) into[u] = (into[u] as number) + by * (values[u] as number);
}

function credenceIn(table: Table, beliefs: Beliefs, claim: string): number {
  const [block] = blocksOf(table.frame, [beliefs], [claim]);
  return block === undefined ? 0 : lawChance(block, lawOf(table.frame, beliefs, block, {}), claim);
}

/** The two halves' fits are independent of each other. One difference tells little of an error, so all pairs' are taken together. */
function pairShares(sums: ReadonlyMap<string, { readonly even: number; readonly odd: number }>): readonly PairShare[] {
  const squares = [...sums.values()].reduce((s, { even, odd }) => s + (even - odd) ** 2, 0);
  const se = Math.sqrt(squares / Math.max(1, sums.size)) / 2;
  return [...sums].map(([key, { even, odd }]) => {
    const [a = "", b = ""] = key.split(" ");
    return { claims: [a, b], interaction: (even + odd) / 2, se };
  });
}

interface Sums {
  constant: number;
  readonly single: Float64Array;
  readonly pair: Float64Array;
}

function emptyPolynomial(gates: number): Sums {
  return { constant: 0, single: new Float64Array(gates), pair: new Float64Array((gates * (gates - 1)) / 2) };
}

function addTo(sum: Sums, fit: Polynomial, weight: number, own: readonly string[], all: readonly string[]): void {
  const at = own.map((g) => all.indexOf(g));
  sum.constant += weight * fit.constant;
  at.forEach((i, a) => (sum.single[i] = (sum.single[i] as number) + weight * (fit.single[a] as number)));
  let p = 0;
  for (let a = 0; a < at.length; a++)
    for (let b = a + 1; b < at.length; b++, p++) {
      const place = pairAt(all.length, at[a] as number, at[b] as number);
      sum.pair[place] = (sum.pair[place] as number) + weight * (fit.pair[p] as number);
    }
}

function moments(
  removals: readonly RemovalBlock[],
  laws: readonly Float64Array[],
  gates: readonly string[],
): Float64Array {
  const means = new Float64Array(gates.length);
  removals.forEach(({ block }, b) =>
    block.gates.forEach((g, i) => {
      const law = laws[b] as Float64Array;
      let sum = 0;
      for (let p = 0; p < law.length; p++) if (bitOf(p, i) === 1) sum += law[p] as number;
      means[gates.indexOf(g)] = sum;
    }),
  );
  return means;
}

/** How the mean of the polynomial moves when one block's law changes by `change`, the others as they are. */
function slopeOf(
  f: Sums,
  r: RemovalBlock,
  change: Float64Array,
  means: Float64Array,
  gates: readonly string[],
): number {
  const n = gates.length;
  const own = r.block.gates.map((g) => gates.indexOf(g));
  let sum = 0;
  own.forEach((i, a) => {
    let moved = 0;
    for (let p = 0; p < change.length; p++) if (bitOf(p, a) === 1) moved += change[p] as number;
    let slope = f.single[i] as number;
    for (let j = 0; j < n; j++)
      if (j !== i && !own.includes(j)) slope += pairOf(f.pair, n, i, j) * (means[j] as number);
    sum += slope * moved;
    own.forEach((j, b) => {
      if (j <= i) return;
      let both = 0;
      for (let p = 0; p < change.length; p++) if (bitOf(p, a) === 1 && bitOf(p, b) === 1) both += change[p] as number;
      sum += (f.pair[pairAt(n, i, j)] as number) * both;
    });
  });
  return sum;
}

/** aᵢⱼ·cᵢ·cⱼ of the surrogate for claims of different blocks: what the two add together beyond their parts. */
function addPairs(
  into: Map<string, { even: number; odd: number }>,
  removals: readonly RemovalBlock[],
  even: Sums,
  odd: Sums,
  gates: readonly string[],
  players: readonly string[],
): void {
  const own = moments(
    removals,
    removals.map((r) => mixed(r, 1)),
    gates,
  );
  const none = moments(
    removals,
    removals.map((r) => mixed(r, 0)),
    gates,
  );
  for (let i = 0; i < gates.length; i++)
    for (let j = i + 1; j < gates.length; j++) {
      const [a = "", b = ""] = [gates[i], gates[j]];
      if (!players.includes(a) || !players.includes(b)) continue;
      if (removals.some((r) => r.block.gates.includes(a) && r.block.gates.includes(b))) continue;
      const place = pairAt(gates.length, i, j);
      const moved = ((own[i] as number) - (none[i] as number)) * ((own[j] as number) - (none[j] as number));
      const known = into.get(`${a} ${b}`) ?? { even: 0, odd: 0 };
      known.even += (even.pair[place] as number) * moved;
      known.odd += (odd.pair[place] as number) * moved;
      into.set(`${a} ${b}`, known);
    }
}

/** Of `values`, with a constant added to the even ones and one to the odd ones. */
function meanAndError(
  values: Float64Array,
  even: number,
  odd: number,
): { readonly share: number; readonly se: number } {
  let sum = 0;
  let squares = 0;
  for (let u = 0; u < values.length; u++) {
    const v = (values[u] as number) + (u % 2 === 0 ? even : odd);
    sum += v;
    squares += v * v;
  }
  const mean = sum / values.length;
  return { share: mean, se: Math.sqrt(Math.max(0, squares / values.length - mean * mean) / (values.length - 1)) };
}
