/** What a report is made of before it is HTML or Markdown: sections of plain blocks, words and figures not yet written out as either. */

import type { Picture } from "../picture/picture.ts";
import type { DataTable } from "../picture/table.ts";

export type Block =
  | { readonly kind: "text"; readonly text: string }
  /** One link in a sentence; shown as its address. */
  | { readonly kind: "link"; readonly before: string; readonly target: string; readonly after: string }
  | { readonly kind: "items"; readonly items: readonly string[] }
  | { readonly kind: "table"; readonly table: DataTable }
  /** The table stands behind the picture; where no picture can be, in its place. */
  | {
      readonly kind: "picture";
      /** Of letters, digits and hyphens; one of a kind in a report. */
      readonly id: string;
      /** Under an id of its own, since the same may stand twice on a page: once wide, once narrow. Pixels. */
      readonly draw: (id: string, width: number) => Picture;
      /** In a report on paper or a wide screen. */
      readonly wide: number;
      readonly title: string;
      readonly caption: string;
      readonly table: DataTable;
    }
  | { readonly kind: "entries"; readonly entries: readonly BlockEntry[] }
  /** Behind a line that opens it; open on paper. */
  | { readonly kind: "more"; readonly title: string; readonly blocks: readonly Block[] }
  | { readonly kind: "box"; readonly title: string; readonly items: readonly string[] };

/** A verdict, a claim: what it says, what it is in a word or two, and what is told of it. */
export interface BlockEntry {
  readonly title: string;
  readonly badge: string | null;
  readonly text: string;
  /** Said fainter, one line each. */
  readonly notes: readonly string[];
}

/** What stands on paper for a link: a mailbox without its scheme. */
export function linkText(target: string): string {
  return target.replace(/^mailto:/i, "");
}

export interface Section {
  /** Of letters and hyphens; one of a kind in a report. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export interface ReportDocument {
  readonly title: string;
  /** Said at once: under which views, how many runs, that it is no forecast. */
  readonly lead: readonly string[];
  readonly sections: readonly Section[];
  /** Enough to make the same figures again. */
  readonly provenance: string;
}
