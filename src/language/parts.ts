/** Reads a ready-made piece of a case, a part or a template, and fits its names to a writer's choice. */

import { Refused } from "#text/refused.ts";
import type { Document } from "#text/span.ts";
import { lex } from "./lexer.ts";

/** A piece of a case with its heading. */
export interface ShelfPart {
  /** Of its file, without the ending. */
  readonly name: string;
  /** What it is, in a sentence. */
  readonly title: string;
  /** Other lines of the heading, such as `Source` and `Not for`, in order. */
  readonly heading: readonly (readonly [string, string])[];
  /** Names that a writer may choose others for; all else that it declares is made of them. */
  readonly roles: readonly string[];
  /** The piece with its heading, as its file has it. */
  readonly document: Document;
}

const headingLine = /^\/\/ ([A-Z][a-z]*(?: [a-z]+)?): (.+)$/;

/** Reads a piece: its first line is a comment that says what it is, the comments that follow are its heading. */
export function readPart(document: Document): ShelfPart {
  const name = document.name.replace(/^.*[/\\]/, "").replace(/\.casus$/, "");
  const [first = "", ...rest] = document.text.split("\n");
  const heading: (readonly [string, string])[] = [];
  for (const line of rest) {
    const [, key, value] = headingLine.exec(line) ?? [];
    if (key === undefined || value === undefined) break;
    heading.push([key, value]);
  }
  const roles = heading.find(([key]) => key === "Names")?.[1].split(/,\s*/) ?? [];
  return { name, title: first.replace(/^\/\/ ?/, ""), heading, roles, document };
}

/**
 * The text of a part under other names: `as` gives one for each role in order, or pairs `role=name`. A role is replaced where it is a name or a part of one
 * (`north_arms`), and where it is a word of a text. Throws `Refused` where a name is no name or a role is not the part's.
 */
export function fitPart(part: ShelfPart, as: readonly string[]): string {
  const chosen = chosenNames(part, as);
  const { text } = part.document;
  const edits: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  for (const token of lex(part.document).tokens) {
    if (token.kind !== "name" && token.kind !== "string") continue;
    const written = text.slice(token.start, token.end);
    const fitted = token.kind === "name" ? fittedName(written, chosen) : fittedWords(written, chosen);
    if (fitted !== written) edits.push({ start: token.start, end: token.end, text: fitted });
  }
  let fitted = "";
  let from = 0;
  for (const edit of edits) {
    fitted += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return (fitted + text.slice(from)).replace(/^\/\/ Names: .*\n/m, "");
}

function chosenNames(part: ShelfPart, as: readonly string[]): ReadonlyMap<string, string> {
  const roles = part.roles.join(", ");
  const chosen = new Map<string, string>();
  for (const [i, given] of as.entries()) {
    const [before, after] = given.includes("=") ? given.split("=", 2) : [part.roles[i], given];
    if (before === undefined || !part.roles.includes(before))
      throw new Refused(
        `the part ${part.name} has the names ${roles}; give at most one for each, or pairs such as ${part.roles[0]}=other`,
      );
    const name = (after ?? "").trim().normalize("NFC");
    if (!/^\p{L}[\p{L}\p{M}\p{N}_]*$/u.test(name))
      throw new Refused(`'${name}' is no name; begin it with a letter, and use letters, figures and underscores`);
    chosen.set(before, name);
  }
  return chosen;
}

/** Names are made of roles and other words between underscores. */
function fittedName(name: string, chosen: ReadonlyMap<string, string>): string {
  return name
    .split("_")
    .map((word) => chosen.get(word) ?? word)
    .join("_");
}

/** In a text a role is a word, with or without a capital; a name's underscores become spaces there. */
function fittedWords(text: string, chosen: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\p{L}+/gu, (word) => {
    const name = chosen.get(word.toLowerCase());
    if (name === undefined) return word;
    const said = name.replaceAll("_", " ");
    return word === word.toLowerCase() ? said : said.charAt(0).toUpperCase() + said.slice(1);
  });
}
