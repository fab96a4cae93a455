/** What the page and its workers say to each other: plain data, both ways. */

import type {
  Band,
  ClaimEnds,
  ConclusionFinding,
  Diagnostic,
  Document,
  Lead,
  Model,
  Moved,
  OutcomeFinding,
  Profile,
  RecordTable,
} from "#internal.ts";

/** Something the page wants to know of the moved view. */
export type RunsQuestion =
  /** On so many worlds; where that is null, until its verdict is settled. */
  | { readonly kind: "conclusion"; readonly name: string; readonly worlds: number | null }
  /** Its margin with each claim false, and true: what would reverse it. */
  | { readonly kind: "ends"; readonly name: string }
  /** What happens in one profile of choices: outcomes, the course of some series, when events come. `worlds`: by outcome, as many as it is shown on; where null, those that settle what conclusions compare. */
  | {
      readonly kind: "course";
      readonly choices: Profile;
      readonly series: readonly string[];
      readonly worlds: readonly number[] | null;
    };

export type RunsAnswer =
  | { readonly kind: "conclusion"; readonly finding: ConclusionFinding }
  | { readonly kind: "ends"; readonly ends: readonly ClaimEnds[] }
  | { readonly kind: "course"; readonly course: Course };

export interface Course {
  readonly choices: Profile;
  readonly runs: number;
  readonly outcomes: readonly OutcomeFinding[];
  readonly bands: readonly Band[];
  /** By outcome that says whether something happened: the share of runs in which it has, at each step time. */
  readonly incidence: Readonly<Record<string, Float64Array>>;
  /** A hash over every outcome of every run, to compare engines by. */
  readonly bits: string;
}

/** How runs are made; see `PageData`. */
export interface RunsSettings {
  readonly seed: number;
  readonly worlds: number;
  readonly untilSettled: boolean;
}

export type ToRuns =
  | ({ readonly kind: "case"; readonly model: Model } & RunsSettings)
  /** Replaces what was asked before; `questions` in order of urgency. */
  | { readonly kind: "ask"; readonly id: number; readonly moved: Moved; readonly questions: readonly RunsQuestion[] }
  /** What the first screen shows of the leading conclusion. */
  | { readonly kind: "lead" };

export type FromRuns =
  | {
      readonly kind: "answer";
      readonly id: number;
      /** Place among the questions. */
      readonly place: number;
      readonly answer: RunsAnswer;
      /** On all the worlds there are to be, under the view as asked. */
      readonly isWhole: boolean;
    }
  | { readonly kind: "lead"; readonly lead: Lead | null }
  | { readonly kind: "progress"; readonly id: number; readonly done: number; readonly total: number }
  | { readonly kind: "failed"; readonly id: number; readonly message: string };

export interface ToChecker {
  readonly id: number;
  readonly documents: readonly Document[];
  /** What the page carries of the case's records, and the model they were read for. */
  readonly records: { readonly tables: readonly RecordTable[]; readonly was: Pick<Model, "records"> };
}

export interface FromChecker {
  readonly id: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly model: Model | null;
  /** Why a text that reads cannot be run here: a record that the page does not carry. */
  readonly trouble: string | null;
}
