/** Documents and the places in them: every later stage points back into a text through a `Span`. */

/** One text file of a case. `name` is what people see in messages: a path relative to the case's folder. */
export interface Document {
  readonly name: string;
  readonly text: string;
}

/** A half-open range of UTF-16 code units, `start` inclusive, `end` exclusive, in the document called `document`. */
export interface Span {
  readonly document: string;
  readonly start: number;
  readonly end: number;
}

/** A position as people count it: line and column from 1; the column counts UTF-16 code units. */
interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where the lines of a text begin, found once: places are then looked up without reading the text again. Lines end at LF, CR LF or CR. */
export class LineIndex {
  readonly text: string;
  private readonly starts: readonly number[];

  constructor(text: string) {
    this.text = text;
    const starts = [0];
    for (const end of text.matchAll(/\r\n|\n|\r/g)) starts.push(end.index + end[0].length);
    this.starts = starts;
  }

  get lines(): number {
    return this.starts.length;
  }

  /** The line and column of `offset`; an offset past the end gives the end. */
  positionAt(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (this.starts[low] ?? 0) + 1 };
  }

  /** The offset of a position; one beyond its line's end gives that end. */
  offsetAt({ line, column }: Position): number {
    const start = this.starts[line - 1];
    if (start === undefined) return line < 1 ? 0 : this.text.length;
    return start + Math.max(0, Math.min(column - 1, this.lineAt(line).length));
  }

  /** A line by its number, without its end. */
  lineAt(line: number): string {
    const start = this.starts[line - 1] ?? this.text.length;
    return this.text.slice(start, this.starts[line] ?? this.text.length).replace(/\r?\n$|\r$/, "");
  }
}

/** The line and column of `offset`; an offset past the end gives the end. For one place: many are looked up in a `LineIndex`. */
export function positionAt(text: string, offset: number): Position {
  return new LineIndex(text).positionAt(offset);
}
