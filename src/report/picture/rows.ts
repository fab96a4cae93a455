/** Places the rows of a chart, with the labels beside them or, where it is narrow, over them. */

import { element, joined, type Element } from "./element.ts";
import { clipped } from "./measure.ts";
import { stroke, type Colour } from "./theme.ts";
import { lineHeight, lines, sizes } from "./write.ts";

interface RowLabel {
  readonly label: string;
  /** Said under it, fainter. */
  readonly note?: string | undefined;
  readonly colour?: Colour;
  readonly bold?: boolean;
}

export interface Rows {
  /** The height at which each row's marks are centred. */
  readonly middles: readonly number[];
  /** Between which places marks may stand. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Where hair lines may run down without crossing words: all of it, or around each row's marks where labels stand over them. */
  readonly bands: readonly { readonly top: number; readonly bottom: number }[];
  readonly nodes: readonly Element[];
}

/** Narrower than this, labels stand over their rows. */
const narrow = 520;

/** `reserve` is kept free at the right for figures in words; `least` is the height marks need. */
export function rowsIn(
  labels: readonly RowLabel[],
  x: number,
  y: number,
  width: number,
  { reserve = 0, least = 22 }: { readonly reserve?: number; readonly least?: number } = {},
): Rows {
  const isNarrow = width < narrow;
  const labelWidth = isNarrow ? width : Math.min(340, Math.round(width * 0.4));
  const left = isNarrow ? x + 6 : x + labelWidth + 16;
  const nodes: Element[] = [];
  const middles: number[] = [];
  let top = y;
  for (const [i, row] of labels.entries()) {
    const words = clipped(row.label, sizes.label, labelWidth, 4, row.bold === true);
    const note = row.note === undefined || row.note === "" ? [] : clipped(row.note, sizes.small, labelWidth, 3);
    const wordsHeight = words.length * lineHeight(sizes.label) + note.length * lineHeight(sizes.small);
    const height = isNarrow ? wordsHeight + least + 8 : Math.max(least, wordsHeight) + 8;
    const wordsTop = isNarrow ? top + 4 : top + (height - wordsHeight) / 2;
    if (i > 0)
      nodes.push(element("line", joined({ x1: x, x2: x + width, y1: round(top), y2: round(top) }, stroke("grid"))));
    nodes.push(
      ...lines(x, wordsTop, words, { colour: row.colour ?? "ink", bold: row.bold === true }).nodes,
      ...lines(x, wordsTop + words.length * lineHeight(sizes.label), note, { size: sizes.small, colour: "soft" }).nodes,
    );
    middles.push(round(isNarrow ? top + 4 + wordsHeight + least / 2 : top + height / 2));
    top += height;
  }
  const bands = isNarrow
    ? middles.map((m) => ({ top: m - least / 2 + 1, bottom: m + least / 2 }))
    : [{ top: y, bottom: top + 2 }];
  return { middles, left, right: x + width - reserve - 6, top: y, bottom: top, bands, nodes };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
