/** Lowers distributions to base units, and reports what cannot be a distribution. */

import { replaceBy, type Fix } from "#text/fix.ts";
import type { DistributionNode, ExpressionNode, RangeNode } from "#language/tree.ts";
import { shortNumber } from "../units/calendar.ts";
import { isPlain, plainNumber } from "../units/dimension.ts";
import type { Expression } from "../expression.ts";
import { constant, constantOf } from "./fold.ts";
import { lowerIn } from "./lower-arithmetic.ts";
import type { Lowering } from "./lowering.ts";
import type { Distribution, RecordFigure, Unit } from "../model.ts";
import { checkNamed } from "./named.ts";
import { place, type Place } from "../scope/places.ts";
import { inBaseUnits, resolveUnit } from "../units/units.ts";
import { sourceLine } from "../scope/wording.ts";

type FamilyNode = Extract<DistributionNode, { readonly kind: "family" }>;
type IntervalNode = Extract<DistributionNode, { readonly kind: "interval" }>;
type IntervalFamily = Extract<Distribution, { readonly kind: "interval" }>["family"];

const usages: Readonly<Record<string, string>> = {
  normal: "normal(mean, sd)",
  lognormal: "lognormal(median, sigma)",
  logitnormal: "logitnormal(median, sigma)",
  beta: "beta(a, b)",
  uniform: "uniform(low, high)",
  triangular: "triangular(low, mode, high)",
  gamma: "gamma(shape, scale)",
  exponential: "exponential(mean)",
  bernoulli: "bernoulli(chance)",
  constant: "constant(value)",
};

/** A distribution of a quantity in `unit`; bare numbers in it are in that unit. Null, told, where it is none. */
export function lowerDistribution(
  node: DistributionNode,
  unit: Unit,
  where: Place,
  use: Lowering,
): Distribution | null {
  switch (node.kind) {
    case "missing":
      return null;
    case "family":
      return lowerFamily(node, unit, where, use);
    case "interval":
      return lowerInterval(node, unit, where, use);
    case "discrete":
      return lowerDiscrete(node, unit, where, use);
    case "record":
      return lowerPosterior(node, unit, where, use);
    case "truncated":
      return lowerTruncated(node.of, node.range, unit, where, use);
  }
}

/** A parameter in the quantity's own dimension: a bare number counts in the declared unit. */
function quantity(node: ExpressionNode, unit: Unit, where: Place, use: Lowering): Expression | null {
  const isNegative = node.kind === "unary" && node.operator === "-";
  const literal = isNegative ? node.operand : node;
  if (literal.kind === "number" && literal.unit === null && !literal.percent) {
    const value = inBaseUnits(literal.value, unit.factor);
    return constant(isNegative ? -value : value);
  }
  return lowerIn(node, unit.dimension, where, use, isPlain(unit.dimension) ? undefined : unit.label);
}

function lowerFamily(node: FamilyNode, unit: Unit, where: Place, use: Lowering): Distribution | null {
  const family = node.family.text;
  const usage = usages[family] ?? family;
  const wanted = usage.split(",").length;
  if (node.parameters.length !== wanted) {
    use.tell("wrong-arguments", node.span, { name: family, usage, found: node.parameters.length });
    return null;
  }
  const [a, b, c] = node.parameters;
  const own = (n: ExpressionNode | undefined): Expression | null =>
    n === undefined ? null : quantity(n, unit, where, use);
  const pure = (n: ExpressionNode | undefined): Expression | null =>
    n === undefined ? null : lowerIn(n, plainNumber, where, use);
  const must = (
    n: ExpressionNode | undefined,
    e: Expression,
    what: string,
    wantedText: string,
    isFine: (x: number) => boolean,
  ): boolean => inspect({ node: n ?? node.parameters[0], e, what, wanted: wantedText, isFine, use });
  if (["beta", "logitnormal", "bernoulli"].includes(family) && !isPlain(unit.dimension)) {
    use.tell("share-family", node.span, { family, unit: unit.label });
    return null;
  }
  switch (family) {
    case "constant": {
      const value = own(a);
      return value === null ? null : { kind: "constant", value };
    }
    case "normal": {
      const mean = own(a),
        sd = own(b);
      return mean !== null && sd !== null && must(b, sd, "the standard deviation", "above 0", (x) => x > 0)
        ? { kind: "normal", mean, sd }
        : null;
    }
    case "lognormal": {
      const median = own(a),
        sigma = pure(b);
      if (median === null || sigma === null) return null;
      const isFine = [
        must(a, median, "the median", "above 0", (x) => x > 0),
        must(b, sigma, "sigma", "above 0", (x) => x > 0),
      ];
      return isFine.includes(false) ? null : { kind: "lognormal", median, sigma };
    }
    case "logitnormal": {
      const median = own(a),
        sigma = pure(b);
      if (median === null || sigma === null) return null;
      const isFine = [
        must(a, median, "the median", "above 0 and below 1", (x) => x > 0 && x < 1),
        must(b, sigma, "sigma", "above 0", (x) => x > 0),
      ];
      return isFine.includes(false) ? null : { kind: "logitnormal", median, sigma };
    }
    case "beta": {
      const first = pure(a),
        second = pure(b);
      if (first === null || second === null) return null;
      const isFine = [must(a, first, "a", "above 0", (x) => x > 0), must(b, second, "b", "above 0", (x) => x > 0)];
      return isFine.includes(false) ? null : { kind: "beta", a: first, b: second };
    }
    case "uniform": {
      const low = own(a),
        high = own(b);
      return low !== null && high !== null && ordered(node, low, high, true, use)
        ? { kind: "uniform", low, high }
        : null;
    }
    case "triangular": {
      const low = own(a),
        mode = own(b),
        high = own(c);
      if (low === null || mode === null || high === null) return null;
      return ordered(node, low, mode, false, use) &&
        ordered(node, mode, high, false, use) &&
        ordered(node, low, high, true, use)
        ? { kind: "triangular", low, mode, high }
        : null;
    }
    case "gamma": {
      const shape = pure(a),
        scale = own(b);
      if (shape === null || scale === null) return null;
      const isFine = [
        must(a, shape, "the shape", "above 0", (x) => x > 0),
        must(b, scale, "the scale", "above 0", (x) => x > 0),
      ];
      return isFine.includes(false) ? null : { kind: "gamma", shape, scale };
    }
    case "exponential": {
      const mean = own(a);
      return mean !== null && must(a, mean, "the mean", "above 0", (x) => x > 0) ? { kind: "exponential", mean } : null;
    }
    case "bernoulli": {
      const chance = own(a);
      return chance !== null && must(a, chance, "the chance", "from 0 to 1", isChance)
        ? { kind: "bernoulli", chance }
        : null;
    }
    default:
      return null;
  }
}

function isChance(x: number): boolean {
  return x >= 0 && x <= 1;
}

interface InspectInput {
  readonly node: ExpressionNode | undefined;
  readonly e: Expression;
  readonly what: string;
  readonly wanted: string;
  readonly isFine: (x: number) => boolean;
  readonly use: Lowering;
}

/** Tells when a parameter that is known now cannot be right. */
function inspect({ node, e, what, wanted, isFine, use }: InspectInput): boolean {
  const value = constantsIn(e).find((x) => !isFine(x));
  if (value === undefined || node === undefined) return true;
  // Six digits of a figure that is wrong by less than that would look right.
  const short = shortNumber(value);
  use.tell("bad-parameter", node.span, { what, wanted, found: isFine(Number(short)) ? String(value) : short });
  return false;
}

/** The values that an expression takes as claims fall, as far as they are known now. */
function constantsIn(e: Expression): readonly number[] {
  if (e.op === "if") return [...constantsIn(e.then), ...constantsIn(e.else)];
  const value = constantOf(e);
  return value === null ? [] : [value];
}

function ordered(node: DistributionNode, low: Expression, high: Expression, strictly: boolean, use: Lowering): boolean {
  const a = constantOf(low),
    b = constantOf(high);
  if (a === null || b === null || a < b || (!strictly && a === b)) return true;
  const fixes = node.kind === "interval" && a > b ? [swapped(node, use)] : [];
  use.tell("bad-interval", node.span, { low: shortNumber(a), high: shortNumber(b) }, [], fixes);
  return false;
}

/** The ends the other way round; which of them is wrong, only the writer knows. */
function swapped({ low, high }: IntervalNode, use: Lowering): Fix {
  const [a, b] = [sourceLine(use.scope, low.span), sourceLine(use.scope, high.span)];
  const edits = [
    { span: low.span, text: b },
    { span: high.span, text: a },
  ];
  return { title: `write ${b} to ${a}`, edits, isSure: false };
}

function lowerInterval(node: IntervalNode, unit: Unit, where: Place, use: Lowering): Distribution | null {
  if (isInTwoUnits(node, unit, use)) return null;
  const low = quantity(node.low, unit, where, use);
  const high = quantity(node.high, unit, where, use);
  if (low === null || high === null || !ordered(node, low, high, true, use)) return null;
  const a = constantOf(low),
    b = constantOf(high);
  const written = node.family?.text ?? null;
  if (written !== null && written !== "normal" && written !== "lognormal" && written !== "logitnormal") {
    use.tell("interval-family", node.span, { family: written });
    return null;
  }
  const isShare = isPlain(unit.dimension) && /^(shares?|percent)$/.test(unit.label);
  const family: IntervalFamily = written ?? (isShare ? "logitnormal" : a !== null && a > 0 ? "lognormal" : "normal");
  const ends = [a, b].filter((x) => x !== null);
  if (family === "logitnormal" && ends.some((x) => !(x > 0 && x < 1))) {
    const signed = inPercent(node);
    const instead = "beta(a, b), uniform(low, high), or normal(low to high) within 0..1";
    const parts = { what: "a share", least: "above 0 and below 1", instead: signed?.written ?? instead };
    const isWithin = ends.every((x) => x >= 0 && x <= 1);
    const even = `uniform(${sourceLine(use.scope, node.low.span)}, ${sourceLine(use.scope, node.high.span)})`;
    use.tell(
      "interval-ends",
      node.span,
      parts,
      [],
      signed?.fixes ?? (isWithin ? [replaceBy(node.span, even, false)] : []),
    );
    return null;
  }
  if (family === "lognormal" && ends.some((x) => !(x > 0))) {
    use.tell("interval-ends", node.span, {
      what: "a lognormal quantity",
      least: "above 0",
      instead: "normal(low to high)",
    });
    return null;
  }
  return { kind: "interval", family, low, high };
}

/** `20 to 50` of a share, which can only be per cent: how it is written, and the signs to add; null for all else. */
/** Whether the lower end, a bare number, would be in the declared unit and the upper one in another: `: month … ~ 1 to 3 years` could mean either, so it is reported. */
function isInTwoUnits({ low, high, span }: IntervalNode, unit: Unit, use: Lowering): boolean {
  if (low.kind !== "number" || low.unit !== null || low.percent || low.value === 0) return false;
  if (high.kind !== "number" || high.unit === null) return false;
  const [own] = resolveUnit(use.scope.units, high.unit);
  if (own === null || own.factor === unit.factor) return false;
  const [from, to] = [low, high].map((end) => sourceLine(use.scope, end.span));
  const inOwn = `${from} ${sourceLine(use.scope, high.unit.span)}`;
  use.tell("interval-form", span, { written: `${inOwn} to ${to}` }, [], [replaceBy(low.span, inOwn, false)]);
  return true;
}

function inPercent({
  low,
  high,
}: Pick<IntervalNode, "low" | "high">): { readonly written: string; readonly fixes: readonly Fix[] } | null {
  const ends = [low, high].map((e) => (e.kind === "number" && !e.percent && e.unit === null ? e.value : null));
  const [a, b] = ends;
  if (a === null || b === null || a === undefined || b === undefined || a < 1 || b >= 100) return null;
  const edits = [low, high].map(({ span }) => ({ span: { ...span, start: span.end }, text: "%" }));
  const written = `${a}% to ${b}%`;
  return { written, fixes: [{ title: `write ${written}`, edits, isSure: true }] };
}

function lowerDiscrete(
  node: Extract<DistributionNode, { readonly kind: "discrete" }>,
  unit: Unit,
  where: Place,
  use: Lowering,
): Distribution | null {
  const values = node.cases.map((c) => quantity(c.value, unit, where, use));
  const chances = node.cases.map((c) => lowerIn(c.chance, plainNumber, where, use));
  const goodValues = values.filter((v) => v !== null);
  const goodChances = chances.filter((v) => v !== null);
  if (goodValues.length < values.length || goodChances.length < chances.length) return null;
  const known = goodChances.map(constantOf);
  if (
    known.some(
      (c, i) =>
        c !== null &&
        !inspect({
          node: node.cases[i]?.chance,
          e: constant(c),
          what: "the chance",
          wanted: "from 0 to 1",
          isFine: isChance,
          use,
        }),
    )
  )
    return null;
  const total = known.reduce<number | null>((sum, c) => (sum === null || c === null ? null : sum + c), 0);
  if (total !== null && Math.abs(total - 1) > 1e-9) {
    use.tell("chances-sum", node.span, { total: shortNumber(total * 100) });
    return null;
  }
  return { kind: "discrete", values: goodValues, chances: goodChances };
}

/** The posterior of one share, or of one rate, from a record: nothing else has one here. */
function lowerPosterior(
  node: Extract<DistributionNode, { readonly kind: "record" }>,
  unit: Unit,
  where: Place,
  use: Lowering,
): Distribution | null {
  const name = checkNamed(node.record, "record", use);
  const record = name === null ? null : use.recordOf(name);
  if (record === null) return null;
  const figures: RecordFigure[] = [];
  const inner: Place = {
    ...place("record", where.bindings),
    record: { columns: record.columns, figures, isInside: false },
  };
  const expression = lowerIn(node.figure, unit.dimension, inner, use, isPlain(unit.dimension) ? undefined : unit.label);
  if (expression === null) return null;
  const [figure] = figures;
  if (
    expression.op !== "figure" ||
    figure === undefined ||
    (figure.statistic !== "share" && figure.statistic !== "rate")
  ) {
    use.tell("no-posterior", node.figure.span, { text: sourceLine(use.scope, node.figure.span) });
    return null;
  }
  return { kind: "record", record: record.name, figure };
}

function lowerTruncated(
  of: DistributionNode,
  range: RangeNode,
  unit: Unit,
  where: Place,
  use: Lowering,
): Distribution | null {
  const inner = lowerDistribution(of, unit, where, use);
  const low = range.low === null ? null : quantity(range.low, unit, where, use);
  const high = range.high === null ? null : quantity(range.high, unit, where, use);
  if (inner === null || (range.low !== null && low === null) || (range.high !== null && high === null)) return null;
  const a = low === null ? null : constantOf(low),
    b = high === null ? null : constantOf(high);
  if (a !== null && b !== null && !(a < b)) {
    use.tell("bad-interval", range.span, { low: shortNumber(a), high: shortNumber(b) });
    return null;
  }
  const values = valuesOf(inner);
  if ((low === null || a !== null) && (high === null || b !== null) && !meets(values, a ?? -Infinity, b ?? Infinity)) {
    const shown = (x: number): string => `${shortNumber(x / unit.factor)}`;
    use.tell("impossible-range", range.span, {
      of: sourceLine(use.scope, of.span),
      values:
        values.kind === "some"
          ? `its values are ${values.of.map(shown).join(", ")}`
          : values.low === -Infinity
            ? `its values lie below ${shown(values.high)}`
            : values.high === Infinity
              ? `its values lie above ${shown(values.low)}`
              : `its values lie between ${shown(values.low)} and ${shown(values.high)}`,
    });
    return null;
  }
  return { kind: "truncated", of: inner, low, high };
}

/** The values that have a chance: a few of them, or all between two ends. What is not known now may be anything. */
type Values =
  | { readonly kind: "some"; readonly of: readonly number[] }
  | { readonly kind: "between"; readonly low: number; readonly high: number };

function valuesOf(d: Distribution): Values {
  const between = (low: number, high: number): Values => ({ kind: "between", low, high });
  const least = (e: Expression): number => constantOf(e) ?? -Infinity;
  const most = (e: Expression): number => constantOf(e) ?? Infinity;
  switch (d.kind) {
    case "constant": {
      const value = constantOf(d.value);
      return value === null ? between(-Infinity, Infinity) : { kind: "some", of: [value] };
    }
    case "bernoulli":
      return { kind: "some", of: [0, 1].filter((x) => constantOf(d.chance) !== 1 - x) };
    case "discrete": {
      const kept = d.values.filter((_, i) => constantOf(d.chances[i] as Expression) !== 0).map(constantOf);
      const known = kept.filter((x) => x !== null);
      return known.length < kept.length ? between(-Infinity, Infinity) : { kind: "some", of: known };
    }
    case "uniform":
    case "triangular":
      return between(least(d.low), most(d.high));
    case "beta":
    case "logitnormal":
      return between(0, 1);
    case "gamma":
    case "exponential":
    case "lognormal":
      return between(0, Infinity);
    case "interval":
      return d.family === "normal" ? between(-Infinity, Infinity) : between(0, d.family === "lognormal" ? Infinity : 1);
    case "truncated": {
      const inner = valuesOf(d.of);
      const [low, high] = [d.low === null ? -Infinity : least(d.low), d.high === null ? Infinity : most(d.high)];
      return inner.kind === "some"
        ? { kind: "some", of: inner.of.filter((x) => x >= low && x <= high) }
        : between(Math.max(inner.low, low), Math.min(inner.high, high));
    }
    case "normal":
    case "record":
      return between(-Infinity, Infinity);
  }
}

function meets(values: Values, low: number, high: number): boolean {
  return values.kind === "some"
    ? values.of.some((x) => x >= low && x <= high)
    : Math.max(low, values.low) < Math.min(high, values.high);
}
