/** Lists the names a document declares, with their words and places, even while it is being typed and does not parse. */

import type { Document, Span } from "#text/span.ts";
import { lex } from "./lexer.ts";
import type { Token } from "./token.ts";
import { isDeclarationWord } from "./words.ts";

export interface Outlined {
  readonly name: string;
  /** `stock`, `claim`, …; `option` for what a choice or a policy offers, `number` for what a choice's options carry. */
  readonly kind: string;
  /** The words in quotes that follow the name; empty where there are none. */
  readonly label: string;
  /** As written after the colon; empty where there is none. */
  readonly unit: string;
  /** Of the name, where it is declared. */
  readonly span: Span;
}

/** In order of place. */
export function outline(document: Document): readonly Outlined[] {
  const { tokens } = lex(document);
  const found: Outlined[] = [];
  tokens.forEach((token, i) => {
    if (token.kind !== "name" || !isDeclarationWord(token.text) || !startsDeclaration(tokens, i)) return;
    const name = tokens[i + 1];
    if (name?.kind !== "name" || name.first) return;
    const end = nextDeclaration(tokens, i + 1);
    found.push({ name: name.text, kind: token.text, ...wordsAfter(tokens, i + 2, end), span: spanOf(document, name) });
    if (token.text === "choice" || token.text === "policy") found.push(...options(document, tokens, i + 2, end));
  });
  return found;
}

/** At the head of a line, or after the brace or the `in { … }` of an `each`. */
function startsDeclaration(tokens: readonly Token[], i: number): boolean {
  const token = tokens[i];
  const before = tokens[i - 1];
  return token?.first === true || (before?.kind === "symbol" && (before.text === "{" || before.text === "}"));
}

function nextDeclaration(tokens: readonly Token[], from: number): number {
  let depth = 0;
  for (let i = from; i < tokens.length; i++) {
    const token = tokens[i];
    if (token?.kind === "symbol" && token.text === "{") depth++;
    if (token?.kind === "symbol" && token.text === "}") depth--;
    if (depth <= 0 && token?.kind === "name" && token.first && isDeclarationWord(token.text)) return i;
  }
  return tokens.length;
}

function wordsAfter(
  tokens: readonly Token[],
  from: number,
  end: number,
): { readonly label: string; readonly unit: string } {
  let unit = "";
  let i = from;
  // The element of an `each`: `held[m]`.
  if (isSymbol(tokens[i], "[")) while (i < end && !isSymbol(tokens[i++], "]")) continue;
  const colon = tokens[i];
  if (isSymbol(colon, ":")) {
    for (i++; i < end; i++) {
      const token = tokens[i];
      const belongs =
        token?.kind === "name" || token?.kind === "number" || (token?.kind === "symbol" && "/*^".includes(token.text));
      if (token === undefined || !belongs) break;
      unit += token.text;
    }
  }
  for (; i < Math.min(end, from + 12); i++) {
    const token = tokens[i];
    if (token?.kind === "string") return { label: token.value, unit };
    if (token?.kind === "symbol" || token?.first === true) break;
  }
  return { label: "", unit };
}

function isSymbol(token: Token | undefined, text: string): boolean {
  return token?.kind === "symbol" && token.text === text;
}

/** `= a "A" | b "B"` of a choice; `option a "A": …` of a policy. */
function options(document: Document, tokens: readonly Token[], from: number, end: number): readonly Outlined[] {
  const found: Outlined[] = [];
  let depth = 0;
  for (let i = from; i < end - 1; i++) {
    if (isSymbol(tokens[i], "{")) depth++;
    if (isSymbol(tokens[i], "}")) depth--;
    const token = tokens[i];
    const name = tokens[i + 1];
    const isNumber = depth > 0 && (isSymbol(token, "{") || isSymbol(token, ",")) && name?.kind === "name";
    if (isNumber && !found.some((o) => o.kind === "number" && o.name === name.text))
      found.push({ name: name.text, kind: "number", label: "", unit: "", span: spanOf(document, name) });
    if (depth > 0) continue;
    const isLead =
      (token?.kind === "symbol" && (token.text === "=" || token.text === "|")) ||
      (token?.kind === "name" && token.text === "option");
    if (!isLead || name?.kind !== "name") continue;
    const label = tokens[i + 2];
    found.push({
      name: name.text,
      kind: "option",
      label: label?.kind === "string" ? label.value : "",
      unit: "",
      span: spanOf(document, name),
    });
  }
  return found;
}

/** Every place where a name of the case is used or declared; not in strings and comments, and not as a column or value of a record, which are names of their own. */
export function placesOf(document: Document, name: string): readonly Span[] {
  const { tokens } = lex(document);
  const ofRecords = tokensOfRecords(tokens);
  return tokens
    .filter((t) => t.kind === "name" && t.text === name && !ofRecords.has(t))
    .map((t) => spanOf(document, t));
}

/** The tokens that speak of a record's columns: what a `record` has in braces, and what a `test` or `from record` has in parentheses. */
function tokensOfRecords(tokens: readonly Token[]): ReadonlySet<Token> {
  const found = new Set<Token>();
  let ofDeclaration = false;
  let ofSource: number | null = null;
  let depth = 0;
  tokens.forEach((token, i) => {
    const before = tokens[i - 1];
    if (depth === 0 && isDeclarationWord(token.text) && startsDeclaration(tokens, i))
      ofDeclaration = token.text === "record" || token.text === "test";
    if (token.text === "record" && before?.text === "from") ofSource = depth;
    if (depth > (ofDeclaration ? 0 : (ofSource ?? Infinity))) found.add(token);
    if (isSymbol(token, "(") || isSymbol(token, "{")) depth++;
    if (isSymbol(token, ")") || isSymbol(token, "}")) {
      depth--;
      if (ofSource !== null && depth <= ofSource) ofSource = null;
    }
  });
  return found;
}

function spanOf(document: Document, token: Token): Span {
  return { document: document.name, start: token.start, end: token.end };
}
