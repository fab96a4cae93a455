/** Says whether what was built is newer than all that it is built from: what is built needs no second build. */

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** Paths from the root of the repository; a source may be a folder. */
export function isFresh(made, sources) {
  const newest = Math.max(...sources.flatMap((s) => pathsIn(join(root, s))).map(writtenAt));
  return Math.min(...made.map((m) => writtenAt(join(root, m)))) > newest;
}

/** Milliseconds; of what is not there, before all else. */
function writtenAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity;
}

/** A file, or a folder with all in it: the time of a folder changes when a file in it goes. */
function pathsIn(path) {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [path];
  return [path, ...readdirSync(path).flatMap((name) => pathsIn(join(path, name)))];
}
