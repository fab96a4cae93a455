/** What the record says of the claims that are about the past, what has come of what the text foretold, and what that does to each reading. */

import { createMemo, For, Show, type JSX } from "solid-js";
import {
  bare,
  forecastTable,
  forecastTimeline,
  recordChart,
  recordDataOf,
  recordSentences,
  recordTable,
  recordVerdictSentence,
  believeAlike,
  learnedWords,
  viewLabel,
  mindOf,
  reweigh,
  forecastData,
  timeOfIso,
  type ForecastData,
  type RecordVerdict,
} from "#internal.ts";
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
  "not watched so long": { sign: "?", look: "unsure" },
};

const unjudged: ReadonlySet<ForecastData["forecasts"][number]["state"]> = new Set(["not asserted", "not scorable"]);

export default function Record(props: { readonly page: Page }): JSX.Element {
  const { page } = props;
  const { model, data } = page;
  const { time, forecasts } = model;
  const foretold = (): ForecastData | null =>
    time === null || (forecasts.length === 0 && model.evidence.length === 0)
      ? null
      : forecastData(model, time, timeOfIso(time, new Date().toISOString().slice(0, 10)));
  const learned = createMemo(() => learnedBy(page));
  const claims = () =>
    [...new Set(data.records.tests.map((t) => t.of))].map((claim) => {
      const tests = data.records.tests.filter((t) => t.of === claim);
      const label = bare(model.claims.find((c) => c.name === claim)?.label ?? "");
      return { claim, label, tests, shares: recordDataOf(tests) };
    });
  return (
    <>
      <p class="under">
        What past cases say of the claims that are about the past: a line for each test. Open one to see what it was
        judged on.
      </p>
      <Show when={data.records.tests.length === 0 && forecasts.length === 0}>
        <p class="under">This case tests no claim on past cases, and foretells nothing that could be scored.</p>
      </Show>
      <div class="record-claims">
        <For each={claims()}>
          {({ claim, label, tests, shares }) => (
            <article class="record-claim">
              <h3 dir="auto">{label}</h3>
              <For each={tests}>
                {(test) => (
                  <details class="record-test">
                    <summary>
                      <span class={`verdict ${signs[test.verdict].look}`} aria-hidden="true">
                        {signs[test.verdict].sign}
                      </span>{" "}
                      <span dir="auto">{bare(test.label)}</span>
                      <span class="visually-hidden">: </span>
                      <span class={`record-verdict verdict ${signs[test.verdict].look}`}>
                        {recordVerdictSentence(test)}
                      </span>
                    </summary>
                    <ul>
                      <For each={recordSentences(test)}>{(s) => <li>{s}</li>}</For>
                      <For each={[...test.notes, ...test.citations]}>{(n) => <li class="citation">{n}</li>}</For>
                    </ul>
                  </details>
                )}
              </For>
              <Show when={shares}>
                {(d) => (
                  <details class="record-cases">
                    <summary class="under">The cases counted, as a picture</summary>
                    <Chart
                      id={`record-${claim.replaceAll("_", "-")}`}
                      draw={(w, caption) =>
                        recordChart(
                          d(),
                          {
                            id: `record-${claim.replaceAll("_", "-")}`,
                            title: "",
                            subtitle:
                              "Cases in 100; the line is the 95 % interval (Jeffreys), or the range over codings",
                            caption,
                          },
                          w,
                        )
                      }
                      table={() => recordTable(d())}
                      source={provenanceLine(page)}
                      isFresh={true}
                    />
                  </details>
                )}
              </Show>
            </article>
          )}
        </For>
      </div>
      <Show when={foretold()}>
        {(f) => (
          <Chart
            id="forecasts"
            draw={(w, caption) =>
              forecastTimeline(
                judged(f()),
                {
                  id: "forecasts",
                  title:
                    model.evidence.length === 0
                      ? "What the text foretells, and what came of it"
                      : "What the text foretells, and what has been seen since",
                  subtitle:
                    forecasts.length === 0
                      ? ""
                      : `The text gives no dates and no tests: these are the modeller’s reading${restWords(f())}`,
                  caption,
                },
                w,
              )
            }
            table={() => forecastTable(f())}
            source={provenanceLine(page)}
            isFresh={true}
          />
        )}
      </Show>
      <Show when={learned().length > 0}>
        <h3>What that does to each reading</h3>
        <ul class="learned">
          <For each={learned()}>
            {({ label, words }) => (
              <li dir="auto">
                <strong>{label}.</strong> {words}
              </li>
            )}
          </For>
        </ul>
      </Show>
    </>
  );
}

/** Without the forecasts that nothing can come of, and without the names of claims: these are in the table behind the picture. */
function judged(data: ForecastData): ForecastData {
  const forecasts = data.forecasts.filter((f) => !unjudged.has(f.state));
  return { ...data, forecasts: forecasts.map((f) => ({ ...f, of: "" })) };
}

function restWords(data: ForecastData): string {
  const rest = data.forecasts.length - judged(data).forecasts.length;
  return rest === 0 ? "" : `; ${rest} more cannot be judged and are in the table`;
}

/** A sentence for each reading, or for several of which the same is to be said: what was believed before, and after what has been seen. Nothing where its evidence did not come, or is of other unknowns. */
function learnedBy(page: Page): readonly { readonly label: string; readonly words: string }[] {
  const { model } = page;
  const rows = page.evidence();
  if (rows === null) return [];
  const said = new Map<string, string[]>();
  for (const view of page.views) {
    const mind = mindOf(model, view);
    if (!believeAlike(mind, mindOf(model, rows.rows.view))) continue;
    const words = learnedWords(model, reweigh(rows, mind));
    said.set(words, [...(said.get(words) ?? []), viewLabel(model, view)]);
  }
  return [...said].map(([words, labels]) => ({ label: labels.join("; "), words }));
}
