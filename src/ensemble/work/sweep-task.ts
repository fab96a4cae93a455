/** Sums what is read over the worlds of each pattern of claims. */

import { walk, type Expression } from "#model/expression.ts";
import type { Model } from "#model/model.ts";
import { pickColumn } from "#kernel/column.ts";
import type { ColumnMath } from "#kernel/column-math.ts";
import { parameters } from "#kernel/distribution.ts";
import type { BatchDraws, BatchProgram } from "#kernel/engine.ts";
import { believedColumns, unknownColumns } from "../draws/draws.ts";
import { explained } from "../failure.ts";
import { job } from "../jobs.ts";
import { mindOf } from "../draws/mind.ts";
import type { Shelf } from "./shelf.ts";
import type { Situation } from "../situation.ts";
import { stratified } from "../table/stratified.ts";

/** What to read of each run in one setting: Σ given·of and Σ given are kept. */
export interface SweepSetting {
  readonly situation: Situation;
  readonly readings: readonly { readonly of: Expression; readonly given: Expression | null }[];
}

/** Unit u runs pattern u on worlds firsts[u] … firsts[u] + size − 1, in every setting. */
export interface SweepTask {
  readonly kind: "sweep";
  /** Whose distributions the unknowns are drawn from. */
  readonly view: string;
  readonly seed: number;
  /** Bit i of a pattern is gate i; claims that are no gate are false. */
  readonly gates: readonly string[];
  readonly patterns: Float64Array;
  readonly firsts: Float64Array;
  readonly size: number;
  readonly settings: readonly SweepSetting[];
}

/** By setting and reading: by unit, the sums over its worlds. `d` is null where every run counts. */
export interface SweepResult {
  readonly kind: "sweep";
  readonly sums: readonly (readonly { readonly n: Float64Array; readonly d: Float64Array | null }[])[];
}

/** Does one task. Worlds are stratified in blocks of `size`; the luck of a world is its own in every pattern and setting. Throws `StoppedRun`. */
export function performSweep(model: Model, task: SweepTask, shelf: Shelf): SweepResult {
  const drawn = drawnWorlds(model, task, shelf.math);
  const claims = claimsOf(model, task, [...task.patterns.keys()]);
  const sweep: Sweep = { model, task, shelf, drawn, claims, finals: finalsOf(task.settings) };
  return { kind: "sweep", sums: task.settings.map((setting) => sweepSetting(sweep, setting)) };
}

/** What the readings of all settings read, each once: then one program serves the settings. */
export function finalsOf(settings: readonly SweepSetting[]): readonly Expression[] {
  const read = settings.flatMap((s) => s.readings.flatMap((r) => (r.given === null ? [r.of] : [r.of, r.given])));
  return [...new Map(read.map((e) => [JSON.stringify(e), e])).values()];
}

/** What all settings of a task have in common. */
interface Sweep {
  readonly model: Model;
  readonly task: SweepTask;
  readonly shelf: Shelf;
  readonly drawn: DrawnWorlds;
  readonly claims: readonly Float64Array[];
  readonly finals: readonly Expression[];
}

function sweepSetting(
  { model, task, shelf, drawn, claims, finals }: Sweep,
  { situation, readings }: SweepSetting,
): SweepResult["sums"][number] {
  const at = (e: Expression): number => finals.findIndex((f) => JSON.stringify(f) === JSON.stringify(e));
  const places = readings.map((r) => ({ of: at(r.of), given: r.given === null ? null : at(r.given) }));
  const run = job(task.view, situation, { finals });
  const program = shelf.programOf(model, run);
  const believed = drawn.believed(program);
  const units = task.patterns.length;
  const sums = readings.map((r) => ({
    n: new Float64Array(units),
    d: r.given === null ? null : new Float64Array(units),
  }));
  const total = units * task.size;
  for (let from = 0; from < total; from += program.batch) {
    const to = Math.min(total, from + program.batch);
    const draws = batchOf(task, drawn, claims, believed, from, to);
    try {
      const { finals: values } = program.run(draws);
      for (let r = from; r < to; r++) {
        const unit = Math.floor(r / task.size);
        places.forEach((p, k) => {
          const { n, d } = sums[k] as (typeof sums)[number];
          const given = p.given === null ? 1 : ((values[p.given] as Float64Array)[r - from] as number);
          if (given !== 0) n[unit] = (n[unit] as number) + given * ((values[p.of] as Float64Array)[r - from] as number);
          if (d !== null) d[unit] = (d[unit] as number) + given;
        });
      }
    } catch (error) {
      throw explained(model, run, error);
    }
  }
  return sums;
}

/** Draws of the task's runs. Where no distribution hangs on a claim, units on the same worlds share them. */
interface DrawnWorlds {
  /** The place of a run among what is drawn; null where that is the run's own. */
  readonly place: ((run: number) => number) | null;
  readonly worlds: Uint32Array;
  /** By unknown, by place. */
  readonly unknowns: readonly Float64Array[];
  /** What a program's views believe, by its pairs, by place. */
  readonly believed: (program: BatchProgram) => readonly Float64Array[];
}

function drawnWorlds(model: Model, task: SweepTask, math: ColumnMath): DrawnWorlds {
  const { seed, size, patterns, firsts } = task;
  const isShared = !hangsOnClaims(model);
  const blocks = new Map<string, number>();
  const units: number[] = [];
  const blockOf = Int32Array.from({ length: patterns.length }, (_, unit) => {
    const key = isShared ? `${firsts[unit]}` : `${firsts[unit]} ${patterns[unit]}`;
    let block = blocks.get(key);
    if (block === undefined) {
      block = blocks.size;
      blocks.set(key, block);
      units.push(unit);
    }
    return block;
  });
  const worlds = new Uint32Array(units.length * size);
  units.forEach((unit, block) => {
    for (let i = 0; i < size; i++) worlds[block * size + i] = (firsts[unit] as number) + i;
  });
  const claims = claimsOf(model, task, units);
  const uniforms = stratified(size, math);
  return {
    place:
      units.length === patterns.length
        ? null
        : (run) => {
            const unit = Math.floor(run / size);
            return (blockOf[unit] as number) * size + (run - unit * size);
          },
    worlds,
    unknowns: unknownColumns(model, mindOf(model, task.view).distributions, math, uniforms)(seed, worlds, claims),
    believed: (program) => believedColumns(model, program, math, uniforms)(seed, worlds, claims),
  };
}

/** By claim: the truth in each run of some units. */
function claimsOf(model: Model, { gates, patterns, size }: SweepTask, units: readonly number[]): Float64Array[] {
  const columns = model.claims.map(() => new Float64Array(units.length * size));
  gates.forEach((gate, i) => {
    const column = columns[model.claims.findIndex((c) => c.name === gate)];
    units.forEach((unit, k) => {
      const truth = Math.floor((patterns[unit] as number) / 2 ** i) % 2;
      column?.fill(truth, k * size, (k + 1) * size);
    });
  });
  return columns;
}

/** Whether any distribution has a claim among its parameters. */
function hangsOnClaims(model: Model): boolean {
  const own = model.unknowns.map((u) => u.distribution);
  return [...own, ...model.views.flatMap((v) => Object.values(v.distributions))].some((d) =>
    parameters(d).some((e) => {
      let reads = false;
      walk(e, (part) => (reads ||= part.op === "claim"));
      return reads;
    }),
  );
}

function batchOf(
  task: SweepTask,
  drawn: DrawnWorlds,
  claims: readonly Float64Array[],
  believed: readonly Float64Array[],
  from: number,
  to: number,
): BatchDraws {
  const cut = (column: Float64Array): Float64Array => column.subarray(from, to);
  const { seed } = task;
  const { place, worlds, unknowns } = drawn;
  if (place === null)
    return {
      seed,
      worlds: worlds.subarray(from, to),
      claims: claims.map(cut),
      unknowns: unknowns.map(cut),
      believed: believed.map(cut),
    };
  const places = new Int32Array(to - from);
  for (let at = 0; at < places.length; at++) places[at] = place(from + at);
  const pick = (column: Float64Array): Float64Array => pickColumn(column, places);
  return {
    seed,
    worlds: Uint32Array.from(pickColumn(worlds, places)),
    claims: claims.map(cut),
    unknowns: unknowns.map(pick),
    believed: believed.map(pick),
  };
}
