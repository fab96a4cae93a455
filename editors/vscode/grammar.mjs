/** The TextMate grammar of the language, made from its words: what is coloured is what the parser knows. */

import { claimKinds, declarationWords, families, markWords, reserved } from "../../dist/language/words.js";

/** A match for any of `words`, none of which goes on into a longer name. */
function anyOf(words) {
  return `(?<![\\p{L}\\p{N}_])(?:${[...words].join("|")})(?![\\p{L}\\p{N}_])`;
}

export function grammar() {
  const declaring = declarationWords.map((word) => (word === "one" ? "one\\s+of" : word));
  const clauses = [...reserved].filter((word) => !declarationWords.includes(word));
  return {
    name: "Casus",
    scopeName: "source.casus",
    patterns: [
      { name: "comment.line.double-slash.casus", match: "//.*$" },
      {
        name: "string.quoted.double.casus",
        begin: '"',
        end: '"|$',
        patterns: [{ name: "constant.character.escape.casus", match: "\\\\." }],
      },
      { name: "constant.other.date.casus", match: "\\b\\d{4}-\\d\\d(?:-\\d\\d)?\\b" },
      {
        name: "constant.numeric.casus",
        match: "(?<![\\p{L}\\p{N}_])(?:\\d[\\d_]*\\.?[\\d_]*|\\.\\d+)(?:[eE][+-]?\\d+)?\\s*%?",
      },
      {
        match: `^\\s*(${declaring.join("|")})\\s+([\\p{L}_][\\p{L}\\p{M}\\p{N}_]*)`,
        captures: { 1: { name: "keyword.declaration.casus" }, 2: { name: "entity.name.casus" } },
      },
      { name: "storage.modifier.casus", match: anyOf(markWords) },
      { name: "support.type.casus", match: anyOf([...claimKinds, ...families, "discrete"]) },
      { name: "keyword.control.casus", match: anyOf(clauses) },
      { name: "keyword.operator.casus", match: "\\.\\.|->|!=|<=|>=|[-+*/^=<>~|]" },
      { name: "support.function.casus", match: "[\\p{L}_][\\p{L}\\p{M}\\p{N}_]*(?=\\()" },
    ],
  };
}
