/** Writes the line under every picture: what it is of, as of when, by whom, under which view, and that it is no forecast. */

import { mindOf, plural } from "#internal.ts";
import type { Page } from "./page.ts";

/** Everything that says which figures these are. */
export function provenanceLine(page: Page): string {
  const { model, data } = page;
  return [
    `${model.title}`,
    `case ${model.name}${model.version === null ? "" : ` ${model.version}`}`,
    ...(model.asOf === null ? [] : [`as of ${model.asOf}`]),
    ...(model.modeller === null ? [] : [`modeller ${model.modeller}`]),
    page.isMine()
      ? `your settings, from “${mindOf(model, page.settings.view).label}”`
      : `view “${mindOf(model, page.settings.view).label}”`,
    ...(data.provenance === null ? [] : [data.provenance.engine, `sha256 ${data.provenance.hash.slice(0, 12)}`]),
    `seed ${data.seed}`,
    `${plural(data.worlds, "simulated run")} of each situation`,
    "not a forecast",
  ].join(" · ");
}
