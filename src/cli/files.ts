/** Paths in; the documents of a case out, or what is wrong with the path. */

import { existsSync, readdirSync, readFileSync, realpathSync, statSync, type Stats } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { Refused, type Document } from "#internal.ts";

/** Wrong usage: told on one line, exit code 2. */
export class Usage extends Refused {
  constructor(message: string) {
    super(message);
    this.name = "Usage";
  }
}

/** The `.casus` files of a folder in order of name, or the one file named. Names are as one would type them from here. */
export function readCase(path: string): readonly Document[] {
  const stats = statOf(path);
  const paths = stats.isDirectory()
    ? readdirSync(path)
        .filter((name) => name.endsWith(".casus"))
        .toSorted()
        .map((name) => join(path, name))
    : [path];
  if (paths.length === 0)
    throw new Usage(`the folder ${path} holds no .casus file; name a folder that does, or a file`);
  if (!stats.isDirectory() && !path.endsWith(".casus"))
    throw new Usage(`${path} is no .casus file; name one, or a folder that holds some`);
  return paths.map((file) => ({ name: relative(".", file) || file, text: readText(file) }));
}

function statOf(path: string): Stats {
  try {
    return statSync(path);
  } catch {
    throw new Usage(`there is no ${path}; name a folder with .casus files, or a file`);
  }
}

/** Bytes of a record; a table that people read is smaller. */
const largestRecord = 16_000_000;

/** A record's file: within the case's own folder, links followed and held to it too. Throws `Usage` where it is not there, leads out, or is too large. */
export function readBeside(casePath: string, file: string): Document {
  const folder = statOf(casePath).isDirectory() ? casePath : dirname(casePath);
  const path = join(folder, file);
  let real: string;
  try {
    real = realpathSync(path);
  } catch {
    throw new Usage(`there is no ${path}, which a record of the case names`);
  }
  if (!real.startsWith(realpathSync(folder) + sep))
    throw new Usage(`${path} leads out of the case's folder; put the file into it`);
  const { size } = statOf(real);
  if (size > largestRecord) throw new Usage(`${path} holds ${size} bytes; a record may hold ${largestRecord}`);
  return { name: relative(".", path), text: readText(path) };
}

/** The text of a file. Throws `Usage` where there is none, or it is not UTF-8. */
export function readText(file: string): string {
  statOf(file);
  const bytes = readFileSync(file);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Usage(`${file} is not UTF-8 text; save it as UTF-8`);
  }
}

/** Whether `--out` names a folder for shards: it ends in a slash, or is a folder that is there. Otherwise it is the file of the report. */
export function isFolder(out: string | undefined): out is string {
  if (out === undefined) return false;
  return /[/\\]$/.test(out) || (existsSync(out) && statSync(out).isDirectory());
}
