/** The figure the page hangs from, with its numbers and files behind it. */

import { Show, type JSX } from "solid-js";
import {
  axisWords,
  figureValue,
  leadChart,
  leadChartData,
  sideLabels,
  timeLabel,
  type DataTable,
  type LeadChartData,
} from "#internal.ts";
import { fileWidth, PictureFiles } from "../files.tsx";
import type { Page } from "../page.ts";
import { provenanceLine } from "../provenance.ts";
import type { LeadStore } from "../state/lead-store.ts";
import { DrawnPicture } from "./drawn.tsx";

/** Heights of the plot: a phone keeps it in the upper third of its screen. */
function plotHeight(width: number): number {
  if (width < 460) return 168;
  return Math.round(Math.min(360, Math.max(240, width * 0.36)));
}

export function GapFigure(props: {
  readonly page: Page;
  readonly store: LeadStore;
  readonly isCovered: boolean;
}): JSX.Element {
  const { page, store } = props;
  const { model } = page;
  const data = (): LeadChartData =>
    leadChartData(model, store.lead, store.state(), store.picture().times, {
      others: store.lead.pictures.filter((p) => p.view !== store.picture().view),
      guess: store.guess(),
      isCovered: props.isCovered,
    });
  const file = () => leadChart({ ...data(), id: "lead-file" }, { width: fileWidth, height: plotHeight(fileWidth) });
  return (
    <figure class="gap-figure">
      <figcaption class="axis-words">{axisWords(model, store.lead)}</figcaption>
      <DrawnPicture draw={(width) => leadChart(data(), { width, height: plotHeight(width) })} />
      <Show when={!props.isCovered}>
        <PictureFiles id="gap" picture={file} table={() => gapTable(page, store)}>
          <p class="provenance">{provenanceLine(page)}</p>
        </PictureFiles>
      </Show>
    </figure>
  );
}

function gapTable({ model }: Page, store: LeadStore): DataTable {
  const { plan } = store.lead;
  const { times } = store.picture();
  const { sides, figures } = store.state();
  const labels = sideLabels(model, plan);
  const clock = model.time;
  if (clock === null || times.length === 0)
    return {
      caption: "The figures compared",
      columns: ["Compared", "Figure"],
      rows: labels.map((l, i) => [l, figureValue(model, plan, figures[i] ?? Number.NaN, figures)]),
    };
  const every = Math.max(1, Math.ceil(times.length / 12));
  return {
    caption: axisWords(model, store.lead),
    columns: ["By", ...labels],
    rows: times.flatMap((t, i) =>
      (times.length - 1 - i) % every === 0
        ? [[timeLabel(clock, t), ...sides.map((s) => figureValue(model, plan, s.middle[i] ?? Number.NaN))]]
        : [],
    ),
  };
}
