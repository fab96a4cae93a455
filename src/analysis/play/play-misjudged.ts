/** Works out what it would be worth to each actor to see as the reader sees, all at once or element by element. */

import { solveTree } from "#game/solve-tree.ts";
import type { Behaviour } from "#game/extensive.ts";
import { fieldInUnits } from "#game/units.ts";
import { sampleOf, finalOf, job, type Job, type Samples } from "#ensemble/jobs.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import { runFinals } from "#ensemble/runs.ts";
import { mean } from "#ensemble/statistics.ts";
import type { Actor } from "#model/model.ts";
import { correctedViews, type CorrectedItem } from "./corrections.ts";
import { eyesOf, seenIn } from "./play-model.ts";
import {
  chancesOf,
  chosenOf,
  estimatePayoff,
  mixture,
  situationIn,
  type PayoffEstimate,
  type Played,
} from "./played.ts";
import { viewsAsSeen } from "./second-order.ts";

export interface CorrectionWorth {
  /** Null for all at once. */
  readonly item: CorrectedItem | null;
  /** In the actor's values, in the reader's view: after the correction less before, on the same worlds. */
  readonly worth: PayoffEstimate;
  /** Whether the actor, or anybody, then plays otherwise. */
  readonly playChanges: boolean;
  /** By profile. */
  readonly chances: readonly number[];
}

export interface Misjudgement {
  readonly actor: string;
  /** Through which it sees. */
  readonly view: string;
  /** Its view and what it takes others for, all at once. */
  readonly whole: CorrectionWorth | null;
  /** Largest first; empty unless asked for. */
  readonly items: readonly CorrectionWorth[];
}

/** Worlds for each single correction: there are dozens of them, and each is set against what was before on the same worlds. */
export const mostWorldsEach = 256;

/** A correction as it is run. */
interface Change {
  readonly item: CorrectedItem | null;
  /** The view the actor then sees through. */
  readonly look: string;
  /** Whether its rules within a run see otherwise too. */
  readonly isSeen: boolean;
  /** Actors that it no longer takes for what they are not. */
  readonly known: readonly string[];
  readonly worlds: number;
}

/**
 * An actor whose view is not the reader's, or that takes others for what they are not, is put right (wholly, or in one element) in what it chooses and
 * in its rules within a run; the game is solved again, the others as they were, and what comes of it in the reader's view is set against what came before.
 */
export async function misjudgements(played: Played, chances: readonly number[]): Promise<readonly Misjudgement[]> {
  const found: Misjudgement[] = [];
  for (const [i, actor] of played.game.players.entries()) {
    const view = played.views[i] as string;
    const mistaken = mistakenBy(played, i);
    if (view === played.reader && mistaken.length === 0) continue;
    const all = changesOf(played, actor, view, mistaken);
    const samples: Samples = new Map([
      ...played.samples,
      ...(await runFinals({
        model: played.model,
        jobs: all.filter((c) => c.item === null).flatMap((c) => jobsOf(played, actor, view, c)),
        seed: played.request.seed,
        worlds: played.request.worlds,
        lab: played.lab,
      })),
      ...(await runFinals({
        model: played.model,
        jobs: all.filter((c) => c.item !== null).flatMap((c) => jobsOf(played, actor, view, c)),
        seed: played.request.seed,
        worlds: Math.min(mostWorldsEach, played.request.worlds),
        lab: played.lab,
      })),
    ]);
    const corrections = all.flatMap((c) => corrected({ ...played, samples }, i, c, chances) ?? []);
    found.push({
      actor: actor.name,
      view,
      whole: corrections.find((c) => c.item === null) ?? null,
      items: corrections.filter((c) => c.item !== null).toSorted((a, b) => b.worth.mean - a.worth.mean),
    });
  }
  return found;
}

/** Actors of the game that it takes to see through another view than they do. */
function mistakenBy({ game, views }: Played, player: number): readonly string[] {
  return (viewsAsSeen(game, views)[player] ?? []).flatMap((view, j) =>
    view === views[j] ? [] : [(game.players[j] as Actor).name],
  );
}

function changesOf(
  { model, reader, request }: Played,
  actor: Actor,
  view: string,
  mistaken: readonly string[],
): readonly Change[] {
  const isSeen = seenIn(model, actor.name, [mindOf(model, view), mindOf(model, reader)]).size > 0;
  const whole: Change = { item: null, look: reader, isSeen, known: mistaken, worlds: request.worlds };
  if (!request.correct) return [whole];
  const worlds = Math.min(mostWorldsEach, request.worlds);
  return [
    whole,
    ...(view === reader ? [] : correctedViews(model, actor.name, view, reader)).map((c): Change => ({
      item: c.item,
      look: c.view,
      isSeen: c.isSeen,
      known: [],
      worlds,
    })),
    ...mistaken.map((name): Change => ({
      item: { kind: "takes", name },
      look: view,
      isSeen: false,
      known: [name],
      worlds,
    })),
  ];
}

/** Runs that the pattern's own do not hold: the actor's view corrected, and the reader's with the actor's rules corrected. */
function jobsOf({ game, reader, pattern, finals }: Played, actor: Actor, view: string, change: Change): readonly Job[] {
  const { look, isSeen } = change;
  if (look === view || (look === reader && !isSeen)) return [];
  const eyes = isSeen ? eyesOf(actor.name, view, look) : {};
  const places = isSeen ? [...new Set([look, reader])] : [look];
  return places.flatMap((place) => game.profiles.map((p) => job(place, situationIn(p, pattern), { finals, eyes })));
}

function corrected(played: Played, player: number, change: Change, before: readonly number[]): CorrectionWorth | null {
  const { game, reader, pattern, samples, views, means, plans } = played;
  const actor = game.players[player] as Actor;
  const view = views[player] as string;
  const { look, isSeen, worlds } = change;
  const eyes = isSeen && look !== view ? eyesOf(actor.name, view, look) : {};
  const worth = (who: number, of: string, through: Job["eyes"], k: number): Float64Array =>
    finalOf(
      sampleOf(samples, of, situationIn(game.profiles[k] ?? {}, pattern), "first", through),
      (game.players[who] as Actor).values as NonNullable<Actor["values"]>,
    ).subarray(0, worlds);
  // What it was, and the difference on the same worlds: fewer of them tell as much.
  const moved = (who: number, from: string, to: string, k: number, was: number): number =>
    from === to && (from !== reader || Object.keys(eyes).length === 0)
      ? was
      : was + mean(worth(who, to, eyes, k).map((v, w) => v - (worth(who, from, {}, k)[w] as number)));
  const inView = (who: number, through: string): readonly number[] =>
    game.profiles.map((_, k) =>
      mean(
        finalOf(sampleOf(samples, through, situationIn(game.profiles[k] ?? {}, pattern)), valuesOf(game.players[who])),
      ),
    );
  const payoffs = game.players.map((_, i) =>
    game.profiles.map((__, k) => {
      const was = means[i]?.[k] as number;
      // Those who see as the reader does see the actor act by its corrected rules; those with other eyes keep the payoffs they had.
      if (i === player) return moved(i, view, look, k, was);
      return views[i] === reader ? moved(i, reader, reader, k, was) : was;
    }),
  );
  const after = ((): Behaviour<number> | null => {
    if (plans === null)
      return chosenOf(solveTree(fieldInUnits(payoffs), game.filled(payoffs), null, []))?.profile ?? null;
    // Where each plays its part of a game of its own, the others do not notice the correction.
    const seen = (viewsAsSeen(game, views)[player] ?? []).map((through, j) =>
      j === player || change.known.includes((game.players[j] as Actor).name) || through === views[j]
        ? (payoffs[j] as readonly number[])
        : inView(j, through),
    );
    const own = chosenOf(solveTree(fieldInUnits(seen), game.filled(seen), null, []));
    return own === null
      ? null
      : game.sets.map((set, h) => (set.player === player ? own.profile[h] : plans[set.player]?.[h]) ?? []);
  })();
  if (after === null) return null;
  const chances = chancesOf(game.filled(payoffs), after);
  const comes = mixture(
    game.profiles.map((_, k) => worth(player, reader, eyes, k)),
    chances,
  );
  const then = mixture(
    game.profiles.map((_, k) => worth(player, reader, {}, k)),
    before,
  );
  return {
    item: change.item,
    worth: estimatePayoff(comes.map((v, w) => v - (then[w] as number))),
    playChanges: chances.some((c, i) => Math.abs(c - (before[i] ?? 0)) > 1e-6),
    chances,
  };
}

function valuesOf(actor: Actor | undefined): NonNullable<Actor["values"]> {
  return actor?.values as NonNullable<Actor["values"]>;
}
