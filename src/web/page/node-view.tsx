/** Makes elements of the page from a tree of nodes, one by one. */

import type { JSX } from "solid-js";
import { isElement, type Node } from "#internal.ts";

const svgName = "http://www.w3.org/2000/svg";
const svgTags = new Set([
  "svg",
  "g",
  "path",
  "line",
  "rect",
  "circle",
  "text",
  "tspan",
  "title",
  "desc",
  "defs",
  "pattern",
]);

/** Elements are made one by one and words are text: nothing in a tree can become markup. Event handlers are left out whatever asks for them. */
export function domOf(node: Node): globalThis.Node {
  if (!isElement(node)) return document.createTextNode(node);
  const made = svgTags.has(node.tag) ? document.createElementNS(svgName, node.tag) : document.createElement(node.tag);
  for (const [name, value] of Object.entries(node.attributes))
    if (!/^on|^xmlns$|^style$/i.test(name))
      made.setAttribute(name, String(typeof value === "number" ? Math.round(value * 100) / 100 : value));
  for (const child of node.children) made.append(domOf(child));
  return made;
}

export function NodeView(props: { readonly node: Node }): JSX.Element {
  return <>{domOf(props.node)}</>;
}
