/** What every part of lowering works with: the scope it reads, where it reports, and how it asks for another part. */

import type { Diagnostic, Note } from "#text/diagnostic.ts";
import type { Fix } from "#text/fix.ts";
import type { Catalogue } from "#text/catalogue.ts";
import type { Span } from "#text/span.ts";
import type { ExpressionNode } from "#language/tree.ts";
import type { Clock } from "../units/calendar.ts";
import type { Dimension } from "../units/dimension.ts";
import type { DeclaredEntry } from "../scope/expand.ts";
import type { Expression } from "../expression.ts";
import type { CaseRecord, Term } from "../model.ts";
import type { Names } from "../scope/names.ts";
import type { Place } from "../scope/places.ts";
import type { Type, Typed } from "../scope/typed.ts";
import type { ColumnsOfFile } from "../scope/file-columns.ts";
import type { Unread } from "../unread.ts";
import type { Units } from "../units/units.ts";

/** What earlier passes found out. */
export interface Scope {
  readonly names: Names;
  readonly units: Units;
  readonly clock: Clock | null;
  /** The text of each document by name. */
  readonly texts: ReadonlyMap<string, string>;
  /** Credence by word. */
  readonly wording: ReadonlyMap<string, number>;
  /** Elements by variable of `each`. */
  readonly elements: ReadonlyMap<string, readonly string[]>;
  readonly isStatic: boolean;
  readonly unread: Unread;
  readonly columnsOf: ColumnsOfFile;
}

/** A smooth (one stage) or a delay3 (three), and how long it takes. */
export interface Smoothing {
  readonly stages: 1 | 3;
  readonly time: Expression;
  readonly span: Span;
}

/** The parts of a run that an expression needs beside itself. Each gives the expression that reads it. */
export interface Memory {
  delay(text: string, input: Expression, steps: number, initial: Expression, span: Span): Expression;
  latch(text: string, input: Expression, step: number, span: Span): Expression;
  /** A stock nobody declared; `flow` is told what reads it. */
  stock(text: string, type: Type, initial: Expression, flow: (self: Expression) => Expression, span: Span): Expression;
  /** A smooth or delay3, whose time is checked once all is lowered. */
  smoothing(met: Smoothing): void;
  /** What a hidden stock, delay or latch stands for. */
  inputsOf(name: string): readonly Expression[];
  /** What a latch or delay gives at first: a latch its input, a delay its initial value. */
  firstOf(name: string): Expression | null;
}

export interface Lowering {
  readonly scope: Scope;
  readonly memory: Memory;
  tell<C extends keyof Catalogue>(
    code: C,
    span: Span,
    parameters: Parameters<Catalogue[C]>[0],
    notes?: readonly Note[],
    fixes?: readonly Fix[],
  ): void;
  /** Hands on what another pass found. */
  pass(found: Diagnostic): void;
  /** Known words that `word` may have been meant for; none once many mistakes have been told. */
  near(word: string, candidates: () => Iterable<string>): readonly string[];
  lower(node: ExpressionNode, where: Place): Typed;
  /** Keeps a line of a body, for coverage and the causal picture. */
  keep(term: Term): void;
  /** Counts parts of sums over families against the budget; false, told once, when it is used up. */
  spend(parts: number, span: Span): boolean;
  /** The type of a claim, unknown, stock, let, shock, outcome or table's value. */
  typeOf(entry: DeclaredEntry): Type;
  /** A record with its columns, or null, saying nothing, where there is none that could be read. */
  recordOf(name: string): CaseRecord | null;
  /** What a table is read at. */
  overOf(entry: DeclaredEntry): Dimension | null;
  /** The same, saying nothing: for trying what something would be. */
  quiet(): Lowering;
  /** True when the actor sees through a view. */
  seesView(actor: string): boolean;
}

/** A call as written. */
export type CallNode = Extract<ExpressionNode, { readonly kind: "call" }>;
