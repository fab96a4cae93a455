/**
 * The server for assistants, asked by the protocol's official inspector. It needs Node 22.19 and is not installed with us: `CASUS_INSPECTOR` says how to start it,
 * `/path/to/node /path/to/@modelcontextprotocol/inspector/clients/launcher/build/index.js`. Without that the test is skipped, and says so.
 */

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const [node, ...launcher] = process.env["CASUS_INSPECTOR"]?.split(" ") ?? [];
if (node === undefined)
  process.stderr.write("The inspector is not tried: CASUS_INSPECTOR does not say how to start it.\n");

const command = [process.execPath, "bin/casus.js", "mcp", "casebook/guarantee"];
const patience = 120_000;

/** What the inspector prints for one method; rejects where it ends with anything but 0. */
async function inspect(target: readonly string[], ...words: readonly string[]): Promise<string> {
  const wait = ["--connect-timeout", String(patience)];
  const { stdout } = await promisify(execFile)(node ?? "", [...launcher, "--cli", ...wait, ...target, ...words], {
    timeout: patience,
  });
  return stdout;
}

describe.skipIf(node === undefined)("the inspector", { timeout: 4 * patience }, () => {
  const server = node === undefined ? null : spawn(command[0] ?? "", [...command.slice(1), "--http", "--port", "0"]);
  let address = "";
  beforeAll(async () => {
    if (server === null) return;
    let said = "";
    while (!/http:\S+/.test(said)) said += String((await once(server.stderr, "data"))[0]);
    address = /http:\S+/.exec(said)?.[0] ?? "";
  }, patience);
  afterAll(() => server?.kill());

  it("finds the same over standard input and output and over HTTP, with schemas that every client reads", async () => {
    for (const words of [
      ["--method", "tools/list", "--strict"],
      ["--method", "resources/list"],
      ["--method", "prompts/list"],
      ["--method", "tools/call", "--tool-name", "check", "--tool-arg", "case=guarantee.casus"],
    ]) {
      const overPipe = await inspect(command, ...words);
      expect(overPipe.length).toBeGreaterThan(100);
      expect(await inspect([address, "--transport", "http"], ...words), words.join(" ")).toBe(overPipe);
    }
    const { tools } = JSON.parse(await inspect(command, "--method", "tools/list")) as { tools: { name: string }[] };
    expect(tools.map((t) => t.name)).toEqual(["check", "fix", "run", "explain", "flip", "learn", "tell", "publish"]);
  });
});
