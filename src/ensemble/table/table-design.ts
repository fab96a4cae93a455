/** Draws patterns of claims from a mixture of the laws that a table must serve, with the mixture's chance of each. */

import { makeColumn } from "#kernel/column.ts";
import { keyOf, uniform } from "#kernel/philox.ts";
import { blocksOf, lawOf, type Beliefs, type ClaimBlock, type ClaimFrame } from "./claim-law.ts";
import { mixed, quadrature, removalOf } from "./removal.ts";
import { bitOf } from "./table.ts";

/**
 * A quarter of the patterns comes from 'even odds', a twenty-fifth has every claim off (what each attribution starts from); the rest in equal parts from each mind: a third as it believes, a third along Owen's path (Owen 1972: each
 * claim is in with the same chance t, t uniform), on which the values of Shapley are means, and a third loosened (each block of claims drawn at even odds
 * instead with chance ⅒), for what happens when one or two are moved. Every pattern a mind can meet has a chance above zero, so weights
 * law ÷ density make every mean unbiased (a mixture's density is the balance heuristic of Veach & Guibas 1995, which bounds what one
 * mind's weights can reach by the inverse of its part).
 */
export function drawPatterns(
  frame: ClaimFrame,
  serves: readonly Beliefs[],
  gates: readonly string[],
  count: number,
  seed: number,
): {
  readonly patterns: Float64Array;
  /** The chance of each pattern's `gates`, whatever the others. */
  readonly density: (gates: readonly string[]) => Float64Array;
} {
  // Those who believe the same of every claim are one.
  const minds = [...new Map(serves.map((m) => [JSON.stringify(m.credences), m])).values()];
  const blocks = blocksOf(frame, minds, gates);
  const places = blocks.map((b) => b.gates.map((g) => gates.indexOf(g)));
  const nodes = quadrature(Math.ceil((frame.claims.length + 1) / 2));
  const even = blocks.map((b) => lawOf(frame, evenLaw(frame), b, {}));
  const own = minds.map((m) => blocks.map((b) => lawOf(frame, m, b, {})));
  const removals = minds.map((m) => blocks.map((b) => removalOf(frame, m, b, {}, "removal")));
  const paths = removals.map((rs) => nodes.map(({ t }) => rs.map((r) => mixed(r, t))));
  const evenPart = 0.25;
  const loose = own.map((laws) =>
    laws.map((law, b) => law.map((p, i) => (1 - looseness) * p + looseness * ((even[b] as Float64Array)[i] as number))),
  );
  const offPart = 0.04;
  const off = (removals[0] ?? []).map((r) => mixed(r, 0));
  const part = (1 - evenPart - offPart) / minds.length / 3;
  const lawsOf = (component: number, mind: number, t: number): readonly Float64Array[] => {
    if (component < 0) return component === -1 ? even : off;
    if (component % 3 === 0) return own[mind] ?? even;
    return component % 3 === 1 ? (removals[mind] ?? []).map((r) => mixed(r, t)) : (loose[mind] ?? even);
  };
  const componentAt = (u: number): number => {
    if (u < evenPart) return -1;
    if (u < evenPart + offPart) return -2;
    return Math.min(3 * minds.length - 1, Math.floor((u - evenPart - offPart) / part));
  };
  const cursor = keyOf("patterns");
  const shuffle = uniform(seed, cursor, 0, 0);
  const patterns = makeColumn(count, (unit) => {
    // The parts are filled in proportion, in an order without a step.
    const u = (unit * 0.6180339887498949 + shuffle) % 1;
    const t = uniform(seed, cursor, unit, 1);
    const component = componentAt(u);
    const mind = Math.floor(component / 3);
    const laws = lawsOf(component, mind, t);
    return laws.reduce(
      (pattern, law, b) => pattern + spread(pick(law, uniform(seed, cursor, unit, 2 + b)), places[b] ?? []),
      0,
    );
  });
  const density = (kept: readonly string[]): Float64Array => {
    const used = blocks.flatMap((block, b) => (block.gates.some((g) => kept.includes(g)) ? [b] : []));
    const at = used.map((b) => {
      const keptPlaces = (places[b] ?? []).flatMap((place, i) =>
        kept.includes(gates[place] ?? "") ? [{ place, power: 2 ** i }] : [],
      );
      return patterns.map((pattern) =>
        keptPlaces.reduce((sub, { place, power }) => sub + bitOf(pattern, place) * power, 0),
      );
    });
    const sum = new Float64Array(patterns.length);
    const add = (weight: number, laws: readonly Float64Array[]): void => {
      const chance = new Float64Array(patterns.length).fill(weight);
      used.forEach((b, k) => {
        const law = marginal(blocks[b] as ClaimBlock, laws[b] as Float64Array, kept);
        const place = at[k] as Float64Array;
        for (let u = 0; u < chance.length; u++) chance[u] = (chance[u] as number) * (law[place[u] as number] as number);
      });
      for (let u = 0; u < chance.length; u++) sum[u] = (sum[u] as number) + (chance[u] as number);
    };
    add(evenPart, even);
    add(offPart, off);
    own.forEach((laws, m) => {
      add(part, laws);
      add(part, loose[m] ?? even);
      (paths[m] ?? []).forEach((path, i) => add(part * (nodes[i]?.weight ?? 0), path));
    });
    return sum;
  };
  return { patterns, density };
}

/** The law of those gates of a block that are kept, at the patterns in which its others are false. */
export function marginal(block: ClaimBlock, law: Float64Array, kept: readonly string[]): Float64Array {
  const mask = block.gates.reduce((sum, g, i) => sum + (kept.includes(g) ? 2 ** i : 0), 0);
  if (mask === law.length - 1) return law;
  const out = new Float64Array(law.length);
  for (let p = 0; p < law.length; p++) out[p & mask] = (out[p & mask] as number) + (law[p] as number);
  return out;
}

/** The chance that a block of a loosened mind is drawn at even odds. */
const looseness = 0.1;

/** Every claim as likely as not; rivals share evenly, with nobody where that may be. */
export function evenLaw(frame: ClaimFrame): Beliefs {
  const credence = (name: string): number => {
    const group = frame.groups.find((g) => g.claims.includes(name));
    return group === undefined ? 0.5 : 1 / (group.claims.length + (group.neither ? 1 : 0));
  };
  return {
    credences: Object.fromEntries(
      frame.claims.map(({ name }) => [name, [{ credence: credence(name), given: null, word: null }]]),
    ),
  };
}

function pick(law: Float64Array, u: number): number {
  let end = 0;
  for (let p = 0; p < law.length; p++) {
    end += law[p] as number;
    if (u < end) return p;
  }
  return law.findLastIndex((p) => p > 0);
}

/** A block's pattern as a pattern of all gates. */
function spread(pattern: number, places: readonly number[]): number {
  return places.reduce((sum, place, i) => sum + bitOf(pattern, i) * 2 ** place, 0);
}

/** By pattern: its place in a block's law. `bits` are those of each gate by pattern; a gate that is not among them counts as false. */
export function placesIn(block: ClaimBlock, gates: readonly string[], bits: readonly Uint8Array[]): Uint16Array {
  const out = new Uint16Array(bits[0]?.length ?? 0);
  block.gates.forEach((gate, i) => {
    const column = bits[gates.indexOf(gate)];
    if (column === undefined) return;
    for (let p = 0; p < out.length; p++) out[p] = (out[p] as number) + ((column[p] as number) << i);
  });
  return out;
}
