/** Gives a document or a server the built script and style of the page. */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { themeStyle, type PageAssets } from "#internal.ts";
import { Usage } from "../files.ts";
import { packageFolder } from "../package-folder.ts";

const built = fileURLToPath(new URL("dist/web/", packageFolder));

/** The files a folder or a server serves beside the page, by name. */
export function appFiles(): ReadonlyMap<string, Buffer> {
  const folder = folderOf("app");
  return new Map(
    readdirSync(folder).map((name) => [
      name,
      name === fileAssets.style ? Buffer.from(styleIn(folder)) : readFileSync(`${folder}/${name}`),
    ]),
  );
}

/** What is called how beside a page. */
export const extraNames = { table: "table.bin", evidence: "evidence.json" } as const;

export const fileAssets = { kind: "files", script: "page.js", style: "style.css" } as const satisfies PageAssets;

/** Script and style as they go into one file, with the hashes its policy names. */
export function inlineAssets(): PageAssets {
  const folder = folderOf("single");
  // In a script element nothing but these two can end or derail it; both stand only within strings and patterns.
  const script = readFileSync(`${folder}/page.js`, "utf8")
    .replaceAll(/<\/(script)/gi, String.raw`<\/$1`)
    .replaceAll("<!--", String.raw`<\!--`);
  const style = styleIn(folder);
  return { kind: "inline", script, scriptHash: hash(script), style, styleHash: hash(style) };
}

/** The page's style, and that of its pictures, which stand in it before any script has run. */
function styleIn(folder: string): string {
  return `${readFileSync(`${folder}/style.css`, "utf8")}\n${themeStyle()}\n`;
}

function hash(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("base64");
}

function folderOf(kind: "app" | "single"): string {
  const folder = `${built}${kind}`;
  if (!existsSync(`${folder}/page.js`)) throw new Usage("the page is not built; run npm run build first");
  return folder;
}

export function contentType(name: string): string {
  if (name.endsWith(".js")) return "text/javascript; charset=utf-8";
  if (name.endsWith(".css")) return "text/css; charset=utf-8";
  return "application/octet-stream";
}
