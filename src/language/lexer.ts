/** Splits the characters of a document into tokens and comments; every text lexes, and whatever is wrong with it is reported. */

import { diagnose, type Diagnostic } from "#text/diagnostic.ts";
import { insertAt, replaceBy, type Fix } from "#text/fix.ts";
import type { Document, Span } from "#text/span.ts";
import type { Comment, Symbol, Token } from "./token.ts";
import type { CalendarDate } from "./tree.ts";

export interface Lexed {
  /** In written order; the last is always `end`. */
  readonly tokens: readonly Token[];
  readonly comments: readonly Comment[];
  readonly diagnostics: readonly Diagnostic[];
}

const lineEnd = /\r\n|\n|\r/y;
const blank = /[^\S\r\n]+/y;
const comment = /\/\/[^\r\n]*/y;
const hashComment = /#[^\r\n]*/y;
const name = /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy;
const dateLike = /\d{4}-\d+(?:-\d+)*[\p{L}\p{M}\p{N}_]*/uy;
const date = /^(\d{4})-(\d\d)(?:-(\d\d))?$/;
const number = /(?:\d+(?:_\d+)*(?:\.\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+)?/y;
/** Thousands set apart by commas; a decimal comma. Inside brackets a comma parts two values. */
const grouped = /[1-9]\d{0,2}(?:,\d{3})+(?![\d,])(?!\s*(?:->|:))/y;
const decimalComma = /(?:\d+,\d{1,2}|0,\d+|\d+,\d{4,})(?![\d,])(?!\s*(?:->|:))/y;
const dottedDate = /(\d{1,2})\.(\d{1,2})\.(\d{4})(?![\d.])/y;
const percentSign = /[^\S\r\n]*%/y;
const symbol = /\.\.|->|!=|<=|>=|[()[\]{},:~|.+\-*/^=<>]/y;
const curlyString = /[“”„«]([^“”»"\r\n]*)["”“»]?/y;
const quoted = /'([^'\r\n]*)'/y;

/** Signs of other languages and typewriters, with ours; an empty one is dropped. The longer first. */
const foreign: readonly (readonly [string, Symbol | "" | "and" | "or" | "not"])[] = [
  ["==", "="],
  ["+=", "+"],
  ["-=", "-"],
  [":=", "="],
  ["=>", "->"],
  ["=<", "<="],
  ["<>", "!="],
  ["**", "^"],
  ["&&", "and"],
  ["||", "or"],
  ["≤", "<="],
  ["≥", ">="],
  ["≠", "!="],
  ["−", "-"],
  ["–", "-"],
  ["×", "*"],
  ["·", "*"],
  ["÷", "/"],
  ["→", "->"],
  ["…", ".."],
  ["&", "and"],
  ["!", "not"],
  [";", ""],
];

const currencies: ReadonlyMap<string, string> = new Map([
  ["€", "eur"],
  ["$", "usd"],
  ["£", "gbp"],
]);

/** Cuts `document` into tokens. Never throws; a text of any UTF-16 code units lexes. */
export function lex(document: Document): Lexed {
  const { text } = document;
  const tokens: Token[] = [];
  const comments: Comment[] = [];
  const diagnostics: Diagnostic[] = [];
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  let first = true;
  let spaced = true;
  /** Brackets open here, in which a comma parts values. */
  let depth = 0;

  const span = (start: number, end: number): Span => ({ document: document.name, start, end });
  const match = (pattern: RegExp, from = at): RegExpExecArray | null => {
    pattern.lastIndex = from;
    return pattern.exec(text);
  };
  const push = (token: Token): void => {
    tokens.push(token);
    at = token.end;
    first = false;
    spaced = false;
  };
  const place = (written: string, end: number) => ({ text: written, start: at, end, first, spaced });

  while (at < text.length) {
    let m: RegExpExecArray | null;
    if ((m = match(lineEnd))) {
      at += m[0].length;
      first = true;
      spaced = true;
    } else if ((m = match(blank))) {
      at += m[0].length;
      spaced = true;
    } else if ((m = match(comment))) {
      comments.push({ text: m[0], start: at, end: at + m[0].length, first });
      at += m[0].length;
      spaced = true;
    } else if ((m = match(hashComment))) {
      const where = span(at, at + 1);
      diagnostics.push(diagnose("comment-form", where, { sign: "#" }, [], [replaceBy(where, "//")]));
      at += m[0].length;
    } else if (text.startsWith("/*", at)) {
      const close = text.indexOf("*/", at + 2);
      const end = close < 0 ? text.length : close + 2;
      const fixes = [replaceBy(span(at, end), lineComments(text.slice(at, end), text.slice(end)))];
      diagnostics.push(diagnose("comment-form", span(at, at + 2), { sign: "/*" }, [], fixes));
      at = end;
      spaced = true;
    } else if (text[at] === '"') {
      lexString();
    } else if ((m = match(curlyString)) ?? (m = match(quoted))) {
      const end = at + m[0].length;
      const fixes = [replaceBy(span(at, end), JSON.stringify(m[1] ?? ""))];
      diagnostics.push(diagnose("wrong-quotes", span(at, end), { written: m[0][0] ?? "" }, [], fixes));
      push({ kind: "string", value: m[1] ?? "", ...place(text.slice(at, end), end) });
    } else if ((m = match(dateLike))) {
      lexDate(m[0]);
    } else if ((m = match(dottedDate))) {
      lexDottedDate(m);
    } else if (depth === 0 && (m = match(grouped) ?? match(decimalComma))) {
      lexCommas(m[0]);
    } else if (!text.startsWith("..", at) && (m = match(number))) {
      lexNumber(m[0]);
    } else if ((m = match(name))) {
      push({ kind: "name", ...place(m[0].normalize("NFC"), at + m[0].length) });
    } else if (!lexForeign()) {
      if ((m = match(symbol))) {
        // The pattern matches nothing but the members of Symbol.
        if (m[0] === "(") depth += 1;
        else if (m[0] === ")" && depth > 0) depth -= 1;
        push({ kind: "symbol", ...place(m[0], at + m[0].length), text: m[0] as Symbol });
      } else {
        lexUnknown();
      }
    }
  }
  tokens.push({ kind: "end", text: "", start: text.length, end: text.length, first: true, spaced: true });
  return { tokens, comments, diagnostics };

  function lexString(): void {
    let stop = at + 1;
    while (stop < text.length && !/["\r\n]/.test(text[stop] ?? "")) {
      stop += text[stop] === "\\" && /[^\r\n]/.test(text[stop + 1] ?? "") ? 2 : 1;
    }
    const body = text.slice(at + 1, stop);
    const closed = text[stop] === '"';
    const end = closed ? stop + 1 : stop;
    if (!closed) {
      const fixes = [insertAt(document.name, at + 1 + body.trimEnd().length, '"')];
      diagnostics.push(diagnose("unterminated-string", span(at, end), {}, [], fixes));
    }
    const value = body.replace(/\\(.)/gu, (whole: string, sign: string, offset: number) => {
      if (sign === "n") return "\n";
      if (sign === '"' || sign === "\\") return sign;
      const start = at + 1 + offset;
      const where = span(start, start + whole.length);
      const fixes = [replaceBy(where, `\\${whole}`)];
      diagnostics.push(diagnose("unknown-escape", where, { written: printable(sign) }, [], fixes));
      return sign;
    });
    push({ kind: "string", value, ...place(text.slice(at, end), end) });
  }

  function lexDate(written: string): void {
    const end = at + written.length;
    const parts = date.exec(written);
    const where = span(at, end);
    if (parts === null) diagnostics.push(diagnose("date-form", where, { written }));
    const year = Number(written.slice(0, 4));
    const month = Number(parts?.[2] ?? 1);
    const day = Number(parts?.[3] ?? 1);
    const last = daysIn(year, month);
    if (parts !== null && (year < 1 || month < 1 || month > 12))
      diagnostics.push(diagnose("no-such-month", where, { written }));
    else if (parts !== null && (day < 1 || day > last))
      diagnostics.push(diagnose("no-such-day", where, { written, last }));
    const valid: CalendarDate = {
      year: Math.max(1, year),
      month: Math.min(12, Math.max(1, month)),
      day: Math.min(last, Math.max(1, day)),
      span: where,
    };
    push({ kind: "date", date: valid, ...place(written, end) });
  }

  /** `1,500,000` is read as it was meant; of a single group, `1,500`, only the writer knows whether it is a fraction. */
  function lexCommas(written: string): void {
    const isGrouped = /,\d{3}$/.test(written) && !written.startsWith("0");
    const figure = written.replaceAll(",", isGrouped ? "_" : ".");
    const where = span(at, at + written.length);
    const [left = "", right = ""] = written.split(",");
    if (isGrouped && written.split(",").length > 2)
      diagnostics.push(diagnose("grouped-number", where, { written, figure }));
    else diagnostics.push(diagnose("comma-in-number", where, { left, right }, [], commaFixes(where, left, right)));
    const end = at + written.length;
    const sign = match(percentSign, end);
    const value = Number(figure.replaceAll("_", ""));
    if (sign === null) push({ kind: "number", value, ...place(written, end) });
    else push({ kind: "percent", value: value / 100, ...place(`${written}%`, end + sign[0].length) });
  }

  function lexDottedDate([written, day = "", month = "", year = ""]: RegExpExecArray): void {
    const meant = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
    const where = span(at, at + written.length);
    diagnostics.push(diagnose("date-form", where, { written }, [], [replaceBy(where, meant)]));
    const value = { year: Number(year), month: Number(month), day: Number(day), span: where };
    push({ kind: "date", date: value, ...place(written, at + written.length) });
  }

  function lexNumber(written: string): void {
    const sign = match(percentSign, at + written.length);
    const end = at + written.length + (sign?.[0].length ?? 0);
    const [mantissa = "", exponent = "0"] = written.replaceAll("_", "").toLowerCase().split("e");
    // Shifting the exponent rounds once: 1.1% is the double nearest to 0.011, which 1.1 / 100 is not.
    let value = Number(`${mantissa}e${Number(exponent) - (sign === null ? 0 : 2)}`);
    if (!Number.isFinite(value) || (value === 0 && /[1-9]/.test(mantissa))) {
      diagnostics.push(diagnose("number-out-of-range", span(at, end), { written }));
      value = 0;
    }
    if (sign === null) push({ kind: "number", value, ...place(written, end) });
    else push({ kind: "percent", value, ...place(`${written}%`, end) });
  }

  function lexForeign(): boolean {
    // `..` of a range before `…`, `!=` before `!`, `=` before `=>` are settled by the order of the tables and of these tests.
    if (text.startsWith("!=", at)) return false;
    const found = foreign.find(([written]) => text.startsWith(written, at));
    if (found === undefined) return false;
    const [written, ours] = found;
    const end = at + written.length;
    // A word in the place of a sign keeps apart from the words next to it.
    const isWord = /^\p{L}/u.test(ours);
    const apart = (neighbour: string | undefined): string =>
      isWord && /[\p{L}\p{N}_]/u.test(neighbour ?? "") ? " " : "";
    const fixes = [replaceBy(span(at, end), `${apart(text[at - 1])}${ours}${apart(text[end])}`)];
    diagnostics.push(diagnose("foreign-sign", span(at, end), { written, ours }, [], fixes));
    if (ours === "") {
      at = end;
      spaced = true;
    } else if (ours === "and" || ours === "or" || ours === "not") push({ kind: "name", ...place(ours, end) });
    else push({ kind: "symbol", ...place(ours, end), text: ours });
    return true;
  }

  /** The sign of a currency before or behind a figure, read as its name behind it; false, with nothing read, where there is no figure. */
  function lexCurrency(sign: string): boolean {
    const unit = currencies.get(sign);
    const where = span(at, at + sign.length);
    const figure = match(number, where.end);
    const last = tokens.at(-1);
    if (unit === undefined || !(figure !== null || last?.kind === "number")) return false;
    const edits =
      figure === null
        ? [{ span: span(last?.end ?? at, where.end), text: ` ${unit}` }]
        : [
            { span: where, text: "" },
            { span: span(where.end + figure[0].length, where.end + figure[0].length), text: ` ${unit}` },
          ];
    const fix = { title: `write ${unit} behind the figure`, edits, isSure: true };
    diagnostics.push(diagnose("unexpected-character", where, { character: sign }, [], [fix]));
    at = where.end;
    if (figure !== null) lexNumber(figure[0]);
    push({ kind: "name", ...place(unit, at) });
    return true;
  }

  function lexUnknown(): void {
    if (text[at] === "%") {
      diagnostics.push(diagnose("stray-percent", span(at, at + 1), {}));
      at += 1;
    } else {
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
      if (lexCurrency(character)) return;
      let end = at + character.length;
      // A run of one character is one mistake.
      while (text.startsWith(character, end)) end += character.length;
      diagnostics.push(diagnose("unexpected-character", span(at, end), { character: printable(character) }));
      at = end;
    }
    spaced = true;
  }
}

/** A fraction with a comma is written with a point; three digits may also be thousands, and then nothing is sure. */
function commaFixes(where: Span, left: string, right: string): readonly Fix[] {
  const isOpen = right.length === 3 && left !== "0";
  const point = replaceBy(where, `${left}.${right}`, !isOpen);
  return isOpen ? [replaceBy(where, `${left}_${right}`, false), point] : [point];
}

/** The lines of a comment between slashes and stars, each behind two slashes; what follows goes on on a line of its own. */
function lineComments(written: string, rest: string): string {
  const lines = written
    .replace(/^\/\*/, "")
    .replace(/\*\/$/, "")
    .split(/\r\n|\n|\r/);
  const comments = lines.map((line) => `// ${line.replace(/^\s*\*?\s?/, "").trimEnd()}`.trimEnd()).join("\n");
  return /^[^\S\r\n]*(?:[\r\n]|$)/.test(rest) ? comments : `${comments}\n`;
}

/** Days of a month of the Gregorian calendar; 31 for a month that is none. */
function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The character itself where it can be seen, else its code point: `U+0007`. */
function printable(character: string): string {
  if (/^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(character)) return character;
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
