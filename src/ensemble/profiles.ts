/** Lists the profiles of choices to run, and the choices that are held fixed. */

import type { Choice, Model } from "#model/model.ts";
import { OverBudget } from "./budget.ts";

/** An option for every choice of the model. */
export type Profile = Readonly<Record<string, string>>;

export interface ProfileRequest {
  /** Choices pinned to an option. */
  readonly set: Profile;
  /** Choices with a default that are to be enumerated all the same. */
  readonly vary: readonly string[];
}

/** More profiles than this are refused: nobody reads them, and each costs a full set of runs. */
const profileLimit = 256;

/** A choice that is not enumerated, or not named in a figure, and the option it stands at. */
export interface Held {
  readonly choice: string;
  readonly label: string;
  readonly option: string;
  readonly optionLabel: string;
  /** `set` by whoever runs the case; `default` of the case; `first` option, where a figure names none. */
  readonly because: "set" | "default" | "first";
}

/** The choices a plain run goes through: those without a default that are not pinned, and those asked for. */
export function enumerated(model: Model, request: ProfileRequest): readonly Choice[] {
  return model.choices.filter(
    (c) => !Object.hasOwn(request.set, c.name) && (c.default === null || request.vary.includes(c.name)),
  );
}

/** Every profile, the last choice turning fastest. Throws `OverBudget` above `profileLimit`. */
export function profiles(model: Model, request: ProfileRequest): readonly Profile[] {
  const free = enumerated(model, request);
  const count = free.reduce((n, c) => n * c.options.length, 1);
  if (count > profileLimit) {
    throw new OverBudget({
      what: `${count} profiles of choices (${free.map((c) => `${c.name}: ${c.options.length}`).join(", ")})`,
      limit: `${profileLimit} profiles`,
      instead: "pin some of the choices, as in --set choice=option",
    });
  }
  let found: Profile[] = [standing(model, request.set)];
  for (const c of free) found = found.flatMap((p) => c.options.map((o) => ({ ...p, [c.name]: o.name })));
  return found;
}

/** The option each choice has where nothing else is said: as set, else its default, else its first option. */
export function standing(model: Model, set: Profile): Profile {
  return Object.fromEntries(model.choices.map((c) => [c.name, held(c, set).option]));
}

export function held(choice: Choice, set: Profile): Held {
  const pinned = Object.hasOwn(set, choice.name) ? set[choice.name] : undefined;
  const option = pinned ?? choice.default ?? choice.options[0]?.name ?? "";
  return {
    choice: choice.name,
    label: choice.label,
    option,
    optionLabel: choice.options.find((o) => o.name === option)?.label ?? option,
    because: pinned !== undefined ? "set" : choice.default !== null ? "default" : "first",
  };
}
