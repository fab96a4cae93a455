/** `casus mcp`: serves assistants, over standard input and output or over HTTP on this machine. */

import type { McpServer } from "@modelcontextprotocol/server";
import type { Command } from "commander";
import { defaultBudget } from "#internal.ts";
import { isSystemError, onDisk, Usage } from "../disk.ts";
import type { Done } from "../exit.ts";
import { amount, whole } from "../options.ts";
import { usualThreads } from "../threads.ts";
import { verbTrouble } from "../trouble.ts";

interface McpOptions {
  readonly http?: boolean;
  readonly port: number;
  readonly budget: number;
  readonly threads: number;
}

export function addMcp(program: Command, done: Done): void {
  program
    .command("mcp [folder]")
    .description(
      "serve an assistant that writes cases: check, fix, run, explain, flip, learn, tell, publish (the Model Context Protocol)",
    )
    .option("--stdio", "over standard input and output; the default unless --http is given")
    .option("--http", "over streamable HTTP, to this machine only")
    .option("--port <n>", "port to listen on with --http; 0 takes any free port", whole(0, 65_535), 4174)
    .option(
      "--budget <n>",
      "work that one call may take (runs × steps × equations of the case; draws and long equations count for more)",
      amount,
      defaultBudget,
    )
    .option("--threads <n>", "number of threads", whole(1, 64), usualThreads)
    .addHelpText(
      "after",
      "\nAn assistant can read and write only inside the folder (by default, the current one); links are followed and must not lead out of it.",
    )
    .action(async (folder: string | undefined, o: McpOptions) => {
      await serveAssistants(folder ?? ".", o);
      done(0);
    });
}

/** Until the assistant closes the connection, or Ctrl-C. */
async function serveAssistants(folder: string, o: McpOptions): Promise<void> {
  // From here on every path is relative to the folder, in messages too.
  onDisk(folder, () => process.chdir(folder));
  // Only an assistant needs these: every other command starts without them.
  const { assistantServer, callQueue } = await import("../mcp/server.ts");
  const inTurn = callQueue();
  const make = () => assistantServer({ threads: o.threads, budget: o.budget, inTurn, onBug: logBug });
  if (o.http === true) return serveOverHttp(make, o.port);
  const { serveStdio } = await import("@modelcontextprotocol/server/stdio");
  const connection = serveStdio(make, { onerror: logBug });
  await new Promise<void>((resolve) => {
    process.stdin.once("end", resolve).once("close", resolve);
    process.once("SIGINT", () => resolve());
  });
  await connection.close();
}

async function serveOverHttp(make: () => McpServer, port: number): Promise<void> {
  const { serveHttp } = await import("../mcp/http.ts");
  const server = await serveHttp(make, port, logBug).catch((error: unknown) => {
    throw isSystemError(error)
      ? new Usage(`port ${port} cannot be listened on (${error.code}); give another with --port, or 0 for any`)
      : error;
  });
  process.stderr.write(`casus: assistants are served at ${server.address}\n       Ctrl-C ends it.\n`);
  await new Promise<void>((resolve) => process.once("SIGINT", () => resolve()));
  await server.close();
}

function logBug(error: unknown): void {
  const { text } = verbTrouble(error);
  if (text !== null) process.stderr.write(`casus: ${text}\n`);
}
