/** Makes the `Lowering` of a case, which every part of the room works with: it gathers diagnostics and says what each name is. */

import { diagnose, type Diagnostic } from "#text/diagnostic.ts";
import { nearest } from "#text/near.ts";
import type { Span } from "#text/span.ts";
import type { ExpressionNode, LetNode, OutcomeNode, UnitNode } from "#language/tree.ts";
import { lowerBody } from "./bodies.ts";
import type { Dimension } from "../units/dimension.ts";
import { nameOf, type DeclaredEntry } from "../scope/expand.ts";
import { lowerExpression } from "./lower-expression.ts";
import { requireDimension } from "./lower-arithmetic.ts";
import type { Lowering, Scope } from "./lowering.ts";
import { Recollection } from "./memory.ts";
import { mentioned } from "./mentions.ts";
import type { CaseRecord, Term } from "../model.ts";
import { ofKind } from "../scope/names.ts";
import { place, type Place } from "../scope/places.ts";
import { lowerRecord } from "../argument/records.ts";
import { inUnit, mistaken, numberType, truthType, type Type, type Typed } from "../scope/typed.ts";
import { resolveUnit } from "../units/units.ts";

interface Checker {
  readonly use: Lowering;
  readonly memory: Recollection;
  readonly terms: readonly Term[];
  readonly found: readonly Diagnostic[];
  /** True when something could not be lowered, told here or by the parser: no model can be built. */
  readonly isBroken: () => boolean;
  readonly letBody: (entry: DeclaredEntry<LetNode>) => Typed;
  readonly outcomeValue: (entry: DeclaredEntry<OutcomeNode>) => Typed;
}

/** Looking for similar names costs as much as there are names; after so many mistakes the help is no longer wanted. */
const mostGuesses = 100;

/** The most parts that the sums over families of a case may have together. */
const partLimit = 1_000_000;

export function checkerOf(scope: Scope): Checker {
  const memory = new Recollection();
  const terms: Term[] = [];
  const found: Diagnostic[] = [];
  const types = new Map<string, Type>();
  const values = new Map<string, Typed>();
  const records = new Map<string, CaseRecord | null>();
  /** What is being worked out, in the order in which each asked for the next. */
  const open = new Map<string, DeclaredEntry>();
  let isBroken = false;
  let guesses = 0;
  let parts = 0;

  const use: Lowering = {
    scope,
    memory,
    tell: (code, span, parameters, notes = [], fixes = []) => {
      found.push(diagnose(code, span, parameters, notes, fixes));
    },
    pass: (diagnostic) => {
      found.push(diagnostic);
    },
    near: (word, candidates) => (guesses++ < mostGuesses ? nearest(word, candidates()) : []),
    lower: (node, where) => {
      const value = lowerExpression(node, where, use);
      if (value.type.kind === "mistaken") isBroken = true;
      return value;
    },
    keep: (term) => {
      terms.push(term);
    },
    spend: (count, span) => {
      const isFirst = parts <= partLimit;
      parts += count;
      if (parts <= partLimit) return true;
      if (isFirst)
        found.push(diagnose("over-budget", span, { what: "parts in its sums over families", limit: partLimit }));
      return false;
    },
    typeOf: (entry) => {
      const known = types.get(keyOf(entry));
      if (known !== undefined) return known;
      const type = findType(entry);
      types.set(keyOf(entry), type);
      return type;
    },
    recordOf: (name) => {
      const known = records.get(name);
      if (known !== undefined) return known;
      const entry = ofKind(scope.names, "record").find((e) => e.name === name);
      const record = entry === undefined ? null : lowerRecord(entry, quiet);
      records.set(name, record);
      return record;
    },
    overOf: (entry) => dimensionWritten(entry.node.kind === "table" ? entry.node.over : null),
    quiet: () => quiet,
    seesView: (actor) => {
      const node = scope.names.byName.get(actor)?.node;
      return node?.kind === "actor" && node.sees !== null;
    },
  };
  const tried = new Map<ExpressionNode, { readonly where: Place; readonly value: Typed }>();
  const quiet: Lowering = {
    ...use,
    memory: new Recollection(),
    tell: () => undefined,
    pass: () => undefined,
    keep: () => undefined,
    near: () => [],
    spend: () => parts <= partLimit,
    // Each trial is made once, or trials within trials would double with every level.
    lower: (node, where) => {
      const known = tried.get(node);
      if (known !== undefined && isSamePlace(known.where, where)) return known.value;
      const value = lowerExpression(node, where, quiet);
      tried.set(node, { where, value });
      return value;
    },
    quiet: () => quiet,
  };

  function dimensionWritten(node: UnitNode | null): Dimension | null {
    if (node === null) return {};
    return resolveUnit(scope.units, node)[0]?.dimension ?? null;
  }

  /** A written unit settles it; a let, outcome or stock without one is what its value is. */
  function findType(entry: DeclaredEntry): Type {
    const { node } = entry;
    if (node.kind === "claim") return truthType;
    if (scope.unread.isDamaged(node)) return { kind: "mistaken" };
    if (
      node.kind !== "unknown" &&
      node.kind !== "shock" &&
      node.kind !== "table" &&
      node.kind !== "stock" &&
      node.kind !== "let" &&
      node.kind !== "outcome"
    )
      return { kind: "mistaken" };
    if (node.unit !== null) return typeWritten(node.unit);
    if (node.kind === "stock")
      return asNumber(guarded(entry, () => quiet.lower(node.initial, place("start", entry.bindings))).type);
    if (node.kind === "let") return asValue(letBody({ ...entry, node }).type);
    return node.kind === "outcome" ? asValue(outcomeValue({ ...entry, node }).type) : numberType({});
  }

  function typeWritten(node: UnitNode): Type {
    const [unit] = resolveUnit(scope.units, node);
    return unit === null ? { kind: "mistaken" } : inUnit(unit);
  }

  /** Runs `inner` unless the entry's own value is being sought already: then what it needs is itself. */
  function guarded(entry: DeclaredEntry, inner: () => Typed): Typed {
    const key = keyOf(entry);
    if (open.has(key)) {
      isBroken = true;
      tellRing(entry);
      return mistaken;
    }
    open.set(key, entry);
    const value = inner();
    open.delete(key);
    return value;
  }

  /** What needs itself in the same moment has no value; what needs only its own past has one, but a unit must be written. */
  function tellRing(entry: DeclaredEntry): void {
    const asked = [...open.values()];
    const ring = asked.slice(asked.findIndex((e) => keyOf(e) === keyOf(entry)));
    const names = ring.map((e) => e.name);
    const isNow = ring.every((e, i) =>
      mentioned(e, true, quiet).some((other) => keyOf(other) === keyOf(ring[(i + 1) % ring.length] ?? entry)),
    );
    const span = spanOf(entry);
    if (!isNow) found.push(diagnose("unit-ring", span, { name: entry.name, ring: names }));
    else if (ring.some((e) => e.node.kind === "stock")) found.push(diagnose("start-ring", span, { ring: names }));
    else found.push(diagnose("ring", span, { what: `${entry.node.kind}s`, ring: names }));
  }

  function once(entry: DeclaredEntry, inner: () => Typed): Typed {
    const key = keyOf(entry);
    const known = values.get(key);
    if (known !== undefined) return known;
    const value = guarded(entry, inner);
    if (!open.has(key)) values.set(key, value);
    return value;
  }

  function letBody(entry: DeclaredEntry<LetNode>): Typed {
    return once(entry, () => {
      const body = lowerBody(entry.node.body, `let ${entry.name}`, place("run", entry.bindings), use);
      if (entry.node.unit === null || body.type.kind === "mistaken") return body;
      const [unit] = resolveUnit(scope.units, entry.node.unit);
      if (unit === null) return mistaken;
      return requireDimension(
        { value: body, span: entry.node.body.span, ...alone(entry.node.body) },
        unit.dimension,
        use,
        unit.label,
      )
        ? body
        : mistaken;
    });
  }

  function outcomeValue(entry: DeclaredEntry<OutcomeNode>): Typed {
    return once(entry, () => use.lower(entry.node.expression, place("outcome", entry.bindings)));
  }

  return { use, memory, terms, found, isBroken: () => isBroken, letBody, outcomeValue };
}

/** The expression of a body of one line. */
function alone({ terms }: LetNode["body"]): { readonly node?: ExpressionNode } {
  const [only] = terms;
  return only === undefined || terms.length > 1 ? {} : { node: only.expression };
}

function keyOf(entry: DeclaredEntry): string {
  return `${entry.node.kind} ${entry.name}`;
}

function spanOf(entry: DeclaredEntry): Span {
  return nameOf(entry.node)?.span ?? entry.node.span;
}

function isSamePlace(a: Place, b: Place): boolean {
  return (
    a.kind === b.kind &&
    a.bindings === b.bindings &&
    a.believer === b.believer &&
    a.figures === b.figures &&
    a.record === b.record
  );
}

/** A bare 0 that nobody gave a unit is a plain number. */
function asValue(type: Type): Type {
  return type.kind === "zero" ? numberType({}) : type;
}

function asNumber(type: Type): Type {
  return type.kind === "zero" || type.kind === "truth" ? numberType({}) : type;
}
