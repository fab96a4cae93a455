/** Writes the HTML document of a page, into which no text of a case can enter as markup. */

import { pageLoader } from "./page-loader.ts";
import { shareSize } from "./share-picture.ts";

/** Where script and style come from: files beside the page, or the page itself (then with their SHA-256 in base64). */
export type PageAssets =
  | {
      readonly kind: "files";
      readonly script: string;
      readonly style: string;
      /** Type that the first screen is set in. */
      readonly type: readonly string[];
    }
  | {
      readonly kind: "inline";
      /** As the loader unpacks it. */
      readonly packedScript: string;
      readonly scriptHash: string;
      readonly loaderHash: string;
      readonly style: string;
      readonly styleHash: string;
    };

export interface PageHead {
  readonly title: string;
  /** The tag of the language the case is written in; null where it does not say. */
  readonly language: string | null;
  readonly description: string;
  /** What is found, in a sentence, for those who are sent the address; the description where nothing is found yet. */
  readonly finding: string;
  /** What a reader without scripts sees, as markup made by `report/`; empty where there is none. */
  readonly fallback: string;
  /** Address of the picture for those who are sent the page's address; null where there is none. */
  readonly image: string | null;
  /** Where the page may fetch from: its own place, or nowhere. */
  readonly connect: "self" | "none";
  /** The edition of a case being written that the page shows, so that its server can send it later ones; null where nothing changes. */
  readonly edition: number | null;
  /** Cases to begin from: with them the page is a workbench, its text next to it. */
  readonly shelf?: readonly ShelfCase[];
}

/** A case that can be opened on a workbench. */
export interface ShelfCase {
  readonly name: string;
  readonly kind: "template" | "case";
  /** What it asks, or what it is a template of. */
  readonly title: string;
  /** What it answers, and what history said, in words; null where nothing is known. */
  readonly answer: string | null;
  readonly history: string | null;
  /** Where its page's data lie, next to the workbench. */
  readonly file: string;
}

/**
 * What a page loads once its first picture stands, as a file beside it or in the page itself: the table that verdicts, contributions and turning
 * points are read from while claims are moved (`pageTable`; in base 85 where it is in the page), and the rows behind 'what happened' (`evidenceRows`, JSON;
 * packed where they stand in the page).
 */
export interface PageExtra {
  readonly id: "table" | "evidence";
  readonly source:
    | { readonly kind: "file"; readonly name: string }
    | { readonly kind: "inline"; readonly text: string };
}

/** The policy of a page: nothing from elsewhere, no script but its own, WebAssembly from bytes that the page itself makes. */
export function contentPolicy(assets: PageAssets, connect: PageHead["connect"]): string {
  const script = assets.kind === "files" ? "'self'" : `'sha256-${assets.loaderHash}' 'sha256-${assets.scriptHash}'`;
  const style = assets.kind === "files" ? "'self'" : `'sha256-${assets.styleHash}'`;
  return [
    "default-src 'none'",
    `script-src ${script} 'wasm-unsafe-eval'`,
    `style-src ${style}`,
    `font-src ${assets.kind === "files" ? "'self'" : "data:"}`,
    "worker-src blob:",
    "img-src data: blob:",
    `connect-src ${connect === "self" ? "'self'" : "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** `data` is what `writePage` made, for a page in one file packed for its loader. */
export function pageHtml(head: PageHead, data: string, assets: PageAssets, extras: readonly PageExtra[] = []): string {
  const style =
    assets.kind === "files"
      ? [
          ...assets.type.map(
            (name) => `<link rel="preload" as="font" type="font/woff2" href="${escaped(name)}" crossorigin>`,
          ),
          `<link rel="stylesheet" href="${escaped(assets.style)}">`,
        ].join("\n")
      : `<style>${assets.style}</style>`;
  const script =
    assets.kind === "files"
      ? `<script type="module" src="${escaped(assets.script)}"></script>`
      : `<script type="text/plain" id="script" data-packed>${assets.packedScript}</script>`;
  const loader = assets.kind === "files" ? "" : `\n<script>${pageLoader}</script>`;
  const caseBlock =
    assets.kind === "files"
      ? `<script type="application/json" id="case">${dataBlock(data)}</script>`
      : `<script type="text/plain" id="case" data-packed>${data}</script>`;
  const beside = extras.flatMap(({ id, source }) =>
    source.kind === "file" ? [`\n<meta name="casus-${id}" content="${escaped(source.name)}">`] : [],
  );
  // Of a kind that no browser runs.
  const inside = extras.flatMap(({ id, source }) =>
    source.kind === "inline"
      ? [`<script type="text/plain" id="${id}"${id === "evidence" ? " data-packed" : ""}>${source.text}</script>\n`]
      : [],
  );
  return `<!doctype html>
<html lang="${escaped(head.language ?? "en")}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(contentPolicy(assets, head.connect))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Casus">${head.edition === null ? "" : `\n<meta name="casus-live" content="${head.edition}">`}${beside.join("")}
<title>${escaped(head.title)}</title>
<meta name="description" content="${escaped(head.description)}">
<meta property="og:type" content="article">
<meta property="og:title" content="${escaped(head.title)}">
<meta property="og:description" content="${escaped(head.finding)}">
<meta name="twitter:card" content="${head.image === null ? "summary" : "summary_large_image"}">${imageTags(head)}
${style}
</head>
<body>
<div id="page">
${head.fallback === "" ? `<main class="fallback"><h1>${escaped(head.title)}</h1><p>${escaped(head.description)}</p></main>` : head.fallback}
<noscript><p class="notice">Here is what the case finds as it stands. Moving its claims needs JavaScript; nothing is sent anywhere.</p></noscript>
</div>
${caseBlock}
${head.shelf === undefined ? "" : `<script type="application/json" id="shelf">${dataBlock(JSON.stringify(head.shelf))}</script>\n`}${inside.join("")}${script}${loader}
</body>
</html>
`;
}

function imageTags({ image, finding }: PageHead): string {
  if (image === null) return "";
  const tags: readonly (readonly [string, string])[] = [
    ["og:image", image],
    ["og:image:type", "image/png"],
    ["og:image:width", String(shareSize.width)],
    ["og:image:height", String(shareSize.height)],
    ["og:image:alt", finding],
  ];
  return tags.map(([name, content]) => `\n<meta property="${name}" content="${escaped(content)}">`).join("");
}

/** Text as it may stand between tags or in a quoted attribute. */
export function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** JSON that cannot end the element it stands in, nor open a comment there: every `<` is written as an escape, which JSON reads back. */
export function dataBlock(json: string): string {
  return json.replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}
