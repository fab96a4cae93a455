/** The server that assistants speak to: tools, resources and a prompt, by the Model Context Protocol. */

import {
  McpServer,
  ProtocolError,
  ProtocolErrorCode,
  ResourceTemplate,
  type CallToolResult,
  type ServerContext,
  type StandardSchemaWithJSON,
} from "@modelcontextprotocol/server";
import { z } from "zod";
import { Refused, type Progress } from "#internal.ts";
import { packageVersion } from "../output.ts";
import { verbTrouble } from "../trouble.ts";
import { readArguments, toolArguments, type ToolName } from "./arguments.ts";
import { articlePrompt } from "./guide.ts";
import { casesHere, readCaseHere, readShipped, shippedTexts } from "./resources.ts";
import { tools, type ToolHost } from "./tools.ts";

/** What one server allows: threads and work of a call, one call after another. */
interface ServerLimits {
  readonly threads: number;
  readonly budget: number;
  /** Calls wait here for the one before: two at once would only take each other's threads. */
  readonly inTurn: CallQueue;
  /** Hears of errors that are bugs. */
  readonly onBug: (error: unknown) => void;
}

/** Does works one after another. */
type CallQueue = <T>(work: () => Promise<T>) => Promise<T>;

export function callQueue(): CallQueue {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const own = last.then(work);
    last = own.catch(() => {});
    return own;
  };
}

const descriptions: {
  readonly [Name in ToolName]: { readonly title: string; readonly description: string; readonly writes: boolean };
} = {
  check: {
    title: "Check a case",
    description:
      "Says what is wrong with a case: each fault with its place, what is wrong and what to write instead; then which claims switch nothing. Nothing is run.",
    writes: false,
  },
  fix: {
    title: "Fix what is sure",
    description:
      "Puts right what can only have been meant one way and writes the files; of a text it gives back the text. Says what is left.",
    writes: true,
  },
  run: {
    title: "Run a case",
    description:
      "What follows: each conclusion's verdict with its margin, interval and number of runs, and the outcomes side by side under each choice.",
    writes: false,
  },
  explain: {
    title: "Explain a conclusion",
    description:
      "What carries a conclusion or an outcome: what each claim contributes in this model (Shapley values), and how much each unknown.",
    writes: false,
  },
  flip: {
    title: "What would reverse a conclusion",
    description:
      "The credence at which a verdict turns, pairs of claims, the smallest set, values of unknowns, other views; or that nothing of it can.",
    writes: false,
  },
  learn: {
    title: "Reweigh by what was seen",
    description:
      "What the case's evidence makes each view believe, with the number of runs that are left to count on; refuses where these are too few.",
    writes: false,
  },
  tell: {
    title: "Tell one run",
    description:
      "One simulated run as a story: what was believed and chosen, what happened when, and which claims drove it. Good for finding what is wrong with a model.",
    writes: false,
  },
  publish: {
    title: "Publish a page",
    description:
      "Writes the case as a page for readers: one HTML file that opens offline, or a folder for a static host.",
    writes: true,
  },
};

const instructions =
  "Casus makes a written argument executable. Read casus://docs/language before you write a case; the prompt article_to_case gives the rules of an honest draft. Figures come from the tools alone: repeat them as they are printed, with their runs.";

/** A server for one connection, or for one request of a connection that keeps no state. */
export function assistantServer(limits: ServerLimits): McpServer {
  const server = new McpServer({ name: "casus", title: "Casus", version: packageVersion }, { instructions });
  for (const name of Object.keys(tools) as ToolName[]) addTool(server, name, limits);
  addResources(server);
  addPrompt(server);
  return server;
}

function addTool<Name extends ToolName>(server: McpServer, name: Name, limits: ServerLimits): void {
  const { title, description, writes } = descriptions[name];
  server.registerTool(
    name,
    {
      title,
      description,
      inputSchema: listedOnly(toolArguments[name]),
      annotations: { readOnlyHint: !writes, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    },
    async (given: unknown, ctx: ServerContext): Promise<CallToolResult> => {
      try {
        const asked = readArguments(name, given);
        const text = await limits.inTurn(async () => tools[name](asked, hostOf(limits, ctx)));
        return { content: [{ type: "text", text }] };
      } catch (error) {
        return { content: [{ type: "text", text: messageOf(error, limits) }], isError: true };
      }
    },
  );
}

/** A schema that is listed with the tool and lets everything through: what does not fit is answered by a sentence of ours. */
function listedOnly(schema: z.ZodType): StandardSchemaWithJSON {
  const { jsonSchema } = (schema as unknown as StandardSchemaWithJSON)["~standard"];
  return { "~standard": { version: 1, vendor: "casus", validate: (value) => ({ value }), jsonSchema } };
}

/** Of an error that is no refusal. */
const bugCode = 70;

/** What is refused is reported to the one who asked; a bug is reported to the one who runs the server too. */
function messageOf(error: unknown, { onBug }: ServerLimits): string {
  const { text, code } = verbTrouble(error);
  if (code === bugCode) onBug(error);
  return text ?? "stopped";
}

function hostOf({ threads, budget }: ServerLimits, { mcpReq }: ServerContext): ToolHost {
  return { threads, budget, signal: mcpReq.signal, onProgress: progressTo(mcpReq) };
}

/** Milliseconds between two reports of progress. */
const pause = 250;

/** Progress as the protocol wants it: it only grows, though work comes in several stages, and is sent where it was asked for. */
function progressTo({ _meta, notify }: ServerContext["mcpReq"]): (progress: Progress) => void {
  const progressToken = _meta?.progressToken;
  if (progressToken === undefined) return () => {};
  let [before, last, sent, sentAt] = [0, 0, -1, 0];
  return ({ done, total }) => {
    if (done < last) before += last;
    last = done;
    const progress = before + done;
    if (progress <= sent || performance.now() - sentAt < pause) return;
    [sent, sentAt] = [progress, performance.now()];
    const params = { progressToken, progress, total: before + total, message: `${progress} of ${before + total} runs` };
    // Who asked may be gone.
    notify({ method: "notifications/progress", params }).catch(() => {});
  };
}

function addResources(server: McpServer): void {
  for (const { uri, name, title, description, mimeType } of shippedTexts())
    server.registerResource(name, uri, { title, description, mimeType }, () => contentsOf(uri, readShipped(uri)));
  const own = new ResourceTemplate("casus://cases/{+path}", {
    list: () => ({
      resources: casesHere().map((path) => ({ uri: addressOf(path), name: path, mimeType: "text/plain" })),
    }),
    complete: { path: (typed) => casesHere().filter((path) => path.startsWith(typed)) },
  });
  const about = {
    title: "Cases here",
    description: "The text of a case in the served folder.",
    mimeType: "text/plain",
  };
  server.registerResource("cases", own, about, (uri, { path }) => {
    try {
      const text = readCaseHere(decodeURIComponent(String(path)));
      return contentsOf(uri.href, { text, mimeType: "text/plain" });
    } catch (error) {
      throw asProtocolError(error);
    }
  });
}

function addressOf(path: string): string {
  return `casus://cases/${path.split(/[/\\]/).map(encodeURIComponent).join("/")}`;
}

function contentsOf(uri: string, read: { readonly text: string; readonly mimeType: string } | null) {
  if (read === null) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `there is nothing at ${uri}`);
  return { contents: [{ uri, ...read }] };
}

function addPrompt(server: McpServer): void {
  server.registerPrompt(
    "article_to_case",
    {
      title: "From an article to a case",
      description:
        "Leads from an article to a case that keeps the rules: paraphrase, locate, cite or call judgement, rivals, what is left out.",
      argsSchema: z.object({
        article: z
          .string()
          .optional()
          .describe(
            "Path of the article inside the served folder, a text file; or the article itself, of several lines.",
          ),
        question: z.string().optional().describe("What the case is to ask, in one line."),
      }),
    },
    (asked) => {
      try {
        return { messages: [{ role: "user", content: { type: "text", text: articlePrompt(asked) } }] };
      } catch (error) {
        throw asProtocolError(error);
      }
    },
  );
}

/** Resources and prompts have no result that is an error; what is refused becomes the protocol's own. */
function asProtocolError(error: unknown): unknown {
  if (!(error instanceof Refused || error instanceof URIError)) return error;
  return new ProtocolError(ProtocolErrorCode.InvalidParams, error.message);
}
