/** Splits the variance of a sampled table's fits among its claims. */

import type { ClaimBlock } from "#ensemble/table/claim-law.ts";
import { pairAt, pairOf } from "#ensemble/table/surrogate.ts";
import { gatesOf, type Polynomial, type Table, type Target } from "#ensemble/table/table.ts";
import { shapleyOf } from "./shapley.ts";

/** The margin to first order: Σ slope·(n − ratio·d)/D over its figures, exact where it is a weighted sum of means. */
export interface FirstOrder {
  readonly slope: number;
  readonly ratio: number;
  /** The condition's own chance; 1 where every run counts. */
  readonly below: number;
}

export interface VarianceShares {
  /** v(every claim known) − v(none): the variance of E[margin | claims], in squared base units. */
  readonly variance: number;
  readonly shares: readonly { readonly claim: string; readonly share: number; readonly se: number }[];
  readonly pairs: readonly {
    readonly claims: readonly [string, string];
    readonly interaction: number;
    readonly se: number;
  }[];
  readonly method: "exact" | "fit";
}

interface FitVarianceInput {
  readonly table: Table;
  readonly target: Target;
  readonly players: readonly string[];
  readonly blocks: readonly ClaimBlock[];
  readonly laws: readonly Float64Array[];
  readonly first: readonly FirstOrder[];
}

/**
 * A polynomial of second order over blocks that are independent is a sum of parts, one for each block and one for each two of them, that are uncorrelated whatever is
 * known; so its game is the sum of small ones. Every square is one fit's value times the other's, which never saw its patterns: the noise of the
 * fits adds nothing. Errors from how the two halves'
 * coefficients differ, all single ones and all pairs taken together, and at least from what the fits leave.
 */
export function fitVariance({ table, target, players, blocks, laws, first }: FitVarianceInput): VarianceShares {
  const gates = gatesOf(table, target);
  const halves = (["even", "odd"] as const).map((half) => margin(table, target, gates, first, half));
  const means = new Map(blocks.flatMap((b, k) => b.gates.map((g, i) => [g, chance(laws[k] as Float64Array, 1 << i)])));
  const at = (g: string): number => gates.indexOf(g);
  const shares = new Map(players.map((p) => [p, 0]));
  const errors = new Map(players.map((p) => [p, 0]));
  const add = (to: Map<string, number>, claim: string, by: number): void => {
    if (to.has(claim)) to.set(claim, (to.get(claim) ?? 0) + by);
  };
  let [variance, differences, singles] = [0, 0, 0];
  const effects: { readonly claims: readonly string[]; readonly effects: Float64Array }[] = [];
  blocks.forEach((block, b) => {
    const law = laws[b] as Float64Array;
    const [even = law, odd = law] = halves.map((f) => blockPart(f, block, gates, means));
    const game = Float64Array.from(law, (_, known) => covariance(law, even, odd, known));
    const apart = covariance(
      law,
      even.map((x, p) => x - (odd[p] as number)),
      even.map((x, p) => x - (odd[p] as number)),
      law.length - 1,
    );
    differences += apart / 4;
    singles += block.gates.length;
    variance += game.at(-1) ?? 0;
    effects.push({ claims: block.gates, effects: shapleyOf(game) });
  });
  const least = leastError(table, target, first);
  const single = Math.max(least, differences / Math.max(1, singles));
  for (const { claims, effects: own } of effects)
    claims.forEach((c, i) => {
      add(shares, c, own[i] as number);
      add(errors, c, 4 * Math.abs(own[i] as number) * single + 4 * single * single);
    });
  const pairs: { claims: readonly [string, string]; interaction: number; apart: number }[] = [];
  blocks.forEach((a, i) =>
    blocks.slice(i + 1).forEach((b, j) => {
      const [one, other] = [laws[i] as Float64Array, laws[i + 1 + j] as Float64Array];
      const parts = halves.map((f) =>
        a.gates.map((g) =>
          b.gates.map((h) => f.pair[pairAt(gates.length, Math.min(at(g), at(h)), Math.max(at(g), at(h)))] ?? 0),
        ),
      );
      const all = a.gates.length + b.gates.length;
      const game = Float64Array.from({ length: 2 ** all }, (_, known) => {
        const [left, right] = [known % one.length, Math.floor(known / one.length)];
        const [x, y] = [covariances(one, left), covariances(other, right)];
        return product(parts[0] ?? [], parts[1] ?? [], x, y);
      });
      const [x, y] = [covariances(one, one.length - 1), covariances(other, other.length - 1)];
      const apart = (parts[0] ?? []).map((row, g) => row.map((v, h) => v - (parts[1]?.[g]?.[h] ?? 0)));
      variance += game.at(-1) ?? 0;
      const own = shapleyOf(game);
      [...a.gates, ...b.gates].forEach((c, k) => add(shares, c, own[k] as number));
      const [g, h] = [a.gates[0] ?? "", b.gates[0] ?? ""];
      pairs.push({ claims: [g, h], interaction: game.at(-1) ?? 0, apart: product(apart, apart, x, y) / 4 });
    }),
  );
  const paired = Math.max(least, pairs.reduce((s, p) => s + p.apart, 0) / Math.max(1, pairs.length));
  const pairError = (v: number): number => 4 * Math.abs(v) * paired + 4 * paired * paired;
  for (const p of pairs) for (const c of p.claims) add(errors, c, pairError(p.interaction) / 4);
  return {
    method: "fit",
    variance,
    shares: players.map((claim) => ({
      claim,
      share: shares.get(claim) ?? 0,
      se: Math.sqrt(errors.get(claim) ?? 0),
    })),
    pairs: pairs
      .filter((p) =>
        p.claims.every((c) => players.includes(c) && blocks.some((b) => b.gates.length === 1 && b.gates[0] === c)),
      )
      .map(({ claims, interaction }) => ({ claims, interaction, se: Math.sqrt(pairError(interaction)) })),
  };
}

/** The squared error of the mean of both halves' coefficients, in standard units, if the patterns were drawn by the law: what is left ÷ their number. */
function leastError(table: Table, target: Target, first: readonly FirstOrder[]): number {
  const rests = target.figures.map((f, i) => {
    const fits = table.readings[f.reading]?.fits;
    return { fits, ...(first[i] as FirstOrder) };
  });
  const units = rests[0]?.fits?.n.rest.length ?? 1;
  let squares = 0;
  for (let u = 0; u < units; u++) {
    let left = 0;
    for (const { fits, slope, ratio, below } of rests)
      left += (slope * ((fits?.n.rest[u] ?? 0) - ratio * (fits?.d?.rest[u] ?? 0))) / below;
    squares += left * left;
  }
  return squares / units / units;
}

/** The margin to first order as one polynomial over the target's gates; claims that a figure pins are put in. */
function margin(
  table: Table,
  target: Target,
  gates: readonly string[],
  first: readonly FirstOrder[],
  half: "even" | "odd",
): Polynomial {
  const n = gates.length;
  const sum = { constant: 0, single: new Float64Array(n), pair: new Float64Array((n * (n - 1)) / 2) };
  const addPolynomial = (
    own: readonly string[],
    fit: Polynomial,
    weight: number,
    pins: Readonly<Record<string, boolean>>,
  ): void => {
    const pin = (g: string): number | null => (Object.hasOwn(pins, g) ? Number(pins[g]) : null);
    const addSingle = (g: string, by: number): void => {
      const value = pin(g);
      if (value === null) sum.single[gates.indexOf(g)] = (sum.single[gates.indexOf(g)] as number) + by;
      else sum.constant += value * by;
    };
    sum.constant += weight * fit.constant;
    own.forEach((g, i) => addSingle(g, weight * (fit.single[i] as number)));
    let p = 0;
    for (let i = 0; i < own.length; i++)
      for (let j = i + 1; j < own.length; j++, p++) {
        const by = weight * (fit.pair[p] as number);
        const [g, h] = [own[i] as string, own[j] as string];
        const [x, y] = [pin(g), pin(h)];
        if (x !== null) addSingle(h, x * by);
        else if (y !== null) addSingle(g, y * by);
        else {
          const place = pairAt(n, gates.indexOf(g), gates.indexOf(h));
          sum.pair[place] = (sum.pair[place] as number) + by;
        }
      }
  };
  target.figures.forEach((f, i) => {
    const reading = table.readings[f.reading];
    const { slope, ratio, below } = first[i] as FirstOrder;
    if (reading?.fits === null || reading === undefined) return;
    addPolynomial(reading.gates, reading.fits.n[half], slope / below, f.pins);
    if (reading.fits.d !== null) addPolynomial(reading.gates, reading.fits.d[half], (-slope * ratio) / below, f.pins);
  });
  return sum;
}

/** By pattern of a block: what the polynomial makes of it, all other claims at their chance, less a constant. */
function blockPart(
  f: Polynomial,
  block: ClaimBlock,
  gates: readonly string[],
  means: ReadonlyMap<string, number>,
): Float64Array {
  const at = block.gates.map((g) => gates.indexOf(g));
  const pair = (i: number, j: number): number => pairOf(f.pair, gates.length, i, j);
  const slopes = at.map((i) =>
    gates.reduce(
      (sum, g, j) => (j === i || at.includes(j) ? sum : sum + pair(i, j) * (means.get(g) ?? 0)),
      f.single[i] as number,
    ),
  );
  return Float64Array.from({ length: 2 ** at.length }, (_, p) => {
    let sum = 0;
    for (let a = 0; a < at.length; a++) {
      if (((p >>> a) & 1) === 0) continue;
      sum += slopes[a] as number;
      for (let b = a + 1; b < at.length; b++) if ((p >>> b) & 1) sum += pair(at[a] as number, at[b] as number);
    }
    return sum;
  });
}

/** The chance that every gate of a set is true. */
function chance(law: Float64Array, all: number): number {
  return law.reduce((sum, p, pattern) => ((pattern & all) === all ? sum + p : sum), 0);
}

/** Cov(E[x | the gates in `known`], E[y | them]). */
function covariance(law: Float64Array, x: Float64Array, y: Float64Array, known: number): number {
  const mass = new Float64Array(law.length);
  const [sx, sy] = [new Float64Array(law.length), new Float64Array(law.length)];
  let [mx, my] = [0, 0];
  law.forEach((p, pattern) => {
    const at = pattern & known;
    mass[at] = (mass[at] as number) + p;
    sx[at] = (sx[at] as number) + p * (x[pattern] as number);
    sy[at] = (sy[at] as number) + p * (y[pattern] as number);
    mx += p * (x[pattern] as number);
    my += p * (y[pattern] as number);
  });
  return mass.reduce((s, m, at) => (m > 0 ? s + ((sx[at] as number) * (sy[at] as number)) / m : s), 0) - mx * my;
}

/** By two gates of a block: Cov(E[g | known], E[h | known]). */
function covariances(law: Float64Array, known: number): readonly (readonly number[])[] {
  const size = Math.round(Math.log2(law.length));
  const bits = Array.from({ length: size }, (_, i) => law.map((__, p) => (p >>> i) & 1));
  return bits.map((x) => bits.map((y) => covariance(law, x, y, known)));
}

/** Σ p[g][h]·q[k][l]·x[g][k]·y[h][l]. */
function product(
  p: readonly (readonly number[])[],
  q: readonly (readonly number[])[],
  x: readonly (readonly number[])[],
  y: readonly (readonly number[])[],
): number {
  let sum = 0;
  p.forEach((row, g) =>
    row.forEach((v, h) =>
      q.forEach((other, k) =>
        other.forEach((w, l) => {
          sum += v * w * (x[g]?.[k] ?? 0) * (y[h]?.[l] ?? 0);
        }),
      ),
    ),
  );
  return sum;
}
