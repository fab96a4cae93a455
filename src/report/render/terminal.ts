/** Writes blocks as lines of text for a terminal. */

import { cell, gridLines, printable, widthOf, wrap } from "./lines.ts";
import type { Palette } from "./palette.ts";
import type { Block, BlockEntry, FigureBlock, ParagraphBlock, TableBlock, Tone } from "../sections/blocks.ts";

/** How a terminal shows them: its columns, and its colours. */
export interface TerminalLook {
  readonly width: number;
  readonly palette: Palette;
}

/** The whole text, with a new line at its end. */
export function terminalText(blocks: readonly Block[], look: TerminalLook): string {
  return `${blocks.flatMap((b) => blockLines(b, look)).join("\n")}\n`;
}

function blockLines(b: Block, look: TerminalLook): readonly string[] {
  const { width, palette } = look;
  switch (b.kind) {
    case "heading":
      return wrap(b.text, width, " ".repeat(b.indent ?? 0)).map(palette.strong);
    case "paragraph":
      return paragraphLines(b, look);
    case "link":
      return wrap(`${b.before}${b.target}${b.after}`, width);
    case "list":
      return listLines(b.items, width);
    case "table":
      return tableLines(b, look);
    case "figure":
      return b.isOnlyDrawn === true ? [] : figureLines(b, look);
    case "entries":
      return b.entries.flatMap((e) => entryLines(e, look));
    case "disclosure":
    case "box": {
      const inside = b.kind === "box" ? listLines(b.items, width) : b.blocks.flatMap((x) => blockLines(x, look));
      return inside.length === 0 ? [] : [...wrap(b.title, width).map(palette.strong), ...inside];
    }
    case "gap":
      return [""];
  }
}

function toned(tone: Tone | undefined, palette: Palette): (text: string) => string {
  return tone === undefined ? (text) => text : palette[tone];
}

function paragraphLines(
  { text, tone, indent = 0, hang, lead = "", leadTone, isWhole = false }: ParagraphBlock,
  { width, palette }: TerminalLook,
): readonly string[] {
  const first = `${" ".repeat(indent)}${printable(lead)}`;
  const [line = "", ...more] = isWhole
    ? [first + printable(text)]
    : wrap(text, width, first, " ".repeat(hang ?? widthOf(first)));
  const mark = toned(tone, palette);
  const head = leadTone === undefined ? mark(line) : `${palette[leadTone](first)}${mark(line.slice(first.length))}`;
  return [head, ...more.map(mark)];
}

function listLines(items: readonly string[], width: number): readonly string[] {
  return items.flatMap((i) => wrap(i, width, "  · ", "    "));
}

function entryLines(
  { title, badge, text, notes, tone }: BlockEntry,
  { width, palette }: TerminalLook,
): readonly string[] {
  return [
    ...wrap(badge === null ? title : `${title}: ${badge}`, width, "  ").map(toned(tone ?? "strong", palette)),
    ...(text === "" ? [] : wrap(text, width, "    ")),
    ...notes.flatMap((n) => wrap(n, width, "    ").map(palette.faint)),
  ];
}

/** Columns of the longest bar. */
const longestBar = 12;

/** Its table under its title, with a bar in each row where the figure has them. */
function figureLines({ title, table, bars = [], align, toneOf }: FigureBlock, look: TerminalLook): readonly string[] {
  const longest = Math.max(...bars.map(Math.abs), Number.MIN_VALUE);
  // Spaces that do not break keep the bars' beginnings in one column.
  const drawn = bars.map((b) =>
    "█".repeat(Math.round((longestBar * Math.abs(b)) / longest)).padEnd(longestBar, "\u00A0"),
  );
  const rows = table.rows.map((cells, i) => (bars.length === 0 ? cells : [...cells, drawn[i] ?? ""]));
  const columns = bars.length === 0 ? table.columns : [...table.columns, ""];
  return tableLines({ kind: "table", table: { caption: title, columns, rows }, indent: 2, align, toneOf }, look);
}

/** Cells are broken into lines of at most so many columns. */
const widestWords = 30;

function tableLines({ table, align = "right", indent = 0, toneOf }: TableBlock, look: TerminalLook): readonly string[] {
  const { width, palette } = look;
  const rows = table.rows.map(([head = "", ...cells], r) => ({
    head,
    cells: cells.map((text, c) =>
      cell(
        text.split("\n").flatMap((line) => wrap(line, widestWords)),
        toned(toneOf?.(r, c + 1), palette),
      ),
    ),
  }));
  const lines = gridLines({ heads: table.columns, rows, align }, width - indent, palette.faint);
  return [
    ...(table.caption === "" ? [] : wrap(table.caption, width).map(palette.strong)),
    ...lines.map((l) => (l === "" ? "" : " ".repeat(indent) + l)),
  ];
}
