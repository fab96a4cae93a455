/**
 * The syntax tree: what `parser.ts` makes of the characters of a case, before any name is looked up.
 * Plain readonly data; every node has the span it came from. `docs/language.md` holds the grammar.
 */

import type { Span } from "#text/span.ts";

export interface Name {
  readonly text: string;
  readonly span: Span;
}

/** A quoted string, escapes resolved. */
export interface Text {
  readonly text: string;
  readonly span: Span;
}

/** `2022-01` or `2022-01-15`; `day` is 1 where it is not written. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly span: Span;
}

// ---- expressions

/** `share`, `gdp_points/year`, `usd*month`: factors in written order; `1` is the empty list. */
export interface UnitNode {
  readonly factors: readonly { readonly name: Name; readonly power: number }[];
  readonly span: Span;
}

export type WrittenOperator = "+" | "-" | "*" | "/" | "^" | "<" | "<=" | ">" | ">=" | "=" | "!=" | "and" | "or";

export type ExpressionNode =
  /** `value` as written: `65%` is 0.65 with `percent` true. */
  | {
      readonly kind: "number";
      readonly value: number;
      readonly percent: boolean;
      readonly unit: UnitNode | null;
      readonly span: Span;
    }
  | { readonly kind: "date"; readonly date: CalendarDate; readonly span: Span }
  | { readonly kind: "boolean"; readonly value: boolean; readonly span: Span }
  | { readonly kind: "name"; readonly name: Name; readonly span: Span }
  /** `renewal.yield`: an option of a policy. */
  | { readonly kind: "member"; readonly owner: Name; readonly name: Name; readonly span: Span }
  /** `cohesion[germany]`, `support[start]`, `support[2023-01]`; two indexes make two nested nodes. */
  | { readonly kind: "index"; readonly of: ExpressionNode; readonly index: ExpressionNode; readonly span: Span }
  /** `chance(sold if price = low | happened(storm))`: `if` intervenes, `given` (written `|`) conditions; both only in figures over runs. */
  | {
      readonly kind: "call";
      readonly callee: Name;
      readonly arguments: readonly ExpressionNode[];
      readonly if: ExpressionNode | null;
      readonly given: ExpressionNode | null;
      readonly span: Span;
    }
  | { readonly kind: "unary"; readonly operator: "-" | "not"; readonly operand: ExpressionNode; readonly span: Span }
  | {
      readonly kind: "binary";
      readonly operator: WrittenOperator;
      readonly left: ExpressionNode;
      readonly right: ExpressionNode;
      readonly span: Span;
    }
  | {
      readonly kind: "if";
      readonly condition: ExpressionNode;
      readonly then: ExpressionNode;
      readonly else: ExpressionNode;
      readonly span: Span;
    }
  /** Where the text could not be read; the parser has already said so. Later stages pass over it in silence. */
  | { readonly kind: "missing"; readonly span: Span };

/** Who stands behind a term: the author's text, our inference from it, our own addition, or plain wiring of the model. */
export type WrittenMark = "text" | "inferred" | "ours" | "wiring";

/** One line of a body: its head operator, its term, the claims it stands on. The first line's operator is `+` in a sum, `*` in a product. */
export interface TermNode {
  readonly operator: "+" | "-" | "*" | "/";
  readonly expression: ExpressionNode;
  readonly because: ExpressionNode | null;
  readonly mark: WrittenMark | null;
  readonly span: Span;
}

/** The right side of a `let`, a rate, a stock's flows, an actor's values: lines that are all added or all multiplied. */
export interface BodyNode {
  readonly kind: "sum" | "product";
  readonly terms: readonly TermNode[];
  readonly span: Span;
}

// ---- distributions

export type DistributionNode =
  /** `beta(4, 3)`, `normal(0, 1 usd)`; `discrete` has its own form. */
  | {
      readonly kind: "family";
      readonly family: Name;
      readonly parameters: readonly ExpressionNode[];
      readonly span: Span;
    }
  /** `1% to 6%`, or `normal(1 to 6)` with `family`: ends of a central 90 % interval. */
  | {
      readonly kind: "interval";
      readonly family: Name | null;
      readonly low: ExpressionNode;
      readonly high: ExpressionNode;
      readonly span: Span;
    }
  /** `discrete(1: 20%, 2: 80%)`. */
  | {
      readonly kind: "discrete";
      readonly cases: readonly { readonly value: ExpressionNode; readonly chance: ExpressionNode }[];
      readonly span: Span;
    }
  /** `from record past: share(event = collapse | outcome = loss)`: the posterior of a share or rate of a record's cases. */
  | { readonly kind: "record"; readonly record: Name; readonly figure: ExpressionNode; readonly span: Span }
  /** `d within lo..hi`: `d` conditioned on the range. */
  | { readonly kind: "truncated"; readonly of: DistributionNode; readonly range: RangeNode; readonly span: Span }
  | { readonly kind: "missing"; readonly span: Span };

/** `lo..hi`; an end left out (`0..`) is unbounded. */
export interface RangeNode {
  readonly low: ExpressionNode | null;
  readonly high: ExpressionNode | null;
  readonly span: Span;
}

/** Where a figure comes from: `from "citation"` or `judged "why"`. */
export type ProvenanceNode =
  | { readonly kind: "cited"; readonly citation: Text }
  | { readonly kind: "judged"; readonly why: Text | null };

// ---- declarations

export type Declaration =
  | CaseNode
  | SourceNode
  | TimeNode
  | UnitDeclarationNode
  | WordingNode
  | CredencesNode
  | ClaimNode
  | OneOfNode
  | UnknownNode
  | ViewNode
  | ActorNode
  | ChoiceNode
  | PolicyNode
  | StockNode
  | LetNode
  | TableNode
  | ShockNode
  | EventNode
  | EachNode
  | OutcomeNode
  | ConclusionNode
  | SupposeNode
  | ExpectNode
  | RecordNode
  | TestNode
  | EvidenceNode
  | ForecastNode;

interface Declared {
  readonly name: Name;
  readonly label: Text | null;
  readonly span: Span;
}

export interface CaseNode extends Declared {
  readonly kind: "case";
  readonly modeller: Text | null;
  readonly version: Text | null;
  /** The tag of the language it is written in (BCP 47): `de`. */
  readonly language: Text | null;
  readonly asOf: CalendarDate | null;
  readonly notes: readonly Text[];
  readonly leavesOut: readonly Text[];
  /** Where readers may answer. */
  readonly reply: Text | null;
  /** As written. */
  readonly corrections: readonly CorrectionNode[];
  /** Conclusions that come first, in this order. */
  readonly leading: readonly Name[];
  /** What is done wherever nothing else is said: `situation answer = firm`. */
  readonly situation: ExpressionNode | null;
}

/** `correction 2026-11-02 "…"`: what was put right, and when. */
export interface CorrectionNode {
  readonly date: CalendarDate;
  readonly text: Text;
  readonly span: Span;
}

export interface SourceNode extends Declared {
  readonly kind: "source";
  readonly title: Text | null;
  readonly author: Text | null;
  readonly year: number | null;
  readonly publisher: Text | null;
  readonly sha256: Text | null;
}

export interface TimeNode {
  readonly kind: "time";
  /** A date, or a plain number of `unit` for a model without a calendar. */
  readonly start: CalendarDate | number;
  readonly end: CalendarDate | number;
  /** `by 0.25 day`: step 0.25, unit day. */
  readonly step: number;
  readonly unit: Name;
  readonly method: Name | null;
  readonly span: Span;
}

export interface UnitDeclarationNode extends Declared {
  readonly kind: "unit";
  /** `unit bn = 1e9 usd`. */
  readonly definition: { readonly factor: number; readonly unit: UnitNode } | null;
}

/** `wording { stated 95% hedged 75% }`: an author's words as credences. */
export interface WordingNode {
  readonly kind: "wording";
  readonly words: readonly { readonly name: Name; readonly credence: ExpressionNode }[];
  readonly span: Span;
}

/** `credences author, realist { A1 stated 0% … }`: a row for each claim, a credence in it for each view; null where the view has the case's own. */
export interface CredencesNode {
  readonly kind: "credences";
  readonly views: readonly Name[];
  readonly rows: readonly {
    readonly claim: Name;
    readonly values: readonly (ExpressionNode | null)[];
    readonly span: Span;
  }[];
  readonly span: Span;
}

/** `at article p9 s1-2`; sentences 1..; no sentence means the whole paragraph. */
export interface LocatorNode {
  readonly source: Name;
  readonly paragraph: number;
  readonly firstSentence: number | null;
  readonly lastSentence: number | null;
  readonly span: Span;
}

/** `80%`, or a word of the wording; `given` is a condition on other claims. */
export interface CredenceNode {
  readonly value: ExpressionNode;
  readonly given: ExpressionNode | null;
  readonly span: Span;
}

export interface ClaimNode extends Declared {
  readonly kind: "claim";
  readonly kinds: readonly Name[];
  readonly locators: readonly LocatorNode[];
  readonly credences: readonly CredenceNode[];
  readonly side: Name | null;
  readonly citations: readonly Text[];
  readonly notes: readonly Text[];
}

/** `one of {a, b, neither}`: at most one is true; exactly one unless `neither` stands in the list. */
export interface OneOfNode {
  readonly kind: "oneOf";
  readonly name: Name | null;
  readonly claims: readonly Name[];
  readonly neither: boolean;
  readonly span: Span;
}

export interface UnknownNode extends Declared {
  readonly kind: "unknown";
  readonly unit: UnitNode | null;
  readonly distribution: DistributionNode;
  readonly provenance: readonly ProvenanceNode[];
  readonly knownBy: CalendarDate | null;
}

/** A view that readers may take, or one through which only actors see. */
export type ViewRole = "reader" | "actor";

export interface ViewNode extends Declared {
  readonly kind: "view";
  /** `like author`: starts from another view. */
  readonly like: Name | null;
  /** `for readers`, `for actors`: whose it is; null where it is not written. */
  readonly role: ViewRole | null;
  /** `every claim 50%`. */
  readonly everyClaim: ExpressionNode | null;
  readonly credences: readonly { readonly claim: Name; readonly credence: CredenceNode }[];
  readonly distributions: readonly {
    readonly unknown: ExpressionNode;
    readonly distribution: DistributionNode;
    readonly provenance: readonly ProvenanceNode[];
    readonly span: Span;
  }[];
  readonly evidence: readonly Name[];
  readonly notes: readonly Text[];
}

export interface ActorNode extends Declared {
  readonly kind: "actor";
  readonly sees: {
    readonly view: Name;
    readonly because: ExpressionNode | null;
    readonly otherwise: Name | null;
    readonly span: Span;
  } | null;
  /** Through which view it thinks another actor sees. */
  readonly takes: readonly { readonly other: Name; readonly view: Name; readonly span: Span }[];
  readonly values: BodyNode | null;
}

/** `hard "Hold" { effort 0.8, cost 2 bn }`: read as `answer.effort`. */
export interface ChoiceOptionNode {
  readonly name: Name;
  readonly label: Text | null;
  readonly numbers: readonly { readonly name: Name; readonly value: ExpressionNode }[];
}

export interface ChoiceNode extends Declared {
  readonly kind: "choice";
  readonly by: Name;
  readonly at: ExpressionNode | null;
  readonly knowing: readonly Name[];
  readonly options: readonly ChoiceOptionNode[];
  readonly default: Name | null;
  readonly mark: WrittenMark | null;
}

/** When something may happen: a hazard, dates, a period, after an event, or as soon as a condition holds (`always`). */
export type TimingNode =
  | { readonly kind: "rate"; readonly rate: BodyNode; readonly per: UnitNode | null; readonly span: Span }
  | { readonly kind: "at"; readonly dates: readonly ExpressionNode[]; readonly span: Span }
  | {
      readonly kind: "every";
      readonly period: ExpressionNode;
      readonly from: ExpressionNode | null;
      readonly span: Span;
    }
  | { readonly kind: "on"; readonly events: readonly ExpressionNode[]; readonly span: Span }
  /** Only a `when`: fires as soon as the condition is true. */
  | { readonly kind: "trigger"; readonly span: Span };

export type EffectNode =
  | {
      readonly kind: "set";
      readonly stock: ExpressionNode;
      readonly value: ExpressionNode;
      readonly because: ExpressionNode | null;
      readonly mark: WrittenMark | null;
      readonly span: Span;
    }
  | {
      readonly kind: "add";
      readonly value: ExpressionNode;
      readonly stock: ExpressionNode;
      readonly because: ExpressionNode | null;
      readonly mark: WrittenMark | null;
      readonly span: Span;
    }
  /** The run ends: nothing moves or happens any more. */
  | {
      readonly kind: "stop";
      readonly because: ExpressionNode | null;
      readonly mark: WrittenMark | null;
      readonly span: Span;
    };

export interface EventNode extends Declared {
  readonly kind: "event";
  readonly timing: TimingNode;
  readonly when: ExpressionNode | null;
  readonly because: ExpressionNode | null;
  readonly mark: WrittenMark | null;
  readonly repeats: boolean;
  readonly effects: readonly EffectNode[];
}

/** With `options`, a logit choice of sharpness `sharpness`; without, the act itself, like an event that somebody does. */
export interface PolicyNode extends Declared {
  readonly kind: "policy";
  readonly by: Name;
  readonly timing: TimingNode;
  readonly when: ExpressionNode | null;
  readonly because: ExpressionNode | null;
  readonly mark: WrittenMark | null;
  readonly repeats: boolean;
  readonly sharpness: ExpressionNode | null;
  readonly options: readonly {
    readonly name: Name;
    readonly label: Text | null;
    readonly utility: BodyNode;
    readonly effects: readonly EffectNode[];
    readonly span: Span;
  }[];
  readonly effects: readonly EffectNode[];
}

export interface StockNode extends Declared {
  readonly kind: "stock";
  readonly unit: UnitNode | null;
  readonly initial: ExpressionNode;
  readonly provenance: readonly ProvenanceNode[];
  readonly within: RangeNode | null;
  readonly flows: readonly TermNode[];
}

export interface LetNode extends Declared {
  readonly kind: "let";
  readonly unit: UnitNode | null;
  readonly body: BodyNode;
  readonly provenance: readonly ProvenanceNode[];
}

/** `table bite : share over usd = 40 -> 10%, 60 -> 5%`. */
export interface TableNode extends Declared {
  readonly kind: "table";
  readonly unit: UnitNode | null;
  readonly over: UnitNode | null;
  readonly points: readonly { readonly x: ExpressionNode; readonly y: ExpressionNode }[];
  readonly provenance: readonly ProvenanceNode[];
}

/** Drawn anew each step, or each `every`, and held between. */
export interface ShockNode extends Declared {
  readonly kind: "shock";
  readonly unit: UnitNode | null;
  readonly distribution: DistributionNode;
  readonly every: ExpressionNode | null;
  readonly provenance: readonly ProvenanceNode[];
}

/** `each ally in {germany, poland} stock resolve …`: `resolve[germany]`, `resolve[poland]`. */
export interface EachNode {
  readonly kind: "each";
  readonly variable: Name;
  readonly elements: readonly Name[];
  readonly declarations: readonly Declaration[];
  readonly span: Span;
}

export interface OutcomeNode extends Declared {
  readonly kind: "outcome";
  readonly unit: UnitNode | null;
  readonly expression: ExpressionNode;
  /** `always shown`: stands beside every verdict. */
  readonly alwaysShown: boolean;
}

export interface ConclusionNode extends Declared {
  readonly kind: "conclusion";
  readonly of: readonly Name[];
  readonly mark: WrittenMark | null;
  /** A comparison of figures over runs. */
  readonly statement: ExpressionNode;
  /** `by 5 points`: the margin that matters. */
  readonly by: ExpressionNode | null;
  readonly within: WithinNode | null;
  readonly under: readonly Name[];
}

/** `a >= b within 2 points`: a may fall short of b by as much; `a within 2 points of b`: the two lie no further apart, and `of` is b. */
export interface WithinNode {
  readonly amount: ExpressionNode;
  readonly of: ExpressionNode | null;
  readonly span: Span;
}

export type SuppositionNode =
  /** A stock from a date on (at the start unless said), an unknown, a let, a claim or a choice for the whole run. */
  | {
      readonly kind: "set";
      readonly target: ExpressionNode;
      readonly value: ExpressionNode;
      readonly from: ExpressionNode | null;
      readonly span: Span;
    }
  /** A stock or let kept at a value from a date on. */
  | {
      readonly kind: "hold";
      readonly target: ExpressionNode;
      readonly value: ExpressionNode;
      readonly from: ExpressionNode | null;
      readonly span: Span;
    }
  | { readonly kind: "force"; readonly event: ExpressionNode; readonly at: ExpressionNode; readonly span: Span }
  | { readonly kind: "forbid"; readonly event: ExpressionNode; readonly span: Span };

export interface SupposeNode extends Declared {
  readonly kind: "suppose";
  readonly items: readonly SuppositionNode[];
}

export type ExpectationNode =
  /** `always c`: in every run, at every step. */
  | {
      readonly kind: "always";
      readonly condition: ExpressionNode;
      readonly if: ExpressionNode | null;
      readonly span: Span;
    }
  /** `chance(fallen) in 7%..9%`. */
  | { readonly kind: "in"; readonly figure: ExpressionNode; readonly range: RangeNode; readonly span: Span }
  /** `mean(a) < mean(b) by 2`, as in a conclusion. */
  | {
      readonly kind: "comparison";
      readonly statement: ExpressionNode;
      readonly by: ExpressionNode | null;
      readonly within: WithinNode | null;
      readonly span: Span;
    };

export interface ExpectNode extends Declared {
  readonly kind: "expect";
  readonly mark: WrittenMark | null;
  readonly expectation: ExpectationNode;
  readonly under: readonly Name[];
}

// ---- what the record says

/** A column is a measure with a unit, text, or one of several words; `or other` names the column with the disputed coding. */
export interface ColumnNode {
  readonly name: Name;
  readonly type:
    | { readonly kind: "unit"; readonly unit: UnitNode }
    | { readonly kind: "text" }
    | { readonly kind: "year" }
    | { readonly kind: "words"; readonly words: readonly Name[] }
    /** As the file shows it. */
    | null;
  readonly alternative: Name | null;
  readonly span: Span;
}

export interface RecordNode extends Declared {
  readonly kind: "record";
  readonly file: Text | null;
  readonly columns: readonly ColumnNode[];
  readonly cluster: Name | null;
  /** The column that says how many cases a row stands for. */
  readonly count: Name | null;
  /** The column of the year in which a row was known. */
  readonly knownBy: Name | null;
  readonly citations: readonly Text[];
}

/** `test invariably of A18 on past : share(event = collapse | outcome = loss) >= 95%`. */
export interface TestNode extends Declared {
  readonly kind: "test";
  readonly of: Name;
  readonly on: Name;
  readonly statement: ExpressionNode;
  readonly by: ExpressionNode | null;
  readonly notes: readonly Text[];
}

export interface EvidenceNode extends Declared {
  readonly kind: "evidence";
  readonly observation:
    /** `at 2022-02 : happened(attack)`, `by 2025-11 : not happened(fall)`. */
    | {
        readonly kind: "observed";
        readonly preposition: "at" | "by";
        readonly date: ExpressionNode;
        readonly condition: ExpressionNode;
      }
    /** `of stated error 3% discrepancy 5% = 2022-03 -> 83%, 2022-09 -> 77%`. */
    | {
        readonly kind: "series";
        readonly of: ExpressionNode;
        readonly error: ExpressionNode;
        readonly discrepancy: ExpressionNode;
        readonly points: readonly { readonly x: ExpressionNode; readonly y: ExpressionNode }[];
      };
  /** The choices under which it was observed: `if pledge = given and move = hold`. */
  readonly if: ExpressionNode | null;
  readonly provenance: readonly ProvenanceNode[];
}

export type ForecastState = "open" | "came true" | "came false" | "condition not met" | "not asserted" | "not scorable";

/** `forecast fall_by_2032 "…" of A4 by 2032-01 : happened(fall) reading 95% state open "why"`. */
export interface ForecastNode extends Declared {
  readonly kind: "forecast";
  readonly of: Name;
  readonly by: ExpressionNode;
  readonly condition: ExpressionNode;
  /** The modeller's stated reading of the text as a probability. */
  readonly reading: ExpressionNode | null;
  readonly state: {
    readonly name: ForecastState;
    readonly on: CalendarDate | null;
    readonly reason: Text | null;
    readonly span: Span;
  } | null;
  /** What the forecast supposes is done: `if answer = accommodate`. */
  readonly if: ExpressionNode | null;
  readonly provenance: readonly ProvenanceNode[];
}

/** One parsed file. */
export interface FileNode {
  readonly document: string;
  readonly declarations: readonly Declaration[];
  /** What could not be read and has been reported; what follows from it alone is not. */
  readonly unread: readonly Span[];
  readonly span: Span;
}
