/** Writes words at a place in a style as `text` elements, one for each line. */

import { element, joined, type Attributes, type Element } from "./element.ts";
import { wrapped } from "./measure.ts";
import { fill, fontFamily, type Colour } from "./theme.ts";

export interface TextStyle {
  readonly size?: number;
  readonly colour?: Colour;
  readonly bold?: boolean;
  readonly anchor?: "start" | "middle" | "end";
  readonly attributes?: Attributes;
}

export const sizes = { title: 17, subtitle: 13, label: 12, small: 11 } as const;

/** One line whose base is at y. */
export function writeText(x: number, y: number, text: string, style: TextStyle = {}): Element {
  const { size = sizes.label, colour = "ink", bold = false, anchor = "start", attributes = {} } = style;
  return element(
    "text",
    joined(
      {
        x,
        y,
        "font-size": size,
        "font-family": fontFamily,
        "font-weight": bold ? 600 : undefined,
        "text-anchor": anchor === "start" ? undefined : anchor,
      },
      fill(colour),
      attributes,
    ),
    text,
  );
}

/** One line whose middle is at y. */
export function writeMiddle(x: number, y: number, text: string, style: TextStyle = {}): Element {
  return writeText(x, y + (style.size ?? sizes.label) * 0.35, text, style);
}

export interface TextBlock {
  readonly nodes: readonly Element[];
  readonly height: number;
}

/** Lines below one another, the first with its top at y, no wider than `width`. */
export function paragraph(x: number, y: number, width: number, text: string, style: TextStyle = {}): TextBlock {
  const { size = sizes.label, bold = false } = style;
  return lines(x, y, wrapped(text, size, width, bold), style);
}

/** Lines already broken. */
export function lines(x: number, y: number, all: readonly string[], style: TextStyle = {}): TextBlock {
  const { size = sizes.label } = style;
  const leading = lineHeight(size);
  return {
    nodes: all.map((line, i) => writeText(x, y + i * leading + size * 0.95, line, style)),
    height: all.length * leading,
  };
}

export function lineHeight(size: number): number {
  return Math.round(size * 1.3);
}
