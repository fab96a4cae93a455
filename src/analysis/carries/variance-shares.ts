/** Splits the variance of a margin over the claims among them (Shapley effects). */

import { Refused } from "#text/refused.ts";
import { blocksOf, lawOf, type Beliefs, type ClaimBlock } from "#ensemble/table/claim-law.ts";
import { figureParts } from "#ensemble/table/table-figures.ts";
import { gatesOf, unitsOf, type Table, type Target } from "#ensemble/table/table.ts";
import { weighted } from "#ensemble/table/weighted.ts";
import { applied, blockRows, coalitionsOf, squared, type BlockAxis } from "./block-rows.ts";
import { fitVariance, type FirstOrder, type VarianceShares } from "./fit-variance.ts";
import { jackknife } from "./jackknife.ts";
import { slopeAt } from "../figures/margin.ts";
import { gameValues } from "./shapley.ts";

/**
 * v(S) = Var(E[margin | the claims in S]) under the mind's joint law, and its Shapley values (Owen 2014; Song, Nelson & Staum 2016), which are right for dependent claims
 * too. From every pattern: each square is a product of different batches, so that luck adds nothing (a U-statistic); errors by the jackknife. From
 * sampled patterns: of the fits, the one of the even patterns times the one of the odd ones; what is of third order and more is left out.
 */
export function varianceShares(
  table: Table,
  target: Target,
  beliefs: Beliefs,
  players: readonly string[],
): VarianceShares {
  const figures = weighted(table, target, beliefs);
  const parts = figures.map((f) => figureParts(table, f));
  const values = parts.map((p) => p.n.value / (p.d?.value ?? 1));
  const { by } = slopeAt(target.margin, values);
  const first = parts.map((p, i): FirstOrder => ({
    slope: by[i] as number,
    ratio: values[i] as number,
    below: p.d?.value ?? 1,
  }));
  const blocks = blocksOf(table.frame, [beliefs], gatesOf(table, target));
  const laws = blocks.map((b) => lawOf(table.frame, beliefs, b, {}));
  return table.design.kind === "exact"
    ? everyPattern({ table, target, beliefs, players, blocks, laws, first })
    : fitVariance({ table, target, players, blocks, laws, first });
}

const mostRows = 2 ** 18;

interface EveryPatternInput {
  readonly table: Table;
  readonly target: Target;
  readonly beliefs: Beliefs;
  readonly players: readonly string[];
  readonly blocks: readonly ClaimBlock[];
  readonly laws: readonly Float64Array[];
  readonly first: readonly FirstOrder[];
}

function everyPattern({ table, target, beliefs, players, blocks, laws, first }: EveryPatternInput): VarianceShares {
  const units = unitsOf(table);
  const axes = laws.map((law): BlockAxis => blockRows(law));
  const size = axes.reduce((n, a) => n * a.rows.length, 1);
  if (size > mostRows || players.length > 16)
    throw new Refused(
      `the variance over ${players.length} claims takes more room than there is; ask for fewer to be gone through one by one (exact)`,
    );
  const coefficients = Array.from({ length: units }, () => new Float64Array(size));
  target.figures.forEach((f, i) => {
    const reading = table.readings[f.reading];
    const { slope, ratio, below } = first[i] as FirstOrder;
    if (reading === undefined || slope === 0) return;
    const own = blocks.map((b) => lawOf(table.frame, beliefs, b, f.pins));
    for (let u = 0; u < units; u++) {
      const patterns = 2 ** reading.gates.length;
      const y = new Float64Array(patterns);
      for (let p = 0; p < patterns; p++)
        y[p] =
          (slope *
            ((reading.n[u * patterns + p] as number) -
              (reading.d === null ? 0 : ratio * (reading.d[u * patterns + p] as number)))) /
          below;
      const turned = applied(y, reading.gates, blocks, axes, own, f.pins);
      const into = coefficients[u] as Float64Array;
      for (let r = 0; r < size; r++) into[r] = (into[r] as number) + (turned[r] as number);
    }
  });
  const sums = new Float64Array(size);
  const squares = new Float64Array(size);
  for (const c of coefficients)
    for (let r = 0; r < size; r++) {
      sums[r] = (sums[r] as number) + (c[r] as number);
      squares[r] = (squares[r] as number) + (c[r] as number) ** 2;
    }
  const order = coalitionsOf(blocks, players);
  const game = (left: number | null): Float64Array => {
    const without = left === null ? null : (coefficients[left] as Float64Array);
    return squared(sums, squares, without, units, axes, order, players.length);
  };
  const whole = game(null);
  const found = gameValues(whole);
  const left = Array.from({ length: units }, (_, u) => gameValues(game(u)));
  const pairs = players.flatMap((a, i) => players.slice(i + 1).map((b) => [a, b] as const));
  return {
    method: "exact",
    variance: (whole.at(-1) ?? 0) - (whole[0] ?? 0),
    shares: players.map((claim, i) => ({
      claim,
      share: found.shares[i] as number,
      se: jackknife(left.map((l) => l.shares[i] as number)),
    })),
    pairs: pairs.map((claims, p) => ({
      claims,
      interaction: found.pairs[p] as number,
      se: jackknife(left.map((l) => l.pairs[p] as number)),
    })),
  };
}
