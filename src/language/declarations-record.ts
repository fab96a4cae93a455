/** Parses what is on record: `record`, `test`, `evidence` and `forecast`. */

import { nearest } from "#text/near.ts";
import {
  clauses,
  parseBlock,
  parseClauses,
  parseCredenceValue,
  parseDate,
  parseDeclaredName,
  parseName,
  parseText,
  parseTexts,
  provenanceClauses,
} from "./clauses.ts";
import type { Cursor } from "./cursor.ts";
import { parsePairs } from "./declarations-world.ts";
import { parseExpression, parseSum } from "./expressions.ts";
import type {
  CalendarDate,
  ColumnNode,
  EvidenceNode,
  ExpressionNode,
  ForecastNode,
  ForecastState,
  Name,
  ProvenanceNode,
  RecordNode,
  TestNode,
  Text,
} from "./tree.ts";
import { takeLabel } from "./labels.ts";
import { parseUnit } from "./units.ts";
import { forecastStates } from "./words.ts";

export function parseRecord(c: Cursor): RecordNode {
  const { start } = c.advance();
  const name = parseDeclaredName(c, "record");
  const label = takeLabel(c, "record", name);
  let file: Text | null = null;
  let cluster: Name | null = null;
  let count: Name | null = null;
  let knownBy: Name | null = null;
  const columns: ColumnNode[] = [];
  const citations: Text[] = [];
  parseBlock(
    c,
    "record",
    clauses(
      {
        file: () => {
          file = parseText(c, "the name of a CSV file beside the case");
        },
        cluster: () => {
          cluster = parseColumnName(c);
        },
        count: () => {
          count = parseColumnName(c);
        },
        known: () => {
          if (c.expectWord("by", "'by' and the column of the year in which a row was known"))
            knownBy = parseColumnName(c);
        },
      },
      {
        column: () => {
          const column = parseColumn(c);
          if (column !== null) columns.push(column);
        },
        from: () => {
          citations.push(...parseTexts(c, "where the record comes from"));
        },
      },
    ),
  );
  return { kind: "record", name, label, file, columns, cluster, count, knownBy, citations, span: c.spanFrom(start) };
}

/** Columns may be called by words of the language. */
function parseColumnName(c: Cursor): Name {
  const { token } = c;
  if (token.kind !== "name") {
    c.fail("expected", c.gap(), { wanted: "the name of a column", found: c.found() });
    return { text: "", span: c.gap() };
  }
  c.advance();
  return { text: token.text, span: c.spanOf(token) };
}

function parseColumn(c: Cursor): ColumnNode | null {
  const { start } = c.token;
  const name = parseColumnName(c);
  const isSaid = c.take(":");
  const type = isSaid ? parseColumnType(c) : null;
  if (isSaid && type === null) return null;
  if (!isSaid && !c.isWord("or")) {
    c.fail("expected", c.gap(), { wanted: "':' and what the column holds", found: c.found() });
    return null;
  }
  const alternative = c.takeWord("or") ? parseColumnName(c) : null;
  return { name, type, alternative, span: c.spanFrom(start) };
}

function parseColumnType(c: Cursor): ColumnNode["type"] | null {
  const next = c.peek(1);
  if (c.token.kind === "name" && next.kind === "symbol" && next.text === "|") {
    const words = [parseColumnName(c)];
    while (!c.panicking && c.take("|")) words.push(parseColumnName(c));
    return { kind: "words", words };
  }
  if (c.takeWord("text")) return { kind: "text" };
  if (c.takeWord("year")) return { kind: "year" };
  const unit = parseUnit(c);
  return unit === null ? null : { kind: "unit", unit };
}

export function parseTest(c: Cursor): TestNode {
  const { start } = c.advance();
  const name = parseDeclaredName(c, "test");
  const label = takeLabel(c, "test", name);
  c.expectWord("of", "'of' and the claim it tests");
  const of = c.panicking ? { text: "", span: c.gap() } : parseName(c, "a claim");
  if (!c.panicking) c.expectWord("on", "'on' and the record it is tested on");
  const on = c.panicking ? { text: "", span: c.gap() } : parseName(c, "a record");
  c.namesAreColumns = true;
  const statement =
    !c.panicking && c.expect(":", "':' and a comparison such as 'share(outcome = loss) < 20%'")
      ? parseExpression(c)
      : c.missing();
  c.namesAreColumns = false;
  let by: ExpressionNode | null = null;
  const notes: Text[] = [];
  parseClauses(
    c,
    "test",
    clauses(
      {
        by: () => {
          by = parseSum(c);
        },
      },
      {
        note: () => {
          notes.push(...parseTexts(c, "the note"));
        },
      },
    ),
  );
  return { kind: "test", name, label, of, on, statement, by, notes, span: c.spanFrom(start) };
}

export function parseEvidence(c: Cursor): EvidenceNode {
  const { start } = c.advance();
  const name = parseDeclaredName(c, "evidence");
  const label = takeLabel(c, "evidence", name);
  const observation = parseObservation(c);
  let when: ExpressionNode | null = null;
  const provenance: ProvenanceNode[] = [];
  parseClauses(
    c,
    "evidence",
    clauses(
      {
        if: () => {
          when = parseExpression(c);
        },
      },
      provenanceClauses(c, provenance),
    ),
  );
  return { kind: "evidence", name, label, observation, if: when, provenance, span: c.spanFrom(start) };
}

function parseObservation(c: Cursor): EvidenceNode["observation"] {
  if (c.takeWord("of")) {
    const before = c.followers;
    c.followers = new Set(["error", "discrepancy"]);
    const of = parseSum(c);
    const error = c.expectWord("error", "'error' and the standard error of a point") ? parseSum(c) : c.missing();
    c.followers = before;
    const discrepancy =
      !c.panicking && c.expectWord("discrepancy", "'discrepancy' and how far the model itself may be off, all along")
        ? parseSum(c)
        : c.missing();
    const points = !c.panicking && c.expect("=", "'=' and points such as '2022-03 -> 83%'") ? parsePairs(c) : [];
    return { kind: "series", of, error, discrepancy, points };
  }
  const preposition = c.isWord("at") ? "at" : "by";
  if (!c.takeWord("at") && !c.takeWord("by")) {
    c.fail("expected", c.gap(), { wanted: "'at', 'by' or 'of' and what was observed", found: c.found() });
    return { kind: "observed", preposition, date: c.missing(), condition: c.missing() };
  }
  const date = parseSum(c);
  const condition = c.expect(":", "':' and what was observed") ? parseExpression(c) : c.missing();
  return { kind: "observed", preposition, date, condition };
}

export function parseForecast(c: Cursor): ForecastNode {
  const { start } = c.advance();
  const name = parseDeclaredName(c, "forecast");
  const label = takeLabel(c, "forecast", name);
  c.expectWord("of", "'of' and the claim it reads");
  const of = c.panicking ? { text: "", span: c.gap() } : parseName(c, "a claim");
  const by = !c.panicking && c.expectWord("by", "'by' and a date") ? parseSum(c) : c.missing();
  const condition = !c.panicking && c.expect(":", "':' and what is forecast") ? parseExpression(c) : c.missing();
  let reading: ExpressionNode | null = null;
  let state: ForecastNode["state"] = null;
  let when: ExpressionNode | null = null;
  const provenance: ProvenanceNode[] = [];
  parseClauses(
    c,
    "forecast",
    clauses(
      {
        reading: () => {
          reading = parseCredenceValue(c);
        },
        state: () => {
          state = parseState(c);
        },
        if: () => {
          when = parseExpression(c);
        },
      },
      provenanceClauses(c, provenance),
    ),
  );
  return {
    kind: "forecast",
    name,
    label,
    of,
    by,
    condition,
    reading,
    state,
    if: when,
    provenance,
    span: c.spanFrom(start),
  };
}

function parseState(c: Cursor): ForecastNode["state"] {
  const { start } = c.token;
  const name = forecastStates.find((state) =>
    state.split(" ").every((word, i) => c.peek(i).kind === "name" && c.peek(i).text === word),
  );
  if (name === undefined) {
    const word = c.token.text;
    c.fail("unknown-state", c.gap(), {
      found: c.found(),
      near: nearest(
        word,
        forecastStates.map((s) => s),
      ),
      known: forecastStates,
    });
    return null;
  }
  for (const word of name.split(" ")) c.takeWord(word);
  let on: CalendarDate | null = null;
  if (c.takeWord("on")) on = parseDate(c, "the date on which it was settled");
  const reason = c.text();
  return { name: name as ForecastState, on, reason, span: c.spanFrom(start) };
}
