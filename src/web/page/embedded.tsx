/** One picture with its caption and where it comes from, for a frame in somebody's own page: `?embed=ID`. */

import { Show, Suspense, type Accessor, type JSX } from "solid-js";
import { eventsOf, leadSentence, type Panel } from "#internal.ts";
import Carries from "./carries.tsx";
import type { Light } from "./claims.tsx";
import { Curves } from "./curves.tsx";
import { GapFigure } from "./first/gap-figure.tsx";
import type { Page } from "./page.ts";
import { PanelPicture } from "./panels.tsx";
import CausalView from "./picture.tsx";
import { provenanceLine } from "./provenance.ts";
import Record from "./record.tsx";
import Reverse from "./reverse.tsx";
import { VerdictLine } from "./verdict-line.tsx";
import { Views } from "./views.tsx";

export default function Embedded(props: {
  readonly page: Page;
  readonly light: Light;
  readonly id: string;
  readonly panels: Accessor<readonly Panel[] | null>;
}): JSX.Element {
  const { page, light, id } = props;
  page.wantAll(["flips", "ends", "carries"].includes(id));
  const isCurve =
    id === "fan" ||
    page.model.outcomes.some((o) => eventsOf(o) !== null && id === `curve-${o.name.replaceAll("_", "-")}`);
  const isKnown =
    isCurve ||
    ["causal", "views", "flips", "ends", "carries", "forecasts"].includes(id) ||
    /^(record|panel)-/.test(id) ||
    (id === "gap" && page.lead() !== null);
  if (isCurve) page.wantRuns();
  return (
    <main class="embedded">
      <Suspense>
        <Show when={!isKnown}>
          <p role="alert">This page has no picture called “{id}”.</p>
        </Show>
        <Show when={id === "gap" && page.lead()}>
          {(store) => (
            <>
              <p class="say" dir="auto">
                {leadSentence(page.model, store().lead.plan, store().state().figures)
                  .map((p) => p.text)
                  .join("")}
              </p>
              <VerdictLine page={page} store={store()} />
              <GapFigure page={page} store={store()} isCovered={false} />
            </>
          )}
        </Show>
        <Show when={id === "causal"}>
          <CausalView page={page} light={light} />
        </Show>
        <Show when={id === "views"}>
          <Views page={page} />
        </Show>
        <Show when={id === "flips" || id === "ends"}>
          <Reverse page={page} />
        </Show>
        <Show when={id === "carries"}>
          <Carries page={page} />
        </Show>
        <Show when={id === "forecasts" || id.startsWith("record-")}>
          <Record page={page} />
        </Show>
        <Show when={id.startsWith("panel-")}>
          <PanelPicture panels={props.panels() ?? []} id={id} />
        </Show>
        <Show when={isCurve}>
          <Curves page={page} only={id} />
        </Show>
      </Suspense>
      <p class="under">
        {provenanceLine(page)} ·{" "}
        <a href={`${location.pathname}${location.hash}`} target="_top">
          the whole argument
        </a>
      </p>
    </main>
  );
}
