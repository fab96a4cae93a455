/** Which lets change within a run, given what is supposed; the others are worked out once. */

import { walk, type Expression } from "#model/expression.ts";
import type { Model } from "#model/model.ts";
import type { Supposed } from "./supposed.ts";

/** What differs from step to step. */
const MOVING: ReadonlySet<Expression["op"]> = new Set([
  "time",
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

export function movingLets(model: Model, supposed: Supposed): ReadonlySet<string> {
  const lets = new Map(model.lets.map((l) => [l.name, l]));
  const known = new Map<string, boolean>();
  const moves = (name: string): boolean => {
    const settled = known.get(name);
    if (settled !== undefined) return settled;
    // For a ring, which is told where the values are compiled.
    known.set(name, true);
    const set = supposed.lets.get(name) ?? [];
    const own = lets.get(name);
    const values = own === undefined ? [] : [own.value, ...set.map((s) => s.value)];
    const result =
      set.some((s) => s.fromStep > 0) || values.some((e) => changes(e, (other) => other !== name && moves(other)));
    known.set(name, result);
    return result;
  };
  return new Set(model.lets.map((l) => l.name).filter(moves));
}

function changes(e: Expression, moves: (name: string) => boolean): boolean {
  let result = false;
  walk(e, (part) => {
    if (MOVING.has(part.op) || (part.op === "let" && moves(part.name))) result = true;
  });
  return result;
}
