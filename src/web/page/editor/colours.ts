/** The text in sight, coloured by the language's own lexer. */

import { Decoration, ViewPlugin, type DecorationSet, type EditorView, type ViewUpdate } from "@codemirror/view";
import { RangeSetBuilder } from "@codemirror/state";
import { isDeclarationWord, lex, wordsOfLanguage } from "#internal.ts";

const marks = Object.fromEntries(
  ["word", "start", "string", "number", "comment", "name"].map((c) => [c, Decoration.mark({ class: `c-${c}` })]),
) as Readonly<Record<string, Decoration>>;

/** A longer text is left plain: colouring it at every key would be felt. */
const longest = 200_000;

export const colours = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = coloured(view);
    }

    update(update: ViewUpdate): void {
      if (update.docChanged) this.decorations = coloured(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function coloured(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const text = view.state.doc.toString();
  if (text.length > longest) return builder.finish();
  const { tokens, comments } = lex({ name: "", text });
  const pieces = [
    ...comments.map((c) => ({ start: c.start, end: c.end, kind: "comment" })),
    ...tokens.flatMap((t) => {
      const kind =
        t.kind === "string"
          ? "string"
          : t.kind === "number" || t.kind === "percent" || t.kind === "date"
            ? "number"
            : t.kind === "name"
              ? t.first && isDeclarationWord(t.text)
                ? "start"
                : wordsOfLanguage.has(t.text)
                  ? "word"
                  : "name"
              : null;
      return kind === null ? [] : [{ start: t.start, end: t.end, kind }];
    }),
  ].toSorted((a, b) => a.start - b.start);
  for (const { start, end, kind } of pieces) if (end > start) builder.add(start, end, marks[kind] as Decoration);
  return builder.finish();
}
