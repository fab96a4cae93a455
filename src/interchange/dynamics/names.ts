/** Names of other tools' models: one spelling to compare them by, and a name of the language for each. */

import { reserved, wordsOfLanguage } from "#language/words.ts";
import { findFunction } from "#model/functions.ts";
import { isBuiltInUnit } from "#model/units/units.ts";

/**
 * The spelling by which XMILE (§3.2.2) and Vensim compare names: no quotes, lower case; blanks, underscores and a written `\n` are one and the same.
 */
export function canonicalName(written: string): string {
  return unquote(written)
    .replaceAll(/(?:\\n|[\s_\u00A0])+/g, "_")
    .replaceAll(/^_|_$/g, "")
    .toLowerCase();
}

/** A name as people read it: no quotes, a blank for every underscore and line break. */
export function readableName(written: string): string {
  return unquote(written)
    .replaceAll(/(?:\\n|[\s_\u00A0])+/g, " ")
    .trim();
}

function unquote(written: string): string {
  const bare = written.trim();
  return bare.length > 1 && bare.startsWith('"') && bare.endsWith('"')
    ? bare.slice(1, -1).replaceAll(String.raw`\"`, '"')
    : bare.replaceAll(/\\?"/g, (quote) => (quote.length === 2 ? '"' : ""));
}

/** Names that every expression of the language knows without a declaration. */
const known: ReadonlySet<string> = new Set(["start", "end", "time", "none", "neither"]);

/** Gives each foreign name a name of the language of its own: letters, digits and underscores, no word of the language, none twice. */
export class Namer {
  readonly #taken = new Set<string>();
  readonly #given = new Map<string, string>();

  /** Always the same for the same `key`; made from `wish`. */
  nameFor(key: string, wish: string): string {
    const before = this.#given.get(key);
    if (before !== undefined) return before;
    const bare = wish
      .normalize("NFC")
      .toLowerCase()
      .replaceAll("€", "_euro_")
      .replaceAll("$", "_dollar_")
      .replaceAll("%", "_percent_")
      .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, "_")
      .replaceAll(/^_+|_+$/g, "");
    const begun = /^\p{L}/u.test(bare) ? bare : `n_${bare}`;
    let name = begun === "n_" ? "unnamed" : begun;
    if (isKept(name)) name = `${name}_`;
    const stem = name;
    for (let n = 2; this.#taken.has(name); n++) name = `${stem}_${n}`;
    this.#taken.add(name);
    this.#given.set(key, name);
    return name;
  }
}

function isKept(name: string): boolean {
  return (
    reserved.has(name) ||
    wordsOfLanguage.has(name) ||
    known.has(name) ||
    findFunction(name) !== undefined ||
    isBuiltInUnit(name)
  );
}
