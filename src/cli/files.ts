/** Paths in; the documents of a case out, or what is wrong with the path. Folders, pipes, devices and what is too large are never read. */

import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
  type Stats,
} from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { Document } from "#internal.ts";
import { isSystemError, onDisk, systemText, Usage } from "./disk.ts";
import { readParquet } from "./parquet.ts";

export { Usage } from "./disk.ts";

/** Bytes of a case's texts together: a thousand printed pages of model. */
export const largestCase = 4_000_000;
/** Bytes of a record, or of a game file; a table that people read is smaller. */
const largestFile = 16_000_000;
const fileRule = `a file may hold ${largestFile} bytes`;

/** The `.casus` files of a folder in order of name, or the one file named. Names are as one would type them from here. */
export function readCase(path: string): readonly Document[] {
  const isWhole = statOf(path).isDirectory();
  if (!isWhole && !path.endsWith(".casus"))
    throw new Usage(`${path} is no .casus file; name one, or a folder that holds some`);
  const paths = isWhole
    ? onDisk(path, () => readdirSync(path))
        .filter((name) => name.endsWith(".casus"))
        .toSorted()
        .map((name) => join(path, name))
    : [path];
  if (isWhole) paths.forEach((file) => checkWithin(path, file));
  if (paths.length === 0)
    throw new Usage(`the folder ${path} holds no .casus file; name a folder that does, or a file`);
  let left = largestCase;
  return paths.map((file) => {
    const bytes = readBytes(file, left, `the texts of a case may hold ${largestCase} bytes together`);
    left -= bytes.length;
    return { name: relative(".", file) || file, text: decoded(file, bytes) };
  });
}

/** A link in a case's folder may not bring in, and have published, what lies elsewhere. */
function checkWithin(folder: string, file: string): void {
  const within = onDisk(folder, () => realpathSync(folder));
  const place = onDisk(file, () => realpathSync(file));
  if (!place.startsWith(within.endsWith(sep) ? within : within + sep))
    throw new Usage(`${file} leads out of the case's folder; put the file into it`);
}

/** Paths of the `.casus` files in a folder, in order of name; empty where it cannot be read. */
export function filesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".casus"))
      .toSorted()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function statOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    if (isSystemError(error) && error.code !== "ENOENT") throw new Usage(systemText(error, path));
    throw new Usage(`there is no ${path}; name a folder with .casus files, or a file`);
  }
}

/** The folder of a case: itself, or where its one file is. */
export function folderOfCase(path: string): string {
  return statOf(path).isDirectory() ? path : dirname(path);
}

/** A record's file, as text; Parquet as the CSV of the same table. It lies within the case's own folder, links followed and held to it too. Throws `Usage` where it is not there, leads out, or is too large. */
export function readBeside(casePath: string, file: string): Document {
  const folder = folderOfCase(casePath);
  const path = join(folder, file);
  let real: string;
  try {
    real = realpathSync(path);
  } catch (error) {
    if (isSystemError(error) && error.code !== "ENOENT") throw new Usage(systemText(error, path));
    throw new Usage(`there is no ${path}, which a record of the case names`);
  }
  checkWithin(folder, path);
  const name = relative(".", path);
  return /\.parquet$/i.test(file)
    ? { name, text: readParquet(readBytes(real, largestFile, fileRule, path), path) }
    : { name, text: readText(real, path) };
}

/** The text of a file. Throws `Usage` where there is none, it is too large, or it is not UTF-8. `called`: how messages name it. */
export function readText(file: string, called = file): string {
  return decoded(called, readBytes(file, largestFile, fileRule, called));
}

function decoded(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Usage(`${file} is not UTF-8 text; save it as UTF-8`);
  }
}

/**
 * The bytes of a regular file, as they are at one moment: it is opened first and judged then, so that what takes its place meanwhile is not read. A pipe
 * is opened without waiting for anyone to write to it.
 */
export function readBytes(file: string, most: number, rule: string, called = file): Uint8Array {
  return onDisk(called, () => {
    const handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = fstatSync(handle);
      if (stats.isDirectory()) throw new Usage(`${called} is a folder; name a file`);
      if (!stats.isFile()) throw new Usage(`${called} is no file of text, but a pipe or a device; name a file`);
      if (stats.size > most) throw new Usage(`${called} holds ${stats.size} bytes; ${rule}`);
      const bytes = new Uint8Array(stats.size);
      let at = 0;
      for (let got = -1; got !== 0 && at < bytes.length; at += got)
        got = readSync(handle, bytes, at, bytes.length - at, at);
      return bytes.subarray(0, at);
    } finally {
      closeSync(handle);
    }
  });
}

/** Whether `--out` names a folder for shards: it ends in a slash, or is a folder that is there. Otherwise it is the file of the report. */
export function isFolder(out: string | undefined): out is string {
  if (out === undefined) return false;
  return /[/\\]$/.test(out) || (existsSync(out) && statSync(out).isDirectory());
}
