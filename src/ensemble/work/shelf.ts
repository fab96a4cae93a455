/** What a thread keeps between the tasks of one model: its engine, the programs compiled so far, draws that tasks share. */

import type { ColumnMath } from "#kernel/column-math.ts";
import type { BatchProgram, Engine } from "#kernel/engine.ts";
import type { Model } from "#model/model.ts";
import type { Drawn } from "../draws/draws.ts";
import type { Job } from "../jobs.ts";
import { itemsOf, keyOfSituation } from "../situation.ts";

export interface Shelf {
  /** Compiled once for every view and every pattern of claims. */
  programOf(model: Model, job: Pick<Job, "situation" | "finals" | "always" | "series">): BatchProgram;
  /** Where draws that tasks share may be kept. */
  drawn(): Drawn;
  /** What draws are made with. */
  readonly math: ColumnMath;
}

/** Programs kept at once; beyond it the longest unused goes. */
const programRoom = 64;
/** Sets of draws kept at once, and worlds in all of them: what is drawn for later worlds does not serve earlier ones. */
const drawnRoom = { sets: 64, worlds: 32_768 } as const;

/** A shelf is for one model. */
export function emptyShelf(engine: Engine): Shelf {
  const programs = new Map<string, BatchProgram>();
  const drawn: Drawn = new Map();
  return {
    programOf: (model, { situation, finals, always, series }) => {
      const key = JSON.stringify([keyOfSituation({ ...situation, claims: {} }), finals, always, series]);
      const program =
        programs.get(key) ??
        engine.compile(
          model,
          { choices: situation.choices, suppositions: itemsOf(model, situation.suppositions) },
          { finals, always, series },
        );
      programs.delete(key);
      programs.set(key, program);
      if (programs.size > programRoom) programs.delete([...programs.keys()][0] as string);
      return program;
    },
    drawn: () => {
      const worlds = [...drawn.values()].reduce((n, set) => n + (set.claims[0] ?? set.unknowns[0] ?? []).length, 0);
      if (drawn.size >= drawnRoom.sets || worlds >= drawnRoom.worlds) drawn.clear();
      return drawn;
    },
    math: engine.math,
  };
}
