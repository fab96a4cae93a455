/** Lists where one view believes otherwise than another, each with the mind in which that alone is corrected. */

import type { Model, View } from "#model/model.ts";
import { mindOf, type Mind } from "#ensemble/draws/mind.ts";
import { seenIn, viewOfMind } from "./play-model.ts";

/** A claim, an unknown, or the view that an actor takes another for. */
export interface CorrectedItem {
  readonly kind: "claim" | "unknown" | "takes";
  readonly name: string;
}

export interface CorrectedView {
  readonly item: CorrectedItem;
  /** The view of the game's model with the item as the reader has it. */
  readonly view: string;
  readonly mind: Mind;
  /** Whether the actor's rules within a run read it as the actor believes it. */
  readonly isSeen: boolean;
}

/** Each claim that is no type, and each unknown, on which the two minds differ. */
export function correctedViews(model: Model, actor: string, view: string, reader: string): readonly CorrectedView[] {
  const own = mindOf(model, view);
  const theirs = mindOf(model, reader);
  const seen = seenIn(model, actor, [own, theirs]);
  const rows = (mind: Mind, claim: string): string =>
    JSON.stringify(mind.credences[claim]?.map((r) => [r.credence, r.given]));
  const named = (kind: "claim" | "unknown", name: string): string => `${view} with ${kind} ${name} of ${reader}`;
  return [
    ...model.claims
      .filter((c) => !c.isType && c.isGate && rows(own, c.name) !== rows(theirs, c.name))
      .map(({ name }) => ({
        item: { kind: "claim" as const, name },
        view: named("claim", name),
        mind: { ...own, credences: { ...own.credences, [name]: theirs.credences[name] ?? [] } },
        isSeen: false,
      })),
    ...model.unknowns
      .filter((u) => JSON.stringify(own.distributions[u.name]) !== JSON.stringify(theirs.distributions[u.name]))
      .map(({ name, distribution }) => ({
        item: { kind: "unknown" as const, name },
        view: named("unknown", name),
        mind: {
          ...own,
          distributions: { ...own.distributions, [name]: theirs.distributions[name] ?? distribution },
        },
        isSeen: seen.has(name),
      })),
  ];
}

export function asViews(model: Model, all: readonly CorrectedView[]): readonly View[] {
  return [...new Map(all.map((c) => [c.view, c])).values()].map((c) => viewOfMind(model, c.mind, c.view));
}
