/**
 * The checked `Model`: what `check.ts` makes of a syntax tree whose names, units, claims and dates are right.
 * Plain readonly data that round-trips through JSON. Every number is in base units: time in the step's own unit,
 * counted from the start of the case; shares as fractions; declared units by their factor. Truth values are 1 and 0.
 */

import type { Span } from "#text/span.ts";
import type { Expression } from "./expression.ts";

/** A checked case as plain data, which survives JSON. Names are resolved and every number is in base units: shares as 0 to 1, times in the case's unit of time, amounts in the first unit of their kind. */
export interface Model {
  readonly schema: "casus/model@1";
  readonly name: string;
  readonly title: string;
  readonly modeller: string | null;
  readonly version: string | null;
  /** The tag of the language it is written in (BCP 47); null where the case does not say. */
  readonly language: string | null;
  /** ISO date. */
  readonly asOf: string | null;
  readonly notes: readonly string[];
  readonly leavesOut: readonly string[];
  /** Where readers may answer: begins with `https://` or `mailto:`. */
  readonly reply: string | null;
  /** The newest first. */
  readonly corrections: readonly Correction[];
  /** The conclusion that the case names first; null where it names none. */
  readonly leading: string | null;
  /** Null for a static case. */
  readonly time: Time | null;
  readonly sources: readonly Source[];
  readonly claims: readonly Claim[];
  readonly groups: readonly Group[];
  /** In an order in which each depends only on earlier ones. */
  readonly unknowns: readonly Unknown[];
  readonly views: readonly View[];
  readonly actors: readonly Actor[];
  readonly choices: readonly Choice[];
  readonly tables: readonly LookupTable[];
  readonly shocks: readonly Shock[];
  /** Expanded over `each`; includes the hidden stocks of `smooth` and `delay3`. */
  readonly stocks: readonly Stock[];
  /** In an order in which each depends only on earlier ones. */
  readonly lets: readonly Let[];
  readonly delays: readonly Delay[];
  readonly latches: readonly Latch[];
  /** Events proper and the acts and options of policies, in order of declaration. */
  readonly events: readonly Event[];
  readonly policies: readonly Policy[];
  readonly outcomes: readonly Outcome[];
  /** Those the case names as leading, in its order; then the others as declared. */
  readonly conclusions: readonly Conclusion[];
  readonly suppositions: readonly Supposition[];
  readonly expectations: readonly Expectation[];
  readonly records: readonly CaseRecord[];
  readonly tests: readonly Test[];
  readonly evidence: readonly Evidence[];
  readonly forecasts: readonly Forecast[];
  /** Every line that stands `because` of a claim or bears a mark, for coverage and for the causal picture. */
  readonly terms: readonly Term[];
}

/** What was put right in the case since it was first shown. */
export interface Correction {
  /** ISO date. */
  readonly date: string;
  readonly text: string;
}

/** What a figure is measured in. `dimension` maps base dimensions to powers; `label` and `factor` say how to print it: shown = value / factor. */
export interface Unit {
  readonly label: string;
  readonly factor: number;
  readonly dimension: Readonly<Record<string, number>>;
}

interface Declared {
  readonly name: string;
  /** The modeller's words, or the name where there are none. */
  readonly label: string;
  readonly span: Span;
}

export interface Time {
  /** ISO date of the start; null for a model without a calendar, whose times start at `origin`. */
  readonly start: string | null;
  /** The written start of a model without a calendar, in `unit`; 0 otherwise. */
  readonly origin: number;
  readonly steps: number;
  /** Length of one step in `unit`. */
  readonly dt: number;
  readonly unit: "day" | "week" | "month" | "quarter" | "year";
  readonly method: "euler" | "rk4";
}

export interface Source extends Declared {
  readonly title: string | null;
  readonly author: string | null;
  readonly year: number | null;
  readonly publisher: string | null;
  /** Lower-case hex. */
  readonly sha256: string | null;
}

export interface Locator {
  readonly source: string;
  readonly paragraph: number;
  readonly firstSentence: number | null;
  readonly lastSentence: number | null;
  readonly span: Span;
}

export type ClaimKind =
  | "motive"
  | "denial"
  | "causal"
  | "premise"
  | "historical"
  | "prediction"
  | "prescription"
  | "move";

/** One row of a claim's chances: its credence where `given` holds (first row whose condition holds counts; null holds always). */
export interface CredenceRow {
  readonly credence: number;
  /** Over earlier claims only. */
  readonly given: Expression | null;
  /** The word of the wording it was written with, if it was. */
  readonly word: string | null;
}

/** Something that a source says, true or false in each run. Its credences are from 0 to 1. */
export interface Claim extends Declared {
  readonly kinds: readonly ClaimKind[];
  readonly locators: readonly Locator[];
  /** The last row has no `given`; a case without a credence gives 50 %. */
  readonly credences: readonly CredenceRow[];
  readonly side: string | null;
  readonly citations: readonly string[];
  readonly notes: readonly string[];
  /** True when some actor's type: a motive, or what a `sees … because` stands on. */
  readonly isType: boolean;
  /** True when something in the model reads it. */
  readonly isGate: boolean;
}

/** Claims of which at most one is true; exactly one unless `neither`. Claims are listed by name. */
export interface Group {
  readonly name: string;
  readonly claims: readonly string[];
  readonly neither: boolean;
  readonly span: Span;
}

export type FigureProvenance =
  | { readonly kind: "cited"; readonly citation: string }
  | { readonly kind: "judged"; readonly why: string | null };

/** Parameters are expressions over claims and earlier unknowns, in base units. */
export type Distribution =
  | { readonly kind: "constant"; readonly value: Expression }
  | { readonly kind: "normal"; readonly mean: Expression; readonly sd: Expression }
  /** `median` in the unit of the quantity, `sigma` the standard deviation of the logarithm. */
  | { readonly kind: "lognormal"; readonly median: Expression; readonly sigma: Expression }
  /** `median` within 0..1, `sigma` the standard deviation of the log odds. */
  | { readonly kind: "logitnormal"; readonly median: Expression; readonly sigma: Expression }
  | { readonly kind: "beta"; readonly a: Expression; readonly b: Expression }
  | { readonly kind: "uniform"; readonly low: Expression; readonly high: Expression }
  | { readonly kind: "triangular"; readonly low: Expression; readonly mode: Expression; readonly high: Expression }
  | { readonly kind: "gamma"; readonly shape: Expression; readonly scale: Expression }
  | { readonly kind: "exponential"; readonly mean: Expression }
  | { readonly kind: "bernoulli"; readonly chance: Expression }
  | { readonly kind: "discrete"; readonly values: readonly Expression[]; readonly chances: readonly Expression[] }
  /** A central 90 % interval of a normal, a lognormal or a logit-normal. */
  | {
      readonly kind: "interval";
      readonly family: "normal" | "lognormal" | "logitnormal";
      readonly low: Expression;
      readonly high: Expression;
    }
  | {
      readonly kind: "truncated";
      readonly of: Distribution;
      readonly low: Expression | null;
      readonly high: Expression | null;
    }
  /** The posterior of a record's figure; put in place of once its rows are read, before anything runs. */
  | { readonly kind: "record"; readonly record: string; readonly figure: RecordFigure };

/** A quantity that nobody knows, drawn once for each run from its distribution, in base units. */
export interface Unknown extends Declared {
  readonly unit: Unit;
  readonly distribution: Distribution;
  readonly provenance: readonly FigureProvenance[];
  /** ISO date. */
  readonly knownBy: string | null;
}

/** A mind: for every claim and unknown what it believes; nothing left to inherit. */
export interface View extends Declared {
  /** Readers may take it, or only actors see through it: as written, else by whether an actor sees, is taken to see or falls back on it. */
  readonly role: "reader" | "actor";
  readonly notes: readonly string[];
  readonly evidence: readonly string[];
  /** By claim; each list as in `Claim.credences`. */
  readonly credences: Readonly<Record<string, readonly CredenceRow[]>>;
  /** By unknown. */
  readonly distributions: Readonly<Record<string, Distribution>>;
  /** Where its own figures come from, by unknown: those that it, or a view it is like, believes otherwise than the case. */
  readonly provenance: Readonly<Record<string, readonly FigureProvenance[]>>;
  /** Unknowns and claims where this view differs from the case's own. */
  readonly differs: readonly string[];
}

export interface Actor extends Declared {
  /** Null: sees the world as it is believed by whoever runs the case. */
  readonly sees: {
    readonly view: string;
    readonly because: Expression | null;
    readonly otherwise: string | null;
  } | null;
  /** Second-order views: through which view it thinks another actor sees. Where none is given, it knows. */
  readonly takes: readonly { readonly actor: string; readonly view: string }[];
  /** Over outcomes, claims and unknowns. */
  readonly values: Expression | null;
  readonly valuesUnit: Unit | null;
}

/** A move by an actor: its options, when it is made, and what is known by then. */
export interface Choice extends Declared {
  readonly by: string;
  /** Time from the start; null when it is not dated. */
  readonly at: number | null;
  /** Names of earlier choices and of events. */
  readonly knowing: readonly string[];
  readonly options: readonly { readonly name: string; readonly label: string }[];
  /** A choice with a default is not enumerated unless asked. */
  readonly default: string | null;
  readonly mark: Mark | null;
}

export type Mark = "text" | "inferred" | "ours" | "wiring";

export interface LookupTable extends Declared {
  readonly unit: Unit;
  readonly over: Unit;
  /** Rising in x; flat beyond the ends. A jump is two points a rounding apart, the second at its place. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly provenance: readonly FigureProvenance[];
}

export interface Shock extends Declared {
  readonly unit: Unit;
  readonly distribution: Distribution;
  /** Drawn anew every so many steps. */
  readonly everySteps: number;
  readonly provenance: readonly FigureProvenance[];
}

/** What accumulates over time: where it starts, what flows in and out for each unit of time, and the range it is kept in. */
export interface Stock extends Declared {
  readonly unit: Unit;
  /** Over claims, unknowns, choices, and stocks and lets at the start. */
  readonly initial: Expression;
  /** Net flow per unit of time; every `because` is lowered to `if`. */
  readonly flow: Expression;
  readonly low: Expression | null;
  readonly high: Expression | null;
  readonly provenance: readonly FigureProvenance[];
  /** True for the inside of a `smooth` or `delay3`. */
  readonly hidden: boolean;
}

export interface Let extends Declared {
  readonly unit: Unit;
  readonly value: Expression;
  readonly provenance: readonly FigureProvenance[];
  /** True when it depends on nothing that changes within a run: computed once a run. */
  readonly isStatic: boolean;
}

/** `delay(x, 6 months)`: the input as it was `steps` steps ago; `initial` before that. */
export interface Delay {
  readonly name: string;
  readonly input: Expression;
  readonly steps: number;
  readonly initial: Expression;
  readonly span: Span;
}

/** `x[start]`, `x[2023-01]`: follows its input until step `step`, then keeps it. */
export interface Latch {
  readonly name: string;
  readonly input: Expression;
  readonly step: number;
  readonly span: Span;
}

export type Timing =
  /** A hazard, per unit of time. */
  | { readonly kind: "hazard"; readonly rate: Expression }
  /** At these steps. */
  | { readonly kind: "scheduled"; readonly steps: readonly number[] }
  | { readonly kind: "periodic"; readonly firstStep: number; readonly everySteps: number }
  /** In the step after any of these events, by name. */
  | { readonly kind: "after"; readonly events: readonly string[] }
  /** When `when` is true. */
  | { readonly kind: "trigger" }
  /** Only when a policy takes this option. */
  | { readonly kind: "chosen"; readonly policy: string };

export type Effect =
  | {
      readonly kind: "set";
      readonly stock: string;
      readonly value: Expression;
      readonly because: Expression | null;
      readonly mark: Mark | null;
      readonly span: Span;
    }
  | {
      readonly kind: "add";
      readonly stock: string;
      readonly value: Expression;
      readonly because: Expression | null;
      readonly mark: Mark | null;
      readonly span: Span;
    }
  | { readonly kind: "stop"; readonly because: Expression | null; readonly mark: Mark | null; readonly span: Span };

/** What may happen in a run: by a rate, or when a condition is met; with what it changes. */
export interface Event extends Declared {
  readonly timing: Timing;
  /** Must be true at the step's start and again at the moment of firing; includes the event's own `because`. Null is always. */
  readonly when: Expression | null;
  readonly repeats: boolean;
  readonly effects: readonly Effect[];
  /** The actor, for the act of a policy. */
  readonly by: string | null;
}

/** A logit choice between options within a run. At its timing each option's event fires with chance softmax(sharpness · utility). */
export interface Policy extends Declared {
  readonly by: string;
  readonly timing: Timing;
  readonly when: Expression | null;
  readonly repeats: boolean;
  readonly sharpness: Expression;
  /** `event` names the option's event: `policy.option`. */
  readonly options: readonly {
    readonly name: string;
    readonly event: string;
    readonly label: string;
    readonly utility: Expression;
  }[];
}

/** What is read at the end of each run: a truth, a number in base units, or one of several words. */
export interface Outcome extends Declared {
  readonly unit: Unit;
  /** May hold `over` nodes (final, at, min, max, mean, total). */
  readonly value: Expression;
  /** Named words by value, where the outcome is one of several events; null otherwise. */
  readonly categories: readonly string[] | null;
  readonly isTruth: boolean;
  readonly alwaysShown: boolean;
}

/** A figure over runs: a chance, mean or quantile of an expression over outcomes, under an intervention, given a condition. */
export interface Figure {
  readonly statistic: "chance" | "mean" | "quantile";
  readonly of: Expression;
  readonly level: number | null;
  readonly intervention: Intervention;
  readonly given: Expression | null;
  /** True when `given` reads what happens within the run: survivorship may mislead (given is not do). */
  readonly givenIsInside: boolean;
  /** The condition as written. */
  readonly givenText: string | null;
  /** What it is shown in. */
  readonly unit: Unit;
  /** As written. */
  readonly text: string;
}

/** What is done in a figure. A choice that is not named here takes its default or its first option, unless the run is told otherwise. */
export interface Intervention {
  /** Option by choice. */
  readonly choices: Readonly<Record<string, string>>;
  /** Truth by claim. */
  readonly claims: Readonly<Record<string, boolean>>;
  readonly suppositions: readonly string[];
}

/** Arithmetic over figures; `figure` nodes index into the owner's `figures`. */
export interface Comparison {
  readonly figures: readonly Figure[];
  /** The signed margin in the direction the statement claims: positive supports it. */
  readonly margin: Expression;
  readonly threshold: number;
  /**
   * `difference`: the margin is left minus right, or right minus left. `not worse`: the same plus `slack`, by which it may fall short.
   * `close`: `slack` minus the distance between the two.
   */
  readonly form: "difference" | "not worse" | "close";
  /** In base units; 0 in a difference. */
  readonly slack: number;
  /** Whether the statement holds where the margin is 0: written with `<=`, `>=` or `within`. */
  readonly allowsEqual: boolean;
  readonly unit: Unit;
  readonly text: string;
}

/** A statement about outcomes that the runs are judged by. */
export interface Conclusion extends Declared {
  readonly of: readonly string[];
  readonly mark: Mark | null;
  readonly comparison: Comparison;
  /** Views it is told under; empty means the views asked for. */
  readonly under: readonly string[];
}

export type SuppositionItem =
  | { readonly kind: "setStock"; readonly stock: string; readonly value: Expression; readonly fromStep: number }
  | { readonly kind: "holdStock"; readonly stock: string; readonly value: Expression; readonly fromStep: number }
  /** Replaces the let's value from a step on (0: always). */
  | { readonly kind: "setLet"; readonly let: string; readonly value: Expression; readonly fromStep: number }
  | { readonly kind: "setUnknown"; readonly unknown: string; readonly value: Expression }
  | { readonly kind: "setClaim"; readonly claim: string; readonly value: boolean }
  | { readonly kind: "setChoice"; readonly choice: string; readonly option: string }
  | { readonly kind: "forceEvent"; readonly event: string; readonly step: number }
  | { readonly kind: "forbidEvent"; readonly event: string }
  /** A hazard does not come before this step; what it runs up until then is lost on its clock. Only software supposes it: no text can. */
  | { readonly kind: "quietEvent"; readonly event: string; readonly untilStep: number }
  /** What is on a hazard's first clock, a unit exponential where nothing is said. Over unknowns. As above. */
  | { readonly kind: "setClock"; readonly event: string; readonly value: Expression };

export interface Supposition extends Declared {
  readonly items: readonly SuppositionItem[];
}

export interface Expectation extends Declared {
  readonly mark: Mark | null;
  readonly under: readonly string[];
  readonly check:
    | {
        readonly kind: "always";
        readonly condition: Expression;
        readonly intervention: Intervention;
        readonly text: string;
      }
    | {
        readonly kind: "in";
        readonly comparison: Comparison;
        readonly low: number | null;
        readonly high: number | null;
        readonly text: string;
      }
    | { readonly kind: "comparison"; readonly comparison: Comparison };
}

export interface RecordColumn {
  readonly name: string;
  readonly type: "number" | "text" | "year" | "words";
  readonly unit: Unit | null;
  readonly words: readonly string[];
  readonly alternative: string | null;
}

export interface CaseRecord extends Declared {
  readonly file: string;
  readonly columns: readonly RecordColumn[];
  readonly cluster: string | null;
  /** The column of how many cases a row stands for; null where each is one. */
  readonly count: string | null;
  /** The column of the year in which a row was known; rows not known before the first evidence feed no unknown. */
  readonly knownBy: string | null;
  readonly citations: readonly string[];
}

/** Of a record's cases where `given` holds. Expressions are over columns. */
export interface RecordFigure {
  /** A share of cases; events per time; the share still without the event at a time; the share with it by then, others in its way. */
  readonly statistic: "share" | "rate" | "survival" | "incidence";
  /** A truth: what is counted, or that the event ended the watch. */
  readonly of: Expression;
  readonly given: Expression | null;
  /** The time watched: summed for a rate, or one length for all where it reads no column; for survival and incidence until the event or the watch's end. */
  readonly over: Expression | null;
  /** Of an incidence: a truth, that something else ended the watch and put the event out of reach. */
  readonly competing: Expression | null;
  /** The time at which survival or incidence is told, in base units. */
  readonly at: number | null;
  readonly text: string;
  /** The first argument and the condition, each as written. */
  readonly words: { readonly of: string; readonly given: string | null };
}

export interface Test extends Declared {
  readonly of: string;
  readonly on: string;
  readonly figures: readonly RecordFigure[];
  readonly margin: Expression;
  readonly threshold: number;
  readonly text: string;
  readonly notes: readonly string[];
}

export interface Evidence extends Declared {
  readonly observation:
    /** `at` or `by` a time from the start. */
    | {
        readonly kind: "observed";
        readonly preposition: "at" | "by";
        readonly time: number;
        readonly condition: Expression;
      }
    | {
        readonly kind: "series";
        readonly of: Expression;
        readonly error: Expression;
        readonly discrepancy: Expression;
        readonly times: readonly number[];
        readonly values: readonly number[];
      };
  readonly intervention: Intervention;
  readonly provenance: readonly FigureProvenance[];
  /** The observation as written. */
  readonly text: string;
}

export interface Forecast extends Declared {
  readonly of: string;
  readonly by: number;
  readonly condition: Expression;
  readonly reading: number | null;
  /** What it supposes is done. */
  readonly intervention: Intervention;
  readonly state: "open" | "came true" | "came false" | "condition not met" | "not asserted" | "not scorable";
  readonly resolvedOn: string | null;
  readonly reason: string | null;
  readonly provenance: readonly FigureProvenance[];
  /** As written: what it says, apart from its state. */
  readonly text: string;
}

export interface Term {
  /** `stock support`, `event fall`: what the line belongs to. */
  readonly owner: string;
  readonly because: Expression | null;
  readonly mark: Mark | null;
  /** Claims read in `because`, or in the line itself. */
  readonly claims: readonly string[];
  /** Stocks, lets, events, unknowns the term reads, for the causal picture. */
  readonly reads: readonly string[];
  readonly sign: "+" | "-" | "*" | "/";
  readonly text: string;
  readonly span: Span;
}
