/** Splits the text of a Gambit file into tokens, with clear errors by line. */

import { Refused } from "#text/refused.ts";
import Fraction from "fraction.js";
import { nearestDouble, type RationalNumber } from "./field.ts";

/** What is wrong in a game file, where (from 1), and what to write instead. */
export interface GameProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly instead: string | null;
}

/** Thrown inside a reader at the first problem and caught at its door; readers never throw. */
class Unreadable extends Refused {
  readonly problem: GameProblem;
  constructor(problem: GameProblem) {
    super(problem.message);
    this.name = "Unreadable";
    this.problem = problem;
  }
}

export interface GambitToken {
  readonly kind: "text" | "word" | "{" | "}" | "end";
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** Longer files are refused. */
const mostCharacters = 20_000_000;
/** Digits of a number; nobody needs more, and arithmetic on more takes for ever. */
const mostDigits = 60;

export interface Tokens {
  peek(): GambitToken;
  next(): GambitToken;
  fail(at: GambitToken, message: string, instead?: string): never;
  /** A quoted text. */
  text(what: string): string;
  /** A whole number of at least `least`. */
  whole(what: string, least: number): number;
  /** `3`, `-0.5`, `1/3`, `1e-3`. */
  number(what: string): RationalNumber;
  brace(which: "{" | "}", what: string): void;
}

export function tokensOf(source: string): Tokens {
  if (source.length > mostCharacters)
    throw new Unreadable({
      line: 1,
      column: 1,
      message: `the file has more than ${mostCharacters} characters`,
      instead: null,
    });
  let at = 0;
  let line = 1;
  let start = 0;
  const scan = (): GambitToken => {
    for (; at < source.length; at++) {
      const c = source[at] as string;
      if (c === "\n") {
        line++;
        start = at + 1;
      } else if (!/[\s,\uFEFF]/.test(c)) break;
    }
    const place = { line, column: at - start + 1 };
    const c = source[at];
    if (c === undefined) return { kind: "end", text: "the end of the file", ...place };
    if (c === "{" || c === "}") {
      at++;
      return { kind: c, text: c, ...place };
    }
    if (c === '"') return quoted(place);
    const from = at;
    while (at < source.length && !/[\s,{}"]/.test(source[at] as string)) at++;
    return { kind: "word", text: source.slice(from, at), ...place };
  };
  const quoted = (place: { line: number; column: number }): GambitToken => {
    let text = "";
    for (at++; at < source.length && source[at] !== '"'; at++) {
      if (source[at] === "\n") {
        line++;
        start = at + 1;
      }
      if (source[at] === "\\" && (source[at + 1] === '"' || source[at + 1] === "\\")) at++;
      text += source[at] ?? "";
    }
    if (at >= source.length)
      throw new Unreadable({ ...place, message: "a quotation mark is never closed", instead: 'end the text with "' });
    at++;
    return { kind: "text", text, ...place };
  };
  let ahead: GambitToken | null = null;
  const peek = (): GambitToken => (ahead ??= scan());
  const next = (): GambitToken => {
    const token = peek();
    ahead = null;
    return token;
  };
  const fail = (token: GambitToken, message: string, instead?: string): never => {
    throw new Unreadable({ line: token.line, column: token.column, message, instead: instead ?? null });
  };
  const shown = (t: GambitToken): string => (t.kind === "end" ? t.text : `'${t.text.slice(0, 40)}'`);
  return {
    peek,
    next,
    fail,
    text: (what) => {
      const token = next();
      return token.kind === "text"
        ? token.text
        : fail(token, `${what} is wanted here, not ${shown(token)}`, 'a text in quotation marks, as in "West"');
    },
    whole: (what, least) => {
      const token = next();
      const value = Number(token.text);
      if (token.kind !== "word" || !/^\d{1,9}$/.test(token.text) || value < least)
        fail(token, `${what} is wanted here, not ${shown(token)}`, `a whole number from ${least}`);
      return value;
    },
    number: (what) => {
      const token = next();
      const found = token.kind === "word" ? rationalIn(token.text) : null;
      if (found === null)
        return fail(token, `${what} is wanted here, not ${shown(token)}`, "a number such as 3, -0.5, 1/3 or 1e-3");
      return Number.isFinite(nearestDouble(found))
        ? found
        : fail(
            token,
            `${what} is wanted here; ${shown(token)} is beyond all numbers that can be told`,
            "a smaller unit",
          );
    },
    brace: (which, what) => {
      const token = next();
      if (token.kind !== which) fail(token, `${which} is wanted here, ${what}, not ${shown(token)}`, which);
    },
  };
}

/** Exact: decimals are tenths, not doubles. Null where it is no number. */
export function rationalIn(text: string): RationalNumber | null {
  if (text.length > mostDigits) return null;
  const ratio = /^([+-]?\d+)\/(\d+)$/.exec(text);
  if (ratio !== null) {
    const below = BigInt(ratio[2] as string);
    return below === 0n ? null : new Fraction(BigInt(ratio[1] as string), below);
  }
  const decimal = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,3}))?$/.exec(text);
  if (decimal === null || (decimal[2] === "" && decimal[3] === "")) return null;
  const [, sign = "", whole = "", part = "", power = "0"] = decimal;
  const digits = BigInt(`${sign === "-" ? "-" : ""}${whole}${part}`);
  const shift = Number(power) - part.length;
  return shift >= 0 ? new Fraction(digits * 10n ** BigInt(shift), 1n) : new Fraction(digits, 10n ** BigInt(-shift));
}

/** As it is written into a file: `2`, `-1/3`. */
export function writtenRational(value: RationalNumber): string {
  return value.toFraction();
}

/** As a file holds it: what has more digits than are read is rounded to a double. */
export function fileNumber(value: RationalNumber): string {
  const text = writtenRational(value);
  return text.length <= mostDigits ? text : String(nearestDouble(value));
}

export function quote(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

/** A reader's result, with what stopped it. */
export function attempt<G>(read: () => G): readonly [G | null, readonly GameProblem[]] {
  try {
    return [read(), []];
  } catch (error) {
    if (error instanceof Unreadable) return [null, [error.problem]];
    throw error;
  }
}
