/** A sampled gate table and a margin linear in its figures in; Shapley values along Owen's path, with errors, out. */

import { blocksOf, type Beliefs } from "#ensemble/claim-law.ts";
import { mixed, quadrature, removalOf, split, type Game, type RemovalBlock } from "#ensemble/removal.ts";
import { pairAt } from "#ensemble/surrogate.ts";
import { placesIn } from "#ensemble/table-design.ts";
import { bitOf, type Polynomial, type Table, type Target } from "#ensemble/table.ts";
import type { LinearForm } from "./linear-form.ts";
import { readingOf } from "./table-margin.ts";

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
  if (table.design.kind !== "sampled") throw new RangeError("a path over an exact table");
  const { bits, density } = table.design;
  const units = density.length;
  const byPlayer = new Map(players.map((p) => [p, new Float64Array(units)]));
  const constants = new Map(players.map((p) => [p, { even: 0, odd: 0 }]));
  const pairSums = new Map<string, { even: number; odd: number }>();
  // Figures that switch the same claims share their laws; their readings are added up first.
  const groups = new Map<string, number[]>();
  target.figures.forEach((f, i) => {
    const key = JSON.stringify(f.pins);
    groups.set(key, [...(groups.get(key) ?? []), i]);
  });
  for (const members of groups.values()) {
    const pins = target.figures[members[0] as number]?.pins ?? {};
    const removals = blocksOf(table.frame, [beliefs], table.gates).map((b) =>
      removalOf(table.frame, beliefs, b, pins, game),
    );
    const rest = new Float64Array(units);
    const even = emptyPolynomial(table.gates.length);
    const odd = emptyPolynomial(table.gates.length);
    for (const i of members) {
      const weight = linear.weights[i] ?? 0;
      const figure = target.figures[i];
      if (figure === undefined || weight === 0) continue;
      const reading = readingOf(table, figure);
      const fits = reading.fits?.n;
      if (fits === undefined) throw new RangeError("a sampled reading without a fit");
      for (let u = 0; u < units; u++) rest[u] = (rest[u] as number) + weight * (fits.rest[u] as number);
      // Even units are served by the odd half's fit.
      addTo(even, fits.odd, weight, reading.gates, table.gates);
      addTo(odd, fits.even, weight, reading.gates, table.gates);
    }
    const places = removals.map((r) => placesIn(r.block, table.gates, bits));
    for (const { t, weight } of quadrature(Math.ceil((players.length + 1) / 2))) {
      const laws = removals.map((r) => mixed(r, t));
      const product = density.map((q) => weight / q);
      removals.forEach((_, b) => {
        const law = laws[b] as Float64Array;
        const at = places[b] as Uint16Array;
        for (let u = 0; u < units; u++) product[u] = (product[u] as number) * (law[at[u] as number] as number);
      });
      for (let u = 0; u < units; u++) product[u] = (product[u] as number) * (rest[u] as number);
      const means = moments(removals, laws, table.gates);
      removals.forEach((r, b) => {
        const law = laws[b] as Float64Array;
        const at = places[b] as Uint16Array;
        for (const player of r.players) {
          const sums = byPlayer.get(player);
          if (sums === undefined) continue;
          const { within, without } = split(r, player, t);
          const ratio = law.map((p, i) => (p > 0 ? ((within[i] as number) - (without[i] as number)) / p : 0));
          const change = within.map((p, i) => p - (without[i] as number));
          const evenPart = weight * slopeOf(even, r, change, means, table.gates);
          const oddPart = weight * slopeOf(odd, r, change, means, table.gates);
          const fixed = constants.get(player) as { even: number; odd: number };
          fixed.even += evenPart;
          fixed.odd += oddPart;
          for (let u = 0; u < units; u++)
            sums[u] = (sums[u] as number) + (product[u] as number) * (ratio[at[u] as number] as number);
        }
      });
    }
    addPairs(pairSums, removals, even, odd, table.gates, players);
  }
  return {
    shares: players.map((claim) => {
      const { even, odd } = constants.get(claim) as { even: number; odd: number };
      const sums = byPlayer.get(claim) as Float64Array;
      return { claim, ...meanAndError(sums.map((s, u) => s + (u % 2 === 0 ? even : odd))) };
    }),
    pairs: pairShares(pairSums),
  };
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
      if (j !== i && !own.includes(j))
        slope += (f.pair[pairAt(n, Math.min(i, j), Math.max(i, j))] as number) * (means[j] as number);
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

function meanAndError(values: Float64Array): { readonly share: number; readonly se: number } {
  let sum = 0;
  let squares = 0;
  for (const v of values) {
    sum += v;
    squares += v * v;
  }
  const mean = sum / values.length;
  return { share: mean, se: Math.sqrt(Math.max(0, squares / values.length - mean * mean) / (values.length - 1)) };
}
