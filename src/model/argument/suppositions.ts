/** Checks what-ifs: what is set, held, forced or forbidden, and from which step on. */

import type { ExpressionNode, SupposeNode, SuppositionNode } from "#language/tree.ts";
import { plainNumber } from "../units/dimension.ts";
import { wordFor, type DeclaredEntry } from "../scope/expand.ts";
import { walk, type Expression } from "../expression.ts";
import { checkRivals } from "./groups.ts";
import { dateStep } from "../world/happenings.ts";
import { lowerIn } from "../lowering/lower-arithmetic.ts";
import { eventNamed } from "../lowering/lower-event.ts";
import { refer, tellFamily, withArticle } from "../lowering/lower-name.ts";
import type { Lowering } from "../lowering/lowering.ts";
import type { Let, Supposition, SuppositionItem, Unknown } from "../model.ts";
import { ofKind } from "../scope/names.ts";
import { needsOf } from "../world/needs.ts";
import { inOrder } from "../order.ts";
import { place } from "../scope/places.ts";
import { declaredOf, drawnOf, isBefore, type DrawnQuantity } from "../world/quantities.ts";
import { dimensionOf } from "../scope/typed.ts";
import { sourceLine } from "../scope/wording.ts";

export function lowerSuppositions(
  use: Lowering,
  unknowns: readonly Unknown[],
  lets: readonly Let[],
): readonly Supposition[] {
  const drawn = drawnOf(unknowns);
  const byName = new Map(lets.map((l) => [l.name, l]));
  return ofKind(use.scope.names, "suppose").map((entry: DeclaredEntry<SupposeNode>) => {
    const written = entry.node.items.flatMap((node) => {
      const item = lowerItem(node, use);
      return item === null ? [] : [{ node, item }];
    });
    checkTogether(entry, written, use);
    for (const { node, item } of written) if (item.kind === "setUnknown") checkUnknown(item, node, drawn, use);
    checkLets(
      entry,
      written.map((w) => w.item),
      byName,
      use,
    );
    return { ...declaredOf(entry), items: written.map((w) => w.item) };
  });
}

interface WrittenItem {
  readonly node: SuppositionNode;
  readonly item: SuppositionItem;
}

/** Each thing is set once (a stock or let: once a step), an event forced is not forbidden, rivals are not true together. */
function checkTogether(entry: DeclaredEntry<SupposeNode>, written: readonly WrittenItem[], use: Lowering): void {
  const seen = new Set<string>();
  const claims: Record<string, boolean> = {};
  const forbidden = new Set(written.flatMap(({ item }) => (item.kind === "forbidEvent" ? [item.event] : [])));
  for (const { node, item } of written) {
    const { name, key } = subjectOf(item);
    if (seen.has(key)) use.tell("done-twice", node.span, { name });
    seen.add(key);
    if (item.kind === "forceEvent" && forbidden.has(item.event)) use.tell("done-twice", node.span, { name });
    if (item.kind === "setClaim") claims[item.claim] = item.value;
  }
  checkRivals(claims, entry.node.name.span, use);
}

/** What an item is about; two items with the same key cannot both be done. */
function subjectOf(item: SuppositionItem): { readonly name: string; readonly key: string } {
  switch (item.kind) {
    case "setStock":
    case "holdStock":
      return { name: item.stock, key: `${item.stock} ${item.fromStep}` };
    case "setLet":
      return { name: item.let, key: `${item.let} ${item.fromStep}` };
    case "setUnknown":
      return { name: item.unknown, key: item.unknown };
    case "setClaim":
      return { name: item.claim, key: item.claim };
    case "setChoice":
      return { name: item.choice, key: item.choice };
    case "forceEvent":
      return { name: item.event, key: `${item.event} ${item.step}` };
    case "forbidEvent":
    case "quietEvent":
    case "setClock":
      return { name: item.event, key: item.event };
  }
}

function checkUnknown(
  item: Extract<SuppositionItem, { readonly kind: "setUnknown" }>,
  node: SuppositionNode,
  drawn: DrawnQuantity,
  use: Lowering,
): void {
  const needed = drawn.has(item.unknown)
    ? unknownsIn(item.value).find((name) => !isBefore(name, item.unknown, drawn))
    : undefined;
  if (needed !== undefined) use.tell("needs-later", node.span, { unknown: item.unknown, other: needed });
}

function unknownsIn(e: Expression): readonly string[] {
  const names: string[] = [];
  walk(e, (part) => {
    if (part.op === "unknown") names.push(part.name);
  });
  return names;
}

/** Tells when what lets are set to would make one of them follow from itself. */
function checkLets(
  entry: DeclaredEntry<SupposeNode>,
  items: readonly SuppositionItem[],
  byName: ReadonlyMap<string, Let>,
  use: Lowering,
): void {
  const set = items.filter((i) => i.kind === "setLet");
  // Only rings through what is set are new, so only what that needs is looked at.
  const { rings } = inOrder(
    set.flatMap((i) => byName.get(i.let) ?? []),
    (l) => {
      const own = set.filter((i) => i.let === l.name);
      // From the start on only what it is set to counts; from later on its own value does before.
      const values = [...own.map((i) => i.value), ...(own.some((i) => i.fromStep === 0) ? [] : [l.value])];
      return values.flatMap((e) => needsOf(e, use.memory).lets).flatMap((name) => byName.get(name) ?? []);
    },
  );
  for (const ring of rings)
    if (ring.some((l) => set.some((i) => i.let === l.name)))
      use.tell("ring", entry.node.name.span, { what: "lets", ring: ring.map((l) => l.name) });
}

function lowerItem(node: SuppositionNode, use: Lowering): SuppositionItem | null {
  if (use.scope.isStatic && (node.kind === "force" || node.kind === "forbid" || node.kind === "hold")) {
    use.tell("static-case", node.span, { what: `'${node.kind}'` });
    return null;
  }
  switch (node.kind) {
    case "force": {
      const event = eventNamed(node.event, place("run"), use, true);
      const step = dateStep("the date of the event", node.at, place("constant"), use);
      return event === null || step === null ? null : { kind: "forceEvent", event, step };
    }
    case "forbid": {
      const event = eventNamed(node.event, place("run"), use, true);
      return event === null ? null : { kind: "forbidEvent", event };
    }
    case "set":
    case "hold":
      return lowerSetting(node, use);
  }
}

function lowerSetting(
  node: Extract<SuppositionNode, { readonly kind: "set" | "hold" }>,
  use: Lowering,
): SuppositionItem | null {
  if (node.target.kind === "missing") return null;
  const reference = refer(node.target, place("run"), use);
  if (reference.kind === "mistaken") return null;
  if (reference.kind === "family") {
    tellFamily(reference, node.target, place("run"), use, true);
    return null;
  }
  if (reference.kind === "other") {
    const name = sourceLine(use.scope, node.target.span);
    const possible = use.scope.names.entries
      .filter((e) => ["stock", "let", "unknown", "claim", "choice"].includes(e.node.kind))
      .map((e) => e.name);
    use.tell("unknown-name", node.target.span, {
      wanted: "stock, let, unknown, claim or choice",
      name,
      near: use.near(name, () => possible),
    });
    return null;
  }
  const { entry } = reference;
  const { kind } = entry.node;
  const isLasting = kind === "stock" || kind === "let";
  if (!isLasting && node.from !== null) use.tell("from-for-whole-run", node.from.span, { kind: wordFor(kind) });
  if (!isLasting && node.kind === "hold") {
    use.tell("wrong-kind", node.target.span, {
      name: entry.name,
      kind: withArticle(wordFor(kind)),
      wanted: "a stock or a let",
      write: `set ${entry.name} = …`,
    });
    return null;
  }
  const fromStep = node.from === null ? 0 : dateStep("the date", node.from, place("constant"), use);
  if (kind === "choice") return choiceItem(entry, node.value, use);
  if (kind === "claim") return claimItem(entry.name, node.value, use);
  if (!isLasting && kind !== "unknown") {
    use.tell("wrong-kind", node.target.span, {
      name: entry.name,
      kind: withArticle(wordFor(kind)),
      wanted: "a stock, let, unknown, claim or choice",
      write: null,
    });
    return null;
  }
  const value = lowerIn(
    node.value,
    dimensionOf(use.typeOf(entry)) ?? plainNumber,
    place(kind === "unknown" ? "belief" : "run"),
    use,
  );
  if (value === null || fromStep === null) return null;
  if (kind === "unknown") return { kind: "setUnknown", unknown: entry.name, value };
  if (kind === "let") return { kind: "setLet", let: entry.name, value, fromStep };
  const kept = { stock: entry.name, value, fromStep };
  return node.kind === "set" ? { kind: "setStock", ...kept } : { kind: "holdStock", ...kept };
}

function choiceItem(entry: DeclaredEntry, value: ExpressionNode, use: Lowering): SuppositionItem | null {
  const options = entry.node.kind === "choice" ? entry.node.options.map((o) => o.name.text) : [];
  const option = value.kind === "name" ? value.name.text : sourceLine(use.scope, value.span);
  if (options.includes(option)) return { kind: "setChoice", choice: entry.name, option };
  use.tell("unknown-option", value.span, {
    name: option,
    of: entry.name,
    options,
    near: use.near(option, () => options),
  });
  return null;
}

function claimItem(claim: string, value: ExpressionNode, use: Lowering): SuppositionItem | null {
  if (value.kind === "boolean") return { kind: "setClaim", claim, value: value.value };
  if (value.kind !== "missing") use.tell("claim-value", value.span, { claim });
  return null;
}
