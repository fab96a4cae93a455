/** Makes the game tree of a model's choices, with who knows what, ready for payoffs. */

import type { ExtensiveForm, InformationSet, TreeNode } from "#game/extensive.ts";
import type { Profile } from "#ensemble/profiles.ts";
import { standing } from "#ensemble/profiles.ts";
import type { Actor, Choice, Model } from "#model/model.ts";

export interface CaseGame {
  /** In the order in which they are made. */
  readonly choices: readonly Choice[];
  readonly players: readonly Actor[];
  readonly sets: readonly CaseSet[];
  /** The tree by information set and place of the profile. */
  readonly shape: Shape;
  /** Every profile, in order of the tree's ends; choices out of the game stand where they are held. */
  readonly profiles: readonly Profile[];
  /** `payoffs[player][profile]` makes the tree whole. */
  filled(payoffs: readonly (readonly number[])[]): ExtensiveForm<number>;
}

/** Where a choice is made: what is known then. */
export interface CaseSet extends InformationSet {
  readonly choice: string;
  /** Options by earlier choice that are known there. */
  readonly known: Profile;
}

/** Choices with nobody's values behind them cannot be solved: the actors who lack them. */
export function withoutValues(model: Model, choices: readonly Choice[]): readonly string[] {
  return model.actors.filter((a) => a.values === null && choices.some((c) => c.by === a.name)).map((a) => a.name);
}

/**
 * Choices in order of their dates, those without one first; each knows what its `knowing` says, and its actor what it did itself before and knew then
 * (perfect recall). `stand` holds the choices that are not part of the game.
 */
export function caseGame(model: Model, among: readonly Choice[], set: Profile): CaseGame {
  const choices = among
    .map((choice, place) => ({ choice, place }))
    .toSorted((a, b) => (a.choice.at ?? -Infinity) - (b.choice.at ?? -Infinity) || a.place - b.place)
    .map(({ choice }) => choice);
  const players = model.actors.filter((a) => choices.some((c) => c.by === a.name));
  const knows = new Map<string, readonly string[]>();
  choices.forEach((choice, i) => {
    const before = choices.slice(0, i);
    const own = before.filter((c) => c.by === choice.by).flatMap((c) => [c.name, ...(knows.get(c.name) ?? [])]);
    knows.set(
      choice.name,
      before.map((c) => c.name).filter((name) => choice.knowing.includes(name) || own.includes(name)),
    );
  });
  const sets: CaseSet[] = [];
  const setAt = new Map<string, number>();
  const profiles: Profile[] = [];
  const setOf = (choice: Choice, taken: Profile): number => {
    const known = Object.fromEntries((knows.get(choice.name) ?? []).map((c) => [c, taken[c] ?? ""]));
    const key = JSON.stringify([choice.name, known]);
    const index = setAt.get(key) ?? sets.length;
    if (index === sets.length) {
      const after = Object.entries(known).map(([c, o]) => `${c} = ${o}`);
      sets.push({
        choice: choice.name,
        known,
        player: players.findIndex((p) => p.name === choice.by),
        label: after.length === 0 ? choice.name : `${choice.name} after ${after.join(", ")}`,
        actions: choice.options.map((o) => o.name),
      });
      setAt.set(key, index);
    }
    return index;
  };
  const shape = (at: number, taken: Profile): Shape => {
    const choice = choices[at];
    if (choice === undefined) return { kind: "end", profile: profiles.push({ ...standing(model, set), ...taken }) - 1 };
    const index = setOf(choice, taken);
    return {
      kind: "move",
      set: index,
      next: choice.options.map((o) => shape(at + 1, { ...taken, [choice.name]: o.name })),
    };
  };
  const root = shape(0, {});
  return {
    choices,
    players,
    sets,
    profiles,
    shape: root,
    filled: (payoffs) => ({
      title: model.title,
      comment: "",
      players: players.map((p) => p.name),
      sets: sets.map(({ player, label, actions }) => ({ player, label, actions })),
      root: fill(root, payoffs),
    }),
  };
}

/** `next` is by action of the set. */
export type Shape =
  | { readonly kind: "end"; readonly profile: number }
  | { readonly kind: "move"; readonly set: number; readonly next: readonly Shape[] };

function fill(shape: Shape, payoffs: readonly (readonly number[])[]): TreeNode<number> {
  return shape.kind === "end"
    ? { kind: "terminal", label: "", payoffs: payoffs.map((own) => own[shape.profile] as number) }
    : { kind: "decision", label: "", set: shape.set, next: shape.next.map((n) => fill(n, payoffs)), payoffs: null };
}
