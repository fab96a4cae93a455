/** Makes the nodes of a plain tree, which the page turns into DOM and `markup.ts` into text. */

type SvgTag =
  | "svg"
  | "g"
  | "path"
  | "line"
  | "rect"
  | "circle"
  | "text"
  | "tspan"
  | "title"
  | "desc"
  | "style"
  | "defs"
  | "pattern";

type HtmlTag =
  | "html"
  | "head"
  | "meta"
  | "body"
  | "main"
  | "header"
  | "footer"
  | "nav"
  | "section"
  | "article"
  | "aside"
  | "figure"
  | "figcaption"
  | "details"
  | "summary"
  | "h1"
  | "h2"
  | "h3"
  | "h4"
  | "p"
  | "a"
  | "ul"
  | "ol"
  | "li"
  | "dl"
  | "dt"
  | "dd"
  | "div"
  | "span"
  | "strong"
  | "em"
  | "small"
  | "code"
  | "table"
  | "caption"
  | "thead"
  | "tbody"
  | "tr"
  | "th"
  | "td";

type Tag = SvgTag | HtmlTag;

/** Text is a plain string: there is no way to put markup into it. */
export type Node = Element | string;

export interface Element {
  readonly tag: Tag;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly Node[];
}

/** What a builder takes; `undefined` leaves the attribute out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

export function element(tag: Tag, attributes: Attributes = {}, ...children: readonly Node[]): Element {
  const kept = Object.entries(attributes).filter((a): a is [string, string | number] => a[1] !== undefined);
  return { tag, attributes: Object.fromEntries(kept), children };
}

export function isElement(node: Node): node is Element {
  return typeof node !== "string";
}

/** Several sets of attributes as one; classes add up, of all else the later counts. */
export function joined(...sets: readonly Attributes[]): Attributes {
  const classes = sets.flatMap((s) => (s["class"] === undefined ? [] : [String(s["class"])]));
  const whole = Object.assign({}, ...sets) as Record<string, string | number | undefined>;
  return classes.length === 0 ? whole : { ...whole, class: classes.join(" ") };
}

/** The node and all below it, parents first. */
export function elementsOf(node: Node): readonly Element[] {
  return isElement(node) ? [node, ...node.children.flatMap(elementsOf)] : [];
}

/** The words a reader sees in it. */
export function textOf(node: Node): string {
  return isElement(node) ? node.children.map(textOf).join("") : node;
}
