/** Checks what is done in a figure, a run or a piece of evidence: `choice = option`, claims, names of `suppose`, joined by `and`. */

import { replaceBy } from "#text/fix.ts";
import { noClaim } from "#language/words.ts";
import type { ExpressionNode, SupposeNode } from "#language/tree.ts";
import { checkRivals } from "./groups.ts";
import { refer } from "../lowering/lower-name.ts";
import type { Lowering } from "../lowering/lowering.ts";
import type { Intervention } from "../model.ts";
import { ofKind } from "../scope/names.ts";
import type { Place } from "../scope/places.ts";
import { sourceLine } from "../scope/wording.ts";

const noIntervention: Intervention = { choices: {}, claims: {}, suppositions: [] };

interface Drafted {
  readonly choices: Record<string, string>;
  readonly claims: Record<string, boolean>;
  readonly suppositions: string[];
}

/** What is done in a figure, evidence or forecast: what it says itself and, where it is silent, the situation that the case names. */
export function lowerDone(node: ExpressionNode | null, where: Place, use: Lowering): Intervention | null {
  const own = node === null ? noIntervention : lowerIntervention(node, where, use);
  const [entry] = ofKind(use.scope.names, "case");
  const stated = entry?.node.situation ?? null;
  // What is wrong in it is told where it stands.
  const around = stated === null ? null : lowerIntervention(stated, where, use.quiet());
  if (own === null || around === null) return own;
  return {
    choices: { ...around.choices, ...own.choices },
    claims: { ...around.claims, ...own.claims },
    suppositions: [...new Set([...around.suppositions, ...own.suppositions])],
  };
}

/** Null, told, for anything that cannot be done, or not all at once. */
export function lowerIntervention(node: ExpressionNode, where: Place, use: Lowering): Intervention | null {
  const drafted: Drafted = { choices: {}, claims: {}, suppositions: [] };
  if (!addTo(drafted, node, where, use)) return null;
  return agrees(drafted, node, use) ? drafted : null;
}

function addTo(drafted: Drafted, node: ExpressionNode, where: Place, use: Lowering): boolean {
  if (node.kind === "binary" && node.operator === "and") {
    const left = addTo(drafted, node.left, where, use);
    return addTo(drafted, node.right, where, use) && left;
  }
  if (node.kind === "binary" && node.operator === "=" && node.left.kind === "name")
    return addChoice(drafted, node.left.name.text, node, where, use);
  const isNegated = node.kind === "unary" && node.operator === "not";
  const inner = isNegated ? node.operand : node;
  if (inner.kind === "name") return addNamed(drafted, inner.name.text, !isNegated, node, use);
  if (node.kind !== "missing") {
    const isOption = inner.kind === "member" && choicesWith(inner.name.text, use).includes(inner.owner.text);
    const meant = inner.kind === "member" ? `${inner.owner.text} = ${inner.name.text}` : "";
    const fixes = isOption ? [replaceBy(inner.span, meant)] : [];
    use.tell("not-an-intervention", node.span, { text: sourceLine(use.scope, node.span) }, [], fixes);
  }
  return false;
}

/** The choices that have an option of this name. */
function choicesWith(option: string, use: Lowering): readonly string[] {
  return use.scope.names.entries.flatMap(({ name, node }) =>
    node.kind === "choice" && node.options.some((o) => o.name.text === option) ? [name] : [],
  );
}

function addChoice(
  drafted: Drafted,
  name: string,
  node: ExpressionNode & { readonly kind: "binary" },
  where: Place,
  use: Lowering,
): boolean {
  const reference = refer(node.left, where, use);
  if (reference.kind !== "entry" || reference.entry.node.kind !== "choice") {
    if (reference.kind === "other") {
      const near = use.near(name, () =>
        use.scope.names.entries.filter((e) => e.node.kind === "choice").map((e) => e.name),
      );
      use.tell("unknown-name", node.left.span, { wanted: "choice", name, near });
    } else if (reference.kind !== "mistaken")
      use.tell("not-an-intervention", node.span, { text: sourceLine(use.scope, node.span) });
    return false;
  }
  if (node.right.kind === "missing") return false;
  const options = reference.entry.node.options.map((o) => o.name.text);
  const option = node.right.kind === "name" ? node.right.name.text : sourceLine(use.scope, node.right.span);
  if (!options.includes(option)) {
    use.tell("unknown-option", node.right.span, {
      name: option,
      of: name,
      options,
      near: use.near(option, () => options),
    });
    return false;
  }
  return put(drafted.choices, name, option, node, use);
}

function addNamed(drafted: Drafted, name: string, isTrue: boolean, node: ExpressionNode, use: Lowering): boolean {
  if (name === noClaim && isTrue) {
    const claims = use.scope.names.entries.filter((e) => e.node.kind === "claim");
    return claims.every((claim) => put(drafted.claims, claim.name, false, node, use));
  }
  const declared = use.scope.names.byName.get(name)?.node;
  if (declared?.kind === "claim") return put(drafted.claims, name, isTrue, node, use);
  if (declared?.kind === "suppose" && isTrue) {
    if (!drafted.suppositions.includes(name)) drafted.suppositions.push(name);
    return true;
  }
  if (declared === undefined) {
    const possible = (): readonly string[] =>
      use.scope.names.entries.filter((e) => e.node.kind === "claim" || e.node.kind === "suppose").map((e) => e.name);
    const options = isTrue ? choicesWith(name, use).map((choice) => `${choice} = ${name}`) : [];
    const near = options.length > 0 ? options : use.near(name, possible);
    use.tell("unknown-name", node.span, { wanted: "claim or 'suppose'", name, near });
  } else use.tell("not-an-intervention", node.span, { text: sourceLine(use.scope, node.span) });
  return false;
}

function put<T>(into: Record<string, T>, name: string, value: T, node: ExpressionNode, use: Lowering): boolean {
  if (Object.hasOwn(into, name) && into[name] !== value) {
    use.tell("done-twice", node.span, { name });
    return false;
  }
  into[name] = value;
  return true;
}

/** Tells when what is named and what its suppositions set cannot all be done. What is wrong within one supposition is told there. */
function agrees(drafted: Drafted, node: ExpressionNode, use: Lowering): boolean {
  const choices = { ...drafted.choices };
  const claims = { ...drafted.claims };
  let isFine = true;
  for (const name of drafted.suppositions) {
    const declared = use.scope.names.byName.get(name)?.node;
    if (declared?.kind !== "suppose") continue;
    const fixed = fixedBy(declared, use);
    for (const [choice, option] of fixed.choices) isFine = put(choices, choice, option, node, use) && isFine;
    for (const [claim, value] of fixed.claims) isFine = put(claims, claim, value, node, use) && isFine;
  }
  const isOneSupposition = drafted.suppositions.length === 1 && Object.keys(drafted.claims).length === 0;
  return isFine && (isOneSupposition || checkRivals(claims, node.span, use));
}

/** The claims and choices a `suppose` sets, as it is written. */
function fixedBy(
  node: SupposeNode,
  use: Lowering,
): { readonly choices: ReadonlyMap<string, string>; readonly claims: ReadonlyMap<string, boolean> } {
  const choices = new Map<string, string>();
  const claims = new Map<string, boolean>();
  for (const item of node.items) {
    if (item.kind !== "set" || item.target.kind !== "name") continue;
    const name = item.target.name.text;
    const kind = use.scope.names.byName.get(name)?.node.kind;
    if (kind === "claim" && item.value.kind === "boolean") claims.set(name, item.value.value);
    if (kind === "choice" && item.value.kind === "name") choices.set(name, item.value.name.text);
  }
  return { choices, claims };
}
