/**
 * The language server over its standard input and output, through one editing session on a copy of the first case: forty requests and edits, as an
 * editor sends them. With LSP_TIMES=1 the time of each kind of answer is printed; nothing here depends on a clock.
 */

import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
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
  type Diagnostic,
  type DocumentSymbol,
  type Hover,
  type Location,
  type ProtocolConnection,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";

const folder = mkdtempSync(join(tmpdir(), "casus-lsp-"));
let server: ChildProcess;
let connection: ProtocolConnection;
const texts = new Map<string, TextDocument>();
const told = new Map<string, readonly Diagnostic[]>();
const waiting: (() => void)[] = [];
const times = new Map<string, number[]>();
let steps = 0;

beforeAll(() => {
  cpSync("casebook/kremlin-2022", folder, { recursive: true });
  server = spawn(process.execPath, ["bin/casus.js", "lsp", "--stdio", "--no-verdicts"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const { stdin, stdout } = server;
  if (stdin === null || stdout === null) throw new Error("no pipes");
  connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
  connection.onNotification("textDocument/publishDiagnostics", (p: { uri: string; diagnostics: Diagnostic[] }) => {
    told.set(p.uri, p.diagnostics);
    // The files of a case are told in order of name; with the last of them, all have been.
    if (p.uri === uriOf("9-record.casus")) for (const go of waiting.splice(0)) go();
  });
  connection.listen();
});

afterAll(() => {
  connection.dispose();
  server.kill();
  rmSync(folder, { recursive: true, force: true });
  if (process.env["LSP_TIMES"] === "1")
    for (const [method, all] of times)
      process.stdout.write(
        `${method}: ${all.length} answers, median ${median(all).toFixed(1)} ms, worst ${Math.max(...all).toFixed(1)} ms\n`,
      );
});

function median(all: readonly number[]): number {
  return all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? NaN;
}

function uriOf(file: string): string {
  return pathToFileURL(join(folder, file)).href;
}

async function ask<T>(method: string, parameters: object): Promise<T> {
  steps++;
  const start = performance.now();
  const answer = await connection.sendRequest<T>(method, parameters);
  times.set(method, [...(times.get(method) ?? []), performance.now() - start]);
  return answer;
}

function documentOf(file: string): TextDocument {
  const found = texts.get(file);
  if (found === undefined) throw new Error(`${file} is not open`);
  return found;
}

async function openFile(file: string): Promise<void> {
  steps++;
  const text = readFileSync(join(folder, file), "utf8");
  texts.set(file, TextDocument.create(uriOf(file), "casus", 1, text));
  const next = nextDiagnostics();
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri: uriOf(file), languageId: "casus", version: 1, text },
  });
  await next;
}

/** Resolves when the server has told what it found in a text as it now is. */
function nextDiagnostics(): Promise<void> {
  return new Promise((resolve) => waiting.push(resolve));
}

/** Writes `text` in place of `old`, as one edit of the editor, and waits for what is told of it. */
async function edit(file: string, old: string, text: string): Promise<readonly Diagnostic[]> {
  const document = documentOf(file);
  const start = document.getText().indexOf(old);
  if (start < 0) throw new Error(`no '${old}' in ${file}`);
  return change(file, [
    { range: { start: document.positionAt(start), end: document.positionAt(start + old.length) }, newText: text },
  ]);
}

async function change(file: string, edits: readonly TextEdit[]): Promise<readonly Diagnostic[]> {
  steps++;
  const document = documentOf(file);
  const before = document.getText();
  const contentChanges = edits
    .toSorted((a, b) => document.offsetAt(b.range.start) - document.offsetAt(a.range.start))
    .map((e) => ({ range: e.range, text: e.newText }));
  const after = TextDocument.update(document, contentChanges, document.version + 1);
  expect(after.getText()).not.toBe(before);
  texts.set(file, after);
  const next = nextDiagnostics();
  await connection.sendNotification("textDocument/didChange", {
    textDocument: { uri: uriOf(file), version: after.version },
    contentChanges,
  });
  await next;
  return told.get(uriOf(file)) ?? [];
}

/** The place of `word` in `line`, its first letter. */
function at(file: string, line: string, word: string): object {
  const document = documentOf(file);
  const start = document.getText().indexOf(line);
  if (start < 0 || !line.includes(word)) throw new Error(`no '${word}' in '${line}' of ${file}`);
  return { textDocument: { uri: uriOf(file) }, position: document.positionAt(start + line.indexOf(word)) };
}

function codes(): readonly unknown[] {
  return [...told.values()].flatMap((all) => all.map((d) => d.code));
}

const end = "8-expectations.casus";
/** The file with the case's outcomes, whatever its number and name. */
const asked =
  readdirSync("casebook/kremlin-2022").find(
    (file) =>
      file.endsWith(".casus") && /^outcome removed\b/m.test(readFileSync(`casebook/kremlin-2022/${file}`, "utf8")),
  ) ?? "";

describe("an editing session of the first case", () => {
  it("begins with a case in which nothing is wrong", async () => {
    const { capabilities } = await ask<{ capabilities: object }>("initialize", {
      processId: null,
      rootUri: null,
      capabilities: {},
    });
    expect(Object.keys(capabilities)).toEqual(
      expect.arrayContaining(["completionProvider", "hoverProvider", "renameProvider", "inlayHintProvider"]),
    );
    await connection.sendNotification("initialized", {});
    for (const file of ["2-claims.casus", "3-views.casus", "6-home.casus", asked, end]) await openFile(file);
    expect(codes()).toEqual([]);
  });

  it("tells what a name means: its words, its kind and its passage", async () => {
    const document = documentOf("2-claims.casus").getText();
    const line = /^claim A4 .*$/m.exec(document)?.[0] ?? "";
    const hover = await ask<Hover>("textDocument/hover", at("2-claims.casus", line, "A4"));
    expect(JSON.stringify(hover.contents)).toContain("claim A4");
    expect(JSON.stringify(hover.contents)).toMatch(/paragraph \d+/);
    const fn = await ask<Hover>("textDocument/hover", at(asked, "happened(", "happened"));
    expect(JSON.stringify(fn.contents)).toContain("happened(event, [by])");
  });

  it("types a conclusion, with the names that may stand in it", async () => {
    const text = documentOf(end).getText();
    const last = documentOf(end).positionAt(text.length);
    await change(end, [{ range: { start: last, end: last }, newText: '\nconclusion of_mine "Mine" of ' }]);
    expect(codes()).not.toEqual([]);
    const claims = await ask<CompletionItem[]>("textDocument/completion", {
      textDocument: { uri: uriOf(end) },
      position: documentOf(end).positionAt(documentOf(end).getText().length),
    });
    expect(claims.map((i) => i.label)).toContain("A4");
    expect(claims.every((i) => i.detail?.startsWith("claim"))).toBe(true);
    await edit(end, '"Mine" of ', '"Mine" of A4: chance(removed if posture = ');
    const options = await ask<CompletionItem[]>("textDocument/completion", {
      textDocument: { uri: uriOf(end) },
      position: documentOf(end).positionAt(documentOf(end).getText().length),
    });
    expect(options.map((i) => i.label)).toEqual(expect.arrayContaining(["attack_now"]));
    expect(options.every((i) => i.detail === "option")).toBe(true);
    await edit(
      end,
      "of A4: chance(removed if posture = ",
      "of A4: chance(remved if posture = attack_now) > 5 percent\n",
    );
    expect(codes()).toEqual(["unknown-name"]);
  });

  it("mends a slip by a code action", async () => {
    const [wrong] = told.get(uriOf(end)) ?? [];
    const actions = await ask<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri: uriOf(end) },
      range: wrong?.range,
      context: { diagnostics: [wrong] },
    });
    expect(actions.map((a) => a.title)).toContain("Write removed");
    const chosen = actions.find((a) => a.title === "Write removed")?.edit?.changes?.[uriOf(end)] ?? [];
    expect(await change(end, chosen)).toEqual([]);
  });

  it("goes to where a name is declared, in another file, and to all its uses", async () => {
    const here = at(end, "chance(removed if posture = attack_now) > 5 percent", "removed");
    const [found] = await ask<Location[]>("textDocument/definition", here);
    expect(found?.uri).toBe(uriOf(asked));
    const uses = await ask<Location[]>("textDocument/references", { ...here, context: { includeDeclaration: true } });
    expect(new Set(uses.map((u) => u.uri)).size).toBeGreaterThan(1);
  });

  it("renames a name in every file at once, and back", async () => {
    const here = at(end, "chance(removed if posture = attack_now) > 5 percent", "removed");
    expect(await ask("textDocument/prepareRename", here)).not.toBeNull();
    // A record's column of the same name is another's.
    await openFile("9-record.casus");
    const column = at("9-record.casus", "share(removed = yes", "removed");
    expect(await ask("textDocument/definition", column)).toEqual([]);
    await expect(ask("textDocument/rename", { ...here, newName: "attack-ed" })).rejects.toThrow("is no name");
    await expect(ask("textDocument/rename", { ...here, newName: "because" })).rejects.toThrow("word of the language");
    const { changes } = await ask<WorkspaceEdit>("textDocument/rename", { ...here, newName: "toppled" });
    const files = Object.keys(changes ?? {}).map((uri) => uri.split("/").at(-1) ?? "");
    expect(files).toEqual(expect.arrayContaining([asked, end]));
    for (const file of files) {
      if (!texts.has(file)) await openFile(file);
      await change(file, changes?.[uriOf(file)] ?? []);
    }
    expect(codes()).toEqual([]);
    expect(documentOf(asked).getText()).toContain("outcome toppled");
    expect(documentOf(asked).getText()).not.toMatch(/\bremoved\b(?![^"\n]*"[^"]*$)/);
    expect(documentOf("9-record.casus").getText()).toContain("share(removed = yes");
  });

  it("tells a fault of units with what to write, and of syntax beside it", async () => {
    await edit(end, "(toppled if posture = attack_now) > 5 percent", "(toppled if posture = attack_now) > 5 months");
    expect(codes()).toEqual(["units-differ"]);
    const number = await ask<CompletionItem[]>("textDocument/completion", at(end, "> 5 months", "months"));
    expect(number.map((i) => i.label)).toEqual(expect.arrayContaining(["month", "hour", "usd"]));
    const choice = await ask<Hover>(
      "textDocument/hover",
      at(end, "(toppled if posture = attack_now) > 5 months", "posture"),
    );
    expect(JSON.stringify(choice.contents)).toContain("The Kremlin's posture");
    await edit(end, 'conclusion of_mine "Mine"', 'conclusion of_mine "Mine');
    expect(codes()).toContain("unterminated-string");
    await edit(end, 'conclusion of_mine "Mine', 'conclusion of_mine "Mine"');
    await edit(end, "> 5 months", "> 5 percent");
    expect(codes()).toEqual([]);
  });

  it("lays a file out, and changes nothing the second time", async () => {
    await edit(end, "conclusion of_mine", "   conclusion of_mine");
    const format = { textDocument: { uri: uriOf(end) }, options: { tabSize: 2, insertSpaces: true } };
    const edits = await ask<TextEdit[]>("textDocument/formatting", format);
    expect(await change(end, edits)).toEqual([]);
    expect(documentOf(end).getText()).toContain("\nconclusion of_mine");
    expect(await ask("textDocument/formatting", format)).toEqual([]);
  });

  it("lists what a file declares, options under their choice", async () => {
    const symbols = await ask<DocumentSymbol[]>("textDocument/documentSymbol", {
      textDocument: { uri: uriOf(asked) },
    });
    expect(symbols.map((s) => s.name)).toContain("toppled");
    await openFile("4-crisis.casus");
    const crisis = await ask<DocumentSymbol[]>("textDocument/documentSymbol", {
      textDocument: { uri: uriOf("4-crisis.casus") },
    });
    expect(crisis.find((s) => s.name === "posture")?.children?.map((c) => c.name)).toContain("attack_now");
  });

  it("ends where the editor is gone in the middle of a message", { timeout: 120_000 }, () => {
    const cut = "Content-Length: 500\r\n\r\n{";
    expect(spawnSync(process.execPath, ["bin/casus.js", "lsp", "--stdio"], { input: cut }).status).toBe(0);
  });

  it("closes as it was asked to, after more than forty steps", async () => {
    await ask("textDocument/inlayHint", {
      textDocument: { uri: uriOf(asked) },
      range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
    });
    await ask("shutdown", {});
    expect(steps).toBeGreaterThanOrEqual(40);
    const closed = new Promise<number | null>((resolve) => server.once("exit", resolve));
    await connection.sendNotification("exit");
    expect(await closed).toBe(0);
  });
});
