/** What a name means, where it is declared, what could stand here: from the outline of the whole case. */

import type { CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { hoverTooltip, type EditorView, type Tooltip } from "@codemirror/view";
import { declarationWordList, type Outlined } from "#internal.ts";

type Outline = () => readonly Outlined[];

const nameAt = /[\p{L}_][\p{L}\p{M}\p{N}_]*/gu;

export interface NameAt {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

export function nameUnder(view: EditorView, at: number): NameAt | null {
  const line = view.state.doc.lineAt(at);
  for (const match of line.text.matchAll(nameAt)) {
    const from = line.from + match.index;
    const to = from + match[0].length;
    if (from <= at && at <= to) return { text: match[0], from, to };
  }
  return null;
}

export function completions(outline: Outline): (context: CompletionContext) => CompletionResult | null {
  return (context) => {
    const word = context.matchBefore(/[\p{L}_][\p{L}\p{M}\p{N}_]*/u);
    if (word === null && !context.explicit) return null;
    const from = word?.from ?? context.pos;
    const atHead = /^\s*$/.test(
      context.state.doc.lineAt(from).text.slice(0, from - context.state.doc.lineAt(from).from),
    );
    const names = [...new Map(outline().map((o) => [o.name, o])).values()].map((o) => ({
      label: o.name,
      detail: [o.kind, o.unit].filter((t) => t !== "").join(" : "),
      info: o.label,
      type: o.kind === "claim" ? "constant" : "variable",
    }));
    const words = atHead ? declarationWordList.map((w) => ({ label: w, type: "keyword", detail: "declaration" })) : [];
    return { from, options: [...words, ...names], validFor: /^[\p{L}\p{M}\p{N}_]*$/u };
  };
}

export function hover(outline: Outline): ReturnType<typeof hoverTooltip> {
  return hoverTooltip((view, at): Tooltip | null => {
    const name = nameUnder(view, at);
    const found = name === null ? undefined : outline().find((o) => o.name === name.text);
    if (name === null || found === undefined) return null;
    return {
      pos: name.from,
      end: name.to,
      above: true,
      create: () => {
        const dom = document.createElement("div");
        dom.className = "hover";
        const head = document.createElement("strong");
        head.textContent = `${found.kind} ${found.name}${found.unit === "" ? "" : ` : ${found.unit}`}`;
        const words = document.createElement("div");
        words.textContent = found.label;
        dom.append(head, words);
        return { dom };
      },
    };
  });
}
