/** Paths in; the documents of a case out, or what is wrong with the path. */

import { existsSync, readdirSync, readFileSync, statSync, type Stats } from "node:fs";
import { join, relative } from "node:path";
import type { Document } from "#casus.ts";

/** Wrong usage: told on one line, exit code 2. */
export class Usage extends Error {
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
