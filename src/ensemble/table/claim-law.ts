/** Works out the joint chances of claims under a mind, block by block of claims that depend on each other. */

import { Refused } from "#text/refused.ts";
import { walk } from "#model/expression.ts";
import type { CredenceRow, Group } from "#model/model.ts";
import { evaluate } from "#kernel/evaluate.ts";
import type { Mind } from "../draws/mind.ts";

/** As much of a model as its claims' chances hang on. */
export interface ClaimFrame {
  readonly claims: readonly { readonly name: string }[];
  readonly groups: readonly Pick<Group, "name" | "claims" | "neither">[];
}

/** Truth by claim. */
export type Pins = Readonly<Record<string, boolean>>;

/** Claims that one another's chances hang on: by a `one of`, or by a credence `given`. Blocks are independent of each other. */
export interface ClaimBlock {
  /** In order of the model. */
  readonly claims: readonly string[];
  /** Those of them that are gates, in order of the gates asked for. */
  readonly gates: readonly string[];
}

/** More claims than this in one block are refused: every way they can fall is gone through. */
const blockLimit = 12;

/** The credences of a mind, as far as the law of its claims goes. */
export type Beliefs = Pick<Mind, "credences">;

/** The blocks that hold a gate, in order of their first gate. Throws `Refused` above `blockLimit`. */
export function blocksOf(
  model: ClaimFrame,
  minds: readonly Beliefs[],
  gates: readonly string[],
): readonly ClaimBlock[] {
  const parent = new Map(model.claims.map((c) => [c.name, c.name]));
  const root = (name: string): string => {
    let at = name;
    while (parent.get(at) !== at) at = parent.get(at) as string;
    return at;
  };
  const join = (a: string, b: string): void => void parent.set(root(a), root(b));
  for (const group of model.groups) for (const claim of group.claims) join(claim, group.claims[0] as string);
  for (const mind of minds)
    for (const [claim, rows] of Object.entries(mind.credences))
      for (const row of rows)
        if (row.given !== null)
          walk(row.given, (e) => {
            if (e.op === "claim") join(e.name, claim);
          });
  const blocks = new Map<string, { claims: string[]; gates: string[] }>();
  for (const gate of gates) {
    const key = root(gate);
    const block = blocks.get(key) ?? { claims: [], gates: [] };
    block.gates.push(gate);
    blocks.set(key, block);
  }
  for (const { name } of model.claims) blocks.get(root(name))?.claims.push(name);
  for (const { claims } of blocks.values())
    if (claims.length > blockLimit)
      throw new Refused(
        `${claims.length} claims hang together (${claims.join(", ")}); at most ${blockLimit} can be gone through`,
      );
  return [...blocks.values()];
}

/**
 * The chance of each pattern of a block's gates: entry p has gate i true where bit i of p is set. Claims fall as `claimDrawer` draws them: in order
 * of the model, a `one of` at its last member; a pinned claim stands, later ones are drawn given it.
 */
export function lawOf(model: ClaimFrame, beliefs: Beliefs, block: ClaimBlock, pins: Pins): Float64Array {
  const law = new Float64Array(2 ** block.gates.length);
  const truth = new Map<string, boolean>();
  const steps = stepsAmong(model, beliefs, block.claims, pins);
  const go = (at: number, chance: number): void => {
    if (chance === 0) return;
    const step = steps[at];
    if (step === undefined) {
      const pattern = block.gates.reduce((p, g, i) => p + (truth.get(g) === true ? 2 ** i : 0), 0);
      law[pattern] = (law[pattern] as number) + chance;
      return;
    }
    const { claims } = step;
    const chances = step.chances((claim) => truth.get(claim) === true);
    const fall = (winner: number): void => {
      claims.forEach((claim, i) => truth.set(claim, i === winner));
      go(at + 1, chance * (chances[winner + 1] as number));
    };
    claims.forEach((_, i) => fall(i));
    fall(-1);
    for (const claim of claims) truth.delete(claim);
  };
  go(0, 1);
  return law;
}

/** By world, the chance of the way in which its claims fell; `claims`: the truth by claim of the model, then by world. */
export type ChanceOfClaims = (claims: readonly Float64Array[], worlds: number) => Float64Array;

/** The chance of one way in which all claims of the model fall; steps as in `lawOf`, so that any number of them will do. */
export function chanceOfWhole(model: ClaimFrame, beliefs: Beliefs, pins: Pins): ChanceOfClaims {
  const names = model.claims.map((c) => c.name);
  const placeOf = new Map(names.map((name, i) => [name, i]));
  const steps = stepsAmong(model, beliefs, names, pins);
  return (claims, worlds) => {
    const columnOf = (name: string): Float64Array => claims[placeOf.get(name) ?? -1] ?? nothing;
    const chance = new Float64Array(worlds).fill(1);
    for (const step of steps) {
      const own = step.claims.map(columnOf);
      const read = step.reads.map(columnOf);
      if (read.length === 0) {
        const chances = step.chances(() => false);
        for (let w = 0; w < chance.length; w++)
          chance[w] = (chance[w] as number) * (chances[winnerAmong(own, w) + 1] ?? 0);
        continue;
      }
      // Few ways in which the claims that a step reads fall are met, each many times.
      const known = new Map<string, Float64Array>();
      for (let w = 0; w < chance.length; w++) {
        let key = "";
        for (const column of read) key += column[w] === 1 ? "1" : "0";
        let chances = known.get(key);
        if (chances === undefined) known.set(key, (chances = step.chances((claim) => columnOf(claim)[w] === 1)));
        chance[w] = (chance[w] as number) * (chances[winnerAmong(own, w) + 1] ?? 0);
      }
    }
    return chance;
  };
}

const nothing = new Float64Array(0);

/** The place of the only one that is true in a world; −1 for none, −2 for several. */
function winnerAmong(columns: readonly Float64Array[], w: number): number {
  let winner = -1;
  for (let i = 0; i < columns.length; i++)
    if ((columns[i] as Float64Array)[w] === 1) {
      if (winner >= 0) return -2;
      winner = i;
    }
  return winner;
}

/** The chance of the way in which some gates fall, whatever the other claims do. Throws `Refused` above `blockLimit`. */
export function chanceOfGates(
  model: ClaimFrame,
  beliefs: Beliefs,
  gates: readonly string[],
  pins: Pins,
): ChanceOfClaims {
  const laws = blocksOf(model, [beliefs], gates).map((block) => ({
    law: lawOf(model, beliefs, block, pins),
    places: block.gates.map((gate) => model.claims.findIndex((c) => c.name === gate)),
  }));
  return (claims, worlds) => {
    const chance = new Float64Array(worlds).fill(1);
    for (const { law, places } of laws) {
      const columns = places.map((place) => claims[place] as Float64Array);
      for (let w = 0; w < chance.length; w++) {
        let pattern = 0;
        for (let i = 0; i < columns.length; i++) if ((columns[i] as Float64Array)[w] === 1) pattern += 2 ** i;
        chance[w] = (chance[w] as number) * (law[pattern] as number);
      }
    }
    return chance;
  };
}

/** The same for one way, told as 0 and 1 in order of the gates. */
export function chanceOfTruths(
  model: ClaimFrame,
  beliefs: Beliefs,
  gates: readonly string[],
  pins: Pins,
): (truths: string) => number {
  const laws = blocksOf(model, [beliefs], gates).map((block) => ({
    law: lawOf(model, beliefs, block, pins),
    places: block.gates.map((gate) => gates.indexOf(gate)),
  }));
  return (truths) =>
    laws.reduce((chance, { law, places }) => {
      const pattern = places.reduce((p, place, i) => (truths[place] === "1" ? p + 2 ** i : p), 0);
      return chance * (law[pattern] as number);
    }, 1);
}

/** By row, the truths of some claims as `chanceOfTruths` reads them; `columns` by claim. */
export function truthsOf(columns: readonly Float64Array[]): readonly string[] {
  const known = new Map<string, string>();
  return Array.from({ length: columns[0]?.length ?? 0 }, (_, row) => {
    let text = "";
    for (const column of columns) text += column[row] === 1 ? "1" : "0";
    // One text for all rows alike: what is joined anew is compared letter by letter.
    const same = known.get(text);
    if (same === undefined) known.set(text, text);
    return same ?? text;
  });
}

function groupOf(model: ClaimFrame, name: string): ClaimFrame["groups"][number] | undefined {
  return model.groups.find((g) => g.claims.includes(name));
}

/** A claim on its own, or a group at its last member. */
interface LawStep {
  readonly claims: readonly string[];
  /** Claims on which its credences hang. */
  readonly reads: readonly string[];
  /** The chance that none of its claims is true, then that each is, given the claims before. */
  readonly chances: (isTrue: (claim: string) => boolean) => Float64Array;
}

/** The steps that stand at some of the model's claims, in order. */
function stepsAmong(model: ClaimFrame, beliefs: Beliefs, names: readonly string[], pins: Pins): readonly LawStep[] {
  return names.flatMap((name): readonly LawStep[] => {
    const group = groupOf(model, name);
    const claims = group?.claims ?? [name];
    if (model.claims.findLast((c) => claims.includes(c.name))?.name !== name) return [];
    const pinned = claims.map((claim) => (Object.hasOwn(pins, claim) ? pins[claim] : undefined));
    const rows = claims.map((claim) => beliefs.credences[claim] ?? []);
    const chancesOf = group === undefined ? chancesOfOne : group.neither ? chancesWithNeither : chancesOfRivals;
    return [
      {
        claims,
        reads: claimsRead(rows.flat()),
        chances: (isTrue) =>
          chancesOf(
            rows.map((r) => credenceGiven(r, isTrue)),
            pinned,
          ),
      },
    ];
  });
}

function claimsRead(rows: readonly CredenceRow[]): readonly string[] {
  const found = new Set<string>();
  for (const { given } of rows)
    if (given !== null)
      walk(given, (e) => {
        if (e.op === "claim") found.add(e.name);
      });
  return [...found];
}

type Pinned = readonly (boolean | undefined)[];

function chancesOfOne([credence = 0.5]: readonly number[], [pin]: Pinned): Float64Array {
  if (pin !== undefined) return Float64Array.of(pin ? 0 : 1, pin ? 1 : 0);
  return Float64Array.of(1 - credence, credence);
}

/** All of it where one is pinned true, and else null. */
function chosenOf(pinned: Pinned): Float64Array | null {
  const chosen = pinned.indexOf(true);
  if (chosen < 0) return null;
  const chances = new Float64Array(pinned.length + 1);
  chances[chosen + 1] = 1;
  return chances;
}

function chancesOfRivals(credences: readonly number[], pinned: Pinned): Float64Array {
  const chosen = chosenOf(pinned);
  if (chosen !== null) return chosen;
  const chances = new Float64Array(pinned.length + 1);
  const open = [...pinned.keys()].filter((i) => pinned[i] === undefined);
  const total = open.reduce((sum, i) => sum + (credences[i] as number), 0);
  for (const i of open) chances[i + 1] = total > 0 ? (credences[i] as number) / total : 1 / open.length;
  if (open.length === 0) chances[0] = 1;
  return chances;
}

/** Side by side on the line, as far as it goes. */
function chancesWithNeither(credences: readonly number[], pinned: Pinned): Float64Array {
  const chosen = chosenOf(pinned);
  if (chosen !== null) return chosen;
  const chances = new Float64Array(pinned.length + 1);
  let end = 0;
  let won = 0;
  credences.forEach((credence, i) => {
    const start = Math.min(1, end);
    end += credence;
    if (pinned[i] !== undefined) return;
    chances[i + 1] = Math.min(1, end) - start;
    won += Math.min(1, end) - start;
  });
  chances[0] = Math.max(0, 1 - won);
  return chances;
}

function credenceGiven(rows: readonly CredenceRow[], isTrue: (claim: string) => boolean): number {
  const row = rows.find(
    ({ given }) =>
      given === null ||
      evaluate(
        given,
        (leaf) => (leaf.op === "claim" && isTrue(leaf.name) ? 1 : 0),
        () => {
          throw new Error("the condition of a credence reads a table");
        },
      ) !== 0,
  );
  return row?.credence ?? 0.5;
}

/** `law` as it is where one gate of the block is known to be true or false; null where that has no chance. */
export function conditioned(block: ClaimBlock, law: Float64Array, gate: string, value: boolean): Float64Array | null {
  const bit = 2 ** block.gates.indexOf(gate);
  const kept = law.map((p, pattern) => ((Math.floor(pattern / bit) % 2 === 1) === value ? p : 0));
  const total = kept.reduce((a, b) => a + b, 0);
  return total > 0 ? kept.map((p) => p / total) : null;
}

/** The chance that a gate of the block is true. */
export function lawChance(block: ClaimBlock, law: Float64Array, gate: string): number {
  const bit = 2 ** block.gates.indexOf(gate);
  return law.reduce((sum, p, pattern) => (Math.floor(pattern / bit) % 2 === 1 ? sum + p : sum), 0);
}
