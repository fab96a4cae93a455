/** The editor's style, for its shadow root; colours come from the page. */

export function editorSheet(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
.cm-editor { font-size: 14px; border: 1px solid var(--edge); border-radius: 5px; height: min(70vh, 640px); background: var(--paper); color: var(--ink); }
.cm-editor .cm-scroller { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; line-height: 1.5; }
.cm-editor .cm-gutters { background: var(--wash); color: var(--soft); border: 0; }
.cm-editor .cm-content { caret-color: var(--ink); }
.cm-editor .cm-cursor { border-left-color: var(--ink); }
.cm-editor .cm-activeLine { background: color-mix(in srgb, var(--wash) 60%, transparent); }
.cm-editor .cm-selectionBackground, .cm-editor.cm-focused .cm-selectionBackground { background: color-mix(in srgb, var(--side-1) 28%, transparent) !important; }
.cm-editor .cm-tooltip { background: var(--paper); color: var(--ink); border: 1px solid var(--edge); max-width: 480px; }
.cm-editor .cm-panels { background: var(--wash); color: var(--ink); }
.cm-editor .cm-tooltip-autocomplete ul li[aria-selected] { background: var(--side-1); color: var(--paper); }
.cm-diagnostic { padding: 4px 8px; white-space: pre-wrap; }
.hover { padding: 6px 10px; font: 13.5px/1.4 var(--sans); }
.c-start { color: var(--side-1); font-weight: 700; }
.c-word { color: var(--side-3); }
.c-string { color: var(--good); }
.c-number { color: var(--side-0); }
.c-comment { color: var(--soft); font-style: italic; }
`);
  return sheet;
}
