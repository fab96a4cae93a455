/** Pass 2: makes one namespace of the declarations, with families, and reports what is declared twice or may not be declared. */

import { diagnose, type Diagnostic } from "#text/diagnostic.ts";
import type { Declaration, Name, ViewNode } from "#language/tree.ts";
import { nameOf, wordFor, type DeclaredEntry } from "./expand.ts";
import { functions } from "../functions.ts";
import { isBuiltInUnit } from "../units/units.ts";

/** All members that `each` made of one name. */
export interface Family {
  readonly base: string;
  readonly kind: Declaration["kind"];
  readonly variables: readonly string[];
  /** In order of declaration. */
  readonly members: readonly DeclaredEntry[];
  /** The names of its members, and of the rows and planes they stand in: `x[a]` where there is an `x[a][b]`. */
  readonly prefixes: ReadonlySet<string>;
}

export interface Names {
  readonly entries: readonly DeclaredEntry[];
  readonly byName: ReadonlyMap<string, DeclaredEntry>;
  readonly families: ReadonlyMap<string, Family>;
  /** Views have names of their own: an actor and the view it sees through may share one. */
  readonly views: ReadonlyMap<string, DeclaredEntry<ViewNode>>;
}

/** Names every expression has, beside the words the parser keeps for itself. */
const builtInNames: ReadonlySet<string> = new Set(["start", "end", "time", "none", "neither"]);

export function checkNames(entries: readonly DeclaredEntry[]): [Names, readonly Diagnostic[]] {
  const found: Diagnostic[] = [];
  const byName = new Map<string, DeclaredEntry>();
  const families = new Map<
    string,
    { base: string; kind: Declaration["kind"]; variables: string[]; members: DeclaredEntry[]; prefixes: Set<string> }
  >();
  const views = new Map<string, DeclaredEntry<ViewNode>>();
  const singles = new Map<string, DeclaredEntry>();
  const judged = new Set<Name>();
  for (const entry of entries) {
    const { node, name, base, bindings } = entry;
    const word = nameOf(node);
    if (node.kind === "case" || node.kind === "time" || node.kind === "wording") {
      const first = singles.get(node.kind);
      if (first === undefined) singles.set(node.kind, entry);
      else
        found.push(
          diagnose("declared-twice", node.span, { what: node.kind }, [
            { message: "first declared here", span: first.node.span },
          ]),
        );
      continue;
    }
    if (word === null || word.text === "") continue;
    if (word.text === "__proto__") {
      // It would be lost from the records that a model keeps by name.
      found.push(diagnose("reserved-word", word.span, { name: word.text, what: "a name that is kept from use" }));
    }
    if (node.kind === "view") {
      const first = views.get(name);
      if (first === undefined) views.set(name, { ...entry, node });
      else found.push(duplicate(word, name, "view", first));
      continue;
    }
    if (!judged.has(word)) {
      judged.add(word);
      found.push(...checkWord(word));
      for (const variable of bindings.keys())
        if (variable === base)
          found.push(diagnose("duplicate-name", word.span, { name: base, kind: "variable of 'each'" }));
    }
    const first = byName.get(name) ?? (bindings.size === 0 ? families.get(name)?.members[0] : byName.get(base));
    const family = bindings.size > 0 ? families.get(base) : undefined;
    const clash = first ?? (family !== undefined && !fits(family, entry) ? family.members[0] : undefined);
    if (clash !== undefined) {
      found.push(duplicate(word, name, wordFor(clash.node.kind), clash));
      continue;
    }
    byName.set(name, entry);
    if (bindings.size === 0) continue;
    const own = family ?? {
      base,
      kind: node.kind,
      variables: [...bindings.keys()],
      members: [],
      prefixes: new Set<string>(),
    };
    families.set(base, own);
    own.members.push(entry);
    let prefix = base;
    for (const element of bindings.values()) own.prefixes.add((prefix += `[${element}]`));
  }
  const kept = entries.filter(
    (e) => e.name === "" || e.node.kind === "view" || byName.get(e.name) === e || !isNamed(e.node),
  );
  return [{ entries: kept, byName, families, views }, found];
}

function duplicate(word: Name, name: string, kind: string, first: DeclaredEntry): Diagnostic {
  return diagnose("duplicate-name", word.span, { name, kind }, [
    { message: "first declared here", span: nameOf(first.node)?.span ?? first.node.span },
  ]);
}

function isNamed(node: Declaration): boolean {
  return node.kind !== "case" && nameOf(node) !== null;
}

function fits(
  family: { readonly kind: Declaration["kind"]; readonly variables: readonly string[] },
  entry: DeclaredEntry,
): boolean {
  return family.kind === entry.node.kind && family.variables.length === entry.bindings.size;
}

function checkWord(word: Name): readonly Diagnostic[] {
  const what = builtInNames.has(word.text)
    ? "a name every case has"
    : functions.some((f) => f.name === word.text)
      ? "a function"
      : isBuiltInUnit(word.text)
        ? "a unit every case has"
        : null;
  return what === null ? [] : [diagnose("reserved-word", word.span, { name: word.text, what })];
}

/** The elements that may stand in the index at `depth` of a family, in order of declaration. */
export function elementsAt(family: Family, prefix: readonly string[]): readonly string[] {
  const rows = family.members.map((m) => [...m.bindings.values()]);
  const open = rows.filter((row) => prefix.every((element, i) => row[i] === element));
  return [...new Set(open.flatMap((row) => row[prefix.length] ?? []))];
}

/** The entries of one kind, in order of declaration. */
export function ofKind<K extends Declaration["kind"]>(
  names: Names,
  kind: K,
): readonly DeclaredEntry<Extract<Declaration, { readonly kind: K }>>[] {
  return names.entries.filter(
    (e): e is DeclaredEntry<Extract<Declaration, { readonly kind: K }>> => e.node.kind === kind,
  );
}
