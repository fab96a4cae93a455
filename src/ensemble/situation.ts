/** Says what is fixed in one set of runs: options, claims and suppositions. */

import { Refused } from "#text/refused.ts";
import type { Intervention, Model, SuppositionItem } from "#model/model.ts";
import type { Profile } from "./profiles.ts";

/** What is fixed in a set of runs. Everything else is drawn. */
export interface Situation {
  /** Every choice of the model has an option. */
  readonly choices: Profile;
  /** Truth by claim; children of a pinned claim are drawn given it. */
  readonly claims: Readonly<Record<string, boolean>>;
  /** By name, in the order given. */
  readonly suppositions: readonly string[];
}

/** No claim pinned, nothing supposed. */
export function plainSituation(choices: Profile): Situation {
  return { choices, claims: {}, suppositions: [] };
}

/**
 * The situation of a figure: its intervention over the options that `stand` where it names none. A claim or choice that one of
 * its suppositions sets counts as pinned; of two that set the same one, the later counts.
 */
export function situationOf(model: Model, intervention: Intervention, stand: Profile): Situation {
  const choices: Record<string, string> = { ...stand, ...intervention.choices };
  const claims: Record<string, boolean> = { ...intervention.claims };
  for (const item of itemsOf(model, intervention.suppositions)) {
    if (item.kind === "setChoice") choices[item.choice] = item.option;
    if (item.kind === "setClaim") claims[item.claim] = item.value;
  }
  return { choices, claims, suppositions: intervention.suppositions };
}

/** All items of the named suppositions, in order. Throws `Refused` for a name the model does not have. */
export function itemsOf(model: Model, suppositions: readonly string[]): readonly SuppositionItem[] {
  return suppositions.flatMap((name) => {
    const found = model.suppositions.find((s) => s.name === name);
    if (found === undefined) throw new Refused(`the model has no supposition '${name}'`);
    return found.items;
  });
}

/** Equal for two situations that fix the same things, whatever the order they were written in. */
export function keyOfSituation(s: Situation): string {
  return JSON.stringify([sorted(s.choices), sorted(s.claims), s.suppositions]);
}

function sorted<T>(record: Readonly<Record<string, T>>): readonly [string, T][] {
  return Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Everything a situation fixes, in a line. */
export function wholeSituation(s: Situation): string {
  const parts = [
    ...Object.entries(s.choices).map(([c, o]) => `${c} = ${o}`),
    ...Object.entries(s.claims).map(([c, on]) => `claim ${c} ${on ? "on" : "off"}`),
    ...s.suppositions.map((name) => `suppose ${name}`),
  ];
  return parts.length === 0 ? "nothing fixed" : parts.join(", ");
}
