/** Starts a server for a queue on a free port, with its append-only file in a folder of its own; can be killed and started again. */

import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Null where neither is installed. */
export const serverProgram =
  ["valkey-server", "redis-server"].find((name) => spawnSync(name, ["--version"]).status === 0) ?? null;

export interface TestServer {
  readonly url: string;
  /** Ends it at once and starts it on the same port from its file. */
  restart(): Promise<void>;
  end(): Promise<void>;
}

export async function startServer(): Promise<TestServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "casus-queue-"));
  const start = async (): Promise<ChildProcess> => {
    const words = ["--port", String(port), "--dir", folder, "--save", "", "--appendonly", "yes"];
    const child = spawn(serverProgram ?? "", words, { stdio: ["ignore", "pipe", "inherit"] });
    await said(child, "Ready to accept connections");
    return child;
  };
  let child = await start();
  const end = (): Promise<void> => ended(child, "SIGKILL");
  return {
    url: `redis://localhost:${port}`,
    restart: async () => {
      await end();
      child = await start();
    },
    end,
  };
}

/** Resolves when a process has said something on either of its outputs. */
export function said(child: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = "";
    const listen = (data: Buffer): void => {
      text += data.toString();
      if (text.includes(words)) resolve();
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    child.on("exit", () => reject(new Error(`it ended and said: ${text}`)));
  });
}

export async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await gone;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
