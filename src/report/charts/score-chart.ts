/** Draws how often each stated chance came true, and each forecaster's score. */

import { grouped, ofHundred } from "../words/numbers.ts";
import { underAxis, valueAxis, valueColumns, valueLines } from "../picture/axis.ts";
import { element, joined, type Element } from "../picture/element.ts";
import { diamond, dot, interval } from "../picture/marks.ts";
import { widthAt } from "../picture/measure.ts";
import { framed, type ChartHead, type Picture } from "../picture/picture.ts";
import { rowsIn } from "../picture/rows.ts";
import { fill, stroke } from "../picture/theme.ts";
import { paragraph, sizes, writeText, writeMiddle, type TextBlock } from "../picture/write.ts";

export interface ScoreData {
  /** Forecasts put together by the chance they stated; empty where too few are resolved to put together. */
  readonly bins: readonly { readonly stated: number; readonly cameTrue: number; readonly forecasts: number }[];
  /** Mean Brier scores: 0 is perfect, 0.25 what even odds on everything get. */
  readonly scores: readonly {
    readonly label: string;
    readonly forecasts: number;
    readonly brier: number;
    readonly se: number | null;
    /** A yardstick (even odds, base rates) rather than somebody's forecast. */
    readonly isYardstick: boolean;
  }[];
}

export function scoreChart(data: ScoreData, head: ChartHead, width: number): Picture {
  return framed(head, width, description(data), (x, y, inner) => {
    const top = data.bins.length === 0 ? { nodes: [], height: 0 } : calibration(data, x, y, Math.min(inner, 380));
    const gap = data.bins.length === 0 ? 0 : 22;
    const under = scores(data, x, y + top.height + gap, inner);
    return { nodes: [...top.nodes, ...under.nodes], height: top.height + gap + under.height };
  });
}

function description(data: ScoreData): string {
  const bins = data.bins.map(
    (b) =>
      `Of ${b.forecasts} stated at about ${ofHundred(b.stated)} in 100, ${ofHundred(b.cameTrue)} in 100 came true.`,
  );
  const all = data.scores.map((s) => `${s.label}: Brier score ${grouped(s.brier, 2)} over ${s.forecasts}.`);
  return [...bins, ...all].join(" ");
}

function calibration(data: ScoreData, x: number, y: number, width: number): TextBlock {
  const area = { left: x + 8, right: x + width - 16, top: y + 40, bottom: y + 40 + Math.min(260, width * 0.75) };
  const across = valueAxis({
    values: [0, 1],
    unit: { label: "in 100", factor: 0.01 },
    from: area.left + 24,
    to: area.right,
    ticks: 4,
    ends: {
      low: 0,
      high: 1,
    },
  });
  const up = valueAxis({
    values: [0, 1],
    unit: { label: "in 100", factor: 0.01 },
    from: area.bottom,
    to: area.top,
    ticks: 4,
    ends: { low: 0, high: 1 },
  });
  const title = paragraph(x, y, width, "Came true, in 100, by the chance stated", { bold: true });
  return {
    nodes: [
      ...title.nodes,
      ...valueLines({ ...up, unit: "" }, area),
      ...valueColumns(across, { ...area, left: area.left + 24 }).filter((e) => e.tag === "text"),
      element(
        "line",
        joined(
          { x1: across.place(0), y1: up.place(0), x2: across.place(1), y2: up.place(1), "stroke-dasharray": "4 3" },
          stroke("rule"),
        ),
      ),
      ...data.bins.flatMap((b) => bin(b, across.place(b.stated), up.place(b.cameTrue), area.right)),
    ],
    height: area.bottom + underAxis - y,
  };
}

/** The larger the more forecasts; the count beside it. */
function bin(b: ScoreData["bins"][number], x: number, y: number, right: number): readonly Element[] {
  const r = Math.min(12, 3 + Math.sqrt(b.forecasts) * 1.5);
  const isRight = x + r + 16 > right;
  return [
    element("circle", joined({ cx: x, cy: y, r, "fill-opacity": 0.85 }, fill("blue"))),
    writeText(isRight ? x - r - 3 : x + r + 3, y - r / 2 + (y < 80 ? 10 : 0), String(b.forecasts), {
      size: sizes.small,
      anchor: isRight ? "end" : "start",
    }),
  ];
}

function scores(data: ScoreData, x: number, y: number, width: number): TextBlock {
  const title = paragraph(x, y, width, "Brier score: the lower the better", { bold: true });
  const texts = data.scores.map((s) => grouped(s.brier, 2));
  const reserve = Math.max(0, ...texts.map((t) => widthAt(sizes.label, t, true))) + 10;
  const rows = rowsIn(
    data.scores.map((s) => ({
      label: s.label,
      note: s.isYardstick ? "a yardstick" : `${s.forecasts} resolved`,
    })),
    x,
    y + title.height + 4,
    width,
    { reserve, least: 18 },
  );
  const ends = data.scores.flatMap((s) => [s.brier, s.brier + 2 * (s.se ?? 0)]);
  const axis = valueAxis({
    values: [...ends, 0.25],
    unit: { label: "", factor: 1 },
    from: rows.left,
    to: rows.right,
    ticks: 4,
    ends: { low: 0 },
  });
  const area = { left: rows.left, right: rows.right, top: rows.top, bottom: rows.bottom + 2 };
  const marks = data.scores.flatMap((s, i) => {
    const at = rows.middles[i] ?? 0;
    const se = s.se ?? 0;
    return [
      ...(se > 0
        ? interval({
            low: axis.place(Math.max(0, s.brier - 2 * se)),
            high: axis.place(s.brier + 2 * se),
            y: at,
            colour: "blue",
          })
        : []),
      s.isYardstick ? diamond(axis.place(s.brier), at, "soft") : dot(axis.place(s.brier), at, "blue"),
      writeMiddle(x + width, at, texts[i] ?? "", { bold: !s.isYardstick, anchor: "end" }),
    ];
  });
  return {
    nodes: [...title.nodes, ...valueColumns(axis, area, rows.bands), ...rows.nodes, ...marks],
    height: rows.bottom + 2 + underAxis - y,
  };
}
