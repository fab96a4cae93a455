/** Holds a model to what was observed, weighs its runs by how likely that was, and fixes the clocks that it implies for runs of other courses. */

import type { Expression } from "#model/expression.ts";
import type { Event, Model, SuppositionItem, Unknown } from "#model/model.ts";
import { finalOf, type Sample } from "#ensemble/jobs.ts";
import type { Situation } from "#ensemble/situation.ts";
import { makeColumn } from "#kernel/column.ts";
import { log } from "#kernel/math.ts";
import { keyOf, uniform } from "#kernel/philox.ts";
import { logLikelihood } from "#evidence/series.ts";
import type { Observation } from "./observed.ts";

/** The supposition that forces what was observed; no declared name has a space. */
const observedName = "what was observed";

interface Held {
  /** A step before which the event does not come. */
  readonly until: number;
  /** The step in which it does; null where it was only not seen. */
  readonly step: number | null;
  /** Seen on a date and not seen by a later one, or seen on two. */
  readonly isContradiction: boolean;
}

/** What a set of observations holds each event to. */
export type Holding = ReadonlyMap<string, Held>;

export function holdingOf(observations: readonly Observation[]): Holding {
  const held = new Map<string, Held>();
  const merge = (event: string, until: number, step: number | null): void => {
    const known = held.get(event) ?? { until: 0, step: null, isContradiction: false };
    const clash = step !== null && known.step !== null && known.step !== step;
    const next = { until: Math.max(known.until, until), step: step ?? known.step };
    const isLate = next.step !== null && next.until > next.step;
    held.set(event, { ...next, isContradiction: known.isContradiction || clash || isLate });
  };
  for (const o of observations) {
    for (const { event, until } of o.quiet) merge(event, until, null);
    for (const { event, step } of o.dated) merge(event, step, step);
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
  return supposing(
    model,
    [...holding].flatMap(([event, { until, step }]): SuppositionItem[] => [
      { kind: "quietEvent", event, untilStep: until },
      ...(step === null ? [] : [{ kind: "forceEvent" as const, event, step }]),
    ]),
  );
}

function supposing(model: Model, items: readonly SuppositionItem[]): Model {
  const [first] = model.events;
  if (items.length === 0 || first === undefined) return model;
  return {
    ...model,
    suppositions: [...model.suppositions, { name: observedName, label: observedName, span: first.span, items }],
  };
}

/** The unknown that holds an event's first clock. */
function clockName(event: string): string {
  return `clock of ${event}`;
}

/**
 * Abduction (Pearl 2000, §7.1): the same worlds for runs of any course, with the clocks that the observed course fixes. An event that came on a date has
 * run up its clock by then; one that had not come by a date has run up that much and what its clock of before still holds, a unit exponential
 * being without memory. `sample` are runs held to the observations, `worlds` theirs. By the unknown of `clockedModel` that holds the clock; empty where nothing is held.
 */
export function clocksOf(
  model: Model,
  holding: Holding,
  sample: Sample,
  { seed, worlds }: { readonly seed: number; readonly worlds: readonly number[] },
): ReadonlyMap<string, Float64Array> {
  const given = new Map<string, Float64Array>();
  for (const [event, held] of holding) {
    const exposure = finalOf(sample, exposureUntil(model, event, held.until));
    const key = keyOf(`event ${event}`);
    given.set(
      clockName(event),
      exposure.map((used, row) =>
        held.step === null
          ? used - log(uniform(seed, key, worlds[row] as number, 0))
          : // Within the step, not at the end of the one before, whatever rounding does.
            used * (1 + 1e-12) + 1e-300,
      ),
    );
  }
  return given;
}

/** The model whose held events have the clocks of `clocksOf`. Where nothing is held, all is as it was. */
export function clockedModel(model: Model, holding: Holding): Model {
  if (holding.size === 0) return model;
  const unknowns = [...holding.keys()].map((event): Unknown => {
    const { span } = eventOf(model, event);
    const name = clockName(event);
    const distribution = { kind: "constant", value: constant(0) } as const;
    return { name, label: name, span, unit: plainUnit, distribution, provenance: [], knownBy: null };
  });
  const items = [...holding.keys()].map((event): SuppositionItem => ({
    kind: "setClock",
    event,
    value: { op: "unknown", name: clockName(event) },
  }));
  return { ...supposing(model, items), unknowns: [...model.unknowns, ...unknowns] };
}

const plainUnit = { label: "", factor: 1, dimension: {} };

export function conditionedSituation(situation: Situation, holding: Holding): Situation {
  return holding.size === 0 ? situation : { ...situation, suppositions: [...situation.suppositions, observedName] };
}

/** What must be kept of each run to weigh it: for each held event the risk it ran before, and its rate on its date; then truths and series. */
export function finalsFor(model: Model, observations: readonly Observation[], holding: Holding): readonly Expression[] {
  return [
    ...[...holding].flatMap(([name, held]) => {
      const risk = exposureUntil(model, name, held.until);
      return held.step === null ? [risk] : [risk, rateAt(model, name, held.step)];
    }),
    ...observations.flatMap((o) => [
      ...o.truths,
      ...(o.series === null ? [] : [...o.series.of, o.series.error, o.series.discrepancy]),
    ]),
  ];
}

/**
 * By run, the log of how likely the observations are on its path. Events apart from luck: exp(−exposure) for what had not come, times the rate on
 * its date for what came, exact on paths that are held to just that (a Rao–Blackwell step over the clocks of these events). Truths weigh 0 or 1;
 * a series the normal density of its residuals under error and discrepancy. `known` keeps the parts of the sum for further sets of observations on the same sample.
 */
export function logLikelihoods(
  model: Model,
  observations: readonly Observation[],
  holding: Holding,
  sample: Sample,
  known: KnownTerms = new Map(),
): Float64Array {
  const total = new Float64Array(sample.runs);
  const add = (of: unknown, make: () => (w: number) => number): void => {
    const key = JSON.stringify(of);
    let term = known.get(key);
    if (term === undefined) known.set(key, (term = makeColumn(total.length, make())));
    for (let w = 0; w < total.length; w++) total[w] = (total[w] as number) + (term[w] as number);
  };
  for (const [name, held] of holding) {
    add(["risk", name, held], () => {
      const risk = finalOf(sample, exposureUntil(model, name, held.until));
      return (w) => (held.isContradiction ? -Infinity : -(risk[w] as number));
    });
    const { step } = held;
    if (step === null) continue;
    add(["rate", name, step], () => {
      const rate = finalOf(sample, rateAt(model, name, step));
      return (w) => ((rate[w] as number) > 0 ? log(rate[w] as number) : -Infinity);
    });
  }
  for (const o of observations) {
    for (const truth of o.truths)
      add(["truth", truth], () => {
        const values = finalOf(sample, truth);
        return (w) => (values[w] === 0 ? -Infinity : 0);
      });
    if (o.series === null) continue;
    const { series } = o;
    add(["series", series], () => {
      const paths = series.of.map((e) => finalOf(sample, e));
      const [error, discrepancy] = [finalOf(sample, series.error), finalOf(sample, series.discrepancy)];
      return (w) =>
        logLikelihood(
          paths.map((p, i) => (series.values[i] as number) - (p[w] as number)),
          error[w] as number,
          discrepancy[w] as number,
        );
    });
  }
  return total;
}

/** Parts of log likelihoods by run of one sample, by what they are of. */
export type KnownTerms = Map<string, Float64Array>;

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

/** What an event has run up by a step. */
function exposureUntil(model: Model, event: string, step: number): Expression {
  return atStep(model, { op: "exposure", event }, step);
}

function rateAt(model: Model, event: string, step: number): Expression {
  return atStep(model, exposedRate(eventOf(model, event)), step);
}

function atStep(model: Model, of: Expression, step: number): Expression {
  return { op: "over", statistic: "at", of, from: constant(step * (model.time?.dt ?? 1)), to: null };
}

function constant(value: number): Expression {
  return { op: "const", value };
}
