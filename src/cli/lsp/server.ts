/** The language server: a connection in; answers about the open case to an editor out. Speaks LSP 3.17; what it answers comes from `#internal.ts`. */

import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
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
  readModel,
  referencesAt,
  renameAt,
  wordAt,
  type Completion,
  type Diagnostic,
  type Document,
  type Edit,
  type Model,
  type Span,
} from "#internal.ts";
import { filesOf } from "../files.ts";
import { columnsBeside } from "../load.ts";

/** The verdict of each conclusion of the case at `path`, in a few words; null where it could not be run. */
type RunVerdicts = (path: string) => Promise<ReadonlyMap<string, string> | null>;

/** One case as it stands in the editor, read. */
interface Opened {
  readonly path: string;
  readonly documents: readonly Document[];
  readonly lines: ReadonlyMap<string, LineIndex>;
  readonly model: Model | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Milliseconds after the last key until a case is read for its diagnostics. */
const breath = 120;

/** Serves `connection` until it is closed. */
export function serveEditor(connection: Connection, runVerdicts: RunVerdicts): void {
  const open = new TextDocuments(TextDocument);
  const read = new Map<string, Opened>();
  const verdicts = new Map<string, ReadonlyMap<string, string>>();
  const marked = new Map<string, ReadonlySet<string>>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  /** The case a file belongs to: its folder, or the file alone where several files there are cases of their own. */
  const caseOf = (uri: string): Opened => {
    const file = fileURLToPath(uri);
    const folder = filesOf(dirname(file));
    const textOf = (path: string): string =>
      open.get(pathToFileURL(path).href)?.getText() ?? (existsSync(path) ? readFileSync(path, "utf8") : "");
    const all = [...new Set([...folder, file])].toSorted().map((path) => ({ name: path, text: textOf(path) }));
    const isAlone = all.filter((d) => /^[^\S\n]*case\s/m.test(d.text)).length > 1;
    const documents = isAlone ? all.filter((d) => d.name === file) : all;
    const path = isAlone ? file : dirname(file);
    const known = read.get(path);
    if (known !== undefined && isSameText(known.documents, documents)) return known;
    const [model, diagnostics] = readModel(documents, columnsBeside(path));
    const lines = new Map(documents.map((d) => [d.name, new LineIndex(d.text)]));
    const opened = { path, documents, lines, model, diagnostics };
    read.set(path, opened);
    return opened;
  };

  const publish = (uri: string): void => {
    const opened = caseOf(uri);
    const found = new Map<string, EditorDiagnostic[]>(opened.documents.map((d) => [d.name, []]));
    for (const d of opened.diagnostics) found.get(d.span.document)?.push(asDiagnostic(d, opened));
    for (const name of marked.get(opened.path) ?? []) if (!found.has(name)) found.set(name, []);
    for (const [name, diagnostics] of found)
      void connection.sendDiagnostics({ uri: pathToFileURL(name).href, diagnostics });
    marked.set(opened.path, new Set(found.keys()));
  };

  const judge = async (uri: string): Promise<void> => {
    const { path, model } = caseOf(uri);
    if (model === null || model.conclusions.length === 0) return;
    const told = await runVerdicts(path);
    if (told === null) return;
    verdicts.set(path, told);
    void connection.languages.inlayHint.refresh();
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
      setTimeout(() => publish(uri), breath),
    );
  });
  open.onDidSave(({ document: { uri } }) => void judge(uri));
  open.onDidClose(({ document: { uri } }) => clearTimeout(timers.get(uri)));

  const placed = (uri: string, position: { readonly line: number; readonly character: number }) => {
    const opened = caseOf(uri);
    const name = fileURLToPath(uri);
    const document = opened.documents.find((d) => d.name === name) ?? { name, text: "" };
    const offset = opened.lines.get(name)?.offsetAt({ line: position.line + 1, column: position.character + 1 }) ?? 0;
    return { opened, document, offset };
  };

  connection.onCompletion(({ textDocument, position }) => {
    const { opened, document, offset } = placed(textDocument.uri, position);
    return completionsAt(opened.documents, document, offset).map(asItem);
  });
  connection.onHover(({ textDocument, position }) => {
    const { opened, document, offset } = placed(textDocument.uri, position);
    const lines = hoverAt(opened.documents, document, offset, opened.model);
    const word = wordAt(document, offset);
    return lines === null || word === null
      ? null
      : {
          contents: { kind: MarkupKind.Markdown, value: lines.join("\n\n") },
          range: rangeOf(word, opened),
        };
  });
  connection.onDefinition(({ textDocument, position }) => {
    const { opened, document, offset } = placed(textDocument.uri, position);
    return declarationsAt(opened.documents, document, offset).map((o) => locationOf(o.span, opened));
  });
  connection.onReferences(({ textDocument, position }) => {
    const { opened, document, offset } = placed(textDocument.uri, position);
    return referencesAt(opened.documents, document, offset).map((span) => locationOf(span, opened));
  });
  connection.onPrepareRename(({ textDocument, position }) => {
    const { opened, document, offset } = placed(textDocument.uri, position);
    const word = wordAt(document, offset);
    return word === null || declarationsAt(opened.documents, document, offset).length === 0
      ? null
      : rangeOf(word, opened);
  });
  connection.onRenameRequest(({ textDocument, position, newName }) => {
    const { opened, document, offset } = placed(textDocument.uri, position);
    const renamed = renameAt(opened.documents, document, offset, newName);
    return "refused" in renamed
      ? new ResponseError(ErrorCodes.InvalidParams, renamed.refused)
      : workspaceEdit(renamed.edits, opened);
  });
  connection.onDocumentFormatting(({ textDocument }): TextEdit[] => {
    const { opened, document } = placed(textDocument.uri, { line: 0, character: 0 });
    const tidy = format(document);
    const whole: Span = { document: document.name, start: 0, end: document.text.length };
    return tidy === document.text ? [] : [{ range: rangeOf(whole, opened), newText: tidy }];
  });
  connection.onDocumentSymbol(({ textDocument }) => {
    const { opened, document } = placed(textDocument.uri, { line: 0, character: 0 });
    return symbolsOf(document, opened);
  });
  connection.onCodeAction(({ textDocument, range }) => {
    const { opened, document, offset: from } = placed(textDocument.uri, range.start);
    const { offset: to } = placed(textDocument.uri, range.end);
    const near = opened.diagnostics.filter(
      ({ span }) => span.document === document.name && span.start <= to && from <= span.end,
    );
    return near.flatMap((d) => d.fixes.map((fix, i) => actionOf(d, fix, i === 0 && fix.isSure, opened)));
  });
  connection.languages.inlayHint.on(({ textDocument }): InlayHint[] => {
    const { opened, document } = placed(textDocument.uri, { line: 0, character: 0 });
    const told = verdicts.get(opened.path);
    if (told === undefined || opened.model === null) return [];
    return opened.model.conclusions.flatMap(({ name, span }) => {
      const verdict = told.get(name);
      if (verdict === undefined || span.document !== document.name) return [];
      return [{ position: rangeOf(span, opened).end, label: verdict, kind: InlayHintKind.Type, paddingLeft: true }];
    });
  });

  open.listen(connection);
  connection.listen();
}

function isSameText(a: readonly Document[], b: readonly Document[]): boolean {
  return a.length === b.length && a.every((d, i) => d.name === b[i]?.name && d.text === b[i]?.text);
}

function rangeOf({ document, start, end }: Span, { lines }: Opened): Range {
  const at = (offset: number): Range["start"] => {
    const { line, column } = lines.get(document)?.positionAt(offset) ?? { line: 1, column: 1 };
    return { line: line - 1, character: column - 1 };
  };
  return { start: at(start), end: at(end) };
}

function locationOf(span: Span, opened: Opened): Location {
  return { uri: pathToFileURL(span.document).href, range: rangeOf(span, opened) };
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
    (changes[pathToFileURL(span.document).href] ??= []).push({ range: rangeOf(span, opened), newText: text });
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
