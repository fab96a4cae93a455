/** What follows from what has been seen since: one course of events, inside this model. The sliders stay what was believed before. */

import { For, Show, type JSX } from "solid-js";
import {
  bare,
  inScale,
  listed,
  mindOf,
  runsIn100,
  posteriorChart,
  posteriorTable,
  scaleOf,
  signed,
  type PosteriorData,
  type Reweighed,
} from "#internal.ts";
import { Chart } from "./chart.tsx";
import type { Page } from "./page.ts";
import { provenanceLine } from "./provenance.ts";
import { VerdictMark } from "./verdict-mark.tsx";

/** Claims drawn: those that what happened moves most. */
const mostDrawn = 10;
/** A claim moved by less is left where it was, as far as people read. */
const leastMoved = 0.01;

export default function Reweighing(props: { readonly page: Page }): JSX.Element {
  const { page } = props;
  const seen = () => page.evidence()?.rows.evidence ?? [];
  const of = () => mindOf(page.model, page.evidence()?.rows.view ?? "case").label;
  return (
    <>
      <p class="under">
        One course of events, inside this model: {listed(seen().map((e) => `“${bare(e.label)}”`))} happened, so
        simulated runs that agree count for more, and those that do not for less or nothing. The sliders stay what you
        believed before; the marks under them, and the figures here, are what is left after. What the model leaves out,
        it cannot learn.
      </p>
      <Show
        when={page.canReweigh()}
        fallback={
          <p class="under">
            Not shown for this view: the runs behind it take the unknowns as “{bare(of())}” believes them. On the
            command line, casus learn shows it.
          </p>
        }
      >
        <Show when={page.reweighed()} fallback={<p class="under">Being reweighed…</p>}>
          {(found) => (
            <Show when={found().refusal === null} fallback={<TooFew found={found()} />}>
              <Figures page={page} found={found()} />
            </Show>
          )}
        </Show>
      </Show>
    </>
  );
}

function TooFew(props: { readonly found: Reweighed }): JSX.Element {
  return (
    <p class="reverse-sentence">
      Too few of the runs that agree with what was seen are like this view: some {Math.round(props.found.effective)},
      and under {props.found.refusal?.floor} no figures are given. On the command line, casus learn can run more.
    </p>
  );
}

function Figures(props: { readonly page: Page; readonly found: Reweighed }): JSX.Element {
  const { page } = props;
  const label = (claim: string): string => page.model.claims.find((c) => c.name === claim)?.label ?? "";
  const isGate = (claim: string): boolean => page.model.claims.find((c) => c.name === claim)?.isGate === true;
  const moved = () =>
    props.found.claims
      .filter((c) => isGate(c.claim) && Math.abs(c.posterior.value - c.prior) >= leastMoved)
      .toSorted((a, b) => Math.abs(b.posterior.value - b.prior) - Math.abs(a.posterior.value - a.prior));
  const data = (): PosteriorData => ({
    unit: { label: "share", factor: 0.01 },
    rows: moved()
      .slice(0, mostDrawn)
      .map((c) => ({
        label: `${c.claim}  ${bare(label(c.claim))}`,
        prior: { value: c.prior, range: null },
        posterior: { value: c.posterior.value, range: null },
      })),
  });
  const looked = () => props.found.conclusions.find((c) => c.conclusion === page.settings.conclusion);
  const shown = () => {
    const names = new Set(page.model.outcomes.filter((o) => o.alwaysShown).map((o) => o.name));
    return props.found.outcomes.filter((o) => names.has(o.outcome));
  };
  const points = (value: number, unit: { readonly label: string; readonly factor: number }): string => {
    const scale = scaleOf([value], unit);
    return `${signed(value / scale.by, scale.decimals)} ${scale.unit === "per cent" ? "runs in 100" : scale.unit}`.trim();
  };
  return (
    <>
      <Show when={looked()}>
        {(c) => (
          <p class="reverse-sentence">
            {bare(c().label)}: <VerdictMark verdict={c().verdict} /> after what happened, by{" "}
            {points(c().margin, c().unit)} (two errors: {points(2 * c().se, c().unit).replace("+", "")}).
          </p>
        )}
      </Show>
      <Show
        when={moved().length > 0}
        fallback={<p class="under">It moves no claim of this view by a point or more.</p>}
      >
        <Chart
          id="posterior"
          draw={(w, caption) =>
            posteriorChart(
              data(),
              {
                id: "posterior",
                title: "",
                subtitle: "How far each claim is believed before and after, in 100",
                caption,
              },
              w,
            )
          }
          table={() => posteriorTable(data())}
          source={`One course of events, inside this model · ${provenanceLine(page)}`}
          isFresh={true}
        />
      </Show>
      <details class="beside-fold">
        <summary>What else follows, after what happened</summary>
        <table class="verdicts">
          <caption class="visually-hidden">Outcomes always shown with a verdict, after what happened</caption>
          <tbody>
            <For each={shown()}>
              {(o) => {
                const scale = scaleOf([o.posterior.value], o.unit);
                return (
                  <tr>
                    <th scope="row">{bare(o.label)}</th>
                    <td>
                      {o.isTruth
                        ? `${runsIn100(o.posterior.value)} in 100`
                        : `${inScale(o.posterior.value, scale)} ${scale.unit}`}
                    </td>
                  </tr>
                );
              }}
            </For>
          </tbody>
        </table>
        <p class="under">{Math.round(props.found.effective)} effective runs stand behind these figures.</p>
      </details>
    </>
  );
}
