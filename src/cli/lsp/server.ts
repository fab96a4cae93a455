/** The language server: a connection in; answers about the open case to an editor out. Speaks LSP 3.17; what it answers comes from `#internal.ts`. */

import { existsSync, readFileSync } from "node:fs";
import { dirname, isAbsolute } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  CodeActionKind,
  CompletionItemKind,
  DiagnosticSeverity,
  InlayHintKind,
  MarkupKind,
  ResponseError,
  SymbolKind,
  TextDocuments,
  TextDocumentSyncKind,
  ErrorCodes,
  type CodeAction,
  type CompletionItem,
  type Connection,
  type Diagnostic as EditorDiagnostic,
  type DocumentSymbol,
  type InlayHint,
  type Location,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import {
  completionsAt,
  declarationsAt,
  format,
  hoverAt,
  LineIndex,
  outline,
  referencesAt,
  renameAt,
  wordAt,
  type Completion,
  type Diagnostic,
  type Document,
  type Edit,
  type Span,
} from "#internal.ts";
import { filesOf } from "../files.ts";
import type { ReadCase, CaseReading } from "../reading.ts";
import { movedEdits, moverOf, type Mover } from "./moved.ts";

/** The verdict of each conclusion of the case at `path`, in a few words; null where it could not be run. */
type RunVerdicts = (path: string) => Promise<ReadonlyMap<string, string> | null>;

/** One case as it now stands in the editor. */
interface Opened {
  readonly path: string;
  readonly documents: readonly Document[];
  readonly lines: ReadonlyMap<string, LineIndex>;
}

/** Milliseconds after the last key until a case is read for its diagnostics. */
const breath = 120;

/**
 * Serves `connection` until it is closed. `readCase` reads and checks a case behind the answers: these come at once, from the text as it now is and from
 * what was read last, whose places are carried over to that text.
 */
export function serveEditor(connection: Connection, readCase: ReadCase, runVerdicts: RunVerdicts): void {
  const open = new TextDocuments(TextDocument);
  const opened = new Map<string, Opened>();
  const read = new Map<string, CaseReading>();
  const verdicts = new Map<string, ReadonlyMap<string, string>>();
  const marked = new Map<string, ReadonlySet<string>>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  /** The case a file belongs to: its folder, or the file alone where several files there are cases of their own. */
  const caseOf = (uri: string): Opened => {
    const file = nameOf(uri);
    const folder = file === uri ? [] : filesOf(dirname(file));
    const textOf = (path: string): string =>
      open.get(addressOf(path))?.getText() ?? (existsSync(path) ? readFileSync(path, "utf8") : "");
    const all = [...new Set([...folder, file])].toSorted().map((path) => ({ name: path, text: textOf(path) }));
    const isAlone = all.filter((d) => /^[^\S\n]*case\s/m.test(d.text)).length > 1;
    const documents = isAlone ? all.filter((d) => d.name === file) : all;
    const path = isAlone || file === uri ? file : dirname(file);
    const known = opened.get(path);
    if (known !== undefined && isSameText(known.documents, documents)) return known;
    const lines = new Map(documents.map((d) => [d.name, new LineIndex(d.text)]));
    const found = { path, documents, lines };
    opened.set(path, found);
    return found;
  };

  /** What the case says as it now stands. */
  const readingOf = async ({ path, documents }: Opened): Promise<CaseReading> => {
    const known = read.get(path);
    if (known !== undefined && isSameText(known.documents, documents)) return known;
    const reading = await readCase({ path, documents });
    read.set(path, reading);
    return reading;
  };

  const publish = async (uri: string): Promise<void> => {
    const reading = await readingOf(caseOf(uri));
    const now = caseOf(uri);
    // What was written meanwhile is read after its own breath.
    if (!isSameText(reading.documents, now.documents)) return;
    const found = new Map<string, EditorDiagnostic[]>(now.documents.map((d) => [d.name, []]));
    for (const d of reading.diagnostics) found.get(d.span.document)?.push(asDiagnostic(d, now));
    for (const name of marked.get(now.path) ?? []) if (!found.has(name)) found.set(name, []);
    for (const [name, diagnostics] of found) void connection.sendDiagnostics({ uri: addressOf(name), diagnostics });
    marked.set(now.path, new Set(found.keys()));
  };

  const judge = async (uri: string): Promise<void> => {
    const now = caseOf(uri);
    const { model } = await readingOf(now);
    if (now.path === uri || model === null || model.conclusions.length === 0) return;
    const found = await runVerdicts(now.path);
    if (found === null) return;
    verdicts.set(now.path, found);
    void connection.languages.inlayHint.refresh();
  };

  const inLog = (work: Promise<void>): void => {
    work.catch((error: unknown) =>
      connection.console.error(error instanceof Error ? (error.stack ?? "") : String(error)),
    );
  };

  connection.onInitialize(() => ({
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      completionProvider: { triggerCharacters: [".", "~", ":"] },
      hoverProvider: true,
      definitionProvider: true,
      referencesProvider: true,
      renameProvider: { prepareProvider: true },
      documentFormattingProvider: true,
      documentSymbolProvider: true,
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.SourceFixAll] },
      inlayHintProvider: true,
    },
    serverInfo: { name: "casus" },
  }));

  open.onDidChangeContent(({ document: { uri } }) => {
    clearTimeout(timers.get(uri));
    timers.set(
      uri,
      setTimeout(() => inLog(publish(uri)), breath),
    );
  });
  open.onDidSave(({ document: { uri } }) => inLog(judge(uri)));
  open.onDidClose(({ document: { uri } }) => clearTimeout(timers.get(uri)));

  const placed = (uri: string, position: { readonly line: number; readonly character: number }) => {
    const now = caseOf(uri);
    const name = nameOf(uri);
    const document = now.documents.find((d) => d.name === name) ?? { name, text: "" };
    const offset = now.lines.get(name)?.offsetAt({ line: position.line + 1, column: position.character + 1 }) ?? 0;
    return { now, document, offset };
  };

  connection.onCompletion(({ textDocument, position }) => {
    const { now, document, offset } = placed(textDocument.uri, position);
    return completionsAt(now.documents, document, offset).map(asItem);
  });
  connection.onHover(({ textDocument, position }) => {
    const { now, document, offset } = placed(textDocument.uri, position);
    const lines = hoverAt(now.documents, document, offset, read.get(now.path)?.model ?? null);
    const word = wordAt(document, offset);
    return lines === null || word === null
      ? null
      : {
          contents: { kind: MarkupKind.Markdown, value: lines.join("\n\n") },
          range: rangeOf(word, now),
        };
  });
  connection.onDefinition(({ textDocument, position }) => {
    const { now, document, offset } = placed(textDocument.uri, position);
    return declarationsAt(now.documents, document, offset).map((o) => locationOf(o.span, now));
  });
  connection.onReferences(({ textDocument, position }) => {
    const { now, document, offset } = placed(textDocument.uri, position);
    return referencesAt(now.documents, document, offset).map((span) => locationOf(span, now));
  });
  connection.onPrepareRename(({ textDocument, position }) => {
    const { now, document, offset } = placed(textDocument.uri, position);
    const word = wordAt(document, offset);
    return word === null || declarationsAt(now.documents, document, offset).length === 0 ? null : rangeOf(word, now);
  });
  connection.onRenameRequest(({ textDocument, position, newName }) => {
    const { now, document, offset } = placed(textDocument.uri, position);
    const renamed = renameAt(now.documents, document, offset, newName);
    return "refused" in renamed
      ? new ResponseError(ErrorCodes.InvalidParams, renamed.refused)
      : workspaceEdit(renamed.edits, now);
  });
  connection.onDocumentFormatting(({ textDocument }): TextEdit[] => {
    const { now, document } = placed(textDocument.uri, { line: 0, character: 0 });
    const tidy = format(document);
    const whole: Span = { document: document.name, start: 0, end: document.text.length };
    return tidy === document.text ? [] : [{ range: rangeOf(whole, now), newText: tidy }];
  });
  connection.onDocumentSymbol(({ textDocument }) => {
    const { now, document } = placed(textDocument.uri, { line: 0, character: 0 });
    return symbolsOf(document, now);
  });
  connection.onCodeAction(({ textDocument, range }) => {
    const { now, document, offset: from } = placed(textDocument.uri, range.start);
    const { offset: to } = placed(textDocument.uri, range.end);
    const reading = read.get(now.path);
    if (reading === undefined) return [];
    const move = moverOf(reading.documents, now.documents);
    return reading.diagnostics.flatMap((d) => {
      const span = move(d.span);
      if (span === null || span.document !== document.name || span.start > to || from > span.end) return [];
      const moved = { ...d, span, notes: d.notes.flatMap((n) => movedNote(n, move)) };
      return d.fixes.flatMap((fix, i) => {
        const edits = movedEdits(fix.edits, move);
        return edits === null ? [] : [actionOf(moved, { ...fix, edits }, i === 0 && fix.isSure, now)];
      });
    });
  });
  connection.languages.inlayHint.on(({ textDocument }): InlayHint[] => {
    const { now, document } = placed(textDocument.uri, { line: 0, character: 0 });
    const found = verdicts.get(now.path);
    const reading = read.get(now.path);
    if (found === undefined || reading === undefined || reading.model === null) return [];
    const move = moverOf(reading.documents, now.documents);
    return reading.model.conclusions.flatMap(({ name, span }) => {
      const verdict = found.get(name);
      const at = move(span);
      if (verdict === undefined || at === null || at.document !== document.name) return [];
      return [{ position: rangeOf(at, now).end, label: verdict, kind: InlayHintKind.Type, paddingLeft: true }];
    });
  });

  open.listen(connection);
  connection.listen();
}

function isSameText(a: readonly Document[], b: readonly Document[]): boolean {
  return a.length === b.length && a.every((d, i) => d.name === b[i]?.name && d.text === b[i]?.text);
}

/** A note without a place stays; one whose place has been written over is left out. */
function movedNote(note: Diagnostic["notes"][number], move: Mover): Diagnostic["notes"] {
  const span = note.span === undefined ? null : move(note.span);
  return note.span === undefined ? [note] : span === null ? [] : [{ ...note, span }];
}

function rangeOf({ document, start, end }: Span, { lines }: Opened): Range {
  const at = (offset: number): Range["start"] => {
    const { line, column } = lines.get(document)?.positionAt(offset) ?? { line: 1, column: 1 };
    return { line: line - 1, character: column - 1 };
  };
  return { start: at(start), end: at(end) };
}

function locationOf(span: Span, opened: Opened): Location {
  return { uri: addressOf(span.document), range: rangeOf(span, opened) };
}

function asDiagnostic(d: Diagnostic, opened: Opened): EditorDiagnostic {
  return {
    range: rangeOf(d.span, opened),
    severity: d.severity === "error" ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    code: d.code,
    source: "casus",
    message: d.hint === "" ? d.message : `${d.message}\n${d.hint}`,
    relatedInformation: d.notes.flatMap((n) =>
      n.span === undefined ? [] : [{ location: locationOf(n.span, opened), message: n.message }],
    ),
  };
}

function workspaceEdit(edits: readonly Edit[], opened: Opened): WorkspaceEdit {
  const changes: Record<string, TextEdit[]> = {};
  for (const { span, text } of edits)
    (changes[addressOf(span.document)] ??= []).push({ range: rangeOf(span, opened), newText: text });
  return { changes };
}

function actionOf(d: Diagnostic, fix: Diagnostic["fixes"][number], isPreferred: boolean, opened: Opened): CodeAction {
  return {
    title: fix.title.charAt(0).toUpperCase() + fix.title.slice(1),
    kind: CodeActionKind.QuickFix,
    diagnostics: [asDiagnostic(d, opened)],
    isPreferred,
    edit: workspaceEdit(fix.edits, opened),
  };
}

const itemKinds: Readonly<Record<string, CompletionItemKind>> = {
  word: CompletionItemKind.Keyword,
  function: CompletionItemKind.Function,
  unit: CompletionItemKind.Unit,
  option: CompletionItemKind.EnumMember,
  choice: CompletionItemKind.Enum,
  event: CompletionItemKind.Event,
  claim: CompletionItemKind.Constant,
};

function asItem({ label, kind, detail, about }: Completion): CompletionItem {
  return { label, kind: itemKinds[kind] ?? CompletionItemKind.Variable, detail, documentation: about };
}

const symbolKinds: Readonly<Record<string, SymbolKind>> = {
  case: SymbolKind.Module,
  claim: SymbolKind.Constant,
  view: SymbolKind.Namespace,
  actor: SymbolKind.Class,
  choice: SymbolKind.Enum,
  policy: SymbolKind.Method,
  option: SymbolKind.EnumMember,
  event: SymbolKind.Event,
  conclusion: SymbolKind.Boolean,
};

/** Options stand under the choice or policy that offers them. */
function symbolsOf(document: Document, opened: Opened): DocumentSymbol[] {
  const found: DocumentSymbol[] = [];
  for (const o of outline(document)) {
    const range = rangeOf(o.span, opened);
    const symbol: DocumentSymbol = {
      name: o.name,
      detail: o.label === "" ? o.kind : `${o.kind}: ${o.label}`,
      kind: symbolKinds[o.kind] ?? SymbolKind.Variable,
      range,
      selectionRange: range,
    };
    const owner = found.at(-1);
    if ((o.kind === "option" || o.kind === "number") && owner !== undefined) {
      owner.children = [...(owner.children ?? []), symbol];
      owner.range = { start: owner.range.start, end: range.end };
    } else found.push(symbol);
  }
  return found;
}

/** The path of a file; a text that is in no file, such as one that was never saved, goes by its address. */
function nameOf(uri: string): string {
  try {
    return fileURLToPath(uri);
  } catch {
    return uri;
  }
}

function addressOf(name: string): string {
  return isAbsolute(name) ? pathToFileURL(name).href : name;
}
