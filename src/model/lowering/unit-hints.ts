/** A value in one unit where another is wanted in; what to write instead out: a figure in the right unit, or what to divide by. */

import { replaceBy, type Fix } from "#text/fix.ts";
import type { Span } from "#text/span.ts";
import { figureText, writtenFraction } from "#language/amounts.ts";
import type { ExpressionNode } from "#language/tree.ts";
import {
  describeDimension,
  isPlain,
  perTime,
  plainNumber,
  quotient,
  sameDimension,
  type Dimension,
} from "../units/dimension.ts";
import { resolveUnit } from "../units/units.ts";
import { sourceLine } from "../scope/wording.ts";
import type { Lowering } from "./lowering.ts";

interface UnitHint {
  /** The text that would do, for the message; null where none is found. */
  readonly write: string | null;
  readonly fixes: readonly Fix[];
}

const none: UnitHint = { write: null, fixes: [] };

/** `wanted` is called `label` where the modeller wrote a unit. */
export function unitHint(
  node: ExpressionNode | undefined,
  own: Dimension,
  wanted: Dimension,
  label: string | null,
  use: Lowering,
): UnitHint {
  if (node === undefined || node.kind === "missing") return none;
  const name = label ?? unitName(wanted, use);
  const surplus = quotient(own, wanted);
  if (node.kind === "number") return ofRate(node, surplus, use) ?? ofFigure(node, name, wanted, use);
  const fraction = ofFraction(node, name, wanted, use);
  if (fraction !== null) return fraction;
  const found = figuresIn(node, false).flatMap((figure) => {
    const text = inUnit(figure, surplus, use);
    return text === null ? [] : [{ span: figure.node.span, text }];
  });
  const written = sourceLine(use.scope, node.span);
  const isTight = node.kind === "name" || node.kind === "call" || node.kind === "index";
  const whole = isTight || (node.kind === "binary" && (node.operator === "*" || node.operator === "/"));
  const rest = Object.values(surplus).some((power) => power > 0)
    ? ` / 1 ${unitName(surplus, use)}`
    : ` * 1 ${isPlain(own) ? name : unitName(quotient(plainNumber, surplus), use)}`;
  const divided = `${whole ? written : `(${written})`}${rest}`;
  const [first] = found;
  return {
    write: first?.text ?? divided,
    fixes: [...found.map(({ span, text }) => replaceBy(span, text, false)), wrapped(node.span, whole, rest)],
  };
}

/** Written around what stands there, so that its own lines and comments stay. */
function wrapped(span: Span, isWhole: boolean, rest: string): Fix {
  const before = { ...span, end: span.start };
  const after = { ...span, start: span.end };
  const edits = [...(isWhole ? [] : [{ span: before, text: "(" }]), { span: after, text: isWhole ? rest : `)${rest}` }];
  return { title: `add${rest}`, edits, isSure: false };
}

/** A figure per time where an amount is wanted: times how long, since a rate that loses its time is another figure; null for any other. */
function ofRate(
  node: Extract<ExpressionNode, { readonly kind: "number" }>,
  surplus: Dimension,
  use: Lowering,
): UnitHint | null {
  if (node.unit === null || !sameDimension(surplus, perTime)) return null;
  const [, time = use.scope.units.baseTime] = /\/\s*([\p{L}_]+)$/u.exec(sourceLine(use.scope, node.unit.span)) ?? [];
  const rest = ` * 1 ${time}`;
  return { write: `${sourceLine(use.scope, node.span)}${rest}`, fixes: [wrapped(node.span, true, rest)] };
}

/** A figure takes the wanted unit; a percentage, or a figure in points, can be one per time. */
function ofFigure(
  node: Extract<ExpressionNode, { readonly kind: "number" }>,
  label: string,
  wanted: Dimension,
  use: Lowering,
): UnitHint {
  const figure = sourceLine(use.scope, node.unit === null ? node.span : { ...node.span, end: node.unit.span.start });
  const written = node.unit === null ? "" : sourceLine(use.scope, node.unit.span);
  const fraction = node.percent ? "percent" : /^(?:percent|points?|shares?)$/.test(written) ? written : null;
  if (fraction === null) {
    const text = label === "1" ? figure : `${figure} ${label.replace(/^1(?=\/)/, "number")}`;
    return { write: text, fixes: [replaceBy(node.span, text, node.unit === null)] };
  }
  const isRate = Object.keys(wanted).every((key) => key === "time");
  if (!isRate) return none;
  const per = label.replace(/^(?:1|share|number|percent|shares|numbers)(?=\/)/, "");
  if (!per.startsWith("/")) return none;
  const text = `${figure.replace(/\s*%?\s*$/, "")} ${fraction}${per}`;
  return { write: text, fixes: [replaceBy(node.span, text, true)] };
}

/** `1/2 hour` divides by two hours: half an hour is `0.5 hour`. A fraction without a unit takes the wanted one. */
function ofFraction(node: ExpressionNode, label: string, wanted: Dimension, use: Lowering): UnitHint | null {
  const fraction = writtenFraction(node);
  if (fraction === null) return null;
  const { unit } = fraction.below;
  if (unit !== null) {
    const [meant] = resolveUnit(use.scope.units, unit);
    if (meant === null || !sameDimension(meant.dimension, wanted)) return none;
  }
  const text = `${figureText(fraction.value)} ${unit === null ? label : sourceLine(use.scope, unit.span)}`;
  return { write: text, fixes: [replaceBy(node.span, text)] };
}

interface FigureIn {
  readonly node: Extract<ExpressionNode, { readonly kind: "number" }>;
  /** It stands below the line. */
  readonly isBelow: boolean;
}

/** The figures with a unit that an expression is multiplied or divided by. */
function figuresIn(node: ExpressionNode, isBelow: boolean): readonly FigureIn[] {
  if (node.kind === "number") return node.percent || node.unit === null ? [] : [{ node, isBelow }];
  if (node.kind === "unary" && node.operator === "-") return figuresIn(node.operand, isBelow);
  if (node.kind !== "binary" || (node.operator !== "*" && node.operator !== "/")) return [];
  return [...figuresIn(node.left, isBelow), ...figuresIn(node.right, node.operator === "/" ? !isBelow : isBelow)];
}

/** A figure whose unit takes in what is too much: `6 usd` of people times usd is `6 usd/person`. */
function inUnit({ node, isBelow }: FigureIn, surplus: Dimension, use: Lowering): string | null {
  if (node.unit === null || isPlain(surplus)) return null;
  const [unit] = resolveUnit(use.scope.units, node.unit);
  if (unit === null) return null;
  const written = sourceLine(use.scope, node.unit.span);
  const figure = sourceLine(use.scope, { ...node.span, end: node.unit.span.start });
  const powers = Object.entries(surplus).map(([key, power]) => [key, isBelow ? power : -power] as const);
  const parts = powers.map(([key, power]) => {
    const name = key === "time" ? use.scope.units.baseTime : key === "people" ? "person" : key;
    return `${power < 0 ? "/" : "*"}${name}${Math.abs(power) === 1 ? "" : `^${Math.abs(power)}`}`;
  });
  if (powers.some(([, power]) => !Number.isInteger(power))) return null;
  return `${figure} ${written}${parts.join("")}`;
}

/** As one writes it after a number: `person/day`; a bare power below the line begins with `number`. */
function unitName(dimension: Dimension, use: Lowering): string {
  return describeDimension(dimension, use.scope.units.baseTime)
    .replace(/^1(?=\/)/, "number")
    .replaceAll(/\bpeople\b/g, "person");
}
