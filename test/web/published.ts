/** A small case, published in both forms with the page as it is now; what a browser test opens. */

import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export const root = join(import.meta.dirname, "../..");
const bin = join(root, "bin/casus.js");

/** Builds the page from the sources, unless it is newer than all of them: what is tested is what is written. `npm test` builds it before any test begins. */
export function buildPage(): void {
  execFileSync(process.execPath, [join(root, "scripts/page.mjs")], { stdio: "inherit" });
}

export interface Published {
  readonly folder: string;
  /** `file://` address of the single file. */
  readonly single: string;
  /** The case, in a place of its own where it may be changed. */
  readonly copy: string;
  readonly remove: () => void;
}

/** What a test opens of it: the single file (without, its address leads nowhere), and the panels, which take most of the runs. */
interface Opened {
  readonly single?: boolean;
  readonly panels?: boolean;
}

export function publish(casePath: string, worlds: number, { single = false, panels = false }: Opened = {}): Published {
  const place = mkdtempSync(join(tmpdir(), "casus-web-"));
  const copy = join(place, "case");
  cpSync(join(root, casePath), copy, { recursive: true });
  const run = (...more: string[]): void =>
    void execFileSync(
      process.execPath,
      [bin, "publish", copy, "--worlds", String(worlds), ...(panels ? [] : ["--brief"]), ...more],
      { cwd: root },
    );
  run("--out", join(place, "folder"));
  if (single) run("--single-file", "--out", join(place, "page.html"));
  return {
    folder: join(place, "folder"),
    single: pathToFileURL(join(place, "page.html")).href,
    copy,
    remove: () => rmSync(place, { recursive: true, force: true }),
  };
}

/** The same address with the workbench open from the start: all claims, conclusions and courses. */
export function workbenchOf(address: string): string {
  const [path = "", hash] = address.split("#");
  const whole = path.includes("?") ? `${path}&workbench` : `${path}?workbench`;
  return hash === undefined ? whole : `${whole}#${hash}`;
}

/** A static host that knows nothing but the folder. */
export async function host(folder: string): Promise<{ readonly address: string; readonly close: () => void }> {
  const types: Readonly<Record<string, string>> = { html: "text/html", js: "text/javascript", css: "text/css" };
  const server = createServer((request, response) => {
    const name = (request.url ?? "/").split(/[?#]/)[0]?.slice(1) || "index.html";
    try {
      const bytes = readFileSync(join(folder, name));
      response.writeHead(200, { "Content-Type": types[name.split(".").at(-1) ?? ""] ?? "application/octet-stream" });
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const at = server.address();
  const port = typeof at === "object" && at !== null ? at.port : 0;
  return { address: `http://127.0.0.1:${port}/`, close: () => void server.close() };
}

/** `casus web` on a free port. */
export async function serve(
  casePath: string,
  worlds: number,
): Promise<{ readonly address: string; readonly end: () => void }> {
  const child: ChildProcess = spawn(
    process.execPath,
    [bin, "web", casePath, "--port", "0", "--worlds", String(worlds)],
    {
      cwd: root,
      // What is kept between starts is kept for nobody else.
      env: { ...process.env, XDG_CACHE_HOME: mkdtempSync(join(tmpdir(), "casus-cache-")) },
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  const address = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const found = /http:\/\/localhost:\d+\//.exec(text);
      if (found !== null) resolve(found[0]);
    });
    child.once("exit", () => reject(new Error(`casus web ended: ${text}`)));
  });
  return { address, end: () => void child.kill("SIGINT") };
}
