/** What the translation of one equation knows of where it stands, and what it may ask of the whole. */

import type { Dialect } from "./equation-text.ts";
import type { Piece } from "./piece.ts";
import type { SdExpression } from "./tree.ts";

/** What a range stands for: the variable of the `each` around it, or one element. */
export type Bound =
  | { readonly kind: "variable"; readonly id: string; readonly dimension: string }
  | { readonly kind: "element"; readonly element: string };

export interface TranslationScope {
  /** The variable whose equation it is, as a key; hidden declarations are named after it. */
  readonly key: string;
  readonly wish: string;
  /** Brackets behind the name of what is declared beside it: `[region]`. */
  readonly index: string;
  readonly bindings: ReadonlyMap<string, Bound>;
  /** What a macro's parameters and variables are where it is called. */
  readonly locals: ReadonlyMap<string, Piece>;
  /** Declarations that stand beside it, in the same `each`. */
  readonly beside: string[];
  /** How often each kind of thing has been hidden beside it. */
  readonly counts: Map<string, number>;
  /** True where what is asked is the value at the start. */
  readonly isInitial: boolean;
  /** How many macros it stands within. */
  readonly depth: number;
}

/** An equation that cannot be written once for all elements: it is written for each. */
export class NeedsElements extends Error {
  constructor() {
    super("written for each element");
    this.name = "NeedsElements";
  }
}

/** The model's clock, in its own unit. */
export interface SdClock {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  /** The unit of the language that stands for the model's. */
  readonly unit: string;
}

export interface Translating {
  readonly dialect: Dialect;
  readonly clock: SdClock;
  express(e: SdExpression, scope: TranslationScope): Piece;
  /** Throws `NeedsElements` where the answer differs between elements. */
  constant(e: SdExpression, scope: TranslationScope): number | null;
  /** The value at the start, even of what moves later; null where that takes a run. Throws `NeedsElements` as `constant` does. */
  startValue(e: SdExpression, scope: TranslationScope): number | null;
  /** The running time as a plain number, in the model's unit. */
  now(): Piece;
  /** A new name beside the variable, and what to write to read it. */
  hide(scope: TranslationScope, what: string): { readonly id: string; readonly read: Piece };
  /** Over all elements that run in `e`. */
  gather(e: SdExpression, scope: TranslationScope): readonly Piece[];
  /** Over all elements that run in either: both, for each. */
  gatherPairs(a: SdExpression, b: SdExpression, scope: TranslationScope): readonly (readonly [Piece, Piece])[];
  /** A family's own name, where `e` is all of it and the language has a function for that. */
  wholeFamily(e: SdExpression, scope: TranslationScope): Piece | null;
  table(
    e: SdExpression,
    at: Piece,
    form: "own" | "extrapolated" | "forward" | "backward",
    scope: TranslationScope,
  ): Piece;
  /** The value of `e` at the start where equations differ then; null where they do not. */
  atStart(e: SdExpression, scope: TranslationScope): Piece | null;
  sizeOf(e: SdExpression): number | null;
}

/** The piece itself where it is short, else a `let` beside the variable that holds it: for what is read more than once. */
export function nameLongPiece(piece: Piece, what: string, scope: TranslationScope, t: Translating): Piece {
  if (piece.level === 9 && piece.text.length <= 40 && !piece.text.includes("(")) return piece;
  if (/^-?[\d.e+-]+$/.test(piece.text)) return piece;
  const { id, read } = t.hide(scope, what);
  scope.beside.push(`let ${id} : number = ${piece.isTruth ? `if ${piece.text} then 1 else 0` : piece.text}`);
  return read;
}
