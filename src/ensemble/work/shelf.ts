/** Keeps what a thread needs again between the tasks of one model: its engine, the programs compiled so far, draws that tasks share. */

import { walk, type Expression } from "#model/expression.ts";
import type { Model } from "#model/model.ts";
import type { ColumnMath } from "#kernel/column-math.ts";
import { optionColumns, type BatchProgram, type Engine } from "#kernel/engine.ts";
import type { Drawn } from "../draws/draws.ts";
import type { Job } from "../jobs.ts";
import { itemsOf, keyOfSituation } from "../situation.ts";

/** What a program is asked for. */
type Wanted = Pick<Job, "situation" | "finals" | "always" | "series">;

export interface Shelf {
  /** One program for every view, every pattern of claims, and every option, until options have been run often. */
  programOf(model: Model, wanted: Wanted): BatchProgram;
  /** Where draws that tasks share may be kept. */
  drawn(): Drawn;
  forgetDraws(): void;
  /** What draws are made with. */
  readonly math: ColumnMath;
}

/** Programs kept at once; beyond it the longest unused goes. */
const programRoom = 64;
/** Sets of draws kept at once, and worlds in all of them: what is drawn for later worlds does not serve earlier ones. */
const drawnRoom = { sets: 64, worlds: 32_768 } as const;
/** Runs of the same options after which a program of their own, in which they are constants, pays for its making. */
const often = 16_384;

/** A program that leaves the options to the draws, and what it tells of the end of a run. */
interface Open {
  readonly program: BatchProgram;
  /** By key of the expression: its place among the program's finals. */
  readonly places: ReadonlyMap<string, number>;
  readonly finals: readonly Expression[];
}

/** A shelf is for one model. */
export function emptyShelf(engine: Engine): Shelf {
  const open = new Map<string, Open>();
  const own = new Map<string, BatchProgram>();
  const runsOf = new Map<string, number>();
  const drawn: Drawn = new Map();

  const openOf = (model: Model, { situation, finals, always, series }: Wanted): Open => {
    const key = JSON.stringify([situation.suppositions, always, series]);
    const known = open.get(key);
    const asked = distinct(finals);
    if (known !== undefined && [...asked.keys()].every((k) => known.places.has(k))) return kept(open, key, known);
    // What is asked for in one setting is likely asked for in the next.
    const all = distinct([...(known?.finals ?? usualFinals(model, asked)), ...finals]);
    const suppositions = itemsOf(model, situation.suppositions).filter((item) => item.kind !== "setChoice");
    const watch = { finals: [...all.values()], always, series };
    const program = engine.compile(model, { choices: "given", suppositions }, watch);
    return kept(open, key, { program, places: new Map([...all.keys()].map((k, i) => [k, i])), finals: watch.finals });
  };

  const ownOf = (model: Model, key: string, { situation, finals, always, series }: Wanted): BatchProgram =>
    kept(
      own,
      key,
      own.get(key) ??
        engine.compile(
          model,
          { choices: situation.choices, suppositions: itemsOf(model, situation.suppositions) },
          { finals, always, series },
        ),
    );

  return {
    programOf: (model, wanted) => {
      const { situation, finals, always, series } = wanted;
      const key = JSON.stringify([keyOfSituation({ ...situation, claims: {} }), finals, always, series]);
      if (model.choices.length === 0 || (runsOf.get(key) ?? 0) >= often) return ownOf(model, key, wanted);
      const { program, places } = openOf(model, wanted);
      const at = finals.map((e) => places.get(JSON.stringify(e)) as number);
      return {
        ...program,
        run: (draws) => {
          const runs = draws.worlds.length;
          runsOf.set(key, (runsOf.get(key) ?? 0) + runs);
          const claims = [...draws.claims, ...optionColumns(model, situation.choices, runs)];
          const result = program.run({ ...draws, claims });
          return { ...result, finals: at.map((i) => result.finals[i] as Float64Array) };
        },
      };
    },
    drawn: () => {
      const worlds = [...drawn.values()].reduce((n, set) => n + (set.claims[0] ?? set.unknowns[0] ?? []).length, 0);
      if (drawn.size >= drawnRoom.sets || worlds >= drawnRoom.worlds) drawn.clear();
      return drawn;
    },
    forgetDraws: () => drawn.clear(),
    math: engine.math,
  };
}

/** Puts it last, and lets the longest unused go. */
function kept<T>(all: Map<string, T>, key: string, one: T): T {
  all.delete(key);
  all.set(key, one);
  if (all.size > programRoom) all.delete([...all.keys()][0] as string);
  return one;
}

function distinct(expressions: readonly Expression[]): ReadonlyMap<string, Expression> {
  return new Map(expressions.map((e) => [JSON.stringify(e), e]));
}

/** Whether it would have a run recorded at every step. */
function readsPath(e: Expression): boolean {
  let found = false;
  walk(e, (part) => (found ||= part.op === "over" && part.statistic !== "final"));
  return found;
}

/** What the case's own statements read at the end of a run, where what is asked for is of that kind: then one program serves them all. */
function usualFinals(model: Model, asked: ReadonlyMap<string, Expression>): readonly Expression[] {
  const statements = [
    ...model.conclusions,
    ...model.expectations.flatMap(({ check }) => (check.kind === "always" ? [] : [check])),
  ];
  const read = statements
    .flatMap((s) => s.comparison.figures.flatMap((f) => (f.given === null ? [f.of] : [f.of, f.given])))
    .filter((e) => !readsPath(e));
  const all = distinct(read);
  return [...asked.keys()].every((k) => all.has(k)) ? [...all.values()] : [];
}
