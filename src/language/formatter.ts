/** Lays a document out tidily. Line breaks and aligned columns stay where they are; other spaces and indents are set. */

import type { Document } from "#text/span.ts";
import type { Cursor } from "./cursor.ts";
import { parseWhole } from "./parser.ts";
import type { Comment, Token } from "./token.ts";

/** One level of brackets, of a declaration's clauses, or of an `each`. */
const indent = 2;
/** A line that carries on an expression. */
const carriedOn = 4;
/** Effects stand below the first one, behind `then `. */
const behindThen = 7;

interface Line {
  readonly text: string;
  readonly at: number;
}

/**
 * Formats a document: comments are kept, formatting twice changes nothing more, and a text with syntax errors comes back as it is.
 *
 * @example
 * ```ts
 * const tidy = format({ name: "coin.casus", text: 'case coin   "Heads?"' });
 * ```
 */
export function format(document: Document): string {
  const { diagnostics, lexed, cursor } = parseWhole(document);
  if (diagnostics.some((d) => d.severity === "error")) return document.text;
  const tokens = lexed.tokens.slice(0, -1);
  const lines: Line[] = [];
  const depths = depthsOf(tokens, cursor);
  let next = 0;
  for (const [from, to] of physicalLines(tokens)) {
    const first = tokens[from] as Token;
    const space = indentOf(from, cursor, depths, first);
    for (; (lexed.comments[next]?.start ?? Infinity) < first.start; next++)
      lines.push(ownLine(lexed.comments[next] as Comment, space));
    let text = " ".repeat(space) + first.text;
    for (let i = from + 1; i < to; i++) text += gap(tokens, i, cursor, document.text) + (tokens[i] as Token).text;
    const trailing = lexed.comments[next];
    const following = tokens[to];
    if (trailing !== undefined && !trailing.first && trailing.start < (following?.start ?? Infinity)) {
      const written = document.text.slice((tokens[to - 1] as Token).end, trailing.start);
      text += (isAlignment(written) ? written : "  ") + trailing.text.trimEnd();
      next++;
    }
    lines.push({ text, at: first.start });
  }
  for (; next < lexed.comments.length; next++) lines.push(ownLine(lexed.comments[next] as Comment, 0));
  return layOut(lines, document.text);
}

function ownLine(comment: Comment, space: number): Line {
  return { text: " ".repeat(space) + comment.text.trimEnd(), at: comment.start };
}

/** Joins lines; where the source had blank lines between two, one stays. */
function layOut(lines: readonly Line[], source: string): string {
  let out = "";
  let before: Line | null = null;
  for (const line of lines) {
    if (before !== null && hasBlankLine(source, before.at, line.at)) out += "\n";
    out += `${line.text}\n`;
    before = line;
  }
  return out;
}

function hasBlankLine(source: string, from: number, to: number): boolean {
  return /(?:\r\n|\n|\r)[^\S\r\n]*(?:\r\n|\n|\r)[^\S\r\n]*$/.test(source.slice(from, to));
}

/** Half-open ranges of tokens that share a line. */
function* physicalLines(tokens: readonly Token[]): Generator<readonly [number, number]> {
  let from = 0;
  for (let i = 1; i <= tokens.length; i++)
    if (i === tokens.length || (tokens[i] as Token).first) {
      yield [from, i];
      from = i;
    }
}

/** For each token: the brackets open before it, and how many of them are braces that hold declarations. */
function depthsOf(
  tokens: readonly Token[],
  cursor: Cursor,
): readonly { readonly open: number; readonly each: number }[] {
  const stack: ("each" | "other")[] = [];
  return tokens.map((token, i) => {
    const isSymbol = token.kind === "symbol";
    if (isSymbol && (token.text === "}" || token.text === ")" || token.text === "]")) stack.pop();
    const each = stack.filter((s) => s === "each").length;
    const depth = { open: stack.length, each };
    if (isSymbol && token.text === "{") stack.push(cursor.roles.get(i + 1) === "declaration" ? "each" : "other");
    else if (isSymbol && (token.text === "(" || token.text === "[")) stack.push("other");
    return depth;
  });
}

function indentOf(
  at: number,
  cursor: Cursor,
  depths: readonly { readonly open: number; readonly each: number }[],
  token: Token,
): number {
  const { open, each } = depths[at] as { open: number; each: number };
  const role = cursor.roles.get(at);
  const base = each * indent;
  if (role === "declaration") return base;
  const isClosing = token.kind === "symbol" && (token.text === "}" || token.text === ")" || token.text === "]");
  const inner = open - each;
  if (isClosing) return base + inner * indent;
  if (role === "effect") return base + behindThen;
  if (role === "clause" || (inner === 0 && isOneOf(token, "|"))) return base + Math.max(1, inner) * indent;
  return base + (inner > 0 ? (inner + 1) * indent : carriedOn);
}

/** What stands between a token and the one before it on its line. */
function gap(tokens: readonly Token[], at: number, cursor: Cursor, source: string): string {
  const token = tokens[at] as Token;
  const before = tokens[at - 1] as Token;
  if (cursor.glued.has(at)) return "";
  if (isOneOf(token, ",", ")", "]", ".", "..") || isOneOf(before, "(", "[", ".", "..")) return "";
  const written = source.slice(before.end, token.start);
  // `1/year` and `name: unit` may be written close.
  if (written === "" && (isOneOf(token, ":", "/") || isOneOf(before, "/"))) return "";
  return alignment(written);
}

/** One space; two or more are an alignment, and stay. */
function alignment(written: string): string {
  return isAlignment(written) ? written : " ";
}

function isAlignment(written: string): boolean {
  return /^ {2,}$/.test(written);
}

function isOneOf(token: Token, ...symbols: readonly string[]): boolean {
  return token.kind === "symbol" && symbols.includes(token.text);
}
