/** Serves assistants over streamable HTTP, on this machine alone. */

import { createServer, type Server } from "node:http";
import { originValidation, toNodeHandler } from "@modelcontextprotocol/node";
import { createMcpHandler, type McpServer } from "@modelcontextprotocol/server";
import { takeAbsoluteTarget } from "../absolute-target.ts";

/** Where it listens, and how to end it. */
interface HttpServer {
  readonly address: string;
  close(): Promise<void>;
}

/** The one path that is answered. */
const path = "/mcp";
/** Names of this machine. A page elsewhere that has its own name point here would send that name, and is not answered (DNS rebinding). */
const names = ["localhost", "127.0.0.1", "[::1]"];
/** One of them alone or with a port, which is another's where the connection goes through a tunnel. */
const ownHost = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;
/** What the protocol has; any other method is none of it, whatever it is to HTTP. */
const methods = ["POST", "GET", "DELETE"];

/** Port 0 takes any that is free. Rejects where the port is taken. Errors of its own go to `onBug`; nothing that arrives ends it. */
export async function serveHttp(
  make: () => McpServer,
  port: number,
  onBug: (error: unknown) => void,
): Promise<HttpServer> {
  const handler = createMcpHandler(make);
  const isOfOrigin = originValidation(names);
  const server = createServer((request, response) => {
    response.on("error", () => response.destroy());
    takeAbsoluteTarget(request);
    const refuse = (status: number, text: string): void => {
      response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" });
      response.end(`${text}\n`);
    };
    if (!ownHost.test(request.headers.host ?? "")) return refuse(403, "This server answers this machine alone.");
    if (!isOfOrigin(request, response)) return;
    if ((request.url ?? "").split("?", 1)[0] !== path) return refuse(404, `Assistants are served at ${path}.`);
    if (!methods.includes(request.method ?? "")) return refuse(405, `Only ${methods.join(", ")} are answered.`);
    const answer = toNodeHandler(handler, {
      // Who asked may be gone before all was sent: that is no fault of anyone.
      onerror: (error) => void (request.readableAborted || onBug(error)),
    });
    // Node's own request; the adapter's type does not allow for a method that is not there.
    answer(request as Parameters<typeof answer>[0], response).catch((error: unknown) => {
      onBug(error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  server.removeAllListeners("error").on("error", onBug);
  return {
    address: `http://127.0.0.1:${portOf(server)}${path}`,
    close: async () => {
      await handler.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
