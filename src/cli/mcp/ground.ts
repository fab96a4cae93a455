/** Holds every path that an assistant names inside the folder that is served, which is the folder this process works in. */

import { existsSync, lstatSync, readdirSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { onDisk, Usage } from "../disk.ts";
import { folderOfCase } from "../files.ts";

/** A path that is there, relative to the folder. Throws `Usage` where it is not, or leads out, by dots, by its beginning or by a link. */
export function placeInside(asked: string): string {
  const path = withinFolder(asked);
  if (!isInside(onDisk(asked, () => realpathSync(path)))) throw leadsOut(asked);
  return path;
}

/** A path to write to, which need not be there. Throws `Usage` where it leads out. */
export function placeToWrite(asked: string): string {
  const path = withinFolder(asked);
  // What is to be made lies in the nearest folder that is there; a link that leads nowhere is there too.
  for (let at = path; ; at = dirname(at)) {
    if (lstatSync(at, { throwIfNoEntry: false }) === undefined) continue;
    if (!isInside(onDisk(asked, () => realpathSync(at)))) throw leadsOut(asked);
    return path;
  }
}

/** Throws `Usage` where something in the folder, if it is there, is a link that leads out: what is read or written there might follow it. */
export function checkLinks(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of onDisk(folder, () => readdirSync(folder))) {
    const path = join(folder, name);
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true) placeInside(path);
  }
}

/** The case at a path: its texts and the files next to them stay inside. */
export function caseInside(asked: string): string {
  const path = placeInside(asked);
  checkLinks(folderOfCase(path));
  return path;
}

function withinFolder(asked: string): string {
  if (asked.includes("\0")) throw new Usage("a path holds no zero byte");
  const inside = relative(resolve("."), resolve(asked));
  if (isAbsolute(inside) || inside === ".." || inside.startsWith(`..${sep}`)) throw leadsOut(asked);
  return inside === "" ? "." : inside;
}

function isInside(real: string): boolean {
  const folder = realpathSync(".");
  return real === folder || real.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function leadsOut(asked: string): Usage {
  return new Usage(`${asked} leads out of the folder that this server may use; name a path inside it, such as mycase`);
}
