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
export const blockLimit = 12;

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
  const steps = block.claims.filter((name) => isStep(model, name));
  const go = (at: number, chance: number): void => {
    if (chance === 0) return;
    const name = steps[at];
    if (name === undefined) {
      const pattern = block.gates.reduce((p, g, i) => p + (truth.get(g) === true ? 2 ** i : 0), 0);
      law[pattern] = (law[pattern] as number) + chance;
      return;
    }
    for (const { set, chance: part } of ways(model, beliefs, name, pins, truth)) {
      for (const [claim, value] of set) truth.set(claim, value);
      go(at + 1, chance * part);
    }
    for (const claim of membersOf(model, name)) truth.delete(claim);
  };
  go(0, 1);
  return law;
}

/** The chance of one way in which all claims of the model fall; steps as in `lawOf`, so that any number of them will do. */
export function chanceOfWhole(
  model: ClaimFrame,
  beliefs: Beliefs,
  pins: Pins,
): (truth: ReadonlyMap<string, boolean>) => number {
  const steps = model.claims.map((c) => c.name).filter((name) => isStep(model, name));
  return (truth) => {
    let chance = 1;
    for (const name of steps) {
      const met = ways(model, beliefs, name, pins, truth).filter(({ set }) =>
        set.every(([claim, value]) => truth.get(claim) === value),
      );
      chance *= met.reduce((sum, way) => sum + way.chance, 0);
      if (chance === 0) return 0;
    }
    return chance;
  };
}

/** The chance of one way in which some gates fall, whatever the other claims do. Throws `Refused` above `blockLimit`. */
export function chanceOfGates(
  model: ClaimFrame,
  beliefs: Beliefs,
  gates: readonly string[],
  pins: Pins,
): (truth: ReadonlyMap<string, boolean>) => number {
  const laws = blocksOf(model, [beliefs], gates).map((block) => ({ block, law: lawOf(model, beliefs, block, pins) }));
  return (truth) => {
    let chance = 1;
    for (const { block, law } of laws) {
      let pattern = 0;
      block.gates.forEach((gate, i) => (pattern += truth.get(gate) === true ? 2 ** i : 0));
      chance *= law[pattern] as number;
    }
    return chance;
  };
}

function membersOf(model: ClaimFrame, name: string): readonly string[] {
  return model.groups.find((g) => g.claims.includes(name))?.claims ?? [name];
}

/** A claim on its own, or the last of its group. */
function isStep(model: ClaimFrame, name: string): boolean {
  const members = membersOf(model, name);
  return model.claims.findLast((c) => members.includes(c.name))?.name === name;
}

interface Way {
  readonly set: readonly (readonly [string, boolean])[];
  readonly chance: number;
}

function ways(
  model: ClaimFrame,
  beliefs: Beliefs,
  name: string,
  pins: Pins,
  truth: ReadonlyMap<string, boolean>,
): readonly Way[] {
  const group = model.groups.find((g) => g.claims.includes(name));
  const credence = (claim: string): number => credenceGiven(beliefs.credences[claim] ?? [], truth);
  const pinOf = (claim: string): boolean | undefined => (Object.hasOwn(pins, claim) ? pins[claim] : undefined);
  if (group === undefined) {
    const pin = pinOf(name);
    if (pin !== undefined) return [{ set: [[name, pin]], chance: 1 }];
    const c = credence(name);
    return [
      { set: [[name, true]], chance: c },
      { set: [[name, false]], chance: 1 - c },
    ];
  }
  const only = (winner: string | null, chance: number): Way => ({
    set: group.claims.map((c) => [c, c === winner] as const),
    chance,
  });
  const chosen = group.claims.find((c) => pinOf(c) === true);
  if (chosen !== undefined) return [only(chosen, 1)];
  const open = group.claims.filter((c) => pinOf(c) === undefined);
  if (!group.neither) {
    if (open.length === 0) return [only(null, 1)];
    const lengths = open.map(credence);
    const total = lengths.reduce((a, b) => a + b, 0);
    return open.map((c, i) => only(c, total > 0 ? (lengths[i] as number) / total : 1 / open.length));
  }
  // Side by side on the line, as far as it goes.
  let end = 0;
  const stretches = group.claims.map((c) => {
    const start = Math.min(1, end);
    end += credence(c);
    return Math.min(1, end) - start;
  });
  const won = group.claims.map((c, i) => only(c, pinOf(c) === undefined ? (stretches[i] as number) : 0));
  return [...won, only(null, Math.max(0, 1 - won.reduce((s, w) => s + w.chance, 0)))];
}

function credenceGiven(rows: readonly CredenceRow[], truth: ReadonlyMap<string, boolean>): number {
  const row = rows.find(
    ({ given }) =>
      given === null ||
      evaluate(
        given,
        (leaf) => (leaf.op === "claim" && truth.get(leaf.name) === true ? 1 : 0),
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
