/** Gives a document or a server the built script and style of the page. */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { pageLoader, themeStyle, toBase85, type PageAssets, type PictureFace } from "#internal.ts";
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

export const fileAssets = {
  kind: "files",
  script: "page.js",
  style: "style.css",
  type: ["serif-400.woff2", "serif-700.woff2", "sans-400.woff2", "sans-600.woff2"],
} as const satisfies PageAssets;

/** What pictures in files of their own are set in; none where the page is not built. */
export function pictureFaces(): readonly PictureFace[] {
  return ["400", "600"].flatMap((weight) => {
    const path = `${built}app/sans-${weight}.woff2`;
    if (!existsSync(path)) return [];
    return [{ weight, address: `data:font/woff2;base64,${readFileSync(path).toString("base64")}` }];
  });
}

/** Script and style as they go into one file, with the hashes its policy names. */
export function inlineAssets(): PageAssets {
  const folder = folderOf("single");
  const packedScript = packText(readFileSync(`${folder}/page.js`, "utf8"));
  const style = styleIn(folder);
  return {
    kind: "inline",
    packedScript,
    scriptHash: readFileSync(`${folder}/page.sha256`, "utf8"),
    loaderHash: hash(pageLoader),
    style,
    styleHash: hash(style),
  };
}

/** Text as the loader of a page in one file unpacks it. */
export function packText(text: string): string {
  return toBase85(gzipSync(text, { level: 9 }));
}

/** The page's style, and that of its pictures, which stand in it before any script has run. */
function styleIn(folder: string): string {
  return `${readFileSync(`${folder}/style.css`, "utf8")}\n${themeStyle()}\n`;
}

function hash(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("base64");
}

type Form = "app" | "single";

/** Throws `Usage` where the page was not built. */
export function checkBuilt(form: Form): void {
  if (!existsSync(`${built}${form}/style.css`)) throw new Usage("the page is not built; run npm run build first");
}

function folderOf(form: Form): string {
  checkBuilt(form);
  return `${built}${form}`;
}

export function contentType(name: string): string {
  if (name.endsWith(".js")) return "text/javascript; charset=utf-8";
  if (name.endsWith(".woff2")) return "font/woff2";
  if (name.endsWith(".css")) return "text/css; charset=utf-8";
  return "application/octet-stream";
}
