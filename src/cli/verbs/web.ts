/** `casus web`: a case as a page on this machine, made anew as its files change. */

import { spawn } from "node:child_process";
import { statSync, watch } from "node:fs";
import { dirname } from "node:path";
import type { Command } from "commander";
import type { PageData } from "#internal.ts";
import { drive } from "../drive.ts";
import type { Done, ExitCode } from "../exit.ts";
import { Usage } from "../files.ts";
import { whole } from "../options.ts";
import { evidenceText, pageWithoutFindings, withFindings, withPanels, withTable } from "../page/case-page.ts";
import { withPageOptions, type PageMaking } from "../page/options.ts";
import { serve, type PageServer } from "../page/server.ts";
import { troubleOf } from "../trouble.ts";

interface WebOptions extends PageMaking {
  readonly port: number;
  readonly open?: boolean;
}

export function addWeb(program: Command, done: Done): void {
  withPageOptions(
    program
      .command("web <case>")
      .description("open a case as a page on this machine; it follows the case's files as they change")
      .option("--port <n>", "port to listen on; 0 takes any that is free", whole(0, 65_535), 4173)
      .option("--open", "open it in the browser"),
  ).action(async (path: string, o: WebOptions) => done(await webCase(path, o)));
}

async function webCase(path: string, o: WebOptions): Promise<ExitCode> {
  const first = pageWithoutFindings(path, o);
  const server = await started(first, o.port);
  process.stderr.write(`casus: the page is at ${server.address}\n       Ctrl-C ends it.\n`);
  if (o.open === true) openInBrowser(server.address);
  const stopFollowing = follow(path, o, first, server);
  await new Promise<void>((resolve) => process.once("SIGINT", () => resolve()));
  stopFollowing();
  await server.close();
  return 0;
}

async function started(first: PageData, port: number): Promise<PageServer> {
  try {
    return await serve(first, port);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE")
      throw new Usage(`port ${port} is taken; give another with --port, or 0 for any`);
    throw error;
  }
}

/** Milliseconds a burst of writes is waited for. */
const settleTime = 120;

/**
 * Reads the case again whenever its folder changes, and runs it: the page first gets the case, then its findings. Runs of a text that
 * was written over are stopped; only the newest is shown. Last come the table that a page reads while its claims are moved, and what it reweighs them by.
 */
function follow(path: string, o: WebOptions, first: PageData, server: PageServer): () => void {
  let timer: NodeJS.Timeout | undefined;
  let text = JSON.stringify(first.documents);
  let wanted: PageData | null = null;
  let isRunning = false;
  let stale = new AbortController();
  const run = async (data: PageData): Promise<void> => {
    wanted = data;
    stale.abort();
    if (isRunning) return;
    isRunning = true;
    while (wanted !== null) {
      const now: PageData = wanted;
      wanted = null;
      stale = new AbortController();
      const { signal } = stale;
      const found = await findingsOf(now, { ...o, signal });
      if (found === null || wanted !== null) continue;
      server.show(found);
      const table = await tableOf(found, { ...o, signal });
      if (table !== null && wanted === null) server.give("table", table);
      const evidence = signal.aborted
        ? null
        : await tried(() => drive({ ...o, signal }, (lab) => evidenceText(found, lab)));
      if (evidence !== null && wanted === null) server.give("evidence", Buffer.from(evidence));
      if (o.brief === true || wanted !== null) continue;
      const whole = await panelsOf(path, found, { ...o, signal });
      if (whole !== null && wanted === null) server.add(whole);
    }
    isRunning = false;
  };
  const again = (): void => {
    try {
      const data = pageWithoutFindings(path, o);
      const now = JSON.stringify(data.documents);
      if (now === text) return;
      text = now;
      server.show(data);
      void run(data);
    } catch (error) {
      // A file may be gone for a moment while an editor saves it.
      if (!(error instanceof Usage)) logTrouble(error);
    }
  };
  void run(first);
  const watcher = watch(statSync(path).isDirectory() ? path : dirname(path), () => {
    clearTimeout(timer);
    timer = setTimeout(again, settleTime);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}

type Driven = WebOptions & { readonly signal: AbortSignal };

/** Null where the case could not be run; what is in the way has been told, and the page goes on making its own runs. */
async function findingsOf(data: PageData, o: Driven): Promise<PageData | null> {
  return data.model === null ? null : tried(() => drive(o, (lab) => withFindings(data, lab)));
}

/** What the page reads while claims are moved; null where there can be none. */
async function tableOf(data: PageData, o: Driven): Promise<Uint8Array | null> {
  return tried(async () => (await drive(o, (lab) => withTable({ ...data, findings: null }, lab))).bytes);
}

/** What opens on request. */
async function panelsOf(path: string, data: PageData, o: Driven): Promise<PageData | null> {
  return tried(() => drive(o, (lab, stage) => withPanels(path, data, lab, stage)));
}

async function tried<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    logTrouble(error);
    return null;
  }
}

/** The server outlives whatever one text of the case does to it. */
function logTrouble(error: unknown): void {
  const { text } = troubleOf(error);
  if (text !== null) process.stderr.write(`casus: ${text}\n`);
}

function openInBrowser(address: string): void {
  const [command, ...before] =
    process.platform === "darwin" ? ["open"] : process.platform === "win32" ? ["cmd", "/c", "start", ""] : ["xdg-open"];
  const child = spawn(command ?? "xdg-open", [...before, address], { stdio: "ignore", detached: true });
  child.on("error", () => process.stderr.write("casus: no browser was found to open; the address above still holds\n"));
  child.unref();
}
