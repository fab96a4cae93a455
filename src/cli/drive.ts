/** Work that wants a lab in; what it returns out. Draws a bar on a terminal; lets Ctrl-C stop it between two tasks. */

import { localLab, type Lab, type Progress } from "#casus.ts";

/** The user stopped it: exit code 130. */
export class Stopped extends Error {
  constructor() {
    super("stopped");
    this.name = "Stopped";
  }
}

/** Milliseconds between two drawings of the bar, and two looks at whether to stop. */
const pause = 100;

export async function drive<T>(work: (lab: Lab) => Promise<T>): Promise<T> {
  const isTerminal = process.stderr.isTTY === true;
  let isStopped = false;
  const stop = (): void => {
    isStopped = true;
  };
  process.once("SIGINT", stop);
  let drawnAt = Date.now();
  const lab = localLab(async (progress) => {
    if (Date.now() - drawnAt < pause) return;
    drawnAt = Date.now();
    if (isTerminal) process.stderr.write(`\r${bar(progress)}`);
    await new Promise((resolve) => setImmediate(resolve));
    if (isStopped) throw new Stopped();
  });
  try {
    return await work(lab);
  } finally {
    process.removeListener("SIGINT", stop);
    if (isTerminal) process.stderr.write(`\r${" ".repeat(60)}\r`);
  }
}

function bar({ done, total }: Progress): string {
  const width = 30;
  const full = Math.round((width * done) / total);
  return `${"█".repeat(full)}${"░".repeat(width - full)} ${Math.floor((100 * done) / total)} % of ${total} runs`;
}
