/** Every chart with sample data: what is drawn, under which words, and its table. */

import { curveChart, curveTable } from "#report/charts/curve-chart.ts";
import { fanChart, fanTable } from "#report/charts/fan-chart.ts";
import type { ChartHead, Picture } from "#report/picture/picture.ts";
import type { DataTable } from "#report/picture/table.ts";
import { curves, fans, oneFan, thousands } from "./chart-samples.ts";

export interface Chart {
  readonly name: string;
  readonly draw: (head: ChartHead, width: number) => Picture;
  readonly table: DataTable;
  readonly title: string;
  readonly subtitle: string;
}

/** One picture, with the words over it. */
function chart(name: string, title: string, subtitle: string, draw: Chart["draw"], table: DataTable): Chart {
  return { name, draw, table, title, subtitle };
}

export const charts: readonly Chart[] = [
  chart(
    "fanChart",
    "Held support",
    "Per cent of the people, by what the Kremlin does",
    (h, w) => fanChart(fans, h, w),
    fanTable(fans),
  ),
  chart(
    "fanChart-one",
    "Held support after an attack",
    "Per cent of the people",
    (h, w) => fanChart(oneFan, h, w),
    fanTable(oneFan),
  ),
  chart(
    "fanChart-thousands",
    "Russian soldiers dead",
    "After an attack in February 2022",
    (h, w) => fanChart(thousands, h, w),
    fanTable(thousands),
  ),
  chart(
    "curveChart",
    "When the regime falls",
    "Simulated runs of 100 in which it has fallen; bands are two standard errors",
    (h, w) => curveChart(curves, h, w),
    curveTable(curves),
  ),
];
