/** What is played in; what seeing as the reader sees would be worth to each actor, all at once or item by item, out. */

import { solveTree } from "#game/solve-tree.ts";
import { checkBudget } from "#ensemble/cost.ts";
import { finalOf, job, merged, sampleOf, type Samples } from "#ensemble/jobs.ts";
import { mindOf, type Mind } from "#ensemble/mind.ts";
import { runJobs } from "#ensemble/runs.ts";
import { mean } from "#ensemble/statistics.ts";
import type { Actor, Model, View } from "#model/model.ts";
import {
  chancesOf,
  chosenOf,
  estimate,
  fieldFor,
  mixture,
  situationIn,
  valuesOf,
  type Estimate,
  type Played,
} from "./played.ts";

export interface Correction {
  /** Null for all at once. */
  readonly item: { readonly kind: "claim" | "unknown"; readonly name: string } | null;
  /** In the actor's values, in the reader's view: after the correction less before, on the same worlds. */
  readonly worth: Estimate;
  /** Whether the actor, or anybody, then plays otherwise. */
  readonly playChanges: boolean;
  /** By profile. */
  readonly chances: readonly number[];
}

export interface Misjudgement {
  readonly actor: string;
  readonly view: string;
  readonly whole: Correction | null;
  /** Largest first; empty unless asked for. */
  readonly items: readonly Correction[];
}

/** Worlds for each single correction: enough for a direction, and there are dozens of them. */
const mostWorldsEach = 128;

/**
 * An actor whose view is not the reader's is given the reader's (or one item of it), in what it chooses and in its rules within a run; the game is solved
 * again, the others as they were, and what comes of it in the reader's view is set against what came before.
 */
export async function misjudgements(played: Played, chances: readonly number[]): Promise<readonly Misjudgement[]> {
  const found: Misjudgement[] = [];
  for (const [i, actor] of played.game.players.entries()) {
    const view = played.views[i] as string;
    if (view === played.reader) continue;
    const whole = await corrected(played, i, mindOf(played.model, played.reader), null, played.request.worlds, chances);
    const items: Correction[] = [];
    if (played.request.correct)
      for (const [item, mind] of itemsOf(played.model, view, played.reader)) {
        const one = await corrected(played, i, mind, item, Math.min(mostWorldsEach, played.request.worlds), chances);
        if (one !== null) items.push(one);
      }
    found.push({ actor: actor.name, view, whole, items: items.toSorted((a, b) => b.worth.mean - a.worth.mean) });
  }
  return found;
}

/** Each claim that is no type, and each unknown, on which the two minds differ; with the actor's mind, that item corrected. */
function itemsOf(
  model: Model,
  view: string,
  reader: string,
): readonly (readonly [NonNullable<Correction["item"]>, Mind])[] {
  const own = mindOf(model, view);
  const theirs = mindOf(model, reader);
  const rows = (mind: Mind, claim: string): string =>
    JSON.stringify(mind.credences[claim]?.map((r) => [r.credence, r.given]));
  return [
    ...model.claims
      .filter((c) => !c.isType && c.isGate && rows(own, c.name) !== rows(theirs, c.name))
      .map(
        (c) =>
          [
            { kind: "claim" as const, name: c.name },
            { ...own, credences: { ...own.credences, [c.name]: theirs.credences[c.name] ?? [] } },
          ] as const,
      ),
    ...model.unknowns
      .filter((u) => JSON.stringify(own.distributions[u.name]) !== JSON.stringify(theirs.distributions[u.name]))
      .map(
        (u) =>
          [
            { kind: "unknown" as const, name: u.name },
            {
              ...own,
              distributions: { ...own.distributions, [u.name]: theirs.distributions[u.name] ?? u.distribution },
            },
          ] as const,
      ),
  ];
}

async function corrected(
  { model, game, reader, pattern, samples, views, means, plans, request, lab }: Played,
  player: number,
  mind: Mind,
  item: Correction["item"],
  worlds: number,
  before: readonly number[],
): Promise<Correction | null> {
  const actor = game.players[player] as Actor;
  const name = `${views[player] ?? ""} corrected`;
  const base = model.views[0];
  if (base === undefined) return null;
  const view: View = { ...base, name, label: mind.label, credences: mind.credences, distributions: mind.distributions };
  const changed: Model = {
    ...model,
    views: [...model.views, view],
    actors: model.actors.map((a) =>
      a.name === actor.name ? { ...a, sees: { view: name, because: null, otherwise: null } } : a,
    ),
  };
  const finals = valuesOf(game);
  // Those who see as the reader does see the actor act by its corrected rules; those with other eyes keep the payoffs they had.
  const inView = await run(
    changed,
    game.profiles.map((p) => job(name, situationIn(p, pattern), { finals })),
  );
  const needed =
    game.players.some((_, i) => i !== player && views[i] === reader) || item === null
      ? game.profiles.map((_, i) => i)
      : [];
  const inReader = await run(
    changed,
    needed.map((i) => job(reader, situationIn(game.profiles[i] ?? {}, pattern), { finals })),
  );
  const worth = (from: Samples, of: string, who: Actor, i: number): Float64Array =>
    finalOf(
      sampleOf(from, of, situationIn(game.profiles[i] ?? {}, pattern)),
      who.values as NonNullable<Actor["values"]>,
    );
  const payoffs = game.players.map((who, i) =>
    game.profiles.map((_, k) =>
      i === player
        ? mean(worth(inView, name, who, k))
        : views[i] === reader
          ? mean(worth(inReader, reader, who, k))
          : (means[i]?.[k] as number),
    ),
  );
  const filled = game.filled(payoffs);
  const chosen = chosenOf(solveTree(fieldFor(payoffs), filled, null, []));
  if (chosen === null) return null;
  // Where each plays its part of a game of its own, the others do not notice the correction.
  const after =
    plans === null
      ? chosen.profile
      : game.sets.map((set, h) => (set.player === player ? chosen.profile[h] : plans[set.player]?.[h]) ?? []);
  const chances = chancesOf(filled, after);
  const missing = game.profiles.flatMap((_, i) => ((chances[i] ?? 0) > 0 && !needed.includes(i) ? [i] : []));
  const more = await run(
    changed,
    missing.map((i) => job(reader, situationIn(game.profiles[i] ?? {}, pattern), { finals })),
  );
  const both: Samples = new Map([...inReader, ...more]);
  const parts = game.profiles.map((_, i) =>
    (chances[i] ?? 0) > 0 ? worth(both, reader, actor, i) : new Float64Array(worlds),
  );
  const comes = mixture(parts, chances);
  const then = mixture(
    game.profiles.map((_, i) => worth(samples, reader, actor, i).subarray(0, worlds)),
    before,
  );
  return {
    item,
    worth: estimate(comes.map((v, w) => v - (then[w] as number))),
    playChanges: chances.some((c, i) => Math.abs(c - (before[i] ?? 0)) > 1e-6),
    chances,
  };

  async function run(of: Model, jobs: readonly ReturnType<typeof job>[]): Promise<Samples> {
    const all = merged(jobs);
    checkBudget(of, all, worlds, request.budget, "values");
    return runJobs(of, all, request.seed, worlds, lab);
  }
}
