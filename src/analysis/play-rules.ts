/** What is played in; the rules within a run that go against their own actor's values, in its own eyes, out. */

import type { Expression } from "#model/expression.ts";
import type { Actor, Model } from "#model/model.ts";
import { checkBudget } from "#ensemble/cost.ts";
import { finalOf, job, sampleOf } from "#ensemble/jobs.ts";
import { runJobs } from "#ensemble/runs.ts";
import { mean } from "#ensemble/statistics.ts";
import { estimate, mixture, situationIn, valuesOf, type Estimate, type Played } from "./played.ts";

/** A policy's act, against never doing it, in the solved profile. */
export interface RuleCheck {
  readonly policy: string;
  readonly actor: string;
  /** The event it brings about. */
  readonly act: string;
  /** Share of runs, in the actor's own view, in which it comes to the act. */
  readonly happens: number;
  /** What never doing it would add, in the actor's values and view, on the same worlds. */
  readonly gain: Estimate;
  /** True where the gain is more than two standard errors above 0: solved, the actor would not follow its rule. */
  readonly disagrees: boolean;
}

/** Acts rarer than this are not looked into. */
const seldom = 0.01;

export async function ruleChecks(
  { model, game, pattern, views, request, lab }: Played,
  chances: readonly number[],
): Promise<readonly RuleCheck[]> {
  const acts = model.events.flatMap((e) => {
    const player = game.players.findIndex((p) => p.name === e.by);
    return player < 0
      ? []
      : [{ policy: e.timing.kind === "chosen" ? e.timing.policy : e.name, act: e.name, player, span: e.span }];
  });
  if (acts.length === 0) return [];
  const counts = acts.map((a): Expression => ({ op: "happened", event: a.act, by: null }));
  const without: Model = {
    ...model,
    suppositions: [
      ...model.suppositions,
      ...acts.map((a) => ({
        name: `never ${a.act}`,
        label: "",
        span: a.span,
        items: [{ kind: "forbidEvent" as const, event: a.act }],
      })),
    ],
  };
  const played = game.profiles.filter((_, i) => (chances[i] ?? 0) > 0);
  const weights = chances.filter((c) => c > 0);
  const finals = [...valuesOf(game), ...counts];
  const jobs = acts.flatMap((a) =>
    played.flatMap((p) => [
      job(views[a.player] ?? "", situationIn(p, pattern), { finals }),
      job(views[a.player] ?? "", situationIn(p, pattern, [`never ${a.act}`]), { finals }),
    ]),
  );
  checkBudget(without, jobs, request.worlds, request.budget, "values");
  const samples = await runJobs(
    without,
    [...new Map(jobs.map((j) => [JSON.stringify([j.view, j.situation]), j])).values()],
    request.seed,
    request.worlds,
    lab,
  );
  return acts.flatMap((a, k) => {
    const actor = game.players[a.player] as Actor;
    const worth = (suppositions: readonly string[], of: Expression): Float64Array =>
      mixture(
        played.map((p) => finalOf(sampleOf(samples, views[a.player] ?? "", situationIn(p, pattern, suppositions)), of)),
        weights,
      );
    const happens = mean(worth([], counts[k] as Expression));
    if (happens < seldom) return [];
    const values = actor.values as Expression;
    const withRule = worth([], values);
    const gain = estimate(worth([`never ${a.act}`], values).map((v, w) => v - (withRule[w] as number)));
    return [{ policy: a.policy, actor: actor.name, act: a.act, happens, gain, disagrees: gain.mean > 2 * gain.se }];
  });
}
