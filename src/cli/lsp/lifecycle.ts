/** An editor's messages in; those that come in their time and name their place out, while others are answered with the protocol's error (LSP 3.17). */

import {
  ErrorCodes,
  Message,
  type MessageStrategy,
  type MessageWriter,
  type RequestMessage,
} from "vscode-languageserver";

/** Requests about a place in a text. */
const ofPlace = new Set(
  ["completion", "hover", "definition", "references", "prepareRename", "rename"].map((what) => `textDocument/${what}`),
);

/** Passes on what comes in its time. A request that does not is answered over `writer` with its error; a notification that does not is dropped, as the protocol asks. */
export function inProtocolOrder(writer: MessageWriter): MessageStrategy {
  let stage: "new" | "open" | "done" = "new";
  const refusal = (request: RequestMessage): readonly [code: number, message: string] | null => {
    const { method } = request;
    if (stage === "done") return [ErrorCodes.InvalidRequest, "After 'shutdown' only 'exit' may follow."];
    if (stage === "new" && method !== "initialize")
      return [ErrorCodes.ServerNotInitialized, `'initialize' comes first, before '${method}'.`];
    if (stage === "open" && method === "initialize")
      return [ErrorCodes.InvalidRequest, "'initialize' was sent before; it is sent once."];
    const missing = missingIn(request);
    return missing === null ? null : [ErrorCodes.InvalidParams, `'${method}' needs ${missing}.`];
  };
  return {
    handleMessage(message, next) {
      if (Message.isRequest(message)) {
        const refused = refusal(message);
        if (refused !== null) {
          const [code, text] = refused;
          const answer = { jsonrpc: "2.0", id: message.id, error: { code, message: text } };
          return writer.write(answer);
        }
        if (message.method === "initialize") stage = "open";
        if (message.method === "shutdown") stage = "done";
        return next(message);
      }
      if (Message.isNotification(message) && stage !== "open" && message.method !== "exit") return undefined;
      return next(message);
    },
  };
}

/** What a request about a text lacks, in words; null where it lacks nothing. */
function missingIn({ method, params }: RequestMessage): string | null {
  if (!method.startsWith("textDocument/")) return null;
  const { textDocument, position } = (params ?? {}) as { textDocument?: { uri?: unknown }; position?: unknown };
  if (typeof textDocument?.uri !== "string") return "'textDocument' with its 'uri'";
  if (!ofPlace.has(method)) return null;
  const { line, character } = (position ?? {}) as { line?: unknown; character?: unknown };
  return Number.isInteger(line) && Number.isInteger(character) ? null : "'position' with its 'line' and 'character'";
}
