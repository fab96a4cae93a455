/** The command line as it is built, called in the test's own process: what it prints and its exit code, without the second that a process takes to start. What concerns the process (signals, pipes, a terminal, an unforeseen error) is tested with one. */

import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const root = join(import.meta.dirname, "../..");
const bundle = join(root, "dist/command/main.js");
const writtenAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity;
/** As `bin/casus.js` finds it: where the compiler has written since, it starts what that wrote. */
const isFresh =
  writtenAt(bundle) >= Math.max(...["core", "cli"].map((name) => writtenAt(join(root, `dist/${name}.tsbuildinfo`))), 0);

export interface Printed {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `casus` with these words, in the folder of the tests. */
export async function casus(...words: readonly string[]): Promise<Printed> {
  return casusIn(root, words);
}

/** Runs `casus` with these words in a folder, and goes back to the one before. */
export async function casusIn(folder: string, words: readonly string[]): Promise<Printed> {
  if (!isFresh) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "bin/casus.js"), ...words], {
      encoding: "utf8",
      cwd: folder,
    });
    return { status: status ?? Number.NaN, stdout, stderr };
  }
  const { main } = (await import(pathToFileURL(bundle).href)) as {
    readonly main: (words: readonly string[]) => Promise<number>;
  };
  const before = process.cwd();
  process.chdir(folder);
  const [stdout, stderr] = [process.stdout, process.stderr].map(listenTo) as [Listener, Listener];
  try {
    const status = await main(words);
    return { status, stdout: stdout.heard(), stderr: stderr.heard() };
  } finally {
    stdout.end();
    stderr.end();
    process.chdir(before);
  }
}

interface Listener {
  readonly heard: () => string;
  readonly end: () => void;
}

/** Takes what is written to a stream, instead of it. */
function listenTo(stream: NodeJS.WriteStream): Listener {
  const parts: string[] = [];
  const write: unknown = Reflect.get(stream, "write");
  stream.write = (part: string | Uint8Array, ...more: readonly unknown[]): boolean => {
    parts.push(typeof part === "string" ? part : new TextDecoder().decode(part));
    const callback = more.at(-1);
    if (typeof callback === "function") callback();
    return true;
  };
  return {
    heard: () => parts.join(""),
    end: () => void Reflect.set(stream, "write", write),
  };
}
