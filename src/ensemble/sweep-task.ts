/** Patterns of claims, each on worlds of its own, and settings to run them in, in; sums over each pattern's worlds of what is read out. */

import type { Expression } from "#model/expression.ts";
import type { Model } from "#model/model.ts";
import type { BatchDraws, BatchProgram } from "#kernel/engine.ts";
import { unknownDrawer } from "./draws.ts";
import { explained } from "./failure.ts";
import { job } from "./jobs.ts";
import { mindOf } from "./mind.ts";
import type { Shelf } from "./shelf.ts";
import type { Situation } from "./situation.ts";
import { stratified } from "./stratified.ts";

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
  const worlds = drawnWorlds(model, task);
  return {
    kind: "sweep",
    sums: task.settings.map((setting) => sweepSetting(model, task, setting, worlds, shelf)),
  };
}

function sweepSetting(
  model: Model,
  task: SweepTask,
  { situation, readings }: SweepSetting,
  worlds: DrawnWorlds,
  shelf: Shelf,
): SweepResult["sums"][number] {
  const finals = [
    ...new Map(
      readings.flatMap((r) => [r.of, ...(r.given === null ? [] : [r.given])]).map((e) => [JSON.stringify(e), e]),
    ).values(),
  ];
  const at = (e: Expression): number => finals.findIndex((f) => JSON.stringify(f) === JSON.stringify(e));
  const places = readings.map((r) => ({ of: at(r.of), given: r.given === null ? null : at(r.given) }));
  const run = job(task.view, situation, { finals });
  const program = shelf.programOf(model, run);
  const units = task.patterns.length;
  const sums = readings.map((r) => ({
    n: new Float64Array(units),
    d: r.given === null ? null : new Float64Array(units),
  }));
  const total = units * task.size;
  for (let from = 0; from < total; from += program.batch) {
    const to = Math.min(total, from + program.batch);
    const draws = batchOf(model, task, program, worlds, from, to);
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

/** The unknowns of each run of the task, run by run, under the view and under the views others see through. */
interface DrawnWorlds {
  readonly of: (view: string, run: number) => Float64Array;
  readonly claims: (run: number) => Float64Array;
}

/** Draws are made once for each view and kept: all settings meet them. Where no distribution hangs on a claim, units on the same worlds share them. */
function drawnWorlds(model: Model, task: SweepTask): DrawnWorlds {
  const { seed, size, patterns, firsts } = task;
  const places = task.gates.map((g) => model.claims.findIndex((c) => c.name === g));
  const claimsOf = Array.from(patterns, (pattern) => {
    const truth = new Float64Array(model.claims.length);
    places.forEach((p, i) => (truth[p] = Math.floor(pattern / 2 ** i) % 2));
    return truth;
  });
  const isShared = !hangsOnClaims(model);
  const views = new Map<
    string,
    { readonly draw: ReturnType<typeof unknownDrawer>; readonly kept: Map<string, Float64Array> }
  >();
  return {
    claims: (run) => claimsOf[Math.floor(run / size)] as Float64Array,
    of: (view, run) => {
      let known = views.get(view);
      if (known === undefined) {
        known = { draw: unknownDrawer(model, mindOf(model, view).distributions, stratified(size)), kept: new Map() };
        views.set(view, known);
      }
      const unit = Math.floor(run / size);
      const world = (firsts[unit] as number) + (run - unit * size);
      const key = isShared ? `${world}` : `${world} ${patterns[unit] as number}`;
      let values = known.kept.get(key);
      if (values === undefined) {
        values = known.draw(seed, world, claimsOf[unit] as Float64Array);
        known.kept.set(key, values);
      }
      return values;
    },
  };
}

/** Whether any distribution has a claim among its parameters. */
function hangsOnClaims(model: Model): boolean {
  const text = JSON.stringify([model.unknowns.map((u) => u.distribution), model.views.map((v) => v.distributions)]);
  return text.includes('"op":"claim"');
}

function batchOf(
  model: Model,
  task: SweepTask,
  program: BatchProgram,
  worlds: DrawnWorlds,
  from: number,
  to: number,
): BatchDraws {
  const runs = to - from;
  const claims = model.claims.map(() => new Float64Array(runs));
  const unknowns = model.unknowns.map(() => new Float64Array(runs));
  const believed = program.believed.map(() => new Float64Array(runs));
  const numbers = new Uint32Array(runs);
  const places = program.believed.map((b) => model.unknowns.findIndex((u) => u.name === b.unknown));
  for (let r = from; r < to; r++) {
    const at = r - from;
    const unit = Math.floor(r / task.size);
    numbers[at] = (task.firsts[unit] as number) + (r - unit * task.size);
    const truth = worlds.claims(r);
    claims.forEach((column, i) => (column[at] = truth[i] as number));
    const own = worlds.of(task.view, r);
    unknowns.forEach((column, i) => (column[at] = own[i] as number));
    program.believed.forEach((b, i) => {
      (believed[i] as Float64Array)[at] = worlds.of(b.view, r)[places[i] as number] as number;
    });
  }
  return { seed: task.seed, worlds: numbers, claims, unknowns, believed };
}
