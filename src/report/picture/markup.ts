/** Writes a tree of nodes as SVG or HTML. Words are escaped here and nowhere else; what could run is refused. */

import { isSafeLink } from "#text/link.ts";
import { isElement, type Element, type Node } from "./element.ts";

const empty = new Set(["meta"]);
const attributeName = /^[a-zA-Z_:][-a-zA-Z0-9_:.]*$/;

/**
 * Well-formed as XML and as HTML alike. Throws for what a picture never needs: an attribute that would run something, a link
 * that is neither inside the page nor to the web or mail, a style sheet that could end its element or load anything.
 */
export function markup(node: Node): string {
  if (!isElement(node)) return escaped(node);
  const attributes = Object.entries(node.attributes).map(([name, value]) => attribute(name, value));
  const open = [node.tag, ...attributes].join(" ");
  if (empty.has(node.tag)) return `<${open}/>`;
  return `<${open}>${node.tag === "style" ? styleText(node) : node.children.map(markup).join("")}</${node.tag}>`;
}

function attribute(name: string, value: string | number): string {
  if (!attributeName.test(name) || /^on/i.test(name) || name.toLowerCase() === "srcdoc")
    throw new Error(`no picture has an attribute '${name}'`);
  if (/^(xlink:)?href$|^src$/i.test(name) && !isSafeLink(String(value)))
    throw new Error(`no picture links to '${value}'`);
  if (/url\s*\((?!#)/i.test(String(value))) throw new Error(`no picture loads '${value}'`);
  return `${name}="${escaped(typeof value === "number" ? digits(value) : value).replaceAll('"', "&quot;")}"`;
}

function styleText(node: Element): string {
  const text = node.children.map((c) => (isElement(c) ? "" : c)).join("");
  if (/[<&]|@import|url\s*\(/i.test(text)) throw new Error("a style sheet of a picture neither loads nor ends");
  return text;
}

/** Half a hundredth of a pixel is seen by nobody. */
function digits(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Control characters, which no XML may hold, become spaces; those that turn the direction of writing go. */
function escaped(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, " ")
      .replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, "")
      .replaceAll(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
  );
}
