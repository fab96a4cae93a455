/** Finds the words of the language that a text declares as names, so that each is reported once, where it is declared, and read as a name elsewhere. */

import type { Token } from "./token.ts";
import { isDeclarationWord, isKept } from "./words.ts";

/** What they begin gives no name. */
const nameless: ReadonlySet<string> = new Set(["one", "time", "wording", "credences"]);

/** The reserved words that stand where a declaration has its name: at the start of a line, or of what an `each` repeats on its own line. */
export function misnamedIn(tokens: readonly Token[]): ReadonlySet<string> {
  const found = new Set<string>();
  let isOfEach = false;
  tokens.forEach((token, i) => {
    if (token.first) isOfEach = token.text === "each";
    if (!(token.first || isOfEach) || token.kind !== "name") return;
    if (!isDeclarationWord(token.text) || nameless.has(token.text)) return;
    const name = tokens[i + 1];
    if (name?.kind === "name" && !name.first && isKept(name.text, token.text)) found.add(name.text);
  });
  return found;
}
