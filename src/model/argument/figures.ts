/** Statements about runs in: a comparison of figures with the margin that matters. A signed margin over figures out. */

import type { ExpressionNode } from "#language/tree.ts";
import { plain } from "../units/dimension.ts";
import type { Expression } from "../expression.ts";
import { binary } from "../lowering/fold.ts";
import { commonType, lowerConstant, requireNumber, type Written } from "../lowering/lower-arithmetic.ts";
import { percentUnit } from "../lowering/lower-figure.ts";
import type { Lowering } from "../lowering/lowering.ts";
import type { Comparison, Figure, Unit } from "../model.ts";
import { place, type Place } from "../scope/places.ts";
import { dimensionOf, type Type } from "../scope/typed.ts";
import { textOf, unitOf } from "../scope/wording.ts";

/** What differences of chances are shown in. */
const points: Unit = { label: "points", factor: 0.01, dimension: plain };

export interface Margin {
  readonly margin: Expression;
  readonly threshold: number;
  readonly unit: Unit;
}

/** A comparison of figures; null, told, when it is none. */
export function lowerComparison(
  statement: ExpressionNode,
  by: ExpressionNode | null,
  use: Lowering,
): Comparison | null {
  const figures: Figure[] = [];
  const where: Place = { ...place("statement"), figures };
  const margin = lowerMargin(statement, by, where, use);
  if (margin === null) return null;
  if (figures.length === 0) {
    use.tell("no-figure", statement.span, {});
    return null;
  }
  return { figures, ...margin, text: textOf(use.scope, statement.span) };
}

/** `left > right` as left − right, `left < right` as right − left, and the threshold in the same unit. */
export function lowerMargin(
  statement: ExpressionNode,
  by: ExpressionNode | null,
  where: Place,
  use: Lowering,
): Margin | null {
  if (statement.kind === "missing") return null;
  const isComparison = statement.kind === "binary" && ["<", "<=", ">", ">="].includes(statement.operator);
  if (!isComparison) {
    use.tell("not-a-comparison", statement.span, { text: textOf(use.scope, statement.span) });
    return null;
  }
  const left: Written = { value: use.lower(statement.left, where), span: statement.left.span };
  const right: Written = { value: use.lower(statement.right, where), span: statement.right.span };
  const areNumbers = [requireNumber(left, use), requireNumber(right, use)];
  const type = areNumbers.includes(false) ? null : commonType(left, right, use);
  if (type === null) return null;
  const isMore = statement.operator === ">" || statement.operator === ">=";
  const [upper, lower] = isMore ? [left, right] : [right, left];
  const threshold = by === null ? 0 : lowerConstant(by, dimensionOf(type) ?? plain, place("constant"), use);
  if (threshold === null) return null;
  if (threshold < 0) {
    use.tell("negative-margin", by?.span ?? statement.span, {});
    return null;
  }
  return { margin: binary("sub", upper.value.expression, lower.value.expression), threshold, unit: unitFor(type, use) };
}

function unitFor(type: Type, use: Lowering): Unit {
  const unit = unitOf(use.scope, type);
  return unit.label === percentUnit.label && unit.factor === percentUnit.factor ? points : unit;
}

/** One figure, or arithmetic of figures, as a margin of its own: for what must lie within a range. */
export function lowerSingle(
  figure: ExpressionNode,
  use: Lowering,
): { readonly comparison: Comparison; readonly type: Type } | null {
  const figures: Figure[] = [];
  const value: Written = { value: use.lower(figure, { ...place("statement"), figures }), span: figure.span };
  if (!requireNumber(value, use)) return null;
  if (figures.length === 0) {
    use.tell("no-figure", figure.span, {});
    return null;
  }
  const { type, expression } = value.value;
  return {
    comparison: {
      figures,
      margin: expression,
      threshold: 0,
      unit: unitOf(use.scope, type),
      text: textOf(use.scope, figure.span),
    },
    type,
  };
}
