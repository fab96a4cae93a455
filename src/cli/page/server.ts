/** Serves a case's page on this machine alone, and tells the page when the case's files change. */

import { gzipSync } from "node:zlib";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { contentPolicy, pageHtml, writePage, type PageData, type PageExtra, type PageHead } from "#internal.ts";
import { takeAbsoluteTarget } from "../absolute-target.ts";
import { appFiles, contentType, fileAssets, extraNames } from "./assets.ts";
import { largestCase } from "../files.ts";
import { headOf } from "./case-page.ts";
import { changeOf, type TextChange } from "./save-text.ts";
import { verbTrouble } from "../trouble.ts";

export interface PageServer {
  readonly address: string;
  /** Serves this from now on, and tells every page that is open; a table made of what was shown before is forgotten. */
  show(data: PageData): void;
  /** What opens on request, for what is shown: a page that is open takes it without beginning anew. */
  add(data: PageData): void;
  /** What a page loads beside what is shown. */
  give(id: PageExtra["id"], bytes: Uint8Array): void;
  close(): Promise<void>;
}

/** The files next to the page, and what its document says of it. */
export interface ServedPage {
  /** By the name after the first slash. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly headFor: (data: PageData, edition: number) => PageHead;
  /** Writes a changed text into the case's own file, or says why not; null where the page follows no files. */
  readonly save: ((change: TextChange) => string | null) | null;
}

function liveHead(data: PageData, edition: number): PageHead {
  return headOf(data, "self", { edition });
}

/**
 * Port 0 takes any that is free. Rejects where the port is taken. Nothing that arrives ends it: what cannot be answered is refused, and an error of its own
 * goes to `onBug`.
 */
export async function servePage(
  data: PageData,
  port: number,
  onBug: (error: unknown) => void,
  { files = appFiles(), headFor = liveHead, save = null }: Partial<ServedPage> = {},
): Promise<PageServer> {
  const listeners = new Set<ServerResponse>();
  const packed = new Map<Buffer, Buffer>();
  /** Files do not change while they are served: each is packed once. */
  const sendFile = (request: IncomingMessage, response: ServerResponse, type: string, file: Buffer): void => {
    if (!takesGzip(request)) return send(response, type, file);
    const small = packed.get(file) ?? gzipSync(file);
    packed.set(file, small);
    send(response, type, small, "gzip");
  };
  const sendText = (request: IncomingMessage, response: ServerResponse, type: string, text: string): void =>
    takesGzip(request) ? send(response, type, gzipSync(text, { level: 4 }), "gzip") : send(response, type, text);
  let shown = data;
  let edition = 0;
  const extras = new Map<PageExtra["id"], Buffer>();
  const page = (): string =>
    pageHtml(
      headFor(shown, edition),
      writePage(shown),
      fileAssets,
      [...extras.keys()].map((id) => ({ id, source: { kind: "file", name: extraNames[id] } })),
    );
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    if (!isLocal(request, portOf(server))) return refuse(response, 403, "This server answers this machine alone.");
    if (request.method === "PUT" && request.url === "/text" && save !== null)
      return takeText(request, response, save, onBug);
    if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405, "Only GET is answered.");
    const path = pathOf(request.url ?? "");
    if (path === null) return refuse(response, 400, "That is no path of this server.");
    if (isEmbedded(request, path)) return refuse(response, 403, "Pages elsewhere get nothing from this server.");
    if (path === "/") return sendText(request, response, "text/html; charset=utf-8", page());
    if (path === "/case.json") return sendText(request, response, "application/json; charset=utf-8", writePage(shown));
    const extra = extraAt(path);
    if (extra !== null) {
      const bytes = extras.get(extra);
      // A page may ask for what was just forgotten, since the case has changed: that is no fault of anyone.
      return bytes === undefined ? sendNothing(response) : send(response, "application/octet-stream", bytes);
    }
    if (path === "/events") {
      // Who asks for the head of a stream waits for nothing.
      if (request.method === "HEAD") return send(response, "text/event-stream", "");
      if (!listen(response, listeners)) return;
      // A page that was still loading, or was away, is behind: it reads the case again, and what goes with it.
      if (editionOf(request) === edition) return;
      response.write(eventText(edition, "changed", "case"));
      for (const id of extras.keys()) response.write(eventText(edition, "extra", id));
      return;
    }
    const file = files.get(path.slice(1));
    return file === undefined
      ? refuse(response, 404, "There is nothing here.")
      : sendFile(request, response, contentType(path), file);
  };
  const server = createServer((request, response) => {
    // Who asked may be gone before the answer is.
    response.on("error", () => response.destroy());
    try {
      takeAbsoluteTarget(request);
      answer(request, response);
    } catch (error) {
      onBug(error);
      if (response.headersSent) response.destroy();
      else refuse(response, 500, "This server could not answer; what it says is in the terminal.");
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    // Loopback only: a case may be private, and nobody else is to read it.
    server.listen(port, "127.0.0.1", resolve);
  });
  server.removeAllListeners("error").on("error", onBug);
  const announce = (event: string, what: string): void => {
    edition++;
    for (const listener of listeners) listener.write(eventText(edition, event, what));
  };
  return {
    address: `http://localhost:${portOf(server)}/`,
    show: (next) => {
      shown = next;
      extras.clear();
      announce("changed", "case");
    },
    add: (whole) => {
      shown = whole;
      announce("panels", "panels");
    },
    give: (id, bytes) => {
      extras.set(id, Buffer.from(bytes));
      announce("extra", id);
    },
    close: () =>
      new Promise((resolve) => {
        for (const listener of listeners) listener.end();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What a page loads beside what is shown, by its path; null for any other path. */
function extraAt(path: string): PageExtra["id"] | null {
  const ids: readonly PageExtra["id"][] = ["table", "evidence"];
  return ids.find((id) => path === `/${extraNames[id]}`) ?? null;
}

/** The path of a request line; null for what is none, such as `//`, `*` or the address of another server. */
function pathOf(target: string): string | null {
  const path = target.split("?", 1)[0] ?? "";
  return /^\/(?!\/)/.test(path) ? path : null;
}

/**
 * Whether a page of another site asks, as for a picture or a script; browsers say so (Fetch Metadata, W3C 2021). Following a link to the page itself is no
 * such thing.
 */
function isEmbedded({ headers }: IncomingMessage, path: string): boolean {
  const site = headers["sec-fetch-site"];
  if (site === undefined || site === "same-origin" || site === "none") return false;
  return path !== "/" || headers["sec-fetch-mode"] !== "navigate" || headers["sec-fetch-dest"] !== "document";
}

/** Pages that hear of changes at a time; more than anyone opens. */
const mostListeners = 200;

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** A page elsewhere that has its name point at this machine would send that name: it is not answered. */
function isLocal(request: IncomingMessage, port: number): boolean {
  const own = ["localhost", "127.0.0.1", "[::1]"];
  // Nobody writes the port that goes without saying.
  const names = [...own.map((n) => `${n}:${port}`), ...(port === 80 ? own : [])];
  const { host, origin } = request.headers;
  if (host === undefined || !names.includes(host.toLowerCase())) return false;
  return origin === undefined || names.some((n) => origin === `http://${n}`);
}

const safe = {
  "Content-Security-Policy": `${contentPolicy(fileAssets, "self")}; frame-ancestors 'none'`,
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cache-Control": "no-store",
} as const;

function takesGzip({ headers }: IncomingMessage): boolean {
  return /\bgzip\b/.test(String(headers["accept-encoding"] ?? ""));
}

function send(response: ServerResponse, type: string, body: string | Buffer, encoding: "gzip" | null = null): void {
  const packed = encoding === null ? {} : { "Content-Encoding": encoding };
  response.writeHead(200, { ...safe, ...packed, Vary: "Accept-Encoding", "Content-Type": type });
  response.end(body);
}

/** Bytes of a change: a text as it was and as it is, in JSON, where a character may take six. */
const longestChange = 12 * largestCase;

/** Only a page of this server may change a file: its browser says so, of every request that is not a plain reading. */
function takeText(
  request: IncomingMessage,
  response: ServerResponse,
  save: NonNullable<ServedPage["save"]>,
  onBug: (error: unknown) => void,
): void {
  const { origin, host } = request.headers;
  if (origin === undefined || origin !== `http://${host ?? ""}`)
    return refuse(response, 403, "Only a page of this server changes a file.");
  const parts: Buffer[] = [];
  let size = 0;
  request.on("data", (part: Buffer) => {
    size += part.length;
    if (size <= longestChange) parts.push(part);
  });
  request.on("error", () => response.destroy());
  request.on("end", () => {
    const change = size > longestChange ? null : changeOf(Buffer.concat(parts).toString("utf8"));
    if (change === null) return refuse(response, 400, "That is no change of a text.");
    try {
      const trouble = save(change);
      if (trouble === null) sendNothing(response);
      else refuse(response, 409, trouble);
    } catch (error) {
      onBug(error);
      refuse(response, 500, verbTrouble(error).text ?? "It could not be written.");
    }
  });
}

/** There is none now; the page hears when there is. */
function sendNothing(response: ServerResponse): void {
  response.writeHead(204, safe);
  response.end();
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...safe, "Content-Type": "text/plain; charset=utf-8" });
  response.end(`${text}\n`);
}

/** Adds a page to those that hear of changes; false where there are too many. */
function listen(response: ServerResponse, listeners: Set<ServerResponse>): boolean {
  if (listeners.size >= mostListeners) {
    refuse(response, 503, "Too many pages listen already.");
    return false;
  }
  response.writeHead(200, { ...safe, "Content-Type": "text/event-stream" });
  response.write(": listening\n\n");
  listeners.add(response);
  response.on("close", () => listeners.delete(response));
  return true;
}

function eventText(edition: number, event: string, data: string): string {
  return `id: ${edition}\nevent: ${event}\ndata: ${data}\n\n`;
}

/** The edition that a listening page has: what it heard last, or what it was sent as; NaN where it says neither. */
function editionOf(request: IncomingMessage): number {
  const last = request.headers["last-event-id"];
  return Number(last ?? new URL(request.url ?? "", "http://localhost").searchParams.get("edition") ?? NaN);
}
