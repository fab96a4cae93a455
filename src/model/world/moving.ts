/** Says whether the value of an expression may differ from step to step of a run. */

import { walk, type Expression } from "../expression.ts";

/** What may have another value later in the run, whatever it stands in. */
const moving: ReadonlySet<Expression["op"]> = new Set([
  "time",
  "stepTime",
  "stock",
  "shock",
  "delay",
  "latch",
  "happened",
  "timeOf",
  "since",
  "count",
  "first",
] as const);

/** `letMoves` tells it of the lets that stand in `e`. */
export function changesInRun(e: Expression, letMoves: (name: string) => boolean): boolean {
  let moves = false;
  walk(e, (part) => {
    if (moving.has(part.op) || (part.op === "let" && letMoves(part.name))) moves = true;
  });
  return moves;
}
