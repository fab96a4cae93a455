/** The sentences for what records say of claims. */

import type { Asserted, RecordFigureFinding, RecordTestFinding, RecordVerdict } from "#analysis/record/record-tests.ts";
import type { RecordTable } from "#analysis/record/tables.ts";
import { printable } from "../render/lines.ts";
import { grouped, listed, plural } from "./numbers.ts";
import { bare, spaced } from "./words.ts";

export function recordVerdictSentence(test: RecordTestFinding): string {
  switch (test.verdict) {
    case "borne out":
      return "The record supports it.";
    case "contradicted":
      return "The record contradicts it.";
    case "leans for":
      return "The record leans toward it, and does not settle it.";
    case "leans against":
      return "The record leans against it, and does not settle it.";
    case "does not tell":
      return "The record does not tell either way.";
    case "hangs on the coding":
      return "It hangs on how the disputed cases are coded.";
    case "too few":
      return "There are too few cases to say.";
    case "not watched so long":
      return "It is not known: nobody was watched so long.";
  }
}

/** Each row that could not be read: where it is, what is there, and what is wanted. */
export function badRowTexts(tables: readonly RecordTable[]): readonly string[] {
  return tables.flatMap((t) =>
    t.problems.map(
      (p) =>
        `${t.record}, line ${p.line}${p.column === null ? "" : `, column ${p.column}`}: found ${p.found}, wanted ${p.wanted}`,
    ),
  );
}

/** All that a reader needs to judge the verdict, a sentence each. */
export function recordSentences(test: RecordTestFinding): readonly string[] {
  return [
    `Asked of ${bare(test.recordLabel)}: ${printable(test.text)}.`,
    ...test.figures.flatMap((f) => figureSentences(f, test.figures.length > 1)),
    ...(test.groups === null ? [] : [groupsSentence(test)]),
    ...(test.logRank === null
      ? []
      : [
          `Log-rank test: chi-squared ${grouped(test.logRank.chiSquared, 2)} on 1 degree of freedom, p = ${pValue(test.logRank.p)}.`,
        ]),
    ...(test.asserted === null ? [] : [assertedSentence(test.asserted)]),
  ];
}

function isWithoutCases({ tally }: RecordFigureFinding): boolean {
  return tally.cases === 0 || !(tally.of > 0);
}

/** Rows may count for parts of a case. */
function countText(count: number): string {
  return grouped(count, Number.isInteger(count) ? 0 : 1);
}

function figureSentences(f: RecordFigureFinding, isOneOfSeveral: boolean): readonly string[] {
  const { tally, share } = f;
  const what = isOneOfSeveral ? `${printable(f.text)}: ` : "";
  const cases = `${countText(tally.of)} ${tally.of === 1 ? "case" : "cases"}`;
  const isEmpty = isWithoutCases(f);
  const found =
    f.watchedUntil !== null
      ? `${what}not known after ${grouped(f.watchedUntil, 3)}, the longest that any of the ${plural(tally.cases, "case")} was watched.`
      : isEmpty
        ? `${what}${f.statistic === "rate" && tally.cases > 0 ? "no time was watched" : "no case counts"}.`
        : share === null
          ? `${what}${grouped(f.value, 3)} (95 % interval ${grouped(f.interval.low, 3)} to ${grouped(f.interval.high, 3)}), on ${plural(tally.cases, "case")} with ${plural(tally.events, "event")}.`
          : `${what}${countText(tally.events)} of ${cases}, ${percent(f.value)} % (95 % intervals: exact ${ends(share.exact)}, Wilson ${ends(share.wilson)}, Jeffreys ${ends(share.jeffreys)}).`;
  return [
    found,
    ...(tally.missing > 0 ? [`${plural(tally.missing, "row")} left out: a cell that is needed is blank.`] : []),
    ...(tally.unfit > 0
      ? [`${plural(tally.unfit, "row")} left out: watched for a time below zero, or too large to be counted.`]
      : []),
    ...clusteringSentence(f),
    ...rangeSentence(f),
    ...(f.bootstrap === null
      ? []
      : [
          `A bootstrap over whole clusters (${f.bootstrap.clusters} of them) gives ${f.share === null ? `${grouped(f.bootstrap.interval.low, 3)} to ${grouped(f.bootstrap.interval.high, 3)}` : `${ends(f.bootstrap.interval)} %`}.`,
        ]),
    ...turnedSentence(f),
  ];
}

/** What clusters take away, and the interval that is judged. */
function clusteringSentence({ clustering, interval, share, tally }: RecordFigureFinding): readonly string[] {
  if (clustering === null || !(clustering.factor < 1) || share === null) return [];
  return [
    `The cases come in ${plural(clustering.clusters, "cluster")} and tell as much as ${grouped(clustering.factor * tally.cases, 1)} cases that are independent. So the test is judged on ${ends(interval)} %.`,
  ];
}

function rangeSentence(f: RecordFigureFinding): readonly string[] {
  if (isWithoutCases(f)) return [];
  if (!f.isRangeTold)
    return f.statistic === "share" || f.statistic === "rate" ? ["Too many codings to tell their range."] : [];
  if (f.range === null) return [];
  const { low, high, codings, disputed } = f.range;
  const span = f.share === null ? `${grouped(low, 3)} to ${grouped(high, 3)}` : `${percent(low)} to ${percent(high)} %`;
  const all = `${plural(codings, "coding")} of ${plural(disputed, "disputed case")}`;
  return [low === high ? `The same under all ${all}.` : `Over all ${all}: ${span}.`];
}

function turnedSentence({ turned }: RecordFigureFinding): readonly string[] {
  if (turned === null || turned.share.of === 0) return [];
  const { share, text } = turned;
  return [
    `The other way round, and not the same question, ${printable(text)}: ${grouped(share.count, 0)} of ${grouped(share.of, 0)} (exact ${ends(share.exact)} %).`,
  ];
}

function groupsSentence({ groups }: RecordTestFinding): string {
  if (groups === null) return "";
  const { difference, differenceInterval: d, ratio, ratioInterval: r, p } = groups;
  const points = (x: number): string => `${x > 0 ? "+" : ""}${grouped(100 * x, 0)}`;
  const times = Number.isFinite(ratio)
    ? `ratio ${grouped(ratio, 1)} [${grouped(r.low, 1)}, ${Number.isFinite(r.high) ? grouped(r.high, 1) : "no upper end"}]`
    : `no ratio, since the second has none (at least ${grouped(r.low, 1)})`;
  return `Difference ${points(difference)} points [${points(d.low)}, ${points(d.high)}]; ${times}; Fisher's exact test p = ${pValue(p)}.`;
}

function assertedSentence(a: Asserted): string {
  const stated = `${a.direction} ${percent(a.figure)} %`;
  if (a.bayesFactor === null) return `No Bayes factor is given: ${a.withheld ?? ""}.`;
  const isFor = a.bayesFactor >= 1;
  const factor = isFor ? a.bayesFactor : 1 / a.bayesFactor;
  const otherwise = a.direction === "at least" ? "below" : "above";
  const sides = isFor
    ? `${stated} than if it is ${otherwise}`
    : `${otherwise} ${percent(a.figure)} % than if it is ${stated}`;
  const written = factor >= 1000 ? "more than a thousand" : grouped(factor, 1);
  return `From a flat prior, this count is ${written} times likelier if the share is ${sides} (Bayes factor).`;
}

function pValue(p: number): string {
  return p < 0.001 ? "below 0.001" : grouped(p, p < 0.1 ? 3 : 2);
}

function percent(share: number): string {
  return grouped(100 * share, share !== 0 && share !== 1 && (share < 0.0095 || share > 0.9905) ? 1 : 0);
}

function ends({ low, high }: { readonly low: number; readonly high: number }): string {
  return `${percent(low)} to ${percent(high)}`;
}

/** `2 borne out, 1 contradicted`. */
export function recordCount(tests: readonly RecordTestFinding[]): string {
  const verdicts = [...new Set(tests.map((t) => t.verdict))];
  return listed(verdicts.map((v) => `${tests.filter((t) => t.verdict === v).length} ${inCount[v]}`));
}

const inCount: Readonly<Record<RecordVerdict, string>> = {
  "borne out": "borne out",
  contradicted: "contradicted",
  "leans for": "leaning toward it",
  "leans against": "leaning against it",
  "does not tell": "not told either way",
  "hangs on the coding": "hanging on the coding",
  "too few": "with too few cases",
  "not watched so long": "not known, since nobody was watched so long",
};

/** What a share is of: `event = collapse, where outcome = loss`. */
export function recordShareWords({ words: { of, given } }: Pick<RecordFigureFinding, "words">): string {
  return spaced(given === null ? of : `${of}, where ${given}`);
}
