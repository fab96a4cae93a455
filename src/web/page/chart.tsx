/** Shows a picture in the page, with its table behind it and its files to keep. */

import { Show, type JSX } from "solid-js";
import type { DataTable, Picture } from "#internal.ts";
import { fileWidth, PictureFiles } from "./files.tsx";
import { DrawnPicture } from "./first/drawn.tsx";

interface ChartProps {
  /** Of letters, digits and hyphens; the name of its files. */
  readonly id: string;
  /** `caption`: where it comes from, in a file; on the page, which says so once, empty. */
  readonly draw: (width: number, caption: string) => Picture;
  readonly table: () => DataTable;
  /** What files say of where they come from. */
  readonly source: string;
  readonly isFresh: boolean;
  readonly widest?: number;
}

export function Chart(props: ChartProps): JSX.Element {
  return (
    <figure class="chart" classList={{ stale: !props.isFresh }}>
      <DrawnPicture draw={(width) => props.draw(Math.min(width, props.widest ?? 1100), "")} />
      <Show when={!props.isFresh}>
        <p class="refining">being refined…</p>
      </Show>
      <PictureFiles id={props.id} picture={() => props.draw(fileWidth, props.source)} table={props.table} />
    </figure>
  );
}
