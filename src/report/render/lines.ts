/** Lays words and columns out in lines of at most a given width. Marks are put on after widths are measured. */

/** Columns a text takes on a terminal, one for each code point. */
export function widthOf(text: string): number {
  return [...text].length;
}

/** A case is data from a stranger: a control or direction character in its words must not reach the terminal. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]+/g, " ");
}

/** Lines of at most `width`, broken at spaces; a longer word is cut. The first line starts with `first`, the others with `rest`. */
export function wrap(text: string, width: number, first = "", rest = first): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of words(text, Math.max(8, width - widthOf(rest)))) {
    if (!empty && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = rest;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

function words(text: string, longest: number): readonly string[] {
  return printable(text)
    .split(" ")
    .filter((w) => w !== "")
    .flatMap((word) => {
      const letters = [...word];
      const parts: string[] = [];
      for (let i = 0; i < letters.length; i += longest) parts.push(letters.slice(i, i + longest).join(""));
      return parts;
    });
}

type Align = "left" | "right";

function pad(text: string, width: number, align: Align = "left"): string {
  const space = " ".repeat(Math.max(0, width - widthOf(text)));
  return align === "left" ? text + space : space + text;
}

/** One cell: its lines, and how each is marked once it has been padded. */
interface Cell {
  readonly lines: readonly string[];
  readonly mark?: ((text: string) => string) | undefined;
}

export function cell(text: string | readonly string[], mark?: (text: string) => string): Cell {
  return { lines: typeof text === "string" ? [text] : text, mark };
}

interface Grid {
  /** The head of the first column, then of the others. */
  readonly heads: readonly string[];
  readonly rows: readonly { readonly head: string; readonly cells: readonly Cell[] }[];
  readonly align: Align;
}

const gap = 2;
const narrowest = 12;

/**
 * Lines of a table whose first column wraps and whose others are as wide as their widest line. Columns that do not fit beside a
 * readable first column go into a further band below, under the first column again.
 */
export function gridLines(grid: Grid, width: number, markHead: (text: string) => string): readonly string[] {
  const columns = grid.heads.length - 1;
  const widths = Array.from({ length: columns }, (_, c) => columnWidth(grid, c));
  const wanted = Math.max(widthOf(grid.heads[0] ?? ""), ...grid.rows.map((r) => widthOf(printable(r.head))));
  const bands = bandsOf(widths, Math.max(narrowest, width - Math.min(wanted, Math.floor(width * 0.45))));
  return bands.flatMap((band, i) => [
    ...(i === 0 ? [] : [""]),
    ...bandLines({ grid, band, widths, width, wanted, markHead }),
  ]);
}

const headWidth = 14;

/** As wide as the widest cell; a head wraps to that, or to `headWidth`. */
function columnWidth(grid: Grid, column: number): number {
  const head = grid.heads[column + 1] ?? "";
  const cells = Math.max(0, ...grid.rows.flatMap((r) => (r.cells[column]?.lines ?? []).map(widthOf)));
  const word = Math.max(0, ...head.split(" ").map(widthOf));
  return Math.max(cells, Math.min(widthOf(head), Math.max(headWidth, word)));
}

/** Runs of column numbers that fit into `room`, at least one in each. */
function bandsOf(widths: readonly number[], room: number): readonly (readonly number[])[] {
  const bands: number[][] = [];
  let used = Infinity;
  widths.forEach((w, c) => {
    if (used + gap + w > room) {
      bands.push([]);
      used = 0;
    }
    bands.at(-1)?.push(c);
    used += gap + w;
  });
  return bands.length > 0 ? bands : [[]];
}

interface BandLinesInput {
  readonly grid: Grid;
  readonly band: readonly number[];
  readonly widths: readonly number[];
  readonly width: number;
  readonly wanted: number;
  readonly markHead: (text: string) => string;
}

function bandLines({ grid, band, widths, width, wanted, markHead }: BandLinesInput): readonly string[] {
  const right = band.reduce((n, c) => n + gap + (widths[c] ?? 0), 0);
  const left = Math.max(narrowest, Math.min(wanted, width - right));
  const line = (head: Cell, cells: readonly Cell[]): readonly string[] => {
    const height = Math.max(head.lines.length, ...cells.map((c) => c.lines.length));
    return Array.from({ length: height }, (_, i) => {
      const first = (head.mark ?? ((t) => t))(pad(head.lines[i] ?? "", left));
      const others = cells.map((c, k) => {
        const text = pad(c.lines[i] ?? "", widths[band[k] ?? 0] ?? 0, grid.align);
        return " ".repeat(gap) + (c.mark ?? ((t: string) => t))(text);
      });
      return (first + others.join("")).trimEnd();
    });
  };
  const heads = band.map((c) => cell(wrap(grid.heads[c + 1] ?? "", widths[c] ?? 0), markHead));
  const tallest = Math.max(1, ...heads.map((h) => h.lines.length));
  const sunk = (c: Cell): Cell => ({
    ...c,
    lines: [...Array.from({ length: tallest - c.lines.length }, () => ""), ...c.lines],
  });
  return [
    ...line(sunk(cell(wrap(grid.heads[0] ?? "", left), markHead)), heads.map(sunk)),
    ...grid.rows.flatMap((r) =>
      line(
        cell(wrap(r.head, left)),
        band.map((c) => r.cells[c] ?? cell("")),
      ),
    ),
  ];
}
