/** Draws the picture that people see who are sent a page's address: the question, the figure the page hangs from, and who says so. */

import { leadFollower } from "#analysis/lead/lead-moves.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import { leadChart, type LeadChartData } from "../charts/lead-chart.ts";
import { element, joined, type Element } from "../picture/element.ts";
import { markup } from "../picture/markup.ts";
import { clipped } from "../picture/measure.ts";
import { underAxis } from "../picture/axis.ts";
import type { Picture } from "../picture/picture.ts";
import { fill } from "../picture/theme.ts";
import { capital } from "../words/words.ts";
import { kickerWords } from "./first-screen.ts";
import { byline } from "./lead-words.ts";
import { axisWords, leadChartData, toldFigures } from "./lead-view.ts";
import type { PageData } from "./page-data.ts";

/** Pixels, as the sites that show such pictures ask for (The Open Graph protocol). */
export const shareSize = { width: 1200, height: 630 } as const;

/** What a page sets its headings in; the picture is drawn where no other font is. */
const serif = "'Casus Serif', serif";
const edge = 56;
/** The chart is drawn for a page's type, and shown larger: it is looked at on a phone, in a list of messages. */
const enlarged = 1.75;
/** Pixels of the chart over its plot. */
const overPlot = 18;

/** SVG text; null where the case has no such figure, or its words are in letters that the shipped type does not have. */
export function sharePicture(data: PageData): string | null {
  const { model, lead, findings } = data;
  const picture = lead?.pictures[0];
  if (model === null || lead === null || picture === undefined) return null;
  const beliefs = mindOf(model, picture.view);
  const told = toldFigures(findings, lead, picture);
  const state = leadFollower(model, lead)({ picture, figures: told.figures, beliefs, nearer: null }, beliefs);
  const others = lead.pictures.slice(1);
  const drawn = leadChartData(model, lead, state, picture.times, { others, guess: null, isCovered: false });
  const title = clipped(model.title, 54, shareSize.width - 2 * edge, 2, true);
  const axis = axisWords(model, lead);
  // That it is no forecast comes before what may be cut off.
  const [foot = ""] = clipped(`${capital(kickerWords(model))}. ${byline(model)}`, 22, shareSize.width - 2 * edge, 1);
  const words = [...title, axis, foot, ...drawn.sides.flatMap((s) => [s.label, s.value]), drawn.gap ?? ""];
  if (!words.every(isWritable)) return null;
  const underTitle = edge + title.length * 60;
  const chartTop = underTitle + 46;
  const room = { width: shareSize.width - 2 * edge, height: shareSize.height - 66 - chartTop };
  const { chart, scale } = fitted({ ...drawn, id: "share" }, room);
  const nodes = [
    element("rect", joined({ width: shareSize.width, height: shareSize.height }, fill("paper"))),
    element("rect", joined({ width: shareSize.width, height: 10 }, fill("ink"))),
    ...title.map((line, i) =>
      text({ x: edge, y: edge + 46 + i * 60, words: line, size: 54, family: serif, weight: 700 }),
    ),
    text({ x: edge, y: underTitle + 30, words: axis, size: 24, family: "'Casus Sans', sans-serif", weight: 600 }),
    element("g", { transform: `translate(${edge},${chartTop}) scale(${scale})` }, ...chart.root.children),
    text({ x: edge, y: shareSize.height - 28, words: foot, size: 22, family: "'Casus Sans', sans-serif", weight: 400 }),
  ];
  return markup(
    element(
      "svg",
      {
        xmlns: "http://www.w3.org/2000/svg",
        viewBox: `0 0 ${shareSize.width} ${shareSize.height}`,
        width: shareSize.width,
        height: shareSize.height,
      },
      ...nodes,
    ),
  );
}

/** Enlarged as far as it fits: rows of dots are taller than they are asked to be. */
function fitted(
  data: LeadChartData,
  room: { readonly width: number; readonly height: number },
): { readonly chart: Picture; readonly scale: number } {
  const drawn = (scale: number): Picture =>
    leadChart(data, { width: room.width / scale, height: room.height / scale - overPlot - underAxis });
  const chart = drawn(enlarged);
  if (chart.height * enlarged <= room.height) return { chart, scale: enlarged };
  const scale = room.height / chart.height;
  return { chart: drawn(scale), scale: Math.min(scale, room.height / drawn(scale).height) };
}

/** The letters of the shipped type: Latin with its accents, and the signs of ordinary writing (scripts/type.mjs). */
function isWritable(text: string): boolean {
  return /^[\u0020-\u007e\u00a0-\u00ff\u0152\u0153\u2010-\u2033\u2039\u203a\u2044\u20ac\u2192\u2212\u22c5\u2248\u2264\u2265]*$/.test(
    text,
  );
}

interface TextInput {
  readonly x: number;
  readonly y: number;
  readonly words: string;
  readonly size: number;
  readonly family: string;
  readonly weight: number;
}

function text({ x, y, words, size, family, weight }: TextInput): Element {
  return element(
    "text",
    joined({ x, y, "font-size": size, "font-family": family, "font-weight": weight }, fill("ink")),
    words,
  );
}
