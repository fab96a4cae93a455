/** Writes a report as a page of HTML that loads nothing, runs nothing, and prints well. */

import { linkText, type Block, type BlockEntry, type ReportDocument, type Section } from "../sections/blocks.ts";
import { element, type Element, type Node } from "../picture/element.ts";
import { markup } from "../picture/markup.ts";
import { tableNode } from "../picture/table.ts";
import { themeStyle } from "../picture/theme.ts";

/** Pixels: a phone held upright. */
const narrow = 340;

/** The whole file. Every word of the case is text in it: see `picture/markup.ts`. */
export function documentHtml(document: ReportDocument): string {
  const page = element(
    "html",
    { lang: "en" },
    element(
      "head",
      {},
      element("meta", { charset: "utf-8" }),
      element("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
      element("meta", {
        "http-equiv": "Content-Security-Policy",
        content: "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
      }),
      element("meta", { name: "referrer", content: "no-referrer" }),
      element("title", {}, document.title),
      element("style", {}, `${themeStyle()}\n${pageStyle}`),
    ),
    element(
      "body",
      {},
      element(
        "main",
        {},
        element(
          "header",
          {},
          element("h1", {}, document.title),
          ...document.lead.map((t) => element("p", { class: "lead" }, t)),
          contents(document),
        ),
        ...document.sections.map(sectionNode),
        element("footer", {}, element("p", {}, document.provenance)),
      ),
    ),
  );
  return `<!doctype html>\n${markup(page)}\n`;
}

function contents(document: ReportDocument): Element {
  return element(
    "nav",
    { "aria-label": "Contents" },
    element("ul", {}, ...document.sections.map((s) => element("li", {}, element("a", { href: `#${s.id}` }, s.title)))),
  );
}

function sectionNode(s: Section): Element {
  return element(
    "section",
    { id: s.id, "aria-labelledby": `${s.id}-head` },
    element("h2", { id: `${s.id}-head` }, s.title),
    ...s.blocks.map(blockNode),
  );
}

function blockNode(b: Block): Node {
  switch (b.kind) {
    case "heading":
      return element("h3", {}, b.text);
    case "paragraph":
      return element("p", b.tone === "faint" ? { class: "note" } : {}, `${b.lead ?? ""}${b.text}`);
    case "gap":
      return "";
    case "link":
      return element(
        "p",
        {},
        b.before,
        element("a", { href: b.target, rel: "noreferrer" }, linkText(b.target)),
        b.after,
      );
    case "list":
      return list(b.items);
    case "table":
      return element(
        "div",
        { class: "wide", tabindex: 0, role: "region", "aria-label": b.table.caption },
        tableNode(b.table),
      );
    case "figure":
      return element(
        "figure",
        {},
        element("div", { class: "wide-picture" }, b.draw(b.id, b.wide).root),
        element("div", { class: "narrow-picture" }, b.draw(`${b.id}-narrow`, narrow).root),
        element(
          "details",
          {},
          element("summary", {}, "The figures behind it"),
          element(
            "div",
            { class: "wide", tabindex: 0, role: "region", "aria-label": b.table.caption },
            tableNode(b.table),
          ),
        ),
      );
    case "entries":
      return element("div", { class: "entries" }, ...b.entries.map(entryNode));
    case "disclosure":
      return element("details", {}, element("summary", {}, b.title), ...b.blocks.map(blockNode));
    case "box":
      return element("div", { class: "box" }, element("h3", {}, b.title), list(b.items));
  }
}

function entryNode(e: BlockEntry): Element {
  const badge = e.badge === null ? [] : [element("span", { class: "badge" }, e.badge)];
  return element(
    "article",
    {},
    element("h3", {}, e.title, ...(badge.length > 0 ? [" "] : []), ...badge),
    ...(e.text === "" ? [] : [element("p", {}, e.text)]),
    ...e.notes.map((n) => element("p", { class: "note" }, n)),
  );
}

function list(items: readonly string[]): Element {
  return element("ul", {}, ...items.map((i) => element("li", {}, i)));
}

const pageStyle = `
html{background:var(--picture-paper);color:var(--picture-ink);color-scheme:light dark}
body{margin:0;overflow-wrap:break-word;font:16px/1.55 Georgia,'Times New Roman',serif}
main{max-width:44rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}
h1{font-size:2rem;line-height:1.2;margin:0 0 1rem;text-wrap:balance}
h2{font-size:1.3rem;line-height:1.3;margin:3rem 0 .75rem;padding-top:.75rem;border-top:1px solid var(--picture-grid)}
h3{font:600 1rem/1.4 'Helvetica Neue',Helvetica,Arial,'Liberation Sans',sans-serif;margin:0 0 .5rem}
.lead{font-size:1.1rem}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0;margin:1.25rem 0 0}
nav li{margin:0}
nav,summary,table,footer{line-height:1.45;font-family:'Helvetica Neue',Helvetica,Arial,'Liberation Sans',sans-serif;font-size:.85rem}
a{color:var(--picture-blue);text-underline-offset:.15em}
li{margin:.35rem 0}
figure{margin:1.5rem 0}
svg.picture{display:block;max-width:100%;height:auto}
details{margin:.5rem 0 0}
summary{cursor:pointer;color:var(--picture-soft);padding:.25rem 0}
.wide{overflow-x:auto;margin:.75rem 0}
table{border-collapse:collapse;width:100%}
caption{text-align:left;color:var(--picture-soft);padding:.25rem 0 .5rem}
th,td{text-align:left;vertical-align:top;padding:.35rem .9rem .35rem 0;border-top:1px solid var(--picture-grid)}
thead th{color:var(--picture-soft);font-weight:400;vertical-align:bottom;border-top:0}
tbody th{font-weight:400}
tbody td:first-child{min-width:9rem}
td.figure,th.figure{text-align:right;font-variant-numeric:tabular-nums}
td.figure{white-space:nowrap}
.entries article{margin:1.1rem 0}
.entries h3,.entries p{margin:.15rem 0}
.badge{font-weight:400;border:1px solid var(--picture-rule);border-radius:1rem;padding:.05rem .55rem;margin-left:.35rem;font-size:.85em}
.note{font:.85rem/1.5 'Helvetica Neue',Helvetica,Arial,'Liberation Sans',sans-serif;color:var(--picture-soft)}
.box{background:var(--picture-wash);padding:1rem 1.25rem;margin:1.25rem 0}
.box ul{margin:0;padding-left:1.1rem}
footer{margin-top:3rem;border-top:1px solid var(--picture-grid);color:var(--picture-soft);overflow-wrap:anywhere}
@media screen and (max-width:46rem){.wide-picture{display:none}}
@media print,screen and (min-width:46.01rem){.narrow-picture{display:none}}
@media print{
body{font-size:10.5pt}main{max-width:none;padding:0}nav{display:none}
h2{break-after:avoid}figure,.box,tr,article{break-inside:avoid}
details{display:block}details::details-content{content-visibility:visible;height:auto}
.wide{overflow:visible}a{color:inherit;text-decoration:none}
}
`;
