/**
 * The language server answers from what it read last while a text is being written, reads it again behind the answers, and puts verdicts next to conclusions
 * once a case is saved. What comes first is seen by the order of messages; nothing here depends on a clock.
 */

import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type CodeAction,
  type CompletionItem,
  type Hover,
  type InlayHint,
  type ProtocolConnection,
} from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { movedEdits, moverOf } from "#cli/lsp/moved.ts";

const text = `case two "Is it more than one, and less?"
claim a causal "A." { credence 60% }
unknown cost : eur "What it costs" ~ 20 eur to 40 eur  judged "a guess"
let all : eur =
    cost
  + 30 eur  because a
outcome paid : eur "What is paid" = all
conclusion much "More than twenty": mean(paid) > 20 eur by 1 eur
conclusion little "More than ninety": mean(payd) > 90 eur by 1 eur
`;

const folder = mkdtempSync(join(tmpdir(), "casus-lsp-behind-"));
const uri = pathToFileURL(join(folder, "two.casus")).href;
const heard: string[] = [];
const listeners: (() => void)[] = [];
let server: ChildProcess;
let connection: ProtocolConnection;
let document = TextDocument.create(uri, "casus", 1, text);

function heardOf(what: string): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (heard.includes(what)) resolve();
    };
    listeners.push(look);
    look();
  });
}

function hear(what: string): void {
  heard.push(what);
  for (const look of listeners) look();
}

beforeAll(async () => {
  writeFileSync(join(folder, "two.casus"), text);
  server = spawn(process.execPath, ["bin/casus.js", "lsp"], { stdio: ["pipe", "pipe", "inherit"] });
  const { stdin, stdout } = server;
  if (stdin === null || stdout === null) throw new Error("no pipes");
  connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
  connection.onNotification("textDocument/publishDiagnostics", () => hear("diagnostics"));
  connection.onRequest("workspace/inlayHint/refresh", () => {
    hear("verdicts");
    return null;
  });
  connection.listen();
  await connection.sendRequest("initialize", { processId: null, rootUri: null, capabilities: {} });
  await connection.sendNotification("initialized", {});
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "casus", version: 1, text },
  });
  await heardOf("diagnostics");
});

afterAll(() => {
  connection.dispose();
  server.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** Sends a change and does not wait for what is found in it. */
async function write(old: string, next: string): Promise<void> {
  const start = document.getText().indexOf(old);
  if (start < 0) throw new Error(`no '${old}'`);
  const range = { start: document.positionAt(start), end: document.positionAt(start + old.length) };
  document = TextDocument.update(document, [{ range, text: next }], document.version + 1);
  heard.length = 0;
  await connection.sendNotification("textDocument/didChange", {
    textDocument: { uri, version: document.version },
    contentChanges: [{ range, text: next }],
  });
}

function placeOf(word: string): { readonly line: number; readonly character: number } {
  return document.positionAt(document.getText().indexOf(word));
}

function hints(): Promise<InlayHint[]> {
  return connection.sendRequest("textDocument/inlayHint", {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } },
  });
}

describe("while a text is being written", () => {
  it("every answer comes before it has been read again, with places where they now are", async () => {
    await write('case two "', '// A line above all that was read.\ncase two "');
    const at = placeOf("payd");
    const [hover, actions, completions] = await Promise.all([
      connection.sendRequest<Hover>("textDocument/hover", { textDocument: { uri }, position: placeOf("cost") }),
      connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
        textDocument: { uri },
        range: { start: at, end: at },
        context: { diagnostics: [] },
      }),
      connection.sendRequest<CompletionItem[]>("textDocument/completion", { textDocument: { uri }, position: at }),
    ]);
    expect(heard).toEqual([]);
    expect(JSON.stringify(hover.contents)).toContain("What it costs");
    expect(completions.map((c) => c.label)).toContain("paid");
    const [edit] = actions.find((a) => a.title === "Write paid")?.edit?.changes?.[uri] ?? [];
    expect(edit?.range).toEqual({ start: at, end: { line: at.line, character: at.character + 4 } });
    await heardOf("diagnostics");
  });

  it("no fix is offered whose place has been written over", async () => {
    await write("payd", "pa");
    const at = placeOf("pa)");
    const actions = await connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri },
      range: { start: at, end: at },
      context: { diagnostics: [] },
    });
    expect(heard).toEqual([]);
    expect(actions).toEqual([]);
    await heardOf("diagnostics");
  });
});

// The mean of the cost is 29 (a lognormal from 20 to 40), with the claim 18 more: 47.
describe("once a case is saved", () => {
  it("each conclusion has its verdict behind it, and keeps it where lines are added above", async () => {
    await write("mean(pa)", "mean(paid)");
    await heardOf("diagnostics");
    expect(await hints()).toEqual([]);
    writeFileSync(join(folder, "two.casus"), document.getText());
    await connection.sendNotification("textDocument/didSave", { textDocument: { uri } });
    await heardOf("verdicts");
    const lineOf = (word: string): number => placeOf(word).line;
    const placed = (all: readonly InlayHint[]): unknown => all.map((h) => [h.position.line, h.label]);
    expect(placed(await hints())).toEqual([
      [lineOf("conclusion much"), "holds"],
      [lineOf("conclusion little"), "fails"],
    ]);
    await write("claim a causal", "// One more.\nclaim a causal");
    expect(placed(await hints())).toEqual([
      [lineOf("conclusion much"), "holds"],
      [lineOf("conclusion little"), "fails"],
    ]);
    await heardOf("diagnostics");
  });
});

describe("a place in a text that has changed", () => {
  const before = [{ name: "a", text: "one two three" }];
  const move = moverOf(before, [{ name: "a", text: "one 2 and a half three" }]);
  const span = (start: number, end: number): { document: string; start: number; end: number } => ({
    document: "a",
    start,
    end,
  });

  it("stays before the change, moves behind it, and is lost within it", () => {
    expect(move(span(0, 3))).toEqual(span(0, 3));
    expect(move(span(8, 13))).toEqual(span(17, 22));
    expect(move(span(4, 7))).toBeNull();
    expect(move({ document: "b", start: 0, end: 1 })).toBeNull();
    expect(
      movedEdits(
        [
          { span: span(0, 3), text: "x" },
          { span: span(5, 6), text: "y" },
        ],
        move,
      ),
    ).toBeNull();
    expect(moverOf(before, before)(span(0, 13))).toEqual(span(0, 13));
  });
});
