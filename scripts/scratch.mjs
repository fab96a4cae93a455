/** Folders that a program needs while it runs: removed when it ends, and by the next one where it was killed. */

import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const mark = "casus-scratch-";

/** A new folder below the system's folder for such things. Its name has the number of this process. */
export function scratchFolder(below = tmpdir()) {
  sweep(below);
  const own = join(below, `${mark}${process.pid}`);
  mkdirSync(own, { recursive: true });
  process.once("exit", () => rmSync(own, { recursive: true, force: true }));
  return mkdtempSync(join(own, "s"));
}

/** A signal ends a program without its 'exit'; for those that listen to none themselves. */
export function endOnSignals() {
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ])
    process.once(signal, () => process.exit(code));
}

/** Removes what processes left that are no more. */
function sweep(below) {
  for (const name of readdirSync(below)) {
    const [, pid] = new RegExp(`^${mark}(\\d+)$`).exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(below, name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is somebody else's.
    return error.code === "EPERM";
  }
}
