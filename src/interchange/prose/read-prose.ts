/** Reads what people write in (plain text, Markdown, a web page) as plain text with a blank line between paragraphs. */

import { fileStemOf } from "../file-name.ts";
import { Parser } from "htmlparser2";
import { marked } from "marked";
import type { Document } from "#text/span.ts";
import { paragraphs } from "#text/passages.ts";
import { checkText, UnreadableFile } from "../problem.ts";

/** A text as a reader's copy holds it. */
export interface Prose {
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
    return htmlText(marked.parse(text.replace(/^---\n[\s\S]*?\n---\n/, ""), { async: false }));
  return withParagraphs(text);
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

/** Of these, those that end no paragraph they stand in. */
const unseen = new Set("script style noscript template svg math object select button".split(" "));

/** Elements within which a paragraph goes on. */
const inline = new Set(
  "a abbr b bdi bdo cite code data del dfn em font i ins kbd mark q s samp small span strong sub sup time tt u var wbr".split(
    " ",
  ),
);

/** The text of a page: of its article or its main part where it marks one, without what is around it. */
function htmlText(html: string): string {
  const whole: string[] = [""];
  const marking: string[] = [""];
  let skipped = 0;
  let inside = 0;
  const add = (text: string): void => {
    for (const into of inside > 0 ? [whole, marking] : [whole]) into[into.length - 1] += text;
  };
  const cut = (): void => {
    for (const into of [whole, marking]) if (into.at(-1)?.trim() !== "") into.push("");
  };
  const parser = new Parser(
    {
      onopentag(name) {
        if (aside.has(name)) skipped++;
        if (name === "br") add(" ");
        else if (!inline.has(name) && !unseen.has(name)) cut();
        if (name === "article" || name === "main") inside++;
      },
      ontext(text) {
        if (skipped === 0) add(text);
      },
      onclosetag(name) {
        if (!inline.has(name) && !unseen.has(name) && name !== "br") cut();
        if (aside.has(name)) skipped--;
        if (name === "article" || name === "main") inside--;
      },
    },
    { decodeEntities: true },
  );
  parser.write(html);
  parser.end();
  const kept = marking.some((p) => p.trim() !== "") ? marking : whole;
  return `${kept
    .map((p) => p.replaceAll(/\s+/g, " ").trim())
    .filter((p) => p !== "")
    .join("\n\n")}\n`;
}
