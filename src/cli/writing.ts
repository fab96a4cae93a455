/** Texts and bytes in; whole files out, or none: each is written under another name first, and nothing half written is left behind. */

import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { isSystemError, onDisk, Usage } from "./disk.ts";

/** Drafts of this process that are under way; removed when it ends. */
const drafts = new Set<string>();
process.on("exit", () => drafts.forEach((draft) => rmSync(draft, { force: true })));

/** A draft's name says whose it is: of a program on another machine that shares the folder, nobody here can know whether it still runs. */
const machine = hostname().replaceAll(/[^A-Za-z0-9-]/g, "-");

/** Milliseconds after which a draft is stale, whoever began it. */
const longestDraft = 24 * 3600 * 1000;

/** Where a file is written before it takes its name. Stale drafts of it, of programs that have ended, are swept. */
export function draftOf(path: string): string {
  sweep(dirname(path), basename(path));
  const draft = `${path}.${machine}.${process.pid}.tmp`;
  drafts.add(draft);
  return draft;
}

/** The draft takes its name. */
export function finish(draft: string, path: string): void {
  renameSync(draft, path);
  drafts.delete(draft);
  syncFolder(dirname(path));
}

export function abandon(draft: string): void {
  rmSync(draft, { force: true });
  drafts.delete(draft);
}

/** The text of a case, written as `writeWhole` writes anything else. */
export function writeCaseText(path: string, text: string): void {
  writeAll(path, text);
}

/** What is made of a case is not written over a case's own text. Throws `Usage` as `writeCaseText` does, and where the name is that of a case. */
export function writeWhole(path: string, data: string | Uint8Array): void {
  checkNoCase(path);
  writeAll(path, data);
}

/**
 * Writes all of it or nothing. A link keeps pointing where it did; what is no regular file, such as a device, is written to as it is. Throws `Usage` where
 * the system refuses: the disk is full, the folder is missing.
 */
function writeAll(path: string, data: string | Uint8Array): void {
  onDisk(path, () => {
    const there = existsSync(path) ? statSync(path) : null;
    if (there !== null && there.isDirectory()) throw new Usage(`${path} is a folder; name a file`);
    if (there !== null && !there.isFile()) return writeFileSync(path, data);
    if (there === null && !existsSync(dirname(path)))
      throw new Usage(`there is no folder ${dirname(path)} to write ${path} to`);
    const place = there === null ? path : realpathSync(path);
    const draft = draftOf(place);
    try {
      const bytes = typeof data === "string" ? Buffer.from(data) : data;
      const file = openSync(draft, "w", there === null ? 0o666 : there.mode & 0o777);
      try {
        for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      finish(draft, place);
    } catch (error) {
      abandon(draft);
      throw error;
    }
  });
}

/** The folder, made where it is not there. Throws `Usage` where a file is in its place, or it cannot be made. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    if (isSystemError(error) && error.code === "EEXIST") throw new Usage(`${path} is a file; name a folder`);
    // Made with its parents, a folder on a disk that can only be read counts as missing; asked for alone, the system tells why.
    onDisk(path, () => mkdirSync(path));
    throw error;
  }
}

/** Whether something can be written there, asked before long work begins. Throws `Usage` as `writeWhole` would. */
export function checkWritable(path: string): void {
  checkNoCase(path);
  const folder = dirname(path);
  if (existsSync(path) && statSync(path).isDirectory()) throw new Usage(`${path} is a folder; name a file`);
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new Usage(`there is no folder ${folder} to write ${path} to`);
}

function checkNoCase(path: string): void {
  const place = existsSync(path) ? onDisk(path, () => realpathSync(path)) : path;
  if (/\.casus$/i.test(place)) throw new Usage(`${path} is the text of a case; name another file to write this to`);
}

function sweep(folder: string, name: string): void {
  if (!existsSync(folder)) return;
  for (const other of readdirSync(folder)) {
    if (!other.startsWith(`${name}.`)) continue;
    const [, host, pid] = /^\.([A-Za-z0-9-]+)\.(\d+)\.tmp$/.exec(other.slice(name.length)) ?? [];
    if (host === undefined || pid === undefined) continue;
    const path = join(folder, other);
    if ((host === machine && !isAlive(Number(pid))) || isOld(path)) rmSync(path, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's program may not be asked, and is there all the same.
    return isSystemError(error) && error.code === "EPERM";
  }
}

function isOld(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs > longestDraft;
}

/** The new name is on the disk too; some systems cannot open a folder, and have no need to. */
function syncFolder(folder: string): void {
  let handle: number;
  try {
    handle = openSync(folder, "r");
  } catch {
    return;
  }
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
