/** Finds the rules within a run that go against their own actor's values, as that actor sees them. */

import type { Expression } from "#model/expression.ts";
import { finalOf, job, sampleOf, type Samples } from "#ensemble/jobs.ts";
import { runFinals } from "#ensemble/runs.ts";
import { mean } from "#ensemble/statistics.ts";
import { without } from "./play-model.ts";
import { estimatePayoff, mixture, situationIn, type PayoffEstimate, type Played } from "./played.ts";

/** A policy's act, against never doing it, in the solved profile. */
export interface RuleCheck {
  readonly policy: string;
  readonly actor: string;
  /** The event it brings about. */
  readonly act: string;
  /** Share of runs, in the actor's own view, in which it comes to the act. */
  readonly happens: number;
  /** What never doing it would add, in the actor's values and view, on the same worlds. */
  readonly gain: PayoffEstimate;
  /** True where the gain is more than two standard errors above 0: solved, the actor would not follow its rule. */
  readonly disagrees: boolean;
}

/** Acts rarer than this are not looked into. */
const seldom = 0.01;

export async function ruleChecks(
  { model, game, pattern, views, acts, finals, samples, request, lab }: Played,
  chances: readonly number[],
): Promise<readonly RuleCheck[]> {
  const played = game.profiles.filter((_, i) => (chances[i] ?? 0) > 0);
  const weights = chances.filter((c) => c > 0);
  const over = (from: Samples, view: string, suppositions: readonly string[], of: Expression): Float64Array =>
    mixture(
      played.map((p) => finalOf(sampleOf(from, view, situationIn(p, pattern, suppositions)), of)),
      weights,
    );
  const met = acts.flatMap((act) => {
    const player = game.players.findIndex((p) => p.name === act.actor);
    const view = views[player] as string;
    const happens = mean(over(samples, view, [], { op: "happened", event: act.event, by: null }));
    const values = game.players[player]?.values ?? null;
    return happens < seldom || values === null ? [] : [{ act, view, happens, values }];
  });
  const jobs = met.flatMap(({ act, view }) =>
    played.map((p) => job(view, situationIn(p, pattern, [without(act)]), { finals })),
  );
  const never = await runFinals({ model, jobs, seed: request.seed, worlds: request.worlds, lab });
  return met.map(({ act, view, happens, values }) => {
    const withRule = over(samples, view, [], values);
    const gain = estimatePayoff(over(never, view, [without(act)], values).map((v, w) => v - (withRule[w] as number)));
    return {
      policy: act.policy,
      actor: act.actor,
      act: act.event,
      happens,
      gain,
      disagrees: gain.mean > 2 * gain.se,
    };
  });
}
