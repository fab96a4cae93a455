/** What every report is made of, whatever it is shown on: blocks of words, figures and tables, not yet written out for any medium. */

import type { Picture } from "../picture/picture.ts";
import type { DataTable } from "../picture/table.ts";

/** How words stand out. Each medium has its own way to show it. */
export type Tone = "strong" | "faint" | "good" | "bad" | "even" | "unsure";

export type Block =
  | HeadingBlock
  | ParagraphBlock
  /** One link in a sentence; shown as its address. */
  | { readonly kind: "link"; readonly before: string; readonly target: string; readonly after: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | TableBlock
  | FigureBlock
  | { readonly kind: "entries"; readonly entries: readonly BlockEntry[] }
  /** Behind a line that opens it; open on paper. */
  | { readonly kind: "disclosure"; readonly title: string; readonly blocks: readonly Block[] }
  | { readonly kind: "box"; readonly title: string; readonly items: readonly string[] }
  /** What follows is about something else: a blank line where lines are all there is. */
  | { readonly kind: "gap" };

interface HeadingBlock {
  readonly kind: "heading";
  readonly text: string;
  /** Columns from the margin, where lines are all there is. */
  readonly indent?: number | undefined;
}

export interface ParagraphBlock extends Placed {
  readonly kind: "paragraph";
  readonly text: string;
  readonly tone?: Tone | undefined;
}

/** Where a paragraph is placed on a terminal, in columns. Other media lay it out themselves. */
interface Placed {
  readonly indent?: number | undefined;
  /** Columns of the lines after the first; as the first unless said. */
  readonly hang?: number | undefined;
  /** Comes before the first line, in columns of its own. */
  readonly lead?: string | undefined;
  readonly leadTone?: Tone | undefined;
  /** A path or a command, for copying: one line, however long. */
  readonly isWhole?: boolean | undefined;
}

export interface TableBlock {
  readonly kind: "table";
  readonly table: DataTable;
  /** Where lines are all there is: how the columns after the first are set (as figures, to the right, unless said), and columns from the margin. */
  readonly align?: "left" | "right" | undefined;
  readonly indent?: number | undefined;
  /** The tone of a cell, by row and column; the first column is 0. */
  readonly toneOf?: ((row: number, column: number) => Tone | undefined) | undefined;
}

/** The table has the figures of the picture; where no picture can be, it is shown instead. */
export interface FigureBlock {
  readonly kind: "figure";
  /** Of letters, digits and hyphens; one of a kind in a report. */
  readonly id: string;
  /** Under an id of its own, since the same may stand twice on a page: once wide, once narrow. Pixels. */
  readonly draw: (id: string, width: number) => Picture;
  /** In a report on paper or a wide screen. */
  readonly wide: number;
  readonly title: string;
  readonly caption: string;
  readonly table: DataTable;
  /** As in a table. */
  readonly toneOf?: TableBlock["toneOf"];
  readonly align?: TableBlock["align"];
  /** By row of the table: how long a bar is drawn next to it where only lines can be drawn. */
  readonly bars?: readonly number[];
  /** What it shows is also said in words: where no picture can be, it is left out. */
  readonly isOnlyDrawn?: boolean;
}

/** A verdict, a claim: what it says, what it is in a word or two, and what is said of it. */
export interface BlockEntry {
  readonly title: string;
  readonly badge: string | null;
  readonly text: string;
  /** Said fainter, one line each. */
  readonly notes: readonly string[];
  readonly tone?: Tone | undefined;
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

export const gap: Block = { kind: "gap" };

export function heading(text: string, indent = 0): HeadingBlock {
  return { kind: "heading", text, indent };
}

export function say(text: string, look: Placed & { readonly tone?: Tone | undefined } = {}): ParagraphBlock {
  return { kind: "paragraph", text, ...look };
}

/** Said fainter: where figures come from, what was left out. */
export function aside(text: string, place: Placed = {}): ParagraphBlock {
  return { kind: "paragraph", text, ...place, tone: "faint" };
}

/** The parts that say something, a gap between each two. */
export function inGroups(parts: readonly (readonly Block[])[]): readonly Block[] {
  return parts.filter((p) => p.length > 0).flatMap((p, i) => (i === 0 ? p : [gap, ...p]));
}

/** What paper shows for a link: a mailbox without its scheme. */
export function linkText(target: string): string {
  return target.replace(/^mailto:/i, "");
}

/** A table by the heads of its columns (the first heads the rows) and its rows; columns are figures, to the right, unless said. */
export function tableOf(
  grid: {
    readonly heads: readonly string[];
    readonly rows: readonly { readonly head: string; readonly cells: readonly (string | TonedText)[] }[];
    readonly align: "left" | "right";
  },
  indent = 0,
): TableBlock {
  const textOf = (c: string | TonedText): string => (typeof c === "string" ? c : c.text);
  return {
    kind: "table",
    table: {
      caption: "",
      columns: grid.heads,
      rows: grid.rows.map(({ head, cells }) => [head, ...cells.map(textOf)]),
    },
    align: grid.align,
    indent,
    toneOf: (row, column) => {
      const found = grid.rows[row]?.cells[column - 1];
      return typeof found === "object" ? found.tone : undefined;
    },
  };
}

interface TonedText {
  readonly text: string;
  readonly tone: Tone;
}
