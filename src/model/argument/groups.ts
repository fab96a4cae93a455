/** Checks groups of claims that exclude one another (`one of`), and whether their chances can hold together. */

import type { Span } from "#text/span.ts";
import type { OneOfNode } from "#language/tree.ts";
import { shortNumber } from "../units/calendar.ts";
import type { DeclaredEntry } from "../scope/expand.ts";
import { walk, type Expression } from "../expression.ts";
import { binary, constantOf, either, truth, unary } from "../lowering/fold.ts";
import type { Lowering } from "../lowering/lowering.ts";
import type { CredenceRow, Group } from "../model.ts";
import { checkNamed } from "../lowering/named.ts";
import { ofKind } from "../scope/names.ts";

/** Rows of credences by claim. */
export type GroupCredences = Readonly<Record<string, readonly CredenceRow[]>>;

/** The most claims that the conditions within one group may ask about: every way they can fall is added up. */
const conditionLimit = 10;

/** A group without a name is known by its claims, so that its luck does not change when another is declared before it. */
export function lowerGroups(use: Lowering): readonly Group[] {
  const taken = new Map<string, string>();
  return ofKind(use.scope.names, "oneOf").map((entry: DeclaredEntry<OneOfNode>): Group => {
    const { node } = entry;
    const name = node.name?.text ?? `one of ${node.claims.map((c) => c.text).join(", ")}`;
    const claims: string[] = [];
    for (const claim of node.claims) {
      const known = checkNamed(claim, "claim", use);
      if (known === null) continue;
      const other = taken.get(known);
      if (other === undefined) claims.push(known);
      else if (claims.includes(known))
        use.tell("duplicate-item", claim.span, { what: "claim", name: known, of: "this 'one of'" });
      else use.tell("claim-in-two", claim.span, { claim: known, other });
      taken.set(known, other ?? name);
    }
    return { name, claims, neither: node.neither, span: node.span };
  });
}

/** Claims of a group about which nothing was said share what the others leave, `neither` included. */
export function shareOut(own: GroupCredences, groups: readonly Group[], unsaid: ReadonlySet<string>): GroupCredences {
  const shared: Record<string, readonly CredenceRow[]> = { ...own };
  for (const group of groups) {
    const open = group.claims.filter((c) => unsaid.has(c));
    const said = group.claims
      .filter((c) => !unsaid.has(c))
      .reduce((sum, c) => sum + (own[c]?.at(-1)?.credence ?? 0), 0);
    const each = Math.max(0, 1 - said) / (open.length + (group.neither ? 1 : 0));
    for (const claim of open) shared[claim] = [{ credence: each, given: null, word: null }];
  }
  return shared;
}

/** `every claim 50%` within a group: alternatives share equally, and none gets more than was asked for where `neither` can take the rest. */
export function equalShare(group: Group, credence: number): number {
  const equal = 1 / (group.claims.length + (group.neither ? 1 : 0));
  return group.neither ? Math.min(credence, equal) : equal;
}

/**
 * Tells when the chances of a group's claims cannot hold together: above 100 % in all, or not 100 % where one of them must be true. Where
 * they hang on other claims, every way in which those can fall is added up.
 */
export function checkGroup(
  group: Group,
  credences: GroupCredences,
  groups: readonly Group[],
  span: Span,
  use: Lowering,
): void {
  const members = group.claims.map((c) => credences[c] ?? []);
  const asked = [
    ...new Set(members.flatMap((rows) => rows.flatMap((r) => (r.given === null ? [] : claimsIn(r.given))))),
  ];
  if (asked.length > conditionLimit) {
    use.tell("group-conditions", span, { group: group.name, limit: conditionLimit });
    return;
  }
  for (let pattern = 0; pattern < 2 ** asked.length; pattern++) {
    const truths = new Map(asked.map((claim, i) => [claim, Math.floor(pattern / 2 ** i) % 2 === 1]));
    if (!isPossible(truths, groups)) continue;
    const chances = members.map((rows) => rows.find((r) => r.given === null || isSettled(r.given, truths))?.credence);
    // A claim without a last row has been told.
    const total = chances.reduce<number>((sum, c) => sum + (c ?? Number.NaN), 0);
    const isFine = group.neither ? !(total > 1 + 1e-9) : !(Math.abs(total - 1) > 1e-9);
    if (isFine) continue;
    const where = asked.length === 0 ? null : asked.map((c) => (truths.get(c) === true ? c : `not ${c}`)).join(" and ");
    use.tell("group-sum", span, { group: group.name, total: shortNumber(total * 100), isExact: !group.neither, where });
    return;
  }
}

function claimsIn(e: Expression): readonly string[] {
  const names: string[] = [];
  walk(e, (part) => {
    if (part.op === "claim") names.push(part.name);
  });
  return names;
}

/** False where two rivals would both be true, or none of a list of which one must be. */
function isPossible(truths: ReadonlyMap<string, boolean>, groups: readonly Group[]): boolean {
  return groups.every((g) => {
    const ons = g.claims.filter((c) => truths.get(c) === true).length;
    return ons <= 1 && (g.neither || g.claims.length === 0 || !g.claims.every((c) => truths.get(c) === false));
  });
}

function isSettled(given: Expression, truths: ReadonlyMap<string, boolean>): boolean {
  const value = constantOf(settle(given, truths));
  return value !== null && value !== 0;
}

/** A condition on claims, worked out. */
function settle(e: Expression, truths: ReadonlyMap<string, boolean>): Expression {
  if (e.op === "claim") return truth(truths.get(e.name) === true);
  if (e.op === "unary") return unary(e.operator, settle(e.operand, truths));
  if (e.op === "binary") return binary(e.operator, settle(e.left, truths), settle(e.right, truths));
  return e.op === "if" ? either(settle(e.condition, truths), settle(e.then, truths), settle(e.else, truths)) : e;
}

/** Tells when claims that are made true or false together cannot be so: two rivals true, or all of them false where one must be true. */
export function checkRivals(claims: Readonly<Record<string, boolean>>, span: Span, use: Lowering): boolean {
  let isFine = true;
  for (const { node } of ofKind(use.scope.names, "oneOf")) {
    const members = node.claims.map((c) => c.text);
    const ons = members.filter((c) => Object.hasOwn(claims, c) && claims[c] === true);
    const [first, second] = ons;
    if (first !== undefined && second !== undefined) use.tell("rivals-together", span, { first, second });
    else if (!node.neither && members.every((c) => Object.hasOwn(claims, c) && claims[c] === false))
      use.tell("rivals-all-off", span, { claims: members });
    else continue;
    isFine = false;
  }
  return isFine;
}
