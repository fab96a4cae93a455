/** Lowers bodies of lines that are all added or all multiplied to one expression, each `because` to an `if`; every line is kept as a term. */

import type { BodyNode, ExpressionNode, TermNode } from "#language/tree.ts";
import { isPlain, plainNumber } from "../units/dimension.ts";
import { walk, type Expression } from "../expression.ts";
import { constantOf, either, one, unary, zero } from "./fold.ts";
import { combine, lowerTruth, requireNumber, type WrittenOperand } from "./lower-arithmetic.ts";
import type { Lowering } from "./lowering.ts";
import type { Mark } from "../model.ts";
import { placeOfReasons, type Place } from "../scope/places.ts";
import { dimensionOf, mistaken, numberType, type Typed } from "../scope/typed.ts";
import { isIn, shortText, sourceLine } from "../scope/wording.ts";
import { insertAt } from "#text/fix.ts";
import type { Span } from "#text/span.ts";

/** Lowers a body; `owner` says what it belongs to: `let risk`. */
export function lowerBody(body: BodyNode, owner: string, where: Place, use: Lowering): Typed {
  const [first, ...rest] = body.terms;
  if (first === undefined) return mistaken;
  const isProduct = body.kind === "product";
  // One line alone may be the name of one of several things, which nothing can be added to.
  const head = lowerTerm({
    term: first,
    owner,
    part: isProduct ? "first factor" : "summand",
    where,
    use,
    mayBeWord: body.terms.length === 1 && first.because === null && first.operator !== "-",
  });
  // The first line of a sum carries its own sign; the others are combined by theirs.
  const isTaken = !isProduct && first.operator === "-" && head.value.type.kind !== "mistaken";
  const type = head.value.type.kind === "truth" ? numberType(plainNumber) : head.value.type;
  let total: WrittenOperand = isTaken
    ? { value: { expression: unary("neg", head.value.expression), type }, span: head.span }
    : head;
  for (const term of rest) {
    const next = lowerTerm({ term, owner, part: isProduct ? "factor" : "summand", where, use });
    // Both are lowered, so that mistakes in both are told.
    total = { value: combine(term.operator, total, next, use), span: total.span };
  }
  return total.value;
}

/** The flows of a stock as one net flow; zero where there are none. */
export function lowerFlows(
  flows: readonly TermNode[],
  owner: string,
  where: Place,
  use: Lowering,
): WrittenOperand | null {
  const [first] = flows;
  if (first === undefined) return null;
  return { value: lowerBody({ kind: "sum", terms: flows, span: first.span }, owner, where, use), span: first.span };
}

/** What a line is to its body. */
type Part = "summand" | "first factor" | "factor";

interface LowerTermInput {
  readonly term: TermNode;
  readonly owner: string;
  readonly part: Part;
  readonly where: Place;
  readonly use: Lowering;
  readonly mayBeWord?: boolean | undefined;
}

/**
 * One line. Where its claims are false it counts 0 in a sum and 1 in a product; the amount that a product begins with counts 0, since 1 has no unit.
 */
function lowerTerm({ term, owner, part, where, use, mayBeWord = false }: LowerTermInput): WrittenOperand {
  const value = use.lower(term.expression, where);
  const because = term.because === null ? null : lowerTruth(term.because, placeOfReasons(where), use);
  keepTerm(
    {
      owner,
      because,
      mark: term.mark,
      sign: term.operator,
      node: term.expression,
      value: value.expression,
      span: term.span,
    },
    use,
  );
  const isFine = mayBeWord ? value.type.kind !== "mistaken" : requireNumber({ value, span: term.expression.span }, use);
  if (!isFine || (term.because !== null && because === null)) return { value: mistaken, span: term.span };
  if (because === null) return { value, span: term.span, node: term.expression };
  const type = value.type.kind === "truth" ? numberType(plainNumber) : value.type;
  const dimension = dimensionOf(type);
  const hasUnit = dimension !== null && !isPlain(dimension);
  const otherwise = part === "summand" || (part === "first factor" && hasUnit) ? zero : one;
  if (part === "first factor" && !hasUnit)
    use.tell(
      "because-first-factor",
      term.span,
      { line: shortText(use.scope, term.span) },
      [],
      [insertAt(term.span.document, term.span.start, "1\n  * ", false)],
    );
  else if (part === "factor" && hasUnit)
    use.tell("because-factor-unit", term.span, {
      text: shortText(use.scope, term.expression.span),
      is: isIn(use.scope, type),
    });
  else if (constantOf(value.expression) === constantOf(otherwise))
    use.tell("idle-line", term.span, { line: shortText(use.scope, term.span), counts: part === "summand" ? 0 : 1 });
  return {
    value: { expression: either(because, value.expression, otherwise), type },
    span: term.span,
    node: term.expression,
  };
}

interface KeptLine {
  readonly owner: string;
  readonly because: Expression | null;
  readonly mark: Mark | null;
  readonly sign: "+" | "-" | "*" | "/";
  readonly node: ExpressionNode;
  readonly value: Expression;
  readonly span: Span;
}

export function keepTerm(line: KeptLine, use: Lowering): void {
  const claims = new Set<string>();
  const reads = new Set<string>();
  if (line.because !== null)
    walk(line.because, (e) => {
      if (e.op === "claim") claims.add(e.name);
    });
  walk(line.value, (e) => {
    if (e.op === "stock" || e.op === "let" || e.op === "unknown" || e.op === "shock") reads.add(e.name);
    else if (e.op === "claim") claims.add(e.name);
    else if (e.op === "believed") reads.add(e.unknown);
    else if (e.op === "happened" || e.op === "timeOf" || e.op === "since" || e.op === "count") reads.add(e.event);
    else if (e.op === "first") for (const event of e.events) reads.add(event);
    else if (e.op === "delay" || e.op === "latch")
      for (const input of use.memory.inputsOf(e.name))
        walk(input, (i) => {
          if (i.op === "stock" || i.op === "let") reads.add(i.name);
        });
  });
  use.keep({
    owner: line.owner,
    because: line.because,
    mark: line.mark,
    claims: [...claims],
    reads: [...reads],
    sign: line.sign,
    text: sourceLine(use.scope, line.node.span),
    span: line.span,
  });
}
