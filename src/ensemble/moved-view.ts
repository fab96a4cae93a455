/** Makes a model that holds a view as a reader moved it. */

import { Refused } from "#text/refused.ts";
import type { Distribution, Group, Model, View } from "#model/model.ts";
import { mindOf } from "./draws/mind.ts";

/** What a reader believes otherwise than the view it started from. */
export interface Moved {
  /** A name no view of the model has. */
  readonly name: string;
  readonly label: string;
  /** The view it starts from. */
  readonly from: string;
  /** By claim: the credence of each of its rows, in their order. Rows not named stay. */
  readonly credences: Readonly<Record<string, readonly number[]>>;
  /** By unknown, in base units. */
  readonly distributions: Readonly<Record<string, Distribution>>;
}

/**
 * The model with the moved view added last. Views change no equation, so programs compiled for `model` serve it too. Throws `Refused` where the
 * model has no view `from` or has one of that name, and for a credence that is no number from 0 to 1.
 */
export function withMoved(model: Model, moved: Moved): Model {
  if (model.views.some((v) => v.name === moved.name)) throw new Refused(`the model has a view '${moved.name}'`);
  const base = mindOf(model, moved.from);
  const credences = Object.fromEntries(
    model.claims.map((claim) => {
      const rows = base.credences[claim.name] ?? claim.credences;
      const own = Object.hasOwn(moved.credences, claim.name) ? moved.credences[claim.name] : undefined;
      return [claim.name, rows.map((row, i) => ({ ...row, credence: chance(own?.[i] ?? row.credence, claim.name) }))];
    }),
  );
  const view: View = {
    name: moved.name,
    label: moved.label,
    span: { document: "", start: 0, end: 0 },
    role: "reader",
    notes: [],
    evidence: [],
    credences,
    distributions: { ...base.distributions, ...moved.distributions },
    provenance: {},
    differs: [...Object.keys(moved.credences), ...Object.keys(moved.distributions)],
  };
  return { ...model, views: [...model.views, view] };
}

function chance(value: number, claim: string): number {
  if (!(value >= 0 && value <= 1)) throw new Refused(`the credence of '${claim}' is ${value}; it must be from 0 to 1`);
  return value;
}

/**
 * The credences of a group of rivals once one of them is set to `value`: the others keep their proportions and give way as far as they must. With
 * `neither` they give way only where the sum would pass 1; without it they fill what is left, in equal parts where none had any.
 */
export function makeRoom(
  group: Group,
  credences: Readonly<Record<string, number>>,
  name: string,
  value: number,
): Readonly<Record<string, number>> {
  const others = group.claims.filter((c) => c !== name);
  const sum = others.reduce((n, c) => n + (credences[c] ?? 0), 0);
  const left = 1 - value;
  if (group.neither && sum <= left) return { ...pick(credences, others), [name]: value };
  const scaled = others.map((c) => [c, sum > 0 ? ((credences[c] ?? 0) * left) / sum : left / others.length] as const);
  return { ...Object.fromEntries(scaled), [name]: value };
}

function pick(from: Readonly<Record<string, number>>, names: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((n) => [n, from[n] ?? 0]));
}
