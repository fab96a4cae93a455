/** Calls whenever the files of a case may have changed, however they come and go: written over, renamed, gone for a while, or their whole folder new. */

import { readdirSync, statSync, watch, type FSWatcher } from "node:fs";
import { dirname, join } from "node:path";

/** Milliseconds a burst of writes is waited for. */
const settleTime = 120;
/** Milliseconds after which the folder is looked at anyway: not every disk tells of changes, and a folder that was replaced never does. */
const lookTime = 1000;

/** `path`: the case's folder or its one file. Gives what ends it. */
export function watchCase(path: string, onChange: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let watcher: FSWatcher | null = null;
  let seen = stateOf(path);
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      seen = stateOf(path);
      onChange();
    }, settleTime);
  };
  const listen = (): void => {
    watcher?.close();
    try {
      watcher = watch(folderOf(path), soon);
      watcher.on("error", () => watcher?.close());
    } catch {
      // It is not there now; it is looked for again.
      watcher = null;
    }
  };
  listen();
  const looking = setInterval(() => {
    const now = stateOf(path);
    if (now === seen) return;
    seen = now;
    listen();
    soon();
  }, lookTime);
  return () => {
    clearInterval(looking);
    clearTimeout(timer);
    watcher?.close();
  };
}

function folderOf(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? path : dirname(path);
}

/** Which files are there and when each was written, as far as the system tells; a text to compare. */
function stateOf(path: string): string {
  try {
    const folder = folderOf(path);
    const of = (file: string): string => {
      const stats = statSync(file, { throwIfNoEntry: false });
      return stats === undefined ? "gone" : `${stats.ino} ${stats.size} ${stats.mtimeMs}`;
    };
    return [of(folder), ...readdirSync(folder).map((name) => `${name} ${of(join(folder, name))}`)].join("\n");
  } catch {
    return "unreadable";
  }
}
