/** A system-dynamics model as read from a file, one type for XMILE and for Vensim's text format: names canonical, equations parsed, nothing resolved. */

import type { Span } from "#text/span.ts";

export interface SdModel {
  readonly format: "xmile" | "mdl";
  /** As the file has it, or the file's own name. */
  readonly title: string;
  readonly time: SdTime;
  readonly dimensions: readonly SdDimension[];
  readonly variables: readonly SdVariable[];
  readonly macros: readonly SdMacro[];
}

/** Ends and step may be equations: they are worked out once, at the start. */
interface SdTime {
  readonly start: SdExpression;
  readonly stop: SdExpression;
  readonly step: SdExpression;
  /** How often the tool writes a row; null where it is every step. */
  readonly every: SdExpression | null;
  /** As written: `Months`. */
  readonly unit: string | null;
  readonly method: "euler" | "rk4";
  readonly span: Span;
}

/** A subscript range. Its elements may be named by another range, whose elements then stand for it. */
export interface SdDimension {
  readonly name: string;
  readonly written: string;
  readonly elements: readonly string[];
  /** Elements as written, by canonical name. */
  readonly spelling: ReadonlyMap<string, string>;
  /** Ranges it is mapped to, element by element in order, or as listed. */
  readonly mappedTo: readonly { readonly dimension: string; readonly elements: readonly string[] | null }[];
  readonly span: Span;
}

export interface SdVariable {
  /** Canonical; a module's variables have its name in front: `hares.births`. */
  readonly name: string;
  /** As people read it. */
  readonly written: string;
  readonly kind: "stock" | "flow" | "auxiliary" | "table";
  readonly units: string | null;
  readonly doc: string | null;
  readonly isNonNegative: boolean;
  readonly equations: readonly SdEquation[];
  readonly span: Span;
}

/** One equation of a variable, for some of its elements or all. */
export interface SdEquation {
  /** A range or an element in each place; empty for a variable without subscripts. */
  readonly over: readonly string[];
  /** What is left out of `over`: ranges or elements again. */
  readonly except: readonly (readonly string[])[];
  /** Only the element of that place, counted from 0 with the last range running fastest; null for all. */
  readonly part: number | null;
  readonly content: SdContent;
  readonly span: Span;
}

export type SdContent =
  | { readonly kind: "expression"; readonly expression: SdExpression }
  | { readonly kind: "stock"; readonly initial: SdExpression; readonly flow: SdExpression }
  /** With `at`, the variable is the table's value there; without, a table that others read. */
  | { readonly kind: "table"; readonly table: SdTable; readonly at: SdExpression | null }
  /** Figures in the order of the elements, the last range running fastest. */
  | { readonly kind: "values"; readonly values: readonly number[] }
  /** The file has no figures for it, and why; a table of data may give them. `between` is what holds between two of its rows: the one before, the next, or a line. */
  | { readonly kind: "open"; readonly why: string; readonly between: "before" | "next" | "line" }
  /** What this program does not carry over, and why. */
  | { readonly kind: "foreign"; readonly why: string };

export interface SdTable {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Beyond the ends: level, or on along the last piece; or in steps, each point's figure from there on, or up to there. */
  readonly form: "continuous" | "extrapolated" | "discrete" | "ahead";
}

export interface SdMacro {
  readonly name: string;
  readonly written: string;
  readonly parameters: readonly string[];
  /** Its further results: variables in it that a call gives names outside. */
  readonly results: readonly string[];
  /** Its value: the variable of the macro's own name. */
  readonly variables: readonly SdVariable[];
  readonly span: Span;
}

export type SdSubscript =
  /** A range or an element; with `isRunning`, all its elements, summed over by the function around it. */
  | { readonly kind: "name"; readonly name: string; readonly isRunning: boolean }
  /** `*`: all elements of that place. */
  | { readonly kind: "all" }
  | { readonly kind: "number"; readonly value: number };

export type SdBinary = "+" | "-" | "*" | "/" | "^" | "mod" | "<" | "<=" | ">" | ">=" | "=" | "<>" | "and" | "or";

export type SdExpression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "name"; readonly name: string; readonly subscripts: readonly SdSubscript[] | null }
  | {
      readonly kind: "call";
      /** Canonical, as every name: `if_then_else`. */
      readonly name: string;
      readonly subscripts: readonly SdSubscript[] | null;
      readonly arguments: readonly SdExpression[];
      /** Of a macro with several results: the variables outside that its further results are, in order. */
      readonly outputs?: readonly SdExpression[];
      /** Of a macro: the variable in it that is the value; without, the one of the macro's own name. */
      readonly result?: string;
    }
  | { readonly kind: "table"; readonly table: SdTable }
  | { readonly kind: "unary"; readonly operator: "-" | "not"; readonly operand: SdExpression }
  | {
      readonly kind: "binary";
      readonly operator: SdBinary;
      readonly left: SdExpression;
      readonly right: SdExpression;
    }
  | {
      readonly kind: "if";
      readonly condition: SdExpression;
      readonly then: SdExpression;
      readonly else: SdExpression;
    };

/** The same expression with every name, subscripts apart, put through `rename`. */
export function renameIn(e: SdExpression, rename: (name: string) => string): SdExpression {
  const again = (inner: SdExpression): SdExpression => renameIn(inner, rename);
  switch (e.kind) {
    case "number":
    case "text":
    case "table":
      return e;
    case "name":
      return { ...e, name: rename(e.name) };
    case "call":
      return { ...e, name: rename(e.name), arguments: e.arguments.map(again) };
    case "unary":
      return { ...e, operand: again(e.operand) };
    case "binary":
      return { ...e, left: again(e.left), right: again(e.right) };
    case "if":
      return { ...e, condition: again(e.condition), then: again(e.then), else: again(e.else) };
  }
}

/** Visits `e` and all below it, parents first. */
export function walkSd(e: SdExpression, visit: (e: SdExpression) => void): void {
  visit(e);
  switch (e.kind) {
    case "call":
      for (const argument of e.arguments) walkSd(argument, visit);
      return;
    case "unary":
      return walkSd(e.operand, visit);
    case "binary":
      walkSd(e.left, visit);
      return walkSd(e.right, visit);
    case "if":
      walkSd(e.condition, visit);
      walkSd(e.then, visit);
      return walkSd(e.else, visit);
    default:
  }
}
