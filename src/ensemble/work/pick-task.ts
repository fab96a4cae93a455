/** Reads some worlds with two lucks for their unknowns, and again with each group of unknowns drawn anew. */

import type { Expression } from "#model/expression.ts";
import type { Model } from "#model/model.ts";
import type { BatchProgram } from "#kernel/engine.ts";
import { keyOf, uniform } from "#kernel/philox.ts";
import { claimColumns } from "../draws/claims.ts";
import { believedColumns, unknownColumns, worldsFrom } from "../draws/draws.ts";
import { explained } from "../failure.ts";
import { job } from "../jobs.ts";
import { mindOf } from "../draws/mind.ts";
import type { Shelf } from "./shelf.ts";
import { ownUniforms } from "../table/stratified.ts";
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
  /** Unknowns that are drawn anew together; none depends on one outside its group, under any view. */
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
  const finals = finalsOf(task.settings);
  return {
    kind: "pick",
    picked: task.settings.map((setting) => {
      const byWay = pickSetting(model, task, finals, setting, shelf);
      return setting.readings.map((_, r) => byWay.map((way) => way[r] as Picked));
    }),
  };
}

/** By way and then by reading. Each unknown is drawn once for each of beliefs and luck that meet: groups are closed, so what a group draws does not hang on the others. */
function pickSetting(
  model: Model,
  task: PickTask,
  finals: readonly Expression[],
  { situation, readings }: SweepSetting,
  shelf: Shelf,
): readonly (readonly Picked[])[] {
  const { view, seed, first, count, groups } = task;
  const seeds = seedsOf(seed);
  const run = job(view, situation, { finals });
  const program = shelf.programOf(model, run);
  const own = ownUniforms(shelf.math);
  const worlds = worldsFrom(first, count);
  const mind = mindOf(model, view);
  const drawUnknowns = unknownColumns(model, mind.distributions, shelf.math, own);
  const drawBelieved = believedColumns(model, program, shelf.math, own);
  const drawClaims = claimColumns(model, mind, situation.claims, own);
  const drawn = (beliefs: number, luck: number): Drawn => {
    const claims = drawClaims(luck, worlds);
    return {
      luck,
      claims,
      unknowns: drawUnknowns(beliefs, worlds, claims),
      believed: drawBelieved(beliefs, worlds, claims),
    };
  };
  const [one, two, three] = seeds.luck;
  const a2 = drawn(seed, two);
  const b2 = drawn(seeds.beliefs, two);
  const ways = [
    drawn(seed, one),
    a2,
    drawn(seeds.beliefs, three),
    ...groups.map((g) => mixed(model, program, a2, b2, g)),
  ];
  const at = (e: unknown): number => finals.findIndex((f) => JSON.stringify(f) === JSON.stringify(e));
  const places = readings.map((r) => ({ of: at(r.of), given: r.given === null ? null : at(r.given) }));
  return ways.map((way) => {
    const out = places.map(({ given }) => ({
      n: new Float64Array(count),
      d: given === null ? null : new Float64Array(count),
    }));
    for (let from = 0; from < count; from += program.batch) {
      const size = Math.min(program.batch, count - from);
      const cut = (columns: readonly Float64Array[]): readonly Float64Array[] =>
        columns.map((c) => c.subarray(from, from + size));
      try {
        const { finals: values } = program.run({
          seed: way.luck,
          worlds: worlds.subarray(from, from + size),
          claims: cut(way.claims),
          unknowns: cut(way.unknowns),
          believed: cut(way.believed),
        });
        places.forEach((place, k) => {
          const of = values[place.of] as Float64Array;
          const given = place.given === null ? null : (values[place.given] as Float64Array);
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
  });
}

/** Worlds drawn in one way; `luck` is the seed of their luck. */
interface Drawn {
  readonly luck: number;
  readonly claims: readonly Float64Array[];
  readonly unknowns: readonly Float64Array[];
  readonly believed: readonly Float64Array[];
}

/** The one, with the unknowns of a group as the other has them. */
function mixed(
  model: Model,
  program: Pick<BatchProgram, "believed">,
  one: Drawn,
  other: Drawn,
  group: readonly string[],
): Drawn {
  return {
    ...one,
    unknowns: one.unknowns.map((c, i) =>
      group.includes(model.unknowns[i]?.name ?? "") ? (other.unknowns[i] as Float64Array) : c,
    ),
    believed: one.believed.map((c, i) =>
      group.includes(program.believed[i]?.unknown ?? "") ? (other.believed[i] as Float64Array) : c,
    ),
  };
}
