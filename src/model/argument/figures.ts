/** Checks statements about runs, and turns each into a signed margin over figures with the margin that matters. */

import type { ExpressionNode, WithinNode } from "#language/tree.ts";
import { plainNumber } from "../units/dimension.ts";
import { binary, constant, unary } from "../lowering/fold.ts";
import { commonType, lowerConstant, requireNumber, type WrittenOperand } from "../lowering/lower-arithmetic.ts";
import { percentUnit } from "../lowering/lower-figure.ts";
import type { Lowering } from "../lowering/lowering.ts";
import type { Comparison, Figure, Unit } from "../model.ts";
import type { Bindings } from "../scope/expand.ts";
import { place, type Place } from "../scope/places.ts";
import { dimensionOf, type Type } from "../scope/typed.ts";
import { sourceLine, unitWords } from "../scope/wording.ts";

/** What differences of chances are shown in. */
const points: Unit = { label: "points", factor: 0.01, dimension: plainNumber };

type Margin = Pick<Comparison, "margin" | "threshold" | "form" | "slack" | "allowsEqual" | "unit">;

/** A statement with what stands behind it: the margin that matters, or how far it may fall short or the two lie apart. */
interface MarginStatement {
  readonly statement: ExpressionNode;
  readonly by: ExpressionNode | null;
  readonly within: WithinNode | null;
}

/** A comparison of figures; null, told, when it is none. */
export function lowerStatement(
  stated: MarginStatement,
  use: Lowering,
  bindings: Bindings = new Map(),
): Comparison | null {
  const figures: Figure[] = [];
  const where: Place = { ...place("statement", bindings), figures };
  const margin = lowerMargin(stated, where, use);
  if (margin === null) return null;
  const { statement, within } = stated;
  const span = { ...statement.span, end: Math.max(statement.span.end, within?.span.end ?? 0) };
  if (figures.length === 0) {
    use.tell("no-figure", span, {});
    return null;
  }
  return { figures, ...margin, text: sourceLine(use.scope, span) };
}

/**
 * `left > right` as left − right, `left < right` as right − left, and the threshold in the same unit. `within s` adds s to that;
 * `left within s of right` is s − |left − right|.
 */
export function lowerMargin({ statement, by, within }: MarginStatement, where: Place, use: Lowering): Margin | null {
  if (statement.kind === "missing") return null;
  const other = within?.of ?? null;
  const isComparison = statement.kind === "binary" && ["<", "<=", ">", ">="].includes(statement.operator);
  if (isComparison === (other !== null)) {
    if (isComparison) use.tell("within-of-comparison", within?.span ?? statement.span, {});
    else
      use.tell("not-a-comparison", statement.span, {
        text: sourceLine(use.scope, statement.span),
        isEquality: statement.kind === "binary" && statement.operator === "=",
      });
    return null;
  }
  if (by !== null && within !== null) {
    use.tell("by-and-within", within.span, {});
    return null;
  }
  const [first, second] =
    statement.kind === "binary" && other === null ? [statement.left, statement.right] : [statement, other];
  if (second === null) return null;
  const left: WrittenOperand = { value: use.lower(first, where), span: first.span, node: first };
  const right: WrittenOperand = { value: use.lower(second, where), span: second.span, node: second };
  const areNumbers = [requireNumber(left, use), requireNumber(right, use)];
  const type = areNumbers.includes(false) ? null : commonType(left, right, use);
  if (type === null) return null;
  const threshold = amountOf(by, type, use);
  const slack = amountOf(within?.amount ?? null, type, use);
  if (threshold === null || slack === null) return null;
  const isLess = statement.kind === "binary" && (statement.operator === "<" || statement.operator === "<=");
  const [upper, lower] = isLess && other === null ? [right, left] : [left, right];
  const difference = binary("sub", upper.value.expression, lower.value.expression);
  const unit = unitFor(type, use);
  const orEqual = statement.kind === "binary" && (statement.operator === "<=" || statement.operator === ">=");
  if (within === null)
    return { margin: difference, threshold, form: "difference", slack: 0, allowsEqual: orEqual, unit };
  const rest = { threshold: 0, slack, allowsEqual: true, unit };
  return other === null
    ? { margin: binary("add", difference, constant(slack)), form: "not worse", ...rest }
    : { margin: binary("sub", constant(slack), unary("abs", difference)), form: "close", ...rest };
}

/** An amount of a difference, 0 where none is written; null, told, when it is none. */
function amountOf(node: ExpressionNode | null, type: Type, use: Lowering): number | null {
  if (node === null) return 0;
  const amount = lowerConstant(
    node,
    dimensionOf(type) ?? plainNumber,
    place("constant"),
    use,
    unitFor(type, use).label,
  );
  if (amount === null || amount >= 0) return amount;
  use.tell("negative-margin", node.span, {});
  return null;
}

function unitFor(type: Type, use: Lowering): Unit {
  const unit = unitWords(use.scope, type);
  return unit.label === percentUnit.label && unit.factor === percentUnit.factor ? points : unit;
}

/** One figure, or arithmetic of figures, as a margin of its own: for what must lie within a range. */
export function lowerSingle(
  figure: ExpressionNode,
  use: Lowering,
  bindings: Bindings,
): { readonly comparison: Comparison; readonly type: Type } | null {
  const figures: Figure[] = [];
  const value: WrittenOperand = {
    value: use.lower(figure, { ...place("statement", bindings), figures }),
    span: figure.span,
  };
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
      form: "difference",
      slack: 0,
      allowsEqual: false,
      unit: unitWords(use.scope, type),
      text: sourceLine(use.scope, figure.span),
    },
    type,
  };
}
