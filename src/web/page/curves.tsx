/** When it happens, and how a quantity goes, by choice: the curves and fans of the view as it stands. */

import { createMemo, For, Show, type JSX } from "solid-js";
import {
  bare,
  curveChart,
  curveTable,
  eventsOf,
  fanChart,
  fanTable,
  leadOptionWords,
  type CurveData,
  type FanData,
} from "#internal.ts";
import { Chart } from "./chart.tsx";
import type { Page } from "./page.ts";
import { provenanceLine } from "./provenance.ts";
import { fullLabel } from "./words.ts";

/** A picture holds four curves at most. */
const mostCurves = 4;

interface CurvesProps {
  readonly page: Page;
  /** The id of the one picture wanted; all of them where it is not given. */
  readonly only?: string;
}

export function Curves(props: CurvesProps): JSX.Element {
  const { page } = props;
  const { time } = page.model;
  const happenings = page.model.outcomes.flatMap((o, i) =>
    eventsOf(o) === null ? [] : [{ name: o.name, label: bare(fullLabel(page.model.outcomes, i)) }],
  );
  /** Those that the conclusion looked at reads come first. */
  const told = createMemo(() => {
    const figures = page.model.conclusions.find((c) => c.name === page.settings.conclusion)?.comparison.figures ?? [];
    const read = new Set(figures.flatMap((f) => (f.of.op === "outcome" ? [f.of.name] : [])));
    if (props.only !== undefined) return happenings.filter((h) => idOf(h.name) === props.only);
    return happenings.toSorted((a, b) => Number(read.has(b.name)) - Number(read.has(a.name))).slice(0, 2);
  });
  const series = [...page.model.stocks.filter((s) => !s.hidden), ...page.model.lets].filter((s) => s.label !== s.name);
  if (time === null) return <></>;
  const times = Array.from({ length: time.steps + 1 }, (_, i) => i * time.dt);
  const courses = createMemo(() =>
    page
      .compared()
      .slice(0, mostCurves)
      .flatMap((choices) => {
        const told = page.course(choices);
        const label = leadOptionWords(page.model, page.settings.along, choices[page.settings.along] ?? "");
        return told === null ? [] : [{ label, course: told.value, isFresh: told.isFresh }];
      }),
  );
  const isFresh = (): boolean => courses().every((c) => c.isFresh);
  const curves = (outcome: string): CurveData => ({
    clock: time,
    times,
    tells: "happened",
    curves: courses().map(({ label, course }) => {
      const chance = course.incidence[outcome] ?? new Float64Array(times.length);
      return { label, chance, se: chance.map((p) => Math.sqrt((p * (1 - p)) / course.runs)) };
    }),
  });
  const fan = createMemo((): FanData | null => {
    const drawn = series.find((s) => s.name === page.settings.series);
    const fans = courses().flatMap(({ label, course }) => {
      const band = course.bands.find((b) => b.name === page.settings.series);
      return band === undefined ? [] : [{ ...band, label }];
    });
    return drawn === undefined || fans.length === 0
      ? null
      : { clock: time, times, unit: drawn.unit, fans, observed: [] };
  });
  return (
    <Show when={courses().length > 0} fallback={<p class="under">Curves are being run…</p>}>
      <div class="curve-grid">
        <For each={told()}>
          {(h) => (
            <Chart
              id={idOf(h.name)}
              draw={(w, caption) =>
                curveChart(
                  curves(h.name),
                  {
                    id: idOf(h.name),
                    title: h.label,
                    subtitle: "Simulated runs in 100 in which it has happened by then",
                    caption,
                  },
                  w,
                )
              }
              table={() => curveTable(curves(h.name))}
              source={provenanceLine(page)}
              isFresh={isFresh()}
              widest={760}
            />
          )}
        </For>
      </div>
      <Show when={props.only === undefined || props.only === "fan"}>
        <label class="field">
          <span>The course of</span>
          <select onChange={(e) => page.history.move({ series: e.currentTarget.value }, "series")}>
            <For each={series}>
              {(s) => (
                <option value={s.name} selected={s.name === page.settings.series}>
                  {bare(s.label)}
                </option>
              )}
            </For>
          </select>
        </label>
        <Show when={fan()}>
          {(f) => (
            <Chart
              id="fan"
              draw={(w, caption) =>
                fanChart(
                  f(),
                  {
                    id: "fan",
                    title: bare(series.find((s) => s.name === page.settings.series)?.label ?? ""),
                    subtitle: "The middle simulated run, and the ranges of 50 and of 90 runs in 100",
                    caption,
                  },
                  w,
                )
              }
              table={() => fanTable(f())}
              source={provenanceLine(page)}
              isFresh={isFresh()}
            />
          )}
        </Show>
      </Show>
    </Show>
  );
}

function idOf(outcome: string): string {
  return `curve-${outcome.replaceAll("_", "-")}`;
}
