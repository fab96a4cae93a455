/** Works out what solving a model's choices as a game may cost besides its runs, so that the budget and a prediction of the time take it into account. */

import type { Model } from "#model/model.ts";
import { hasLuck } from "#ensemble/draws/luck.ts";
import { enumerated } from "#ensemble/profiles.ts";
import { caseGame, type CaseGame } from "./case-game.ts";
import { patternsOf } from "./patterns.ts";
import { replicates } from "./play-doubt.ts";
import { resamples } from "./play-sampling.ts";
import type { PlayRequest } from "./played.ts";

/** Equations that solving a game by its subgames costs for each payoff in it, where ties are many; measured with node bench/budget.mjs play. */
const solving = 120_000;
/** For each payoff, that looking for regret in every subgame costs. */
const comparing = 500;
/** A path of logit equilibria takes so many steps as a rule, and no more multiplications than are allowed to one. */
const usualSteps = 80;
const mostOfPath = 4e9;

/** In equations, as `workOfRun` counts them. */
export function workOfSolving(model: Model, game: CaseGame, request: PlayRequest): number {
  const { profiles, players, sets } = game;
  const payoffs = profiles.length * players.length;
  const places = sets.reduce((n, s) => n + s.actions.length, 0);
  const isAllKnown = places === profiles.length + sets.length - 1;
  const path = isAllKnown ? 0 : Math.min(mostOfPath, usualSteps * 4 * (places ** 3 / 3 + 20 * payoffs * sets.length));
  const sampled = resamples * payoffs * (request.worlds + comparing);
  const pattern = solving * payoffs + path + sampled;
  const doubted = request.beliefs * payoffs * (solving + (hasLuck(model) ? replicates : 1));
  return request.views.reduce(
    (t, view) => t + Math.min(request.patterns, patternsOf(model, view).length) * pattern + doubted,
    0,
  );
}

/** The same for a model whose choices can be solved. */
export function solvingWork(model: Model, request: PlayRequest): number {
  return workOfSolving(model, caseGame(model, enumerated(model, request), request.set), request);
}
