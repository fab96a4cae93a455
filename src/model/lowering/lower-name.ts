/** Lowers names and indexes to references to what they name. */

import { replaceBy, type Fix } from "#text/fix.ts";
import type { ExpressionNode, Name } from "#language/tree.ts";
import { horizon, toStep } from "../units/calendar.ts";
import { timeDimension } from "../units/dimension.ts";
import { wordFor, type DeclaredEntry } from "../scope/expand.ts";
import { constant } from "./fold.ts";
import { findFunction } from "../functions.ts";
import { lowerConstant, requireNumber } from "./lower-arithmetic.ts";
import type { Lowering } from "./lowering.ts";
import { elementsAt, type Family } from "../scope/names.ts";
import { describePlace, mayRead, readableOf, type Place, type Readable } from "../scope/places.ts";
import { inUnit, mistaken, numberType, type Typed } from "../scope/typed.ts";
import { findUnit, unitNames } from "../units/units.ts";
import { sourceLine } from "../scope/wording.ts";
import { checkHorizon } from "./horizon.ts";

type Node<K extends ExpressionNode["kind"]> = Extract<ExpressionNode, { readonly kind: K }>;

/** A family of which some elements are still to be named. */
export interface FamilyReference {
  readonly kind: "family";
  readonly family: Family;
  readonly prefix: readonly string[];
}

/** What a name, or a name with elements behind it, refers to. */
type Reference =
  | { readonly kind: "entry"; readonly entry: DeclaredEntry }
  | FamilyReference
  /** Not a reference, or not to anything declared. */
  | { readonly kind: "other" }
  /** A mistake already told. */
  | { readonly kind: "mistaken" };

/** Resolves `x`, `x[element]`, `x[variable]`. Inside an `each`, the bare name of a family over its variables is the member of the elements at hand. */
export function refer(node: ExpressionNode, where: Place, use: Lowering): Reference {
  const reference = referFamily(node, where, use);
  if (reference.kind !== "family") return reference;
  const { family, prefix } = reference;
  const rest = family.variables.slice(prefix.length).map((v) => where.bindings.get(v));
  const own = rest.includes(undefined)
    ? undefined
    : use.scope.names.byName.get(memberName(family, [...prefix, ...rest.filter((e) => e !== undefined)]));
  return own === undefined ? reference : { kind: "entry", entry: own };
}

/** The same, where a family itself may be meant: a bare name is the whole family even inside its `each`. */
export function referFamily(node: ExpressionNode, where: Place, use: Lowering): Reference {
  if (node.kind === "name") return referName(node.name, use);
  if (node.kind !== "index") return { kind: "other" };
  const of = referFamily(node.of, where, use);
  if (of.kind !== "family") return of.kind === "mistaken" ? of : { kind: "other" };
  const element =
    node.index.kind === "name" ? (where.bindings.get(node.index.name.text) ?? node.index.name.text) : null;
  const entryName = element === null ? "" : memberName(of.family, [...of.prefix, element]);
  if (element === null || !of.family.prefixes.has(entryName)) {
    // A date, or a name that is no element, asks for a past value of the member at hand, where there is one.
    if (refer(node.of, where, use).kind === "entry" && !isElementName(node.index, of.family)) return { kind: "other" };
    const elements = elementsAt(of.family, of.prefix);
    const written = sourceLine(use.scope, node.index.span);
    use.tell("unknown-element", node.index.span, {
      element: element ?? written,
      of: of.family.base,
      elements,
      near: use.near(element ?? "", () => elements),
    });
    return { kind: "mistaken" };
  }
  const entry = use.scope.names.byName.get(entryName);
  return entry === undefined
    ? { kind: "family", family: of.family, prefix: [...of.prefix, element] }
    : { kind: "entry", entry };
}

/** The variable of the first index that neither brackets nor an `each` at hand fill, and the elements it may take; null where none is open. */
export function openIndex({ family, prefix }: FamilyReference, where: Place): OpenIndex | null {
  const rest = family.variables.slice(prefix.length);
  const open = rest.findIndex((v) => !where.bindings.has(v));
  const variable = rest[open];
  if (variable === undefined) return null;
  const atHand = rest.slice(0, open).map((v) => where.bindings.get(v) ?? "");
  return { variable, elements: elementsAt(family, [...prefix, ...atHand]) };
}

export interface OpenIndex {
  readonly variable: string;
  readonly elements: readonly string[];
}

/** The members that brackets and the `each` at hand leave. */
function membersMeant({ family, prefix }: FamilyReference, where: Place): Family["members"] {
  return family.members.filter(({ bindings }) =>
    [...bindings].every(([variable, element], i) => element === (prefix[i] ?? where.bindings.get(variable) ?? element)),
  );
}

function memberName(family: Family, elements: readonly string[]): string {
  return family.base + elements.map((e) => `[${e}]`).join("");
}

/** True for what was meant as an element, if wrongly: a name that is no moment. */
function isElementName(index: ExpressionNode, family: Family): boolean {
  return (
    index.kind === "name" && index.name.text !== "start" && index.name.text !== "end" && family.variables.length > 0
  );
}

function referName(name: Name, use: Lowering): Reference {
  const entry = use.scope.names.byName.get(name.text);
  if (entry !== undefined) return { kind: "entry", entry };
  const family = use.scope.names.families.get(name.text);
  return family === undefined ? { kind: "other" } : { kind: "family", family, prefix: [] };
}

export function lowerName(node: Node<"name">, where: Place, use: Lowering): Typed {
  const { text, span } = node.name;
  const { scope } = use;
  if (where.bindings.has(text)) {
    use.tell("variable-is-no-value", span, { name: text });
    return mistaken;
  }
  if (where.record !== null) {
    const column = lowerColumn(node.name, where, use);
    if (column !== null) return column;
  }
  if (text === "time" || text === "start" || text === "end") return lowerMoment(text, node, where, use);
  const reference = refer(node, where, use);
  if (reference.kind === "entry") return lowerRead(reference.entry, node, where, use);
  if (reference.kind === "family") return tellFamily(reference, node, where, use);
  const fn = findFunction(text);
  if (fn !== undefined) {
    use.tell("wrong-kind", span, { name: text, kind: "a function", wanted: "a value", write: fn.usage });
    return mistaken;
  }
  const unit = findUnit(scope.units, text);
  if (unit !== null) return { expression: constant(unit.factor), type: inUnit(unit) };
  use.tell("unknown-name", span, {
    wanted: "name",
    name: text,
    near: use.near(text, () => [...readableNames(where, use), ...unitNames(scope.units)]),
  });
  return mistaken;
}

/** Names that would make sense here, for a suggestion. */
function readableNames(where: Place, use: Lowering): readonly string[] {
  if (where.record !== null) return where.record.columns.map((c) => c.name);
  const own = use.scope.names.entries.filter((e) => readableOf(e.node.kind) !== null).map((e) => e.base);
  return [...new Set([...own, ...where.bindings.keys(), "time", "start", "end"])];
}

function lowerMoment(text: "time" | "start" | "end", node: Node<"name">, where: Place, use: Lowering): Typed {
  const { clock, isStatic } = use.scope;
  const type = numberType(timeDimension);
  if (text === "start") return { expression: constant(0), type };
  if (text === "end" && (clock !== null || isStatic))
    return { expression: constant(clock === null ? 0 : horizon(clock)), type };
  if (isStatic) use.tell("static-case", node.span, { what: "time" });
  else if (!mayRead(where, "time")) tellNotHere("the running time", node, where, use);
  else return { expression: { op: "time" }, type };
  return mistaken;
}

function lowerColumn(name: Name, where: Place, use: Lowering): Typed | null {
  const column = where.record?.columns.find((c) => c.name === name.text);
  if (column === undefined || where.record === null) return null;
  const expression = { op: "column", name: column.name } as const;
  if (!where.record.isInside) {
    use.tell("not-here", name.span, {
      what: `the column '${name.text}'`,
      place: "outside share(…)",
      instead: `write share(… ${name.text} …)`,
    });
    return mistaken;
  }
  switch (column.type) {
    case "number":
      return { expression, type: column.unit === null ? numberType({}) : inUnit(column.unit) };
    case "year":
      return { expression, type: numberType({}) };
    case "words":
      return { expression, type: { kind: "category", words: column.words } };
    case "text":
      use.tell("text-column", name.span, { name: name.text });
      return mistaken;
  }
}

/** The value of a declaration, or what to write instead where it has none. */
export function lowerRead(entry: DeclaredEntry, node: ExpressionNode, where: Place, use: Lowering): Typed {
  const { node: declared, name } = entry;
  const write = insteadOf(entry);
  if (write !== null || !hasValue(declared.kind)) {
    const parts = { name, kind: withArticle(wordFor(declared.kind)), wanted: "a value", write };
    use.tell("wrong-kind", node.span, parts, [], declared.kind === "unit" ? closeUp(node, use) : []);
    return mistaken;
  }
  const readable = readableOf(declared.kind);
  if (readable === null) return mistaken;
  if (!mayRead(where, readable))
    return tellNotHere(`the ${wordFor(declared.kind)} '${name}'`, node, where, use, hintFor(readable, name, where));
  return { expression: reading(entry, where, use), type: use.typeOf(entry) };
}

function hasValue(kind: DeclaredEntry["node"]["kind"]): boolean {
  return (
    kind === "claim" ||
    kind === "unknown" ||
    kind === "stock" ||
    kind === "let" ||
    kind === "shock" ||
    kind === "outcome"
  );
}

function reading({ node, name }: DeclaredEntry, where: Place, use: Lowering): Typed["expression"] {
  if (node.kind === "unknown" && where.believer !== null && use.seesView(where.believer))
    return { op: "believed", by: { kind: "actor", name: where.believer }, unknown: name };
  return node.kind === "claim" ||
    node.kind === "unknown" ||
    node.kind === "stock" ||
    node.kind === "let" ||
    node.kind === "shock"
    ? { op: node.kind, name }
    : { op: "outcome", name };
}

/** How to use a declaration whose bare name is no value; null where there is no such way. */
function insteadOf({ node, name }: DeclaredEntry): string | null {
  if (node.kind === "event") return `happened(${name})`;
  if (node.kind === "policy")
    return `happened(${name}${node.options[0] === undefined ? "" : `.${node.options[0].name.text}`})`;
  if (node.kind === "table") return `${name}(…)`;
  return node.kind === "choice" ? `${name} = ${node.options[0]?.name.text ?? "…"}` : null;
}

function hintFor(readable: Readable, name: string, where: Place): string | null {
  if (where.kind === "statement") return `put it inside a figure: chance(… ${name} …) or mean(… ${name} …)`;
  if (where.kind === "constant") return "write the figure itself";
  if (where.kind === "values" && readable !== "shock") return `declare 'outcome … = final(${name})' and value that`;
  if (readable === "outcome") return "an outcome is known only when the run has ended; use what it is made of";
  if (where.kind === "belief") return "use only claims, other unknowns and figures";
  if (where.kind === "claims") return "use only claims, with and, or, not";
  if (where.kind === "reasons")
    return "use only claims and options (plan = build), with and, or, not; what else the line hangs on goes into the line: if … then … else …";
  return null;
}

/** Tells that something cannot be read where it stands. */
export function tellNotHere(
  what: string,
  node: ExpressionNode,
  where: Place,
  use: Lowering,
  instead: string | null = null,
): Typed {
  use.tell("not-here", node.span, {
    what,
    place: describePlace(where),
    instead: instead ?? "move it to where it can be read, or use something else here",
  });
  return mistaken;
}

/** Tells that a family was named where one member is wanted. */
export function tellFamily(
  reference: FamilyReference,
  node: ExpressionNode,
  where: Place,
  use: Lowering,
  isTarget = false,
): Typed {
  const { family, prefix } = reference;
  use.tell("family-needs-element", node.span, {
    name: family.base + prefix.map((e) => `[${e}]`).join(""),
    variables: family.variables.slice(prefix.length).filter((v) => !where.bindings.has(v)),
    members: membersMeant(reference, where).map(
      ({ bindings }) =>
        family.base +
        [...bindings.values()]
          .map(
            (element, i) =>
              `[${prefix[i] ?? (where.bindings.has(family.variables[i] ?? "") ? family.variables[i] : element)}]`,
          )
          .join(""),
    ),
    isHappening: family.kind === "event" || family.kind === "policy",
    isTarget,
  });
  return mistaken;
}

/** `resolve[germany]`, or `support[2023-01]`: a member of a family, or a value as it was at a date. */
export function lowerIndex(node: Node<"index">, where: Place, use: Lowering): Typed {
  const reference = refer(node, where, use);
  if (reference.kind === "mistaken") return mistaken;
  if (reference.kind === "entry") return lowerRead(reference.entry, node, where, use);
  if (reference.kind === "family") return tellFamily(reference, node, where, use);
  const input = use.lower(node.of, where);
  if (!mayRead(where, "memory")) return tellNotHere("a past value", node, where, use);
  const { clock, isStatic } = use.scope;
  if (isStatic) {
    use.tell("static-case", node.span, { what: "past values" });
    return mistaken;
  }
  if (node.index.kind === "name" && isElementLike(node.index.name.text, use)) {
    use.tell("not-a-family", node.of.span, {
      name: sourceLine(use.scope, node.of.span),
      element: node.index.name.text,
    });
    return mistaken;
  }
  const time = lowerConstant(node.index, timeDimension, where, use);
  if (time === null || clock === null || !requireNumber({ value: input, span: node.of.span }, use)) return mistaken;
  if (!checkHorizon("the date of a past value", time, node.index.span, use)) return mistaken;
  const { step } = toStep(clock, time);
  const bound = [...where.bindings.values()].map((e) => ` for ${e}`).join("");
  return {
    expression: use.memory.latch(sourceLine(use.scope, node.span) + bound, input.expression, step, node.span),
    type: input.type,
  };
}

function isElementLike(text: string, use: Lowering): boolean {
  const { names, units } = use.scope;
  return (
    text !== "start" && text !== "end" && text !== "time" && !names.byName.has(text) && findUnit(units, text) === null
  );
}

/** A unit that is divided by with spaces, `2 eur / trip`: it stands close to the unit before. */
function closeUp(node: ExpressionNode, use: Lowering): readonly Fix[] {
  const before = (use.scope.texts.get(node.span.document) ?? "").slice(0, node.span.start);
  const [sign] = /(?<=[\d.%] ?[\p{L}_]*)\s*\/\s*$/u.exec(before) ?? [];
  return sign === undefined
    ? []
    : [replaceBy({ ...node.span, start: node.span.start - sign.length, end: node.span.start }, "/")];
}

/** `an event`, `a stock`. */
export function withArticle(word: string): string {
  return `${/^(?:[aeio]|un(?!it))/.test(word) ? "an" : "a"} ${word}`;
}
