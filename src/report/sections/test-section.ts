/** Writes what `casus test` found: every expectation under its view, passed, failed or undecided, and why. */

import { aside, heading, inGroups, say, type Block } from "./blocks.ts";
import type { ExpectationFinding } from "#analysis/verdicts/expectations.ts";
import type { TestFindings } from "#analysis/findings/findings.ts";
import type { RecordFindings } from "#analysis/record/record-tests.ts";
import { recordTestBlocks } from "./record-section.ts";
import { grouped, inScale, listed, plural, scaleApart, scaleOf, slackText } from "../words/numbers.ts";
import { provenanceText, type Provenance } from "../words/provenance.ts";
import { bare, refusalText, situationText, spaced, stateTone } from "../words/words.ts";

export function testBlocks(findings: TestFindings, records: RecordFindings, provenance: Provenance): readonly Block[] {
  const { expectations } = findings;
  if (expectations.length === 0 && records.tests.length === 0)
    return [
      say("The case expects nothing: declare what must stay true of it with 'expect', or ask a record with 'test'."),
    ];
  const count = (state: ExpectationFinding["state"]): number => expectations.filter((e) => e.state === state).length;
  const parts = [
    `${count("passed")} passed`,
    `${count("failed")} failed`,
    ...(count("too close to call") > 0 ? [`${count("too close to call")} too close to call`] : []),
    ...(count("not told") > 0 ? [`${count("not told")} not told`] : []),
  ];
  return inGroups([
    [heading(provenance.title)],
    expectations.flatMap(expectationBlocks),
    expectations.length === 0 ? [] : [say(`${listed(parts)}.`)],
    recordTestBlocks(records),
    [aside(provenanceText(provenance, findings))],
  ]);
}

function expectationBlocks(e: ExpectationFinding): readonly Block[] {
  const head = [say(`${e.state}: ${bare(e.label)} (${spaced(e.view)})`, { indent: 2, tone: stateTone(e.state) })];
  return e.state === "passed"
    ? head
    : [...head, say(e.text, { indent: 4 }), ...why(e).map((t) => say(t, { indent: 4 }))];
}

function why(e: ExpectationFinding): readonly string[] {
  const { found } = e;
  if (found.kind === "always") {
    const first = found.first;
    const where =
      first === null
        ? ""
        : ` First in world ${first.world}${first.step === null ? "" : `, step ${first.step}`}, with ${situationText(first.situation, [])}.`;
    return [`False in ${plural(found.runs, "run")} of ${grouped(found.outOf, 0)}.${where}`];
  }
  const { comparison } = found;
  if (comparison.refusal !== null) return [refusalText(comparison.refusal)];
  const { margin, se, unit } = comparison;
  const scale = scaleApart(scaleOf([margin], unit), [margin - 2 * se, margin + 2 * se]);
  const value = `${inScale(margin, scale)} ${slackText({ value: margin, se }, scale)} ${scale.unit}`.trim();
  if (found.kind === "in") {
    const ends = [found.low, found.high].map((x) => (x === null ? "" : inScale(x, scale)));
    return [`Found ${value}, expected ${ends.join(" to ")}.`];
  }
  return [`Found a margin of ${value}: ${found.verdict}.`];
}
