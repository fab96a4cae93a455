/** Checks evidence and forecasts: what has been observed since, and what was predicted. */

import type { EvidenceNode, ForecastNode } from "#language/tree.ts";
import { describeTime, exists, isoDate, lastDayOf, shortNumber, statedDate } from "../units/calendar.ts";
import { lowerCredenceValue } from "./credences.ts";
import { plainNumber, timeDimension } from "../units/dimension.ts";
import type { DeclaredEntry } from "../scope/expand.ts";
import { constantOf } from "../lowering/fold.ts";
import { checkHorizon, stepAt } from "../lowering/horizon.ts";
import { lowerDone } from "./interventions.ts";
import { lowerConstant, lowerIn, lowerTruth, requireNumber } from "../lowering/lower-arithmetic.ts";
import type { Lowering } from "../lowering/lowering.ts";
import { walk, type Expression } from "../expression.ts";
import type { Evidence, Forecast } from "../model.ts";
import { checkNamed } from "../lowering/named.ts";
import { ofKind } from "../scope/names.ts";
import { place } from "../scope/places.ts";
import { declaredOf, lowerProvenance } from "../world/quantities.ts";
import { dimensionOf } from "../scope/typed.ts";
import { sourceLine } from "../scope/wording.ts";

export function lowerEvidence(use: Lowering): readonly Evidence[] {
  return ofKind(use.scope.names, "evidence").flatMap((entry) => {
    const { node } = entry;
    const observation = lowerObservation(node.observation, use);
    const intervention = lowerDone(node.if, place("statement"), use);
    if (observation === null || intervention === null) return [];
    const of = node.observation.kind === "observed" ? node.observation.condition : node.observation.of;
    const provenance = lowerProvenance(node.provenance);
    return [{ ...declaredOf(entry), observation, intervention, provenance, text: sourceLine(use.scope, of.span) }];
  });
}

function lowerObservation(node: EvidenceNode["observation"], use: Lowering): Evidence["observation"] | null {
  if (node.kind === "observed") {
    const time = lowerConstant(node.date, timeDimension, place("constant"), use, "a date");
    const condition = lowerTruth(node.condition, place("run"), use);
    if (time === null || condition === null || !checkHorizon("the date of the evidence", time, node.date.span, use))
      return null;
    if (node.preposition === "at" || readsSteps(condition))
      stepAt("the date of the evidence", time, node.date.span, use);
    return { kind: "observed", preposition: node.preposition, time, condition };
  }
  const value = { value: use.lower(node.of, place("run")), span: node.of.span };
  if (!requireNumber(value, use)) return null;
  const dimension = dimensionOf(value.value.type) ?? plainNumber;
  const error = lowerIn(node.error, dimension, place("belief"), use);
  const discrepancy = lowerIn(node.discrepancy, dimension, place("belief"), use);
  const times: number[] = [];
  const values: number[] = [];
  for (const point of node.points) {
    const time = lowerConstant(point.x, timeDimension, place("constant"), use, "a date");
    const seen = lowerConstant(point.y, dimension, place("constant"), use);
    if (time === null || seen === null || !checkHorizon("the date of a point", time, point.x.span, use)) return null;
    stepAt("the date of a point", time, point.x.span, use);
    if (!(time > (times.at(-1) ?? -Infinity))) use.tell("series-order", point.x.span, {});
    times.push(time);
    values.push(seen);
  }
  if (error === null || discrepancy === null) return null;
  for (const [e, at, what, least] of [
    [error, node.error, "the error of a series", 0],
    [discrepancy, node.discrepancy, "the discrepancy of a series", -1e-300],
  ] as const) {
    const known = constantOf(e);
    if (known !== null && !(known > least)) {
      const wanted = least === 0 ? "above 0" : "0 or above";
      use.tell("bad-parameter", at.span, { what, wanted, found: shortNumber(known) });
      return null;
    }
  }
  return { kind: "series", of: value.value.expression, error, discrepancy, times, values };
}

export function lowerForecasts(use: Lowering): readonly Forecast[] {
  return ofKind(use.scope.names, "forecast").flatMap((entry) => lowerForecast(entry, use) ?? []);
}

function lowerForecast(entry: DeclaredEntry<ForecastNode>, use: Lowering): Forecast | null {
  const { node } = entry;
  const of = checkNamed(node.of, "claim", use);
  const by = lowerConstant(node.by, timeDimension, place("constant"), use, "a date");
  const condition = lowerTruth(node.condition, place("run"), use);
  const reading = node.reading === null ? null : lowerCredenceValue(node.reading, use);
  const resolvedOn = statedDate(node.state?.on ?? null);
  const intervention = lowerDone(node.if, place("statement"), use);
  checkState(node.state, use);
  if (
    of === null ||
    by === null ||
    condition === null ||
    intervention === null ||
    (node.reading !== null && reading === null)
  )
    return null;
  if (!checkHorizon("the date of the forecast", by, node.by.span, use)) return null;
  if (readsSteps(condition)) stepAt("the date of the forecast", by, node.by.span, use);
  checkSettled(node.state, by, condition, use);
  return {
    ...declaredOf(entry),
    of,
    by,
    condition,
    reading: reading?.credence ?? null,
    intervention,
    state: node.state?.name ?? "open",
    resolvedOn,
    reason: node.state?.reason?.text ?? null,
    provenance: lowerProvenance(node.provenance),
    text: sourceLine(use.scope, node.condition.span),
  };
}

/** What was settled says when; what is not to be scored says why. */
function checkState(state: ForecastNode["state"], use: Lowering): void {
  if (state === null || state.name === "open") return;
  if (state.name === "came true" || state.name === "came false") {
    if (state.on === null) use.tell("settled-without-date", state.span, { state: state.name });
  } else if (state.reason === null) use.tell("state-without-reason", state.span, { state: state.name });
}

/** Whether a condition reads what is known only at the steps: events have times of their own. */
function readsSteps(condition: Expression): boolean {
  let reads = false;
  walk(condition, (e) => {
    if (["stock", "let", "delay", "latch", "shock", "time", "stepTime", "count", "since"].includes(e.op)) reads = true;
  });
  return reads;
}

/**
 * A forecast does not come true after its date, nor false before it, unless what it rules out has happened. A month stands for every day in it.
 */
function checkSettled(state: ForecastNode["state"], by: number, condition: Expression, use: Lowering): void {
  const { clock } = use.scope;
  if (state === null || state.on === null || !exists(state.on) || clock === null || clock.start === null) return;
  if (state.name !== "came true" && state.name !== "came false") return;
  const due = describeTime(clock, by);
  const on = sourceLine(use.scope, state.on.span);
  const isMonth = /^\d{4}-\d{2}$/.test(on);
  const [first, last] = [isoDate(state.on), isoDate(isMonth ? lastDayOf(state.on) : state.on)];
  if (state.name === "came true" && first > due) use.tell("settled-too-late", state.span, { on, by: due });
  if (state.name === "came false" && last < due && !canFailEarly(condition))
    use.tell("settled-too-early", state.span, { on, by: due });
}

/** Whether a condition can be lost for good before its date: it says of something that it has not happened. */
function canFailEarly(e: Expression): boolean {
  if (e.op === "unary" && e.operator === "not") return canSettleEarly(e.operand);
  if (e.op !== "binary") return false;
  if (e.operator === "and") return canFailEarly(e.left) || canFailEarly(e.right);
  if (e.operator === "or") return canFailEarly(e.left) && canFailEarly(e.right);
  return e.left.op === "count" && ["lt", "le", "eq"].includes(e.operator);
}

/** Whether it can be won for good: it says of something that it has happened. */
function canSettleEarly(e: Expression): boolean {
  if (e.op === "happened") return true;
  if (e.op === "unary" && e.operator === "not") return canFailEarly(e.operand);
  if (e.op !== "binary") return false;
  if (e.operator === "and") return canSettleEarly(e.left) && canSettleEarly(e.right);
  if (e.operator === "or") return canSettleEarly(e.left) || canSettleEarly(e.right);
  return e.left.op === "count" && ["gt", "ge"].includes(e.operator);
}
