/** Reads the text of one equation, of XMILE or of Vensim, into a tree. Throws `WrongEquation` where it is none. */

import { canonicalName } from "./names.ts";
import type { SdBinary, SdExpression, SdSubscript, SdTable } from "./tree.ts";

export type Dialect = "xmile" | "mdl";

/** An equation that cannot be read: `at` counts characters from its beginning. */
export class WrongEquation extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.name = "WrongEquation";
    this.at = at;
  }
}

/** Brackets, signs and conditions within one another. */
const deepest = 200;

const blank = /(?:[\s\u00A0]|\{[^}]*\}|\\(?=\s))+/y;
const number = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
// A name begins with a letter, or any character beyond ASCII; blanks within it are of it, in Vensim, and where a macro is called in XMILE.
const word = /[\p{L}_$\u0080-\uFFFF][\p{L}\p{M}\p{N}_$'.\u0080-\uFFFF]*/uy;
const laterWord = /[\p{L}\p{N}_$\u0080-\uFFFF][\p{L}\p{M}\p{N}_$'.\u0080-\uFFFF]*/uy;
const quotedName = /"(?:[^"\\]|\\[^])*"(?:\.[\p{L}\p{N}_."]+)?/uy;
const quotedText = /'[^']*'/y;
const qualified = /\.[\p{L}_][\p{L}\p{N}_.]*/uy;

/** Words that stand between names in XMILE and end them. */
const betweenNames: ReadonlySet<string> = new Set(["if", "then", "else", "and", "or", "not", "mod"]);

/** Reads a whole equation: one expression. */
export function readEquation(text: string, dialect: Dialect): SdExpression {
  const reader = new EquationReader(text, dialect);
  const e = reader.expression();
  reader.end();
  return e;
}

/** Reads points as Vensim writes them, `[(0,0)-(10,10)],(0,1),(1,2)`, the outer brackets taken off. */
export function readPoints(text: string): SdTable {
  const reader = new EquationReader(text, "mdl");
  const table = reader.points();
  reader.end();
  return table;
}

/** Numbers with commas, semicolons or blanks between them; null where anything else stands there. */
export function readFigures(text: string): readonly number[] | null {
  const parts = text.split(/[,;]/).map((part) => part.replaceAll(/\\(?=\s)|\s+/g, ""));
  if (parts.at(-1) === "") parts.pop();
  if (parts.length === 0 || !parts.every((p) => /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(p))) return null;
  return parts.map(Number);
}

class EquationReader {
  readonly #text: string;
  readonly #dialect: Dialect;
  #at = 0;
  #depth = 0;

  constructor(text: string, dialect: Dialect) {
    this.#text = text;
    this.#dialect = dialect;
    this.#skip();
  }

  end(): void {
    if (this.#at < this.#text.length)
      this.#fail(`'${this.#text.slice(this.#at, this.#at + 12).trim()}' is not expected here`);
  }

  expression(): SdExpression {
    if (++this.#depth > deepest) this.#fail(`more than ${deepest} brackets and signs within one another`);
    const e = this.#or();
    this.#depth--;
    return e;
  }

  #or(): SdExpression {
    return this.#leftward(
      () => this.#and(),
      () => (this.#takeWord("or") ? "or" : null),
    );
  }

  #and(): SdExpression {
    return this.#leftward(
      () => this.#equality(),
      () => (this.#takeWord("and") ? "and" : null),
    );
  }

  #equality(): SdExpression {
    // In Vensim :NOT: takes the whole comparison behind it; in XMILE it binds as a sign does.
    if (this.#dialect === "mdl" && this.#takeWord("not")) return this.#nested(() => not(this.#equality()));
    return this.#leftward(
      () => this.#order(),
      () => this.#takeSign("<>", "!=", "==", "="),
    );
  }

  #order(): SdExpression {
    return this.#leftward(
      () => this.#sum(),
      () => (this.#peek("<>") ? null : this.#takeSign("<=", ">=", "<", ">")),
    );
  }

  #sum(): SdExpression {
    return this.#leftward(
      () => this.#product(),
      () => this.#takeSign("+", "-"),
    );
  }

  #product(): SdExpression {
    const isXmile = this.#dialect === "xmile";
    return this.#leftward(
      () => this.#signed(),
      () =>
        (isXmile && this.#take("//") ? "//" : null) ??
        this.#takeSign("*", "/") ??
        (isXmile && this.#takeWord("mod") ? "mod" : null),
    );
  }

  /** Stella's `a // b` is a by b, and 0 where b is 0. */
  #leftward(part: () => SdExpression, operator: () => SdBinary | "//" | null): SdExpression {
    let left = part();
    for (let op = operator(); op !== null; op = operator())
      left =
        op === "//"
          ? { kind: "call", name: "safediv", subscripts: null, arguments: [left, part()] }
          : { kind: "binary", operator: op, left, right: part() };
    return left;
  }

  #signed(): SdExpression {
    if (this.#takeSign("-") !== null) return this.#nested(() => minus(this.#signed()));
    if (this.#takeSign("+") !== null) return this.#nested(() => this.#signed());
    if (this.#takeWord("not")) return this.#nested(() => not(this.#signed()));
    return this.#power();
  }

  #power(): SdExpression {
    const left = this.#atom();
    // From the right, as both tools do; a sign may stand before an exponent.
    if (this.#takeSign("^") === null) return left;
    return { kind: "binary", operator: "^", left, right: this.#nested(() => this.#exponent()) };
  }

  #exponent(): SdExpression {
    if (this.#takeSign("-") !== null) return this.#nested(() => minus(this.#exponent()));
    if (this.#takeSign("+") !== null) return this.#nested(() => this.#exponent());
    return this.#power();
  }

  #nested<T>(read: () => T): T {
    if (++this.#depth > deepest) this.#fail(`more than ${deepest} brackets and signs within one another`);
    const made = read();
    this.#depth--;
    return made;
  }

  #atom(): SdExpression {
    if (this.#take("(")) {
      const e = this.expression();
      this.#expect(")");
      return e;
    }
    const digits = this.#match(number);
    if (digits !== null) return { kind: "number", value: this.#valueOf(digits) };
    const text = this.#match(quotedText);
    if (text !== null) return { kind: "text", text: text.slice(1, -1) };
    if (this.#dialect === "mdl" && this.#takeExactly(":NA:")) return { kind: "name", name: ":na:", subscripts: null };
    if (this.#dialect === "xmile" && this.#takeWord("if")) return this.#condition();
    return this.#named();
  }

  #condition(): SdExpression {
    const condition = this.expression();
    if (!this.#takeWord("then")) this.#fail("THEN is wanted");
    const then = this.expression();
    if (!this.#takeWord("else")) this.#fail("ELSE is wanted");
    return { kind: "if", condition, then, else: this.expression() };
  }

  #named(): SdExpression {
    const written = this.#name();
    if (written === null)
      this.#fail(
        this.#at >= this.#text.length ? "the equation ends too early" : "a number, a name or a bracket is wanted",
      );
    const name = canonicalName(written);
    const subscripts = this.#subscripts();
    if (!this.#take("(")) return { kind: "name", name, subscripts };
    const given: SdExpression[] = [];
    const outputs: SdExpression[] = [];
    if (!this.#take(")")) {
      do given.push(this.#argument());
      while (this.#take(",") || this.#take(";"));
      // Vensim: behind a colon stand the names that further results of a macro get.
      if (this.#dialect === "mdl" && this.#take(":"))
        do outputs.push(this.#atom());
        while (this.#take(","));
      this.#expect(")");
    }
    return { kind: "call", name, subscripts, arguments: given, ...(outputs.length === 0 ? {} : { outputs }) };
  }

  /** An expression, or the points of a table where `(…,…)` or `[(` begins one. */
  #argument(): SdExpression {
    const begin = this.#at;
    if (this.#dialect === "mdl" && /^\(\s*(?:\[\s*\(|\(\s*[-+]?\s*[\d.])/.test(this.#text.slice(begin, begin + 40))) {
      try {
        this.#expect("(");
        const table = this.points();
        this.#expect(")");
        return { kind: "table", table };
      } catch (error) {
        if (!(error instanceof WrongEquation)) throw error;
        this.#at = begin;
      }
    }
    return this.expression();
  }

  points(): SdTable {
    const x: number[] = [];
    const y: number[] = [];
    if (this.#take("[")) {
      // The picture's frame, and points for reference only.
      for (let open = 1; open > 0;) {
        if (this.#at >= this.#text.length) this.#fail("']' is wanted");
        if (this.#take("[")) open++;
        else if (this.#take("]")) open--;
        else {
          this.#at++;
          this.#skip();
        }
      }
      this.#take(",");
    }
    do {
      this.#expect("(");
      x.push(this.#figure());
      this.#expect(",");
      y.push(this.#figure());
      this.#expect(")");
    } while (this.#take(","));
    return { x, y, form: "continuous" };
  }

  #figure(): number {
    let sign = 1;
    for (let s = this.#takeSign("+", "-"); s !== null; s = this.#takeSign("+", "-")) if (s === "-") sign = -sign;
    const digits = this.#match(number);
    if (digits === null) this.#fail("a number is wanted");
    return sign * this.#valueOf(digits);
  }

  #valueOf(digits: string): number {
    const value = Number(digits);
    if (!Number.isFinite(value)) this.#fail(`the number ${digits} is larger than the largest that is computed with`);
    return value;
  }

  #subscripts(): readonly SdSubscript[] | null {
    if (!this.#take("[")) return null;
    const all: SdSubscript[] = [];
    do all.push(this.#subscript());
    while (this.#take(","));
    this.#expect("]");
    return all;
  }

  #subscript(): SdSubscript {
    if (this.#take("*")) return { kind: "all" };
    const name = this.#name();
    if (name !== null) return { kind: "name", name: canonicalName(name), isRunning: this.#take("!") };
    const digits = this.#match(/\d+/y);
    if (digits === null) this.#fail("the name of an element or a range is wanted");
    return { kind: "number", value: Number(digits) };
  }

  #name(): string | null {
    const quoted = this.#match(quotedName) ?? (this.#dialect === "xmile" ? this.#match(qualified) : null);
    if (quoted !== null) return quoted;
    const before = this.#at;
    let name = this.#match(word);
    if (name === null) return null;
    if (this.#dialect === "xmile" && betweenNames.has(name.toLowerCase())) {
      this.#at = before;
      return null;
    }
    for (;;) {
      const back = this.#at;
      const more = this.#match(laterWord);
      if (more === null) return name;
      if (this.#dialect === "xmile" && betweenNames.has(more.toLowerCase())) {
        this.#at = back;
        return name;
      }
      name += ` ${more}`;
    }
  }

  /** `:AND:` in Vensim, `AND` in XMILE. */
  #takeWord(name: string): boolean {
    if (this.#dialect === "mdl") return this.#takeExactly(`:${name.toUpperCase()}:`);
    const rest = this.#text.slice(this.#at, this.#at + name.length);
    if (rest.toLowerCase() !== name || /[\p{L}\p{N}_]/u.test(this.#text[this.#at + name.length] ?? "")) return false;
    this.#at += name.length;
    this.#skip();
    return true;
  }

  #takeExactly(sign: string): boolean {
    if (this.#text.slice(this.#at, this.#at + sign.length).toUpperCase() !== sign) return false;
    this.#at += sign.length;
    this.#skip();
    return true;
  }

  #takeSign(...signs: readonly string[]): SdBinary | null {
    for (const sign of signs)
      if (this.#take(sign)) return sign === "!=" ? "<>" : sign === "==" ? "=" : (sign as SdBinary);
    return null;
  }

  #peek(sign: string): boolean {
    return this.#text.startsWith(sign, this.#at);
  }

  #take(sign: string): boolean {
    if (!this.#peek(sign)) return false;
    this.#at += sign.length;
    this.#skip();
    return true;
  }

  #expect(sign: string): void {
    if (!this.#take(sign)) this.#fail(`'${sign}' is wanted`);
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return null;
    this.#at += found[0].length;
    this.#skip();
    return found[0];
  }

  #skip(): void {
    blank.lastIndex = this.#at;
    const found = blank.exec(this.#text);
    if (found !== null) this.#at += found[0].length;
  }

  #fail(message: string): never {
    throw new WrongEquation(message, this.#at);
  }
}

function not(operand: SdExpression): SdExpression {
  return { kind: "unary", operator: "not", operand };
}

function minus(operand: SdExpression): SdExpression {
  return operand.kind === "number"
    ? { kind: "number", value: -operand.value }
    : { kind: "unary", operator: "-", operand };
}
