/** Bits of the language's text with what is needed to put them together: how tightly they bind, and whether they are a truth. */

import { Untranslatable } from "./untranslatable.ts";

export interface Piece {
  readonly text: string;
  /** As in the grammar of docs/language.md, loosest first: 0 if, 1 or, 2 and, 3 not, 4 comparison, 5 sum, 6 product, 7 sign, 8 power, 9 atom. */
  readonly level: number;
  readonly isTruth: boolean;
}

export function atom(text: string): Piece {
  return { text, level: 9, isTruth: false };
}

/** Throws `Untranslatable` where what was worked out is beyond doubles. */
export function figurePiece(value: number): Piece {
  if (!Number.isFinite(value))
    throw new Untranslatable("a number in it is larger than the largest that is computed with");
  return { text: String(value), level: value < 0 || Object.is(value, -0) ? 7 : 9, isTruth: false };
}

/** The text, in brackets where it binds less tightly than `level`. */
export function bracketed(piece: Piece, level: number): string {
  return piece.level >= level ? piece.text : `(${piece.text})`;
}

/** A truth where a number is wanted is 1 or 0. */
export function asNumber(piece: Piece): Piece {
  return piece.isTruth ? eitherPiece(piece, figurePiece(1), figurePiece(0)) : piece;
}

/** A number where a truth is wanted is true when it is not 0. */
export function asTruth(piece: Piece): Piece {
  return piece.isTruth ? piece : comparePieces("!=", piece, figurePiece(0));
}

export function eitherPiece(condition: Piece, then: Piece, otherwise: Piece): Piece {
  const [c, a, b] = [asTruth(condition), asNumber(then), asNumber(otherwise)];
  return { text: `if ${c.text} then ${a.text} else ${b.text}`, level: 0, isTruth: false };
}

const levels: Readonly<Record<string, number>> = { "+": 5, "-": 5, "*": 6, "/": 6 };

/** From the left, as the language reads it. */
export function join(operator: "+" | "-" | "*" | "/", left: Piece, right: Piece): Piece {
  const level = levels[operator] as number;
  return {
    text: `${bracketed(asNumber(left), level)} ${operator} ${bracketed(asNumber(right), level + 1)}`,
    level,
    isTruth: false,
  };
}

export function powerOf(base: Piece, exponent: Piece): Piece {
  return { text: `${bracketed(asNumber(base), 9)}^${bracketed(asNumber(exponent), 7)}`, level: 8, isTruth: false };
}

export function negative(piece: Piece): Piece {
  const inner = bracketed(asNumber(piece), 7);
  return { text: inner.startsWith("-") ? `-(${inner})` : `-${inner}`, level: 7, isTruth: false };
}

export function comparePieces(operator: "<" | "<=" | ">" | ">=" | "=" | "!=", left: Piece, right: Piece): Piece {
  return {
    text: `${bracketed(asNumber(left), 5)} ${operator} ${bracketed(asNumber(right), 5)}`,
    level: 4,
    isTruth: true,
  };
}

export function both(operator: "and" | "or", left: Piece, right: Piece): Piece {
  const level = operator === "or" ? 1 : 2;
  return {
    text: `${bracketed(asTruth(left), level)} ${operator} ${bracketed(asTruth(right), level + 1)}`,
    level,
    isTruth: true,
  };
}

export function negated(piece: Piece): Piece {
  return { text: `not ${bracketed(asTruth(piece), 3)}`, level: 3, isTruth: true };
}

export function call(name: string, ...given: readonly Piece[]): Piece {
  return atom(`${name}(${given.map((p) => asNumber(p).text).join(", ")})`);
}

/** A sum, a product, the least or the greatest of several; the neutral one where there are none. */
export function gather(how: "+" | "*" | "min" | "max", pieces: readonly Piece[]): Piece {
  const [first, ...rest] = pieces;
  if (first === undefined) return figurePiece(how === "*" ? 1 : 0);
  if (rest.length === 0) return asNumber(first);
  if (how === "min" || how === "max") return call(how, ...pieces);
  return rest.reduce((all, next) => join(how, all, next), first);
}
