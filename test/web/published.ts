/** A small case, published in both forms with the page as it is now; what a browser test opens. */

import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
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

/** What a test opens of it: the single file (without, its address leads nowhere), and where the panels are, which take most of the runs. */
interface Opened {
  readonly single?: boolean;
  readonly panels?: "folder" | "single";
}

export function publish(casePath: string, worlds: number, { single = false, panels }: Opened = {}): Published {
  const place = mkdtempSync(join(tmpdir(), "casus-web-"));
  const copy = join(place, "case");
  const make = (name: string, form: "folder" | "single"): void => {
    const brief = panels === form ? [] : ["--brief"];
    const alone = form === "single" ? ["--single-file"] : [];
    cpSync(publishedOnce(name, [casePath, "--worlds", String(worlds), ...brief, ...alone]), join(place, name), {
      recursive: true,
    });
  };
  cpSync(join(root, casePath), copy, { recursive: true });
  make("folder", "folder");
  if (single) make("page.html", "single");
  return {
    folder: join(place, "folder"),
    single: pathToFileURL(join(place, "page.html")).href,
    copy,
    remove: () => rmSync(place, { recursive: true, force: true }),
  };
}

/** What `casus publish` writes with these words: once in a run of the tests, for every file that asks. Its readers take a copy. */
function publishedOnce(name: string, words: readonly string[]): string {
  const kept = join(tmpdir(), `casus-published-${createHash("sha256").update(words.join("\n")).digest("hex")}`);
  if (!existsSync(kept)) {
    const draft = mkdtempSync(join(tmpdir(), "casus-publishing-"));
    execFileSync(process.execPath, [bin, "publish", ...words, "--out", join(draft, name)], { cwd: root });
    try {
      renameSync(draft, kept);
    } catch {
      // Another file of tests has written the same in the meantime.
      rmSync(draft, { recursive: true });
    }
  }
  return join(kept, name);
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
