/** Checks unit declarations, and says what a written unit means. */

import { diagnose, type Diagnostic } from "#text/diagnostic.ts";
import { nearest } from "#text/near.ts";
import type { UnitDeclarationNode, UnitNode } from "#language/tree.ts";
import { daysIn, partOfDay, partsOfDay, timeUnit, type TimeUnit } from "./calendar.ts";
import {
  describeDimension,
  describeFactors,
  plainNumber,
  power,
  product,
  timeDimension,
  type Dimension,
} from "./dimension.ts";
import type { Unit } from "../model.ts";
import { inOrder } from "../order.ts";

export interface Units {
  /** What time is counted in; a year in a static case. */
  readonly baseTime: TimeUnit;
  readonly table: ReadonlyMap<string, Unit>;
}

/** Measures that need no declaration; a case may still declare its own under the same name. Multiples of a base, by the base. */
const commonUnits: Readonly<Record<string, readonly [string, number]>> = {
  eur: ["eur", 1],
  gbp: ["gbp", 1],
  chf: ["chf", 1],
  jpy: ["jpy", 1],
  cny: ["cny", 1],
  inr: ["inr", 1],
  rub: ["rub", 1],
  uah: ["uah", 1],
  kilogram: ["kilogram", 1],
  kg: ["kilogram", 1],
  tonne: ["kilogram", 1000],
  metre: ["metre", 1],
  km: ["metre", 1000],
  kilometre: ["metre", 1000],
  litre: ["litre", 1],
  barrel: ["barrel", 1],
  kwh: ["kwh", 1],
  mwh: ["kwh", 1000],
  gwh: ["kwh", 1e6],
  twh: ["kwh", 1e9],
  household: ["household", 1],
};

const plainUnits: Readonly<Record<string, number>> = { share: 1, number: 1, percent: 0.01, point: 0.01 };
const ownUnits: Readonly<Record<string, string>> = { people: "people", person: "people", usd: "usd" };
const withPlural = new Set(["share", "number", "point", "person", ...Object.keys(daysIn)]);

/** Every unit that needs no declaration, in the singular. */
export const knownUnits: readonly string[] = [
  ...Object.keys(plainUnits),
  ...Object.keys(ownUnits),
  ...Object.keys(daysIn),
  ...Object.keys(partsOfDay),
  ...Object.keys(commonUnits),
];

function builtIn(name: string, baseTime: TimeUnit): Unit | null {
  const bare = name.endsWith("s") && withPlural.has(name.slice(0, -1)) ? name.slice(0, -1) : name;
  const factor = Object.hasOwn(plainUnits, bare) ? plainUnits[bare] : undefined;
  if (factor !== undefined) return { label: name, factor, dimension: plainNumber };
  const own = Object.hasOwn(ownUnits, bare) ? ownUnits[bare] : undefined;
  if (own !== undefined) return { label: name, factor: 1, dimension: { [own]: 1 } };
  const time = timeUnit(name);
  return time === null ? null : { label: name, factor: daysIn[time] / daysIn[baseTime], dimension: timeDimension };
}

/** A unit in common use, in the singular or with an s; a declaration of the case's own goes before it. */
function commonUnit(name: string, baseTime: TimeUnit): Unit | null {
  const bare = name.endsWith("s") ? name.slice(0, -1) : name;
  const parts = partOfDay(name);
  if (parts !== null) return { label: name, factor: 1 / parts / daysIn[baseTime], dimension: timeDimension };
  const found = Object.hasOwn(commonUnits, bare) ? commonUnits[bare] : undefined;
  return found === undefined ? null : { label: name, factor: found[1], dimension: { [found[0]]: 1 } };
}

/** True for the units every case has; they cannot be declared again. */
export function isBuiltInUnit(name: string): boolean {
  return builtIn(name, "year") !== null;
}

/** Units may be declared in any order. Those in a ring count as units of their own. */
export function checkUnits(nodes: readonly UnitDeclarationNode[], baseTime: TimeUnit): [Units, readonly Diagnostic[]] {
  const found: Diagnostic[] = [];
  const table = new Map<string, Unit>();
  const declared = new Map(nodes.map((n) => [n.name.text, n]));
  const needs = (node: UnitDeclarationNode): readonly UnitDeclarationNode[] =>
    (node.definition?.unit.factors ?? []).flatMap((f) => declared.get(f.name.text) ?? []);
  const { order, rings } = inOrder(nodes, needs);
  for (const ring of rings) {
    const [first] = ring;
    if (first !== undefined)
      found.push(diagnose("unit-cycle", first.name.span, { ring: ring.map((n) => n.name.text) }));
    for (const node of ring) table.set(node.name.text, ownUnit(node));
  }
  for (const node of order) {
    if (table.has(node.name.text)) continue;
    const inDay = node.definition === null ? partOfDay(node.name.text) : null;
    if (inDay !== null) {
      found.push(diagnose("unit-known", node.span, { name: node.name.text, inDay }));
      continue;
    }
    table.set(node.name.text, ownUnit(node));
    if (node.definition === null) continue;
    const [of, errors] = resolveUnit({ baseTime, table }, node.definition.unit);
    found.push(...errors);
    if (!(node.definition.factor > 0)) found.push(diagnose("bad-unit-factor", node.span, { name: node.name.text }));
    else if (of !== null)
      table.set(node.name.text, {
        label: node.name.text,
        factor: node.definition.factor * of.factor,
        dimension: of.dimension,
      });
  }
  return [{ baseTime, table }, found];
}

function ownUnit(node: UnitDeclarationNode): Unit {
  return { label: node.name.text, factor: 1, dimension: { [node.name.text]: 1 } };
}

export function findUnit(units: Units, name: string): Unit | null {
  return (
    units.table.get(name) ??
    singularsOf(name)
      .map((s) => units.table.get(s))
      .find((u) => u !== undefined) ??
    builtIn(name, units.baseTime) ??
    commonUnit(name, units.baseTime)
  );
}

/** What a name may be the English plural of: `trip` of `trips`, `bus` of `buses`, `burglary` of `burglaries`. */
function singularsOf(name: string): readonly string[] {
  return [
    ...(name.endsWith("s") ? [name.slice(0, -1)] : []),
    ...(/(s|x|z|ch|sh|o)es$/.test(name) ? [name.slice(0, -2)] : []),
    ...(/[^aeiou]ies$/.test(name) ? [`${name.slice(0, -3)}y`] : []),
  ];
}

const unitSynonyms: ReadonlyMap<string, string> = new Map([
  ["dollar", "usd"],
  ["dollars", "usd"],
  ["euro", "eur"],
  ["euros", "eur"],
  ["hr", "hour"],
  ["hrs", "hours"],
  ["min", "minute"],
  ["mins", "minutes"],
  ["mo", "month"],
  ["mths", "months"],
  ["pct", "percent"],
  ["pound", "gbp"],
  ["pounds", "gbp"],
  ["pp", "points"],
  ["ppl", "people"],
  ["wk", "week"],
  ["wks", "weeks"],
  ["yr", "year"],
  ["yrs", "years"],
]);

/** The unit that another word for it stands for, or null. */
function unitMeant(word: string): string | null {
  return unitSynonyms.get(word.toLowerCase()) ?? null;
}

/** Declared and built in, for a suggestion. */
export function unitNames(units: Units): readonly string[] {
  return [...units.table.keys(), ...knownUnits];
}

/** The unit of a written one, labelled as it was written; null with a diagnostic when a part is not known. */
export function resolveUnit(units: Units, node: UnitNode): [Unit | null, readonly Diagnostic[]] {
  const found: Diagnostic[] = [];
  let factor = 1;
  let dimension: Dimension = plainNumber;
  for (const part of node.factors) {
    const unit = findUnit(units, part.name.text);
    if (unit === null) {
      const meant = unitMeant(part.name.text);
      const near = meant === null ? nearest(part.name.text, unitNames(units)) : [meant];
      found.push(diagnose("unknown-unit", part.name.span, { name: part.name.text, near }));
      continue;
    }
    for (let i = 0; i < Math.abs(part.power); i++)
      factor = part.power > 0 ? factor * unit.factor : factor / unit.factor;
    dimension = product(dimension, power(unit.dimension, part.power));
  }
  const label = describeFactors(node.factors.map((f) => [f.name.text, f.power] as const));
  return found.length > 0 ? [null, found] : [{ label, factor, dimension }, []];
}

/** The unit of a dimension nobody wrote down: base units. */
export function composedUnit(units: Units, dimension: Dimension): Unit {
  return { label: describeDimension(dimension, units.baseTime), factor: 1, dimension };
}

/** `value` of `unit` in base units. Divides where the factor is one over a whole number, so that 7 points are 0.07. */
export function inBaseUnits(value: number, factor: number): number {
  const inverse = 1 / factor;
  return factor < 1 && Number.isInteger(inverse) ? value / inverse : value * factor;
}
