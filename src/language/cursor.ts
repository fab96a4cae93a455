/** Walks the tokens for the parsing functions: keeps their place and gathers what they report. */

import { diagnose, type Code, type Diagnostic, type Note } from "#text/diagnostic.ts";
import type { Catalogue } from "#text/catalogue.ts";
import { insertAt, replaceBy, type Fix } from "#text/fix.ts";
import type { Span } from "#text/span.ts";
import type { SpacedName } from "./spaced-names.ts";
import type { Symbol, Token } from "./token.ts";
import type { ExpressionNode, Name, Text } from "./tree.ts";
import { isDeclarationWord, isNeverRead, reserved } from "./words.ts";

/** What a token begins, for the formatter: a declaration, a clause or term of one, an effect after `then`. */
type Role = "declaration" | "clause" | "effect";

/** Brackets and blocks inside one another that are read before the parser gives up on them. */
const deepestNesting = 200;

/** Height of a syntax tree, chains such as `a + b + c` included, so that later stages may recurse over it. */
const deepestTree = 500;

/** Join two parts of a formula: a word before one of them is a name, and begins no declaration. */
const joining: ReadonlySet<string> = new Set(["and", "or", "then", "else"]);

export class Cursor {
  readonly document: string;
  readonly tokens: readonly Token[];
  readonly diagnostics: Diagnostic[];
  /** Index of the token that is read next. */
  position = 0;
  /** What could not be read, from where it was given up to where reading went on. */
  readonly unread: Span[] = [];
  nesting = 0;
  /** True where an operator at the start of a line begins a new term. */
  linesAreTerms = false;
  /** True in a test of a record, where names are columns and may be declaration words. */
  namesAreColumns = false;
  /** Free words that begin a clause here and so are no units after a number. */
  followers: ReadonlySet<string> = new Set();
  /** Another word than `because` has been read for it: the reason follows. */
  readsReason = false;
  /** Calls whose bracket is open. */
  callsOpen = 0;
  /** Expressions written in brackets. */
  readonly bracketed = new WeakSet<ExpressionNode>();
  /** Tokens, by index, with no space before them in formatted text. */
  readonly glued = new Set<number>();
  readonly roles = new Map<number, Role>();
  /** Words of the language that the case declares as names: reported there, and names elsewhere. */
  readonly misnamed: ReadonlySet<string>;
  /** Where they were read as names. */
  readonly misnamedAt: Name[] = [];
  /** Names that were declared with spaces in them, and reported. */
  readonly spacedNames: SpacedName[] = [];
  /** What has been looked up over the whole text, so that many mistakes of a kind take no longer each: where words occur, and which of them are units. */
  private places: ReadonlyMap<string, readonly number[]> | null = null;
  readonly unitWords = new Map<string, boolean>();
  private readonly renamed = new Set<string>();
  private readonly heights = new WeakMap<ExpressionNode, number>();
  private readonly last: Token;
  private panickedAt: number | null = null;

  constructor(document: string, tokens: readonly Token[], end: Token, misnamed: ReadonlySet<string>) {
    this.document = document;
    this.misnamed = misnamed;
    this.tokens = tokens;
    this.diagnostics = [];
    this.last = end;
  }

  /** An error has been reported and nothing that follows is trusted until `recover`: further errors are kept back. */
  get panicking(): boolean {
    return this.panickedAt !== null;
  }

  set panicking(value: boolean) {
    if (value) this.panickedAt ??= this.gap().start;
    else if (this.panickedAt !== null) {
      this.unread.push({ document: this.document, start: this.panickedAt, end: this.token.start });
      this.panickedAt = null;
    }
  }

  get token(): Token {
    return this.peek(0);
  }

  peek(distance: number): Token {
    return this.tokens[this.position + distance] ?? this.last;
  }

  /** Indices of the tokens that read `text`. */
  placesOf(text: string): readonly number[] {
    this.places ??= placesByText(this.tokens);
    return this.places.get(text) ?? [];
  }

  /** The file declares `name` by `word`. */
  isDeclared(word: string, name: string): boolean {
    return this.placesOf(name).some((i) => this.tokens[i - 1]?.text === word && this.tokens[i - 1]?.first === true);
  }

  /** Where tokens of these texts follow one another; `goesOn` says whether one follows the one before. */
  runsOf(parts: readonly string[], goesOn: (token: Token, previous: Token) => boolean): readonly Span[] {
    return this.placesOf(parts[0] ?? "").flatMap((i) => {
      const run = this.tokens.slice(i, i + parts.length);
      const isSame = run.every((t, k) => t.text === parts[k] && (k === 0 || goesOn(t, run[k - 1] as Token)));
      const [first, last] = [run[0], run.at(-1)];
      if (first === undefined || last === undefined || !isSame || run.length < parts.length) return [];
      return [{ document: this.document, start: first.start, end: last.end }];
    });
  }

  /**
   * The correction of a declared name to `text`: there, and at `others` as well, unless another message has corrected them already.
   */
  renaming(text: string, declared: Span, others: () => readonly Span[]): Fix {
    const elsewhere = this.renamed.has(text) ? [] : others().filter((span) => span.start !== declared.start);
    this.renamed.add(text);
    return { title: `write ${text}`, edits: [declared, ...elsewhere].map((span) => ({ span, text })), isSure: true };
  }

  /** The token read last; the first of the file where none was. */
  get previous(): Token {
    return this.tokens[this.position - 1] ?? this.token;
  }

  get atEnd(): boolean {
    return this.token.kind === "end";
  }

  advance(): Token {
    const token = this.token;
    if (token.kind !== "end") this.position += 1;
    return token;
  }

  is(symbol: Symbol): boolean {
    return isSymbol(this.token, symbol);
  }

  isWord(word: string): boolean {
    return isWord(this.token, word);
  }

  take(symbol: Symbol): boolean {
    const found = this.is(symbol);
    if (found) this.advance();
    return found;
  }

  takeWord(word: string): boolean {
    const found = this.isWord(word);
    if (found) this.advance();
    return found;
  }

  /** Reports and reads over a `:` or `=` before a value that needs neither. */
  skipSign(): void {
    if ((this.is(":") || this.is("=")) && !this.panicking) this.skip();
  }

  /** Reports and reads over `count` signs or words that are not needed, with the space before them. */
  skip(count = 1): void {
    const { token, previous } = this;
    for (let i = 0; i < count; i++) this.advance();
    const span = { ...this.spanOf(token), end: this.previous.end };
    const around = { ...span, start: token.first ? token.start : previous.end };
    const kept = token.spaced && !this.token.spaced ? " " : "";
    this.report("sign-not-needed", span, { sign: this.written(span) }, [], [replaceBy(around, kept)]);
  }

  /** The tokens between the ends of `span` as they are written, with one space where there is any. */
  written({ start, end }: Span): string {
    return writtenAs(this.tokens.filter((t) => t.start >= start && t.end <= end));
  }

  /** Says that the next token stands close to the one before it. */
  glue(): void {
    this.glued.add(this.position);
  }

  mark(role: Role): void {
    this.roles.set(this.position, role);
  }

  spanOf(token: Token): Span {
    return { document: this.document, start: token.start, end: token.end };
  }

  /** From `start` to the end of the last token read; empty where nothing was read. */
  spanFrom(start: number): Span {
    return { document: this.document, start, end: Math.max(start, this.previous.end) };
  }

  /** Where something is missing: the token found in its place, or the end of the one before when that was the last of its line. */
  gap(): Span {
    const { token, previous } = this;
    if (this.position === 0 || !(token.first || token.kind === "end")) return this.spanOf(token);
    return { document: this.document, start: previous.end, end: previous.end };
  }

  /** Reports and goes on: what is wrong does not hide what follows. */
  report<C extends Code>(
    code: C,
    span: Span,
    parameters: Parameters<Catalogue[C]>[0],
    notes: readonly Note[] = [],
    fixes: readonly Fix[] = [],
  ): void {
    if (!this.panicking) this.diagnostics.push(diagnose(code, span, parameters, notes, fixes));
  }

  /** Reports that the text cannot be read here; keeps quiet until `recover`. */
  fail<C extends Code>(
    code: C,
    span: Span,
    parameters: Parameters<Catalogue[C]>[0],
    notes: readonly Note[] = [],
    fixes: readonly Fix[] = [],
  ): void {
    this.report(code, span, parameters, notes, fixes);
    this.panicking = true;
  }

  /** Takes `symbol`, or fails with what was `wanted` ("'=' and a value"). A colon and an equals sign are each read for the other. */
  expect(symbol: Symbol, wanted = `'${symbol}'`): boolean {
    if (this.take(symbol)) return true;
    if ((symbol === "=" && this.is(":")) || (symbol === ":" && this.is("="))) {
      const span = this.spanOf(this.token);
      this.report("expected", span, { wanted, found: this.found() }, [], [replaceBy(span, symbol)]);
      this.advance();
      return true;
    }
    this.failForWant(symbol, wanted);
    return false;
  }

  /** The same of a word; each of `others`, written in its place, is reported and read for it. */
  expectWord(word: string, wanted = `'${word}'`, others: readonly string[] = []): boolean {
    if (this.takeWord(word)) return true;
    if (others.includes(this.token.text) && !this.panicking) {
      const span = this.spanOf(this.token);
      this.report("expected", span, { wanted, found: this.found() }, [], [replaceBy(span, word)]);
      this.advance();
      return true;
    }
    this.failForWant(word, wanted);
    return false;
  }

  /** What is missing is written before what was found in its place; a brace alone would not do. */
  private failForWant(missing: string, wanted: string): void {
    const gap = this.gap();
    const fixes =
      missing === "{"
        ? []
        : [insertAt(this.document, gap.start, this.token.first ? ` ${missing}` : `${missing} `, false)];
    this.fail("expected", gap, { wanted, found: this.found() }, [], fixes);
  }

  /** How messages call the next token. */
  found(): string {
    return describe(this.token);
  }

  /** A name that may be freely chosen, or null with no report. */
  name(): Name | null {
    const { token } = this;
    if (token.kind !== "name" || !this.mayName()) return null;
    this.advance();
    return this.named(token);
  }

  /** The next word can be read as a name: it is free to be one, or has been declared as one. */
  mayName(): boolean {
    const { text } = this.token;
    return !reserved.has(text) || ((!isNeverRead(text) || this.misnamed.has(text)) && !this.atDeclaration);
  }

  /** The token as a name. A misnamed word goes by the name that its message offers, so that it means nothing else from here on. */
  named(token: Token): Name {
    const name = { text: token.text, span: this.spanOf(token) };
    if (!this.misnamed.has(name.text)) return name;
    this.misnamedAt.push(name);
    return { ...name, text: `${name.text}_` };
  }

  text(): Text | null {
    const { token } = this;
    if (token.kind !== "string") return null;
    this.advance();
    return { text: token.value, span: this.spanOf(token) };
  }

  /** True where a declaration begins: its word first on its line, followed by what follows it. */
  get atDeclaration(): boolean {
    return this.token.first && this.looksLikeDeclaration();
  }

  looksLikeDeclaration(): boolean {
    const { token } = this;
    if (token.kind !== "name" || !isDeclarationWord(token.text)) return false;
    const next = this.peek(1);
    switch (token.text) {
      case "time":
        return next.kind === "number" || next.kind === "date";
      case "wording":
        return isSymbol(next, "{");
      case "one":
        return isWord(next, "of");
      default:
        return (next.kind === "name" && !joining.has(next.text)) || next.kind === "string";
    }
  }

  /** Skips to the next word of `words`, a closing brace, or a declaration; ends the panic. */
  recover(words: { has(word: string): boolean }): void {
    this.panicking = false;
    let open = 0;
    while (!this.atEnd && !this.atDeclaration) {
      if (this.is("{")) open += 1;
      else if (this.is("}") && open-- === 0) return;
      else if (open === 0 && this.token.kind === "name" && words.has(this.token.text)) return;
      this.advance();
    }
  }

  /** Runs `inner` one level deeper; null, with a failure, where that is too deep. */
  nested<T>(inner: () => T): T | null {
    if (this.nesting >= deepestNesting) {
      this.fail("too-deep", this.gap(), { most: deepestNesting });
      return null;
    }
    this.nesting += 1;
    const result = inner();
    this.nesting -= 1;
    return result;
  }

  /**
   * Keeps `node`, whose parts are `parts`, unless the tree grows too high with it. `levels`: how many it adds; a call of many arguments becomes one operation
   * after another.
   */
  grown(node: ExpressionNode, parts: readonly ExpressionNode[], levels = 1): ExpressionNode {
    let height = 1;
    for (const part of parts) height = Math.max(height, levels + (this.heights.get(part) ?? 1));
    if (height > deepestTree) {
      this.fail("too-long", this.gap(), { most: deepestTree });
      return this.missing();
    }
    this.heights.set(node, height);
    return node;
  }

  missing(): ExpressionNode & { readonly kind: "missing" } {
    return { kind: "missing", span: this.gap() };
  }
}

function placesByText(tokens: readonly Token[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  tokens.forEach(({ text }, i) => {
    const known = places.get(text);
    if (known === undefined) places.set(text, [i]);
    else known.push(i);
  });
  return places;
}

/** Tokens as they are written, with one space where there is any. */
export function writtenAs(tokens: readonly Token[]): string {
  return tokens.map((t, i) => (i > 0 && t.spaced ? ` ${t.text}` : t.text)).join("");
}

export function isSymbol(token: Token, symbol: Symbol): boolean {
  return token.kind === "symbol" && token.text === symbol;
}

function isWord(token: Token, word: string): boolean {
  return token.kind === "name" && token.text === word;
}

/** How messages call a token. */
export function describe(token: Token): string {
  switch (token.kind) {
    case "end":
      return "the end of the file";
    case "string":
      return "a text in quotes";
    case "name":
    case "number":
    case "percent":
    case "date":
    case "symbol":
      return `'${token.text}'`;
  }
}
