/** What could stand at the cursor, and what the word there means: the answers of the language server, in the page's editor. */

import type { CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { hoverTooltip, type Tooltip } from "@codemirror/view";
import { completionsAt, hoverAt, wordAt, type Completion, type Document, type Model } from "#internal.ts";

/** The case as it is being written: its documents, the one that is shown, and the model where the text reads. */
export interface EditedCase {
  readonly documents: readonly Document[];
  readonly shown: Document;
  readonly model: Model | null;
}

export function completions(written: () => EditedCase): (context: CompletionContext) => CompletionResult | null {
  return (context) => {
    const word = context.matchBefore(/[\p{L}_][\p{L}\p{M}\p{N}_]*/u);
    if (word === null && !context.explicit) return null;
    const { documents, shown } = written();
    const options = completionsAt(documents, shown, context.pos).map(({ label, kind, detail, about }) => ({
      label,
      detail,
      info: about,
      type: kindOf(kind),
    }));
    return { from: word?.from ?? context.pos, options, validFor: /^[\p{L}\p{M}\p{N}_]*$/u };
  };
}

function kindOf(kind: Completion["kind"]): string {
  switch (kind) {
    case "word":
      return "keyword";
    case "function":
      return "function";
    case "claim":
      return "constant";
    default:
      return "variable";
  }
}

export function hover(written: () => EditedCase): ReturnType<typeof hoverTooltip> {
  return hoverTooltip((_, at): Tooltip | null => {
    const { documents, shown, model } = written();
    const word = wordAt(shown, at);
    const lines = word === null ? null : hoverAt(documents, shown, at, model);
    if (word === null || lines === null) return null;
    return {
      pos: word.start,
      end: word.end,
      above: true,
      create: () => {
        const dom = document.createElement("div");
        dom.className = "hover";
        for (const line of lines) dom.append(shownLine(line));
        return { dom };
      },
    };
  });
}

/** A line of Markdown in which only what stands between two stars is strong. */
function shownLine(line: string): HTMLElement {
  const row = document.createElement("div");
  line.split("**").forEach((part, i) => {
    const piece = document.createElement(i % 2 === 1 ? "strong" : "span");
    piece.textContent = part;
    row.append(piece);
  });
  return row;
}
