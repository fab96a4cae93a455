/** `casus lsp`: the language server, over standard input and output. */

import { spawn } from "node:child_process";
import type { Command } from "commander";
import type { Done } from "../exit.ts";
import { readingThread } from "../reading.ts";

export function addLsp(program: Command, done: Done): void {
  program
    .command("lsp")
    .description(
      "serve an editor: mistakes, what can be written here, what a name means (the Language Server Protocol)",
    )
    .option("--stdio", "over standard input and output; this is the only way, and editors often name it")
    .option("--no-verdicts", "do not run a case when it is saved")
    .action(async (o: { verdicts: boolean }) => {
      await serve(o.verdicts);
      done(0);
    });
}

/** Until the editor closes the connection. */
async function serve(withVerdicts: boolean): Promise<void> {
  // Only an editor needs these: every other command starts without them.
  const { createConnection, ProposedFeatures, StreamMessageReader, StreamMessageWriter } =
    await import("vscode-languageserver/node");
  const { serveEditor } = await import("../lsp/server.ts");
  const { inProtocolOrder } = await import("../lsp/lifecycle.ts");
  const messages = new StreamMessageReader(process.stdin);
  // Its clock for messages that are slow to come would keep a server running whose editor has gone in the middle of one.
  messages.partialMessageTimeout = 0;
  const answers = new StreamMessageWriter(process.stdout);
  const connection = createConnection(ProposedFeatures.all, messages, answers, {
    messageStrategy: inProtocolOrder(answers),
  });
  const reader = readingThread();
  serveEditor(connection, reader.read, withVerdicts ? verdictsOf : () => Promise.resolve(null));
  await new Promise<void>((resolve) => {
    connection.onExit(() => resolve());
    process.stdin.once("end", () => resolve());
  });
  reader.close();
}

/** Runs the case by the command itself, in a process of its own, so that typing never waits for a run. */
function verdictsOf(path: string): Promise<ReadonlyMap<string, string> | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [process.argv[1] ?? "", "run", path, "--json"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    let out = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
    child.once("error", () => resolve(null));
    child.once("close", () => resolve(readVerdicts(out)));
  });
}

function readVerdicts(json: string): ReadonlyMap<string, string> | null {
  try {
    const found = JSON.parse(json) as { conclusions?: readonly { name: string; verdict: string }[] };
    return found.conclusions === undefined ? null : new Map(found.conclusions.map((c) => [c.name, c.verdict]));
  } catch {
    return null;
  }
}
