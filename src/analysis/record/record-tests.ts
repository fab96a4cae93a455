/** Asks a case's records about its claims, with every interval and over every coding of disputed cases. */

import { Refused } from "#text/refused.ts";
import { columnsRead } from "#model/argument/read-columns.ts";
import type { Expression } from "#model/expression.ts";
import type { CaseRecord, Model, RecordFigure, Test } from "#model/model.ts";
import { bayesFactorAtLeast, chanceAtLeast } from "#evidence/beta-binomial.ts";
import { clusterBootstrap, type Bootstrap } from "#evidence/bootstrap.ts";
import { studentT, type ClusterEffect } from "#evidence/cluster-effect.ts";
import { overCodings, type CodingRange } from "#evidence/codings.ts";
import { incidenceAt } from "#evidence/competing.ts";
import { clopperPearson, proportion, type ShareInterval, type Proportion } from "#evidence/proportion.ts";
import { rate } from "#evidence/rate.ts";
import { quantile } from "#kernel/quantiles.ts";
import {
  knownUntil,
  logLog,
  logRank,
  survivalAt,
  type LogRank,
  type SurvivalEstimate,
  type WatchedCase,
} from "#evidence/survival.ts";
import { twoGroups, type TwoGroups } from "#evidence/two-groups.ts";
import type { RecordRow } from "#evidence/rows.ts";
import { keyOf, uniform } from "#kernel/philox.ts";
import { slopeAt } from "../figures/margin.ts";
import type { Fed, RecordTable } from "./tables.ts";
import { clusteringOf, codingsOf, standingOf, tallyOf, type RowStanding, type Tally, type Values } from "./tally.ts";

export interface RecordFigureFinding {
  /** As written. */
  readonly text: string;
  readonly words: RecordFigure["words"];
  readonly statistic: RecordFigure["statistic"];
  /** In base units; NaN where no case counts. */
  readonly value: number;
  readonly tally: Tally;
  /** 95 %: exact for shares and rates, log(−log) for survival and incidence. */
  readonly interval: ShareInterval;
  readonly share: Proportion | null;
  readonly jeffreys: ShareInterval | null;
  readonly se: number | null;
  /** Null where no coding is in dispute, or the range is not told: see `isRangeTold`. */
  readonly range: CodingRange | null;
  readonly isRangeTold: boolean;
  /** The conditional turned round: share(a | b) beside share(b | a). */
  readonly turned: { readonly text: string; readonly share: Proportion } | null;
  /** Over the record's clusters, where rows repeat one. */
  readonly bootstrap: Bootstrap | null;
  /** What its cases are worth: fewer where they come in clusters, and the interval is wider for it. Null where rows repeat none. */
  readonly clustering: ClusterEffect | null;
  /** The longest anyone was watched, in the unit of its column, where the figure is asked of a later time; else null. */
  readonly watchedUntil: number | null;
}

/**
 * What the record does for the statement. `borne out`, `contradicted`: the 95 % interval lies wholly on one side; `leans for`, `leans against`: the middle
 * half of it does; `does not tell`: not even that; `hangs on the coding`: codings in dispute decide on which side the figure lies; `too few`: fewer than `fewest` cases in some figure, or clusters of cases; `not watched so long`: a figure is asked of a time beyond which nobody was watched.
 */
export type RecordVerdict =
  | "borne out"
  | "contradicted"
  | "leans for"
  | "leans against"
  | "does not tell"
  | "hangs on the coding"
  | "too few"
  | "not watched so long";

export const recordVerdicts = [
  "borne out",
  "contradicted",
  "leans for",
  "leans against",
  "does not tell",
  "hangs on the coding",
  "too few",
  "not watched so long",
] as const satisfies readonly RecordVerdict[];

/** Fewer cases than this say nothing of a share; fewer than `fewestForRate` can contradict 'every time', but the share itself cannot be told from them. */
const fewest = 5;
const fewestForRate = 8;

/** What a record of past cases says of a claim: the figures with their intervals, and a verdict. */
export interface RecordTestFinding {
  readonly name: string;
  readonly label: string;
  /** The claim it tests. */
  readonly of: string;
  readonly record: string;
  readonly recordLabel: string;
  readonly citations: readonly string[];
  /** As written. */
  readonly text: string;
  readonly notes: readonly string[];
  readonly verdict: RecordVerdict;
  readonly figures: readonly RecordFigureFinding[];
  /** Positive where it supports the statement; NaN where a figure has no value. */
  readonly margin: number;
  readonly threshold: number;
  readonly marginRange: CodingRange | null;
  /** Two shares side by side. */
  readonly groups: TwoGroups | null;
  readonly logRank: LogRank | null;
  /** A share held against a stated figure. */
  readonly asserted: Asserted | null;
}

export interface RecordFindings {
  readonly tests: readonly RecordTestFinding[];
  readonly tables: readonly RecordTable[];
  /** Unknowns that were had from a record. */
  readonly fed: readonly Fed[];
}

export interface Asserted {
  readonly figure: number;
  readonly direction: "at least" | "at most";
  /** From a flat prior: how many times likelier the count is if the statement holds than if it does not; null with the reason where it would mislead. */
  readonly bayesFactor: number | null;
  readonly chance: number | null;
  readonly withheld: string | null;
}

/** One finding for each test, in order. Throws `Refused` for a test whose table was not given. */
export function recordTests(model: Model, tables: readonly RecordTable[], seed: number): readonly RecordTestFinding[] {
  return model.tests.map((test) => {
    const record = model.records.find((r) => r.name === test.on);
    const table = tables.find((t) => t.record === test.on);
    if (record === undefined || table === undefined) throw new Refused(`the record '${test.on}' has not been read`);
    return recordTest(test, record, table.rows, seed);
  });
}

function recordTest(test: Test, record: CaseRecord, rows: readonly RecordRow[], seed: number): RecordTestFinding {
  const read = new Set(test.figures.flatMap((f) => [...columnsRead(f)]));
  const ways = rows.map((row) => codingsOf(record, row, read));
  const figures = test.figures.map((f) => figureFinding(f, record, rows, ways, seed));
  const margin = slopeAt(
    test.margin,
    figures.map((f) => f.value),
  ).value;
  const marginRange = rangeOf(test.figures, record, ways, (values) => slopeAt(test.margin, values).value);
  const [first, second] = figures;
  const isPair = figures.length === 2 && figures.every((f) => f.statistic === "share" && f.tally.of > 0);
  const groups =
    isPair && first !== undefined && second !== undefined && isDifference(test.margin)
      ? orient(test.margin, effectiveTally(first), effectiveTally(second))
      : null;
  const verdict = judgeRecord(test, figures, margin, boundsOverCodings(test, record, ways, figures));
  return {
    name: test.name,
    label: test.label,
    of: test.of,
    record: record.name,
    recordLabel: record.label,
    citations: record.citations,
    text: test.text,
    notes: test.notes,
    verdict,
    figures,
    margin,
    threshold: test.threshold,
    marginRange,
    groups,
    logRank: figures.some((f) => (f.clustering?.factor ?? 1) < 1) ? null : logRankOf(test, record, rows),
    asserted: assertedOf(test, figures, marginRange),
  };
}

// ---- figures

function figureFinding(
  figure: RecordFigure,
  record: CaseRecord,
  rows: readonly RecordRow[],
  ways: readonly (readonly Values[])[],
  seed: number,
): RecordFigureFinding {
  const tally = tallyOf(record, figure, rows);
  const standings = rows.map((row) => standingOf(record, figure, row.values));
  const watched = watchedOf(standings);
  const range = rangeOf([figure], record, ways, ([v]) => v ?? Number.NaN);
  const { cluster } = record;
  const clusters = cluster === null ? [] : rows.map((row) => row.texts[cluster] ?? "");
  const many = new Set(clusters).size;
  const repeats = cluster !== null && many < rows.length;
  const key = keyOf(`bootstrap ${figure.text}`);
  // Of one cluster every draw is the same, and says nothing of how others differ.
  const bootstrap =
    repeats && many > 1
      ? clusterBootstrap(
          clusters,
          (times) =>
            valueOf(
              figure,
              standings.map((s, i) => (s.kind === "in" ? { ...s, weight: s.weight * (times[i] ?? 0) } : s)),
            ),
          // Draws of one resample stand far apart from those of the next.
          (b, i) => uniform(seed, key, b, i),
        )
      : null;
  const clustering = repeats ? clusteringOf(figure, standings, clusters) : null;
  const told = toldOf(figure, tally, watched, clustering, bootstrap);
  const until = watched.length === 0 ? Infinity : knownUntil(watched);
  const isBeyond = isOverTime(figure) && (figure.at ?? 0) > until;
  const over = figure.over;
  const unit = over?.op === "column" ? record.columns.find((c) => c.name === over.name)?.unit : null;
  return {
    text: figure.text,
    words: figure.words,
    statistic: figure.statistic,
    tally,
    ...(isBeyond ? { ...told, value: Number.NaN, se: null, interval: { low: 0, high: 1 } } : told),
    clustering,
    watchedUntil: isBeyond ? until / (unit?.factor ?? 1) : null,
    range: range !== null && range.disputed > 0 ? range : null,
    isRangeTold: range !== null,
    // Rows that stand for many cases are counts of groups that may overlap: turning them round means nothing.
    turned: record.count === null ? turnedOf(figure, record, rows) : null,
    bootstrap: isBeyond ? null : bootstrap,
  };
}

function isOverTime({ statistic }: RecordFigure): boolean {
  return statistic === "survival" || statistic === "incidence";
}

/** Events and cases as far as clusters let them count. */
function effectiveTally({ tally, clustering }: RecordFigureFinding): Tally {
  const factor = clustering?.factor ?? 1;
  return { ...tally, events: factor * tally.events, of: factor * tally.of, cases: factor * tally.cases };
}

function toldOf(
  figure: RecordFigure,
  tally: Tally,
  watched: readonly WatchedCase[],
  clustering: ClusterEffect | null,
  bootstrap: Bootstrap | null,
): Pick<RecordFigureFinding, "value" | "interval" | "share" | "jeffreys" | "se"> {
  const factor = clustering?.factor ?? 1;
  switch (figure.statistic) {
    case "share": {
      const share = proportion(tally.events, tally.of);
      const interval = factor < 1 ? clopperPearson(factor * tally.events, factor * tally.of) : share.exact;
      return { value: share.share, interval, share, jeffreys: share.jeffreys, se: null };
    }
    case "rate": {
      if (!(tally.of > 0))
        return { value: Number.NaN, interval: { low: 0, high: Infinity }, share: null, jeffreys: null, se: null };
      const told = rate(tally.events, tally.of, gammaQuantile);
      const { exact } = factor < 1 ? rate(factor * tally.events, factor * tally.of, gammaQuantile) : told;
      return { value: told.rate, interval: exact, share: null, jeffreys: told.jeffreys, se: null };
    }
    case "survival":
    case "incidence": {
      const at = figure.at ?? 0;
      const estimateOf = (cases: readonly WatchedCase[]): SurvivalEstimate =>
        figure.statistic === "survival" ? survivalAt(cases, at) : incidenceAt(cases, 1, at);
      const told = estimateOf(watched);
      const value = watched.length === 0 ? Number.NaN : told.value;
      if (clustering !== null && (clustering.clusters < 2 || value === 0 || value === 1)) {
        // Where all is alike, or in one cluster, no error can be had: each cluster is one case.
        const { se, interval } = estimateOf(watched.map((c) => ({ ...c, weight: c.weight * clustering.alone })));
        return { value, interval, share: null, jeffreys: null, se };
      }
      if (bootstrap === null || clustering === null || !(bootstrap.se > told.se))
        return { value, interval: told.interval, share: null, jeffreys: null, se: told.se };
      // The error over clusters, with the freedom of so many of them.
      const se = (bootstrap.se * studentT(Math.max(1, clustering.clusters - 1))) / normalPoint;
      const isSurvival = figure.statistic === "survival";
      const wide = logLog(isSurvival ? value : 1 - value, se, 0.95);
      const interval = isSurvival ? wide : { low: 1 - wide.high, high: 1 - wide.low };
      return { value, interval, share: null, jeffreys: null, se: bootstrap.se };
    }
  }
}

const normalPoint = 1.959963984540054;

/** Cause 1 is the event, 2 what competes with it. */
function watchedOf(standings: readonly RowStanding[]): readonly WatchedCase[] {
  return standings.flatMap((s) =>
    s.kind === "in" && s.weight > 0
      ? [{ time: s.over, cause: s.event ? 1 : s.competing ? 2 : 0, weight: s.weight }]
      : [],
  );
}

function valueOf(figure: RecordFigure, standings: readonly RowStanding[]): number {
  if (figure.statistic === "survival" || figure.statistic === "incidence") {
    const watched = watchedOf(standings);
    if (watched.length === 0) return Number.NaN;
    const at = figure.at ?? 0;
    return figure.statistic === "survival" ? survivalAt(watched, at).value : incidenceAt(watched, 1, at).value;
  }
  let [above, below] = [0, 0];
  for (const s of standings) {
    if (s.kind !== "in") continue;
    above += s.event ? s.weight : 0;
    below += s.weight * s.over;
  }
  return above / below;
}

/** Figures that are ratios of sums over rows; the range over codings is exact for them, and not told for the others. */
function rangeOf(
  figures: readonly RecordFigure[],
  record: CaseRecord,
  ways: readonly (readonly Values[])[],
  value: (figures: readonly number[]) => number,
): CodingRange | null {
  if (figures.some((f) => f.statistic === "survival" || f.statistic === "incidence")) return null;
  return overCodings(
    ways.map((codings) =>
      codings.map((values) =>
        figures.flatMap((f) => {
          const s = standingOf(record, f, values);
          return s.kind === "in" ? [s.event ? s.weight : 0, s.weight * s.over] : [0, 0];
        }),
      ),
    ),
    (totals) => value(figures.map((_, i) => (totals[2 * i] ?? 0) / (totals[2 * i + 1] ?? 0))),
  );
}

/** share(b | a) read as share(a | b). */
function turnedOf(figure: RecordFigure, record: CaseRecord, rows: readonly RecordRow[]): RecordFigureFinding["turned"] {
  if (figure.statistic !== "share" || figure.given === null) return null;
  const { of, given } = figure.words;
  const tally = tallyOf(record, { ...figure, of: figure.given, given: figure.of }, rows);
  return { text: `share(${given ?? ""} | ${of})`, share: proportion(tally.events, tally.of) };
}

function logRankOf(test: Test, record: CaseRecord, rows: readonly RecordRow[]): LogRank | null {
  const [a, b] = test.figures;
  if (test.figures.length !== 2 || a?.statistic !== "survival" || b?.statistic !== "survival") return null;
  const [first, second] = [a, b].map((f) => watchedOf(rows.map((row) => standingOf(record, f, row.values))));
  const hasEvent = [...(first ?? []), ...(second ?? [])].some((w) => w.cause > 0);
  return first === undefined || second === undefined || first.length === 0 || second.length === 0 || !hasEvent
    ? null
    : logRank(first, second);
}

// ---- what they come to

/** One figure less the other, and nothing else. */
function isDifference(e: Expression): boolean {
  return e.op === "binary" && e.operator === "sub" && e.left.op === "figure" && e.right.op === "figure";
}

/** The second figure less the first. */
function isFirstLess(e: Expression): boolean {
  return e.op === "binary" && e.left.op === "figure" && e.left.index === 1;
}

function orient(margin: Expression, first: Tally, second: Tally): TwoGroups {
  const [a, b] = isFirstLess(margin) ? [second, first] : [first, second];
  return twoGroups(a.events, a.of, b.events, b.of);
}

/** Where the margin's 95 % interval lies, coded as written and otherwise. */
interface Bounds {
  readonly low: number;
  readonly high: number;
  /** The range of either end over all codings; null where it is not told. */
  readonly lows: CodingRange | null;
  readonly highs: CodingRange | null;
}

function judgeRecord(
  test: Test,
  figures: readonly RecordFigureFinding[],
  margin: number,
  bounds: Bounds | null,
): RecordVerdict {
  if (figures.some((f) => f.watchedUntil !== null)) return "not watched so long";
  // Cases of one cluster are one to say something of a share.
  const isFew = ({ tally, clustering }: RecordFigureFinding): boolean =>
    Math.min(tally.cases, clustering?.clusters ?? Infinity) < fewest;
  if (!Number.isFinite(margin) || figures.some(isFew)) return "too few";
  const { threshold } = test;
  const { low, high, lows, highs } = bounds ?? {
    ...marginInterval(
      test,
      figures.map((f) => f.interval),
    ),
    lows: null,
    highs: null,
  };
  if (low > threshold) return lows === null || lows.low > threshold ? "borne out" : "hangs on the coding";
  if (high <= threshold) return highs === null || highs.high <= threshold ? "contradicted" : "hangs on the coding";
  // Half of a 95 % interval's arm is one standard error of a normal.
  if (margin - (margin - low) / 2 > threshold) return "leans for";
  if (margin + (high - margin) / 2 <= threshold) return "leans against";
  return "does not tell";
}

/** Of statements about shares: two side by side by Newcombe's interval of their difference, all else by each share's exact interval; counts as far as clusters let them. */
function boundsOverCodings(
  test: Test,
  record: CaseRecord,
  ways: readonly (readonly Values[])[],
  found: readonly RecordFigureFinding[],
): Bounds | null {
  const { figures } = test;
  if (figures.some((f) => f.statistic !== "share")) return null;
  const at = (totals: readonly number[]): ShareInterval => {
    const pairs = figures.map((_, i) => {
      const factor = found[i]?.clustering?.factor ?? 1;
      return [factor * (totals[2 * i] ?? 0), factor * (totals[2 * i + 1] ?? 0)] as const;
    });
    if (pairs.some(([, n]) => n === 0)) return { low: Number.NaN, high: Number.NaN };
    const [a, b] = pairs;
    if (figures.length === 2 && isDifference(test.margin) && a !== undefined && b !== undefined) {
      const [first, second] = isFirstLess(test.margin) ? [b, a] : [a, b];
      return twoGroups(first[0], first[1], second[0], second[1]).differenceInterval;
    }
    return marginInterval(
      test,
      pairs.map(([x, n]) => clopperPearson(x, n)),
    );
  };
  const added = (values: Values): readonly number[] =>
    figures.flatMap((f) => {
      const s = standingOf(record, f, values);
      return s.kind === "in" ? [s.event ? s.weight : 0, s.weight] : [0, 0];
    });
  const table = ways.map((codings) => codings.map(added));
  const first = table.reduce<readonly number[]>((sum, [own = []]) => own.map((x, i) => x + (sum[i] ?? 0)), []);
  return {
    ...at(first),
    lows: overCodings(table, (totals) => at(totals).low),
    highs: overCodings(table, (totals) => at(totals).high),
  };
}

/** The margin at the ends of every figure's interval. */
function marginInterval(test: Test, intervals: readonly ShareInterval[]): ShareInterval {
  const ends = intervals.reduce<readonly (readonly number[])[]>(
    (all, { low, high }) => all.flatMap((values) => [low, high].map((end) => [...values, end])),
    [[]],
  );
  const margins = ends.map((values) => slopeAt(test.margin, values).value);
  return { low: Math.min(...margins), high: Math.max(...margins) };
}

/** `share(…) > c` and `share(…) < c`. */
function assertedOf(test: Test, figures: readonly RecordFigureFinding[], range: CodingRange | null): Asserted | null {
  const { margin } = test;
  const [only] = figures;
  if (figures.length !== 1 || only?.share === null || only === undefined) return null;
  if (margin.op !== "binary" || margin.operator !== "sub" || !(only.tally.of > 0)) return null;
  const stated = margin.left.op === "const" ? margin.left : margin.right.op === "const" ? margin.right : null;
  if (stated === null || !(stated.value > 0 && stated.value < 1)) return null;
  const direction = margin.left.op === "figure" ? "at least" : "at most";
  const { events, of } = effectiveTally(only);
  const figure = stated.value;
  const cases = Math.min(only.tally.of, only.clustering?.clusters ?? Infinity);
  const kind = only.clustering === null ? "case" : "cluster";
  const isFor = (value: number): boolean => value > test.threshold;
  const withheld =
    cases < fewestForRate
      ? `${cases} ${cases === 1 ? `${kind} is` : `${kind}s are`} too few for a rate`
      : range !== null && range.disputed > 0 && isFor(range.low) !== isFor(range.high)
        ? "the codings in dispute decide which way it would point"
        : null;
  const least = bayesFactorAtLeast(events, of, figure);
  const chance = chanceAtLeast(events, of, figure);
  return {
    figure,
    direction,
    bayesFactor: withheld !== null ? null : direction === "at least" ? least : 1 / least,
    chance: withheld !== null ? null : direction === "at least" ? chance : 1 - chance,
    withheld,
  };
}

function gammaQuantile(p: number, shape: number): number {
  return quantile({ kind: "gamma", shape, scale: 1 }, p);
}
