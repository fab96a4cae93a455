/** Draws what a text foretells on a line of dates, with each forecast's end and state. */

import { underAxis, timeAxis, timeLine } from "../picture/axis.ts";
import { element, joined, type Element } from "../picture/element.ts";
import { keyLines } from "../picture/key.ts";
import { diamond, ring, verdictMark } from "../picture/marks.ts";
import { framed, type ChartHead, type Picture } from "../picture/picture.ts";
import { rowsIn } from "../picture/rows.ts";
import type { DataTable } from "../picture/table.ts";
import { stroke } from "../picture/theme.ts";
import { dateLabel, timeLabel, timeOfIso, type PictureClock } from "../picture/time-axis.ts";
import type { TextBlock } from "../picture/write.ts";

export type ShownForecastState =
  | "open"
  | "came true"
  | "came false"
  | "condition not met"
  | "not asserted"
  | "not scorable";

export interface ForecastData {
  readonly clock: PictureClock;
  /** The end of the case's time, from its start. */
  readonly horizon: number;
  readonly forecasts: readonly {
    readonly label: string;
    readonly of: string;
    /** From the start. */
    readonly by: number;
    readonly state: ShownForecastState;
    /** ISO date. */
    readonly resolvedOn: string | null;
    readonly reason: string | null;
  }[];
}

export function forecastTimeline(data: ForecastData, head: ChartHead, width: number): Picture {
  return framed(head, width, description(data), (x, y, inner) => drawing(data, x, y, inner));
}

function words(data: ForecastData, f: ForecastData["forecasts"][number]): string {
  const when = f.resolvedOn === null ? "" : `, ${dateLabel(f.resolvedOn)}`;
  return `by ${timeLabel(data.clock, f.by)}: ${f.state}${when}`;
}

function description(data: ForecastData): string {
  return data.forecasts.map((f) => `${f.label}, ${words(data, f)}.`).join(" ");
}

const states: readonly ShownForecastState[] = [
  "came true",
  "came false",
  "open",
  "condition not met",
  "not scorable",
  "not asserted",
];

function drawing(data: ForecastData, x: number, y: number, width: number): TextBlock {
  const used = states.filter((s) => data.forecasts.some((f) => f.state === s));
  const key = keyLines(
    used.map((s) => ({ words: s, wide: 16, draw: (a, b) => mark(s, a + 8, b) })),
    x,
    y,
    width,
  );
  const rows = rowsIn(
    data.forecasts.map((f) => ({ label: f.label, note: `${f.of}, ${words(data, f)}` })),
    x,
    y + key.height + 6,
    width,
    { least: 18 },
  );
  const area = { left: rows.left, right: rows.right, top: rows.top, bottom: rows.bottom + 2 };
  const axis = timeAxis(data.clock, 0, data.horizon, area);
  const lines = data.forecasts.flatMap((f, i) => {
    const at = rows.middles[i] ?? 0;
    const due = Math.min(f.by, data.horizon);
    const resolved = f.resolvedOn === null ? null : timeOfIso(data.clock, f.resolvedOn);
    const end = resolved === null ? due : Math.max(0, Math.min(resolved, data.horizon));
    return [
      element(
        "line",
        joined(
          {
            x1: axis.place(0),
            x2: axis.place(due),
            y1: at,
            y2: at,
            "stroke-dasharray": f.state === "open" ? "4 3" : undefined,
          },
          stroke("rule", 1.25),
        ),
      ),
      element(
        "line",
        joined({ x1: axis.place(due), x2: axis.place(due), y1: at - 6, y2: at + 6 }, stroke("rule", 1.5)),
      ),
      ...mark(f.state, axis.place(end), at),
    ];
  });
  return {
    nodes: [...key.nodes, ...rows.nodes, ...lines, ...timeLine(axis, area)],
    height: rows.bottom + 2 + underAxis - y,
  };
}

function mark(state: ShownForecastState, x: number, y: number): readonly Element[] {
  switch (state) {
    case "came true":
      return verdictMark("holds", x, y, 7);
    case "came false":
      return verdictMark("fails", x, y, 7.5);
    case "open":
      return [ring(x, y, "blue", 5)];
    case "condition not met":
      return [diamond(x, y, "rule", 5)];
    case "not scorable":
    case "not asserted":
      return [
        element(
          "path",
          joined(
            { d: `M${x - 4},${y - 4}L${x + 4},${y + 4}M${x + 4},${y - 4}L${x - 4},${y + 4}` },
            stroke("rule", 1.75),
          ),
        ),
      ];
  }
}

export function forecastTable(data: ForecastData): DataTable {
  return {
    caption: "What the text foretells, in our reading, and what came of it",
    columns: ["Forecast", "Claim", "By", "State", "On", "Why"],
    rows: data.forecasts.map((f) => [
      f.label,
      f.of,
      timeLabel(data.clock, f.by),
      f.state,
      f.resolvedOn === null ? "–" : dateLabel(f.resolvedOn),
      f.reason ?? "–",
    ]),
  };
}
