/** Decides how a conclusion is drawn: as chances over time, as levels over time, or as rows of dots; and what is compared in it. */

import { standing } from "#ensemble/profiles.ts";
import { situationOf, type Situation } from "#ensemble/situation.ts";
import type { Expression } from "#model/expression.ts";
import type { Figure, Model } from "#model/model.ts";
import { timedTruth } from "./truth.ts";

type LeadShape =
  /** Chances that rise or fall with time, up to `end`. */
  | { readonly kind: "curves"; readonly end: number }
  /** A stock or let over time: its middle run and the range of most. */
  | { readonly kind: "bands"; readonly series: string; readonly of: "stock" | "let" }
  /** A hundred runs for each, as dots in order of size. */
  | { readonly kind: "dots" };

/** One of the things compared. */
export interface LeadSide {
  readonly figure: Figure;
  readonly situation: Situation;
}

export interface LeadPlan {
  readonly conclusion: string;
  readonly shape: LeadShape;
  readonly sides: readonly LeadSide[];
  /** The constant that a single figure is held against, in base units, and on which side of it the figure is claimed to lie. */
  readonly line: { readonly value: number; readonly claimed: "over" | "under" } | null;
  /** Exactly two figures, and their difference is what is judged. */
  readonly isGap: boolean;
}

/** More curves than this no eye tells apart. */
const mostSides = 4;

/** Null for a conclusion that the model does not have. */
export function leadPlanOf(model: Model, conclusion: string): LeadPlan | null {
  const found = model.conclusions.find((c) => c.name === conclusion);
  if (found === undefined) return null;
  const { comparison } = found;
  const stand = standing(model, {});
  const sides = comparison.figures
    .slice(0, mostSides)
    .map((figure) => ({ figure, situation: situationOf(model, figure.intervention, stand) }));
  return {
    conclusion,
    shape: shapeOf(model, sides),
    sides,
    line: comparison.figures.length === 1 ? lineIn(comparison.margin) : null,
    isGap: comparison.figures.length === 2 && isDifference(comparison.margin),
  };
}

function shapeOf(model: Model, sides: readonly LeadSide[]): LeadShape {
  const { time } = model;
  if (time === null) return { kind: "dots" };
  const truths = sides.map(({ figure }) => (figure.statistic === "chance" ? timedTruth(model, figure.of) : null));
  const [first] = truths;
  if (first !== undefined && truths.every((t) => t !== null && t.events.length > 0)) {
    const ends = truths.map((t) => t?.end ?? time.steps * time.dt);
    return { kind: "curves", end: Math.min(time.steps * time.dt, Math.max(...ends)) };
  }
  const levels = sides.map(({ figure }) => (figure.statistic === "chance" ? null : levelIn(model, figure.of)));
  const [level] = levels;
  const isOne = levels.every((l) => l !== null && l.name === level?.name && l.op === level.op);
  if (level !== undefined && level !== null && isOne && sides.every((s) => s.figure.given === null))
    return { kind: "bands", series: level.name, of: level.op };
  return { kind: "dots" };
}

/** The stock or let whose last, greatest, least or mean value it is; null where it is made of more. */
function levelIn(model: Model, e: Expression): { readonly op: "stock" | "let"; readonly name: string } | null {
  if (e.op === "outcome") {
    const outcome = model.outcomes.find((o) => o.name === e.name);
    return outcome === undefined ? null : levelIn(model, outcome.value);
  }
  if (e.op !== "over" || e.statistic === "total") return null;
  return e.of.op === "stock" || e.of.op === "let" ? { op: e.of.op, name: e.of.name } : null;
}

function lineIn(margin: Expression): LeadPlan["line"] {
  if (margin.op !== "binary" || margin.operator !== "sub") return null;
  if (margin.left.op === "figure" && margin.right.op === "const") return { value: margin.right.value, claimed: "over" };
  return margin.right.op === "figure" && margin.left.op === "const"
    ? { value: margin.left.value, claimed: "under" }
    : null;
}

function isDifference(margin: Expression): boolean {
  if (margin.op !== "binary") return false;
  const { operator, left, right } = margin;
  if (operator === "sub") return left.op === "figure" && right.op === "figure";
  // `within` adds the amount by which it may fall short.
  return operator === "add" && right.op === "const" && isDifference(left);
}
