/** Which lets change within a run, given what is supposed; the others are worked out once. */

import type { Model } from "#model/model.ts";
import { changesInRun } from "#model/world/moving.ts";
import type { Supposed } from "./supposed.ts";

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
      set.some((s) => s.fromStep > 0) || values.some((e) => changesInRun(e, (other) => other !== name && moves(other)));
    known.set(name, result);
    return result;
  };
  return new Set(model.lets.map((l) => l.name).filter(moves));
}
