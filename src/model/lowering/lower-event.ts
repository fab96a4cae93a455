/** Lowers calls about events: happened, time_of, since, count, first. */

import type { ExpressionNode } from "#language/tree.ts";
import { horizon } from "../units/calendar.ts";
import { timeDimension } from "../units/dimension.ts";
import type { DeclaredEntry } from "../scope/expand.ts";
import type { Expression } from "../expression.ts";
import { balanced, constant } from "./fold.ts";
import type { FunctionEntry } from "../functions.ts";
import { lowerIn } from "./lower-arithmetic.ts";
import { openIndex, refer, tellFamily, tellNotHere, withArticle } from "./lower-name.ts";
import type { CallNode, Lowering } from "./lowering.ts";
import { mayRead, type Place } from "../scope/places.ts";
import { mistaken, numberType, truthType, type Typed } from "../scope/typed.ts";
import { sourceLine } from "../scope/wording.ts";
import { wordFor } from "../scope/expand.ts";

/** The name of the event an expression names: an event, the act of a policy, an option `policy.option`. Null, told, when it names none. */
export function eventNamed(node: ExpressionNode, where: Place, use: Lowering, isTarget = false): string | null {
  if (node.kind === "missing") return null;
  if (node.kind === "member") {
    const owner = refer({ kind: "name", name: node.owner, span: node.owner.span }, where, use);
    const policy = owner.kind === "entry" ? owner.entry : undefined;
    const options = policy?.node.kind === "policy" ? policy.node.options.map((o) => o.name.text) : [];
    if (policy === undefined || policy.node.kind !== "policy") return unknownEvent(node.owner.text, node, use);
    if (options.includes(node.name.text)) return `${policy.name}.${node.name.text}`;
    use.tell("unknown-option", node.name.span, {
      name: node.name.text,
      of: policy.name,
      options,
      near: use.near(node.name.text, () => options),
    });
    return null;
  }
  const reference = refer(node, where, use);
  switch (reference.kind) {
    case "mistaken":
      return null;
    case "family":
      tellFamily(reference, node, where, use, isTarget);
      return null;
    case "other":
      return unknownEvent(sourceLine(use.scope, node.span), node, use);
    case "entry":
      return eventOf(reference.entry, node, use);
  }
}

/** The same, where any member of a family is meant by its bare name; for a policy's option, in any of its members. */
export function eventsNamed(node: ExpressionNode, where: Place, use: Lowering): readonly string[] | null {
  const bare: ExpressionNode =
    node.kind === "member" ? { kind: "name", name: node.owner, span: node.owner.span } : node;
  const reference = bare.kind === "missing" ? null : refer(bare, where, use.quiet());
  if (reference?.kind !== "family") {
    const event = eventNamed(node, where, use);
    return event === null ? null : [event];
  }
  const open = openIndex(reference, where);
  if (open === null) return null;
  const members = open.elements.map((element) =>
    eventsNamed(node, { ...where, bindings: new Map(where.bindings).set(open.variable, element) }, use),
  );
  const known = members.filter((m) => m !== null);
  return known.length < members.length ? null : known.flat();
}

function eventOf(entry: DeclaredEntry, node: ExpressionNode, use: Lowering): string | null {
  const declared = entry.node;
  if (declared.kind === "event") return entry.name;
  if (declared.kind !== "policy") {
    use.tell("wrong-kind", node.span, {
      name: entry.name,
      kind: withArticle(wordFor(declared.kind)),
      wanted: "an event",
      write: null,
    });
    return null;
  }
  const [first] = declared.options;
  if (first === undefined) return entry.name;
  use.tell("wrong-kind", node.span, {
    name: entry.name,
    kind: "a policy with options",
    wanted: "an event",
    write: `${entry.name}.${first.name.text}`,
  });
  return null;
}

function unknownEvent(name: string, node: ExpressionNode, use: Lowering): null {
  const events = use.scope.names.entries
    .filter((e) => e.node.kind === "event" || e.node.kind === "policy")
    .map((e) => e.name);
  use.tell("unknown-name", node.span, { wanted: "event", name, near: use.near(name, () => events) });
  return null;
}

export function lowerEventCall(entry: FunctionEntry, node: CallNode, where: Place, use: Lowering): Typed {
  if (use.scope.isStatic) {
    use.tell("static-case", node.span, { what: "events" });
    return mistaken;
  }
  if (!mayRead(where, "event")) return tellNotHere(`${entry.name}(…)`, node, where, use);
  const [first, second] = node.arguments;
  if (first === undefined) return mistaken;
  if (entry.name === "first") return lowerFirst(node, where, use);
  if (entry.name === "count") {
    const events = eventsNamed(first, where, use);
    const parts = (events ?? []).map((event): Expression => ({ op: "count", event }));
    return events === null || !use.spend(parts.length, node.span)
      ? mistaken
      : { expression: balanced("add", parts), type: numberType({}) };
  }
  const event = eventNamed(first, where, use);
  const time = second === undefined ? null : lowerIn(second, timeDimension, where, use, "a time");
  if (event === null || (second !== undefined && time === null)) return mistaken;
  const timeType = numberType(timeDimension);
  switch (entry.name) {
    case "happened":
      return { expression: { op: "happened", event, by: time }, type: truthType };
    case "since":
      return { expression: { op: "since", event, otherwise: time ?? constant(0) }, type: timeType };
    default: {
      const { clock } = use.scope;
      const otherwise = time ?? constant(clock === null ? 0 : horizon(clock));
      return { expression: { op: "timeOf", event, otherwise }, type: timeType };
    }
  }
}

function lowerFirst(node: CallNode, where: Place, use: Lowering): Typed {
  const events = node.arguments.map((a) => eventNamed(a, where, use));
  const named = events.filter((e) => e !== null);
  if (named.length < events.length) return mistaken;
  return { expression: { op: "first", events: named }, type: { kind: "category", words: ["none", ...named] } };
}
