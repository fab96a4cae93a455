/** Writes what `casus test` found: every expectation under its view, passed, failed or undecided, and why. */

import type { ExpectationFinding } from "#analysis/verdicts/expectations.ts";
import type { TestFindings } from "#analysis/findings/findings.ts";
import type { RecordFindings } from "#analysis/record/record-tests.ts";
import { recordCount, recordLines } from "./record-report.ts";
import { printable, wrap } from "../render/lines.ts";
import { inScale, listed, plural, scaleOf } from "../words/numbers.ts";
import type { Palette } from "../render/palette.ts";
import { provenanceText, type Provenance } from "../words/provenance.ts";
import { bare, refusalText, situationText, spaced, stateMark } from "../words/words.ts";

export function testReport(
  findings: TestFindings,
  records: RecordFindings,
  provenance: Provenance,
  width: number,
  palette: Palette,
): string {
  const { expectations } = findings;
  if (expectations.length === 0 && records.tests.length === 0)
    return "The case expects nothing: declare what must stay true of it with 'expect', or ask a record with 'test'.\n";
  const lines = expectations.flatMap((e) => expectationLines(e, width, palette));
  const count = (state: ExpectationFinding["state"]): number => expectations.filter((e) => e.state === state).length;
  const parts = [
    `${count("passed")} passed`,
    `${count("failed")} failed`,
    ...(count("too close to call") > 0 ? [`${count("too close to call")} too close to call`] : []),
    ...(count("not told") > 0 ? [`${count("not told")} not told`] : []),
  ];
  return [
    ...wrap(printable(provenance.title), width).map(palette.strong),
    "",
    ...lines,
    ...(lines.length === 0 ? [] : [""]),
    ...(expectations.length === 0 ? [] : [`${listed(parts)}.`]),
    ...recordSection(records, width, palette),
    "",
    ...wrap(provenanceText(provenance, findings), width).map(palette.faint),
    "",
  ].join("\n");
}

/** What the model has from its records, and of which rows. */
function fedLines(fed: RecordFindings["fed"], width: number): readonly string[] {
  return fed.flatMap((f) =>
    wrap(
      `${spaced(f.unknown)}${f.view === null ? "" : ` (${spaced(f.view)})`}: ${printable(f.figure)} of ${spaced(f.record)}, ${plural(f.events, "event")} counted` +
        (f.later > 0 ? `; ${plural(f.later, "row")} left out, known only once the evidence had begun` : "") +
        (f.undated ? "; the record does not say when its rows were known" : "") +
        ".",
      width,
      "  ",
    ),
  );
}

function recordSection({ tests, tables, fed }: RecordFindings, width: number, palette: Palette): readonly string[] {
  if (tests.length === 0 && fed.length === 0) return [];
  return [
    "",
    ...wrap("What the record says", width).map(palette.strong),
    ...wrap(
      "Past cases, not the model. None of these is a causal estimate: who wins and who loses is not drawn by lot.",
      width,
    ),
    "",
    ...tests.flatMap((t) => [...recordLines(t, width, palette), ""]),
    ...(tests.length === 0 ? [] : wrap(`Of ${plural(tests.length, "test")}: ${recordCount(tests)}.`, width)),
    ...(fed.length === 0
      ? []
      : [
          "",
          ...wrap("Unknowns computed from records, each its posterior from Jeffreys' prior", width).map(palette.strong),
        ]),
    ...fedLines(fed, width),
    ...tables.flatMap((t) =>
      t.problems.flatMap((p) =>
        wrap(
          `${t.record}, line ${p.line}${p.column === null ? "" : `, column ${p.column}`}: found ${p.found}, wanted ${p.wanted}; the row is left out.`,
          width,
        ).map(palette.bad),
      ),
    ),
  ];
}

function expectationLines(e: ExpectationFinding, width: number, palette: Palette): readonly string[] {
  const head = wrap(`${e.state}: ${bare(e.label)} (${spaced(e.view)})`, width, "  ").map(stateMark(e.state, palette));
  return e.state === "passed"
    ? head
    : [...head, ...wrap(printable(e.text), width, "    "), ...why(e).flatMap((t) => wrap(t, width, "    "))];
}

function why(e: ExpectationFinding): readonly string[] {
  const { found } = e;
  if (found.kind === "always") {
    const first = found.first;
    const where =
      first === null
        ? ""
        : ` First in world ${first.world}${first.step === null ? "" : `, step ${first.step}`}, with ${situationText(first.situation, [])}.`;
    return [`False in ${plural(found.runs, "run")} of ${found.outOf}.${where}`];
  }
  const { comparison } = found;
  if (comparison.refusal !== null) return [refusalText(comparison.refusal)];
  const scale = scaleOf([comparison.margin], comparison.unit);
  const value = `${inScale(comparison.margin, scale)} ±${inScale(2 * comparison.se, scale)} ${scale.unit}`.trim();
  if (found.kind === "in") {
    const ends = [found.low, found.high].map((x) => (x === null ? "" : inScale(x, scale)));
    return [`Found ${value}, expected ${ends.join(" to ")}.`];
  }
  return [`Found a margin of ${value}: ${found.verdict}.`];
}
