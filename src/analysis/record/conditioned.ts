/** A model and what was observed in; the model held to it, and by run how likely that was, out. */

import type { Expression } from "#model/expression.ts";
import type { Event, Model, SuppositionItem } from "#model/model.ts";
import { finalOf, type Sample } from "#ensemble/jobs.ts";
import type { Situation } from "#ensemble/situation.ts";
import { log } from "#kernel/math.ts";
import { logLikelihood } from "#evidence/series.ts";
import type { Observation } from "./observed.ts";

/** The supposition that forces what was observed; no declared name has a space. */
const observedName = "what was observed";

interface Held {
  /** A time from the start up to which the event does not come. */
  readonly until: number;
  /** The step in which it does; null where it was only not seen. */
  readonly step: number | null;
  /** Seen on a date and not seen by a later one, or seen on two. */
  readonly isContradiction: boolean;
}

/** What a set of observations holds each event to. */
export type Holding = ReadonlyMap<string, Held>;

export function holdingOf(model: Model, observations: readonly Observation[]): Holding {
  const dt = model.time?.dt ?? 1;
  const held = new Map<string, Held>();
  const merge = (event: string, until: number, step: number | null): void => {
    const known = held.get(event) ?? { until: 0, step: null, isContradiction: false };
    const clash = step !== null && known.step !== null && known.step !== step;
    const next = { until: Math.max(known.until, until), step: step ?? known.step };
    const isLate = next.step !== null && next.until > next.step * dt + dt * 1e-6;
    held.set(event, { ...next, isContradiction: known.isContradiction || clash || isLate });
  };
  for (const o of observations) {
    for (const { event, until } of o.quiet) merge(event, until, null);
    for (const { event, step } of o.dated) merge(event, step * dt, step);
  }
  return held;
}

/** Equal for holdings that make the same runs. */
export function keyOfHolding(holding: Holding): string {
  return JSON.stringify([...holding].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The model whose runs meet what was observed: an event does not come before its time, and comes at its date. All else is as it was, and every draw
 * too, being keyed by name.
 */
export function conditionedModel(model: Model, holding: Holding): Model {
  const items: SuppositionItem[] = [...holding].flatMap(([event, { step }]) =>
    step === null ? [] : [{ kind: "forceEvent" as const, event, step }],
  );
  const [first] = model.events;
  if (holding.size === 0 || first === undefined) return model;
  return {
    ...model,
    events: model.events.map((e) => {
      const held = holding.get(e.name);
      return held === undefined
        ? e
        : {
            ...e,
            when: both(e.when, { op: "binary", operator: "ge", left: { op: "time" }, right: constant(held.until) }),
          };
    }),
    suppositions: [...model.suppositions, { name: observedName, label: observedName, span: first.span, items }],
  };
}

export function conditionedSituation(situation: Situation, holding: Holding): Situation {
  return holding.size === 0 ? situation : { ...situation, suppositions: [...situation.suppositions, observedName] };
}

/** What must be kept of each run to weigh it: for each held event the risk it ran before, and its rate on its date; then truths and series. */
export function finalsFor(model: Model, observations: readonly Observation[], holding: Holding): readonly Expression[] {
  return [
    ...[...holding].flatMap(([name, held]) => {
      const event = eventOf(model, name);
      return held.step === null
        ? [riskUntil(event, held.until)]
        : [riskUntil(event, held.until), rateAt(event, held.step * (model.time?.dt ?? 1))];
    }),
    ...observations.flatMap((o) => [
      ...o.truths,
      ...(o.series === null ? [] : [...o.series.of, o.series.error, o.series.discrepancy]),
    ]),
  ];
}

/**
 * By run, the log of how likely the observations are on its path. Events apart from luck: exp(−∫rate) for what had not come, times the rate on its
 * date for what came, exact on paths that are held to just that (a Rao–Blackwell step over the clocks of these events). Truths weigh 0 or 1;
 * a series the normal density of its residuals under error and discrepancy.
 */
export function logLikelihoods(
  model: Model,
  observations: readonly Observation[],
  holding: Holding,
  sample: Sample,
): Float64Array {
  const total = new Float64Array(sample.runs);
  const add = (by: (w: number) => number): void => {
    for (let w = 0; w < total.length; w++) total[w] = (total[w] as number) + by(w);
  };
  for (const [name, held] of holding) {
    const event = eventOf(model, name);
    const risk = finalOf(sample, riskUntil(event, held.until));
    add((w) => (held.isContradiction ? -Infinity : -(risk[w] as number)));
    if (held.step === null) continue;
    const rate = finalOf(sample, rateAt(event, held.step * (model.time?.dt ?? 1)));
    add((w) => ((rate[w] as number) > 0 ? log(rate[w] as number) : -Infinity));
  }
  for (const o of observations) {
    for (const truth of o.truths) {
      const values = finalOf(sample, truth);
      add((w) => (values[w] === 0 ? -Infinity : 0));
    }
    if (o.series === null) continue;
    const { series } = o;
    const paths = series.of.map((e) => finalOf(sample, e));
    const [error, discrepancy] = [finalOf(sample, series.error), finalOf(sample, series.discrepancy)];
    add((w) =>
      logLikelihood(
        paths.map((p, i) => (series.values[i] as number) - (p[w] as number)),
        error[w] as number,
        discrepancy[w] as number,
      ),
    );
  }
  return total;
}

function eventOf(model: Model, name: string): Event {
  const found = model.events.find((e) => e.name === name);
  if (found === undefined) throw new Error(`the model has no event '${name}'`);
  return found;
}

/** Its rate where it may come, else 0: read in a model whose events are as declared. */
function exposedRate({ timing, when }: Event): Expression {
  if (timing.kind !== "hazard") throw new Error("only a hazard has a rate");
  return when === null ? timing.rate : { op: "if", condition: when, then: timing.rate, else: constant(0) };
}

function riskUntil(event: Event, until: number): Expression {
  return { op: "over", statistic: "total", of: exposedRate(event), from: constant(0), to: constant(until) };
}

function rateAt(event: Event, time: number): Expression {
  return { op: "over", statistic: "at", of: exposedRate(event), from: constant(time), to: null };
}

function both(a: Expression | null, b: Expression): Expression {
  return a === null ? b : { op: "binary", operator: "and", left: a, right: b };
}

function constant(value: number): Expression {
  return { op: "const", value };
}
