/** `casus web`: a case as a page on this machine, made anew as its files change. */

import { spawn } from "node:child_process";
import type { Command } from "commander";
import type { Lab, PageData } from "#internal.ts";
import { drive } from "../drive.ts";
import type { Done, ExitCode } from "../exit.ts";
import { isSystemError, Usage } from "../disk.ts";
import { whole } from "../options.ts";
import {
  evidenceText,
  pageWithoutFindings,
  withFindings,
  withFirstLead,
  withLead,
  withPanels,
  withTable,
} from "../page/case-page.ts";
import { withPageOptions, type PageMaking } from "../page/options.ts";
import { frozenBeside } from "../frozen.ts";
import { findKept, keepPage, type KeptPage } from "../page/kept.ts";
import { servePage, type PageServer, type ServedPage } from "../page/server.ts";
import { appFiles } from "../page/assets.ts";
import { makeWorkbench } from "../page/workbench.ts";
import { saveChange } from "../page/save-text.ts";
import { watchCase } from "../page/watch-case.ts";
import { verbTrouble } from "../trouble.ts";

interface WebOptions extends PageMaking {
  readonly port: number;
  readonly open?: boolean;
}

export function addWeb(program: Command, done: Done): void {
  withPageOptions(
    program
      .command("web [case]")
      .description(
        "open a case as a page on this machine; it follows the case's files as they change. Without a case: the casebook, templates, and a place to write",
      )
      .option("--port <n>", "port to listen on; 0 takes any free port", whole(0, 65_535), 4173)
      .option("--open", "open it in the browser"),
  ).action(async (path: string | undefined, o: WebOptions) =>
    done(path === undefined ? await webWorkbench(o) : await webCase(path, o)),
  );
}

async function webCase(path: string, o: WebOptions): Promise<ExitCode> {
  const first = pageWithoutFindings(path, o);
  const server = await started(first, o.port, { save: (change) => saveChange(path, change) });
  outlive();
  process.stderr.write(`casus: the page is at ${server.address}\n       Ctrl-C ends it.\n`);
  if (o.open === true) openInBrowser(server.address);
  const stopFollowing = follow(path, o, first, server);
  await new Promise<void>((resolve) => process.once("SIGINT", () => resolve()));
  stopFollowing();
  await server.close();
  return 0;
}

/** Where no case is named: a shelf of cases to begin from, and a text that is run in the browser as it is written. */
async function webWorkbench(o: WebOptions): Promise<ExitCode> {
  const { data, head, files } = makeWorkbench(o);
  const beside = { files: new Map([...appFiles(), ...files]), headFor: () => head };
  const server = await started(data, o.port, beside);
  outlive();
  process.stderr.write(`casus: the casebook and a place to write are at ${server.address}\n       Ctrl-C ends it.\n`);
  if (o.open === true) openInBrowser(server.address);
  await new Promise<void>((resolve) => process.once("SIGINT", () => resolve()));
  await server.close();
  return 0;
}

async function started(first: PageData, port: number, beside: Partial<ServedPage> = {}): Promise<PageServer> {
  try {
    return await servePage(first, port, logTrouble, beside);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === "EADDRINUSE") throw new Usage(`port ${port} is taken; give another with --port, or 0 for any`);
    throw new Usage(`port ${port} cannot be listened on (${error.code}); give another with --port, or 0 for any`);
  }
}

/** From here on an error that nobody caught is told, and the server goes on. */
function outlive(): void {
  for (const event of ["uncaughtException", "unhandledRejection"]) {
    process.removeAllListeners(event);
    process.on(event, logTrouble);
  }
}

/**
 * Reads the case again whenever its folder changes, and runs it: the page first gets the case, then its findings. Runs of a text that
 * was written over are stopped; only the newest is shown. Last come the table that a page reads while its claims are moved, and what it reweighs them by.
 * While the case cannot be read, the page keeps what it showed.
 */
function follow(path: string, o: WebOptions, first: PageData, server: PageServer): () => void {
  let text = textOf(first);
  let lastTrouble: string | null = null;
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
      await tried(() => filled(now, { ...o, signal: stale.signal }));
    }
    isRunning = false;
  };
  /** What was kept of an earlier start, and what is missing of it, on the same threads throughout: what one part found, the next does not run again. */
  const filled = async (now: PageData, driven: Driven): Promise<void> => {
    if (now.model === null) return;
    const isNewest = (): boolean => wanted === null && !driven.signal.aborted;
    const frozen = (await tried(async () => frozenBeside(path))) ?? [];
    const kept = findKept(now, frozen);
    if (kept !== null) serveKept(kept);
    if (!isNewest() || (kept !== null && (o.brief === true || kept.data.panels !== null))) return;
    await drive(driven, async (lab, stage) => {
      const main = kept ?? (await made(now, lab, isNewest));
      if (main === null || !isNewest()) return;
      if (kept === null) keepPage(now, frozen, main);
      if (o.brief === true) return;
      const whole = await tried(() => withPanels(path, main.data, lab, stage));
      if (whole === null || !isNewest()) return;
      server.add(whole);
      keepPage(now, frozen, { ...main, data: whole });
    });
  };
  const serveKept = ({ data, table, evidence }: KeptPage): void => {
    server.show(o.brief === true ? { ...data, panels: null } : data);
    if (table !== null) server.give("table", table);
    if (evidence !== null) server.give("evidence", evidence);
  };
  /** All but the panels, shown as it comes: first figures, the first screen, then every view, then what a page reads while claims are moved. Null where a newer text has come. */
  const made = async (now: PageData, lab: Lab, isNewest: () => boolean): Promise<KeptPage | null> => {
    const first = await withFirstLead(now, lab);
    if (!isNewest()) return null;
    server.show(first);
    const lead = await withLead(now, lab);
    if (!isNewest()) return null;
    server.show(lead);
    const data = await withFindings(lead, lab);
    if (!isNewest()) return null;
    server.show(data);
    const bytes = (await tried(() => withTable({ ...data, findings: null }, lab)))?.bytes ?? null;
    const table = bytes === null ? null : Buffer.from(bytes);
    if (!isNewest()) return null;
    if (table !== null) server.give("table", table);
    const rows = await tried(() => evidenceText(data, lab));
    const evidence = rows === null ? null : Buffer.from(rows);
    if (!isNewest()) return null;
    if (evidence !== null) server.give("evidence", evidence);
    return { data, table, evidence };
  };
  const again = (): void => {
    try {
      const data = pageWithoutFindings(path, o);
      lastTrouble = null;
      const now = textOf(data);
      if (now === text) return;
      text = now;
      server.show(data);
      void run(data);
    } catch (error) {
      // A file may be gone for a moment while an editor saves it; what lasts is told once.
      const trouble = verbTrouble(error).text;
      if (trouble !== lastTrouble) logTrouble(error);
      lastTrouble = trouble;
    }
  };
  void run(first);
  const stopWatching = watchCase(path, again);
  return () => {
    stopWatching();
    stale.abort();
  };
}

/** What a page is made of: the case's texts and its records. */
function textOf({ documents, records }: PageData): string {
  return JSON.stringify([documents, records.tables]);
}

type Driven = WebOptions & { readonly signal: AbortSignal };

/** Null where it could not be had; the reason has been printed, and the page goes on making its own runs. */
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
  const { text } = verbTrouble(error);
  if (text !== null) process.stderr.write(`casus: ${text}\n`);
}

function openInBrowser(address: string): void {
  const [command, ...before] =
    process.platform === "darwin" ? ["open"] : process.platform === "win32" ? ["cmd", "/c", "start", ""] : ["xdg-open"];
  const child = spawn(command ?? "xdg-open", [...before, address], { stdio: "ignore", detached: true });
  child.on("error", () => process.stderr.write("casus: no browser was found to open; the address above still holds\n"));
  child.unref();
}
