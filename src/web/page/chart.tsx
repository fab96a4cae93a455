/** Shows a picture in the page, with its table behind it and its files to keep. */

import { createMemo, createSignal, Show, type JSX } from "solid-js";
import { isElement, standalone, tableCsv, tableNode, type DataTable, type Node, type Picture } from "#internal.ts";
import { pngOf, saveBlob, saveText } from "./downloads.ts";

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

interface ChartProps {
  /** Of letters, digits and hyphens; the name of its files. */
  readonly id: string;
  readonly draw: (width: number) => Picture;
  readonly table: () => DataTable;
  readonly isFresh: boolean;
  readonly widest?: number;
}

export function Chart(props: ChartProps): JSX.Element {
  const [width, setWidth] = createSignal(0);
  const picture = createMemo(() => (width() < 40 ? null : props.draw(Math.min(width(), props.widest ?? 1100))));
  const observe = (element: HTMLElement): void => {
    const measure = (): void => void setWidth(Math.floor(element.clientWidth));
    queueMicrotask(measure);
    new ResizeObserver(measure).observe(element);
  };
  const file = (end: string): string => `${props.id}.${end}`;
  return (
    <figure class="chart" classList={{ stale: !props.isFresh }} ref={observe}>
      <Show when={picture()}>{(p) => <NodeView node={p().root} />}</Show>
      <Show when={!props.isFresh}>
        <p class="refining">being refined…</p>
      </Show>
      <details class="chart-table">
        <summary>The figures, and files to keep</summary>
        <div class="chart-tools">
          <button onClick={() => saveText(file("csv"), tableCsv(props.table()), "text/csv")}>CSV</button>
          <button
            onClick={() => {
              const p = picture();
              if (p !== null) saveText(file("svg"), standalone(p), "image/svg+xml");
            }}
          >
            SVG
          </button>
          <button
            onClick={() => {
              const p = picture();
              if (p !== null) void pngOf(standalone(p), p.width, p.height).then((blob) => saveBlob(file("png"), blob));
            }}
          >
            PNG
          </button>
          <a class="button" href={`${location.pathname}?embed=${props.id}${location.hash}`}>
            Alone, to embed
          </a>
        </div>
        <div class="scroll" tabIndex={0} role="region" aria-label={`The figures of ${props.id}`}>
          <NodeView node={tableNode(props.table())} />
        </div>
      </details>
    </figure>
  );
}
