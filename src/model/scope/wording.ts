/** The names that messages use for places in the text and for types. */

import type { Span } from "#text/span.ts";
import { isPlain } from "../units/dimension.ts";
import type { Scope } from "../lowering/lowering.ts";
import type { Type } from "./typed.ts";
import { composedUnit } from "../units/units.ts";
import type { Unit } from "../model.ts";

/** The text of a span as written, on one line, without comments. */
export function sourceLine(scope: Scope, span: Span): string {
  const text = scope.texts.get(span.document)?.slice(span.start, span.end) ?? "";
  return text
    .replaceAll(/\/\/[^\n\r]*/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** The same, cut short for a message. */
export function shortText(scope: Scope, span: Span): string {
  const text = sourceLine(scope, span);
  return text.length <= 40 ? text : `${text.slice(0, 37)}…`;
}

/** `people/month`, `a plain number`, `true or false`. */
function unitText(scope: Scope, type: Type): string {
  switch (type.kind) {
    case "number":
      return unitLabel(type.unit ?? composedUnit(scope.units, type.dimension));
    case "truth":
      return "true or false";
    case "category":
      return `one of ${type.words.join(", ")}`;
    case "zero":
      return "zero";
    case "mistaken":
      return "not known";
  }
}

function unitLabel(unit: Unit): string {
  return isPlain(unit.dimension) && unit.label === "1" ? "a plain number" : unit.label;
}

/** `is in people`, `is a plain number`. */
export function isIn(scope: Scope, type: Type): string {
  const unit = unitText(scope, type);
  return type.kind === "number" && unit !== "a plain number" ? `is in ${unit}` : `is ${unit}`;
}

/** The unit a figure of this type is shown in. */
export function unitWords(scope: Scope, type: Type): Unit {
  if (type.kind !== "number") return composedUnit(scope.units, {});
  return type.unit ?? composedUnit(scope.units, type.dimension);
}
