/**
 * Makes `site/`, the documentation as a folder for any static host: every page of docs/, the language reference, the published JSON Schemas, the casebook
 * with a live page for each case, a place to write with nothing installed, and a search over all of it. `--brief` leaves the live pages and that place out. Ends with exit code 1 where a link leads nowhere.
 */

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { Marked } from "marked";

const root = join(import.meta.dirname, "..");
const site = join(root, "site");
const isBrief = process.argv.includes("--brief");

/** The pages, in the order of the menu; the folder of a README is its page. */
const groups = [
  ["Start", ["README.md", "docs/program.md", "docs/api/README.md", "docs/glossary.md", "CONTRIBUTING.md"]],
  [
    "Write a case",
    ["docs/language.md", ...pagesIn("docs", (f) => /tutorial|authoring|assistants|recipe|interchange|import/.test(f))],
  ],
  [
    "Casebook",
    [
      ...["docs/casebook.md"].filter((f) => existsSync(join(root, f))),
      ...readdirSync(join(root, "casebook"))
        .map((c) => `casebook/${c}/README.md`)
        .filter((f) => existsSync(join(root, f))),
    ],
  ],
  ["How it works", pagesIn("docs", () => true)],
  [
    "Rooms",
    readdirSync(join(root, "src"))
      .map((r) => `src/${r}/README.md`)
      .filter((f) => existsSync(join(root, f))),
  ],
  ["Decisions", pagesIn("docs/decisions", () => true)],
  ["JSON", pagesIn("docs/schema", () => true)],
];
const seen = new Set();
const menu = groups.map(([title, files]) => [title, files.filter((f) => !seen.has(f) && seen.add(f))]);
const pages = menu.flatMap(([, files]) => files);

function pagesIn(folder, isWanted) {
  return readdirSync(join(root, folder))
    .filter((f) => f.endsWith(".md") && isWanted(f))
    .toSorted((a, b) => Number(b === "README.md") - Number(a === "README.md") || a.localeCompare(b))
    .map((f) => `${folder}/${f}`);
}

/** Where a page of the repository stands on the site. */
function addressOf(file) {
  return file === "README.md" ? "index.html" : file.replace(/README\.md$/, "index.html").replace(/\.md$/, ".html");
}

const escaped = (text) =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
const plain = (html) =>
  html
    .replace(/<[^>]*>/g, "")
    .replace(/\s+/g, " ")
    .trim();
const anchorOf = (text) =>
  text
    .toLowerCase()
    .replace(/<[^>]*>/g, "")
    .replace(/[^\p{L}\p{N}_ -]/gu, "")
    .trim()
    .replaceAll(" ", "-");

const broken = [];
const index = [];

function render(file) {
  const here = addressOf(file);
  const anchors = new Set();
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }) {
        const words = this.parser.parseInline(tokens);
        let anchor = anchorOf(words);
        for (let n = 1; anchors.has(anchor); n++) anchor = `${anchorOf(words)}-${n}`;
        anchors.add(anchor);
        return `<h${depth} id="${anchor}">${words}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        return `<a href="${escaped(targetOf(file, href))}">${this.parser.parseInline(tokens)}</a>`;
      },
      image({ href, text }) {
        return `<img src="${escaped(targetOf(file, href))}" alt="${escaped(text)}">`;
      },
    },
  });
  const body = marked.parse(readFileSync(join(root, file), "utf8"));
  const title = plain(/<h1[^>]*>(.*?)<\/h1>/s.exec(body)?.[1] ?? file);
  for (const part of body.split(/(?=<h[123] )/)) {
    const [, id, words] = /^<h[123] id="([^"]*)">(.*?)<\/h/s.exec(part) ?? [];
    index.push([
      `${here}${id === undefined ? "" : `#${id}`}`,
      title,
      plain(words ?? title),
      plain(part).slice(0, 1200),
    ]);
  }
  return { file, here, title, body, anchors };
}

/** A link of the repository as one of the site; files that are no page are copied beside it. */
function targetOf(file, href) {
  if (/^[a-z]+:/.test(href) || href.startsWith("#")) return href;
  const [path, anchor] = href.split("#");
  const target = normalize(join(dirname(file), path)).replace(/\/$/, "");
  const page = pages.includes(target) ? target : pages.includes(`${target}/README.md`) ? `${target}/README.md` : null;
  if (page === null && existsSync(join(root, target)) && /\.[a-z]+$/.test(target)) {
    mkdirSync(dirname(join(site, target)), { recursive: true });
    cpSync(join(root, target), join(site, target));
  } else if (page === null) broken.push(`${file}: ${href}`);
  const at = page === null ? target : addressOf(page);
  return `${relative(dirname(addressOf(file)), at) || "."}${anchor === undefined ? "" : `#${anchor}`}`;
}

function whole({ file, here, title, body }) {
  const up = relative(dirname(here), ".") || ".";
  const links = menu
    .filter(([, files]) => files.length > 0)
    .map(([group, files]) => {
      const items = files.map((f) => {
        const current = f === file ? ' aria-current="page"' : "";
        return `<li><a href="${escaped(`${up}/${addressOf(f)}`)}"${current}>${escaped(titles.get(f))}</a></li>`;
      });
      return `<details${files.includes(file) || group === "Start" ? " open" : ""}><summary>${group}</summary><ul>${items.join("")}</ul></details>`;
    });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${escaped(title)} · Casus</title><link rel="stylesheet" href="${up}/site.css"></head>
<body data-up="${up}"><a class="skip" href="#main">Skip to the text</a>
<nav aria-label="Pages"><a class="home" href="${up}/index.html">Casus</a>${isBrief ? "" : `<p class="live"><a href="${up}/playground/index.html">Write a case here</a></p>`}
<label>Search <input type="search" id="search" autocomplete="off"></label><ol id="found" aria-live="polite"></ol>
${links.join("\n")}</nav>
<main id="main">${liveLink(file)}${body}</main><script src="${up}/site.js"></script></body></html>
`;
}

function liveLink(file) {
  const [, name] = /^casebook\/([^/]+)\/README\.md$/.exec(file) ?? [];
  return name === undefined || isBrief
    ? ""
    : `<p class="live"><a href="live/index.html">Open the live page of this case</a></p>`;
}

rmSync(site, { recursive: true, force: true });
mkdirSync(site, { recursive: true });
const made = pages.map(render);
const titles = new Map(made.map((p) => [p.file, p.title]));
const anchors = new Map(made.map((p) => [p.here, p.anchors]));
for (const page of made) {
  mkdirSync(dirname(join(site, page.here)), { recursive: true });
  writeFileSync(join(site, page.here), whole(page));
  for (const [, href] of page.body.matchAll(/<a href="([^":]*#[^"]*)"/g)) {
    const [path, anchor] = href.split("#");
    const at = path === "" ? page.here : normalize(join(dirname(page.here), path));
    if (anchors.has(at) && !anchors.get(at).has(anchor))
      broken.push(`${page.file}: no heading for #${anchor} in ${at}`);
  }
}
writeFileSync(join(site, "search.json"), JSON.stringify(index));
writeFileSync(join(site, "site.css"), style());
writeFileSync(join(site, "site.js"), script());
writeFileSync(
  join(site, "llms.txt"),
  readFileSync(join(root, "docs/llms.txt"), "utf8").replace(
    /\]\(([^)]*)\)/g,
    (_, to) => `](${addressOf(normalize(join("docs", to)))})`,
  ),
);
if (!isBrief) await makePlayground(join(site, "playground"));
if (!isBrief)
  for (const name of readdirSync(join(root, "casebook"))) {
    const out = join(site, "casebook", name, "live");
    const words = ["bin/casus.js", "publish", `casebook/${name}`, "--out", out, "--brief"];
    const { status, stderr } = spawnSync(process.execPath, words, { cwd: root, encoding: "utf8" });
    if (status !== 0) broken.push(`casebook/${name}: its live page could not be made: ${stderr.trim()}`);
  }
for (const line of broken) process.stderr.write(`${line}\n`);
process.stdout.write(
  `${made.length} pages in ${relative(process.cwd(), site) || site}, ${broken.length} links that lead nowhere\n`,
);
process.exitCode = broken.length === 0 ? 0 : 1;

/** The workbench as a folder: text on the left, the page on the right, run in the reader's browser. */
async function makePlayground(folder) {
  const { makeWorkbench } = await import("../dist/cli/page/workbench.js");
  const { appFiles, fileAssets } = await import("../dist/cli/page/assets.js");
  const { pageHtml, writePage } = await import("../dist/internal.js");
  const { data, head, files } = makeWorkbench({ seed: 1 });
  mkdirSync(join(folder, "shelf"), { recursive: true });
  writeFileSync(join(folder, "index.html"), pageHtml(head, writePage(data), fileAssets));
  for (const [name, bytes] of [...appFiles(), ...files]) writeFileSync(join(folder, name), bytes);
}

function style() {
  return `:root { --ink: #1c1c1a; --soft: #5c5a55; --paper: #fdfcf9; --line: #d9d5cb; --link: #0b5a82; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e6e0; --soft: #a5a196; --paper: #191917; --line: #3b3a36; --link: #7cc0e6; } }
body { margin: 0; display: grid; grid-template-columns: minmax(14rem, 18rem) minmax(0, 1fr); color: var(--ink); background: var(--paper); font: 1rem/1.6 system-ui, sans-serif; }
nav { padding: 1.5rem; border-right: 1px solid var(--line); position: sticky; top: 0; height: 100vh; box-sizing: border-box; overflow: auto; font-size: .9rem; }
nav ul, nav ol { list-style: none; padding: 0 0 0 .75rem; margin: .25rem 0 .75rem; } nav summary { cursor: pointer; font-weight: 600; }
nav .home { font-size: 1.3rem; font-weight: 700; text-decoration: none; display: block; margin-bottom: .75rem; } nav input { width: 100%; box-sizing: border-box; font: inherit; padding: .35rem; }
main { max-width: 48rem; padding: 2rem clamp(1rem, 4vw, 3rem) 6rem; } main img { max-width: 100%; height: auto; }
a { color: var(--link); } a[aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; }
pre { overflow: auto; padding: .8rem; border: 1px solid var(--line); border-radius: 4px; font-size: .85rem; line-height: 1.45; } code { font-family: ui-monospace, monospace; font-size: .9em; }
table { border-collapse: collapse; display: block; overflow: auto; } th, td { text-align: left; vertical-align: top; padding: .35rem .7rem .35rem 0; border-bottom: 1px solid var(--line); }
.skip { position: absolute; left: -999rem; } .skip:focus { left: 1rem; top: 1rem; } #found small { color: var(--soft); } .live a { display: inline-block; padding: .4rem .8rem; border: 1px solid; border-radius: 4px; }
@media (max-width: 50rem) { body { display: block; } nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); } }
`;
}

function script() {
  return `const up = document.body.dataset.up;
const box = document.getElementById("search"), found = document.getElementById("found");
let index = null;
box.addEventListener("input", async () => {
  const words = box.value.toLowerCase().split(/\\s+/).filter((w) => w.length > 1);
  index ??= await (await fetch(up + "/search.json")).json();
  const hits = words.length === 0 ? [] : index
    .map(([at, page, head, text]) => {
      const h = head.toLowerCase(), t = text.toLowerCase();
      const each = words.map((w) => (h === w ? 20 : 0) + (h.includes(w) ? 8 : 0) + (t.includes(w) ? 1 : 0));
      return { at, page, head, score: each.includes(0) ? 0 : each.reduce((a, b) => a + b, 0) };
    })
    .filter((hit) => hit.score > 0).sort((a, b) => b.score - a.score).slice(0, 12);
  found.replaceChildren(...hits.map(({ at, page, head }) => {
    const item = document.createElement("li"), link = document.createElement("a"), where = document.createElement("small");
    link.href = up + "/" + at; link.textContent = head; where.textContent = page === head ? "" : " " + page;
    item.append(link, where);
    return item;
  }));
});
`;
}
