/** What an editor asks out of its time, or without a place, is answered with the protocol's own error; all else reaches the server. */

import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import type { Message } from "vscode-languageserver";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ProtocolConnection,
} from "vscode-languageserver-protocol/node";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { inProtocolOrder } from "#cli/lsp/lifecycle.ts";
import { serveEditor } from "#cli/lsp/server.ts";

/** An editor's end of a server in this process, which never reads a case. */
function editor(): ProtocolConnection {
  const [to, from] = [new PassThrough(), new PassThrough()];
  const answers = new StreamMessageWriter(from);
  const server = createConnection(ProposedFeatures.all, new StreamMessageReader(to), answers, {
    messageStrategy: inProtocolOrder(answers),
  });
  serveEditor(
    server,
    () => new Promise(() => {}),
    () => Promise.resolve(null),
  );
  const connection = createProtocolConnection(new StreamMessageReader(from), new StreamMessageWriter(to));
  connection.listen();
  return connection;
}

const place = { textDocument: { uri: "untitled:a" }, position: { line: 0, character: 0 } };
const hello = { processId: null, rootUri: null, capabilities: {} };

function asked(connection: ProtocolConnection, method: string, parameters: object = {}): Promise<unknown> {
  return connection.sendRequest(method, parameters).then(
    () => "answered",
    (error: { code: number; message: string }) => `${error.code} ${error.message}`,
  );
}

describe("an editor's session", () => {
  it("begins with 'initialize', once, and ends with 'shutdown'", async () => {
    const connection = editor();
    const seen = [
      await asked(connection, "textDocument/hover", place),
      await asked(connection, "shutdown"),
      await asked(connection, "initialize", hello),
      await asked(connection, "initialize", hello),
      await asked(connection, "textDocument/hover", place),
      await asked(connection, "shutdown"),
      await asked(connection, "textDocument/hover", place),
    ];
    expect(seen).toEqual([
      "-32002 'initialize' comes first, before 'textDocument/hover'.",
      "-32002 'initialize' comes first, before 'shutdown'.",
      "answered",
      "-32600 'initialize' was sent before; it is sent once.",
      "answered",
      "answered",
      "-32600 After 'shutdown' only 'exit' may follow.",
    ]);
    connection.dispose();
  });

  it("asks about a place that it names", async () => {
    const connection = editor();
    await asked(connection, "initialize", hello);
    const { textDocument, position } = place;
    expect([
      await asked(connection, "textDocument/hover", {}),
      await asked(connection, "textDocument/completion", { textDocument }),
      await asked(connection, "textDocument/rename", { textDocument, position: { line: "0", character: 0 } }),
      await asked(connection, "textDocument/documentSymbol", { position }),
      await asked(connection, "textDocument/documentSymbol", { textDocument }),
    ]).toEqual([
      "-32602 'textDocument/hover' needs 'textDocument' with its 'uri'.",
      "-32602 'textDocument/completion' needs 'position' with its 'line' and 'character'.",
      "-32602 'textDocument/rename' needs 'position' with its 'line' and 'character'.",
      "-32602 'textDocument/documentSymbol' needs 'textDocument' with its 'uri'.",
      "answered",
    ]);
    connection.dispose();
  });

  it("drops notifications before it begins, but for 'exit'", () => {
    const passed: Message[] = [];
    const writer = new StreamMessageWriter(new PassThrough());
    const notify = (method: string): void => {
      const message = { jsonrpc: "2.0", method } as Message;
      void inProtocolOrder(writer).handleMessage(message, (m) => void passed.push(m));
    };
    notify("textDocument/didOpen");
    notify("exit");
    expect(passed).toMatchObject([{ method: "exit" }]);
  });
});
