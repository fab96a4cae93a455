/** What picture and chain show beside the conclusion's own figures, as single figures: at a few times, and at the steps of the chain. */

import type { Expression } from "#model/expression.ts";
import type { Comparison, Figure, Model } from "#model/model.ts";
import type { Chain } from "./chain.ts";
import { leadTimes } from "./lead-picture.ts";
import type { LeadPlan } from "./lead-plan.ts";
import { timedTruth } from "./truth.ts";

/** One figure: a side's own, one at a place of its times, or that of a node of the chain. */
export interface LeadTarget {
  readonly at:
    | { readonly kind: "own"; readonly side: number }
    | { readonly kind: "point"; readonly side: number; readonly place: number }
    | { readonly kind: "node"; readonly side: number; readonly node: number };
  readonly comparison: Comparison;
}

/** Between knots the change is drawn straight. */
const knots = 5;

/** In order of sides; of each its own figure, then times, then nodes. A quantile is told by the mean: how far it moves is the same in size. */
export function leadTargets(model: Model, plan: LeadPlan, chain: Chain | null): readonly LeadTarget[] {
  const times = leadTimes(model, plan);
  const places = times.length < 3 ? [] : evenPlaces(times.length - 1, plan.shape.kind === "bands");
  return plan.sides.flatMap(({ figure }, side) => {
    const isTruth = figure.statistic === "chance";
    const nodes = (chain?.nodes ?? []).flatMap((n, node): LeadTarget[] =>
      n.reads === null
        ? []
        : [
            {
              at: { kind: "node", side, node },
              comparison: single({ ...figure, given: null }, n.reads.of, n.reads.isTruth),
            },
          ],
    );
    return [
      { at: { kind: "own", side }, comparison: single(figure, figure.of, isTruth) },
      ...places.flatMap((place) => pointOf(model, plan, side, place, times)),
      ...nodes,
    ];
  });
}

function evenPlaces(last: number, withFirst: boolean): readonly number[] {
  const places = Array.from({ length: knots }, (_, k) => Math.round(((k + 1) * last) / (knots + 1)));
  return [...new Set([...(withFirst ? [0] : []), ...places])].filter((p) => p < last);
}

function pointOf(
  model: Model,
  plan: LeadPlan,
  side: number,
  place: number,
  times: readonly number[],
): readonly LeadTarget[] {
  const figure = plan.sides[side]?.figure;
  const time = times[place];
  if (figure === undefined || time === undefined || plan.shape.kind === "dots") return [];
  const of = ((): Expression | null => {
    if (plan.shape.kind === "curves") return timedTruth(model, figure.of)?.at(time) ?? null;
    const { series, of: op } = plan.shape.kind === "bands" ? plan.shape : { series: "", of: "stock" as const };
    return { op: "over", statistic: "at", of: { op, name: series }, from: { op: "const", value: time }, to: null };
  })();
  return of === null
    ? []
    : [
        {
          at: { kind: "point", side, place },
          comparison: single(figure, of, plan.shape.kind === "curves"),
        },
      ];
}

function single(like: Figure, of: Expression, isTruth: boolean): Comparison {
  const text = isTruth ? "chance" : "mean";
  return {
    figures: [{ ...like, statistic: text, of, level: null, text }],
    margin: { op: "figure", index: 0 },
    threshold: 0,
    form: "difference",
    slack: 0,
    allowsEqual: false,
    unit: like.unit,
    text,
  };
}
