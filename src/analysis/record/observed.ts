/** Says what each piece of evidence asks of a run, and of which course of the world it is evidence. */

import { Refused } from "#text/refused.ts";
import type { Expression } from "#model/expression.ts";
import type { Event, Evidence, Intervention, Model } from "#model/model.ts";
import { ownView } from "#ensemble/draws/mind.ts";
import { standing, type Profile } from "#ensemble/profiles.ts";
import { situationOf, type Situation } from "#ensemble/situation.ts";
import { lastStepTo, nearestStep } from "#kernel/moments.ts";
import { at, cameInStep, meantBy, seenBy } from "./seen-by.ts";

/** What one observation asks of a run. */
export interface Observation {
  readonly evidence: Evidence;
  /** Hazards that had not come by a step: the run is kept clear of them until then, and weighed by the chance of that. */
  readonly quiet: readonly { readonly event: string; readonly until: number }[];
  /** Hazards that came in a step: the run is made to meet them there, and weighed by their rate. */
  readonly dated: readonly { readonly event: string; readonly step: number }[];
  /** Truths read at a time; a run in which one is false counts for nothing. */
  readonly truths: readonly Expression[];
  readonly series: {
    /** What the run has at each time. */
    readonly of: readonly Expression[];
    readonly times: readonly number[];
    readonly values: readonly number[];
    readonly error: Expression;
    readonly discrepancy: Expression;
  } | null;
}

/** The evidence that counts for a view up to a time from the start: what the view names, or all of it where it names none. */
export function evidenceOf(model: Model, view: string, until: number | null): readonly Evidence[] {
  const named = view === ownView ? [] : (model.views.find((v) => v.name === view)?.evidence ?? []);
  const counted = named.length === 0 ? model.evidence : model.evidence.filter((e) => named.includes(e.name));
  return counted.flatMap((e): Evidence[] => {
    const { observation } = e;
    if (until === null) return [e];
    if (observation.kind === "observed") return observation.time <= until ? [e] : [];
    const kept = observation.times.filter((t) => t <= until).length;
    if (kept === 0) return [];
    const { times, values } = observation;
    return [{ ...e, observation: { ...observation, times: times.slice(0, kept), values: values.slice(0, kept) } }];
  });
}

/** Labels of the observations that any of these views counts. */
export function countedLabels(model: Model, views: readonly string[]): readonly string[] {
  return [...new Set(views.flatMap((view) => evidenceOf(model, view, null).map((e) => e.label)))];
}

/** Two observations of courses that cannot both have been: what they name differs. */
export class EvidenceConflict extends Refused {
  constructor(what: string, first: string, second: string) {
    super(
      `the evidence names two courses of the world: ${what} is ${first} in one observation and ${second} in another; let a view count only one of them`,
    );
    this.name = "EvidenceConflict";
  }
}

/** The one course in which all of it was seen. Throws `EvidenceConflict`. */
export function courseOf(model: Model, evidence: readonly Evidence[], set: Profile): Situation {
  const choices: Record<string, string> = {};
  const claims: Record<string, boolean> = {};
  const suppositions: string[] = [];
  for (const { intervention } of evidence) {
    for (const [choice, option] of Object.entries(intervention.choices)) {
      const known = choices[choice];
      if (known !== undefined && known !== option) throw new EvidenceConflict(`the choice '${choice}'`, known, option);
      choices[choice] = option;
    }
    for (const [claim, truth] of Object.entries(intervention.claims)) {
      const known = claims[claim];
      if (known !== undefined && known !== truth)
        throw new EvidenceConflict(`the claim '${claim}'`, `${known}`, `${truth}`);
      claims[claim] = truth;
    }
    for (const name of intervention.suppositions) if (!suppositions.includes(name)) suppositions.push(name);
  }
  const whole: Intervention = { choices, claims, suppositions };
  return situationOf(model, whole, standing(model, set));
}

export function observationOf(model: Model, evidence: Evidence): Observation {
  const { observation } = evidence;
  const none = { evidence, quiet: [], dated: [], truths: [], series: null };
  if (observation.kind === "series") {
    const { of, times, values, error, discrepancy } = observation;
    return { ...none, series: { of: times.map((t) => at(model, of, t)), times, values, error, discrepancy } };
  }
  const { preposition, time } = observation;
  const quiet: { event: string; until: number }[] = [];
  const dated: { event: string; step: number }[] = [];
  const truths: Expression[] = [];
  const step = stepOf(model, time);
  for (const { part, isWritten } of conjuncts(model, observation.condition)) {
    const absent = absentHazard(model, part);
    const present = hazardNamed(model, part);
    if (absent !== null) quiet.push({ event: absent.name, until: lastStepTo(time, model.time?.dt ?? 1, step) });
    const isDated = preposition === "at" && isWritten;
    if (present !== null && isDated && !present.repeats) dated.push({ event: present.name, step });
    else truths.push(isDated ? seenAt(model, part, time) : seenBy(model, part, time));
  }
  return { ...none, quiet, dated, truths };
}

/**
 * The whole of what was observed, true or false when a run has ended; null for a series. An event seen on a date counts where it had come by then: that it comes in just that step is
 * unlikely under any model.
 */
export function truthOf(model: Model, { evidence: { observation } }: Observation): Expression | null {
  if (observation.kind === "series") return null;
  const { condition, preposition, time } = observation;
  return seenBy(model, condition, preposition === "by" ? time : stepOf(model, time) * (model.time?.dt ?? 1));
}

/** `at` a date: of an event that it came in that step, of all else that it was so. */
function seenAt(model: Model, part: Expression, time: number): Expression {
  return part.op === "happened" && part.by === null && model.time !== null
    ? cameInStep(model, part.event, stepOf(model, time))
    : seenBy(model, part, time);
}

function stepOf(model: Model, time: number): number {
  return model.time === null ? 0 : nearestStep(time, model.time.dt, model.time.steps);
}

interface Conjunct {
  readonly part: Expression;
  /** It is written in the condition itself, not in a let: `at` a date then asks that an event came in that step, not by that date. */
  readonly isWritten: boolean;
}

/**
 * What has to be true, each by itself, for a condition to be. A let is opened where it says that an event has not come: a run can be held to that, and is then not
 * thrown away. `opened`: a let that occurs more than once is opened once.
 */
function conjuncts(model: Model, e: Expression, isWritten = true, opened = new Set<string>()): readonly Conjunct[] {
  const parts = (some: readonly Expression[], areWritten: boolean): readonly Conjunct[] =>
    some.flatMap((part) => conjuncts(model, part, areWritten, opened));
  if (e.op === "binary" && e.operator === "and") return parts([e.left, e.right], isWritten);
  const denied = e.op === "unary" && e.operator === "not" ? e.operand : null;
  if (denied?.op === "unary" && denied.operator === "not") return parts([denied.operand], false);
  if (denied?.op === "binary" && denied.operator === "or") return parts([not(denied.left), not(denied.right)], false);
  const named = denied ?? e;
  const meant = named.op === "let" ? meantBy(model, named.name) : null;
  const key = `${denied === null} ${named.op === "let" ? named.name : ""}`;
  if (meant !== null && !opened.has(key)) {
    opened.add(key);
    const within = parts([denied === null ? meant : not(meant)], false);
    if (within.some(({ part }) => absentHazard(model, part) !== null)) return within;
  }
  return [{ part: e, isWritten }];
}

function not(operand: Expression): Expression {
  return { op: "unary", operator: "not", operand };
}

/** The event of `not happened(event)` where it comes by a rate alone. */
function absentHazard(model: Model, e: Expression): Event | null {
  return e.op === "unary" && e.operator === "not" ? hazardNamed(model, e.operand) : null;
}

/** The event of `happened(event)` where it comes by a rate alone. */
function hazardNamed(model: Model, e: Expression): Event | null {
  if (e.op !== "happened" || e.by !== null) return null;
  const event = model.events.find((x) => x.name === e.event);
  return event !== undefined && event.timing.kind === "hazard" ? event : null;
}

/** Names of the unknowns that anything in a piece of a model reads. */
export function unknownsIn(piece: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (x: unknown): void => {
    if (x === null || typeof x !== "object") return;
    if ("op" in x && "name" in x && x.op === "unknown") found.add(String(x.name));
    if ("op" in x && "unknown" in x && x.op === "believed") found.add(String(x.unknown));
    for (const part of Object.values(x)) visit(part);
  };
  visit(piece);
  return found;
}
