/** Makes the block that shows a picture in a report or on a page, and its caption. */

import type { Setup } from "#analysis/findings/findings.ts";
import type { Block } from "./blocks.ts";
import { plural } from "../words/numbers.ts";
import type { ChartHead, Picture } from "../picture/picture.ts";
import type { DataTable } from "../picture/table.ts";
import { dateLabel } from "../picture/time-axis.ts";
import type { Provenance } from "../words/provenance.ts";
import { viewsPhrase } from "../words/sentences.ts";

/** `draw` at a width in pixels; in a report at the width of its column, or `wide`. */
export function pictureBlock(
  head: ChartHead,
  draw: (head: ChartHead, width: number) => Picture,
  table: DataTable,
  wide = 704,
): Extract<Block, { kind: "figure" }> {
  return {
    kind: "figure",
    id: head.id,
    draw: (id, width) => draw({ ...head, id }, width),
    wide,
    title: head.title,
    caption: head.caption,
    table,
  };
}

/** `As of Jan 2022. Modeller: …. View: …. Version …, seed …, … runs. Not a forecast.` `view` is null for all of them; `runs` where they are counted otherwise. */
export function captionOf(
  p: Provenance,
  setup: Pick<Setup, "request" | "views">,
  view: string | null,
  runs: string = `${plural(setup.request.worlds, "simulated run")} of each choice`,
): string {
  const label = view === null ? viewsPhrase(setup) : viewsPhrase({ views: setup.views.filter((v) => v.name === view) });
  const version = p.version === null ? "" : `Version ${p.version}, `;
  return [...origin(p), `View: ${label}.`, `${version}seed ${setup.request.seed}, ${runs}.`, "Not a forecast."].join(
    " ",
  );
}

/** The caption of a picture that shows past cases and no run. */
export function recordCaption(p: Provenance): string {
  return [...origin(p), "Counts of past cases, not a forecast."].join(" ");
}

/** The caption of a picture of the model itself: no view and no run is behind it. */
export function modelCaption(p: Provenance): string {
  return [...origin(p), ...(p.version === null ? [] : [`Version ${p.version}.`]), "Not a forecast."].join(" ");
}

function origin(p: Provenance): readonly string[] {
  return [
    ...(p.asOf === null ? [] : [`As of ${dateLabel(p.asOf.replace(/-01$/, ""))}.`]),
    ...(p.modeller === null ? [] : [`Modeller: ${p.modeller}.`]),
  ];
}
