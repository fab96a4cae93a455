/** Parses what is asked of the world: `outcome`, `conclusion`, `suppose` and `expect`. */

import {
  addAlternatives,
  clauses,
  parseBlock,
  parseClauses,
  parseDeclaredName,
  parseNames,
  parseUnitAndLabel,
  type Clause,
} from "./clauses.ts";
import type { Cursor } from "./cursor.ts";
import { expectEquals } from "./declarations-world.ts";
import { parseRange } from "./distributions.ts";
import { parseExpression, parseSum, parseTarget } from "./expressions.ts";
import { takeLabel } from "./labels.ts";
import type {
  ConclusionNode,
  ExpectationNode,
  ExpectNode,
  ExpressionNode,
  WrittenMark,
  Name,
  OutcomeNode,
  SuppositionNode,
  SupposeNode,
  WithinNode,
} from "./tree.ts";
import { markWords } from "./words.ts";

export function parseOutcome(c: Cursor): OutcomeNode {
  const { start } = c.advance();
  const name = parseDeclaredName(c, "outcome");
  const { unit, label } = parseUnitAndLabel(c, "outcome", name);
  expectEquals(c, "outcome", "'=' and what it is");
  const expression = parseExpression(c);
  let alwaysShown = false;
  parseClauses(
    c,
    "outcome",
    clauses({
      always: () => {
        c.expectWord("shown", "'shown'");
        alwaysShown = true;
      },
    }),
  );
  return { kind: "outcome", name, label, unit, expression, alwaysShown, span: c.spanFrom(start) };
}

export function parseConclusion(c: Cursor): ConclusionNode {
  const { start } = c.advance();
  const name = parseDeclaredName(c, "conclusion");
  const label = takeLabel(c, "conclusion", name);
  const of: Name[] = [];
  let mark: WrittenMark | null = null;
  const under: Name[] = [];
  const head = clauses({
    of: () => {
      of.push(...parseNames(c, "a claim"));
    },
  });
  addMarks(head, (word) => {
    mark = word;
  });
  parseClauses(c, "conclusion", head);
  const statement = c.expect(":", "':' and a comparison of figures") ? parseExpression(c) : c.missing();
  const margin: MarginClauses = { by: null, within: null };
  parseClauses(
    c,
    "conclusion",
    clauses({
      ...marginClauses(c, margin),
      under: () => {
        under.push(...parseNames(c, "a view"));
      },
    }),
  );
  return { kind: "conclusion", name, label, of, mark, statement, ...margin, under, span: c.spanFrom(start) };
}

/** How much more, how much less at most, or how far apart. */
interface MarginClauses {
  by: ExpressionNode | null;
  within: WithinNode | null;
}

function marginClauses(c: Cursor, into: MarginClauses): Record<"by" | "within", () => void> {
  return {
    by: () => {
      if (c.isWord("at") && c.peek(1).text === "least") c.skip(2);
      into.by = parseSum(c);
    },
    within: () => {
      const { start } = c.previous;
      const amount = parseSum(c);
      const of = c.takeWord("of") ? parseSum(c) : null;
      into.within = { amount, of, span: c.spanFrom(start) };
    },
  };
}

export function parseExpect(c: Cursor): ExpectNode {
  const { start } = c.advance();
  const name = parseDeclaredName(c, "expect");
  const label = takeLabel(c, "expect", name);
  let mark: WrittenMark | null = null;
  const under: Name[] = [];
  const head = clauses({});
  addMarks(head, (word) => {
    mark = word;
  });
  parseClauses(c, "expect", head);
  const from = c.token.start;
  const hasColon = c.expect(":", "':' and what must hold");
  const expectation: ExpectationNode = hasColon
    ? parseExpectation(c)
    : { kind: "comparison", statement: c.missing(), by: null, within: null, span: c.spanFrom(from) };
  parseClauses(
    c,
    "expect",
    clauses({
      under: () => {
        under.push(...parseNames(c, "a view"));
      },
    }),
  );
  return { kind: "expect", name, label, mark, expectation, under, span: c.spanFrom(start) };
}

function parseExpectation(c: Cursor): ExpectationNode {
  const { start } = c.token;
  if (c.takeWord("always")) {
    const condition = parseExpression(c);
    const when = c.takeWord("if") ? parseExpression(c) : null;
    return { kind: "always", condition, if: when, span: c.spanFrom(start) };
  }
  const statement = parseExpression(c);
  if (c.isWord("between") || c.isWord("in")) {
    c.expectWord("in", "'in' and a range", ["between"]);
    const range = parseRange(c);
    return { kind: "in", figure: statement, range, span: c.spanFrom(start) };
  }
  const margin: MarginClauses = { by: null, within: null };
  const ways = marginClauses(c, margin);
  while (c.isWord("by") || c.isWord("within")) ways[c.advance().text === "by" ? "by" : "within"]();
  return { kind: "comparison", statement, ...margin, span: c.spanFrom(start) };
}

export function parseSuppose(c: Cursor): SupposeNode {
  const { start } = c.advance();
  const name = parseDeclaredName(c, "suppose");
  const label = takeLabel(c, "suppose", name);
  const items: SuppositionNode[] = [];
  const valued = (word: string): void => {
    const from = c.previous.start;
    const target = parseTarget(c, word === "set" ? "a stock, let, unknown, claim or choice" : "a stock or a let");
    c.expect("=", "'=' and the value");
    const value = parseExpression(c);
    const begin = c.takeWord("from") ? parseExpression(c) : null;
    items.push({ kind: word === "set" ? "set" : "hold", target, value, from: begin, span: c.spanFrom(from) });
  };
  parseBlock(
    c,
    "suppose",
    clauses(
      {},
      {
        set: valued,
        hold: valued,
        force: () => {
          const from = c.previous.start;
          const event = parseTarget(c, "an event");
          c.expectWord("at", "'at' and a date");
          items.push({ kind: "force", event, at: parseExpression(c), span: c.spanFrom(from) });
        },
        forbid: () => {
          const from = c.previous.start;
          items.push({ kind: "forbid", event: parseTarget(c, "an event"), span: c.spanFrom(from) });
        },
      },
    ),
  );
  return { kind: "suppose", name, label, items, span: c.spanFrom(start) };
}

function addMarks(table: Map<string, Clause>, set: (mark: WrittenMark) => void): void {
  addAlternatives(table, "text, inferred, ours or wiring", markWords, (word) => set(word as WrittenMark));
}
