/** Finds what the report and the page show beyond the runs: what conclusions rest on, the game, when they fail, our choices, what has been seen since, and forecasts. */

import type { Model } from "#model/model.ts";
import { Refused } from "#text/refused.ts";
import { OverBudget } from "#ensemble/budget.ts";
import { StoppedRun } from "#ensemble/failure.ts";
import type { Lab } from "#ensemble/work/lab.ts";
import { discover, type Discovered } from "../scenarios/discover.ts";
import { explainFindings, flipFindings, type ExplainFindings, type FlipFindings } from "../carries/explain.ts";
import { usualTable } from "../carries/claims-table.ts";
import type { Request } from "./findings.ts";
import { jitterFindings, type JitterFinding } from "../scenarios/jitter.ts";
import { learnFindings, learnWorlds, type LearnFindings } from "../record/learn.ts";
import { playFindings, type PlayFindings } from "../play/play.ts";
import { restingFindings, type LeftOut, type Resting } from "./resting.ts";
import { scoreFindings, type Frozen, type ScoreFindings } from "../record/score.ts";

export interface Further {
  /** The conclusion that is gone into in full, under the first view; null where the case draws none. */
  readonly leading: string | null;
  /** Null where no table can answer for it, or no claim stands behind anything. */
  readonly carries: ExplainFindings | null;
  readonly reverses: FlipFindings | null;
  /** The other conclusions asked for, under each view. */
  readonly resting: readonly Resting[];
  /** The choices solved as a game, in the first view; null where nobody's values stand behind one. */
  readonly game: PlayFindings | null;
  /** The beliefs under which the leading conclusion fails, in the first view. */
  readonly scenarios: Discovered | null;
  /** The leading conclusion with everything judged moved. */
  readonly jitter: JitterFinding | null;
  readonly learnt: LearnFindings | null;
  readonly scores: ScoreFindings | null;
  readonly leftOut: readonly LeftOut[];
}

export interface FurtherRequest {
  /** `text`: the text's own, or all where none is marked so. */
  readonly explain: "leading" | "text" | "all";
  /** Variants with everything judged moved; 0 leaves them out. */
  readonly variants: number;
  /** Reweighing by what has been seen takes most of the runs. */
  readonly learn: boolean;
  /** Forecasts that were laid down earlier. */
  readonly frozen: readonly Frozen[];
  /** Told as each part begins: what it is. */
  readonly tell: (part: string) => void;
}

/** The tables of variants with everything judged moved: claims gone through one by one up to here, and patterns where there are more. */
const ofVariant = { patterns: 1024, exact: 10 } as const;
/** Worlds of what is looked for in many variants of a conclusion. */
const mostWorlds = 512;
/** Beliefs among which those that fail a conclusion are looked for: fewer tell little of so many claims. */
const beliefs = 1000;
/** λ × payoff range of the equilibrium that is drawn; see `play.ts`. */
const sharpness = 10;

/** Rejects as the parts do, but for what says that a part cannot be had: that is left out, and told. */
export async function furtherFindings(
  model: Model,
  request: Request,
  want: FurtherRequest,
  lab: Lab,
): Promise<Further> {
  const leftOut: LeftOut[] = [];
  const [first = "case"] = request.views;
  const one: Request = { ...request, views: [first], series: [], worlds: Math.min(request.worlds, mostWorlds) };
  const part = async <T>(what: string, found: () => Promise<T>): Promise<T | null> => {
    want.tell(what);
    try {
      return await found();
    } catch (error) {
      // A conclusion over quantiles, a choice nobody's values stand behind, evidence of two courses.
      if (!(error instanceof Refused) || error instanceof OverBudget || error instanceof StoppedRun) throw error;
      leftOut.push({ what, why: error.message });
      return null;
    }
  };
  const leading = model.claims.some((c) => c.isGate) ? leadingOf(model) : null;
  const on = async <T>(what: string, found: (name: string) => Promise<T>): Promise<T | null> =>
    leading === null ? null : part(what, () => found(leading));
  /** All as `explain` and `flip` have it; what the first question made, the others find. */
  const whole: Request = { ...request, views: [first], series: [] };
  const carries = await on("what carries the leading conclusion", (name) =>
    explainFindings({ model, name, request: whole, game: "removal", options: usualTable, lab }),
  );
  const reverses =
    carries === null
      ? null
      : await on("what would reverse it", (name) =>
          flipFindings({ model, name, request: whole, options: usualTable, lab }),
        );
  if (leading === null && model.conclusions.length > 0)
    leftOut.push({
      what: `what the ${model.conclusions.length === 1 ? "conclusion rests" : "conclusions rest"} on`,
      why: "no claim of the case switches anything",
    });
  const explained = toExplain(model, want.explain, leading, leftOut);
  const others =
    explained.length === 0
      ? null
      : await part("what the other conclusions rest on", () =>
          restingFindings(model, explained, { ...whole, views: request.views }, lab),
        );
  const scenarios = await on("when it fails", (name) => discover(model, name, first, { ...one, worlds: beliefs }, lab));
  const jitter =
    want.variants === 0
      ? null
      : await on("which of our choices matter", (name) =>
          jitterFindings({
            model,
            name,
            request: one,
            variants: want.variants,
            options: ofVariant,
            lab,
          }),
        );
  const game = model.choices.some((c) => c.default === null)
    ? await part("the choices as a game", () =>
        playFindings(
          model,
          { ...one, patterns: 1, beliefs: 0, lambda: sharpness, correct: false, informed: null },
          lab,
        ),
      )
    : null;
  const { views, seed, worlds, set, budget } = request;
  const scores =
    model.forecasts.length === 0
      ? null
      : await part("how the forecasts fared", () =>
          scoreFindings(model, { views, seed, worlds, set, budget, frozen: want.frozen }, lab),
        );
  if (model.evidence.length > 0 && !want.learn)
    leftOut.push({ what: "what has been seen since", why: "it takes more runs than all the rest: casus learn CASE" });
  const learnt =
    model.evidence.length === 0 || !want.learn
      ? null
      : await part("what has been seen since", () =>
          learnFindings(
            model,
            {
              views,
              seed,
              worlds: learnWorlds,
              before: { worlds, untilSettled: request.untilSettled === true },
              set,
              until: null,
              untilDate: null,
              motives: false,
              conclusions: false,
              budget,
            },
            lab,
          ),
        );
  return {
    leading,
    carries,
    reverses,
    resting: others?.resting ?? [],
    game,
    scenarios,
    jitter: jitter?.[0] ?? null,
    learnt,
    scores,
    leftOut: [...leftOut, ...(others?.leftOut ?? [])],
  };
}

function toExplain(
  model: Model,
  which: FurtherRequest["explain"],
  leading: string | null,
  leftOut: LeftOut[],
): readonly string[] {
  if (leading === null || which === "leading") {
    if (leading !== null && model.conclusions.length > 1)
      leftOut.push({ what: "what the other conclusions rest on", why: "not asked for: casus explain CASE CONCLUSION" });
    return [];
  }
  const texts = model.conclusions.filter((c) => c.mark === "text");
  const told = which === "text" && texts.length > 0 ? texts : model.conclusions;
  const others = model.conclusions.length - told.length;
  if (others > 0)
    leftOut.push({
      what: `what the ${others === 1 ? "one conclusion rests on that is" : `${others} conclusions rest on that are`} not the text's own`,
      why: "not asked for: casus report CASE --explain all",
    });
  return told.map((c) => c.name);
}

/** The last of the text's own conclusions of the claim that the first of them is of: of several dates, the last. */
export function leadingOf(model: Model): string | null {
  const own = model.conclusions.filter((c) => c.mark === "text");
  const [first] = own.length > 0 ? own : model.conclusions;
  if (first === undefined) return null;
  const same = (own.length > 0 ? own : [first]).filter((c) => c.of[0] === first.of[0] && first.of.length > 0);
  return (same.at(-1) ?? first).name;
}
