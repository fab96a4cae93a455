/** Draws what a text foretells and what has been seen since on one line of dates, with each forecast's end and state, and today. */

import { underAxis, timeAxis, timeLine, type Area } from "../picture/axis.ts";
import { element, joined, type Element } from "../picture/element.ts";
import { keyLines } from "../picture/key.ts";
import { diamond, ring, verdictMark } from "../picture/marks.ts";
import { widthAt } from "../picture/measure.ts";
import { framed, type ChartHead, type Picture } from "../picture/picture.ts";
import { rowsIn, type Rows } from "../picture/rows.ts";
import type { DataTable } from "../picture/table.ts";
import { fill, stroke } from "../picture/theme.ts";
import { dateLabel, timeLabel, timeOfIso, type PictureClock } from "../picture/time-axis.ts";
import { sizes, writeText, type TextBlock } from "../picture/write.ts";

type ShownForecastState = "open" | "came true" | "came false" | "condition not met" | "not asserted" | "not scorable";

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
  /** What has been seen since, each at its date from the start. */
  readonly seen: readonly { readonly label: string; readonly at: number }[];
  /** From the start; null where the picture is not drawn for a day. */
  readonly today: number | null;
}

export function forecastTimeline(data: ForecastData, head: ChartHead, width: number): Picture {
  return framed(head, width, description(data), (x, y, inner) => drawing(data, x, y, inner));
}

function words(data: ForecastData, f: ForecastData["forecasts"][number]): string {
  const when = f.resolvedOn === null ? "" : `, ${dateLabel(f.resolvedOn)}`;
  return `by ${timeLabel(data.clock, f.by)}: ${f.state}${when}`;
}

function description(data: ForecastData): string {
  return [
    ...data.forecasts.map((f) => `${f.label}, ${words(data, f)}.`),
    ...data.seen.map((s) => `Seen ${timeLabel(data.clock, s.at)}: ${s.label}.`),
  ].join(" ");
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
  const seenKey = { words: "seen since", wide: 16, draw: (a: number, b: number) => [seenMark(a + 8, b)] };
  const key = keyLines(
    [
      ...used.map((s) => ({ words: s, wide: 16, draw: (a: number, b: number) => mark(s, a + 8, b) })),
      ...(data.seen.length > 0 ? [seenKey] : []),
    ],
    x,
    y,
    width,
  );
  const rows = rowsIn(
    [
      ...data.forecasts.map((f) => ({ label: f.label, note: `${f.of === "" ? "" : `${f.of}, `}${words(data, f)}` })),
      ...data.seen.map((s) => ({ label: s.label, note: `seen, ${timeLabel(data.clock, s.at)}` })),
    ],
    x,
    y + key.height + (isTodayIn(data) ? 22 : 6),
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
  const seen = data.seen.map((s, i) =>
    seenMark(axis.place(Math.max(0, Math.min(s.at, data.horizon))), rows.middles[data.forecasts.length + i] ?? 0),
  );
  const today = isTodayIn(data) ? todayLine(axis.place(data.today ?? 0), area, rows.bands) : [];
  return {
    nodes: [...key.nodes, ...rows.nodes, ...today, ...lines, ...seen, ...timeLine(axis, area)],
    height: rows.bottom + 2 + underAxis - y,
  };
}

function isTodayIn({ today, horizon }: ForecastData): boolean {
  return today !== null && today >= 0 && today <= horizon;
}

/** Where words stand over their row, the line has gaps for them. */
function todayLine(x: number, area: Area, bands: Rows["bands"]): readonly Element[] {
  const half = widthAt(sizes.label, "today", true) / 2;
  const middle = Math.max(area.left + half, Math.min(x, area.right - half));
  return [
    ...bands.map(({ top, bottom }) =>
      element("line", joined({ x1: x, x2: x, y1: top, y2: bottom, "stroke-dasharray": "3 3" }, stroke("ink", 1.25))),
    ),
    writeText(middle, area.top - 8, "today", { bold: true, anchor: "middle" }),
  ];
}

/** A full square: it has happened, whatever was foretold. */
function seenMark(x: number, y: number): Element {
  return element("rect", joined({ x: x - 5, y: y - 5, width: 10, height: 10 }, fill("ink")));
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
