/** Finds, over a view's beliefs one by one, in what share of them each move is played, with luck averaged out. */

import { subgamePerfect } from "#game/subgame-perfect.ts";
import { fieldInUnits } from "#game/units.ts";
import { claimDrawer } from "#ensemble/draws/claims.ts";
import { finalOf, job, sampleOf, type Job } from "#ensemble/jobs.ts";
import type { Lab } from "#ensemble/work/lab.ts";
import { hasLuck } from "#ensemble/draws/luck.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import { runFinals } from "#ensemble/runs.ts";
import { plainSituation } from "#ensemble/situation.ts";
import type { Expression } from "#model/expression.ts";
import type { Model, View } from "#model/model.ts";
import type { CaseGame } from "./case-game.ts";
import { viewOf } from "./patterns.ts";
import { viewOfMind } from "./play-model.ts";
import { type PlayRequest } from "./played.ts";

export interface Doubt {
  readonly beliefs: number;
  /** Runs with luck of their own that each belief's payoffs are averaged over. */
  readonly replicates: number;
  /** By information set, by action: share of beliefs whose equilibrium takes it there; ties and mixtures count in parts. */
  readonly shares: readonly (readonly number[])[];
  /** Beliefs without an equilibrium that could be listed. */
  readonly unsolved: number;
}

/** Runs with luck of their own for each belief. */
export const replicates = 10;

/** The views that actors see through, other than the reader's. */
function seenThrough(game: CaseGame, reader: string): readonly string[] {
  return [
    ...new Set(game.players.flatMap((p) => (p.sees === null ? [] : [p.sees.view, p.sees.otherwise ?? reader]))),
  ].filter((v) => v !== reader);
}

function typedName(view: string, reader: string): string {
  return `${view} with the types of ${reader}`;
}

/** The views that `doubtIn` needs beside the model's own. */
export function viewsOfDoubt(model: Model, game: CaseGame, reader: string): readonly View[] {
  return seenThrough(game, reader).map((view) => withTypes(model, view, reader, typedName(view, reader)));
}

/** The runs that `doubtIn` reads. */
export function jobsOfDoubt(
  model: Model,
  game: CaseGame,
  reader: string,
  finals: readonly Expression[],
): readonly Job[] {
  const views = [reader, ...seenThrough(game, reader).map((view) => typedName(view, reader))];
  return Array.from({ length: lucksOf(model) }, (_, r) => r).flatMap((r) =>
    views.flatMap((view) => game.profiles.map((p) => job(view, plainSituation(p), { luck: `replicate ${r}`, finals }))),
  );
}

function lucksOf(model: Model): number {
  return hasLuck(model) ? replicates : 1;
}

interface DoubtInInput {
  readonly model: Model;
  readonly game: CaseGame;
  readonly reader: string;
  readonly finals: readonly Expression[];
  readonly request: PlayRequest;
  readonly lab: Lab;
}

/**
 * Each belief, a draw of claims and unknowns, is solved as if those who play knew it: an actor with a view of its own meets the same draw through that
 * view (the same uniforms), with the types that are true in the reader's draw. So the shares tell how far the solution hangs on what is not known.
 */
export async function doubtIn({ model, game, reader, finals, request, lab }: DoubtInInput): Promise<Doubt> {
  const typed = new Map(seenThrough(game, reader).map((view) => [view, typedName(view, reader)]));
  const lucks = lucksOf(model);
  const { beliefs, seed } = request;
  const samples = await runFinals({
    model,
    jobs: jobsOfDoubt(model, game, reader, finals),
    seed,
    worlds: beliefs,
    lab,
  });
  const draw = claimDrawer(model, mindOf(model, reader), {});
  const known = new Map<string, readonly (readonly Float64Array[])[]>();
  /** By profile, by luck, by belief: what it is worth to a player as a view sees it. */
  const worthIn = (p: number, from: string): readonly (readonly Float64Array[])[] => {
    const key = `${p} ${from}`;
    const values = game.players[p]?.values ?? null;
    const found =
      known.get(key) ??
      game.profiles.map((profile) =>
        Array.from({ length: lucks }, (_, r) =>
          values === null
            ? new Float64Array(beliefs)
            : finalOf(sampleOf(samples, from, plainSituation(profile), `replicate ${r}`), values),
        ),
      );
    known.set(key, found);
    return found;
  };
  const shares = game.sets.map((s) => s.actions.map(() => 0));
  let solved = 0;
  for (let w = 0; w < beliefs; w++) {
    const truth = draw(seed, w);
    const claims = Object.fromEntries(model.claims.map((c, i) => [c.name, truth[i] === 1]));
    const payoffs = game.players.map((player, p) => {
      const view = viewOf(player, claims, reader);
      return worthIn(p, typed.get(view) ?? reader).map((lot) => {
        let total = 0;
        for (const values of lot) total += values[w] as number;
        return total / lucks;
      });
    });
    const found = subgamePerfect(fieldInUnits(payoffs), game.filled(payoffs))?.equilibria ?? [];
    if (found.length === 0) continue;
    solved++;
    for (const behaviour of found)
      behaviour.forEach((own, set) =>
        own.forEach((p, a) => ((shares[set] as number[])[a] = (shares[set]?.[a] ?? 0) + p / found.length)),
      );
  }
  return {
    beliefs,
    replicates: lucks,
    shares: shares.map((own) => own.map((s) => (solved === 0 ? Number.NaN : s / solved))),
    unsolved: beliefs - solved,
  };
}

/** The view with the reader's credences for what is a type, so that both draw the same types in a world. */
function withTypes(model: Model, view: string, reader: string, name: string): View {
  const own = mindOf(model, view);
  const theirs = mindOf(model, reader);
  const credences = Object.fromEntries(
    model.claims.map((c) => [c.name, (c.isType ? theirs : own).credences[c.name] ?? c.credences]),
  );
  return viewOfMind(model, { ...own, credences }, name);
}
