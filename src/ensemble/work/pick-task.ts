/** Reads some worlds with two lucks for their unknowns, and again with each group of unknowns drawn anew. */

import type { Expression } from "#model/expression.ts";
import type { Model } from "#model/model.ts";
import { keyOf, uniform } from "#kernel/philox.ts";
import { claimColumns } from "../draws/claims.ts";
import { believedColumns, unknownColumns, worldsFrom } from "../draws/draws.ts";
import { explained } from "../failure.ts";
import { job } from "../jobs.ts";
import { mindOf } from "../draws/mind.ts";
import type { Shelf } from "./shelf.ts";
import { ownUniforms, type Uniforms } from "../table/stratified.ts";
import { finalsOf, type SweepSetting } from "./sweep-task.ts";

/**
 * Worlds `first` … `first` + `count` − 1. Beliefs A are keyed by the seed, beliefs B by another; so are the lucks 1, 2 and 3, each of
 * which draws the claims too. A situation's claims are pinned.
 */
export interface PickTask {
  readonly kind: "pick";
  readonly view: string;
  readonly seed: number;
  readonly first: number;
  readonly count: number;
  readonly groups: readonly (readonly string[])[];
  readonly settings: readonly SweepSetting[];
}

/** What is read in one way of drawing, by world: given·of and given. */
export interface Picked {
  readonly n: Float64Array;
  readonly d: Float64Array | null;
}

/** By setting, reading and way: (A, luck 1), (A, luck 2), (B, luck 3), then (A with group j from B, luck 2) for each group. */
export interface PickResult {
  readonly kind: "pick";
  readonly picked: readonly (readonly (readonly Picked[])[])[];
}

/** Seeds of the second beliefs and of the lucks; any distinct numbers do. */
function seedsOf(seed: number): { readonly beliefs: number; readonly luck: readonly [number, number, number] } {
  const other = (by: number): number => (seed ^ by) >>> 0;
  return { beliefs: other(0x7f4a7c15), luck: [seed, other(0x9e3779b9), other(0xbf58476d)] };
}

/** The uniform of an unknown in beliefs A or B of a world. */
export function beliefUniform(seed: number, unknown: string, world: number, which: "A" | "B"): number {
  return uniform(which === "A" ? seed : seedsOf(seed).beliefs, keyOf(`unknown ${unknown}`), world, 0);
}

/** Throws `StoppedRun`. */
export function performPick(model: Model, task: PickTask, shelf: Shelf): PickResult {
  const seeds = seedsOf(task.seed);
  const ways: readonly { readonly fromB: ReadonlySet<string> | "all"; readonly luck: number }[] = [
    { fromB: new Set(), luck: seeds.luck[0] },
    { fromB: new Set(), luck: seeds.luck[1] },
    { fromB: "all", luck: seeds.luck[2] },
    ...task.groups.map((g) => ({ fromB: new Set(g), luck: seeds.luck[1] })),
  ];
  const finals = finalsOf(task.settings);
  return {
    kind: "pick",
    picked: task.settings.map((setting) => {
      const byWay = ways.map((way) => pickWay({ model, task, finals, other: seeds.beliefs, shelf }, setting, way));
      return setting.readings.map((_, r) => byWay.map((w) => w[r] as Picked));
    }),
  };
}

/** What all ways of drawing have in common; `other` is the seed of the second beliefs. */
interface Pick {
  readonly model: Model;
  readonly task: PickTask;
  readonly finals: readonly Expression[];
  readonly other: number;
  readonly shelf: Shelf;
}

function pickWay(
  { model, task, finals, other, shelf }: Pick,
  { situation, readings }: SweepSetting,
  { fromB, luck }: { readonly fromB: ReadonlySet<string> | "all"; readonly luck: number },
): readonly Picked[] {
  const { view, seed, first, count } = task;
  const at = (e: unknown): number => finals.findIndex((f) => JSON.stringify(f) === JSON.stringify(e));
  const run = job(view, situation, { finals });
  const program = shelf.programOf(model, run);
  const fromOther = new Set(
    (fromB === "all" ? model.unknowns.map((u) => u.name) : [...fromB]).map((name) => keyText(`unknown ${name}`)),
  );
  const own = ownUniforms(shelf.math);
  const mixed: Uniforms = (s, key, worlds, shape) =>
    own(fromOther.has(`${key.high} ${key.low}`) ? other : s, key, worlds, shape);
  const worlds = worldsFrom(first, count);
  const mind = mindOf(model, view);
  const claims = claimColumns(model, mind, situation.claims, own)(luck, worlds);
  const unknowns = unknownColumns(model, mind.distributions, shelf.math, mixed)(seed, worlds, claims);
  const believed = believedColumns(model, program, shelf.math, mixed)(seed, worlds, claims);
  const out = readings.map((r) => ({
    n: new Float64Array(count),
    d: r.given === null ? null : new Float64Array(count),
  }));
  for (let from = 0; from < count; from += program.batch) {
    const size = Math.min(program.batch, count - from);
    const cut = (columns: readonly Float64Array[]): readonly Float64Array[] =>
      columns.map((c) => c.subarray(from, from + size));
    try {
      const { finals: values } = program.run({
        seed: luck,
        worlds: worlds.subarray(from, from + size),
        claims: cut(claims),
        unknowns: cut(unknowns),
        believed: cut(believed),
      });
      readings.forEach((r, k) => {
        const of = values[at(r.of)] as Float64Array;
        const given = r.given === null ? null : (values[at(r.given)] as Float64Array);
        const into = out[k] as (typeof out)[number];
        for (let i = 0; i < size; i++) {
          const weight = given === null ? 1 : (given[i] as number);
          into.n[from + i] = weight === 0 ? 0 : weight * (of[i] as number);
          if (into.d !== null) into.d[from + i] = weight;
        }
      });
    } catch (error) {
      throw explained(model, run, error);
    }
  }
  return out;
}

function keyText(name: string): string {
  const { high, low } = keyOf(name);
  return `${high} ${low}`;
}
