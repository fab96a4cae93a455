/** Makes the key of a chart: marks with their words, broken where the width asks for it. */

import type { Element } from "./element.ts";
import { widthAt } from "./measure.ts";
import { sizes, writeMiddle, type TextBlock } from "./write.ts";

interface KeyItem {
  readonly words: string;
  /** Draws the mark from x, centred at y, `wide` pixels wide. */
  readonly draw: (x: number, y: number) => readonly Element[];
  readonly wide: number;
}

export function keyLines(items: readonly KeyItem[], x: number, y: number, width: number): TextBlock {
  let [left, top] = [x, y + 9];
  const nodes = items.flatMap((item) => {
    const wide = item.wide + 6 + widthAt(sizes.small, item.words);
    if (left > x && left + wide > x + width) [left, top] = [x, top + 20];
    const made = [
      ...item.draw(left, top),
      writeMiddle(left + item.wide + 6, top, item.words, { size: sizes.small, colour: "soft" }),
    ];
    left += wide + 16;
    return made;
  });
  return { nodes, height: items.length === 0 ? 0 : top - y + 14 };
}
