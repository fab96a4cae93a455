/** What a lowered expression is: a number of some dimension, a truth value, the name of one of several things, or a mistake already told. */

import { sameDimension, type Dimension } from "../units/dimension.ts";
import type { Expression } from "../expression.ts";
import type { Unit } from "../model.ts";

export type Type =
  /** `unit` is how the modeller would write it; null where nobody has. */
  | { readonly kind: "number"; readonly dimension: Dimension; readonly unit: Unit | null }
  | { readonly kind: "truth" }
  /** The value is a place in `words`. */
  | { readonly kind: "category"; readonly words: readonly string[] }
  /** A bare 0, which fits every unit. */
  | { readonly kind: "zero" }
  /** Something is wrong below and has been told; nothing more is said about it. */
  | { readonly kind: "mistaken" };

export interface Typed {
  readonly expression: Expression;
  readonly type: Type;
}

export const truthType: Type = { kind: "truth" };

/** Stands where an expression could not be made; no model is built from it. */
export const mistaken: Typed = { expression: { op: "const", value: 0 }, type: { kind: "mistaken" } };

export function numberType(dimension: Dimension, unit: Unit | null = null): Type {
  return { kind: "number", dimension, unit };
}

export function inUnit(unit: Unit): Type {
  return { kind: "number", dimension: unit.dimension, unit };
}

/** The dimension a type counts as in arithmetic: truth values are plain numbers. Null for what has none, and for a bare 0. */
export function dimensionOf(type: Type): Dimension | null {
  switch (type.kind) {
    case "number":
      return type.dimension;
    case "truth":
      return {};
    case "category":
    case "zero":
    case "mistaken":
      return null;
  }
}

/** True when a value of `type` may stand where `dimension` is wanted, or when that has been judged already. */
export function fitsDimension(type: Type, dimension: Dimension): boolean {
  if (type.kind === "zero" || type.kind === "mistaken") return true;
  const own = dimensionOf(type);
  return own !== null && sameDimension(own, dimension);
}
