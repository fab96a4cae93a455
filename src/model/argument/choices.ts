/** Checks choices: whose they are, when, what is known then, and between what. */

import type { ChoiceNode, Name } from "#language/tree.ts";
import { timeDimension } from "../units/dimension.ts";
import type { DeclaredEntry } from "../scope/expand.ts";
import { checkHorizon } from "../lowering/horizon.ts";
import { lowerConstant } from "../lowering/lower-arithmetic.ts";
import type { Lowering } from "../lowering/lowering.ts";
import type { Choice } from "../model.ts";
import { checkActor } from "../lowering/named.ts";
import { ofKind } from "../scope/names.ts";
import { place } from "../scope/places.ts";
import { declaredOf } from "../world/quantities.ts";

/** The choices declared so far, with their times. */
type Earlier = Map<string, number | null>;

export function lowerChoices(use: Lowering): readonly Choice[] {
  const earlier: Earlier = new Map();
  return ofKind(use.scope.names, "choice").flatMap((entry) => {
    const choice = lowerChoice(entry, earlier, use);
    earlier.set(entry.name, choice?.at ?? null);
    return choice ?? [];
  });
}

function lowerChoice(entry: DeclaredEntry<ChoiceNode>, earlier: Earlier, use: Lowering): Choice | null {
  const { node } = entry;
  const by = checkActor(node.by, use);
  const at = node.at === null ? null : lowerConstant(node.at, timeDimension, place("constant"), use, "a date");
  if (at !== null && node.at !== null) checkHorizon("the date of the choice", at, node.at.span, use);
  const seen = new Set<string>();
  for (const option of node.options) {
    const name = option.name.text;
    if (seen.has(name) && name !== "")
      use.tell("duplicate-item", option.name.span, { what: "option", name, of: `the choice '${entry.name}'` });
    seen.add(name);
  }
  if (seen.size < 2) use.tell("one-option", node.span, { choice: entry.name });
  const fallback = node.default?.text ?? null;
  if (fallback !== null && node.default !== null && !seen.has(fallback))
    use.tell("unknown-option", node.default.span, {
      name: fallback,
      of: entry.name,
      options: [...seen],
      near: use.near(fallback, () => [...seen]),
    });
  return by === null
    ? null
    : {
        ...declaredOf(entry),
        by,
        at,
        knowing: [...new Set(node.knowing.flatMap((name) => known(name, entry.name, at, earlier, use) ?? []))],
        options: node.options.map((o) => ({ name: o.name.text, label: o.label?.text ?? o.name.text })),
        default: fallback,
        mark: node.mark,
      };
}

/** What a choice may know: choices declared before it and not dated after it, and events. */
function known(name: Name, choice: string, at: number | null, earlier: Earlier, use: Lowering): string | null {
  if (name.text === "") return null;
  if (earlier.has(name.text) && (earlier.get(name.text) ?? -Infinity) <= (at ?? Infinity)) return name.text;
  const declared = use.scope.names.byName.get(name.text)?.node.kind;
  if (declared === "event" || declared === "policy") return name.text;
  if (declared === "choice") use.tell("known-later", name.span, { choice, other: name.text });
  else {
    const events = use.scope.names.entries
      .filter((e) => e.node.kind === "event" || e.node.kind === "policy")
      .map((e) => e.name);
    use.tell("unknown-name", name.span, {
      wanted: "earlier choice or event",
      name: name.text,
      near: use.near(name.text, () => [...earlier.keys(), ...events]),
    });
  }
  return null;
}
