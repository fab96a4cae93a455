/** Draws the truth of every claim in each world, from what a view believes and what is pinned. */

import type { Expression } from "#model/expression.ts";
import type { Claim, CredenceRow, Group, Model } from "#model/model.ts";
import { evaluate } from "#kernel/evaluate.ts";
import { keyOf, uniform, type Key } from "#kernel/philox.ts";
import type { Mind } from "./mind.ts";
import type { Uniforms } from "../table/stratified.ts";

/** 1 or 0 for every claim of the model, in its order. */
type DrawClaims = (seed: number, world: number) => Float64Array;

/**
 * The joint of the claims: in order of declaration, each given the earlier ones; true when uniform(`claim NAME`) is below its credence.
 * A `one of` group is drawn at the place of its last member from one uniform(`group NAME`), its members side by side on the line in
 * the order they are listed. A pinned claim stands as it is pinned and the later ones are drawn given it. A rival pinned true makes the
 * others of its group false; one pinned false leaves its stretch to `neither` where there is that, and is otherwise left out of the line,
 * which is then measured to its own length.
 */
export function claimDrawer(model: Model, mind: Mind, pinned: Readonly<Record<string, boolean>>): DrawClaims {
  const steps = stepsOf(model, mind, pinned);
  return (seed, world) => {
    const truth = new Float64Array(model.claims.length);
    for (const { key, set } of steps) set(truth, key === null ? NaN : uniform(seed, key, world, 0));
    return truth;
  };
}

/** The same for many worlds: by claim, then by world. */
export function claimColumns(
  model: Model,
  mind: Mind,
  pinned: Readonly<Record<string, boolean>>,
  uniforms: Uniforms,
): (seed: number, worlds: Uint32Array) => readonly Float64Array[] {
  const draw = claimColumnsByMind(model, [mind], pinned, uniforms);
  return (seed, worlds) => draw(seed, worlds, new Uint16Array(worlds.length));
}

/** The same where each world's claims are drawn from the mind whose place is in `mindAt`. */
export function claimColumnsByMind(
  model: Model,
  minds: readonly Mind[],
  pinned: Readonly<Record<string, boolean>>,
  uniforms: Uniforms,
): (seed: number, worlds: Uint32Array, mindAt: Uint16Array) => readonly Float64Array[] {
  const byMind = minds.map((mind) => stepsOf(model, mind, pinned));
  return (seed, worlds, mindAt) => {
    // Minds differ in their credences only: each step takes the same uniforms for all.
    const drawn = (byMind[0] ?? []).map(({ key }) => (key === null ? null : uniforms(seed, key, worlds)));
    const columns = model.claims.map(() => new Float64Array(worlds.length));
    const truth = new Float64Array(model.claims.length);
    for (let w = 0; w < worlds.length; w++) {
      truth.fill(0);
      const steps = byMind[mindAt[w] as number] as readonly Step[];
      for (let k = 0; k < steps.length; k++) (steps[k] as Step).set(truth, drawn[k]?.[w] ?? NaN);
      for (let i = 0; i < columns.length; i++) (columns[i] as Float64Array)[w] = truth[i] as number;
    }
    return columns;
  };
}

/** Sets one claim, or the rivals of a group, from the uniform of its key; null where all is pinned. */
interface Step {
  readonly key: Key | null;
  readonly set: (truth: Float64Array, u: number) => void;
}

function stepsOf(model: Model, mind: Mind, pinned: Readonly<Record<string, boolean>>): readonly Step[] {
  const index = new Map(model.claims.map((c, i) => [c.name, i]));
  return model.claims.flatMap((claim) => stepOf(model, claim, mind, pinned, index) ?? []);
}

function stepOf(
  model: Model,
  claim: Claim,
  mind: Mind,
  pinned: Readonly<Record<string, boolean>>,
  index: ReadonlyMap<string, number>,
): Step | null {
  const group = model.groups.find((g) => g.claims.includes(claim.name));
  if (group === undefined) return single(claim.name, mind, pinned, index);
  const last = Math.max(...group.claims.map((name) => index.get(name) ?? 0));
  return index.get(claim.name) === last ? rivals(group, mind, pinned, index) : null;
}

function single(
  name: string,
  mind: Mind,
  pinned: Readonly<Record<string, boolean>>,
  index: ReadonlyMap<string, number>,
): Step {
  const place = index.get(name) as number;
  const pin = Object.hasOwn(pinned, name) ? pinned[name] : undefined;
  if (pin !== undefined) return { key: null, set: (truth) => void (truth[place] = pin ? 1 : 0) };
  const credence = credenceReader(mind.credences[name] ?? [], index);
  return { key: keyOf(`claim ${name}`), set: (truth, u) => void (truth[place] = u < credence(truth) ? 1 : 0) };
}

function rivals(
  group: Group,
  mind: Mind,
  pinned: Readonly<Record<string, boolean>>,
  index: ReadonlyMap<string, number>,
): Step {
  const places = group.claims.map((name) => index.get(name) as number);
  const chosen = group.claims.findIndex((name) => Object.hasOwn(pinned, name) && pinned[name] === true);
  if (chosen >= 0) return { key: null, set: (truth) => places.forEach((p, i) => (truth[p] = i === chosen ? 1 : 0)) };
  const out = group.claims.map((name) => Object.hasOwn(pinned, name));
  const credences = group.claims.map((name) => credenceReader(mind.credences[name] ?? [], index));
  const set = (truth: Float64Array, u: number): void => {
    const shares = credences.map((credence) => credence(truth));
    const lengths = shares.map((share, i) => (out[i] === true ? 0 : share));
    places.forEach((p) => (truth[p] = 0));
    const winner = group.neither ? withNeither(shares, out, u) : oneOf(measured(lengths, out), u);
    const place = places[winner];
    if (place !== undefined) truth[place] = 1;
  };
  return { key: keyOf(`group ${group.name}`), set };
}

/** The member on whose stretch `u` falls; none where that is pinned false or beyond the last. */
function withNeither(shares: readonly number[], out: readonly boolean[], u: number): number {
  const winner = segment(shares, u);
  return out[winner] === true ? -1 : winner;
}

/** Stretched to length 1; equal parts among those left where nothing else is believed possible. */
function measured(lengths: readonly number[], out: readonly boolean[]): readonly number[] {
  const total = lengths.reduce((a, b) => a + b, 0);
  if (total > 0) return lengths.map((l) => l / total);
  const left = out.filter((o) => !o).length;
  return out.map((o) => (o ? 0 : 1 / left));
}

/** The stretches fill the line; what rounding leaves at its end belongs to the last of them. */
function oneOf(lengths: readonly number[], u: number): number {
  const winner = segment(lengths, u);
  return winner >= 0 ? winner : lengths.findLastIndex((l) => l > 0);
}

/** The stretch on which `u` falls, the stretches laid end to end from 0; −1 beyond the last. */
function segment(lengths: readonly number[], u: number): number {
  let end = 0;
  return lengths.findIndex((length) => u < (end += length));
}

function credenceReader(
  rows: readonly CredenceRow[],
  index: ReadonlyMap<string, number>,
): (truth: Float64Array) => number {
  const [first] = rows;
  if (first === undefined || first.given === null) {
    const credence = first?.credence ?? 0.5;
    return () => credence;
  }
  return (truth) => {
    const row = rows.find((r) => r.given === null || holds(r.given, truth, index));
    return row?.credence ?? 0.5;
  };
}

function holds(given: Expression, truth: Float64Array, index: ReadonlyMap<string, number>): boolean {
  const value = evaluate(
    given,
    (leaf) => {
      if (leaf.op === "claim") return truth[index.get(leaf.name) ?? -1] ?? Number.NaN;
      throw new Error(`the condition of a credence reads a '${leaf.op}'`);
    },
    () => {
      throw new Error("the condition of a credence reads a table");
    },
  );
  return value !== 0;
}
