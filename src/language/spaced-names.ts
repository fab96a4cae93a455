/** Joins the words of names that a text declares with spaces in them, so that each is reported where it is declared and is one name elsewhere. */

import type { Token } from "./token.ts";

/** A name by its words, in order; two at least. */
export type SpacedName = readonly string[];

/** As the correction of such a name writes it. */
export function joinedName(words: SpacedName): string {
  return words.join("_");
}

/** The tokens with each run of such words on one line as one name, the longest first. */
export function withNamesJoined(tokens: readonly Token[], names: readonly SpacedName[]): readonly Token[] {
  const byFirst = new Map<string, readonly SpacedName[]>();
  for (const name of names.toSorted((a, b) => b.length - a.length)) {
    const [first = ""] = name;
    byFirst.set(first, [...(byFirst.get(first) ?? []), name]);
  }
  const joined: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    const name = byFirst
      .get(token.text)
      ?.find((words) => words.every((word, k) => tokens[i + k]?.text === word && (k === 0 || !tokens[i + k]?.first)));
    const last = name === undefined ? undefined : tokens[i + name.length - 1];
    if (name === undefined || last === undefined || token.kind !== "name") {
      joined.push(token);
      continue;
    }
    joined.push({ ...token, text: joinedName(name), end: last.end });
    i += name.length - 1;
  }
  return joined;
}
