/** Draws worlds from laws other than a view's own, and says how likely the view's own law makes each of them against these. */

import type { Model } from "#model/model.ts";
import type { ColumnMath } from "#kernel/column-math.ts";
import { makeColumn } from "#kernel/column.ts";
import { log } from "#kernel/math.ts";
import { keyOf, uniform, type Key } from "#kernel/philox.ts";
import { chanceOfWhole, type Beliefs, type ChanceOfClaims, type ClaimFrame, type Pins } from "../table/claim-law.ts";
import { mindOf, type Mind } from "./mind.ts";
import { ownUniforms, type Uniforms } from "../table/stratified.ts";

/** One law of a mixture. */
export interface ProposalPart {
  /** Of the worlds; those of a proposal sum to 1. */
  readonly share: number;
  readonly credences: Mind["credences"];
  /** By unknown: its uniform has density 1 + s(2u − 1), s from −1 to 1. Those not named are as they were. */
  readonly tilts: Readonly<Record<string, number>>;
}

/**
 * A mixture to draw from (importance sampling). Where one part is the view's own law with share a, no world weighs more than 1/a (the defensive mixture of
 * Hesterberg 1995, with the mixture's whole density below the line: the balance heuristic of Veach & Guibas 1995).
 */
export type Proposal = readonly ProposalPart[];

/** By world, the place of the part it is drawn from: a function of (seed, world) alone. */
export function whichPart(proposal: Proposal, seed: number, worlds: ArrayLike<number>): Uint16Array {
  if (proposal.length === 0) throw new Error("a proposal has at least one part");
  const key = keyOf("part of a proposal");
  const parts = new Uint16Array(worlds.length);
  for (let w = 0; w < parts.length; w++) {
    const u = uniform(seed, key, worlds[w] as number, 0);
    let end = 0;
    const found = proposal.findIndex((p) => u < (end += p.share));
    parts[w] = found < 0 ? proposal.length - 1 : found;
  }
  return parts;
}

/** The uniforms under the tilts of each world's part: inverse of F(u) = (1 − s)u + su². */
export function tiltedUniforms(proposal: Proposal, math: ColumnMath): Uniforms {
  const own = ownUniforms(math);
  const slopes = new Map(
    proposal.flatMap((p) => Object.keys(p.tilts)).map((name) => [wordsOf(keyOf(`unknown ${name}`)), name]),
  );
  const partOf = partsOnce(proposal);
  return (seed, key, worlds, shape) => {
    const name = slopes.get(wordsOf(key));
    if (name === undefined) return own(seed, key, worlds, shape);
    const part = partOf(seed, worlds);
    const tilts = proposal.map((p) => p.tilts[name] ?? 0);
    return own(seed, key, worlds, (u, from) => {
      for (let i = 0; i < u.length; i++) u[i] = tilted(u[i] as number, tilts[part[from + i] as number] as number);
      shape?.(u, from);
    });
  };
}

/** `whichPart`, worked out once for worlds that are asked about again and again: once for each unknown. */
function partsOnce(proposal: Proposal): (seed: number, worlds: ArrayLike<number>) => Uint16Array {
  let last: { readonly seed: number; readonly worlds: ArrayLike<number>; readonly part: Uint16Array } | null = null;
  return (seed, worlds) => {
    if (last === null || last.seed !== seed || last.worlds !== worlds)
      last = { seed, worlds, part: whichPart(proposal, seed, worlds) };
    return last.part;
  };
}

/** A key as text: equal keys are not the same object. */
function wordsOf({ low, high }: Key): string {
  return `${low} ${high}`;
}

function tilted(v: number, s: number): number {
  if (s === 0) return v;
  return (2 * v) / (1 - s + Math.sqrt((1 - s) * (1 - s) + 4 * s * v));
}

/** The chance of the way in which the claims of each world fell, under a law. */
export type ChanceUnder = (beliefs: Beliefs) => ChanceOfClaims;

/** log density of worlds under the proposal they were drawn from, against untilted uniforms. `claims`: the truth by claim of the model, then by world. */
export function logDensities(
  chanceUnder: ChanceUnder,
  proposal: Proposal,
  seed: number,
  worlds: readonly number[],
  claims: readonly Float64Array[],
): Float64Array {
  const names = [...new Set(proposal.flatMap((p) => Object.keys(p.tilts)))];
  const uniforms = uniformsUnder(proposal, seed, worlds);
  const drawn = names.map(uniforms);
  const density = new Float64Array(worlds.length);
  for (const { share, credences, tilts } of proposal) {
    const under = chanceUnder({ credences })(claims, worlds.length);
    names.forEach((name, k) => {
      const [u, tilt] = [drawn[k] as Float64Array, tilts[name] ?? 0];
      if (tilt !== 0)
        for (let w = 0; w < u.length; w++) under[w] = (under[w] as number) * (1 + tilt * (2 * (u[w] as number) - 1));
    });
    for (let w = 0; w < density.length; w++) density[w] = (density[w] as number) + share * (under[w] as number);
  }
  return density.map((d) => log(d));
}

/** log of what a law makes of worlds that were drawn from a proposal, less the proposal's own log density: −Infinity where the law cannot make it. */
export function logRatios(
  model: ClaimFrame,
  beliefs: Beliefs,
  pins: Pins,
  proposal: Proposal,
  seed: number,
  worlds: readonly number[],
  claims: readonly Float64Array[],
): Float64Array {
  const under: ChanceUnder = (some) => chanceOfWhole(model, some, pins);
  const own = under(beliefs)(claims, worlds.length);
  return logDensities(under, proposal, seed, worlds, claims).map((density, w) => {
    const chance = own[w] as number;
    return chance > 0 ? log(chance) - density : -Infinity;
  });
}

/** A view as the one part of a proposal. */
export function ownPart(model: Model, view: string, share: number): ProposalPart {
  return { share, credences: mindOf(model, view).credences, tilts: {} };
}

/** By world, the uniform that an unknown was drawn from. */
export function uniformsUnder(
  proposal: Proposal | null,
  seed: number,
  worlds: readonly number[],
): (unknown: string) => Float64Array {
  const part = proposal === null ? null : whichPart(proposal, seed, worlds);
  return (unknown) => {
    const key = keyOf(`unknown ${unknown}`);
    const tilts = (proposal ?? []).map((p) => p.tilts[unknown] ?? 0);
    return makeColumn(worlds.length, (w) =>
      tilted(uniform(seed, key, worlds[w] as number, 0), tilts[part?.[w] ?? 0] ?? 0),
    );
  };
}
