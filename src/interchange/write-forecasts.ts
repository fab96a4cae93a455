/** Writes forecasts as forecasting platforms take questions in: a title, how it resolves, when, and a probability. */

import { csvText } from "./csv-text.ts";

/** One forecast under one view. */
export interface ForecastQuestion {
  readonly id: string;
  readonly title: string;
  readonly type: "binary";
  /** What must be so, and by when; the statement as the case writes it. */
  readonly resolution_criteria: string;
  /** What it supposes, and what the figure is. */
  readonly fine_print: string;
  /** ISO dates; null in a case without a calendar. */
  readonly scheduled_close_time: string | null;
  readonly scheduled_resolve_time: string | null;
  readonly state: string;
  readonly resolution: "yes" | "no" | null;
  readonly resolved_on: string | null;
  readonly view: string;
  readonly probability: number;
  readonly probability_error: number;
  readonly base_rate: number;
}

/** An array of objects. */
export function questionsAsJson(questions: readonly ForecastQuestion[]): string {
  return `${JSON.stringify(questions, null, 2)}\n`;
}

const columns = [
  "id",
  "title",
  "type",
  "resolution_criteria",
  "fine_print",
  "scheduled_close_time",
  "scheduled_resolve_time",
  "state",
  "resolution",
  "resolved_on",
  "view",
  "probability",
  "probability_error",
  "base_rate",
] as const satisfies readonly (keyof ForecastQuestion)[];

/** The same fields, a header first. */
export function questionsAsCsv(questions: readonly ForecastQuestion[]): string {
  return csvText([columns, ...questions.map((q) => columns.map((c) => q[c]))]);
}
