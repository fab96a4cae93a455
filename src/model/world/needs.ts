/** Finds the lets and stocks whose value of the same moment an expression needs. */

import { walk, type Expression } from "../expression.ts";
import type { Memory } from "../lowering/lowering.ts";

interface Needs {
  readonly lets: readonly string[];
  readonly stocks: readonly string[];
}

/** What is named, and what stands behind a past value not yet past (its input) or a delay not yet over (its initial value). */
export function needsOf(e: Expression, memory: Memory): Needs {
  const lets = new Set<string>();
  const stocks = new Set<string>();
  const seen = new Set<string>();
  const visit = (root: Expression): void =>
    walk(root, (part) => {
      if (part.op === "let") lets.add(part.name);
      else if (part.op === "stock") stocks.add(part.name);
      else if ((part.op === "latch" || part.op === "delay") && !seen.has(part.name)) {
        seen.add(part.name);
        const first = memory.firstOf(part.name);
        if (first !== null) visit(first);
      }
    });
  visit(e);
  return { lets: [...lets], stocks: [...stocks] };
}
