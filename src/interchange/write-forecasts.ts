/** Writes forecasts as forecasting platforms take questions in: a title, how it resolves, when, and a probability. */

import { csvText } from "./csv-text.ts";

/** One forecast under one view, with the names of fields that Metaculus has for a question. */
export interface ForecastQuestion {
  readonly id: string;
  readonly title: string;
  readonly type: "binary";
  /** What the question is about: the case. */
  readonly description: string;
  /** What must be so, and by when; the statement as the case writes it. */
  readonly resolution_criteria: string;
  /** What it supposes, and what the figure is. */
  readonly fine_print: string;
  /** Moments as `2024-12-01T00:00:00Z`; null in a case without a calendar. */
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
  "description",
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

/** The longest title that Manifold takes. */
const longestTitle = 120;

/**
 * Each as the body of a request that opens a market at Manifold (`POST /v0/market`): a yes-or-no question, its probability in whole percent from 1 to 99. What is decided
 * already is left out and named.
 */
export function questionsAsMarkets(questions: readonly ForecastQuestion[]): {
  readonly text: string;
  readonly leftOut: readonly string[];
} {
  const open = questions.filter((q) => q.resolution === null);
  const markets = open.map((q) => ({
    outcomeType: "BINARY",
    question: q.title.length <= longestTitle ? q.title : `${q.title.slice(0, longestTitle - 1)}…`,
    descriptionMarkdown: [q.description, `**How it resolves.** ${q.resolution_criteria}`, q.fine_print].join("\n\n"),
    ...(q.scheduled_close_time === null ? {} : { closeTime: Date.parse(q.scheduled_close_time) }),
    initialProb: Math.min(99, Math.max(1, Math.round(q.probability * 100))),
  }));
  return {
    text: `${JSON.stringify(markets, null, 2)}\n`,
    leftOut: questions.filter((q) => q.resolution !== null).map((q) => `${q.title}: it is decided (${q.state})`),
  };
}
