/** What has been observed since, and what was predicted, of the tree in; evidence and forecasts of the model out. */

import type { EvidenceNode, ForecastNode } from "#language/tree.ts";
import { shortNumber, statedDate } from "../units/calendar.ts";
import { credenceOf } from "./credences.ts";
import { plain, timeDimension } from "../units/dimension.ts";
import type { Entry } from "../scope/expand.ts";
import { constantOf } from "../lowering/fold.ts";
import { checkHorizon } from "../lowering/horizon.ts";
import { lowerIntervention, noIntervention } from "./interventions.ts";
import { lowerConstant, lowerIn, lowerTruth, requireNumber } from "../lowering/lower-arithmetic.ts";
import type { Lowering } from "../lowering/lowering.ts";
import type { Evidence, Forecast } from "../model.ts";
import { checkNamed } from "../lowering/named.ts";
import { ofKind } from "../scope/names.ts";
import { place } from "../scope/places.ts";
import { declaredOf, provenanceOf } from "../world/quantities.ts";
import { dimensionOf } from "../scope/typed.ts";
import { textOf } from "../scope/wording.ts";

export function lowerEvidence(use: Lowering): readonly Evidence[] {
  return ofKind(use.scope.names, "evidence").flatMap((entry) => {
    const { node } = entry;
    const observation = lowerObservation(node.observation, use);
    const intervention = node.if === null ? noIntervention : lowerIntervention(node.if, place("statement"), use);
    if (observation === null || intervention === null) return [];
    const of = node.observation.kind === "observed" ? node.observation.condition : node.observation.of;
    const provenance = provenanceOf(node.provenance);
    return [{ ...declaredOf(entry), observation, intervention, provenance, text: textOf(use.scope, of.span) }];
  });
}

function lowerObservation(node: EvidenceNode["observation"], use: Lowering): Evidence["observation"] | null {
  if (node.kind === "observed") {
    const time = lowerConstant(node.date, timeDimension, place("constant"), use, "a date");
    const condition = lowerTruth(node.condition, place("run"), use);
    if (time === null || condition === null || !checkHorizon("the date of the evidence", time, node.date.span, use))
      return null;
    return { kind: "observed", preposition: node.preposition, time, condition };
  }
  const value = { value: use.lower(node.of, place("run")), span: node.of.span };
  if (!requireNumber(value, use)) return null;
  const dimension = dimensionOf(value.value.type) ?? plain;
  const error = lowerIn(node.error, dimension, place("belief"), use);
  const discrepancy = lowerIn(node.discrepancy, dimension, place("belief"), use);
  const times: number[] = [];
  const values: number[] = [];
  for (const point of node.points) {
    const time = lowerConstant(point.x, timeDimension, place("constant"), use, "a date");
    const seen = lowerConstant(point.y, dimension, place("constant"), use);
    if (time === null || seen === null || !checkHorizon("the date of a point", time, point.x.span, use)) return null;
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

function lowerForecast(entry: Entry<ForecastNode>, use: Lowering): Forecast | null {
  const { node } = entry;
  const of = checkNamed(node.of, "claim", use);
  const by = lowerConstant(node.by, timeDimension, place("constant"), use, "a date");
  const condition = lowerTruth(node.condition, place("run"), use);
  const reading = node.reading === null ? null : credenceOf(node.reading, use);
  const resolvedOn = statedDate(node.state?.on ?? null);
  const intervention = node.if === null ? noIntervention : lowerIntervention(node.if, place("statement"), use);
  if (
    of === null ||
    by === null ||
    condition === null ||
    intervention === null ||
    (node.reading !== null && reading === null)
  )
    return null;
  if (!checkHorizon("the date of the forecast", by, node.by.span, use)) return null;
  checkState(node.state, use);
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
    provenance: provenanceOf(node.provenance),
    text: textOf(use.scope, node.condition.span),
  };
}

/** What was settled says when; what is not to be scored says why. */
function checkState(state: ForecastNode["state"], use: Lowering): void {
  if (state === null || state.name === "open") return;
  if (state.name === "came true" || state.name === "came false") {
    if (state.on === null) use.tell("settled-without-date", state.span, { state: state.name });
  } else if (state.reason === null) use.tell("state-without-reason", state.span, { state: state.name });
}
