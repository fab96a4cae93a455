/** Shows what is behind a picture: its figures as a table, and the picture as files to keep, the same wherever they are made. */

import type { JSX } from "solid-js";
import { standalone, tableCsv, tableNode, type DataTable, type Picture } from "#internal.ts";
import { pngOf, saveBlob, saveText, withType } from "./downloads.ts";
import { NodeView } from "./node-view.tsx";

/** Pixels across of a picture in a file. */
export const fileWidth = 760;

export function PictureFiles(props: {
  /** Of letters, digits and hyphens; the name of its files. */
  readonly id: string;
  /** As it is drawn in a file: `fileWidth` wide, with where it comes from. */
  readonly picture: () => Picture;
  readonly table: () => DataTable;
  readonly children?: JSX.Element;
}): JSX.Element {
  const file = (end: string): string => `${props.id}.${end}`;
  const svg = (): Promise<string> => withType(standalone(props.picture()));
  return (
    <details class="chart-table">
      <summary>The figures, and files to keep</summary>
      <div class="chart-tools">
        <button onClick={() => saveText(file("csv"), tableCsv(props.table()), "text/csv")}>CSV</button>
        <button onClick={() => void svg().then((text) => saveText(file("svg"), text, "image/svg+xml"))}>SVG</button>
        <button
          onClick={() =>
            void svg()
              .then(pngOf)
              .then((blob) => saveBlob(file("png"), blob))
          }
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
      {props.children}
    </details>
  );
}
