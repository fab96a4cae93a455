/** Makes the small marks that charts share: dots, intervals, diamonds, and the sign of each verdict. */

import type { Verdict } from "#analysis/verdicts/verdict.ts";
import { element, joined, type Element } from "./element.ts";
import { fill, stroke, type Colour } from "./theme.ts";

export function dot(x: number, y: number, colour: Colour, r = 4.5): Element {
  return element("circle", joined({ cx: x, cy: y, r }, fill(colour)));
}

export function ring(x: number, y: number, colour: Colour, r = 4.5): Element {
  return element("circle", joined({ cx: x, cy: y, r }, stroke(colour, 1.75), fill("paper")));
}

export function diamond(x: number, y: number, colour: Colour, r = 5.5): Element {
  return element("path", joined({ d: `M${x},${y - r}L${x + r},${y}L${x},${y + r}L${x - r},${y}Z` }, fill(colour)));
}

interface IntervalInput {
  readonly low: number;
  readonly high: number;
  readonly y: number;
  readonly colour: Colour;
  readonly width?: number | undefined;
  readonly ends?: boolean | undefined;
}

/** A line from low to high, with ends where it goes no further. */
export function interval({ low, high, y, colour, width = 2, ends = true }: IntervalInput): readonly Element[] {
  const cap = (x: number): Element =>
    element("line", joined({ x1: x, x2: x, y1: y - 4, y2: y + 4 }, stroke(colour, Math.min(width, 1.5))));
  return [
    element("line", joined({ x1: low, x2: high, y1: y, y2: y }, stroke(colour, width))),
    ...(ends ? [cap(low), cap(high)] : []),
  ];
}

export const verdictColour: Readonly<Record<Verdict, Colour>> = {
  holds: "teal",
  fails: "orange",
  "no material difference": "soft",
  "does not hold": "orange",
  "too close to call": "rule",
  "not told": "rule",
};

/** Told by shape as well as colour: a full disc with a tick, a square with a cross, an empty square, two lines, an empty ring. */
export function verdictMark(verdict: Verdict, x: number, y: number, r = 8): readonly Element[] {
  const colour = verdictColour[verdict];
  const cut = joined(stroke("paper", 2), { "stroke-linecap": "round", "stroke-linejoin": "round" });
  switch (verdict) {
    case "holds":
      return [
        dot(x, y, colour, r),
        element("path", joined({ d: `M${x - 3.5},${y}L${x - 1},${y + 3}L${x + 4},${y - 3}` }, cut)),
      ];
    case "fails":
      return [
        element(
          "rect",
          joined({ x: x - r + 1, y: y - r + 1, width: 2 * r - 2, height: 2 * r - 2, rx: 1.5 }, fill(colour)),
        ),
        element("path", joined({ d: `M${x - 3},${y - 3}L${x + 3},${y + 3}M${x + 3},${y - 3}L${x - 3},${y + 3}` }, cut)),
      ];
    case "does not hold":
      return [
        element(
          "rect",
          joined(
            { x: x - r + 1.5, y: y - r + 1.5, width: 2 * r - 3, height: 2 * r - 3, rx: 1.5 },
            stroke(colour, 1.75),
          ),
        ),
      ];
    case "no material difference":
      return [
        element("line", joined({ x1: x - r + 1, x2: x + r - 1, y1: y - 3, y2: y - 3 }, stroke(colour, 2.5))),
        element("line", joined({ x1: x - r + 1, x2: x + r - 1, y1: y + 3, y2: y + 3 }, stroke(colour, 2.5))),
      ];
    case "too close to call":
    case "not told":
      return [
        element("circle", joined({ cx: x, cy: y, r: r - 1.5, "stroke-dasharray": "3 2.5" }, stroke(colour, 1.75))),
      ];
  }
}
