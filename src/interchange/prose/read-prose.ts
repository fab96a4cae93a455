/** Reads what people write in (plain text, Markdown, a web page) as plain text with a blank line between paragraphs. */

import { fileStemOf } from "../file-name.ts";
import { Parser } from "htmlparser2";
import { marked } from "marked";
import type { Document } from "#text/span.ts";
import { paragraphs } from "#text/passages.ts";
import { checkText, UnreadableFile } from "../problem.ts";

/** A text as a reader's copy holds it. */
interface Prose {
  /** Of the text, where it opens with one; else of the file. */
  readonly title: string;
  /** Paragraphs with a blank line between them; the title, where there is one, is the first. */
  readonly text: string;
}

/** Characters of a text; a book of 500 pages. An argument that fits a case is shorter. */
const longestProse = 1_000_000;

/** Words of a paragraph that may be a title. */
const longestTitle = 25;

/** True for the name of a file that is read as prose. */
export function isProseFile(name: string): boolean {
  return /\.(?:txt|text|md|markdown|html?|xhtml)$/i.test(name);
}

/** Throws `UnreadableFile` where the file is too long, is no text, or holds no sentence. */
export function readProse(file: Document): Prose {
  checkText(file.name, file.text, longestProse);
  const bare = file.text.replace(/^\uFEFF/, "").replaceAll(/\r\n?/g, "\n");
  refuseBytes(file, bare);
  const text = plainText(file.name, bare);
  const found = paragraphs({ name: file.name, text });
  if (!/\p{L}/u.test(text))
    throw new UnreadableFile(
      "the file holds no sentence",
      { document: file.name, start: 0, end: Math.min(1, file.text.length) },
      "give the text that makes the argument, as .txt, .md or .html",
    );
  const first = found[0]?.text ?? "";
  const isTitled = found.length > 1 && (found[0]?.sentences.length ?? 0) <= 2 && wordsIn(first) <= longestTitle;
  return { title: isTitled ? first : fileStemOf(file.name) || "A text", text };
}

/** A text has few control characters and few places where bytes were no characters. */
function refuseBytes(file: Document, text: string): void {
  const strange = text.match(/[\p{Cc}\uFFFD]/gu)?.filter((c) => c !== "\n" && c !== "\t" && c !== "\f").length ?? 0;
  if (strange * 20 <= text.length) return;
  throw new UnreadableFile(
    `this is no text: ${strange} of its ${text.length} characters are none that people write`,
    { document: file.name, start: 0, end: 1 },
    "save the document as text (.txt), Markdown or a web page; a .pdf or .docx is not read",
  );
}

function wordsIn(text: string): number {
  return text.split(/\s+/).length;
}

function plainText(name: string, text: string): string {
  if (/\.x?html?$/i.test(name) || /^\s*<(?:!doctype html|html[\s>])/i.test(text)) return htmlText(text);
  if (/\.(?:md|markdown)$/i.test(name))
    return htmlText(marked.parse(withoutFootnotes(text.replace(/^---\n[\s\S]*?\n---\n/, "")), { async: false }));
  return withParagraphs(text);
}

/** Markdown without its notes and the marks that point at them. */
function withoutFootnotes(text: string): string {
  return text.replaceAll(/^\[\^[^\]\n]+\]:.*(?:\n(?: {2,}|\t).*)*/gm, "").replaceAll(/\[\^[^\]\n]+\]/g, "");
}

/** A text that breaks a line only where a paragraph ends, as copies from a page do, gets its blank lines. */
function withParagraphs(text: string): string {
  const lines = text.split("\n").map((line) => line.trimEnd());
  const full = lines.filter((line) => line.trim() !== "");
  const isOnePerLine = full.length > 1 && !lines.slice(1, -1).includes("") && full.some((l) => l.length > 120);
  return isOnePerLine ? `${full.join("\n\n")}\n` : text;
}

/** Elements whose words are not the text's. */
const aside = new Set(
  "script style noscript template svg math nav footer aside form button select iframe object head pre".split(" "),
);

/** Attributes of an element that is not the text: what surrounds it on a page of the web, by the names that pages give it. */
function isAround(name: string, attributes: Readonly<Record<string, string>>): boolean {
  if (name === "html" || name === "body" || name === "article" || name === "main") return false;
  if ("hidden" in attributes || attributes["aria-hidden"] === "true") return true;
  if (/^(?:navigation|banner|contentinfo|complementary|search|dialog)$/.test(attributes["role"] ?? "")) return true;
  const names = `${attributes["id"] ?? ""} ${attributes["class"] ?? ""}`.toLowerCase().split(/\s+/);
  return names.some((n) => around.test(n));
}

const around =
  /^(?:(?:site|page|main|top|post|article|entry|global|user)[_-]+)?(?:cookies?|consent|gdpr|comments?|disqus|sidebar|nav|navbar|navigation|menu|breadcrumbs?|share|sharing|social|subscribe|subscription|newsletter|signup|related|recommended|promo|adverts?|ads?|footer|footnotes?|masthead|skip)(?:[_-]+(?:banner|bar|list|section|box|container|wrapper|form|area|widget|links?|buttons?|notice|consent|popup|modal|menu|thread|posts|stories|articles|content))?$/;

/** A page of which less is left without what surrounds it is read whole: its names mean something else. */
const leastLeft = 200;

/** Of these, those that end no paragraph they stand in. */
const unseen = new Set("script style noscript template svg math object select button".split(" "));

/** Elements within which a paragraph goes on. */
const inline = new Set(
  "a abbr b bdi bdo cite code data del dfn em font i ins kbd mark q s samp small span strong sub sup time tt u var wbr".split(
    " ",
  ),
);

/** The text of a page: of its article or its main part where it marks one, from its heading on, without what is around it. */
function htmlText(html: string): string {
  const text = pageText(html, isAround);
  if (text.length >= leastLeft) return text;
  const all = pageText(html, () => false);
  return all.length > 2 * text.length ? all : text;
}

function pageText(html: string, isLeftOut: typeof isAround): string {
  const whole: string[] = [""];
  const marking: string[] = [""];
  // Elements open now that are not read, the text's own and those around it; each with whether it is.
  const open: boolean[] = [];
  let skipped = 0;
  let inside = 0;
  let cells = 0;
  /** The place of the first heading of a page in both. */
  let heading: readonly [number, number] | null = null;
  const add = (text: string): void => {
    for (const into of inside > 0 ? [whole, marking] : [whole]) into[into.length - 1] += text;
  };
  const cut = (): void => {
    for (const into of [whole, marking]) {
      // Cells of a table are figures and heads, unless a sentence ends in them.
      if (cells > 0 && !/[.!?…。！？]["'”’)\]]*\s*$/.test(into.at(-1) ?? "")) into[into.length - 1] = "";
      if (into.at(-1)?.trim() !== "") into.push("");
    }
  };
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const isSkipped = aside.has(name) || isLeftOut(name, attributes);
        open.push(isSkipped);
        if (isSkipped) skipped++;
        if (name === "br") add(" ");
        else if (!inline.has(name) && !unseen.has(name)) cut();
        if (name === "article" || name === "main") inside++;
        if (name === "td" || name === "th") cells++;
        if (name === "h1" && skipped === 0) heading ??= [whole.length - 1, marking.length - 1];
      },
      ontext(text) {
        if (skipped === 0) add(text);
      },
      onclosetag(name) {
        if (!inline.has(name) && !unseen.has(name) && name !== "br") cut();
        if (open.pop() === true) skipped--;
        if (name === "article" || name === "main") inside--;
        if (name === "td" || name === "th") cells--;
      },
    },
    { decodeEntities: true },
  );
  parser.write(html);
  parser.end();
  const isMarked = marking.some((p) => p.trim() !== "");
  const kept = fromHeading(isMarked ? marking : whole, heading?.[isMarked ? 1 : 0] ?? 0);
  return `${kept
    .map((p) => p.replaceAll(/\s+/g, " ").trim())
    .filter((p) => p !== "")
    .join("\n\n")}\n`;
}

/** What comes before the heading is no part of the text, unless it is the larger part. */
function fromHeading(paragraphs: readonly string[], heading: number): readonly string[] {
  const size = (all: readonly string[]): number => all.reduce((sum, p) => sum + p.trim().length, 0);
  const after = paragraphs.slice(heading);
  return size(after) * 2 > size(paragraphs) ? after : paragraphs;
}
