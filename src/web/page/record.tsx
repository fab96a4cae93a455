/** What the record says of the claims that are about the past, and what has come of what the text foretold. */

import { For, Show, type JSX } from "solid-js";
import {
  bare,
  forecastTable,
  forecastTimeline,
  recordSentences,
  recordVerdict,
  type ForecastData,
  type RecordVerdict,
} from "#casus.ts";
import { Chart } from "./chart.tsx";
import type { Page } from "./page.ts";
import { provenanceLine } from "./provenance.ts";

const signs: Readonly<Record<RecordVerdict, { readonly sign: string; readonly look: string }>> = {
  "borne out": { sign: "●", look: "holds" },
  contradicted: { sign: "✕", look: "fails" },
  "leans for": { sign: "◐", look: "unsure" },
  "leans against": { sign: "◑", look: "unsure" },
  "does not tell": { sign: "○", look: "unsure" },
  "hangs on the coding": { sign: "≈", look: "unsure" },
  "too few": { sign: "?", look: "unsure" },
};

export default function Record(props: { readonly page: Page }): JSX.Element {
  const { page } = props;
  const { model, data } = page;
  const { time, forecasts } = model;
  const foretold = (): ForecastData | null =>
    time === null || forecasts.length === 0
      ? null
      : {
          clock: time,
          horizon: time.steps * time.dt,
          forecasts: forecasts.map((f) => ({
            label: bare(f.label),
            of: f.of,
            by: f.by,
            state: f.state,
            resolvedOn: f.resolvedOn,
            reason: f.reason,
          })),
        };
  return (
    <>
      <Show when={data.records.tests.length === 0 && forecasts.length === 0}>
        <p class="under">This case tests no claim on past cases, and foretells nothing that could be scored.</p>
      </Show>
      <For each={data.records.tests}>
        {(test) => (
          <article class="record-test">
            <h3>
              <span class="claim-name">{test.of}</span> {bare(test.label)}
            </h3>
            <p class={`verdict ${signs[test.verdict].look}`}>
              <span aria-hidden="true">{signs[test.verdict].sign}</span> {recordVerdict(test)}
            </p>
            <details>
              <summary>What it was judged on</summary>
              <ul>
                <For each={recordSentences(test)}>{(s) => <li>{s}</li>}</For>
                <For each={[...test.notes, ...test.citations]}>{(n) => <li class="citation">{n}</li>}</For>
              </ul>
            </details>
          </article>
        )}
      </For>
      <Show when={foretold()}>
        {(f) => (
          <Chart
            id="forecasts"
            draw={(w) =>
              forecastTimeline(
                f(),
                {
                  id: "forecasts",
                  title: "What the text foretells, and what came of it",
                  subtitle: "Dates and tests are the modeller’s reading of words that give neither",
                  caption: provenanceLine(page),
                },
                w,
              )
            }
            table={() => forecastTable(f())}
            isFresh={true}
          />
        )}
      </Show>
    </>
  );
}
