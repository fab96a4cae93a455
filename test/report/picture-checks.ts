/** A picture in; what a picky reader would frown at, as sentences, out: clipped words, words over words, paint outside, unescaped text. */

import { elementsOf, textOf, type Element } from "#report/picture/element.ts";
import { widthAt } from "#report/picture/measure.ts";
import type { Picture } from "#report/picture/picture.ts";

interface Box {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export function frowns(picture: Picture): readonly string[] {
  const texts = elementsOf(picture.root).filter((e) => e.tag === "text");
  const boxes = texts.filter((e) => textOf(e).trim() !== "").map(boxOf);
  return [
    ...boxes.filter((b) => isOutside(b, picture)).map((b) => `'${b.text}' is clipped`),
    ...boxes.flatMap((a, i) =>
      boxes
        .slice(i + 1)
        .filter((b) => overlaps(a, b))
        .map((b) => `'${a.text}' meets '${b.text}'`),
    ),
    ...texts.filter((e) => Number(e.attributes["font-size"]) < 11).map((e) => `'${textOf(e)}' is smaller than 11`),
    ...texts
      .filter((e) => /NaN|undefined|Infinity|-?\d+\.\d{4}/.test(textOf(e)))
      .map((e) => `'${textOf(e)}' is no figure for people`),
    ...paint(picture),
  ];
}

function boxOf(e: Element): Box {
  const text = textOf(e);
  const size = Number(e.attributes["font-size"]);
  // The estimate without the slack that layouts leave for wider fonts.
  const width = widthAt(size, text, e.attributes["font-weight"] === 600) * 0.96;
  const [x, y] = [Number(e.attributes["x"]), Number(e.attributes["y"])];
  const anchor = e.attributes["text-anchor"] ?? "start";
  const left = anchor === "end" ? x - width : anchor === "middle" ? x - width / 2 : x;
  return { text, left, right: left + width, top: y - 0.74 * size, bottom: y + 0.2 * size };
}

function isOutside(b: Box, picture: Picture): boolean {
  return b.left < -0.5 || b.top < -0.5 || b.right > picture.width + 0.5 || b.bottom > picture.height + 0.5;
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5;
}

/** Lines, rectangles, circles and paths that are not finite, or reach outside the picture. */
function paint(picture: Picture): readonly string[] {
  return elementsOf(picture.root).flatMap((e) => {
    const own = Object.entries(e.attributes).filter(([, v]) => /NaN|undefined|Infinity/.test(String(v)));
    const outside = reachOf(e).some(([x, y]) => x < -1 || y < -1 || x > picture.width + 1 || y > picture.height + 1);
    return [
      ...own.map(([name, value]) => `${e.tag} has ${name}='${value}'`),
      ...(outside ? [`a ${e.tag} reaches outside: ${JSON.stringify(e.attributes)}`] : []),
    ];
  });
}

function reachOf(e: Element): readonly (readonly [number, number])[] {
  const n = (name: string): number => Number(e.attributes[name] ?? 0);
  switch (e.tag) {
    case "line":
      return [
        [n("x1"), n("y1")],
        [n("x2"), n("y2")],
      ];
    case "rect":
      return [
        [n("x"), n("y")],
        [n("x") + n("width"), n("y") + n("height")],
      ];
    case "circle":
      return [
        [n("cx") - n("r"), n("cy") - n("r")],
        [n("cx") + n("r"), n("cy") + n("r")],
      ];
    case "path":
      return [...String(e.attributes["d"]).matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)].map((m) => [
        Number(m[1]),
        Number(m[2]),
      ]);
    default:
      return [];
  }
}
