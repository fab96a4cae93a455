/** Frames a drawing: title, what is shown, the drawing, and where it comes from. */

import { element, joined, type Element, type Node } from "./element.ts";
import { markup } from "./markup.ts";
import { fill, themeStyle } from "./theme.ts";
import { paragraph, sizes, type TextBlock } from "./write.ts";

/** What is said of a chart beside its drawing. */
export interface ChartHead {
  /** Of letters, digits and hyphens; one of a kind on a page. */
  readonly id: string;
  readonly title: string;
  /** What is drawn, in which unit. */
  readonly subtitle: string;
  /** As-of date, modeller, view, version, seed, runs, 'not a forecast'. */
  readonly caption: string;
}

/** A picture as a tree of SVG nodes, with its size in pixels. `standalone` makes a file of it. */
export interface Picture {
  /** The `svg` element. */
  readonly root: Element;
  readonly width: number;
  readonly height: number;
}

const narrowest = 320;
const edge = 2;

/**
 * Sets a drawing under its title and over its caption. `draw` is given where it starts and how wide it may be, and says how
 * high it came out. `description` is for those who do not see it.
 */
export function framed(
  head: ChartHead,
  width: number,
  description: string,
  draw: (x: number, y: number, width: number) => TextBlock,
): Picture {
  const wide = Math.max(narrowest, width);
  const inner = wide - 2 * edge;
  const title = paragraph(edge, edge, inner, head.title, { size: sizes.title, bold: true });
  const subtitle = below(title, edge + 2, (y) =>
    paragraph(edge, y, inner, head.subtitle, { size: sizes.subtitle, colour: "soft" }),
  );
  const top = edge + 2 + title.height + (head.subtitle === "" ? 0 : subtitle.height) + 12;
  const drawing = draw(edge, top, inner);
  const caption = paragraph(edge, top + drawing.height + 10, inner, head.caption, {
    size: sizes.small,
    colour: "soft",
  });
  const height = Math.ceil(top + drawing.height + (head.caption === "" ? 0 : 10 + caption.height) + edge + 2);
  const parts = [
    ...title.nodes,
    ...(head.subtitle === "" ? [] : subtitle.nodes),
    ...drawing.nodes,
    ...(head.caption === "" ? [] : caption.nodes),
  ];
  return {
    root: svg({ id: head.id, title: head.title, description, width: wide, height, children: parts }),
    width: wide,
    height,
  };
}

function below(block: TextBlock, from: number, next: (y: number) => TextBlock): TextBlock {
  return next(from + block.height);
}

interface SvgInput {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly children: readonly Node[];
}

/** The root: as wide as the space it is given and no wider than it was drawn for. */
export function svg({ id, title, description, width, height, children }: SvgInput): Element {
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: "img",
      "aria-labelledby": `${id}-title ${id}-desc`,
      class: "picture",
    },
    element("title", { id: `${id}-title` }, title),
    element("desc", { id: `${id}-desc` }, description),
    ...children,
  );
}

/** Around a picture in a file of its own, where no page gives it room. */
const margin = 16;

/**
 * The text of an SVG file that stands alone: it carries its style sheet, its ground and a margin.
 *
 * @example
 * ```ts
 * const data = { views: ["case"], conclusions: [{ label: "It lands heads", of: [], verdicts: ["holds"] }] };
 * const head = { id: "verdicts", title: "Verdicts", subtitle: "", caption: "Not a forecast." };
 * const svg = standalone(verdictStrip(data, head, 640));
 * ```
 */
export function standalone(picture: Picture): string {
  const [title, desc, ...rest] = picture.root.children;
  const width = picture.width + 2 * margin;
  const height = picture.height + 2 * margin;
  const ground = element("rect", joined({ x: -margin, y: -margin, width, height }, fill("paper")));
  const children = [title, desc, element("style", {}, themeStyle()), ground, ...rest].filter((n) => n !== undefined);
  const viewBox = `${-margin} ${-margin} ${width} ${height}`;
  return `${markup({ ...picture.root, attributes: { ...picture.root.attributes, viewBox, width, height }, children })}\n`;
}

/** A face of the type that pictures are set in. */
export interface PictureFace {
  readonly weight: string;
  /** A `data:` address of its WOFF2. */
  readonly address: string;
}

/** What pictures are set in (`theme.ts`), where a file or a page carries it. */
export const pictureFamily = "Casus Sans";

/** A picture's file that carries its type, so that it looks the same wherever it is opened. */
export function withFaces(svg: string, faces: readonly PictureFace[]): string {
  const rules = faces.map(
    ({ weight, address }) =>
      `@font-face{font-family:"${pictureFamily}";font-weight:${weight};src:url("${address}") format("woff2")}`,
  );
  return svg.replace("<style>", () => `<style>${rules.join("")}`);
}
