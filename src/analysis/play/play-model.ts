/** Makes the one model in which all runs of a game are made, so that programs are compiled once. */

import { walk, type Expression } from "#model/expression.ts";
import type { Actor, Model, View } from "#model/model.ts";
import { parameters } from "#kernel/distribution.ts";
import type { Job } from "#ensemble/jobs.ts";
import { mindOf, type Mind } from "#ensemble/draws/mind.ts";

/** What an actor of the game does by a rule within a run. */
export interface Act {
  readonly policy: string;
  readonly event: string;
  readonly actor: string;
}

export function actsOf(model: Model, players: readonly Actor[]): readonly Act[] {
  return model.events.flatMap((e) =>
    players.some((p) => p.name === e.by)
      ? [{ policy: e.timing.kind === "chosen" ? e.timing.policy : e.name, event: e.name, actor: e.by as string }]
      : [],
  );
}

/** What every run of the game keeps: each player's values, then whether it came to each act. The same for all, so that programs are shared. */
export function playFinals(players: readonly Actor[], acts: readonly Act[]): readonly Expression[] {
  return [
    ...players.flatMap((p) => p.values ?? []),
    ...acts.map((a): Expression => ({ op: "happened", event: a.event, by: null })),
  ];
}

/** The supposition under which an act is never done. */
export function without(act: Act): string {
  return `never ${act.event}`;
}

/**
 * The model with eyes of its own for every player that has a view (so that one player's can be changed and nobody else's), a supposition against each
 * act, and further views. None of that changes an equation.
 */
export function playModel(
  model: Model,
  players: readonly Actor[],
  acts: readonly Act[],
  further: readonly View[],
): Model {
  const seeing = players.flatMap(({ name, sees }) =>
    sees === null ? [] : [sees.view, sees.otherwise].flatMap((view) => (view === null ? [] : [{ name, view }])),
  );
  return {
    ...model,
    views: [
      ...model.views,
      ...seeing.map(({ name, view }) => viewOfMind(model, mindOf(model, view), ownEyes(view, name))),
      ...further,
    ],
    actors: model.actors.map((a) =>
      a.sees === null || !players.some((p) => p.name === a.name)
        ? a
        : {
            ...a,
            sees: {
              view: ownEyes(a.sees.view, a.name),
              because: a.sees.because,
              otherwise: a.sees.otherwise === null ? null : ownEyes(a.sees.otherwise, a.name),
            },
          },
    ),
    suppositions: [
      ...model.suppositions,
      ...acts.map((a) => ({
        name: without(a),
        label: "",
        span: { document: "", start: 0, end: 0 },
        items: [{ kind: "forbidEvent" as const, event: a.event }],
      })),
    ],
  };
}

/** The eyes of an actor that sees through `view`, seeing through `other` instead. */
export function eyesOf(actor: string, view: string, other: string): Job["eyes"] {
  return { [ownEyes(view, actor)]: other };
}

function ownEyes(view: string, actor: string): string {
  return `${view} through the eyes of ${actor}`;
}

/** A mind as a view of the model, under a name no view has. */
export function viewOfMind(model: Model, mind: Mind, name: string): View {
  const base = model.views[0];
  if (base === undefined) throw new Error("the model has no view");
  return { ...base, name, label: mind.label, credences: mind.credences, distributions: mind.distributions };
}

/** Unknowns that rules within a run read as this actor believes them, and those that their distributions read in either mind. */
export function seenIn(model: Model, actor: string, minds: readonly Mind[]): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    for (const mind of minds) {
      const distribution = mind.distributions[name];
      if (distribution === undefined) continue;
      for (const e of parameters(distribution))
        walk(e, (part) => {
          if (part.op === "unknown") add(part.name);
        });
    }
  };
  for (const { by, unknown } of beliefsRead({ ...model, views: [] }))
    if (by.kind === "actor" && by.name === actor) add(unknown);
  return found;
}

type Belief = Extract<Expression, { readonly op: "believed" }>;

/** Every `believed(…)` anywhere in plain data. */
function beliefsRead(data: unknown): readonly Belief[] {
  if (typeof data !== "object" || data === null) return [];
  const below = Object.values(data).flatMap(beliefsRead);
  return isBelief(data) ? [data, ...below] : below;
}

function isBelief(data: object): data is Belief {
  return "op" in data && data.op === "believed";
}
