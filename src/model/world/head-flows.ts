/** Finds, by its unit, what is written on a stock's own line and is a flow, and tells on which line it should be. */

import type { Edit } from "#text/fix.ts";
import type { Span } from "#text/span.ts";
import type { ExpressionNode, StockNode } from "#language/tree.ts";
import type { Lowering } from "../lowering/lowering.ts";
import { place } from "../scope/places.ts";
import type { DeclaredEntry } from "../scope/expand.ts";
import { dimensionOf, type Type } from "../scope/typed.ts";
import { perTime, product, sameDimension } from "../units/dimension.ts";
import { isIn, shortText, sourceLine } from "../scope/wording.ts";

/** One of several that are added or taken away; `span` begins at its operator, which the first has not. */
interface Addend {
  readonly operator: "+" | "-" | null;
  readonly node: ExpressionNode;
  readonly span: Span;
}

/** Tells of the flows on the stock's own line, all at once, with the lines to write; true where there is one. */
export function tellHeadFlows(entry: DeclaredEntry<StockNode>, use: Lowering): boolean {
  const { node } = entry;
  const typeOf = (of: ExpressionNode): Type => use.quiet().lower(of, place("run", entry.bindings)).type;
  const [first, ...rest] = addendsOf(node.initial);
  const level = node.unit === null ? dimensionOf(typeOf(first.node)) : dimensionOf(use.typeOf(entry));
  if (level === null) return false;
  const wanted = product(level, perTime);
  const high = node.within?.high ?? null;
  const bound = high === null ? [] : addendsOf(high).slice(1);
  const flows = [first, ...rest, ...bound].filter((addend) => {
    const own = dimensionOf(typeOf(addend.node));
    return own !== null && sameDimension(own, wanted);
  });
  const [flow] = flows;
  if (flow === undefined) return false;
  const lines = flows.map((f) => `${f.operator ?? "+"} ${sourceLine(use.scope, f.node.span)}`);
  const cuts = flows.map((f): Edit => ({ span: f.span, text: f.operator === null ? "0" : "" }));
  use.tell(
    "flow-on-first-line",
    pointed(flow, use),
    {
      text: shortText(use.scope, flow.span),
      is: isIn(use.scope, typeOf(flow.node)),
      stock: entry.name,
      lines,
      isStart: flow.operator === null,
    },
    [],
    [{ title: "move it to a line of its own", edits: [...cuts, below(node, lines, use)], isSure: false }],
  );
  return true;
}

/** What a sum adds up, in order; anything else is one addend. */
function addendsOf(whole: ExpressionNode): readonly [Addend, ...(readonly Addend[])] {
  const rest: Addend[] = [];
  let node = whole;
  while (node.kind === "binary" && (node.operator === "+" || node.operator === "-")) {
    rest.push({ operator: node.operator, node: node.right, span: { ...node.right.span, start: node.left.span.end } });
    node = node.left;
  }
  return [{ operator: null, node, span: node.span }, ...rest.toReversed()];
}

/** The lines before the stock's first flow, or at its end where it has none. */
function below(node: StockNode, lines: readonly string[], use: Lowering): Edit {
  const [next] = node.flows;
  const at = next?.span.start ?? node.span.end;
  const indent = /[ \t]*$/.exec(use.scope.texts.get(node.span.document)?.slice(0, at) ?? "")?.[0] ?? "";
  const span = { ...node.span, start: at, end: at };
  return next === undefined
    ? { span, text: lines.map((line) => `\n  ${line}`).join("") }
    : { span, text: lines.map((line) => `${line}\n${indent}`).join("") };
}

/** From the operator on: what the message points at. */
function pointed({ node, span }: Addend, use: Lowering): Span {
  const before = use.scope.texts.get(span.document)?.slice(span.start, node.span.start) ?? "";
  return { ...span, start: span.start + Math.max(0, before.search(/[+-]/)) };
}
