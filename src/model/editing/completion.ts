/** A place in a case in; what could stand there out: by what stands before it on its line, the names of one kind, words, units, functions. */

import type { Document } from "#text/span.ts";
import type { Outlined } from "#language/outline.ts";
import { claimKinds, declarationWords, families, markWords } from "#language/words.ts";
import { functions } from "../functions.ts";
import { knownUnits } from "../units/units.ts";
import { outlineAll } from "./names.ts";

export interface Completion {
  readonly label: string;
  /** `word`, `function`, `unit`, or the kind of a declaration. */
  readonly kind: string;
  /** Its unit, or how it is used. */
  readonly detail: string;
  /** In words. */
  readonly about: string;
}

/** What may be written at `offset`; an editor keeps what begins as the word there does. */
export function completionsAt(documents: readonly Document[], at: Document, offset: number): readonly Completion[] {
  const line = at.text.slice(at.text.lastIndexOf("\n", offset - 1) + 1, offset);
  const before = line.replace(/[\p{L}_][\p{L}\p{M}\p{N}_]*$/u, "");
  const outlined = outlineAll(documents);
  if (before.trim() === "")
    return [
      ...wordsOf(
        declarationWords.map((w) => (w === "one" ? "one of" : w)),
        "declaration",
      ),
      ...namesOf(outlined),
    ];
  if (/"[^"]*$/.test(before.replaceAll(/"[^"]*"/g, "")) || before.includes("//")) return [];
  return (
    narrowed(before, outlined) ?? [
      ...namesOf(outlined),
      ...functionsOf(),
      ...wordsOf(["if", "then", "else", "and", "or", "not"], "word"),
    ]
  );
}

/** Where only one sort of thing can follow; null where many may. */
function narrowed(before: string, outlined: readonly Outlined[]): readonly Completion[] | null {
  const kind = (...kinds: readonly string[]): readonly Completion[] =>
    namesOf(outlined.filter((o) => kinds.includes(o.kind)));
  if (/~\s*$/.test(before))
    return [...wordsOf([...families, "discrete", "from record"], "distribution"), ...functionsOf()];
  if (/\b(?:because|given)\s+(?:[\w\s]*\b(?:and|or|not)\s+)?$/.test(before)) return kind("claim");
  if (/^\s*(?:conclusion|test|forecast)\b.*\bof\s+(?:[\p{L}\p{N}_]+\s*,\s*)*$/u.test(before)) return kind("claim");
  if (/\b(?:under|like|sees|otherwise|for)\s+(?:[\p{L}\p{N}_]+\s*,\s*)*$/u.test(before)) return kind("view");
  if (/^\s*(?:choice|policy)\b.*\bby\s+$/.test(before)) return kind("actor");
  if (/\bbelieved\(\s*$/.test(before)) return kind("actor", "view");
  if (/\b(?:happened|count|time_of|since|first)\(\s*(?:[\p{L}\p{N}_.]+\s*,\s*)*$/u.test(before))
    return kind("event", "policy");
  if (/\b(?:force|forbid|on)\s+$/.test(before)) return kind("event", "policy");
  if (/^\s*claim\s+[\p{L}\p{N}_]+\s+$/u.test(before)) return wordsOf(claimKinds, "kind of claim");
  if (/^\s*test\b.*\bon\s+$/.test(before)) return kind("record");
  if (/^\s*(?:unknown|stock|let|table|shock|outcome)\s+[\p{L}\p{N}_]+\s*:\s*$/u.test(before)) return unitsOf();
  if (/(?:^|[^\p{L}\p{N}_])\d[\d_.]*\s+$/u.test(before))
    return [...unitsOf(), ...wordsOf(["and", "or", "then", "else", "to", "because", ...markWords], "word")];
  const owner = /([\p{L}_][\p{L}\p{N}_]*)(?:\s*=\s*|\.)$/u.exec(before)?.[1];
  const at = outlined.findIndex((o) => o.name === owner && (o.kind === "choice" || o.kind === "policy"));
  if (at < 0) return null;
  const rest = outlined.slice(at + 1);
  const end = rest.findIndex((o) => o.kind !== "option" && o.kind !== "number");
  const inner = end < 0 ? rest : rest.slice(0, end);
  return namesOf(
    inner.filter((o) =>
      before.endsWith(".") && outlined[at]?.kind === "choice" ? o.kind === "number" : o.kind === "option",
    ),
  );
}

function namesOf(outlined: readonly Outlined[]): readonly Completion[] {
  const byName = new Map(outlined.map((o) => [o.name, o]));
  return [...byName.values()].map((o) => ({
    label: o.name,
    kind: o.kind,
    detail: [o.kind, o.unit].filter((t) => t !== "").join(" : "),
    about: o.label,
  }));
}

function functionsOf(): readonly Completion[] {
  return functions.map((f) => ({ label: f.name, kind: "function", detail: f.usage, about: f.meaning }));
}

function unitsOf(): readonly Completion[] {
  return knownUnits.map((name) => ({ label: name, kind: "unit", detail: "unit", about: "" }));
}

function wordsOf(words: readonly string[], detail: string): readonly Completion[] {
  return words.map((label) => ({ label, kind: "word", detail, about: "" }));
}
