/** What `lexer.ts` makes of the characters of a document: tokens, each with the place it came from, and comments apart. */

import type { CalendarDate } from "./tree.ts";

export type Symbol =
  | "("
  | ")"
  | "["
  | "]"
  | "{"
  | "}"
  | ","
  | ":"
  | "~"
  | "|"
  | "."
  | ".."
  | "->"
  | "+"
  | "-"
  | "*"
  | "/"
  | "^"
  | "="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">=";

interface Placed {
  /** As written; a percent without the spaces that stood before its sign, a symbol of another language as ours. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** First token of its line. */
  readonly first: boolean;
  /** White space, a line end or the start of the file stands before it. */
  readonly spaced: boolean;
}

export type Token =
  /** `text` is in Unicode normal form C. */
  | (Placed & { readonly kind: "name" })
  | (Placed & { readonly kind: "number"; readonly value: number })
  /** `value` is the fraction: 0.65 for `65%`. */
  | (Placed & { readonly kind: "percent"; readonly value: number })
  | (Placed & { readonly kind: "date"; readonly date: CalendarDate })
  /** `value` has its escapes resolved. */
  | (Placed & { readonly kind: "string"; readonly value: string })
  | (Placed & { readonly kind: "symbol"; readonly text: Symbol })
  | (Placed & { readonly kind: "end" });

/** `// …` to the end of its line, which is not part of it. */
export interface Comment {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Nothing but white space stands before it on its line. */
  readonly first: boolean;
}
