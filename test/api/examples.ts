/** Runs an example of the documentation as it stands, in a Node of its own; `import` means the compiled package. */

import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";

const packages: Readonly<Record<string, string>> = {
  casus: pathToFileURL("dist/casus.js").href,
  "casus/node": pathToFileURL("dist/cli/node.js").href,
};

/** What it prints. `before` and `after` stand around it: what its host has, and what is done with what it made. */
export function runExample(source: string, { before = "", after = "" } = {}): string {
  const input = [before, source, after]
    .join("\n")
    .replaceAll(
      /^(import .* from) "(casus[^"]*)";$/gm,
      (_, what: string, from: string) => `${what} "${packages[from] ?? from}";`,
    );
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module"], { input, encoding: "utf8" });
  if (status !== 0) throw new Error(`the example fails (${status ?? "ended"}):\n${stderr}`);
  return stdout;
}
