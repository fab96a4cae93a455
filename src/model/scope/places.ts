/** Where an expression stands, and what may be read there. */

import type { Declaration } from "#language/tree.ts";
import type { Bindings } from "./expand.ts";
import type { RecordColumn, Figure, RecordFigure } from "../model.ts";

/** What an expression may read. */
export type Readable =
  | "claim"
  | "unknown"
  | "choice"
  | "stock"
  | "let"
  | "shock"
  | "event"
  | "table"
  | "outcome"
  | "time"
  | "memory"
  | "believed"
  | "overTime";

type PlaceKind = keyof typeof readings;

/** What a run has at each moment. */
const ofRuns = ["claim", "unknown", "choice", "table", "stock", "let", "shock", "event", "time", "memory"] as const;

const readings = {
  /** Figures that must be known before anything runs: dates, points of a table, margins. */
  constant: [],
  /** What a credence is given, what a view is seen because of. */
  claims: ["claim"],
  /** The condition of a line, after its `because`. */
  reasons: ["claim", "choice"],
  /** Parameters of distributions. */
  belief: ["claim", "unknown", "table"],
  /** The ends a stock is kept within. */
  fixed: ["claim", "unknown", "choice", "table", "believed"],
  /** Where a stock starts. */
  start: ["claim", "unknown", "choice", "table", "believed", "stock", "let"],
  run: [...ofRuns, "believed"],
  outcome: [...ofRuns, "believed", "outcome", "overTime"],
  /** As an outcome, of which each run has one figure too. */
  values: [...ofRuns, "outcome", "overTime"],
  /** Comparisons of figures over runs. */
  statement: [],
  /** Tests of records: columns and constants. */
  record: [],
} as const satisfies Record<string, readonly Readable[]>;

const wordings: Readonly<Record<PlaceKind, string>> = {
  constant: "where a fixed figure is wanted",
  claims: "where only claims count",
  reasons: "after 'because', where claims and options count",
  belief: "in a distribution",
  fixed: "in the range of a stock",
  start: "in the start of a stock",
  run: "within a run",
  outcome: "in an outcome",
  values: "in an actor's values",
  statement: "outside chance(…), mean(…), median(…) or quantile(…)",
  record: "in the test of a record",
};

export interface Place {
  readonly kind: PlaceKind;
  readonly bindings: Bindings;
  /** The actor whose beliefs a directly named unknown stands for; null for the world itself. */
  readonly believer: string | null;
  /** In a statement: the figures met so far, filled as they are met. */
  readonly figures: Figure[] | null;
  /** In the test of a record: its columns, and the shares met so far. */
  readonly record: {
    readonly columns: readonly RecordColumn[];
    readonly figures: RecordFigure[];
    readonly isInside: boolean;
  } | null;
}

const noBindings: Bindings = new Map();

export function place(kind: PlaceKind, bindings: Bindings = noBindings, believer: string | null = null): Place {
  return { kind, bindings, believer, figures: null, record: null };
}

export function mayRead(where: Place, what: Readable): boolean {
  return (readings[where.kind] as readonly Readable[]).includes(what);
}

/** What a line may stand because of: of claims, and of options wherever these are known. */
export function placeOfReasons(where: Place): Place {
  return { ...where, kind: mayRead(where, "choice") ? "reasons" : "claims" };
}

/** `in an outcome`, `within a run`. */
export function describePlace(where: Place): string {
  return wordings[where.kind];
}

/** What reading a declaration counts as; null for those that have no value. */
export function readableOf(kind: Declaration["kind"]): Readable | null {
  switch (kind) {
    case "claim":
    case "unknown":
    case "choice":
    case "stock":
    case "let":
    case "shock":
    case "event":
    case "table":
    case "outcome":
      return kind;
    case "policy":
      return "event";
    case "case":
    case "source":
    case "time":
    case "unit":
    case "wording":
    case "credences":
    case "oneOf":
    case "view":
    case "actor":
    case "each":
    case "conclusion":
    case "suppose":
    case "expect":
    case "record":
    case "test":
    case "evidence":
    case "forecast":
      return null;
  }
}
