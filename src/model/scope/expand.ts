/** Pass 1: writes `each` out for every element, and gives a flat list of declarations. */

import { diagnose, type Diagnostic } from "#text/diagnostic.ts";
import type { Span } from "#text/span.ts";
import { repeatable } from "#language/parser.ts";
import type { Declaration, EachNode, FileNode, Name } from "#language/tree.ts";

/** What the variables of the `each` around a declaration stand for. */
export type Bindings = ReadonlyMap<string, string>;

/** One declaration; a member of a family bears its elements in the name: `resolve[germany]`. */
export interface DeclaredEntry<D extends Declaration = Declaration> {
  readonly node: D;
  /** The full name; empty for declarations without one. */
  readonly name: string;
  /** The name without elements. */
  readonly base: string;
  readonly bindings: Bindings;
}

/** The most declarations a case may have once every `each` is written out. */
const declarationLimit = 10_000;

/** The sets of elements an `each` variable runs over, for messages. */
export function expand(files: readonly FileNode[]): [readonly DeclaredEntry[], readonly Diagnostic[]] {
  const found: Diagnostic[] = [];
  const entries: DeclaredEntry[] = [];
  let isFull = false;
  let rounds = 0;
  const add = (node: Declaration, bindings: Bindings): void => {
    // Rounds of an 'each' in an 'each' multiply even where they declare nothing.
    if (++rounds > 10 * declarationLimit && !isFull) {
      isFull = true;
      found.push(diagnose("over-budget", node.span, { what: "rounds of its 'each'", limit: 10 * declarationLimit }));
    }
    if (isFull) return;
    if (node.kind === "each") return spread(node, bindings);
    if (entries.length >= declarationLimit) {
      isFull = true;
      found.push(
        diagnose("over-budget", node.span, { what: "declarations, every 'each' written out", limit: declarationLimit }),
      );
      return;
    }
    const base = nameOf(node)?.text ?? "";
    entries.push({ node, base, name: base + [...bindings.values()].map((e) => `[${e}]`).join(""), bindings });
  };
  const spread = (each: EachNode, bindings: Bindings): void => {
    if (isFirstRound(bindings)) found.push(...checkEach(each, bindings));
    const elements = each.elements.map((e) => e.text);
    for (const element of new Set(elements)) {
      if (isFull) return;
      const inner = new Map(bindings).set(each.variable.text, element);
      for (const node of each.declarations) if (repeatable.has(node.kind)) add(node, inner);
    }
  };
  for (const file of files) for (const node of file.declarations) add(node, new Map());
  return [entries, found];
}

/** An outer `each` brings an inner one here once per element; it is checked from outside in, once. */
function isFirstRound(bindings: Bindings): boolean {
  return bindings.size === 0;
}

function checkEach(each: EachNode, outer: Bindings): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const seen = new Map<string, Span>();
  for (const element of each.elements) {
    const first = seen.get(element.text);
    if (first !== undefined)
      found.push(
        diagnose(
          "duplicate-item",
          element.span,
          { what: "element", name: element.text, of: `each ${each.variable.text}` },
          [{ message: "first listed here", span: first }],
        ),
      );
    else seen.set(element.text, element.span);
  }
  const variable = each.variable.text;
  if (outer.has(variable))
    found.push(
      diagnose("duplicate-item", each.variable.span, { what: "variable", name: variable, of: "the 'each' around it" }),
    );
  for (const node of each.declarations)
    if (node.kind === "each") found.push(...checkEach(node, new Map(outer).set(variable, "")));
  return found;
}

/** The name a declaration introduces, if it has one of its own. */
export function nameOf(node: Declaration): Name | null {
  return node.kind === "time" || node.kind === "wording" || node.kind === "credences" || node.kind === "each"
    ? null
    : node.name;
}

/** The kind of a declaration as people write it. */
export function wordFor(kind: Declaration["kind"]): string {
  return kind === "oneOf" ? "one of" : kind;
}
